"""What the territory file says about the home page, index pages, editorial and legal pages, questions and words."""

from collections.abc import Iterator
from typing import Any, Literal

from core.loading.body import block, paragraphs, source_text
from core.loading.schema import Date, Record, Reference, Texts, code_of
from core.loading.sections import Context, PageSection, RecordSection, Section, register
from core.models import BasePage, Menu, SiteSettings
from core.models.navigation import MenuSlot
from pydantic import Field, model_validator
from wagtail.models import Locale, Page, Site

from home.desk.models import DeskPage
from temoignages.models import TestimonialIndexPage
from territoire.loading import SourceRecord
from territoire.models import (
    EventIndexPage,
    HousingIndexPage,
    OfferIndexPage,
    PartnerIndexPage,
    StrengthIndexPage,
)

from .loading_body import BlockRecord, body_of, names_in, points_ahead
from .models import (
    EditorialPage,
    FaqEntryPage,
    FaqIndexPage,
    GlossaryTerm,
    HomePage,
    LegalPage,
    LexiconEntry,
    SectionPage,
)
from .models.faq import FaqTheme
from .models.home_page import HomeReason
from .models.legal import LegalKind
from .models.words import LexiconTheme

INDEX_PAGES: dict[str, type[BasePage]] = {
    "offres": OfferIndexPage,
    "territoire": StrengthIndexPage,
    "logements": HousingIndexPage,
    "temoignages": TestimonialIndexPage,
    "universites": PartnerIndexPage,
    "evenements": EventIndexPage,
    "faq": FaqIndexPage,
    "guichet": DeskPage,
}


class ButtonRecord(Record):
    """`boutons`: a label in each language, and the page it leads to."""

    cible: str
    fr: str
    en: str = ""
    es: str = ""
    de: str = ""


class HomeRecord(Record):
    """`page_accueil`."""

    titre: Texts
    chapo: Texts
    boutons: list[ButtonRecord] = Field(max_length=3)


@register
class Home(Section):
    """The home page itself; its links to other pages are set once those are there (`HomeLinks`)."""

    key, schema, many, order = "page_accueil", HomeRecord, False, 30

    def find(self, record: HomeRecord) -> HomePage | None:
        """There is one home page."""
        return HomePage.objects.filter(locale=Locale.get_default()).first()

    def write(self, record: HomeRecord, context: Context) -> HomePage:
        """Create the home page as the site's root, or update it."""
        home = self.find(record)
        created = home is None
        home = home or HomePage(slug="accueil", locale=Locale.get_default())
        home.title = source_text(record.titre)
        home.introduction = source_text(record.chapo)
        home.summary = first_sentence(home.introduction)
        home.picture = context.pictures.get("accueil") or home.picture
        if created:
            Page.get_first_root_node().add_child(instance=home)
            site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True, hostname="localhost")
            welcome, site.root_page = site.root_page_id and site.root_page, home
            site.save()
            # Wagtail's own welcome page has served: it must not stand beside the site.
            if welcome and welcome.depth == 2 and type(welcome.specific) is Page and welcome.pk != home.pk:
                welcome.delete()
        home.save_revision().publish()
        return home


def first_sentence(text: str) -> str:
    """Return a text's first sentence, for descriptions."""
    head, mark, _rest = text.partition(". ")
    return f"{head}." if mark else head


class IndexRecord(Record):
    """`introductions`: the index pages and the desk."""

    id: Literal[tuple(INDEX_PAGES)]
    slug: Texts
    titre: Texts
    menu: Texts
    resume: Texts


@register
class IndexPages(Section):
    """Index pages, in the order of the file."""

    key, schema, order = "introductions", IndexRecord, 31

    def find(self, record: IndexRecord) -> Page | None:
        """There is one index page of each type."""
        return INDEX_PAGES[record.id].objects.filter(locale=Locale.get_default()).first()

    def write(self, record: IndexRecord, context: Context) -> Page:
        """Create or update."""
        page = self.find(record)
        created = page is None
        if page is None:
            page = INDEX_PAGES[record.id](reference=record.id, locale=Locale.get_default())
        page.title = source_text(record.titre)
        page.slug = source_text(record.slug)
        page.summary = source_text(record.resume)
        page.picture = context.pictures.get(record.id) or page.picture
        if created:
            context.written["page_accueil"].add_child(instance=page)
        page.save_revision().publish()
        return page


