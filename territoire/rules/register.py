"""The register of rules: what the law and the programmes ask, with source and date, and the figures that change.

What is a computation is code beside this file; what is a number is a figure here; what is a sentence is a rule here,
and pages show it from here. Editors keep both; an administrator says that a rule is validated.
"""

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from core.cache.until_changed import forget_when, remembered
from core.fields.consistency import Faults
from core.fields.free_code import free_code
from core.languages.amounts import decimal
from core.languages.localization import source_locale
from core.models import FrenchRecord
from core.web.last_modified import follow

KEY = "figures-of-rules"


class RuleCode(models.TextChoices):
    """Rules that the program computes or states: the references of their entries."""

    ERASMUS_DAYS = "duree-erasmus", _("Length of an Erasmus+ stay")
    OTHER_DOORS = "moins-de-deux-mois", _("Shorter Erasmus+ stays")
    PAY = "gratification", _("Pay for a placement")
    FULL_TIME = "temps-plein", _("Full time")
    HOSPITAL = "hopital-public", _("Public hospitals")
    NOMINATIONS = "nominations", _("Nominations and deadlines")
    IFMSA = "ifmsa", _("IFMSA exchanges")
    SHORT_STAY = "court-sejour", _("Short stays")
    LONG_STAY = "visa-stagiaire", _("Long-stay visa for trainees")
    ERASMUS_COUNTRIES = "pays-erasmus", _("Countries of Erasmus+")
    CERTIFICATE = "attestation-fin", _("Certificate at the end")
    PER_CYCLE = "duree-par-cycle", _("Months of Erasmus+ in a cycle of studies")


class FigureCode(models.TextChoices):
    """Numbers that computations and rules use."""

    ERASMUS_DAYS = "jours_erasmus", _("Shortest Erasmus+ stay (days, as the Commission counts)")
    PAY_HOURS = "heures_gratification", _("Hours of presence above which pay is due")
    MOST_HOURS = "heures_maximum", _("Most hours of presence a school year in one host")
    HOURLY_CEILING = "plafond_horaire", _("Hourly ceiling of social security (€)")
    PAY_SHARE = "part_gratification", _("Least pay: share of the hourly ceiling (%)")
    FULL_TIME = "heures_semaine", _("Hours a week of a full-time placement")
    SHORT_STAY = "jours_court_sejour", _("Days of a short stay")
    SCHENGEN_WINDOW = "jours_periode_schengen", _("Days within which those of short stays are counted")
    MONTHS_TO_SUBMIT = "mois_avant_visa", _("Months before the start: the agreement is submitted")
    IFMSA_WEEKS = "semaines_ifmsa", _("Weeks before the start: IFMSA card of acceptance")
    CERTIFICATE_WEEKS = "semaines_attestation", _("Weeks after the end: traineeship certificate")
    HEPATITIS_MONTHS = "mois_hepatite_b", _("Months that vaccination against hepatitis B takes")


# What a site counts with before anybody has written a figure, and since when it holds: read in November 2026.
# The third number is the most that is no slip of the finger.
FIRST_KNOWN: dict[str, tuple[str, dt.date, int]] = {
    FigureCode.ERASMUS_DAYS: ("60", dt.date(2021, 1, 1), 366),
    FigureCode.PAY_HOURS: ("308", dt.date(2014, 12, 1), 2000),
    FigureCode.MOST_HOURS: ("924", dt.date(2014, 12, 1), 3000),
    FigureCode.HOURLY_CEILING: ("29", dt.date(2024, 1, 1), 1000),
    FigureCode.PAY_SHARE: ("15", dt.date(2015, 9, 1), 100),
    FigureCode.FULL_TIME: ("35", dt.date(2021, 1, 1), 60),
    FigureCode.SHORT_STAY: ("90", dt.date(2013, 10, 18), 366),
    FigureCode.SCHENGEN_WINDOW: ("180", dt.date(2013, 10, 18), 366),
    FigureCode.MONTHS_TO_SUBMIT: ("2", dt.date(2021, 5, 1), 24),
    FigureCode.IFMSA_WEEKS: ("8", dt.date(2024, 1, 1), 52),
    FigureCode.CERTIFICATE_WEEKS: ("5", dt.date(2021, 1, 1), 52),
    FigureCode.HEPATITIS_MONTHS: ("6", dt.date(2013, 8, 2), 24),
}


@dataclass(frozen=True)
class InForce:
    """A number that holds on a day, and since when."""

    value: Decimal
    since: dt.date
    is_confirmed: bool = False

    @property
    def text(self) -> str:
        """The number as the reader's language writes it."""
        return decimal(self.value)


def in_force(code: str, on: dt.date | None = None) -> InForce:
    """Return the latest number of a figure that holds on a day (today): of one that begins later, the first."""
    today = on or timezone.localdate()
    first, since, _most = FIRST_KNOWN[code]
    known = remembered(KEY, _read).get(code) or [InForce(Decimal(first), since)]
    return next((entry for entry in known if entry.since <= today), known[-1])


