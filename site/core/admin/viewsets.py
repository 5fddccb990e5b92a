"""Records in the admin: French ones first, each with its language."""

from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.snippets.views.snippets import SnippetViewSet

from ..languages.localization import source_locale
from .choosers import RecordChooserViewSet


class RecordViewSet(SnippetViewSet):
    """A list of records shows the French ones; the filter by language leads to the others."""

    chooser_viewset_class = RecordChooserViewSet

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Leave out translations, which look alike, unless a language is chosen."""
        records = self.model.objects.select_related("locale")
        return records if request.GET.get("locale") else records.filter(locale=source_locale())
