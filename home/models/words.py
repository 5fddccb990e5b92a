"""Words that a foreign student does not know: acronyms of the health system and phrases of the ward."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from core.models import FrenchRecord


class GlossaryTerm(index.Indexed, FrenchRecord):
    """An acronym or a word of the French health system."""

    acronym = models.CharField(_("acronym or word"), max_length=40)
    meaning = models.CharField(_("meaning"), max_length=250)

    texts = ("meaning",)
    facts = ("acronym",)

    panels = [FieldPanel("acronym"), FieldPanel("meaning")]
    search_fields = [index.SearchField("acronym"), index.SearchField("meaning"), index.FilterField("locale")]

    class Meta(FrenchRecord.Meta):
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary")
        ordering = ["acronym"]

    def __str__(self) -> str:
        return self.acronym


class LexiconTheme(models.TextChoices):
    """Moments of a student's day."""

    WELCOME = "accueil", _("Saying hello")
    HISTORY = "interrogatoire", _("Asking")
    EXAMINATION = "examen", _("Examining")
    CARE = "soins", _("Care and papers")
    WARD = "service", _("On the ward")
    EMERGENCY = "urgence", _("Emergency")


class LexiconEntry(index.Indexed, FrenchRecord):
    """A phrase for the placement: the French to say, and what it means in the reader's language."""

    theme = models.CharField(_("moment"), max_length=20, choices=LexiconTheme.choices)
    phrase = models.CharField(_("phrase"), max_length=160)

    texts = ("phrase",)

    panels = [FieldPanel("theme"), FieldPanel("phrase")]
    search_fields = [index.SearchField("phrase"), index.FilterField("locale")]

    class Meta(FrenchRecord.Meta):
        verbose_name = _("phrase of the lexicon")
        verbose_name_plural = _("lexicon")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.phrase
