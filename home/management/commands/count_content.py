"""Count pages and records by type, language and state."""

from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import QuerySet
from wagtail.models import Locale, Page

from core.kinds.table import page_types
from core.languages.localization import source_locale
from core.models import FrenchRecord, Menu, SiteImage, SiteSettings, StaleTranslation


class Command(BaseCommand):
    """`manage.py count_content`: one line a type and language."""

    help = (
        "Count pages (live, drafts, aliases), menu entries and records by language; "
        "name what is translated in part, and menu entries that end on a page in French."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print how many pages and records there are of each type, and where menus end."""
        for locale in Locale.objects.order_by("pk"):
            self.stdout.write(f"{locale.language_code}:")
            partly: list[str] = []
            total: Counter[str] = Counter()
            for model in page_types():
                counts = self.states(model.objects.filter(locale=locale), partly)
                self.line(model.__name__, counts)
                total += counts
            self.line("all pages", total)
            self.menu_entries(locale)
            record_types: list[Any] = [*FrenchRecord.all_types(), Menu]
            for record_type in record_types:
                self.line(record_type.__name__, self.records(record_type, locale, partly))
            for name in partly:
                self.stdout.write(f"  in part: {name}")
            stale = StaleTranslation.objects.current().filter(translation__locale=locale).count()
            if stale:
                self.stdout.write(f"  texts to renew: {stale}")
        self.stdout.write(f"pictures: {SiteImage.objects.count()}")

    def line(self, name: str, counts: Counter[str]) -> None:
        """Print one line: "InternshipOfferPage: 24 (10 translated, 14 aliases)"."""
        if counts.total():
            detail = ", ".join(f"{count} {state}" for state, count in counts.items())
            self.stdout.write(f"  {name}: {counts.total()} ({detail})")

    def states(self, pages: QuerySet[Any], partly: list[str]) -> Counter[str]:
        """Count the pages of one type in one language by state."""
        counts: Counter[str] = Counter()
        for page in pages.order_by("path"):
            state = self.state(page)
            counts[state] += 1
            if state == "in part":
                partly.append(f"{page.url_path} ({len(page.french_parts)} texts in French)")
        return counts

    @staticmethod
    def state(page: Any) -> str:
        """Return how a page stands in its language."""
        if not page.live:
            return "drafts"
        if page.locale_id == source_locale().pk:
            return "original"
        if page.alias_of_id:
            return "aliases"
        return "in part" if page.french_parts else "translated"

    def menu_entries(self, locale: Locale) -> None:
        """Count the entries of menus and foot by the state of their page; name those that end on French.

        The foot leads to the accessibility statement too, which the settings name.
        """
        menus = Menu.objects.filter(locale=source_locale())
        targets = [block.value["page"] for menu in menus for block in menu.links]
        targets += [chosen.accessibility_page for chosen in SiteSettings.objects.select_related("accessibility_page")]
        keys = [page.translation_key for page in targets if page]
        found = Page.objects.filter(locale=locale, translation_key__in=keys).specific()
        pages = {page.translation_key: page for page in found}
        self.line("menu entries", Counter(self.state(pages[key]) for key in keys if key in pages))
        for page in sorted(pages.values(), key=lambda page: page.path):
            if self.state(page) in {"aliases", "in part"}:
                self.stdout.write(f"  menu entry in French: {page.url}")

    @staticmethod
    def records(model: Any, locale: Locale, partly: list[str]) -> Counter[str]:
        """Count the records of one type in one language."""
        originals = model.objects.filter(locale=source_locale()).count()
        if locale.pk == source_locale().pk:
            return Counter({"original": originals})
        counts: Counter[str] = Counter()
        for record in model.objects.filter(locale=locale):
            counts["in part" if record.french_parts else "translated"] += 1
            if record.french_parts:
                partly.append(f"{model.__name__} {record} ({len(record.french_parts)} texts in French)")
        if originals > counts.total():
            counts["in French"] = originals - counts.total()
        return counts
