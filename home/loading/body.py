"""Bodies of the territory file's pages: its blocks, and the StreamField content they become."""

from collections.abc import Callable, Iterator
from typing import Annotated, Any, Literal

from pydantic import Field

from core.loading.body import block, items, text_of
from core.loading.schema import HtmlTexts, Record, Texts
from core.loading.sections import Context
from territoire.loading.register import rule_id


class ProseRecord(Record):
    """`texte`: HTML with h2, h3, p, ul, ol, li, b, i and a."""

    type: Literal["texte"]
    contenu: HtmlTexts


class FigureRecord(Record):
    """A figure of `chiffres`."""

    valeur: Texts
    libelle: Texts
    source: str = ""


class FiguresRecord(Record):
    """A block of a territory file's `corps`: `chiffres`, key figures."""

    type: Literal["chiffres"]
    titre: Texts | None = None
    chiffres: list[FigureRecord] = Field(min_length=1, max_length=4)


class StepRecord(Record):
    """A step of `etapes`."""

    titre: Texts
    texte: Texts | None = None


class StepsRecord(Record):
    """A block of a territory file's `corps`: `etapes`, what one does one after the other."""

    type: Literal["etapes"]
    titre: Texts | None = None
    etapes: list[StepRecord] = Field(min_length=2)


class TableRecord(Record):
    """A block of a territory file's `corps`: `tableau`, rows under headings."""

    type: Literal["tableau"]
    legende: Texts
    entetes: list[Texts] = Field(min_length=2, max_length=5)
    lignes: list[list[Texts]] = Field(min_length=1)


class CallOutRecord(Record):
    """A block of a territory file's `corps`: `encart`, a call-out."""

    type: Literal["encart"]
    ton: Literal["info", "conseil", "attention"]
    titre: Texts
    texte: HtmlTexts


class QuoteRecord(Record):
    """A block of a territory file's `corps`: `citation`, what somebody said."""

    type: Literal["citation"]
    texte: Texts
    auteur: Texts | None = None


class ContactRecord(Record):
    """A block of a territory file's `corps`: `contact`, whom to write to or call."""

    type: Literal["contact"]
    nom: Texts
    role: Texts | None = None
    courriel: str = ""
    telephone: str = ""


class PictureRecord(Record):
    """A block of a territory file's `corps`: `image`, a picture by its code."""

    type: Literal["image"]
    image: str
    legende: Texts | None = None


class LinksRecord(Record):
    """A block of a territory file's `corps`: `liens`, pages to read on."""

    type: Literal["liens"]
    titre: Texts | None = None
    pages: list[str] = Field(min_length=1)


class MapRecord(Record):
    """A block of a territory file's `corps`: `carte`, places on a map."""

    type: Literal["carte"]
    titre: Texts
    lieux: list[str] = Field(min_length=1)


class RuleRecord(Record):
    """A block of a territory file's `corps`: `regle`, a rule of the register."""

    type: Literal["regle"]
    regle: str


class StaticRecord(Record):
    """Blocks that draw on records."""

    type: Literal["lexique", "glossaire", "autoevaluation"]


BlockRecord = Annotated[
    ProseRecord
    | FiguresRecord
    | StepsRecord
    | TableRecord
    | CallOutRecord
    | QuoteRecord
    | ContactRecord
    | PictureRecord
    | LinksRecord
    | MapRecord
    | RuleRecord
    | StaticRecord,
    Field(discriminator="type"),
]

STATIC = {"lexique": "lexicon", "glossaire": "glossary", "autoevaluation": "self_check"}
# Sections that are written before editorial pages: their blocks can point at these, and at pages above them.
POINTED_AT = (
    "atouts",
    "offres",
    "logements",
    "evenements",
    "aides",
    "temoignages",
    "faq",
    "universites",
    "introductions",
)


