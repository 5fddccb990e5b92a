"""How fields of a form look before anybody fills them in, and the font that viewers write with afterwards.

Each look is a stream of its own (a form XObject): PDF/UA lets no viewer guess, and printers show what stands there.
"""

import io
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import ImageFont

from ..typesetting import typeset_untagged

# Noto Sans (SIL Open Font License, beside it) cut to what one byte of a simple font can name: WinAnsi, `MORE` and signs
# of Typst's. `pyftsubset --no-hinting --layout-features=kern`; U+0162, U+0163 show a comma, not a cedilla. Typst's own
# fonts are inside Typst, out of reach.
FONT = Path(__file__).with_name("noto-sans-latin.ttf")
VALUES = Path(__file__).with_name("values.typ")
FONT_NAME = Name.NotoSans
# What viewers draw ticks and points with when they draw fields anew; each has it, so it is named and not embedded.
SIGNS_NAME = Name.ZaDb
# Bits of FontDescriptor's Flags (ISO 32000-1, table 123): the letters of Latin, no signs of its own.
NONSYMBOLIC = 1 << 5
# Letters of names in Romania, Poland, Czechia, Slovakia and Hungary, by their names in Adobe's list of glyphs, in the
# places of signs that no name has: an encoding of one byte has no room for all of them.
MORE = {
    **{0x81: "Abreve", 0x83: "abreve", 0x86: "Scommaaccent", 0x87: "scommaaccent", 0x88: "Tcommaaccent"},
    **{0x89: "tcommaaccent", 0x8B: "Aogonek", 0x8D: "aogonek", 0x8F: "Cacute", 0x90: "cacute", 0x95: "Eogonek"},
    **{0x98: "eogonek", 0x99: "Lslash", 0x9B: "lslash", 0x9D: "Nacute", 0xA2: "nacute", 0xA3: "Sacute"},
    **{0xA4: "sacute", 0xA5: "Zacute", 0xA6: "zacute", 0xA8: "Zdotaccent", 0xA9: "zdotaccent", 0xAC: "Ccaron"},
    **{0xAE: "ccaron", 0xAF: "Dcaron", 0xB1: "dcaron", 0xB2: "Ecaron", 0xB3: "ecaron", 0xB4: "Ncaron"},
    **{0xB5: "ncaron", 0xB6: "Rcaron", 0xB8: "rcaron", 0xB9: "Tcaron", 0xBC: "tcaron", 0xBD: "Uring"},
    **{0xBE: "uring", 0xD7: "Ohungarumlaut", 0xF7: "ohungarumlaut", 0xAD: "uhungarumlaut"},
}
# The same letters in the order of their codes there.
MORE_LETTERS = dict(zip(MORE, "ĂăȘșȚțĄąĆćĘęŁłŃńŚśŹźŻżČčĎďĚěŇňŘřŤťŮůŐőű", strict=True))
# Glyphs are measured in thousandths of the font's size.
UNITS = 1000

# Width and height in points.
Size = tuple[float, float]


@dataclass(frozen=True)
class FieldStyle:
    """What Typst, which measures and sets values, and viewers, which set what people type, must agree on.

    Lengths are points, `leading` is in sizes of the font; colours are "#rrggbb".
    """

    ink: str
    line: str
    ground: str
    font: str = "Noto Sans"
    size: float = 9
    leading: float = 0.6
    inset: float = 4

    @property
    def data(self) -> dict[str, Any]:
        """The same for a Typst source."""
        return asdict(self)


@dataclass(frozen=True)
class Writing:
    """A text that stands in a field, and the size of that field in points."""

    text: str
    width: float
    height: float
    long: bool
    language: str


def shares(colour: str) -> list[float]:
    """Return "#rrggbb" as shares of red, green and blue, from 0 to 1."""
    return [round(int(colour[place : place + 2], 16) / 255, 3) for place in (1, 3, 5)]


def rgb(colour: str) -> str:
    """Return "#rrggbb" as a content stream writes it."""
    return " ".join(f"{share:g}" for share in shares(colour))


def field_font(pdf: Pdf) -> Dictionary:
    """Return the font that viewers write with, embedded whole: a simple font, which every viewer can type in."""
    data = FONT.read_bytes()
    measured = ImageFont.truetype(io.BytesIO(data), UNITS, layout_engine=ImageFont.Layout.BASIC)
    ascent, descent = measured.getmetrics()
    first, last = 32, 255
    letters = [MORE_LETTERS.get(code) or bytes([code]).decode("cp1252", "ignore") for code in range(first, last + 1)]
    differences = [entry for code in sorted(MORE) for entry in (code, Name(f"/{MORE[code]}"))]
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=FONT_NAME,
        Flags=NONSYMBOLIC,
        FontBBox=Array([0, -descent, UNITS, ascent]),
        ItalicAngle=0,
        Ascent=ascent,
        Descent=-descent,
        CapHeight=-int(measured.getbbox("H", anchor="ls")[1]),
        StemV=80,
        FontFile2=pdf.make_stream(data, Length1=len(data)),
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.TrueType,
            BaseFont=FONT_NAME,
            Encoding=Dictionary(Type=Name.Encoding, BaseEncoding=Name.WinAnsiEncoding, Differences=Array(differences)),
            FirstChar=first,
            LastChar=last,
            Widths=Array([round(measured.getlength(letter)) for letter in letters]),
            FontDescriptor=pdf.make_indirect(descriptor),
        )
    )


