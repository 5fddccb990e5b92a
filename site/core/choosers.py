"""Choosers that begin where one looks: a room among the rooms, French pages and records only, a record made at once."""

from typing import Any

from django import forms
from django.db import models
from django.db.models import Q, QuerySet
from django.forms.models import modelform_factory
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from wagtail import hooks
from wagtail.admin.auth import require_admin_access
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.chooser import BrowseView
from wagtail.admin.widgets import AdminPageChooser
from wagtail.coreutils import resolve_model_string
from wagtail.models import Page
from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
    SnippetCreateView,
)

from .localization import HOME_DEPTH, source_locale
from .models import BasePage, FrenchRecord


class PlacedPageChooser(AdminPageChooser):
    """Opens on the list in which pages of its type stand."""

    def get_js_init_options(self, id_: str, name: str, value_data: Any) -> dict[str, Any]:
        """Begin there while nothing is chosen; Wagtail begins beside what is."""
        options = super().get_js_init_options(id_, name, value_data)
        if "parentId" not in options and (place := place_of(self.model)):
            options["parentId"] = place.pk
        return options


def place_of(model: type[Page]) -> Page | None:
    """Return the French page under which pages of a type stand, if there is one such page."""
    for name in getattr(model, "parent_page_types", None) or ():
        pages = resolve_model_string(name).objects.filter(locale=source_locale(), alias_of=None)[:2]
        if len(pages) == 1:
            return pages[0]
    return None


@never_cache
@require_admin_access
def from_the_home(request: HttpRequest) -> HttpResponse:
    """Browse pages from the French home page, where a block or a link asks for a page of any type.

    Wagtail begins at the root, whose only use is to hold the home pages of all languages.
    """
    any_page = not request.GET.get("page_type") or request.GET["page_type"] == Page._meta.label_lower
    homes = Page.objects.filter(depth=HOME_DEPTH, locale=source_locale())
    home = homes.first() if any_page and not request.GET.get("user_perms") else None
    return BrowseView.as_view()(request, home.pk if home else None)


@hooks.register("construct_page_chooser_queryset")
def french_pages(pages: QuerySet[Page], request: HttpRequest) -> QuerySet[Page]:
    """Leave out translations and what stands in for them: a link leads to the reader's language by itself."""
    return pages.filter(Q(depth=1) | Q(locale=source_locale()))


# --- Records ------------------------------------------------------------------------------------------------------
class CreationForm(forms.ModelForm):
    """Asks for what a record cannot be without; it names French records."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField) and issubclass(field.queryset.model, FrenchRecord):
                field.queryset = field.queryset.filter(locale=source_locale())


def told_apart_by(model: type[models.Model]) -> tuple[str, ...]:
    """Return the relations that a chooser prints beside records of a type."""
    return getattr(model, "told_apart_by", ())


class FrenchRecordsMixin:
    """French records, with what tells two of the same name apart, and a form for a new one."""

    i18n_enabled = False  # no column and no filter of languages

    def get_object_list(self) -> QuerySet[Any]:
        """Fetch what the columns print."""
        return self.model_class.objects.filter(locale=source_locale()).select_related(*told_apart_by(self.model_class))

    @property
    def columns(self) -> list[Column]:
        """Add a column for each thing that tells records apart."""
        fields = [self.model_class._meta.get_field(name) for name in told_apart_by(self.model_class)]
        return [*super().columns, *(Column(field.name, label=field.verbose_name) for field in fields)]

    def get_creation_form_class(self) -> type[forms.ModelForm]:
        """Make the form of the fields that the viewset names."""
        return modelform_factory(self.model_class, form=CreationForm, fields=self.form_fields)


class RecordChooseView(FrenchRecordsMixin, ChooseView):
    """The chooser."""


class RecordChooseResultsView(FrenchRecordsMixin, ChooseResultsView):
    """Its list."""


class RecordCreateView(FrenchRecordsMixin, SnippetCreateView):
    """Its form."""


class RecordChooserViewSet(SnippetChooserViewSet):
    """Chooses a French record, or makes one."""

    choose_view_class = RecordChooseView
    choose_results_view_class = RecordChooseResultsView
    create_view_class = RecordCreateView

    @property
    def form_fields(self) -> list[str]:
        """What must be filled."""
        return [
            field.name
            for field in self.model._meta.concrete_fields
            if field.editable and not field.blank and not field.has_default() and field.name not in ("id", "locale")
        ]


def connect() -> None:
    """Take the placed chooser wherever a form asks for a page of ours."""
    register_form_field_override(
        models.ForeignKey,
        to=BasePage,
        override=lambda field: {"widget": PlacedPageChooser(target_models=[field.remote_field.model])},
    )
