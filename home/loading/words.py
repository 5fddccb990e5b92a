"""Questions, glossary and lexicon."""

from typing import Any

from wagtail.models import Page

from core.loading.body import SOURCE, block, first_sentence, paragraphs, text_of
from core.loading.schema import Date, Labelled, Record, Reference, Texts, code_of
from core.loading.sections import Context, PageSection, RecordSection, register
from territoire.loading.common import Found, SourceRecord, missing
from territoire.loading.register import rule_id

from ..models import (
    FaqEntryPage,
    GlossaryTerm,
    LexiconEntry,
)
from ..models.faq import FaqTheme
from ..models.words import LexiconTheme
from .pages import sourced


class QuestionRecord(Record):
    """One entry of `faq` in a territory file."""

    id: Reference
    theme: code_of(FaqTheme)
    source: SourceRecord | None = None
    verifie_le: Date | None = None
    a_valider: bool = False
    a_revoir_le: Date | None = None
    question: Texts
    reponse: Texts
    regles: list[str] = []


class Questions(PageSection):
    """Loads the questions and answers of a territory file."""

    key, schema, model = "faq", QuestionRecord, FaqEntryPage

    def parent(self, record: QuestionRecord, context: Context) -> Page:
        """Return the index of questions."""
        return context.page("faq")

    def check(self, record: QuestionRecord, context: Context) -> Found:
        """Rules of the register exist."""
        for rule in record.regles:
            yield from missing("regles", rule_id(rule), "regles", context)

    def values(self, record: QuestionRecord, context: Context) -> dict[str, Any]:
        """Map the record to the model; the rules that the answer states stand under it."""
        return {
            "title": text_of(record.question),
            "summary": first_sentence(text_of(record.reponse)),
            "theme": record.theme,
            **sourced(record, context),
            "body": [
                *paragraphs(record.reponse),
                *(block("rule", context.written[rule_id(code)].pk) for code in record.regles),
            ],
        }


class TermRecord(Labelled):
    """One entry of `glossaire` in a territory file: an acronym and what it means."""

    sigle: str

    @property
    def id(self) -> str:
        """How the load knows it."""
        return f"terme-{self.sigle}"[:40]


@register
class Glossary(RecordSection):
    """Loads the acronyms of a territory file."""

    key, schema, model = "glossaire", TermRecord, GlossaryTerm

    def values(self, record: TermRecord, context: Context) -> dict[str, Any]:
        """Map the record to the model."""
        return {"acronym": record.sigle, "meaning": text_of(record.texts)}


class PhraseRecord(Labelled):
    """One entry of `lexique_medical` in a territory file: a phrase and its translations."""

    theme: code_of(LexiconTheme)

    @property
    def id(self) -> str:
        """How the load knows it: the phrase itself, which is what does not change."""
        return f"phrase-{self.texts[SOURCE]}"[:40]


@register
class Lexicon(RecordSection):
    """Loads the medical phrases of a territory file."""

    key, schema, model = "lexique_medical", PhraseRecord, LexiconEntry

    def values(self, record: PhraseRecord, context: Context) -> dict[str, Any]:
        """Map the record to the model."""
        return {"theme": record.theme, "phrase": text_of(record.texts)}