def signs_font(pdf: Pdf) -> Dictionary:
    """Return ZapfDingbats, one of the fonts that every viewer has, under the name that viewers look for."""
    return pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.ZapfDingbats))


def written(pdf: Pdf, style: FieldStyle, writings: list[Writing]) -> tuple[list[pikepdf.Object], bool]:
    """Return each text as Typst sets it in its field's size, and whether a font shows each character.

    Line breaks, spaces and letters are those of the document's other text.
    """
    if not writings:
        return [], True
    data = {"style": style.data, "values": [asdict(writing) for writing in writings]}
    typeset, whole = typeset_untagged(VALUES, data, fonts=FONT.parent)
    with pikepdf.open(io.BytesIO(typeset)) as pages:
        return [pdf.copy_foreign(page.as_form_xobject()) for page in pages.pages], whole


class Looks:
    """Draws the fields of one document; what looks alike is one stream, as most fields are alike."""

    def __init__(self, pdf: Pdf, style: FieldStyle) -> None:
        self.pdf = pdf
        self.style = style
        self.drawn: dict[tuple[Size, str], pikepdf.Object] = {}

    def text(self, size: Size, text: pikepdf.Object | None) -> pikepdf.Object:
        """Return a box with a line under it, and its text. Viewers replace what is marked as variable (/Tx)."""
        width, height = size
        ground, line = rgb(self.style.ground), rgb(self.style.line)
        box = f"q {ground} rg 0 0 {width} {height} re f {line} RG 0.6 w 0 0.3 m {width} 0.3 l S Q"
        if text is None:
            return self._look(size, f"{box} /Tx BMC EMC")
        return self._stream(size, f"{box} /Tx BMC q /Text Do Q EMC", Dictionary(XObject=Dictionary(Text=text)))

    def box(self, size: Size, *, ticked: bool) -> pikepdf.Object:
        """Return a square to tick."""
        width, height = size
        points = [(0.22, 0.5, "m"), (0.43, 0.25, "l"), (0.8, 0.78, "l")]
        tick = " ".join(f"{width * x:.2f} {height * y:.2f} {step}" for x, y, step in points)
        return self._outlined(size, f"0.4 0.4 {width - 0.8:.2f} {height - 0.8:.2f} re", f"1.2 w {tick} S", ticked)

    def ring(self, size: Size, *, ticked: bool) -> pikepdf.Object:
        """Return a circle, of which one in a group has a point."""
        x, y = size[0] / 2, size[1] / 2
        point = f"{rgb(self.style.ink)} rg {_circle(x, y, x * 0.5)} f"
        return self._outlined(size, _circle(x, y, x - 0.4), point, ticked)

    def _outlined(self, size: Size, outline: str, mark: str, ticked: bool) -> pikepdf.Object:
        colours = f"{rgb(self.style.ground)} rg {rgb(self.style.ink)} RG"
        return self._look(size, f"q {colours} 0.7 w {outline} B {mark if ticked else ''} Q")

    def _look(self, size: Size, content: str) -> pikepdf.Object:
        key = size, content
        if key not in self.drawn:
            self.drawn[key] = self._stream(size, content, Dictionary())
        return self.drawn[key]

    def _stream(self, size: Size, content: str, resources: Dictionary) -> pikepdf.Object:
        stream = self.pdf.make_stream(
            content.encode(),
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=Array([0, 0, *size]),
            Resources=resources,
        )
        return self.pdf.make_indirect(stream)


def _circle(x: float, y: float, radius: float) -> str:
    """Return the path of a circle: four curves, whose handles are this part of the radius long."""
    handle = radius * 0.5523
    quarters = [
        (x + radius, y + handle, x + handle, y + radius, x, y + radius),
        (x - handle, y + radius, x - radius, y + handle, x - radius, y),
        (x - radius, y - handle, x - handle, y - radius, x, y - radius),
        (x + handle, y - radius, x + radius, y - handle, x + radius, y),
    ]
    curves = " ".join(" ".join(f"{number:.2f}" for number in quarter) + " c" for quarter in quarters)
    return f"{x + radius:.2f} {y:.2f} m {curves}"
