"""What the Département says in every Learning Agreement: texts of its own, which no template may fix."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Site

from core.fields.columns import TextPerLanguageField

# Longest text, so that an agreement stays a document of few pages (characters).
LONGEST = 800


def monitoring() -> dict[str, str]:
    """A sound first version. Source: Erasmus+ Programme Guide, quality assurance of traineeships."""
    return {
        "fr": (
            "Un entretien d’accueil le premier jour, puis un point chaque semaine avec l’encadrant ; un point à "
            "mi-parcours avec l’université d’origine et le guichet unique, qui reste joignable pendant tout le stage."
        ),
        "en": (
            "A welcome meeting on the first day, then a review with the supervisor every week; a mid-term review with "
            "the sending institution and the one-stop desk, which can be reached throughout the traineeship."
        ),
    }


def evaluation() -> dict[str, str]:
    """A sound first version. Source: Erasmus+ Learning Agreement for Traineeships, table A."""
    return {
        "fr": (
            "Bilan oral à mi-parcours, puis évaluation écrite en fin de stage, objectif par objectif, discutée avec "
            "le stagiaire avant d’être remise à l’université d’origine."
        ),
        "en": (
            "An oral review half-way, then a written evaluation at the end, outcome by outcome, discussed with the "
            "trainee before it goes to the sending institution."
        ),
    }


def equipment() -> dict[str, str]:
    """A sound first version. Source: Erasmus+ Learning Agreement for Traineeships, table C."""
    return {
        "fr": (
            "Tenue de travail, vestiaire, poste informatique et accès aux protocoles du service ; repères sur le "
            "secret professionnel et l’hygiène donnés le premier jour."
        ),
        "en": (
            "Work clothes, a locker, a computer and access to the department’s protocols; professional secrecy and "
            "hygiene are explained on the first day."
        ),
    }


def insurance() -> dict[str, str]:
    """A sound first version. Sources: Code de l’éducation, art. L. 124-1 ff.; Code de la sécurité sociale, L. 412-8."""
    return {
        "fr": (
            "L’accueil ne remplace pas les assurances du stagiaire : responsabilité civile professionnelle, accident "
            "du travail et du trajet et rapatriement sont à souscrire par lui ou par l’université d’origine, sauf "
            "accord écrit contraire."
        ),
        "en": (
            "The host does not replace the trainee’s insurance: professional liability, accidents at work and on the "
            "way to work, and repatriation are taken out by the trainee or the sending institution, unless agreed "
            "otherwise in writing."
        ),
    }


@register_setting(icon="doc-full", order=60)
class LearningAgreementTexts(BaseSiteSetting):
    """What stands in every Learning Agreement beside the facts of an offer."""

    monitoring = TextPerLanguageField(_("monitoring plan"), default=monitoring, longest=LONGEST)
    evaluation = TextPerLanguageField(_("evaluation plan"), default=evaluation, longest=LONGEST)
    equipment = TextPerLanguageField(_("support and equipment"), default=equipment, longest=LONGEST)
    insurance = TextPerLanguageField(_("insurance"), default=insurance, longest=LONGEST)
    validated = models.BooleanField(
        _("validated by the Département"),
        default=False,
        help_text=_("Until then each agreement says that these texts are to be validated."),
    )

    panels = [
        MultiFieldPanel(
            [FieldPanel("monitoring"), FieldPanel("evaluation"), FieldPanel("equipment"), FieldPanel("insurance")],
            _("Texts of every agreement"),
        ),
        FieldPanel("validated"),
    ]

    class Meta:
        verbose_name = _("Learning Agreements")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @classmethod
    def read(cls, site: Site | None) -> "LearningAgreementTexts":
        """Return a site's texts, or the first version: a reader's request writes nothing."""
        found: Any = cls.objects.filter(site=site).first() if site else None
        return found or cls(site=site)
