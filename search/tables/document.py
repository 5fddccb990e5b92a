"""The index that the database always keeps, whatever engine answers."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from core.kinds.searchable import Standing


class SearchDocument(models.Model):
    """What a public page is found by, in the language of its tree. Texts are plain, as they are shown."""

    page = models.OneToOneField(Page, models.CASCADE, primary_key=True, related_name="+")
    language = models.CharField(max_length=12, db_index=True)
    # An alias: a French page that stands in another language's tree.
    in_french = models.BooleanField(default=False)
    kind = models.CharField(max_length=20)
    title = models.TextField()
    summary = models.TextField(blank=True)
    #: Names and labels, one a line: found like the title. Those of `names` are suggested while somebody types.
    keywords = models.TextField(blank=True)
    names = models.TextField(blank=True)
    body = models.TextField(blank=True)
    #: What stands under the title in results, one fact a line.
    facts = models.TextField(blank=True)
    # On a page that is translated in part.
    french_title = models.BooleanField(default=False)
    french_summary = models.BooleanField(default=False)
    #: `facet=value`, one a line, for each filter of its list that would keep this page.
    tags = models.TextField(blank=True)

    starts = models.DateField(null=True)
    ends = models.DateField(null=True)
    closes = models.DateField(null=True)  # stands below the others from the day after
    due = models.DateField(null=True)  # until when the reader has to do something
    gone_after = models.DateField(null=True)  # not found at all from the day after
    latest_start = models.DateField(null=True)
    earliest_end = models.DateField(null=True)
    min_weeks = models.PositiveSmallIntegerField(null=True)
    filled = models.BooleanField(default=False)

    indexed_at = models.DateTimeField(auto_now=True, db_index=True)

    COLUMNS = ("starts", "ends", "closes", "due", "gone_after", "latest_start", "earliest_end", "min_weeks")
    TEXTS = ("title", "keywords", "summary", "body")

    class Meta:
        verbose_name = _("search document")
        indexes = [models.Index(fields=["language", "kind"], name="search_by_language_and_kind")]

    def __str__(self) -> str:
        return f"{self.title} ({self.language})"

    def texts(self) -> Iterator[str]:
        """Yield title, keywords, summary and body."""
        for name in self.TEXTS:
            yield getattr(self, name)

    def standing(self, today: dt.date) -> Standing:
        """Return how the page stands on a day."""
        return standing(self.closes, self.filled, today)

    def tag_list(self) -> list[str]:
        """Return the tags that filters and counts are made of, one for each code."""
        return self.tags.split("\n") if self.tags else []


class SearchChange(models.Model):
    """The outbox: a page whose change an index does not know yet. It goes when every index knows."""

    page_id = models.PositiveBigIntegerField(primary_key=True)
    changed_at = models.DateTimeField()
    in_database = models.BooleanField(default=False)  # the database's index knows; only a search server does not

    class Meta:
        verbose_name = _("change to index")

    def __str__(self) -> str:
        return f"page {self.page_id}"


class SearchState(models.Model):
    """One row: how often the index has changed. Workers keep what they computed until it does."""

    generation = models.PositiveBigIntegerField(default=0)
    #: What documents were made from (search/indexing/fingerprint.py), here and on the search server.
    fingerprint = models.CharField(max_length=32, blank=True)
    server_fingerprint = models.CharField(max_length=32, blank=True)

    class Meta:
        verbose_name = _("state of the search index")

    def __str__(self) -> str:
        return f"generation {self.generation}"

    @classmethod
    def now(cls) -> int:
        """Return the generation of the index."""
        return cls.objects.values_list("generation", flat=True).first() or 0

    @classmethod
    def kept(cls, name: str) -> str:
        """Return a fingerprint that is kept."""
        return cls.objects.values_list(name, flat=True).first() or ""

    @classmethod
    @contextmanager
    def writing(cls) -> Iterator[None]:
        """Read pages and write their documents inside: nobody else does so meanwhile, so the newest text wins."""
        with transaction.atomic():
            cls.objects.get_or_create(pk=1)
            cls.objects.select_for_update().get(pk=1)
            yield

    @classmethod
    def advance(cls) -> None:
        """Say that the index has changed."""
        cls.objects.update(generation=models.F("generation") + 1)


def standing(closes: dt.date | None, filled: bool, today: dt.date) -> Standing:
    """Return how a page stands that closes on a day and may have no place left."""
    if closes and closes < today:
        return Standing.CLOSED
    return Standing.FILLED if filled else Standing.OPEN


def chunks(items: list[Any], size: int = 500) -> Iterator[list[Any]]:
    """Yield parts of a list."""
    for first in range(0, len(items), size):
        yield items[first : first + size]
