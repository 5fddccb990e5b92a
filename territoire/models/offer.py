"""Internship offers: what a student looks for."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import IntegrityError, models, transaction
from django.db.models import Q, prefetch_related_objects
from django.db.models.signals import post_delete, post_save
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.search import index
from wagtail.url_routing import RouteResult

from core.blocks import BodyBlock
from core.cache.until_changed import remembered
from core.fields.choices import CEFR_SENTENCES, CefrLevel, FieldOfStudy, SpokenLanguage
from core.fields.columns import CodesField
from core.fields.consistency import Faults
from core.fields.stream import StreamField
from core.languages.dates import interval, long_date
from core.languages.localization import active_locale, localized
from core.links.permanent import current_of, in_language
from core.models import BasePage, LocatedMixin, PermanentLink
from core.pages.address import whole_number
from core.pages.publication import Errors, PublishingForm, RowError
from core.pages.visibility import shown

from ..choices import (
    BETWEEN_UNIVERSITIES,
    ERASMUS,
    IFMSA,
    IN_HOSPITAL_FIELDS,
    SECOND_CYCLE,
    WHATEVER_CITIZENSHIP,
    DrivingLicence,
    Framework,
    Participation,
    PayRegime,
    PlacementKind,
    StudyLevel,
)
from ..rules.nearby import nearest
from ..rules.presence import Presence
from ..rules.recognised import Line, Offered
from ..rules.register import Figure, FigureCode, number
from ..rules.states import RULES, OfferState, Rules, open_now, state_of
from ..rules.stay import FEW_DAYS, Stay, longest_days, shortest_days
from ..rules.stay_form import StayForm, longest_stay_ends
from ..rules.windows import Closing, Reason, Requests, closing_of, requests_on
from .host import HostStructure
from .housing import HousingPage
from .paper import Paper, all_papers, steps_for
from .recognition import sheets_for
from .specialty import Specialty
from .strength import StrengthPage
from .supervisor import Supervisor

# A year; and what a host can take, so that a slip of the finger is none.
WEEKS = [MinValueValidator(1), MaxValueValidator(52)]
PLACES = [MinValueValidator(1), MaxValueValidator(99)]
# Each attempt at a reference fails only where somebody else has just taken that number.
ATTEMPTS = 20
# What the days of lines are computed from, fetched together.
LINES = tuple(f"frameworks{rest}" for rest in ("", "__signing_university__windows", "__signing_university__semesters"))
# The key under which the cache keeps who signs.
SIGNING = "signing-universities"
# Rules of pay that the hours of a stay decide about.
BY_HOURS = frozenset({PayRegime.DUE, PayRegime.UNDER_LIMIT})
# What depends on lines, windows and the day: the columns that are computed again without a publication.
COMPUTED = ("closings", "last_deadline", "next_deadline", "open_framework_codes")


class InternshipOfferPage(LocatedMixin, BasePage):
    """A placement that a foreign student may ask for at the one-stop desk."""

    # Who and what
    field = models.CharField(_("field"), max_length=20, choices=FieldOfStudy.choices)
    open_fields = CodesField(
        _("open to"),
        choices=FieldOfStudy,
        help_text=_("All fields whose students may come; the field itself is added."),
    )
    specialty = models.ForeignKey(Specialty, models.PROTECT, null=True, related_name="+", verbose_name=_("specialty"))
    kind = models.CharField(_("kind of placement"), max_length=20, choices=PlacementKind.choices)
    levels = CodesField(_("levels of studies"), choices=StudyLevel, blank=False)
    ects = models.PositiveSmallIntegerField(_("ECTS (indicative)"), null=True, blank=True)
    objectives = StreamField(
        [("objective", blocks.CharBlock(label=_("Objective"), max_length=200))],
        verbose_name=_("learning objectives"),
        blank=True,
    )
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    repeats = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("repeats"),
        help_text=_("The same placement of an earlier year: links to that one will lead here once it has ended."),
    )

    # Where and with whom
    host = models.ForeignKey(
        HostStructure, models.PROTECT, null=True, related_name="+", verbose_name=_("host structure")
    )
    supervisor = models.ForeignKey(
        Supervisor, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("supervisor")
    )
    town = models.CharField(_("town"), max_length=80)
    wheelchair_accessible = models.BooleanField(
        _("wheelchair accessible"),
        null=True,
        blank=True,
        help_text=_("Where nobody has looked it is unknown, and readers are told to ask."),
    )

    # When and how many
    start_date = models.DateField(_("first day"), null=True)
    end_date = models.DateField(_("last day"), null=True)
    min_weeks = models.PositiveSmallIntegerField(_("shortest stay (weeks)"), null=True, validators=WEEKS)
    max_weeks = models.PositiveSmallIntegerField(_("longest stay (weeks)"), null=True, validators=WEEKS)
    hours_per_week = models.PositiveSmallIntegerField(
        _("hours a week"), null=True, default=35, validators=[MinValueValidator(1), MaxValueValidator(48)]
    )
    deadline = models.DateField(_("requests until"), null=True)
    capacity = models.PositiveSmallIntegerField(_("places"), null=True, default=1, validators=PLACES)
    places_left = models.PositiveSmallIntegerField(_("places left"), null=True, default=1)

    # Languages (CEFR)
    french_level = models.CharField(_("French needed"), max_length=2, choices=CefrLevel.choices)
    english_level = models.CharField(_("English needed"), max_length=2, choices=CefrLevel.choices, blank=True)
    supervision_languages = CodesField(_("languages of supervision"), choices=SpokenLanguage, blank=False)

    # Room, travel
    housing_included = models.BooleanField(_("a room comes with it"), default=False)
    housing = models.ForeignKey(
        HousingPage, models.SET_NULL, null=True, blank=True, related_name="offers", verbose_name=_("housing")
    )
    lunch_provided = models.BooleanField(_("lunch provided"), default=False)
    driving_licence = models.CharField(
        _("driving licence"), max_length=12, choices=DrivingLicence.choices, default=DrivingLicence.USELESS
    )
    bike_enough = models.BooleanField(_("a bike is enough"), default=False)
    loan_vehicle = models.BooleanField(_("loan car possible"), default=False)

    # Money that the host pays; what others give stands in the rows of support.
    pay_regime = models.CharField(_("rule of pay"), max_length=30, choices=PayRegime.choices, default=PayRegime.UNKNOWN)
    pay_amount = models.DecimalField(
        _("pay (€ a month)"), max_digits=8, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    pay_basis = models.CharField(
        _("basis of pay"),
        max_length=200,
        blank=True,
        help_text=_("The text or decision on which it rests, with its date."),
    )
    pay_conditions = models.CharField(_("conditions of pay"), max_length=300, blank=True)

    # Computed on save (`settle`), so that lists filter without a join: the codes of `frameworks`, and the last day on
    # which a shortest stay can begin and the first on which it can end.
    framework_codes = CodesField(choices=Framework, editable=False)
    participation_codes = CodesField(choices=Participation, editable=False)
    latest_start = models.DateField(null=True, editable=False)
    earliest_end = models.DateField(null=True, editable=False)
    # Of each framework, in the order of the lines: code, last day, first day of nominations, whether it is confirmed;
    # when that last changed by itself; the last day of all, with which the offer closes; and what of it is still open,
    # which a job brings up to date each night.
    closings = models.JSONField(default=list, editable=False)
    computed_at = models.DateTimeField(null=True, editable=False)
    last_deadline = models.DateField(null=True, editable=False)
    next_deadline = models.DateField(null=True, editable=False)
    open_framework_codes = CodesField(choices=Framework, editable=False)

    texts = ("objectives", "body", "pay_conditions")
    facts = ("town", "pay_basis")

    shown_with = (
        *BasePage.shown_with,
        "specialty",
        "host",
        "supervisor",
        "housing",
        "housing__picture",
        "housing__locale",
    )
    shown_children = ("supports__aid",)

    link_letter = "o"
    template = "territoire/offer_page.html"
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("field"), FieldPanel("specialty")]),
                FieldPanel("open_fields"),
                FieldPanel("kind"),
                FieldPanel("levels"),
                FieldPanel("ects"),
                FieldPanel("repeats"),
            ],
            _("Who and what"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("start_date"), FieldPanel("end_date")]),
                FieldRowPanel([FieldPanel("min_weeks"), FieldPanel("max_weeks"), FieldPanel("hours_per_week")]),
                FieldRowPanel([FieldPanel("deadline"), FieldPanel("capacity"), FieldPanel("places_left")]),
            ],
            _("When and how many"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("host"),
                FieldPanel("supervisor"),
                FieldPanel("town"),
                FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
                FieldPanel("wheelchair_accessible"),
            ],
            _("Where and with whom"),
        ),
        InlinePanel(
            "frameworks",
            label=_("Framework"),
            heading=_("Frameworks"),
            min_num=1,
            help_text=_("One line for each agreement under which a student may come."),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("french_level"), FieldPanel("english_level")]),
                FieldPanel("supervision_languages"),
            ],
            _("Languages"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("housing_included"), FieldPanel("lunch_provided")]),
                FieldPanel("housing"),
                FieldRowPanel([FieldPanel("driving_licence"), FieldPanel("bike_enough"), FieldPanel("loan_vehicle")]),
            ],
            _("Room and travel"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("pay_regime"), FieldPanel("pay_amount")]),
                FieldPanel("pay_basis"),
                FieldPanel("pay_conditions"),
            ],
            _("Pay by the host"),
        ),
        InlinePanel("supports", label=_("Support"), heading=_("Other money, and what replaces it")),
        InlinePanel(
            "papers",
            label=_("Paper"),
            heading=_("Papers to prepare"),
            help_text=_(
                "Papers of its host, kind and frameworks are asked for without a line (Records → Papers to prepare). "
                "Add one of its own here, or take one out."
            ),
        ),
        FieldPanel("objectives"),
        FieldPanel("body"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("objectives"),
        index.SearchField("body"),
        index.SearchField("town"),
        index.FilterField("field"),
        index.FilterField("start_date"),
    ]

    class Meta:
        verbose_name = _("internship offer")
        verbose_name_plural = _("internship offers")
        constraints = [
            models.CheckConstraint(
                name="offer_ends_after_it_begins",
                condition=Q(end_date__gt=models.F("start_date")),
                violation_error_message=_("The end comes before the beginning."),
            ),
            models.CheckConstraint(
                name="offer_has_no_more_places_left_than_places",
                condition=Q(places_left__lte=models.F("capacity")),
                violation_error_message=_("More places left than places."),
            ),
        ]

    def faults(self) -> Faults:
        """Dates, weeks and places agree with each other."""
        errors = super().faults()
        if self.start_date and self.end_date:
            if self.end_date <= self.start_date:
                errors["end_date"] = _("The end comes before the beginning.")
            elif self.max_weeks and self.period.is_shorter_than(self.max_weeks):
                errors["max_weeks"] = _("The period is shorter than the longest stay.")
        if self.start_date and self.deadline and self.deadline >= self.start_date:
            errors["deadline"] = _("Requests end before the placement begins.")
        if self.min_weeks and self.max_weeks and self.min_weeks > self.max_weeks:
            errors["min_weeks"] = _("The shortest stay is longer than the longest.")
        if self.capacity is not None and self.places_left is not None and self.places_left > self.capacity:
            errors["places_left"] = _("More places left than places.")
        if self.supervisor_id and self.host_id and self.supervisor.host_id != self.host_id:
            errors["supervisor"] = _("This supervisor works in another host structure.")
        return errors

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Give an offer its reference once its year is known, and keep the computed columns right."""
        if self.field:
            self.open_fields = [*self.open_fields, self.field]
        self.settle()
        # A reference is reserved if, and only if, the offer is kept.
        with transaction.atomic():
            if not self.reference and self.start_date:
                self.reference = self.next_reference()
            super().save(*args, **kwargs)

    def settle(self) -> None:
        """Compute the columns by which lists filter and sort, from the offer, its lines and its universities."""
        lines = list(self.frameworks.all())
        self.framework_codes = [line.framework for line in lines]
        self.participation_codes = [line.participation for line in lines]
        shortest = dt.timedelta(days=shortest_days(self.min_weeks) - 1) if self.min_weeks else None
        self.latest_start = self.end_date - shortest if shortest and self.end_date else None
        self.earliest_end = self.start_date + shortest if shortest and self.start_date else None
        ends = [(line.framework, self.closing_of(line)) for line in lines if line.framework]
        self.closings = [
            [framework, end.day.isoformat(), end.opens.isoformat() if end.opens else None, end.is_confirmed]
            for framework, end in ends
            if end.day
        ]
        self.last_deadline = max((day for _code, day in self.deadlines), default=self.deadline)
        self.next_deadline = min((day for _code, day in self.open_deadlines), default=self.last_deadline)
        self.open_framework_codes = [code for code, _day in self.open_deadlines]

    def closing_of(self, line: Any) -> Closing:
        """Return until when one may ask under one of the lines, and why."""
        university = line.signing_university
        return closing_of(
            line.framework,
            typed=line.deadline,
            deadline=self.deadline,
            first=self.start_date,
            last=self.end_date,
            windows=university.known_windows if university else (),
            terms=university.known_terms if university else (),
        )

    @classmethod
    def renew(cls, offers: Iterable["InternshipOfferPage"]) -> int:
        """Compute the columns of public offers anew, in all their languages; return how many of them have changed.

        Each that has is saved, so that search and caches follow.
        """
        changed = 0
        for offer in offers:
            before = [getattr(offer, name) for name in COMPUTED]
            offer.settle()
            if before != [getattr(offer, name) for name in COMPUTED]:
                offer.computed_at = timezone.now()
                offer.save(update_fields=[*COMPUTED, "computed_at"], clean=False)
                changed += 1
        return changed

    @classmethod
    def renew_signed_by(cls, universities: Iterable[Any]) -> int:
        """Let offers follow the windows of universities; return how many have changed, translations counted too."""
        signed = cls.objects.filter(frameworks__signing_university__in=universities).distinct()
        return cls.renew(signed.prefetch_related(*LINES))

    @classmethod
    def renew_of_today(cls) -> int:
        """Take off what has closed, and follow figures that hold from today on; return how many offers have changed."""
        today = timezone.localdate()
        due = Q(next_deadline__lt=today) & ~Q(open_framework_codes="")
        if Figure.objects.filter(code=FigureCode.IFMSA_WEEKS, valid_from=today).exists():
            due |= Q(frameworks__framework__in=IFMSA)
        return cls.renew(cls.objects.filter(due).distinct().prefetch_related(*LINES))

    @property
    def deadlines(self) -> list[tuple[str, dt.date]]:
        """(framework, last day for requests) of each line, as computed when the offer was saved."""
        return [(code, dt.date.fromisoformat(day)) for code, day, *_more in self.closings]

    @property
    def openings(self) -> dict[str, dt.date]:
        """When the nominations of a framework begin, by its code, where that is known."""
        return {code: dt.date.fromisoformat(more[0]) for code, _day, *more in self.closings if more and more[0]}

    @property
    def unconfirmed(self) -> set[str]:
        """The frameworks whose days the university has not confirmed: those of an earlier year, or unknown."""
        return {code for code, _day, *more in self.closings if more and not more[1]}

    def requests_under(self, framework: str) -> Requests:
        """Return whether one may ask today under one of the frameworks; whether a place is left says `state`."""
        return requests_on(timezone.localdate(), dict(self.deadlines).get(framework), self.openings.get(framework))

    @property
    def not_yet_open(self) -> list[str]:
        """The frameworks under which the university that signs takes no nominations yet."""
        codes = [code for code, _day in self.deadlines]
        return [code for code in codes if self.requests_under(code) == Requests.NOT_YET_OPEN]

    @property
    def open_deadlines(self) -> list[tuple[str, dt.date]]:
        """The same of the frameworks whose last day has not passed: nominations of some may begin later."""
        today = timezone.localdate()
        return [(code, day) for code, day in self.deadlines if day >= today]

    @property
    def closed_deadlines(self) -> list[tuple[str, dt.date]]:
        """The same of those under which one may ask no more."""
        today = timezone.localdate()
        return [(code, day) for code, day in self.deadlines if day < today]

    @property
    def shown_deadline(self) -> dt.date | None:
        """The next day on which a framework closes; of an offer that is closed, the last one; None in a draft."""
        return min((day for _code, day in self.open_deadlines), default=self.last_deadline)

    def next_reference(self) -> str:
        """Reserve and return the next permanent reference of the placement's year: LC41-2027-025.

        One that was ever given is not given again: links to an offer that was deleted keep their code. The code of the
        permanent link is what the database keeps unique: of two editors who save at once the second waits here for the
        first, is refused the same number, and takes the next. Translations share the code of their French page.
        """
        prefix = f"LC41-{self.start_date.year}-"
        for _attempt in range(ATTEMPTS):
            reserved = PermanentLink.every.filter(translation_key=self.translation_key).first()
            if reserved is not None:
                return reserved.code
            code = f"{prefix}{self._last_number(prefix) + 1:03d}"
            try:
                with transaction.atomic():
                    PermanentLink.every.create(
                        code=code, translation_key=self.translation_key, page_type=self._meta.label, given=False
                    )
            except IntegrityError:
                continue
            return code
        raise IntegrityError(f"no reference with {prefix} could be reserved in {ATTEMPTS} attempts")

    def _last_number(self, prefix: str) -> int:
        """Return the highest number that was given after a prefix, 0 without one."""
        used = {
            *type(self).objects.filter(reference__startswith=prefix).values_list("reference", flat=True),
            *PermanentLink.every.filter(code__startswith=prefix).values_list("code", flat=True),
        }
        numbers = (whole_number(code.removeprefix(prefix), digits=6) for code in used)
        return max((number for number in numbers if number is not None), default=0)

    @property
    def offered(self) -> Offered:
        """What of the offer and its host, which it has, a home faculty asks about."""
        lines = self.frameworks.all()
        return Offered(
            host_kind=self.host.kind,
            field=self.field,
            levels=tuple(self.levels),
            min_weeks=self.min_weeks,
            max_weeks=self.max_weeks,
            french=self.french_level,
            languages=tuple(self.supervision_languages),
            lines=tuple(Line(line.framework, line.participation, bool(line.signing_university_id)) for line in lines),
        )

    def publication_errors(self, form: PublishingForm | None = None) -> Errors:
        """Frameworks between universities, and public hospitals, need the French university that signs.

        A public hospital needs it for care, and for whatever a student of medicine or dentistry in the second cycle
        does; such a student only observes there, unless a legal basis of care is named. IFMSA SCOPE takes who has
        validated the third year.

        Source: instruction DGOS/RH1/DGESIP 2012/427 of 20 December 2012; Code de la santé publique, art. R. 6153-1 ff.;
        IFMSA, conditions of its professional exchanges (SCOPE). Read in November 2026.
        """
        rows = (
            [
                (
                    row.get("framework"),
                    row.get("signing_university"),
                    row.get("participation"),
                    row.get("legal_basis") or row.get("legal_basis_text"),
                )
                for row in form.child_rows("frameworks")
            ]
            if form
            else [
                (line.framework, line.signing_university, line.participation, line.names_legal_basis)
                for line in self.frameworks.all()
            ]
        )
        if not rows:
            return {"frameworks": _("An offer needs at least one framework.")}
        faults = []
        for place, (framework, university, participation, basis) in enumerate(rows):
            label = dict(Framework.choices).get(framework, framework)
            if framework == Framework.ERASMUS_TRAINEESHIP and self.period and not self.period_suits_erasmus:
                text = _("An Erasmus+ traineeship lasts at least %(days)d days: the period of this offer is shorter.")
                text %= {"days": number(FigureCode.ERASMUS_DAYS, self.start_date)}
                faults.append(RowError(place, "framework", str(text)))
            if framework == Framework.IFMSA_SCOPE and StudyLevel.CYCLE_1 in self.levels:
                text = _("IFMSA SCOPE takes students from year 4 on: take this line out, or years 1–3 above.")
                faults.append(RowError(place, "framework", str(text)))
            if participation == Participation.SUPERVISED and not basis and self.needs_university_in_hospital:
                text = _("Medicine or dentistry in a public hospital: observation only, unless you name a legal basis.")
                faults.append(RowError(place, "legal_basis", str(text)))
            if university:
                continue
            if framework in BETWEEN_UNIVERSITIES:
                text = _("“%(framework)s” rests on an agreement: name the French university that signs.")
            elif participation == Participation.SUPERVISED and self.host and self.host.is_public_hospital:
                text = _("Care in a public hospital: name the French university that signs “%(framework)s”.")
            elif self.needs_university_in_hospital:
                text = _("Medicine or dentistry in a public hospital: name the French university that signs here too.")
            else:
                continue
            faults.append(RowError(place, "signing_university", text % {"framework": label}))
        return {"frameworks": faults if len(faults) > 1 else faults[0]} if faults else {}

    @property
    def needs_university_in_hospital(self) -> bool:
        """Say whether its students come to a public hospital only under an agreement between universities."""
        fields, levels = {self.field, *self.open_fields} & IN_HOSPITAL_FIELDS, set(self.levels) & SECOND_CYCLE
        return bool(self.host and self.host.is_public_hospital and fields and levels)

    # --- Links that last ---------------------------------------------------------------------------------------
    @property
    def repeated(self) -> "InternshipOfferPage | None":
        """The placement of an earlier year."""
        return self.repeats

    @property
    def answers(self) -> bool:
        """Say whether the page stands, as the table of states says."""
        return self.live and self.rules.status == 200

    @property
    def succession(self) -> tuple[Any, ...]:
        """Open ones first, then filled, then closed; the soonest of each."""
        return (OfferState.values.index(self.state), self.start_date)

    @classmethod
    def gone_response(cls, request: HttpRequest, page: "InternshipOfferPage | None") -> TemplateResponse:
        """Answer 410 with the nearest open offers."""
        if page is None:
            offers = shown(cls.objects.filter(open_now(), locale=active_locale()))
            similar = list(offers.order_by("start_date")[:3])
        else:
            similar = page.similar()
        ended = page is not None and page.has_ended
        heading = _("This placement has ended") if ended else _("This placement is no longer proposed")
        context = {"similar": similar, "heading": heading} | ({"page": page} if page else {})
        return TemplateResponse(request, "territoire/offer_gone.html", context, status=410)

    @property
    def drawn_picture(self) -> str:
        """A picture with the specialty, the place and the dates."""
        link = self.lasting_link
        if link is None:
            return ""
        return reverse("share-picture", kwargs={"code": link.code, "language": self.locale.language_code})

    @property
    def drawn_alt(self) -> str:
        """The words under the title, in the reader's language also where the title is still French."""
        dates = [interval(self.start_date, self.end_date)] if self.period else []
        return ", ".join([self.place_note, *dates])

    # --- State ------------------------------------------------------------------------------------------------
    @property
    def state(self) -> OfferState:
        """Where the offer is in its life, today."""
        return state_of(self)

    @property
    def rules(self) -> Rules:
        """What the site does with it."""
        return RULES[self.state]

    @property
    def is_indexable(self) -> bool:
        """Closed offers leave search engines."""
        return super().is_indexable and self.rules.indexable

    @property
    def in_sitemap(self) -> bool:
        """Only offers that can be found in lists are in the sitemap."""
        return super().in_sitemap and self.rules.in_sitemap

    @property
    def has_ended(self) -> bool:
        """Say whether the placement is over, public or not; a draft may lack the day."""
        return self.end_date is not None and self.end_date < timezone.localdate()

    # --- What is computed -------------------------------------------------------------------------------------
    @property
    def period(self) -> Stay | None:
        """The whole period of the offer; a draft may not have one yet."""
        return Stay(self.start_date, self.end_date) if self.start_date and self.end_date else None

    @property
    def period_suits_erasmus(self) -> bool:
        """Say whether a traineeship of 60 days, as Erasmus+ counts, fits into the period."""
        return self.period is not None and self.period.long_enough_for_erasmus

    @property
    def suits_erasmus_traineeship(self) -> bool:
        """Say whether a stay of 60 days fits into the period and the framework is offered."""
        long_enough = self.period_suits_erasmus and self.longest_stay_suits_erasmus
        return Framework.ERASMUS_TRAINEESHIP in self.framework_codes and long_enough

    @property
    def longest_stay_suits_erasmus(self) -> bool:
        """Say whether the host takes students for as long as Erasmus+ asks: in weeks, days of the calendar do."""
        return self.max_weeks is not None and longest_days(self.max_weeks) >= number(
            FigureCode.ERASMUS_DAYS, self.start_date
        )

    @property
    def longest_presence(self) -> Presence | None:
        """The hours of the longest stay that the offer allows; a draft may not know them yet."""
        last = longest_stay_ends(self)
        known = self.start_date and last and self.hours_per_week
        return Presence(self.start_date, last, self.hours_per_week) if known else None

    @property
    def takes_french_citizens(self) -> bool:
        """Say whether French citizens enrolled abroad may come under a framework that asks for no citizenship."""
        return bool(WHATEVER_CITIZENSHIP & {*self.framework_codes})

    @property
    def pay_is_settled(self) -> bool:
        """Say whether the offer says by which rule a stay of more than 308 hours is paid, or not, or how much."""
        return self.pay_amount is not None or self.pay_regime not in {PayRegime.UNKNOWN, PayRegime.UNDER_LIMIT}

    @property
    def pay_does_not_fit(self) -> bool:
        """Say whether its rule of pay goes by hours, and the register's limit says otherwise of its longest stay."""
        presence = self.longest_presence if self.pay_regime in BY_HOURS else None
        return presence is not None and presence.is_paid != (self.pay_regime == PayRegime.DUE)

    @property
    def is_paid_by_host(self) -> bool:
        """Say whether the host pays, as the offer says; where it does not say so, nobody knows that it does not."""
        return bool(self.pay_amount) or self.pay_regime in {PayRegime.DUE, PayRegime.HOSPITAL_STUDENT}

    @property
    def is_at_host(self) -> bool:
        """Say whether one works at the host's own address: a host may have sites in other towns."""
        return self.host is not None and self.host.town.casefold() == self.town.casefold()

    @property
    def signing_universities(self) -> list[str]:
        """The French universities that the frameworks name, each once."""
        lines = self.frameworks.all()
        return list(dict.fromkeys(str(line.signing_university) for line in lines if line.signing_university))

    @property
    def who_signs(self) -> str:
        """Who signs the placement agreement: always three, and the French universities that the frameworks name."""
        lines, signing = list(self.frameworks.all()), self.signing_universities
        if not signing:
            return gettext("The agreement is signed by you, your university and the host.")
        names = {"universities": ", ".join(signing)}
        if all(line.signing_university for line in lines):
            return gettext("The agreement is signed by you, your university, the host and %(universities)s.") % names
        return (
            gettext(
                "The agreement is signed by you, your university and the host, and by %(universities)s under the "
                "frameworks that name it."
            )
            % names
        )

    @property
    def french_sentence(self) -> str:
        """What the level of French means."""
        return str(CEFR_SENTENCES[CefrLevel(self.french_level)]) if self.french_level else ""

    @property
    def english_sentence(self) -> str:
        """What the level of English means, or ""."""
        return str(CEFR_SENTENCES[CefrLevel(self.english_level)]) if self.english_level else ""

    @property
    def named_supervisor(self) -> Supervisor | None:
        """The supervisor, if publication is agreed."""
        return self.supervisor if self.supervisor and self.supervisor.publication_agreed else None

    @property
    def asked_papers(self) -> list[Paper]:
        """The papers to prepare, in French: those of host, kind and frameworks, and what its own lines say."""
        own = {line.paper_id: line.asked for line in self.papers.all()}
        return [paper for paper in all_papers() if own.get(paper.pk, paper.is_asked_of(self))]

    @property
    def place_note(self) -> str:
        """What the map says under the title."""
        return ", ".join(filter(None, (str(localized(self.specialty) or ""), self.town)))

    @property
    def warnings(self) -> list[str]:
        """What editors should look at."""
        found = super().warnings
        supervisor, housing = self.supervisor, self.housing
        if self.deadline and self.deadline < timezone.localdate():
            found.append(_("The last day for requests has passed: nobody can ask for this placement."))
        if self.start_date and self.start_date < timezone.localdate():
            found.append(_("The first day of the placement has passed."))
        if self.has_ended:
            found.append(_("The placement has ended: readers find a page that says so, and no offer."))
        if self.places_left == 0:
            found.append(_("No place is left: the offer is shown as full."))
        if supervisor and self.end_date and supervisor.approval_ends_before(self.end_date):
            found.append(_("The supervisor’s approval ends before the placement does."))
        if supervisor and self.capacity and self.capacity > supervisor.most_students:
            found.append(_("More places than the supervisor takes at a time."))
        if housing and not housing.live:
            found.append(_("The room is not published: readers do not see it."))
        if housing and self.period and not housing.is_free_during(self.period):
            found.append(_("The room is not free during the whole placement."))
        if self.housing_included and housing is None:
            found.append(_("A room comes with it, but no room is chosen."))
        if self.host and self.town and not self.is_at_host:
            found.append(
                _("The host is in another town: readers do not see its address, and are told to ask the desk.")
            )
        full_time = number(FigureCode.FULL_TIME, self.start_date)
        short_stay = number(FigureCode.SHORT_STAY, self.start_date)
        if self.hours_per_week and self.hours_per_week < full_time:
            text = _("Under %(hours)d hours a week: many universities do not take it for a full-time placement.")
            found.append(text % {"hours": full_time})
        if self.period and short_stay < self.period.days <= short_stay + FEW_DAYS:
            text = _("%(days)d days cost a visa that %(most)d days do not: end it a day or two earlier.")
            found.append(text % {"days": self.period.days, "most": short_stay})
        presence = self.longest_presence
        if presence and self.pay_does_not_fit:
            text = _("Up to %(hours)s hours, and the limit is %(limit)d: the rule of pay does not fit.")
            found.append(text % {"hours": round(presence.hours), "limit": presence.pay_above})
        elif presence and presence.is_paid and not self.pay_is_settled:
            text = _(
                "Up to %(hours)s hours: above %(limit)d the host owes pay, unless a special regime applies. Choose the "
                "rule of pay, or give the amount."
            )
            found.append(text % {"hours": round(presence.hours), "limit": presence.pay_above})
        for line in self.frameworks.all():
            framework = {"framework": line.get_framework_display()}
            if line.framework in ERASMUS and self.max_weeks and not self.longest_stay_suits_erasmus:
                found.append(_("“%(framework)s”: the longest stay is too short for it.") % framework)
            found += self._warnings_of_deadline(line)
            if line.signing_university and self.host and not self.host.has_university_sign(line.framework):
                text = _("“%(framework)s” needs no French university here: readers take the one named for a condition.")
                found.append(text % framework)
            if line.takes_part and not line.names_legal_basis:
                text = _(
                    "“%(framework)s”: nothing says what lets the student take part in care. Name the legal basis, or "
                    "choose “Observation only”."
                )
                found.append(text % framework)
        return [str(text) for text in found]

    def _warnings_of_deadline(self, line: Any) -> Iterable[Any]:
        """What an editor should know of the last day of a line."""
        closing = self.closing_of(line)
        said = {"framework": line.get_framework_display(), "university": str(line.signing_university or "")}
        if closing.reason == Reason.UNKNOWN:
            text = _("“%(framework)s”: no nomination window covers this period. Ask the university: %(university)s.")
            yield text % said
        if closing.day and closing.day < timezone.localdate() and not self.has_ended:
            yield _("“%(framework)s” is closed since %(day)s.") % (said | {"day": long_date(closing.day)})
        if closing.day and closing.opens and closing.day < closing.opens:
            text = _("“%(framework)s”: requests end before the university takes nominations, from %(day)s on.")
            yield text % (said | {"day": long_date(closing.opens)})
        if closing.day and self.start_date and closing.day >= self.start_date:
            yield _("“%(framework)s”: requests end after the placement begins.") % said

    def similar(self) -> list["InternshipOfferPage"]:
        """Up to three open offers of the same specialty or field, the nearest in date first."""
        offers = shown(type(self).objects.sibling_of(self, inclusive=False).filter(open_now()))
        alike = offers.filter(Q(specialty=self.specialty_id) | Q(field=self.field))[:30]
        return sorted(
            alike,
            key=lambda offer: (
                offer.specialty_id != self.specialty_id,
                abs((offer.start_date - self.start_date).days) if self.start_date else 0,
            ),
        )[:3]

    # --- Answering --------------------------------------------------------------------------------------------
    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what the stay means, strengths nearby and similar offers."""
        context = super().get_context(request, *args, **kwargs)
        if self.pk:  # the preview of a new offer has none, and its lines at hand
            prefetch_related_objects([self], "frameworks")
        known = signing_universities()
        for line in self.frameworks.all():
            if line.signing_university_id in known:
                line.signing_university = known[line.signing_university_id]
        strengths = shown(StrengthPage.objects.filter(locale_id=self.locale_id))
        context["strengths"] = nearest(self, strengths, most=3)
        context["similar"] = self.similar()
        context["room"] = localized(self.housing)
        context["specialty"], context["host"] = localized(self.specialty), localized(self.host)
        context["supervisor"] = localized(self.supervisor)
        context["recognition"] = sheets_for(self.offered, self.open_fields) if self.host else []
        context["stay_form"] = StayForm.for_offer(self, request.GET)
        context["paper_steps"] = steps_for(self.asked_papers, context["stay_form"])
        return context

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Answer for a withdrawn offer too, which Wagtail would not find."""
        if not path_components and self.state == OfferState.WITHDRAWN:
            return RouteResult(self)
        return super().route(request, path_components)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Show the offer as its readers will see it: a draft is open or full once it is public."""
        self.live = True  # nobody saves what is previewed
        self.settle()
        return super().serve_preview(request, mode_name)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer as the table of states says: an offer that is over leads to its successor, else it says 410."""
        if self.rules.status == 410 and not getattr(request, "is_preview", False):
            current = current_of(self)
            if current is not None:
                return redirect(in_language(current, self.locale.language_code).get_url(request))
            return self.gone_response(request, self)
        return super().serve(request, *args, **kwargs)


def signing_universities() -> dict[int, Any]:
    """Return the French universities that sign, with their windows and semesters, by primary key; the cache keeps them.

    For pages alone: deadlines are computed from what the database says.
    """
    return remembered(SIGNING, _read_signing)


def _read_signing() -> dict[int, Any]:
    line: Any = InternshipOfferPage._meta.get_field("frameworks").related_model
    universities = line._meta.get_field("signing_university").related_model.objects
    return {known.pk: known for known in universities.prefetch_related("windows", "semesters")}


def _figure_changed(instance: Figure, **kwargs: Any) -> None:
    """Deadlines of IFMSA lines are stored: they follow their figure."""
    if instance.code == FigureCode.IFMSA_WEEKS:
        lines = InternshipOfferPage.objects.filter(frameworks__framework__in=IFMSA).distinct()
        InternshipOfferPage.renew(lines.prefetch_related(*LINES))


for _signal in (post_save, post_delete):
    _signal.connect(_figure_changed, sender=Figure, dispatch_uid=f"territoire.figure-changed.{id(_signal)}")