class StepRecord(Record):
    """`etapes` of the desk."""

    ordre: int
    fr: str
    en: str = ""
    es: str = ""
    de: str = ""


class KindRecord(Record):
    """`types_demande`: labels are in the catalogues, so only the codes are read."""

    code: str
    fr: str
    en: str = ""
    es: str = ""
    de: str = ""


class DeskRecord(Record):
    """`guichet_unique`."""

    titre: Texts
    chapo: Texts
    delai_reponse_jours_ouvres: int = Field(ge=1, le=10)
    types_demande: list[KindRecord]
    statuts: list[str]
    mention_donnees: Texts
    etapes: list[StepRecord]


@register
class Desk(Section):
    """The desk's page, which `introductions` has made."""

    key, schema, many, order = "guichet_unique", DeskRecord, False, 32

    def find(self, record: DeskRecord) -> DeskPage | None:
        """There is one desk."""
        return DeskPage.objects.filter(locale=Locale.get_default()).first()

    def check(self, record: DeskRecord, context: Context) -> Iterator[tuple[str, str]]:
        """The page is in the file or on the site."""
        if "guichet" not in context.ids("introductions") and self.find(record) is None:
            yield "titre", "needs the page “guichet” among “introductions”"

    def write(self, record: DeskRecord, context: Context) -> DeskPage:
        """Fill the page."""
        desk = self.find(record)
        desk.title = source_text(record.titre)
        desk.summary = source_text(record.chapo)
        desk.answer_days = record.delai_reponse_jours_ouvres
        desk.data_notice = f"<p>{source_text(record.mention_donnees)}</p>"
        desk.steps = [block("step", step.fr) for step in sorted(record.etapes, key=lambda step: step.ordre)]
        desk.save_revision().publish()
        return desk


class QuestionRecord(Record):
    """`faq`."""

    id: Reference
    theme: code_of(FaqTheme)
    a_revoir_le: Date | None = None
    question: Texts
    reponse: Texts


@register
class Questions(PageSection):
    """Questions and answers."""

    key, schema, model = "faq", QuestionRecord, FaqEntryPage

    def parent(self, record: QuestionRecord, context: Context) -> Page:
        """Return the index of questions."""
        return context.written["faq"]

    def values(self, record: QuestionRecord, context: Context) -> dict[str, Any]:
        """Map the record to the model."""
        return {
            "title": source_text(record.question),
            "summary": first_sentence(source_text(record.reponse)),
            "theme": record.theme,
            "review_on": context.shifted(record.a_revoir_le),
            "body": paragraphs(record.reponse),
        }


class TermRecord(Record):
    """`glossaire`."""

    sigle: str
    fr: str
    en: str = ""
    es: str = ""
    de: str = ""

    @property
    def id(self) -> str:
        """How the load knows it."""
        return f"terme-{self.sigle}"[:40]


@register
class Glossary(RecordSection):
    """Glossary."""

    key, schema, model = "glossaire", TermRecord, GlossaryTerm

    def values(self, record: TermRecord, context: Context) -> dict[str, Any]:
        """Map the record to the model."""
        return {"acronym": record.sigle, "meaning": record.fr}


class PhraseRecord(Record):
    """`lexique_medical`."""

    theme: code_of(LexiconTheme)
    fr: str
    en: str = ""
    es: str = ""
    de: str = ""

    @property
    def id(self) -> str:
        """How the load knows it: the phrase itself, which is what does not change."""
        return f"phrase-{self.fr}"[:40]


@register
class Lexicon(RecordSection):
    """Lexicon."""

    key, schema, model = "lexique_medical", PhraseRecord, LexiconEntry

    def values(self, record: PhraseRecord, context: Context) -> dict[str, Any]:
        """Map the record to the model."""
        return {"theme": record.theme, "phrase": record.fr}


