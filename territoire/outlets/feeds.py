"""New offers as an Atom feed (RFC 4287), for any filter of the list."""

from typing import Any

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import require_safe

from core.cache.until_changed import asked_once
from core.languages.localization import locales, stands_in
from core.languages.typography import printable
from core.models import PermanentLink
from core.pages.address import absolute, whole_number
from core.web.last_modified import last_change, say_last_change

from ..models import InternshipOfferPage, OfferIndexPage
from ..offer_facts import wording
from ..offer_facts.room import room_text
from .share_kit import followed, title_of

PER_PAGE = 50


class PagedAtom(Atom1Feed):
    """Atom in pages (RFC 5005): a reader that was away for long finds the older entries too."""

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        """Link the neighbouring pages."""
        super().add_root_elements(handler)
        for relation in ("first", "previous", "next"):
            if address := self.feed.get(relation):
                handler.addQuickElement("link", None, {"rel": relation, "href": address})

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        """Say the language of an entry that is in another than the feed."""
        return {"xml:lang": item["language"]} if item.get("language") else {}

    def latest_post_date(self) -> Any:
        """When any offer last changed: an empty feed has been read anew too."""
        return self.feed["changed"]


@require_safe
def offers_atom(request: HttpRequest, language: str) -> HttpResponse:
    """The offers that a list with these filters shows, the newest first."""
    if language not in locales():
        raise Http404
    with translation.override(language), asked_once():
        changed = last_change()
        index, listing = followed(OfferIndexPage, request)
        number = whole_number(request.GET.get("page", ""), digits=4) or 1
        found = listing.found.order_by("-first_published_at", "pk")
        offers = list(found[(number - 1) * PER_PAGE : number * PER_PAGE + 1])
        prefetch_related_objects(offers, *InternshipOfferPage.shown_children)
        address = absolute(request.path)
        feed = PagedAtom(
            title=title_of(index, listing),
            link=index.get_full_url(request) + (f"?{listing.query}" if listing.query else ""),
            description=index.description,
            language=language,
            feed_url=_page(address, listing.query, number),
            feed_guid=_page(address, listing.query, 1),
            author_name=_("Département de Loir-et-Cher"),
            changed=changed,
            first=_page(address, listing.query, 1),
            previous=_page(address, listing.query, number - 1) if number > 1 else "",
            next=_page(address, listing.query, number + 1) if len(offers) > PER_PAGE else "",
        )
        links = PermanentLink.objects.in_bulk([offer.translation_key for offer in offers], field_name="translation_key")
        for offer in offers[:PER_PAGE]:
            _add(feed, offer, links.get(offer.translation_key), request)
    response = HttpResponse(content_type="application/atom+xml; charset=utf-8")
    feed.write(response, "utf-8")
    response["Content-Language"] = language
    say_last_change(response, changed)
    return response


def _page(address: str, query: str, number: int) -> str:
    parts = [part for part in (query, f"page={number}" if number > 1 else "") if part]
    return f"{address}?{'&'.join(parts)}" if parts else address


def _add(feed: PagedAtom, offer: InternshipOfferPage, link: PermanentLink | None, request: HttpRequest) -> None:
    facts = wording.in_a_line(
        offer,
        wording.specialty_text,
        wording.town_text,
        wording.dates_text,
        wording.weeks_text,
        wording.languages_text,
        wording.asking_text,
        room_text,
    )
    said = (wording.fictional_text(offer), facts, wording.by_framework_text(offer), offer.description)
    lines = [printable(line) for line in said if line]
    feed.add_item(
        title=printable(wording.title_text(offer)),
        language=settings.LANGUAGE_CODE if stands_in(offer) else "",
        link=offer.get_full_url(request),
        # Django declares a summary to be HTML, so HTML it is (RFC 4287, 3.1.1.2).
        description=format_html_join("", "<p>{}</p>", ((line,) for line in lines)),
        unique_id=link.url if link else offer.get_full_url(request),
        pubdate=offer.first_published_at,
        updateddate=offer.last_published_at or offer.first_published_at,
        categories=[str(label) for label in offer.get_open_fields_labels()],
    )
