"""What the Département proposes in every Learning Agreement: texts of its own, which no template may fix.

They bind nobody: each stands as a proposal beside a blank field. So the first versions name no duty of the sending
institution, which the Département cannot speak for.
"""

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
            "Un entretien d’accueil le premier jour, puis un point régulier avec l’encadrant ; le guichet unique reste "
            "joignable pendant tout le stage."
        ),
        "en": (
            "A welcome meeting on the first day, then a regular review with the supervisor; the one-stop desk can be "
            "reached throughout the traineeship."
        ),
    }


def evaluation() -> dict[str, str]:
    """A sound first version. Source: Erasmus+ Learning Agreement for Traineeships, table A."""
    return {
        "fr": (
            "Bilan oral à mi-parcours, puis évaluation écrite en fin de stage, objectif par objectif, discutée avec "
            "le stagiaire."
        ),
        "en": (
            "An oral review half-way, then a written evaluation at the end, outcome by outcome, discussed with the "
            "trainee."
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
    """A sound first version: what is to be insured; by whom, the Département cannot say."""
    return {
        "fr": (
            "À convenir par écrit avant le stage : qui assure la responsabilité civile professionnelle, les accidents "
            "du travail et du trajet, et le rapatriement."
        ),
        "en": (
            "To be settled in writing before the stay: who insures professional liability, accidents at work and on "
            "the way to work, and repatriation."
        ),
    }


@register_setting(icon="doc-full", order=60)
class LearningAgreementTexts(BaseSiteSetting):
    """What every Learning Agreement proposes beside the facts of an offer: nobody has agreed on it."""

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
            help_text=_(
                "Each agreement shows them as a proposal of the Département beside a blank field, in which the parties "
                "write what they agree on. A text commits nobody else, the sending institution least of all."
            ),
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
