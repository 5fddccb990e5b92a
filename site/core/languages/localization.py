"""The reader's language: what of the content is in it, without a query each time it is asked."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models.signals import post_delete, post_save
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation.trans_real import parse_accept_lang_header
from wagtail.models import Locale, Page, TranslatableMixin

from ..cache.until_changed import forget, forget_when, remembered

KEY = "locales"
CLOSED_KEY = "closed-paths"
# Wagtail: the root has depth 1, the home page of each language stands below it.
HOME_DEPTH = 2
# Languages that write nouns with a capital.
CAPITAL_NOUNS = frozenset({"de", "lb"})


def reader_language() -> str:
    """Return the code of the language in which the page is shown, without its region."""
    return (get_language() or settings.LANGUAGE_CODE).split("-")[0]


# Read by most people whose own language the site has not.
LINGUA_FRANCA = "en"


def asked_language(request: HttpRequest) -> str:
    """Return the language to answer in where the address names none: the home's, of links, files and the API.

    It is that of `?lang=`, else the first of `Accept-Language` (RFC 9110, 12.5.4) that readers can open. Who asks only
    for others, or refuses French, reads English, refused or not; who refuses English alone, or asks for none, French.
    """
    known = locales()
    header = parse_accept_lang_header(request.headers.get("Accept-Language", "").lower())
    wanted = [code.split("-")[0] for code, weight in header if weight > 0 and code != "*"]
    for code in (request.GET.get("lang", "").lower().split("-")[0], *wanted):
        if code in known:
            return code
    refused = {code.split("-")[0] for code, weight in header if not weight}
    if settings.LANGUAGE_CODE not in refused and (not wanted or LINGUA_FRANCA in refused):
        return settings.LANGUAGE_CODE
    return LINGUA_FRANCA if LINGUA_FRANCA in known else settings.LANGUAGE_CODE


def cldr_code() -> str:
    """Return the reader's language as the CLDR names it. Our English is that of Europe: 1 March, not March 1."""
    return {"en": "en_GB"}.get(reader_language(), reader_language())


def locales() -> dict[str, Locale]:
    """Return the languages that readers can open, by code, French first, in the order of the settings.

    A language whose home page is not published is closed: Wagtail finds none of its pages.
    """
    return remembered(KEY, _read_locales)


def _read_locales() -> dict[str, Locale]:
    order = [code for code, _name in settings.LANGUAGES]
    opened = set(Page.objects.filter(depth=HOME_DEPTH, live=True).values_list("locale", flat=True))
    found = {locale.language_code: locale for locale in Locale.objects.all()}
    return {
        code: found[code]
        for code in order
        if code in found and (found[code].pk in opened or code == settings.LANGUAGE_CODE)
    }


def active_locale() -> Locale:
    """Return the language in which the page is shown, else French."""
    return locales().get(reader_language()) or source_locale()


def source_locale() -> Locale:
    """Return French, in which everything is written first."""
    return locales().get(settings.LANGUAGE_CODE) or Locale.get_default()


def localized(item: Any) -> Any:
    """Return a page or record in the reader's language, or itself where it has no public translation."""
    return localized_all([item])[0] if item is not None else None


def localized_all(items: Iterable[Any]) -> list[Any]:
    """Return pages or records of one type in the reader's language: one query for all of them."""
    items, locale = list(items), active_locale()
    wanted = {item.translation_key for item in items if item.locale_id != locale.pk}
    if not wanted:
        return items
    model = type(items[0])
    if issubclass(model, Page):
        translations = model.objects.filter(locale=locale, live=True, translation_key__in=wanted)
        found = {page.translation_key: page for page in translations.select_related("locale")}
    else:
        found = records_in(locale, model)
    return [item if item.locale_id == locale.pk else found.get(item.translation_key, item) for item in items]


def records_in(locale: Locale, model: type[TranslatableMixin]) -> dict[Any, Any]:
    """Return all records of a type in a language, in their order, by translation key.

    Records are few, and many pages print them: they are kept in the cache.
    """
    return _all_records(model).get(locale.pk, {})


def records_everywhere(model: type[TranslatableMixin]) -> dict[Any, Any]:
    """Return all records of a type in all languages, by primary key; they are kept in the cache as above."""
    return {record.pk: record for records in _all_records(model).values() for record in records.values()}


def _all_records(model: type[TranslatableMixin]) -> dict[int, dict[Any, Any]]:
    return remembered(records_key(model), lambda: _read_records(model))


def _read_records(model: type[TranslatableMixin]) -> dict[int, dict[Any, Any]]:
    found: dict[int, dict[Any, Any]] = {}
    for record in model.objects.all():
        found.setdefault(record.locale_id, {})[record.translation_key] = record
    return found


def records_key(model: type[TranslatableMixin]) -> str:
    """Return the key under which the cache keeps a type's records in all languages."""
    return f"records-{model._meta.label}"


def inside_sentence(label: Any) -> str:
    """Return a label as it is written inside a sentence: in small letters, where the language has no capital nouns."""
    text = str(label)
    return text if reader_language() in CAPITAL_NOUNS else text.lower()


# --- Marking what is still French ---------------------------------------------------------------------------------
def stands_in(item: Any) -> bool:
    """Say whether a page or record is French before a reader of another language: none of it is translated."""
    if reader_language() == settings.LANGUAGE_CODE:
        return False
    return item.locale_id != active_locale().pk or bool(getattr(item, "alias_of_id", None))


def is_french(text: str, owner: Any) -> bool:
    """Say whether a text stands in French before a reader of another language.

    `owner` is the page or record whose text it is: an alias is French throughout, a translation may be in part.
    """
    if not text or owner is None or reader_language() == settings.LANGUAGE_CODE:
        return False
    if stands_in(owner):
        return True
    parts = getattr(owner, "french_parts", None)
    return bool(parts) and " ".join(str(text).split()) in parts


def direction(code: str) -> str:
    """Return in which direction a language is written, as HTML's `dir` says it."""
    return "rtl" if code.split("-")[0] in settings.LANGUAGES_BIDI else "ltr"


def lang_is(code: str) -> SafeString | str:
    """Return the attributes of an element whose words are in a language: nothing where it is the reader's own."""
    here = reader_language()
    if not code or code == here:
        return ""
    turned = direction(code) != direction(here)
    return format_html(' lang="{}" dir="{}"', code, direction(code)) if turned else format_html(' lang="{}"', code)


def with_language(text: Any, owner: Any) -> str | SafeString:
    """Return a text for HTML, its language marked where it is French (RGAA 8.7)."""
    return format_html("<span{}>{}</span>", lang_is(settings.LANGUAGE_CODE), text) if is_french(text, owner) else text


def _home_changed(instance: Any, **kwargs: Any) -> None:
    """A home page opens its language or closes it: published, taken back, made, copied or deleted in whatever way."""
    if isinstance(instance, Page) and instance.depth == HOME_DEPTH:
        forget(KEY)
        forget(CLOSED_KEY)


forget_when(KEY, changed=[Locale])
post_save.connect(_home_changed, dispatch_uid="core.languages.localization.saved")
post_delete.connect(_home_changed, dispatch_uid="core.languages.localization.deleted")