class EditorialRecord(Record):
    """`pages`: a section (`section: true`) or a page."""

    id: Reference
    section: bool = False
    parent: str | None = None
    slug: Texts
    titre: Texts
    resume: Texts
    image: str | None = None
    source: SourceRecord | None = None
    a_valider: bool = False
    a_revoir_le: Date | None = None
    corps: list[BlockRecord] = []

    @model_validator(mode="after")
    def sections_are_bare(self) -> "EditorialRecord":
        """A section has no body of its own."""
        if self.section and self.corps:
            raise ValueError("a section has no body (corps)")
        return self


class WrittenPages(PageSection):
    """Pages with a body of blocks."""

    def check(self, record: Any, context: Context) -> Iterator[tuple[str, str]]:
        """Pages and pictures that blocks name exist."""
        yield from names_in(record.corps, context)

    def finish(self, record: Any, context: Context) -> None:
        """Fill in links to pages that were not written yet when this one was."""
        page = context.written[record.id]
        if points_ahead(record.corps):
            page.body = body_of(record.corps, context)
            page.save_revision().publish()

    def sourced(self, record: Any, context: Context) -> dict[str, Any]:
        """Return the values that these pages share."""
        return {
            "title": source_text(record.titre),
            "slug": source_text(record.slug),
            "summary": source_text(record.resume),
            "review_on": context.shifted(record.a_revoir_le),
            "source": record.source.libelle if record.source else "",
            "source_url": record.source.url if record.source else "",
            "to_be_validated": record.a_valider,
            "body": body_of(record.corps, context),
        }


@register
class SectionsOfPages(PageSection):
    """Sections, before the pages that stand in them."""

    key, schema, model, order = "sections", EditorialRecord, SectionPage, 46

    def parent(self, record: EditorialRecord, context: Context) -> Page:
        """Sections stand under the home page."""
        return context.written["page_accueil"]

    def values(self, record: EditorialRecord, context: Context) -> dict[str, Any]:
        """Map the record to the model."""
        return {
            "title": source_text(record.titre),
            "slug": source_text(record.slug),
            "summary": source_text(record.resume),
            "picture": context.written.get(record.image) if record.image else None,
        }


@register
class EditorialPages(WrittenPages):
    """Editorial pages."""

    key, schema, model, order = "pages", EditorialRecord, EditorialPage, 47

    def check(self, record: EditorialRecord, context: Context) -> Iterator[tuple[str, str]]:
        """The section exists too."""
        yield from super().check(record, context)
        if record.parent is not None and record.parent not in context.ids("sections"):
            yield "parent", f"names {record.parent!r}, which is not in “sections”"
        if record.image is not None and record.image not in context.ids("images"):
            yield "image", f"names {record.image!r}, which is not in “images”"

    def parent(self, record: EditorialRecord, context: Context) -> Page:
        """The section, or the home page."""
        return context.written[record.parent or "page_accueil"]

    def values(self, record: EditorialRecord, context: Context) -> dict[str, Any]:
        """Map the record to the model."""
        return self.sourced(record, context) | {"picture": context.written.get(record.image)}


class LegalRecord(Record):
    """`pages_legales`."""

    id: Reference
    nature: code_of(LegalKind)
    slug: Texts
    titre: Texts
    resume: Texts
    source: SourceRecord | None
    a_valider: bool
    a_revoir_le: Date | None = None
    corps: list[BlockRecord]


@register
class LegalPages(WrittenPages):
    """Legal pages."""

    key, schema, model, order = "pages_legales", LegalRecord, LegalPage, 48

    def parent(self, record: LegalRecord, context: Context) -> Page:
        """Legal pages stand under the home page."""
        return context.written["page_accueil"]

    def values(self, record: LegalRecord, context: Context) -> dict[str, Any]:
        """Map the record to the model."""
        return self.sourced(record, context) | {"kind": record.nature}


class SettingsRecord(Record):
    """`reglages`."""

    nom_site: Texts
    signature: Texts
    courriel: str
    telephone: str
    adresse: str
    horaires: Texts
    promesse: Texts


