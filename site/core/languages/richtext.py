"""Rich text in which some paragraphs are still French."""

from typing import Any

from bs4 import BeautifulSoup
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from .localization import direction, is_french, reader_language

# Elements that hold one text each, as wagtail-localize takes a rich text apart.
PARTS = ("p", "h2", "h3", "li")


def said_html(html: str, owner: Any) -> SafeString:
    """Return rich text with `lang` on the elements that are French before a reader of another language."""
    french_page = owner is not None and reader_language() != settings.LANGUAGE_CODE
    if not french_page or not (owner.alias_of_id or owner.french_parts):
        return mark_safe(html)
    soup = BeautifulSoup(html, "html.parser")
    for element in soup.find_all(PARTS):
        own_text = "".join(
            child if isinstance(child, str) else child.get_text()
            for child in element.children
            if getattr(child, "name", None) not in {"ul", "ol"}
        )
        if is_french(" ".join(own_text.split()), owner):
            _mark(element, settings.LANGUAGE_CODE)
        elif element.find_parent(lang=settings.LANGUAGE_CODE):
            _mark(element, reader_language())
    return mark_safe(str(soup))


def _mark(element: Any, code: str) -> None:
    element["lang"] = code
    if direction(reader_language()) != direction(settings.LANGUAGE_CODE):
        element["dir"] = direction(code)
