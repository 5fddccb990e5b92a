"""Structured data of the home page and questions."""

from typing import Any

from django.http import HttpRequest
from django.utils.html import strip_tags

from core.cache.until_changed import asked_once
from core.web.structured_data import Data, collection, described, publisher

from .models import FaqEntryPage, FaqIndexPage, HomePage


def home_data(page: HomePage, request: HttpRequest) -> Data:
    """The site, and who runs it."""
    return described(page, "WebSite", inLanguage=page.locale.language_code, publisher=publisher(request))


def question_of(entry: FaqEntryPage) -> Data:
    """Return a question with the whole text of its answer."""
    texts = entry.body.stream_block.get_searchable_content(entry.body)
    answer = " ".join(strip_tags(str(text)) for text in texts)
    return {
        "@type": "Question",
        "name": entry.title,
        "url": entry.full_url,
        "acceptedAnswer": {"@type": "Answer", "text": " ".join(answer.split())},
    }


def entry_data(entry: FaqEntryPage, request: HttpRequest) -> Data:
    """A page of one question."""
    return described(entry, "FAQPage", inLanguage=entry.locale.language_code, mainEntity=[question_of(entry)])


def questions_data(page: FaqIndexPage, request: HttpRequest) -> Data:
    """All questions that are written in the page's language."""
    entries: list[Any] = [entry for entry in page.entries() if not entry.alias_of_id and not entry.fictional]
    if not entries:
        return collection(page, request)
    with asked_once():
        questions = [question_of(entry) for entry in entries]
    return described(page, "FAQPage", inLanguage=page.locale.language_code, mainEntity=questions)
