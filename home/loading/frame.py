"""What stands around each page of a territory file: settings and menus."""

from collections.abc import Iterator
from typing import Any

from wagtail.models import Locale, Site

from core.fields.identifiers import siren_number
from core.loading.body import block, text_of
from core.loading.schema import Record, Texts, code_of, that_passes
from core.loading.sections import Context, Section, register
from core.models import Menu, SiteSettings
from core.models.navigation import MenuSlot

from ..models import (
    LegalPage,
)
from ..models.legal import LegalKind


class SettingsRecord(Record):
    """The entry `reglages` of a territory file: name, contacts and the like."""

    nom_site: Texts
    signature: Texts
    editeur: str | None = None
    siren: that_passes(siren_number) | None = None
    courriel: str
    telephone: str
    adresse: str
    horaires: Texts
    page_inscrits_en_france: str | None = None
    page_francais_a_l_etranger: str | None = None


@register
class Settings(Section):
    """Name, contacts, and the pages that every page leads to."""

    key, schema, many, order = "reglages", SettingsRecord, False, 50

    def check(self, record: SettingsRecord, context: Context) -> Iterator[tuple[str, str]]:
        """The pages for students enrolled in France, and for French ones enrolled abroad, exist."""
        for name in ("page_inscrits_en_france", "page_francais_a_l_etranger"):
            page = getattr(record, name)
            if page and page not in context.ids("pages"):
                yield name, f"names {page!r}, which is no page of the file"

    def find(self, record: SettingsRecord) -> SiteSettings | None:
        """There is one set of settings."""
        return SiteSettings.objects.first()

    def write(self, record: SettingsRecord, context: Context) -> SiteSettings:
        """Fill the settings of the default site."""
        settings = SiteSettings.for_site(Site.objects.get(is_default_site=True))
        settings.name, settings.tagline = record.nom_site, record.signature
        settings.publisher_name = record.editeur or settings.publisher_name
        settings.siren = record.siren or settings.siren
        settings.email, settings.phone, settings.address = record.courriel, record.telephone, record.adresse
        settings.opening_hours = record.horaires
        settings.desk_page = context.written.get("guichet") or settings.desk_page
        settings.enrolled_in_france_page = (
            context.written.get(record.page_inscrits_en_france) or settings.enrolled_in_france_page
        )
        settings.french_abroad_page = (
            context.written.get(record.page_francais_a_l_etranger) or settings.french_abroad_page
        )
        statement = LegalPage.objects.filter(kind=LegalKind.ACCESSIBILITY, locale=Locale.get_default()).first()
        settings.accessibility_page = statement or settings.accessibility_page
        settings.save()
        return settings


class MenuLinkRecord(Record):
    """A link of a menu: the page's reference, and a shorter text."""

    page: str
    texte: Texts | None = None


class MenuRecord(Record):
    """One entry of `menus` in a territory file: its place and the pages that it leads to."""

    id: code_of(MenuSlot)
    titre: Texts | None = None
    liens: list[MenuLinkRecord]


@register
class Menus(Section):
    """Menus of the head and the foot."""

    key, schema, order = "menus", MenuRecord, 51

    def check(self, record: MenuRecord, context: Context) -> Iterator[tuple[str, str]]:
        """Name each link that leads to no page of the files."""
        known = set().union(*(context.ids(key) for key in ("introductions", "sections", "pages", "pages_legales")))
        for place, link in enumerate(record.liens):
            if link.page not in known:
                yield f"liens.{place}.page", f"names {link.page!r}, which is no page of the file"

    def find(self, record: MenuRecord) -> Menu | None:
        """Look the menu up by its place."""
        return Menu.objects.filter(slot=record.id, locale=Locale.get_default()).first()

    def write(self, record: MenuRecord, context: Context) -> Menu:
        """Create the menu, or set the links of the one that stands at this place."""
        menu = self.find(record) or Menu(slot=record.id, locale=Locale.get_default())
        texts = self.texts(record, context)
        menu.title, menu.links = texts["title"], texts["links"]
        menu.save()
        return menu

    def texts(self, record: MenuRecord, context: Context) -> dict[str, Any]:
        """The title, and texts that are shorter than the pages' titles."""
        links = [
            block("link", {"page": context.written[link.page].pk, "label": text_of(link.texte)})
            for link in record.liens
        ]
        return {"title": text_of(record.titre), "links": links}
