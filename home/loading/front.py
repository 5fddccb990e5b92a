"""The home page, index pages and the desk."""

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import AfterValidator, Field
from wagtail.models import Locale, Page, Site

from core.kinds.table import page_kinds
from core.loading.body import block, first_sentence, text_of
from core.loading.schema import Labelled, Record, Texts
from core.loading.sections import Context, Section, register
from core.models import BasePage, SiteSettings
from core.pages.address import set_site_address
from territoire.desk.models import DeskPage

from ..models import HomePage
from ..models.home_page import HomeReason


def the_french(model: type[Page]) -> Any:
    """Return the one page of a type in French, if it is there."""
    return model.objects.filter(locale=Locale.get_default()).first()


class ButtonRecord(Labelled):
    """`boutons`: a label in each language, and the page it leads to."""

    cible: str


class HomeRecord(Record):
    """The entry `page_accueil` of a territory file."""

    titre: Texts
    chapo: Texts
    boutons: list[ButtonRecord] = Field(max_length=3)


@register
class Home(Section):
    """The home page itself; its links to other pages are set once those are there (`HomeLinks`)."""

    key, schema, many, order = "page_accueil", HomeRecord, False, 30

    def find(self, record: HomeRecord) -> HomePage | None:
        """There is one home page."""
        return the_french(HomePage)

    def write(self, record: HomeRecord, context: Context) -> HomePage:
        """Create the home page as the site's root, or update it."""
        home = self.find(record)
        created = home is None
        home = home or HomePage(slug="accueil", locale=Locale.get_default())
        home.reference = home.reference or "accueil"
        fill(home, self.texts(record, context))
        home.picture = context.pictures.get("accueil") or home.picture
        if created:
            Page.get_first_root_node().add_child(instance=home)
            site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True, hostname="localhost")
            welcome, site.root_page = site.root_page_id and site.root_page, home
            site.save()
            set_site_address()
            name_in_french()
            # Wagtail's own welcome page has served: it must not stand beside the site.
            if welcome and welcome.depth == 2 and type(welcome.specific) is Page and welcome.pk != home.pk:
                welcome.delete()
        home.save_revision().publish()
        return home

    def texts(self, record: HomeRecord, context: Context) -> dict[str, Any]:
        """Title and invitation; the home page has no address of its own."""
        introduction = text_of(record.chapo)
        return {"title": text_of(record.titre), "introduction": introduction, "summary": first_sentence(introduction)}


def fill(page: Page, texts: dict[str, Any]) -> None:
    """Set a page's texts."""
    for name, value in texts.items():
        setattr(page, name, value)


def name_in_french() -> None:
    """Give what Wagtail's own migrations name in English the names that editors read."""
    Page.objects.filter(depth=1, title="Root").update(title="Site", draft_title="Site")


def single_pages() -> dict[str, type[BasePage]]:
    """Return the lists, and other types of which there is one page, by their names in a territory file."""
    return {kind.reference: kind.only for kind in page_kinds() if kind.reference}


def is_single_page(name: str) -> str:
    """Refuse a name that no type of a single page has."""
    if name not in single_pages():
        raise ValueError(f"{name!r} is none of {', '.join(single_pages())}")
    return name


class IndexRecord(Record):
    """`introductions`: the index pages, the desk and the search page."""

    id: Annotated[str, AfterValidator(is_single_page)]
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
        return the_french(single_pages()[record.id])

    def write(self, record: IndexRecord, context: Context) -> Page:
        page = self.find(record)
        created = page is None
        if page is None:
            page = single_pages()[record.id](reference=record.id, locale=Locale.get_default())
        fill(page, self.texts(record, context))
        page.picture = context.pictures.get(record.id) or page.picture
        if created:
            context.page("accueil").add_child(instance=page)
        page.save_revision().publish()
        return page

    def texts(self, record: IndexRecord, context: Context) -> dict[str, Any]:
        """Title, address and summary."""
        return {"title": text_of(record.titre), "slug": text_of(record.slug), "summary": text_of(record.resume)}


class StepRecord(Labelled):
    """`etapes` of the desk."""

    ordre: int


class KindRecord(Labelled):
    """`types_demande`: labels are in the catalogues, so only the codes are read."""

    code: str


class DeskRecord(Record):
    """The entry `guichet_unique` of a territory file."""

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
        return the_french(DeskPage)

    def check(self, record: DeskRecord, context: Context) -> Iterator[tuple[str, str]]:
        """The page is in the file or on the site."""
        if "guichet" not in context.ids("introductions") and self.find(record) is None:
            yield "titre", "needs the page “guichet” among “introductions”"

    def write(self, record: DeskRecord, context: Context) -> DeskPage:
        """Fill the page, and say in the settings what the desk promises."""
        desk = self.find(record)
        fill(desk, self.texts(record, context))
        desk.save_revision().publish()
        settings = SiteSettings.for_site(Site.objects.get(is_default_site=True))
        settings.answer_days = record.delai_reponse_jours_ouvres
        settings.save()
        return desk

    def texts(self, record: DeskRecord, context: Context) -> dict[str, Any]:
        """All texts; the address is that of `introductions`."""
        steps = sorted(record.etapes, key=lambda step: step.ordre)
        return {
            "title": text_of(record.titre),
            "summary": text_of(record.chapo),
            "data_notice": f"<p>{text_of(record.mention_donnees)}</p>",
            "steps": [block("step", text_of(step.texts)) for step in steps],
        }


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
        """Return the French home page, which everything hangs on."""
        return the_french(HomePage)

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
        home = self.find(record)
        home.reasons.set(
            [HomeReason(strength=context.written[name], sort_order=n) for n, name in enumerate(record.raisons)]
        )
        home.voice = context.written[record.voix] if record.voix else None
        fill(home, self.texts(record, context))
        home.save_revision().publish()
        return home

    def texts(self, record: HomeLinksRecord, context: Context) -> dict[str, Any]:
        """Return the words of the buttons, each with the page that it leads to."""
        buttons = [
            block("button", {"label": text_of(button.texts), "page": context.written[record.cibles[button.cible]].pk})
            for button in context.data["page_accueil"][0].boutons
        ]
        return {"buttons": buttons}