def names_in(blocks: list[Any], context: Context) -> Iterator[tuple[str, str]]:
    """Yield an error for each page or picture that a block names and the files do not have."""
    images = context.ids("images")
    pages = set().union(*(context.ids(key) for key in (*POINTED_AT, "sections", "pages", "pages_legales")))
    for place, entry in enumerate(blocks):
        if isinstance(entry, PictureRecord) and entry.image not in images:
            yield f"corps.{place}.image", f"names {entry.image!r}, which is not in “images”"
        names = entry.pages if isinstance(entry, LinksRecord) else entry.lieux if isinstance(entry, MapRecord) else []
        if isinstance(entry, RuleRecord) and rule_id(entry.regle) not in context.ids("regles"):
            yield f"corps.{place}.regle", f"names {entry.regle!r}, which is not in “regles”"
        for name in names:
            if name not in pages:
                yield f"corps.{place}", f"names {name!r}, which is no page of the files"
        if isinstance(entry, TableRecord):
            for row in entry.lignes:
                if len(row) != len(entry.entetes):
                    yield (
                        f"corps.{place}.lignes",
                        f"a row has {len(row)} cells, the table {len(entry.entetes)} columns",
                    )


def points_ahead(blocks: list[Any]) -> bool:
    """Say whether a body links to pages that may be written after it."""
    return any(isinstance(entry, LinksRecord) for entry in blocks)


def body_of(blocks: list[Any], context: Context) -> list[dict[str, Any]]:
    """Return the StreamField content of a body; links to pages that are not written yet are left out."""
    made = (_BUILDERS[type(entry)](entry, context) for entry in blocks)
    return [entry for entry in made if entry is not None]


def _pages(names: list[str], context: Context) -> list[dict[str, Any]]:
    return items([context.written[name].pk for name in names if name in context.written])


def _figures(entry: FiguresRecord, context: Context) -> dict[str, Any]:
    figures = [{"value": text_of(f.valeur), "label": text_of(f.libelle), "source": f.source} for f in entry.chiffres]
    return block("key_figures", {"title": text_of(entry.titre), "figures": items(figures)})


def _steps(entry: StepsRecord, context: Context) -> dict[str, Any]:
    steps = [{"title": text_of(step.titre), "text": text_of(step.texte)} for step in entry.etapes]
    return block("steps", {"title": text_of(entry.titre), "steps": items(steps)})


def _table(entry: TableRecord, context: Context) -> dict[str, Any]:
    rows = [items([text_of(cell) for cell in row]) for row in entry.lignes]
    return block(
        "table",
        {
            "caption": text_of(entry.legende),
            "headings": items([text_of(heading) for heading in entry.entetes]),
            "rows": items(rows),
        },
    )


def _call_out(entry: CallOutRecord, context: Context) -> dict[str, Any]:
    return block("call_out", {"tone": entry.ton, "title": text_of(entry.titre), "text": text_of(entry.texte)})


def _contact(entry: ContactRecord, context: Context) -> dict[str, Any]:
    return block(
        "contact",
        {
            "name": text_of(entry.nom),
            "role": text_of(entry.role),
            "email": entry.courriel,
            "phone": entry.telephone,
        },
    )


def _picture(entry: PictureRecord, context: Context) -> dict[str, Any]:
    image = context.written[entry.image]
    return block("picture", {"image": image.pk, "caption": text_of(entry.legende), "alt": ""})


def _links(entry: LinksRecord, context: Context) -> dict[str, Any] | None:
    pages = _pages(entry.pages, context)
    return block("pages", {"title": text_of(entry.titre), "pages": pages}) if pages else None


_BUILDERS: dict[type[Record], Callable[[Any, Context], dict[str, Any] | None]] = {
    ProseRecord: lambda entry, context: block("prose", text_of(entry.contenu)),
    FiguresRecord: _figures,
    StepsRecord: _steps,
    TableRecord: _table,
    CallOutRecord: _call_out,
    QuoteRecord: lambda entry, context: block("quote", {"text": text_of(entry.texte), "author": text_of(entry.auteur)}),
    ContactRecord: _contact,
    PictureRecord: _picture,
    LinksRecord: _links,
    MapRecord: lambda entry, context: block(
        "map", {"title": text_of(entry.titre), "places": _pages(entry.lieux, context)}
    ),
    RuleRecord: lambda entry, context: block("rule", context.written[rule_id(entry.regle)].pk),
    StaticRecord: lambda entry, context: block(STATIC[entry.type], None),
}
