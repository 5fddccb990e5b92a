"""French universities that sign agreements: their calendar, and what officers of other universities look up."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.search import index

from core.cache.until_changed import forget_when
from core.fields.codes import erasmus_code, erasmus_letters, erasmus_letters_of, padded_erasmus_code, telephone
from core.fields.columns import TextPerLanguageField, in_language
from core.fields.consistency import Faults
from core.fields.free_code import free_code
from core.languages.translatable import OrderedRow
from core.models import FrenchRecord
from core.pages.record_forms import RecordForm

from ..choices import FactsheetHeading, Semester
from ..rules.windows import Term, Window, academic_year
from .offer import SIGNING, InternshipOfferPage

COUNTRY = "FR"
# Longest text under a heading of a factsheet (characters).
LONGEST = 800
YEARS = [MinValueValidator(2000), MaxValueValidator(2100)]


class SigningUniversityForm(RecordForm):
    """Saves the university together with its rows, so that what follows from them is computed once, from all."""

    def clean(self) -> dict[str, Any]:
        """One row a semester and a heading: of two nobody would know which holds."""
        cleaned = super().clean()
        for name, keys in (("windows", ("year", "semester")), ("semesters", ("year", "semester"))):
            self._refuse_twice(name, keys)
        self._refuse_twice("factsheet", ("heading",))
        return cleaned

    def _refuse_twice(self, name: str, keys: tuple[str, ...]) -> None:
        seen = set()
        formset = self.formsets.get(name)
        # Asked here, rows are cleaned: the form itself comes before its rows else.
        for form in formset.forms if formset is not None and formset.is_valid() else ():
            row = form.cleaned_data
            value = tuple(row.get(key) for key in keys)
            if row.get("DELETE") or not all(value):
                continue
            if value in seen:
                form.add_error(keys[-1], ValidationError(_("This stands in another row already.")))
                self.add_error(None, ValidationError(_("Two rows say the same semester or heading.")))
            seen.add(value)

    def save(self, commit: bool = True) -> Any:
        """Put the rows on the record first, then save all of it."""
        university = super().save(commit=False)
        if commit:
            university.save()
        return university


class SigningUniversity(index.Indexed, ClusterableModel, FrenchRecord):
    """A French university that signs placement agreements, with its nomination windows and its factsheet."""

    name = models.CharField(_("name"), max_length=160)
    erasmus_code = models.CharField(
        _("Erasmus code"),
        max_length=20,
        blank=True,
        validators=[erasmus_code],
        help_text=_("As in “F TOURS01”."),
    )
    town = models.CharField(_("town"), max_length=80, blank=True)
    website = models.URLField(
        _("website"), max_length=300, blank=True, help_text=_("Its page for partner universities, if it has one.")
    )

    facts = ("name", "erasmus_code", "town")
    base_form_class = SigningUniversityForm

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("name"),
                FieldRowPanel([FieldPanel("erasmus_code"), FieldPanel("town")]),
                FieldPanel("website"),
            ],
            _("University"),
        ),
        InlinePanel(
            "windows",
            label=_("Nomination window"),
            heading=_("Nomination windows"),
            help_text=_(
                "Offers under “Erasmus+ studies” close with the window of their semester. Where the year has none yet, "
                "the latest one is used on the same days, and readers are told its year."
            ),
        ),
        InlinePanel(
            "semesters",
            label=_("Semester"),
            heading=_("Semesters"),
            help_text=_("Without them the first semester begins on 1 September and the second on 1 February."),
        ),
        InlinePanel(
            "factsheet",
            label=_("Heading"),
            heading=_("Factsheet"),
            help_text=_("What partners look up. A heading that says nothing leads to the university’s own website."),
        ),
        MultiFieldPanel([FieldPanel("reference", read_only=True), FieldPanel("fictional")], _("Record")),
    ]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name"), index.FilterField("locale")]

    class Meta(FrenchRecord.Meta):
        verbose_name = _("signing university")
        verbose_name_plural = _("signing universities")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["reference", "locale"],
                name="one_signing_university_a_reference",
                violation_error_message=_("There is a university of this reference already."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def faults(self) -> Faults:
        """It is a French one: its Erasmus code says so."""
        found = super().faults()
        letters = erasmus_letters(COUNTRY)
        if self.erasmus_code and erasmus_letters_of(self.erasmus_code) != letters:
            found["erasmus_code"] = _("Erasmus codes of this country begin with “%(letters)s”.") % {"letters": letters}
        return found

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the code as other software writes it, and let the offers that it signs follow its windows."""
        self.erasmus_code = padded_erasmus_code(self.erasmus_code)
        others = type(self).objects.filter(locale_id=self.locale_id).exclude(pk=self.pk)
        self.reference = self.reference or free_code(self.name, others.values_list("reference", flat=True))
        with transaction.atomic():
            super().save(*args, **kwargs)
            # Rows are written after the signals of the record: whoever follows it (translations) reads them now.
            super().save(update_fields=["name"])
            InternshipOfferPage.renew_signed_by([self])

    @property
    def known_windows(self) -> list[Window]:
        """The windows as the rules read them."""
        return [
            Window(row.year, row.semester, row.closes, row.opens, row.source_url, row.to_be_validated)
            for row in self.windows.all()
        ]

    @property
    def known_terms(self) -> list[Term]:
        """The semesters as the rules read them."""
        return [Term(row.year, row.semester, row.first_day, row.last_day) for row in self.semesters.all()]


