"""What all pages of the site share."""

from typing import Any, ClassVar

from django.apps import apps
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, PageManager, PageViewRestriction, TranslatableMixin
from wagtail.query import PageQuerySet
from wagtail.search import index

from ..fields.consistency import ConsistencyMixin, Faults
from ..fields.plausible import PlausibleMixin
from ..fields.references import BuiltPageMixin, ReferencesMixin, looked_for_once
from ..kinds.table import children_of, parents_of
from ..languages.localization import reader_language, source_locale
from ..languages.translatable import FrenchParts
from ..languages.typography import FrenchTypographyMixin
from ..pages.address import leads_back, with_query
from ..pages.fetching import fetch_for
from ..pages.panels import WarningsPanel
from ..pages.permissions import SitePagePermissionTester
from ..pages.placement import FrenchCopyForm
from ..pages.publication import PublicationRulesMixin, only_logged_at_night
from ..pages.record_forms import RecordForm
from ..pages.sections import sections_of
from .links import PermanentLink
from .media import SiteImage


class PictureMixin(models.Model):
    """A leading picture; its alternative text may be said anew for this use."""

    texts: ClassVar[tuple[str, ...]] = ("picture_alt",)

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


class LocatedMixin(ConsistencyMixin, models.Model):
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

    def faults(self) -> Faults:
        """Latitude and longitude go together."""
        found = super().faults()
        if (self.latitude is None) != (self.longitude is None):
            name = "latitude" if self.latitude is None else "longitude"
            found[name] = _("Latitude and longitude go together.")
        return found


class ShownPageQuerySet(PageQuerySet):
    """Joins can be combined with `only`, which Wagtail and treebeard use to delete and to list translations."""

    def only(self, *fields: str) -> "ShownPageQuerySet":
        """Fetch these columns and no relation."""
        return super(ShownPageQuerySet, self.select_related(None)).only(*fields)

    def select_for_update(self, *args: Any, **kwargs: Any) -> "ShownPageQuerySet":
        """Lock the pages alone: PostgreSQL locks no row that a join may leave out."""
        return super().select_for_update(*args, **kwargs).select_related(None)


class ShownPageManager(PageManager.from_queryset(ShownPageQuerySet)):
    """Fetches pages together with what each of them prints (`shown_with`), also when Wagtail routes to one."""

    def get_queryset(self) -> PageQuerySet:
        """Join the relations that the page type names."""
        return super().get_queryset().select_related(*self.model.shown_with)


# What a page keeps, whatever its revision says (Wagtail's `with_content_json`): nothing of it is looked for.
KEPT_BY_PAGE = frozenset({"content_type", "owner", "locked_by", "latest_revision", "locale", "alias_of"})


