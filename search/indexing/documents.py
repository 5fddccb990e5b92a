"""What a page is found by: its texts, the names and labels of its facts, and the filters that would keep it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import BooleanField, Case, CharField, F, Q, QuerySet, Value, When
from django.utils import translation
from wagtail.models import Page, ReferenceIndex

from core.cache.until_changed import asked_once, forget
from core.kinds.table import Searchable, searchable_types
from core.languages.localization import is_french
from core.lists.filters import Facet
from core.models import FrenchRecord
from core.pages.visibility import KEY as RESTRICTED
from core.pages.visibility import shown

from ..tables.document import SearchDocument, chunks

LONGEST_BODY = 500_000  # characters: search servers mark words in a million, PostgreSQL takes a megabyte
APART = {"title", "summary"}  # they have columns of their own


def documents_of(page_ids: Iterable[int]) -> list[SearchDocument]:
    """Return the documents of those pages that everybody may read and that are of a type that is found."""
    ids = list(page_ids)
    with asked_once():
        # Another process may have restricted a branch a moment ago, and not yet said so.
        forget(RESTRICTED)
        return [
            document
            for model, entry in searchable_types().items()
            for part in chunks(ids)
            for document in _documents(model, entry, shown(model.objects.filter(pk__in=part)))
        ]


def indexable_ids() -> Iterator[list[int]]:
    """Yield the ids of all pages that everybody may read, in batches of one type."""
    for model in searchable_types():
        yield from chunks(list(shown(model.objects.all()).order_by("pk").values_list("pk", flat=True)))


def _documents(model: type[Page], entry: Searchable, pages: QuerySet[Any]) -> list[SearchDocument]:
    """Return the documents of pages of one type; what they are asked for is fetched for all of them together."""
    if not pages:
        return []
    facts = _facts(model, entry, pages)
    by_language = defaultdict(list)
    for page in pages:
        if page.pk in facts:
            by_language[page.locale.language_code].append(page)
    documents = []
    for language, members in by_language.items():
        with translation.override(language):
            documents += [_document(page, entry, language, facts[page.pk]) for page in members]
    return documents


def _document(page: Any, entry: Searchable, language: str, columns: dict[str, Any]) -> SearchDocument:
    names = _lines(entry.words(page))
    return SearchDocument(
        page_id=page.pk,
        language=language,
        in_french=page.alias_of_id is not None,
        kind=entry.kind.code,
        title=page.title,
        summary=page.summary,
        names="\n".join(names),
        keywords="\n".join(_lines([*names, page._meta.verbose_name])),
        body="\n".join(_texts(page))[:LONGEST_BODY],
        facts="\n".join(dict.fromkeys(_one_line(fact) for fact in entry.facts(page) if fact)),
        french_title=is_french(page.title, page),
        french_summary=is_french(page.summary, page),
        **columns,
    )


def _lines(words: Iterable[Any]) -> list[str]:
    """Return each word once, on one line, without those that are empty."""
    return list(dict.fromkeys(" ".join(str(word).split()) for word in words if word))


def _one_line(fact: Any) -> str:
    """Return a fact without line breaks; what typography holds together stays together ("140 €", "réservée :")."""
    return re.sub(r"[ \t\r\n]+", " ", str(fact)).strip()


def _texts(page: Any) -> Iterator[str]:
    """Yield the plain texts that the page type declares for Wagtail's search; names and labels come by `words`."""
    for declared in page.get_searchable_search_fields():
        if declared.field_name in APART or isinstance(declared.get_field(type(page)), CharField):
            continue
        value = declared.get_value(page)
        yield from (str(text) for text in (value if isinstance(value, list) else [value]) if text)


def _facts(model: type[Page], entry: Searchable, pages: QuerySet[Any]) -> dict[int, dict[str, Any]]:
    """Return columns and tags of pages by their ids, in one query: the database evaluates the filters of the list."""
    kind = entry.kind
    tags = {
        f"tag_{place}_{rank}": (f"{facet.name}={value}", facet.condition(str(value)))
        for place, facet in enumerate(kind.facets())
        for rank, value in enumerate(_values(facet, pages))
    }
    wanted: dict[str, Any] = {f"column_{name}": F(lookup) for name, lookup in kind.columns.items()}
    wanted |= {name: _holds(condition) for name, (_tag, condition) in tags.items()}
    wanted["is_filled"] = _holds(kind.filled) if kind.filled is not None else Value(False)
    found = {}
    rows = model.objects.filter(pk__in=pages.order_by().values("pk")).annotate(**wanted)
    for row in rows.order_by().values("pk", *wanted):
        found[row["pk"]] = {
            **{name: row[f"column_{name}"] for name in kind.columns},
            "filled": row["is_filled"],
            "tags": "\n".join(tag for name, (tag, _condition) in tags.items() if row[name]),
        }
    return found


def _values(facet: Facet, pages: QuerySet[Any]) -> list[str]:
    return [str(value) for value, _label in facet.choices_in(pages)]


def _holds(condition: Q) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())


def pages_that_print(items: Iterable[Any]) -> list[int]:
    """Return the pages, in all languages, whose words come from these records or pages.

    They name one in a column or in a block, or list all of them.
    """
    keys, found = defaultdict(set), []
    for item in items:
        keys[type(item)].add(item.translation_key)
        if isinstance(item, FrenchRecord):
            found += _with_block_of(item)
    for model in searchable_types():
        if keys.keys() & set(model.lists_all):
            found += model.objects.values_list("pk", flat=True)
        for field in model._meta.concrete_fields:
            if field.many_to_one and field.related_model in keys and field.name not in APART:
                named = {f"{field.name}__translation_key__in": keys[field.related_model]}
                found += model.objects.filter(**named).values_list("pk", flat=True)
    return found


def _with_block_of(record: FrenchRecord) -> list[int]:
    """Return the pages that name a record, in whatever language, in one of their blocks."""
    versions = type(record).objects.filter(translation_key=record.translation_key).values_list("pk", flat=True)
    named = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(type(record)),
        to_object_id__in=[str(key) for key in versions],
        base_content_type=ContentType.objects.get_for_model(Page),
    )
    return [int(key) for key in named.values_list("object_id", flat=True).distinct()]
