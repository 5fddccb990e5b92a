"""What a home country or faculty asks of the host before it recognises a placement."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from core.fields.choices import CefrLevel, FieldOfStudy, SpokenLanguage
from core.fields.codes import CountryField
from core.fields.columns import CodesField
from core.fields.consistency import Faults
from core.fields.free_code import free_code
from core.fields.stream import StreamField
from core.languages.localization import active_locale, localized_all, records_in, source_locale
from core.models import FrenchRecord
from core.pages.visibility import shown

from ..choices import CareAsked, Confirmation, HostType, Recognised, StudyLevel
from ..rules.recognised import Asked, Offered, named, verdict

# Longest text under a heading of a sheet (characters).
LONGEST = 600
# Longest stay that a faculty may ask for (weeks), as offers have it.
MOST_WEEKS = 52


class AnswerBlock(blocks.StructBlock):
    """For one purpose, what the faculty asks of host and placement; a kind of host in neither list is a no."""

    purpose = blocks.CharBlock(
        label=_("Purpose"), max_length=80, help_text=_("As the faculty calls it: Famulatur, Tertial…")
    )
    qualify = blocks.MultipleChoiceBlock(HostType.choices, label=_("Hosts that qualify"), required=False)
    to_ask = blocks.MultipleChoiceBlock(HostType.choices, label=_("Hosts to ask about"), required=False)
    levels = blocks.MultipleChoiceBlock(
        StudyLevel.choices, label=_("Levels of studies"), required=False, help_text=_("None: all levels.")
    )
    # Chosen, not typed: what is typed into a block would be a text to translate.
    weeks = blocks.ChoiceBlock(
        [(str(weeks), str(weeks)) for weeks in range(1, MOST_WEEKS + 1)],
        label=_("Fewest weeks in one place"),
        required=False,
    )
    care = blocks.ChoiceBlock(CareAsked.choices, label=_("What is asked of care"), required=False)
    french = blocks.ChoiceBlock(CefrLevel.choices, label=_("Least French"), required=False)
    languages = blocks.MultipleChoiceBlock(
        SpokenLanguage.choices,
        label=_("Languages of supervision"),
        required=False,
        help_text=_("One of them is enough. None: any language."),
    )
    confirmation = blocks.ChoiceBlock(Confirmation.choices, label=_("Who has to confirm it"), required=False)
    condition = blocks.CharBlock(
        label=_("On what condition"),
        required=False,
        max_length=240,
        help_text=_("What the facts above do not say. A number that stands above is not said again here."),
    )

    class Meta:
        icon = "tick-inverse"
        label = _("Answer")


@dataclass(frozen=True)
class Answer:
    """Whether a placement counts for a purpose, and the sentences that say why."""

    purpose: str
    recognised: Recognised
    reasons: list[str]
    condition: str


class RecognitionSheet(index.Indexed, FrenchRecord):
    """What the faculties of a country, or of a part of it, ask of the host. Readers see it once it was checked."""

    students = models.CharField(
        _("for whom"), max_length=120, help_text=_("As a heading: “Students of North Rhine-Westphalia”.")
    )
    country = CountryField(_("country"))
    fields = CodesField(_("fields of study"), choices=FieldOfStudy, blank=False)
    answers = StreamField([("answer", AnswerBlock())], verbose_name=_("answers"), blank=True)
    hosts = models.TextField(_("hosts that qualify"), max_length=LONGEST, blank=True)
    forms = models.TextField(_("forms"), max_length=LONGEST, blank=True)
    signature = models.TextField(_("who signs and stamps"), max_length=LONGEST, blank=True)
    duration = models.TextField(_("how many weeks"), max_length=LONGEST, blank=True)
    language = models.TextField(_("languages of the papers"), max_length=LONGEST, blank=True)
    source = models.CharField(_("source"), max_length=250, blank=True)
    source_url = models.URLField(_("address of the source"), max_length=300, blank=True)
    checked_on = models.DateField(
        _("checked on"),
        null=True,
        blank=True,
        help_text=_("Without it the sheet is a draft: nobody but editors sees it."),
    )

    texts = ("students", "answers", "hosts", "forms", "signature", "duration", "language")
    # A source is cited by the title it has.
    facts = ("country", "source")

    panels = [
        MultiFieldPanel(
            [FieldPanel("students"), FieldRowPanel([FieldPanel("country"), FieldPanel("checked_on")])], _("Sheet")
        ),
        FieldPanel("fields"),
        FieldPanel("answers"),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("hosts", "forms", "signature", "duration", "language")],
            _("What is asked of the host"),
        ),
        MultiFieldPanel([FieldRowPanel([FieldPanel("source"), FieldPanel("source_url")])], _("Source")),
        FieldPanel("reference", read_only=True),
    ]
    search_fields = [index.SearchField("students"), index.AutocompleteField("students"), index.FilterField("locale")]

    class Meta(FrenchRecord.Meta):
        verbose_name = _("recognition sheet")
        verbose_name_plural = _("recognition sheets")
        ordering = ["country", "students"]

    def __str__(self) -> str:
        return self.students

    def faults(self) -> Faults:
        """A sheet that says nothing has nothing for readers."""
        found = super().faults()
        if self.checked_on and not self.answers and not any(getattr(self, name) for name in self.texts[1:]):
            found["checked_on"] = _("The sheet says nothing yet: fill it in before you date it.")
        return found

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Give a new sheet the code by which files name it."""
        others = type(self).objects.filter(locale_id=self.locale_id).values_list("reference", flat=True)
        self.reference = self.reference or free_code(f"{self.country} {self.students}", others)
        super().save(*args, **kwargs)

    @property
    def headings(self) -> list[tuple[str, str]]:
        """Each heading that has a text, with it."""
        names = ("hosts", "forms", "signature", "duration", "language")
        columns: list[Any] = [self._meta.get_field(name) for name in names]
        pairs = [(str(column.verbose_name), getattr(self, column.name)) for column in columns]
        return [(heading, text) for heading, text in pairs if text]

    @property
    def rows(self) -> list["Row"]:
        """The answers, each with what it asks."""
        return [Row.of(block.value) for block in self.answers]

    def answers_for(self, offered: Offered) -> list[Answer]:
        """Return what the sheet says of a placement, a line a purpose."""
        found = [(row, verdict(row.asked, offered, self.fields)) for row in self.rows]
        return [Answer(row.purpose, said.recognised, said.reasons, row.condition) for row, said in found]