class BasePage(
    PublicationRulesMixin, BuiltPageMixin, PlausibleMixin, FrenchTypographyMixin, PictureMixin, FrenchParts, Page
):
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
        _("fictional record"),
        default=False,
        help_text=_("Invented for the demo: a notice says so on the page."),
    )
    review_on = models.DateField(
        _("to be reviewed on"),
        null=True,
        blank=True,
        help_text=_("Facts of this page are checked again then."),
    )

    # Set on a translation that was unpublished because its French page was: it comes back with it.
    down_with_source = models.BooleanField(default=False, editable=False)

    texts: ClassVar[tuple[str, ...]] = ("title", "slug", "seo_title", "search_description", "summary")
    facts: ClassVar[tuple[str, ...]] = ("reference",)

    # The letter of permanent links to pages of this type (`core.links.permanent`).
    link_letter: ClassVar[str] = "p"

    # Relations that a page or its card prints (joined), and child rows that its card prints (fetched together).
    shown_with: ClassVar[tuple[str, ...]] = ("locale", "picture")
    shown_children: ClassVar[tuple[str, ...]] = ()

    # Records of which a page lists all: it is found by their words.
    lists_all: ClassVar[tuple[type[models.Model], ...]] = ()

    objects = ShownPageManager()

    content_panels = [
        WarningsPanel(),
        *Page.content_panels,
        FieldPanel("summary"),
        MultiFieldPanel([FieldPanel("picture"), FieldPanel("picture_alt")], _("Picture")),
    ]
    record_panel = MultiFieldPanel(
        [FieldPanel("reference", read_only=True), FieldPanel("fictional"), FieldPanel("review_on")],
        _("Record"),
        classname="collapsed",
    )
    # Without "Show in menus": the site's menus are records, in which somebody chooses.
    promote_panels = [
        MultiFieldPanel(
            [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description")],
            _("Address and search engines"),
        ),
        record_panel,
    ]
    copy_form_class = FrenchCopyForm
    exclude_fields_in_copy = ["reference"]  # it names one page for ever; translations get it as a fact
    search_fields = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.FilterField("reference"),
        index.AutocompleteField("parts_of_reference"),
    ]

    class Meta:
        abstract = True

    def faults(self) -> Faults:
        """One source-language page for each reference, and one reference for ever."""
        found = super().faults()
        if self.reference:
            rows = type(self).objects.filter(reference=self.reference, locale_id=self.locale_id)
            if rows.exclude(pk=self.pk).exists():
                found["reference"] = _("Another page already has this reference.")
        return found

    def with_content_json(self, content: dict[str, Any]) -> "BasePage":
        """Take the content of a revision, but not its reference: the page keeps the one that it was given."""
        page = super().with_content_json({name: each for name, each in content.items() if name not in KEPT_BY_PAGE})
        page.reference = self.reference or page.reference
        # What was fetched for this page serves that one, which stands at the same place.
        if type(self).locale.is_cached(self):
            page.locale = self.locale
        page._cached_parent_obj = self.get_parent()
        return page

    @property
    def warnings(self) -> list[str]:
        """What an editor may have forgotten; it stands above the form and forbids nothing."""
        found = []
        if self.picture is None:
            found.append(_("There is no picture."))
        elif not self.picture.may_be_shown():
            found.append(_("The picture is not shown: the consent of the people on it has ended."))
        if not self.summary:
            found.append(_("There is no summary: lists and search engines show nothing under the title."))
        if hasattr(self, "body") and not self.body:
            found.append(_("There is no text."))
        return [str(text) for text in found]

    @property
    def description(self) -> str:
        """What search engines and shared links show under the title."""
        return self.search_description or self.summary

    @property
    def parts_of_reference(self) -> str:
        """The reference as editors find the page by it: PostgreSQL takes a hyphen before figures for a minus."""
        return self.reference.replace("-", " ")

    @property
    def repeated(self) -> Page | None:
        """The page that this one repeats: permanent links to that one lead here once it is over."""
        return None

    @property
    def answers(self) -> bool:
        """Say whether a link may still lead here."""
        return self.live

    @property
    def named_in_public(self) -> bool:
        """Say whether readers may know this page's title: it is public, or nothing was saved since it was.

        A draft of a page that is not public is stored in the page itself (Wagtail), so that its title is the draft's.
        """
        if self.live or self.latest_revision_created_at is None:
            return self.live or self.first_published_at is not None
        return self.last_published_at is not None and self.latest_revision_created_at <= self.last_published_at

    @property
    def succession(self) -> tuple[Any, ...]:
        """Where this page stands among those of its series that answer: the lowest one is the current one."""
        return (self.first_published_at,)

    @classmethod
    def gone_response(cls, request: HttpRequest, page: Page | None) -> TemplateResponse:
        """Answer 410 for a page that is over, `page`, or that was deleted, None."""
        return TemplateResponse(request, "core/gone.html", {"page": page} if page else {}, status=410)

    @cached_property
    def lasting_link(self) -> PermanentLink | None:
        """The permanent link of the page, the same in all languages; None before it is first published."""
        return PermanentLink.objects.filter(translation_key=self.translation_key).first()

    @property
    def drawn_picture(self) -> str:
        """The path of the picture that is drawn for links to this page, or "" where its own picture serves."""
        return ""

    @property
    def drawn_alt(self) -> str:
        """What the drawn picture says, for those who do not see it."""
        return self.title

    @property
    def is_indexable(self) -> bool:
        """Say whether search engines may keep this page."""
        return not settings.DEMO and self.alias_of_id is None

    @property
    def in_sitemap(self) -> bool:
        """Say whether the sitemap lists this page; what stands in for a translation is listed where it is written."""
        return self.alias_of_id is None

    @cached_property
    def trail(self) -> list[Page]:
        """The public pages between the home page and this one: what one of them is called as a draft is not said."""
        return [page for page in self._ancestors if page.depth > 2 and page.live]

    @cached_property
    def _ancestors(self) -> list[Page]:
        french = Page.objects.filter(translation_key=OuterRef("translation_key"), locale=source_locale())
        pages = (
            self.get_ancestors().select_related("locale").annotate(french_title=Subquery(french.values("title")[:1]))
        )
        for page in pages:
            # A title that is the French one is not translated.
            page.french_parts = [" ".join(page.title.split())] if page.title == page.french_title else []
        return list(pages)

    @classmethod
    def clean_parent_page_models(cls) -> list[type[Page]]:
        """Return under which types pages of this type stand; Wagtail asks here, the table of kinds says it."""
        return parents_of(cls)

    @classmethod
    def clean_subpage_models(cls) -> list[type[Page]]:
        """Return which types of pages stand under this one; Wagtail asks here, the table of kinds says it."""
        return children_of(cls)

    def publish(self, *args: Any, **kwargs: Any) -> Any:
        """Publish in all languages or in none: what follows a publication is part of it."""
        with only_logged_at_night(self, kwargs.get("log_action")), transaction.atomic(), looked_for_once():
            return super().publish(*args, **kwargs)

    def update_aliases(self, *args: Any, **kwargs: Any) -> None:
        """Take the aliases along when the page is public: Wagtail calls this when it is only scheduled, too."""
        if self.live:
            super().update_aliases(*args, **kwargs)

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """Return the restrictions of the French page and its ancestors, which are fetched once for the trail too.

        They hold in all languages; one that was put on a translation, by whatever door, holds nowhere.
        """
        keys = {page.translation_key for page in (self, *self._ancestors)}
        return PageViewRestriction.objects.filter(page__translation_key__in=keys, page__locale=source_locale())

    def serve_password_required_response(self, request: HttpRequest, form: Form, action_url: str) -> TemplateResponse:
        """Ask for the password, and tell nothing of the page, which Wagtail would give to the frame."""
        asked = {"form": form, "action_url": action_url}
        return TemplateResponse(request, "wagtailcore/password_required.html", asked)

    def permissions_for_user(self, user: Any) -> SitePagePermissionTester:
        """Return what a user may do with this page."""
        return SitePagePermissionTester(user, self)

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """List this page where it belongs in the sitemap, with its other languages (`alternates`, of the sitemap)."""
        entries = super().get_sitemap_urls(request) if self.in_sitemap else []
        return [entry | {"alternates": getattr(self, "alternates", [])} for entry in entries]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the sections that other apps show on this type of page."""
        context = super().get_context(request, *args, **kwargs)
        context["sections"] = sections_of(self, request)
        return context

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer with the page, everything that its template prints fetched together.

        Under the address of a language that has no tree, Wagtail finds the French page: its reader is led to it.
        """
        if self.locale.language_code != reader_language() and not getattr(request, "is_preview", False):
            address = self.get_url(request)
            if not leads_back(request, address):
                return redirect(with_query(address, request))
        response = super().serve(request, *args, **kwargs)
        if getattr(response, "context_data", None):
            fetch_for(response.context_data)
        return response


class FrenchRecord(ReferencesMixin, PlausibleMixin, FrenchTypographyMixin, TranslatableMixin, FrenchParts):
    """Base of the records that pages reuse: structures, supervisors, specialties, institutions."""

    reference = models.CharField(
        _("reference"),
        max_length=40,
        blank=True,
        db_index=True,
        help_text=_("Code by which files name this record."),
    )
    fictional = models.BooleanField(_("fictional record"), default=False)

    facts: ClassVar[tuple[str, ...]] = ("reference",)

    # Relations that a chooser prints beside a record.
    told_apart_by: ClassVar[tuple[str, ...]] = ()
    base_form_class = RecordForm

    class Meta(TranslatableMixin.Meta):
        abstract = True

    @classmethod
    def all_types(cls) -> list[type["FrenchRecord"]]:
        """Return all types of records, those too that rest on another one."""
        return [model for model in apps.get_models() if issubclass(model, cls)]

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """Give a new record its language before its texts are validated."""
        if self.locale_id is None:
            self.locale = self.get_default_locale()
        super().full_clean(*args, **kwargs)