def number(code: str, on: dt.date | None = None) -> int:
    """Return a figure that is a whole number: of days, weeks, hours."""
    return int(in_force(code, on).value)


def least_pay(on: dt.date | None = None) -> tuple[Decimal, int]:
    """Return the least pay for an hour of presence in euros, and the year whose ceiling it comes from.

    Source: Code de l'éducation, art. L. 124-6 and D. 124-8.
    """
    ceiling, share = in_force(FigureCode.HOURLY_CEILING, on), in_force(FigureCode.PAY_SHARE, on)
    return (ceiling.value * share.value / 100).quantize(Decimal("0.01")), ceiling.since.year


def _read() -> dict[str, list[InForce]]:
    """Read all figures, the latest of each first."""
    found: dict[str, list[InForce]] = {}
    for figure in Figure.objects.order_by("-valid_from", "-pk"):
        found.setdefault(figure.code, []).append(InForce(figure.value, figure.valid_from, not figure.to_be_validated))
    return found


# A figure in a text: its code between braces, and nothing else there.
IN_BRACES = re.compile(r"\{\s*([^{}]*?)\s*\}")


def known_figures(text: str) -> None:
    """Validate a text: what stands in braces is the code of a figure. Raises `ValidationError`."""
    unknown = [name for name in IN_BRACES.findall(text) if name not in FigureCode.values]
    if re.search(r"[{}]", IN_BRACES.sub("", text)):
        raise ValidationError(_("A brace has no partner: figures are written {jours_erasmus}."))
    if unknown:
        raise ValidationError(
            _("“%(name)s” is no figure. Figures: %(known)s."),
            params={"name": unknown[0], "known": ", ".join(FigureCode.values)},
        )


def with_figures(text: str) -> str:
    """Return a text with the numbers that hold today in the place of figures' codes in braces.

    What is no code stays as it was written: a translator's slip.
    """
    return IN_BRACES.sub(lambda found: in_force(found[1]).text if found[1] in FIRST_KNOWN else found[0], text)


# What of a rule, and of a figure, somebody validates.
SAID = ("title", "statement", "meaning", "source", "source_url")
FIGURE_SAID = ("code", "value", "valid_from", "source", "source_url")


