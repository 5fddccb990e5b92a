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
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.chooser import BrowseView, page_models_from_string
from wagtail.admin.widgets import BaseChooser
from wagtail.models import Page
from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
    SnippetCreateView,
)

from ..kinds.table import parents_of
from ..languages.localization import HOME_DEPTH, source_locale
from ..models import FrenchRecord

# Keys begin at 1; databases refuse numbers that are longer than theirs.
NOBODYS_KEY = 0
LONGEST_KEY = 10  # digits


def place_of(model: type[Page]) -> Page | None:
    """Return the French page under which pages of a type stand, if there is one such page."""
    for parent in parents_of(model):
        pages = parent.objects.filter(locale=source_locale(), alias_of=None)[:2]
        if len(pages) == 1:
            return pages[0]
    return None


def beginning(page_types: str) -> Page | None:
    """Return where to look for pages of these types (labels between commas): their list, else the French home page."""
    try:
        models = page_models_from_string(page_types or Page._meta.label_lower)
    except (ValueError, LookupError):
        return None
    places = {place_of(model) for model in models}
    homes = Page.objects.filter(depth=HOME_DEPTH, locale=source_locale())
    return (places.pop() if len(places) == 1 else None) or homes.first()


class FrenchBrowseView(BrowseView):
    """Browses the French tree, from where pages of the asked type stand.

    Wagtail begins at the root, whose only use is to hold the home pages of all languages.
    """

    # No switch of languages: it leads to lists in which nothing may be chosen. Wagtail sets it from the settings.
    i18n_enabled = property(lambda self: False, lambda self, value: None)

    def get(self, request: HttpRequest, parent_page_id: int | None = None) -> HttpResponse:
        """Begin there, unless a page is named."""
        begin = None if parent_page_id else beginning(request.GET.get("page_type", ""))
        return super().get(request, begin.pk if begin else parent_page_id)


choose_page = never_cache(require_admin_access(FrenchBrowseView.as_view()))


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
    """The window in which an editor chooses a record: French ones, with their columns."""


class RecordChooseResultsView(FrenchRecordsMixin, ChooseResultsView):
    """The list inside the window, fetched anew while an editor types."""


class RecordCreateView(FrenchRecordsMixin, SnippetCreateView):
    """The window's form for a record that is not there yet."""


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
    """Let what no chooser sends be a wrong choice beside its field: Wagtail looks for it in the database, and breaks.

    One widget is under the choosers of pages, records, pictures and files, in forms and blocks; it has no setting.
    """
    as_sent = BaseChooser.value_from_datadict

    def a_key(widget: BaseChooser, data: Any, files: Any, name: str) -> Any:
        sent = as_sent(widget, data, files, name)
        return sent if sent is None or (str(sent).isdecimal() and len(str(sent)) < LONGEST_KEY) else NOBODYS_KEY

    BaseChooser.value_from_datadict = a_key