class YearRow(OrderedRow):
    """A row of one semester of one academic year."""

    year = models.PositiveSmallIntegerField(
        _("academic year from"), validators=YEARS, help_text=_("2024 for the academic year 2024-25.")
    )
    semester = models.PositiveSmallIntegerField(_("semester"), choices=Semester.choices)

    told_apart_by = ("year", "semester")

    class Meta(OrderedRow.Meta):
        abstract = True

    @property
    def academic_year(self) -> str:
        """The year as universities write it: "2024-25"."""
        return academic_year(self.year)


class NominationWindow(YearRow):
    """From when to when the university takes nominations of other universities for a semester."""

    university = ParentalKey(SigningUniversity, on_delete=models.CASCADE, related_name="windows")
    opens = models.DateField(_("opens on"))
    closes = models.DateField(_("closes on"))
    source = models.CharField(_("source"), max_length=200, blank=True)
    source_url = models.URLField(_("address of the source"), max_length=300, blank=True)
    to_be_validated = models.BooleanField(
        _("to be validated"), default=True, help_text=_("Until somebody has confirmed the days, readers are told.")
    )

    facts = ("source",)

    panels = [
        FieldRowPanel([FieldPanel("year"), FieldPanel("semester")]),
        FieldRowPanel([FieldPanel("opens"), FieldPanel("closes")]),
        FieldRowPanel([FieldPanel("source"), FieldPanel("source_url")]),
        FieldPanel("to_be_validated"),
    ]

    class Meta(YearRow.Meta):
        verbose_name = _("nomination window")
        constraints = [
            models.CheckConstraint(
                name="nomination_window_closes_after_it_opens",
                condition=Q(closes__gte=F("opens")),
                violation_error_message=_("The end comes before the beginning."),
            )
        ]

    def clean(self) -> None:
        """Nominations are taken in the months before a semester: days of other years are a slip of the finger."""
        super().clean()
        for name in ("opens", "closes"):
            day = getattr(self, name)
            if day and self.year and not self.year - 1 <= day.year <= self.year + 1:
                raise ValidationError({name: _("This day does not belong to the academic year: look at the year.")})


class SemesterDates(YearRow):
    """The days of a semester, where the university has published them."""

    university = ParentalKey(SigningUniversity, on_delete=models.CASCADE, related_name="semesters")
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))

    panels = [
        FieldRowPanel([FieldPanel("year"), FieldPanel("semester")]),
        FieldRowPanel([FieldPanel("first_day"), FieldPanel("last_day")]),
    ]

    class Meta(YearRow.Meta):
        verbose_name = _("semester")
        constraints = [
            models.CheckConstraint(
                name="semester_ends_after_it_begins",
                condition=Q(last_day__gt=F("first_day")),
                violation_error_message=_("The end comes before the beginning."),
            )
        ]


class FactsheetRow(OrderedRow):
    """One heading of a factsheet: what is to be known, and whom to ask."""

    heading = models.CharField(_("heading"), max_length=20, choices=FactsheetHeading.choices)
    text = TextPerLanguageField(_("text"), longest=LONGEST, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True, validators=[telephone])
    page = models.URLField(_("web page"), max_length=300, blank=True)

    facts = ("phone",)
    told_apart_by = ("heading",)

    panels = [
        FieldPanel("heading"),
        FieldPanel("text"),
        FieldRowPanel([FieldPanel("email"), FieldPanel("phone")]),
        FieldPanel("page"),
    ]

    class Meta(OrderedRow.Meta):
        abstract = True

    @property
    def words(self) -> str:
        """The text in the reader's language, else in French."""
        return in_language(self.text)


class UniversityFactsheetRow(FactsheetRow):
    """What a signing university says to its partners."""

    university = ParentalKey(SigningUniversity, on_delete=models.CASCADE, related_name="factsheet")

    class Meta(FactsheetRow.Meta):
        verbose_name = _("heading of a factsheet")


forget_when(SIGNING, changed=[SigningUniversity, NominationWindow, SemesterDates])