class Rule(index.Indexed, FrenchRecord):
    """What a text of law, a programme or a faculty asks, in a sentence that readers understand, and its source."""

    title = models.CharField(_("title"), max_length=120)
    statement = models.TextField(
        _("rule"),
        max_length=1200,
        validators=[known_figures],
        help_text=_("Numbers that change are written as figures in braces: {heures_gratification}."),
    )
    meaning = models.TextField(
        _("what it means for a student"), max_length=1200, blank=True, validators=[known_figures]
    )
    source = models.CharField(_("source"), max_length=250)
    source_url = models.URLField(_("address of the source"), max_length=300)
    checked_on = models.DateField(_("checked on"))
    checked_by = models.CharField(_("checked by"), max_length=120, blank=True)
    review_on = models.DateField(_("to be checked again on"))
    to_be_validated = models.BooleanField(
        _("to be validated"),
        default=True,
        help_text=_("Readers are told so until an administrator takes this tick out."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    texts = ("title", "statement", "meaning")
    facts = ("source", "checked_by")

    panels = [
        FieldPanel("title"),
        FieldPanel("statement"),
        FieldPanel("meaning"),
        MultiFieldPanel([FieldPanel("source"), FieldPanel("source_url")], _("Source")),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("checked_on"), FieldPanel("checked_by"), FieldPanel("review_on")]),
                FieldPanel("to_be_validated", permission="territoire.validate_rule"),
            ],
            _("Check"),
        ),
        FieldRowPanel([FieldPanel("reference", read_only=True), FieldPanel("position")]),
    ]
    search_fields = [index.SearchField("title"), index.SearchField("statement"), index.FilterField("locale")]

    class Meta(FrenchRecord.Meta):
        verbose_name = _("rule")
        verbose_name_plural = _("rules")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["reference", "locale"],
                name="one_rule_a_reference",
                violation_error_message=_("There is a record of this reference already."),
            )
        ]
        permissions = [("validate_rule", "Can say that a rule is validated")]

    def __str__(self) -> str:
        return self.title

    def faults(self) -> Faults:
        """What is checked again is checked later."""
        found = super().faults()
        if self.checked_on and self.review_on and self.review_on <= self.checked_on:
            found["review_on"] = _("It is checked again after it was checked.")
        return found

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Give a new rule its reference, and note what readers should know: that its French sentence has changed."""
        if not self.reference:
            others = type(self).objects.filter(locale_id=self.locale_id)
            self.reference = free_code(self.title, others.values_list("reference", flat=True))
        before = type(self).objects.filter(pk=self.pk, locale=source_locale()).first()
        reworded = before is not None and before.statement != self.statement
        if before is not None and any(getattr(before, name) != getattr(self, name) for name in SAID):
            # What somebody has validated was another sentence.
            self.to_be_validated = self.to_be_validated or not before.to_be_validated
        with transaction.atomic():
            super().save(*args, **kwargs)
            if reworded:
                RuleChange.objects.create(rule=self.reference)

    @property
    def statement_text(self) -> str:
        """The rule with the numbers that hold today."""
        return with_figures(self.statement)

    @property
    def meaning_text(self) -> str:
        """What it means, with the numbers that hold today."""
        return with_figures(self.meaning)

    @property
    def is_confirmed(self) -> bool:
        """Say whether an administrator has validated the rule and each of its numbers."""
        figures = IN_BRACES.findall(self.statement + self.meaning)
        return not self.to_be_validated and all(in_force(name).is_confirmed for name in figures if name in FIRST_KNOWN)


class Figure(models.Model):
    """A number that holds from a day on. The earlier ones stay, so that one sees what changed and when."""

    code = models.CharField(_("figure"), max_length=30, choices=FigureCode.choices)
    value = models.DecimalField(
        _("number"), max_digits=9, decimal_places=2, validators=[MinValueValidator(Decimal("0.01"))]
    )
    valid_from = models.DateField(
        _("valid from"), help_text=_("A new number is a new line with its day; the earlier one stays.")
    )
    source = models.CharField(_("source"), max_length=250)
    source_url = models.URLField(_("address of the source"), max_length=300, blank=True)
    to_be_validated = models.BooleanField(
        _("to be validated"),
        default=True,
        help_text=_("Readers are told so until an administrator takes this tick out."),
    )

    panels = [
        FieldPanel("code"),
        FieldRowPanel([FieldPanel("value"), FieldPanel("valid_from")]),
        FieldPanel("source"),
        FieldPanel("source_url"),
        FieldPanel("to_be_validated", permission="territoire.validate_rule"),
    ]

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        ordering = ["code", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "valid_from"],
                name="one_figure_a_day",
                violation_error_message=_("This figure has a number from that day on already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_code_display()}: {decimal(self.value)} ({self.valid_from:%Y})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the number, and note it where another one stood or was known before."""
        with transaction.atomic():
            stored = Figure.objects.filter(pk=self.pk).first()
            if stored and any(getattr(stored, name) != getattr(self, name) for name in FIGURE_SAID):
                # What somebody has validated was another number, another day or another source.
                self.to_be_validated = self.to_be_validated or not stored.to_be_validated
            if stored and (stored.code, stored.valid_from) != (self.code, self.valid_from):
                # What was told of it holds no more: it is told anew as of a new number.
                stored.forget_change()
                stored = None
            others = Figure.objects.filter(code=self.code, valid_from__lt=self.valid_from).exclude(pk=self.pk)
            before = stored or others.order_by("-valid_from").first()
            super().save(*args, **kwargs)
            if before is not None and before.value != self.value:
                RuleChange.tell(self, before.value)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """What was told of a number goes with it."""
        self.forget_change()
        return super().delete(*args, **kwargs)

    def forget_change(self) -> None:
        """Take back what readers were told of this number."""
        RuleChange.objects.filter(figure=self.code, valid_from=self.valid_from).delete()

    def clean(self) -> None:
        """Numbers of days, weeks and hours are whole, and none is a slip of the finger."""
        super().clean()
        if isinstance(self.value, Decimal) and self.code in FIRST_KNOWN and self.value > FIRST_KNOWN[self.code][2]:
            most = {"most": FIRST_KNOWN[self.code][2]}
            raise ValidationError({"value": _("At most %(most)d: is this number right?") % most})
        whole = self.code not in {FigureCode.HOURLY_CEILING, FigureCode.PAY_SHARE}
        if whole and isinstance(self.value, Decimal) and self.value != int(self.value):
            raise ValidationError({"value": _("This number is a whole one.")})


class RuleChange(models.Model):
    """What readers may want to know: a rule was written anew, or a figure has another number."""

    at = models.DateTimeField(default=timezone.now)
    rule = models.CharField(max_length=40, blank=True)
    figure = models.CharField(max_length=30, blank=True, choices=FigureCode.choices)
    old = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    new = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    valid_from = models.DateField(null=True)

    class Meta:
        verbose_name = _("change of a rule")
        verbose_name_plural = _("changes of rules")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.rule or self.figure}"

    @classmethod
    def tell(cls, figure: Figure, old: Decimal) -> None:
        """Note that a figure has another number; a slip that is mended, from the same day on, is no news."""
        told = cls.objects.filter(figure=figure.code, valid_from=figure.valid_from).first()
        if told is None:
            cls.objects.create(figure=figure.code, old=old, new=figure.value, valid_from=figure.valid_from)
        elif told.old == figure.value:
            told.delete()
        else:
            told.new, told.at = figure.value, timezone.now()
            told.save()


forget_when(KEY, changed=[Figure])
follow(Figure)