@dataclass(frozen=True)
class Row:
    """One purpose of a sheet, what the faculty asks for it, and what of that is said in words."""

    purpose: str
    asked: Asked
    condition: str

    @classmethod
    def of(cls, value: Any) -> "Row":
        """Read a block; a kind that stands in both lists is to be asked about."""
        ask = set(value["to_ask"] or ())
        asked = Asked(
            qualify=_in_order(HostType, set(value["qualify"] or ()) - ask),
            to_ask=_in_order(HostType, ask),
            levels=_in_order(StudyLevel, value["levels"]),
            weeks=int(value["weeks"]) if value["weeks"] else None,
            care=value["care"] or "",
            french=value["french"] or "",
            languages=_in_order(SpokenLanguage, value["languages"]),
            confirmation=value["confirmation"] or "",
        )
        return cls(value["purpose"], asked, value["condition"] or "")

    @property
    def demands(self) -> list[tuple[str, str]]:
        """What is asked beside the kind of host: heading and text of each."""
        asked = self.asked
        weeks = asked.weeks and ngettext("%(weeks)d week", "%(weeks)d weeks", asked.weeks) % {"weeks": asked.weeks}
        pairs = [
            (gettext("Level of studies"), named(StudyLevel, asked.levels)),
            (gettext("Stay in one place, at least"), weeks),
            (gettext("Care"), str(CareAsked(asked.care).label) if asked.care else ""),
            (gettext("French, at least"), asked.french),
            (gettext("Supervised in one of these languages"), named(SpokenLanguage, asked.languages)),
            (gettext("Confirmed by"), str(Confirmation(asked.confirmation).label) if asked.confirmation else ""),
        ]
        return [(heading, text) for heading, text in pairs if text]

    @property
    def qualify_text(self) -> str:
        """The kinds that qualify, in words."""
        return named(HostType, self.asked.qualify)

    @property
    def to_ask_text(self) -> str:
        """The kinds to ask about, in words."""
        return named(HostType, self.asked.to_ask)


def _in_order(choices: Any, codes: Iterable[str] | None) -> tuple[str, ...]:
    """Return codes in the order of their list."""
    wanted = set(codes or ())
    return tuple(choice for choice in choices if choice in wanted)


@dataclass(frozen=True)
class SheetForOffer:
    """A sheet in the reader's language, what it says of an offer, and the partners whose students it is for."""

    sheet: RecognitionSheet
    answers: list[Answer]
    universities: list[Any] = field(default_factory=list)


def sheets_for(offered: Offered, fields: Iterable[str]) -> list[SheetForOffer]:
    """Return what checked sheets say of an offer to students of these fields: one query, however many."""
    wanted = set(fields)
    found = [
        sheet
        for sheet in records_in(source_locale(), RecognitionSheet).values()
        if sheet.checked_on and sheet.answers and wanted & set(sheet.fields)
    ]
    pages: Any = RecognitionSheet._meta.get_field("universities").related_model
    partners = shown(pages.objects.filter(locale=active_locale(), recognition__in=[sheet.pk for sheet in found]))
    universities: dict[int, list[Any]] = {}
    for page in partners.order_by("title") if found else ():
        universities.setdefault(page.recognition_id, []).append(page)
    return [
        SheetForOffer(said, said.answers_for(offered), universities.get(french.pk, []))
        for french, said in zip(found, localized_all(found), strict=True)
    ]
