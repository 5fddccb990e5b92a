"""The library of pictures and documents: what is used is not deleted without a word, and a search may be filtered."""

from collections import Counter
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db.models import QuerySet
from django.db.models.deletion import ProtectedError
from django.db.models.signals import pre_delete
from django.utils.translation import gettext as _
from wagtail.models import ReferenceIndex

from ..languages.localization import source_locale
from ..models import SiteDocument, SiteImage

MOST_NAMED = 5


class StillUsed(ProtectedError):
    """A picture or document is still used; the message says where."""


def uses_of(item: SiteImage | SiteDocument) -> list[str]:
    """Return the titles of what uses a picture or document, in whatever field or block.

    A page that has one title in all its languages is named once; else each title comes with its language.
    """
    found = ReferenceIndex.get_grouped_references_to(item)
    users = [user for user, references in found if user is not None]
    french = source_locale().pk
    users.sort(key=lambda user: getattr(user, "locale_id", french) != french)
    titles: dict[tuple[Any, str], Any] = {}
    for user in users:
        titles.setdefault((getattr(user, "translation_key", user), str(user)), user)
    versions = Counter(key for key, _title in titles)
    return [
        f"{title} ({user.locale.get_display_name()})" if versions[key] > 1 else title
        for (key, title), user in titles.items()
    ]


def refuse_to_delete(instance: SiteImage | SiteDocument, **kwargs: Any) -> None:
    """Refuse, whoever deletes (a view, several at once, code), while something shows it. Raises `StillUsed`."""
    uses = uses_of(instance)
    if uses:
        named = ", ".join(uses[:MOST_NAMED]) + (" …" if len(uses) > MOST_NAMED else "")
        text = _("“%(title)s” is still used: %(uses)s. Take it out there first.")
        raise StillUsed(text % {"title": instance.title, "uses": named}, {instance})


def let_searches_be_filtered() -> None:
    """Let a search of the library be filtered by how often things are used.

    Wagtail filters by a number that it computes, which a search knows nothing of: what it leaves is named to it.
    """
    # These modules ask for the models, so they are read once the models are.
    from wagtail.documents.views import documents
    from wagtail.images.views import images

    for view in (images.IndexView, documents.IndexView):
        view.search_queryset = _searching(view.search_queryset)


def _searching(stock: Callable[[Any, QuerySet], QuerySet]) -> Callable[[Any, QuerySet], QuerySet]:
    @wraps(stock)
    def search_queryset(view: Any, queryset: QuerySet) -> QuerySet:
        if view.is_searching and "usage_count" in queryset.query.annotations:
            left = list(queryset.values_list("pk", flat=True))
            queryset = queryset.model.objects.filter(pk__in=left).select_related("collection")
            # The view counts anew, for the page of results that it shows.
            view.needs_usage_count_subquery = False
        return stock(view, queryset)

    return search_queryset


def connect() -> None:
    """Ask `refuse_to_delete` before each deletion of a picture or document, whoever deletes."""
    for model in (SiteImage, SiteDocument):
        pre_delete.connect(refuse_to_delete, sender=model, dispatch_uid=f"core.admin.media_library.{model.__name__}")
