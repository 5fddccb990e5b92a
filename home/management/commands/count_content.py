"""Count pages and records by type, language and state."""

from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import QuerySet
from wagtail.models import Locale

from core.kinds.table import page_types
from core.languages.localization import source_locale
from core.models import FrenchRecord, Menu, SiteImage, StaleTranslation


class Command(BaseCommand):
    """`manage.py count_content`: one line a type and language."""

    help = "Count pages (live, drafts, aliases) and records by type and language; name what is translated in part."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print how many pages and records there are of each type."""
        for locale in Locale.objects.order_by("pk"):
            self.stdout.write(f"{locale.language_code}:")
            partly: list[str] = []
            for model in page_types():
                self.line(model.__name__, self.states(model.objects.filter(locale=locale), partly))
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

    @staticmethod
    def states(pages: QuerySet[Any], partly: list[str]) -> Counter[str]:
        """Count the pages of one type in one language by state."""
        counts: Counter[str] = Counter()
        for page in pages.order_by("path"):
            if not page.live:
                counts["drafts"] += 1
            elif page.locale_id == source_locale().pk:
                counts["original"] += 1
            elif page.alias_of_id:
                counts["aliases"] += 1
            elif page.french_parts:
                counts["in part"] += 1
                partly.append(f"{page.url_path} ({len(page.french_parts)} texts in French)")
            else:
                counts["translated"] += 1
        return counts

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
