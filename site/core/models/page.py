"""What all pages of the site share."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, TranslatableMixin
from wagtail.search import index

from ..sections import sections_of
from ..typography import FrenchTypographyMixin
from .media import SiteImage


class PictureMixin(models.Model):
    """A leading picture; its alternative text may be said anew for this use."""

    picture = models.ForeignKey(
        SiteImage, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    picture_alt = models.CharField(
        _("alternative text for this page"),
        max_length=250,
        blank=True,
        help_text=_("Only if the picture’s own text does not fit here."),
    )

    class Meta:
        abstract = True


class LocatedMixin(models.Model):
    """A place on the map. Coordinates are WGS 84 degrees."""

    latitude = models.FloatField(
        _("latitude"), null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )
    longitude = models.FloatField(
        _("longitude"), null=True, blank=True, validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )

    class Meta:
        abstract = True

    @property
    def has_coordinates(self) -> bool:
        """Say whether the place can be shown on a map."""
        return self.latitude is not None and self.longitude is not None

    def clean(self) -> None:
        """Latitude and longitude go together."""
        super().clean()
        if (self.latitude is None) != (self.longitude is None):
            name = "latitude" if self.latitude is None else "longitude"
            raise ValidationError({name: _("Latitude and longitude go together.")})


class BasePage(FrenchTypographyMixin, PictureMixin, Page):
    """The base of every page type.

    A reader sees the title, the summary under it (also the description that search engines and shared links show),
    the picture, and, where the record is invented, the notice that says so.
    """

    reference = models.CharField(
        _("reference"),
        max_length=40,
        blank=True,
        db_index=True,
        help_text=_("Permanent code by which files and links name this page. It never changes."),
    )
    summary = models.TextField(
        _("summary"),
        max_length=320,
        blank=True,
        help_text=_("One or two sentences, shown in lists and by search engines."),
    )
    fictional = models.BooleanField(
        _("fictional record"), default=False, help_text=_("Invented for the demo: a notice says so on the page.")
    )
    review_on = models.DateField(
        _("to be reviewed on"), null=True, blank=True, help_text=_("Facts of this page are checked again then.")
    )

    # Index pages of one kind exist once; set in subclasses: parent_page_types, subpage_types.
    share_kind = "website"

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        MultiFieldPanel([FieldPanel("picture"), FieldPanel("picture_alt")], _("Picture")),
    ]
    record_panel = MultiFieldPanel(
        [FieldPanel("reference"), FieldPanel("fictional"), FieldPanel("review_on")],
        _("Record"),
        classname="collapsed",
    )
    promote_panels = [*Page.promote_panels, record_panel]
    search_fields = [*Page.search_fields, index.SearchField("summary"), index.FilterField("reference")]

    class Meta:
        abstract = True

    def clean(self) -> None:
        """One source-language page for each reference."""
        super().clean()
        if self.reference:
            twins = type(self).objects.filter(reference=self.reference, locale_id=self.locale_id).exclude(pk=self.pk)
            if twins.exists():
                raise ValidationError({"reference": _("Another page already has this reference.")})

    @property
    def description(self) -> str:
        """What search engines and shared links show under the title."""
        return self.search_description or self.summary

    @property
    def is_indexable(self) -> bool:
        """Say whether search engines may keep this page."""
        return not settings.DEMO

    @property
    def in_sitemap(self) -> bool:
        """Say whether the sitemap lists this page."""
        return True

    @cached_property
    def trail(self) -> list[Page]:
        """The pages between the home page and this one."""
        if self.depth <= 3:
            return []
        return list(self.get_ancestors().filter(depth__gt=2).select_related("locale"))

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """List this page where it belongs in the sitemap."""
        return super().get_sitemap_urls(request) if self.in_sitemap else []

    def needs_review(self, on: dt.date | None = None) -> bool:
        """Say whether the date on which facts are checked again has come."""
        return self.review_on is not None and self.review_on <= (on or timezone.localdate())

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the sections that other apps show on this type of page."""
        context = super().get_context(request, *args, **kwargs)
        context["sections"] = sections_of(self, request)
        return context


class FrenchRecord(FrenchTypographyMixin, TranslatableMixin, models.Model):
    """Base of the records that pages reuse: structures, supervisors, specialties, institutions."""

    reference = models.CharField(
        _("reference"), max_length=40, blank=True, db_index=True, help_text=_("Code by which files name this record.")
    )
    fictional = models.BooleanField(_("fictional record"), default=False)

    class Meta(TranslatableMixin.Meta):
        abstract = True

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """Give a new record its language before its texts are validated."""
        if self.locale_id is None:
            self.locale = self.get_default_locale()
        super().full_clean(*args, **kwargs)
