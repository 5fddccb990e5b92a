"""Pictures of a territory file: SVG sources are rendered, other files taken as they are."""

import hashlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import resvg_py
from pydantic import Field

from ..files.pictures import CleanFile, PictureRefused, clean_picture
from ..models import SiteImage
from .schema import Record, Reference, Texts
from .sections import Context, Section, register


class FocusRecord(Record):
    """`point_focal`, in per cent of width and height."""

    x: float = Field(ge=0, le=100)
    y: float = Field(ge=0, le=100)


class ImageRecord(Record):
    """`images`: `pour` and `galerie` name the records that show the picture."""

    id: Reference
    fichier: str
    titre: str
    point_focal: FocusRecord
    alt: Texts
    credit: str = ""
    pour: list[str] = []
    galerie: list[str] = []


WIDTHS = range(16, 4001)
# What could make an SVG read other files.
SVG_LINKS = ("href", "{http://www.w3.org/1999/xlink}href")


def rendered(path: Path) -> bytes:
    """Return a PNG of an SVG file in its own size, or another picture's pixels.

    Raises `ValueError` with a sentence where it cannot be shown, has no size in pixels, or would read other files.
    """
    content = path.read_bytes()
    if path.suffix.lower() == ".svg":
        width = svg_width(content)
        return bytes(resvg_py.svg_to_bytes(svg_string=content.decode(), width=width))
    try:
        return clean_picture(BytesIO(content))
    except PictureRefused as refusal:
        raise ValueError(f"{path.name!r}: {refusal.message}") from None


def svg_width(content: bytes) -> int:
    """Return the width in pixels of an SVG that reads nothing else; raises `ValueError` with a sentence."""
    try:
        root = ElementTree.fromstring(content)
    except ElementTree.ParseError as error:
        raise ValueError(f"is no valid SVG ({error})") from None
    for element in root.iter():
        for name in SVG_LINKS:
            if not element.get(name, "#").startswith(("#", "data:image/")):
                raise ValueError(f"links to {element.get(name)!r}; a picture stands alone")
    width = root.get("width", "")
    if not width.isdecimal() or int(width) not in WIDTHS:
        raise ValueError(f"has the width {width!r}; expected pixels from {WIDTHS.start} to {WIDTHS.stop - 1}")
    return int(width)


@register
class Images(Section):
    """Loads the pictures of a territory file, with what they show in each language."""

    key, schema, order = "images", ImageRecord, 10

    def check(self, record: ImageRecord, context: Context) -> Iterator[tuple[str, str]]:
        """The file stands beside the territory file, or below, and is a picture."""
        path = (context.folder / record.fichier).resolve()
        if not path.is_relative_to(context.folder.resolve()) or not path.is_file():
            yield "fichier", f"{record.fichier!r} is not beside the territory file"
            return
        try:
            context.contents[record.id] = rendered(path)
        except ValueError as error:
            yield "fichier", str(error)

    def find(self, record: ImageRecord) -> SiteImage | None:
        """Look the picture up by its reference."""
        return SiteImage.objects.filter(reference=record.id).first()

    def write(self, record: ImageRecord, context: Context) -> SiteImage:
        """Create or update by reference; the file is stored again only when it has changed."""
        image = self.find(record) or SiteImage(reference=record.id)
        content = context.contents.pop(record.id)
        if not image.pk or image.get_file_hash() != hashlib.sha1(content, usedforsecurity=False).hexdigest():
            suffix = ".png" if record.fichier.endswith(".svg") else Path(record.fichier).suffix
            image.file = CleanFile(content, name=f"{record.id}{suffix}")
            if image.pk:
                image.renditions.all().delete()
        image.title = record.titre
        image.alt_texts = record.alt
        image.credit = record.credit
        image.focal_point_x = int(image.width * record.point_focal.x / 100)
        image.focal_point_y = int(image.height * record.point_focal.y / 100)
        image.focal_point_width = image.focal_point_height = image.width // 10
        image.save()
        for reference in record.pour:
            context.pictures[reference] = image
        for reference in record.galerie:
            context.galleries.setdefault(reference, []).append(image)
        return image
