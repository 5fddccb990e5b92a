"""The editors' words: synonyms, picks, and what visitors looked for in vain."""

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Locale, Page, RevisionMixin

from core.languages.dates import month_and_year
from core.languages.localization import source_locale

from ..text import synonyms
from ..text.analysis import analyser

SEVERAL = 3  # searches from which on the editors see what was typed
MOST_MISTAKES = 10  # that are named at once
SYNONYM_MISTAKES = {
    synonyms.Mistake.ALONE: _(
        "Line %(number)d: “%(line)s” is one word only, as the search reads it. Separate synonyms by commas."
    ),
    synonyms.Mistake.TOO_MANY: _("Line %(number)d: “%(line)s” has more than twenty-four words. Make two lines."),
    synonyms.Mistake.MARKS: _("Line %(number)d: “%(line)s” has signs that are no words."),
}


class SynonymList(RevisionMixin, models.Model):
    """What visitors call the same thing, in one language. Without a list of its own, a language has the project's."""

    locale = models.OneToOneField(Locale, models.CASCADE, related_name="+", verbose_name=_("language"))
    groups = models.TextField(
        _("groups"),
        help_text=_(
            "One group a line, its words separated by commas: each of them finds all others, as in “kiné, physio”. "
            "With an arrow only the words before it find those behind it: “stage => placement”. "
            "Lines that begin with # are notes. A change counts at once; the history keeps what was there."
        ),
    )

    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="synonym_list")
    panels = [FieldPanel("locale"), FieldPanel("groups")]

    class Meta:
        verbose_name = _("list of synonyms")
        verbose_name_plural = _("lists of synonyms")

    def __str__(self) -> str:
        return str(self.locale)

    @property
    def revisions(self) -> Any:
        """What the list was."""
        return self._revisions

    def clean(self) -> None:
        """Refuse lines that would count for nothing, all at once: a mistake there is one that nobody notices."""
        super().clean()
        read = analyser(self.locale.language_code) if self.locale_id else None
        mistakes = []
        for number, line in enumerate(self.groups.splitlines(), start=1):
            text = line.split("#")[0].strip()
            if read and text and (mistake := synonyms.mistake_in(text, read)):
                message = SYNONYM_MISTAKES[mistake] % {"number": number, "line": text[:60]}
                mistakes.append(message)
        if mistakes:
            raise ValidationError({"groups": mistakes[:MOST_MISTAKES]})

    @classmethod
    def begin(cls, locale: Locale) -> None:
        """Give a new language the project's list, for editors to go on with."""
        text = synonyms.read_default(locale.language_code)
        if text:
            cls.objects.get_or_create(locale=locale, defaults={"groups": text})

    @classmethod
    def text_of(cls, language: str) -> str:
        """Return the groups of a language code."""
        own = cls.objects.filter(locale__language_code=language).values_list("groups", flat=True).first()
        return synonyms.read_default(language) if own is None else own


class SearchPick(models.Model):
    """A page that editors put first when somebody looks for certain words, in one language."""

    locale = models.ForeignKey(Locale, models.CASCADE, related_name="+", verbose_name=_("language"))
    queries = models.TextField(
        _("what is typed"),
        help_text=_(
            "One a line: just these words, so that “grant” does not stand for “Erasmus grant”. "
            "Accents, capitals, plural and order of words do not matter."
        ),
    )
    page = models.ForeignKey(
        Page,
        models.CASCADE,
        related_name="+",
        verbose_name=_("page"),
        help_text=_("The French page: visitors get it in their language where it is translated."),
    )
    sort_order = models.PositiveSmallIntegerField(
        _("order"), default=1, help_text=_("Where several pages stand first for the same words: the smallest first.")
    )

    panels = [FieldPanel("locale"), FieldPanel("queries"), FieldPanel("page"), FieldPanel("sort_order")]

    class Meta:
        verbose_name = _("editors’ pick")
        verbose_name_plural = _("editors’ picks")
        ordering = ["sort_order", "pk"]

    def __str__(self) -> str:
        return f"{self.typed} → {self.page}" if self.queries else ""

    @property
    def typed(self) -> str:
        """What is typed, on one line."""
        return " · ".join(self.queries.splitlines())

    def clean(self) -> None:
        """Refuse what would never be shown; the French page stands for those of all languages."""
        super().clean()
        if not self.locale_id or not self.page_id:
            return
        read = analyser(self.locale.language_code)
        for line in self.queries.splitlines():
            if line.strip() and ("," in line or not read.terms(line)):
                message = _("“%(line)s” is nothing to search for. Write one search a line, without commas.")
                raise ValidationError({"queries": message % {"line": line[:60]}})
        french = Page.objects.filter(translation_key=self.page.translation_key, locale=source_locale()).first()
        self.page = french or self.page
        if not self.page.live or not self.page.get_url():
            raise ValidationError({"page": _("Visitors cannot open this page: it is not published.")})
        others = SearchPick.objects.filter(locale=self.locale, page=self.page).exclude(pk=self.pk)
        if any(other.answers(line) for other in others for line in self.queries.splitlines()):
            raise ValidationError({"page": _("This page stands first for these words already.")})

    def answers(self, *queries: str) -> bool:
        """Say whether one of these ways to read a visitor's query has the words of one of the lines."""
        read = analyser(self.locale.language_code)
        asked = {frozenset(read.terms(query)) for query in queries} - {frozenset()}
        return any(frozenset(read.terms(line)) in asked for line in self.queries.splitlines())

    @classmethod
    def pages_for(cls, language: str, *queries: str) -> list[Page]:
        """Return the pages picked for a query, which may be read in several ways, in the editors' order."""
        picks = cls.objects.filter(locale__language_code=language).select_related("page", "locale")
        return [pick.page for pick in picks if pick.answers(*queries)]


class SearchWord(models.Model):
    """A word that pages of a language use: what a misspelt word may have meant."""

    language = models.CharField(max_length=12)
    word = models.CharField(max_length=64)  # in small letters, without accents
    shown = models.CharField(max_length=64)  # as pages write it
    count = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("word of the pages")
        constraints = [models.UniqueConstraint(fields=["language", "word"], name="search_word_once")]

    def __str__(self) -> str:
        return self.word


class SearchMiss(models.Model):
    """Words that visitors looked for in vain, counted by month; nothing says who they were."""

    language = models.CharField(_("language"), max_length=12)
    query = models.CharField(_("what was typed"), max_length=60)
    month = models.DateField(_("month"))  # its first day
    count = models.PositiveIntegerField(_("times"), default=0)
    # A corrected spelling, or pages with some of the words, were shown instead.
    helped = models.BooleanField(_("something else was shown"), default=False)

    class Meta:
        verbose_name = _("search without result")
        verbose_name_plural = _("searches without result")
        ordering = ["-month", "-count", "query"]
        constraints = [models.UniqueConstraint(fields=["language", "query", "month"], name="search_miss_once")]

    def __str__(self) -> str:
        return self.query

    @property
    def language_name(self) -> str:
        """The language on whose page it was typed."""
        return dict(settings.LANGUAGES).get(self.language, self.language)

    @property
    def month_name(self) -> str:
        """The month, such as "November 2026"."""
        return month_and_year(self.month)