@register
class Settings(Section):
    """Name, contacts, and the pages that every page leads to."""

    key, schema, many, order = "reglages", SettingsRecord, False, 50

    def find(self, record: SettingsRecord) -> SiteSettings | None:
        """There is one set of settings."""
        return SiteSettings.objects.first()

    def write(self, record: SettingsRecord, context: Context) -> SiteSettings:
        """Fill the settings of the default site."""
        settings = SiteSettings.for_site(Site.objects.get(is_default_site=True))
        settings.name, settings.tagline = record.nom_site, record.signature
        settings.email, settings.phone, settings.address = record.courriel, record.telephone, record.adresse
        settings.opening_hours, settings.promise = record.horaires, record.promesse
        settings.desk_page = context.written.get("guichet") or settings.desk_page
        statement = LegalPage.objects.filter(kind=LegalKind.ACCESSIBILITY, locale=Locale.get_default()).first()
        settings.accessibility_page = statement or settings.accessibility_page
        settings.save()
        return settings


class MenuLinkRecord(Record):
    """A link of a menu: the page's reference, and a shorter text."""

    page: str
    texte: Texts | None = None


class MenuRecord(Record):
    """`menus`."""

    id: code_of(MenuSlot)
    titre: Texts | None = None
    liens: list[MenuLinkRecord]


@register
class Menus(Section):
    """Menus of the head and the foot."""

    key, schema, order = "menus", MenuRecord, 51

    def check(self, record: MenuRecord, context: Context) -> Iterator[tuple[str, str]]:
        """The pages exist."""
        known = set().union(*(context.ids(key) for key in ("introductions", "sections", "pages", "pages_legales")))
        for place, link in enumerate(record.liens):
            if link.page not in known:
                yield f"liens.{place}.page", f"names {link.page!r}, which is no page of the file"

    def find(self, record: MenuRecord) -> Menu | None:
        """Look the menu up by its place."""
        return Menu.objects.filter(slot=record.id, locale=Locale.get_default()).first()

    def write(self, record: MenuRecord, context: Context) -> Menu:
        """Create or update."""
        menu = self.find(record) or Menu(slot=record.id, locale=Locale.get_default())
        menu.title = source_text(record.titre)
        menu.links = [
            block("link", {"page": context.written[link.page].pk, "label": source_text(link.texte)})
            for link in record.liens
        ]
        menu.save()
        return menu


class HomeLinksRecord(Record):
    """`accueil`: what the home page shows of the others."""

    raisons: list[str] = Field(max_length=3)
    voix: str | None
    cibles: dict[str, str]


@register
class HomeLinks(Section):
    """Reasons, voice and buttons of the home page."""

    key, schema, many, order = "accueil", HomeLinksRecord, False, 52

    def find(self, record: HomeLinksRecord) -> HomePage | None:
        """The home page."""
        return HomePage.objects.filter(locale=Locale.get_default()).first()

    def check(self, record: HomeLinksRecord, context: Context) -> Iterator[tuple[str, str]]:
        """Records exist, and each button of the home page has its target."""
        for reference in record.raisons:
            if reference not in context.ids("atouts"):
                yield "raisons", f"names {reference!r}, which is not in “atouts”"
        if record.voix and record.voix not in context.ids("temoignages"):
            yield "voix", f"names {record.voix!r}, which is not in “temoignages”"
        for home in context.data.get("page_accueil", []):
            for button in home.boutons:
                if button.cible not in record.cibles:
                    yield "cibles", f"has no page for the button {button.cible!r}"

    def write(self, record: HomeLinksRecord, context: Context) -> HomePage:
        """Set them."""
        home = self.find(record)
        home.reasons.set(
            [HomeReason(strength=context.written[name], sort_order=n) for n, name in enumerate(record.raisons)]
        )
        home.voice = context.written[record.voix] if record.voix else None
        home.buttons = [
            block("button", {"label": button.fr, "page": context.written[record.cibles[button.cible]].pk})
            for button in context.data["page_accueil"][0].boutons
        ]
        home.save_revision().publish()
        return home
