"""How Elasticsearch and OpenSearch read each language: their own filters, fed with the same lists as our analyser.

What both families have is used only: servers 8 and 9, and 3. https://www.elastic.co/docs/reference/text-analysis
"""

import re
from typing import Any

from django.conf import settings

from ..models.document import SearchDocument
from ..text.analysis import APOSTROPHES, analyser, fold
from ..text.languages import LANGUAGES, OTHER, SNOWBALL, Language, lines, listed
from .base import language_mark

# The Snowball stemmers that Lucene has under the same name.
STEMMERS = {
    *("arabic", "armenian", "basque", "catalan", "danish", "dutch", "english", "estonian", "finnish", "french"),
    *("german", "hungarian", "irish", "italian", "lithuanian", "norwegian", "portuguese", "romanian", "russian"),
    *("serbian", "spanish", "swedish", "turkish"),
}
SHORTEST_PART = 4


def index_body() -> dict[str, Any]:
    """Return the settings of an index: for each language analysers of pages (`page_fr`) and queries (`query_fr`)."""
    filters: dict[str, Any] = {"folded": {"type": "asciifolding"}}
    analysers: dict[str, Any] = {}
    for language, _name in settings.LANGUAGES:
        code = language_mark(language)
        known = LANGUAGES.get(language[:2], OTHER)
        own, before, after = _filters(language, known)
        filters |= own
        steps = {"type": "custom", "tokenizer": "standard", "char_filter": ["apostrophes", "ampersand", "acronym"]}
        compounds = [f"{code}_compounds"] if f"{code}_compounds" in own else []
        analysers[f"page_{code}"] = steps | {"filter": [*before, *compounds, *after, "unique_place"]}
        analysers[f"query_{code}"] = steps | {"filter": [*before, *after]}
    filters["unique_place"] = {"type": "remove_duplicates"}
    return {
        "settings": {
            "number_of_shards": 1,
            "auto_expand_replicas": "0-1",
            "analysis": {
                "char_filter": {
                    "apostrophes": {"type": "mapping", "mappings": [f"{mark} => '" for mark in APOSTROPHES]},
                    # “A&E” and “M.G.” are words.
                    "ampersand": {
                        "type": "pattern_replace",
                        "pattern": r"(?<![\p{L}\p{N}])(\p{L}) ?& ?(\p{L})(?![\p{L}\p{N}])",
                        "replacement": "$1$2",
                    },
                    "acronym": {
                        "type": "pattern_replace",
                        "pattern": r"(?<![\p{L}\p{N}]\p{L}?)(\p{L})\.(?=\p{L}(?![\p{L}\p{N}]))",
                        "replacement": "$1",
                    },
                },
                "filter": filters,
                "analyzer": analysers,
            },
        }
    }


def _filters(language: str, known: Language) -> tuple[dict[str, Any], list[str], list[str]]:
    """Return a language's filters, and the names of those before and after compounds are taken apart."""
    code, read = language_mark(language), analyser(language)
    forms = {word: read.terms(word) for word in (*known.irregular, *known.kept)}
    rules = [f"{word} => {term[0]}" for word, term in forms.items() if term]
    made: dict[str, Any] = {
        "elision": {"type": "elision", "articles": sorted(known.elisions), "articles_case": True},
        "stop": {"type": "stop", "stopwords": sorted(read.stopwords)},
        # A form that is given here is stemmed no more.
        "forms": {"type": "stemmer_override", "rules": rules},
    }
    before = ["lowercase", "elision"]
    if known.endings:
        made["endings"] = _replaced(rf"'(?:{'|'.join(sorted(known.endings))})$", "")
        before.append("endings")
    for number, (pattern, replacement) in enumerate(known.spelling):
        made[f"spelling{number}"] = _replaced(pattern.pattern, replacement)
        before.append(f"spelling{number}")
    before += ["folded", "stop"]
    after = ["forms"]
    words = sorted({fold(line.partition(":")[0].lstrip("*").strip()) for line in lines(listed("compounds", code))})
    if words:
        made["compounds"] = {
            "type": "dictionary_decompounder",
            "word_list": words,
            "min_subword_size": SHORTEST_PART,
            "only_longest_match": True,
        }
    for number, (pattern, replacement) in enumerate(known.rules):
        made[f"rule{number}"] = _replaced(pattern.pattern, replacement)
    if known.rules:
        names = [f"{code}_rule{number}" for number in range(len(known.rules))]
        made["rules"] = {
            "type": "condition",
            "filter": names,
            "script": {"source": "token.isKeyword() == false && token.term.length() > 3"},
        }
        after.append("rules")
    stemmer = SNOWBALL.get(language[:2], "")
    if stemmer in STEMMERS:
        made["stem"] = {"type": "snowball", "language": stemmer.capitalize()}
        after.append("stem")

    def named(names: list[str]) -> list[str]:
        return [f"{code}_{name}" if name in made else name for name in names]

    return {f"{code}_{name}": body for name, body in made.items()}, named(before), named(after)


def _replaced(pattern: str, replacement: str) -> dict[str, Any]:
    """Return a filter that replaces a pattern; Java writes groups as $1."""
    return {"type": "pattern_replace", "pattern": pattern, "replacement": re.sub(r"\\(\d)", r"$\1", replacement)}


def mapping_body() -> dict[str, Any]:
    """Return the fields of an index: each text once for each language."""
    fields: dict[str, Any] = {
        **{name: {"type": "keyword"} for name in ("language", "kind", "tags")},
        **{name: {"type": "boolean"} for name in ("in_french", "filled")},
        **{name: {"type": "date"} for name in SearchDocument.COLUMNS},
        "min_weeks": {"type": "integer"},
        "page_id": {"type": "long"},
    }
    for language, _name in settings.LANGUAGES:
        code = language_mark(language)
        for text in SearchDocument.TEXTS:
            fields[f"{text}_{code}"] = {
                "type": "text",
                "analyzer": f"page_{code}",
                "search_analyzer": f"query_{code}",
            }
    return {"dynamic": False, "properties": fields}
