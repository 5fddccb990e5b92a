"""What names a page that is not public any more: readers read it without the link, editors are told."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from django.utils.html import escape
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page, ReferenceIndex
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.rich_text.pages import PageLinkHandler

from ..admin.waiting import Notice, notices_of, register_notices
from ..languages.localization import source_locale
from ..pages.visibility import is_shown

MOST_NOTICES = 12


class ShownPageLinkHandler(PageLinkHandler):
    """Links in rich texts lead to public pages; of others the words stay."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        """Write a link without an address where there is nothing to lead to."""
        targets = [page.localized if page else None for page in cls.get_many(attrs_list)]
        return [f'<a href="{escape(page.url)}">' if is_shown(page) else "<a>" for page in targets]


@hooks.register("register_rich_text_features", order=10)
def register_links(features: FeatureRegistry) -> None:
    """Take it in place of Wagtail's."""
    features.register_link_type(ShownPageLinkHandler)


def withdrawn_in(item: Any) -> list[str]:
    """Return the titles of the pages that a page or record names and that are not public."""
    named = ReferenceIndex.get_references_for_object(item).filter(to_content_type=_pages())
    keys = named.values_list("to_object_id", flat=True)
    hidden = Page.objects.filter(pk__in=[int(key) for key in keys], live=False)
    return list(hidden.order_by("title").values_list("title", flat=True).distinct())


def _pages() -> ContentType:
    return ContentType.objects.get_for_model(Page)


@register_notices
def names_of_withdrawn_pages(request: HttpRequest) -> list[Notice]:
    """Public French pages, and records, that name a page which was taken back."""
    gone = Page.objects.filter(live=False, first_published_at__isnull=False, locale=source_locale(), alias_of=None)
    titles = {str(pk): title for pk, title in gone.values_list("pk", "title")}
    if not titles:
        return []
    found = ReferenceIndex.objects.filter(to_content_type=_pages(), to_object_id__in=list(titles))
    named = []
    rows = found.values_list("base_content_type", "object_id", "to_object_id").order_by("pk").distinct()
    for kind, key, target in rows[: 4 * MOST_NOTICES]:
        item = ContentType.objects.get_for_id(kind).get_object_for_this_type(pk=key)
        if isinstance(item, Page):
            item = item.specific_deferred
        if _is_read(item):
            named.append((item, _("Names “%(title)s”, which is not public") % {"title": titles[target]}))
    return notices_of(request, named)[:MOST_NOTICES]


def _is_read(item: Any) -> bool:
    french = getattr(item, "locale_id", source_locale().pk) == source_locale().pk
    return french and getattr(item, "live", True) and not getattr(item, "alias_of_id", None)


@hooks.register("before_edit_page")
@hooks.register("before_edit_snippet")
def tell_editor(request: HttpRequest, item: Any) -> None:
    """Say above the form which pages it names that readers do not find."""
    if request.method == "GET" and (titles := withdrawn_in(item)):
        text = _("Names pages that are not public: %(titles)s. Readers read this without them.")
        messages.warning(request, text % {"titles": ", ".join(titles)})
