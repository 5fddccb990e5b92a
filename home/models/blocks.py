"""Blocks of editorial pages that draw on records of this app."""

from itertools import groupby
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from core.blocks import BodyBlock
from core.fields.choices import CEFR_SENTENCES
from core.languages.alphabet import alphabet_key
from core.languages.localization import active_locale, localized, localized_all, records_everywhere, source_locale
from core.pages.visibility import shown
from territoire.models import OfferIndexPage, Rule

from .words import GlossaryTerm, LexiconEntry


class LexiconBlock(blocks.StaticBlock):
    """All phrases of the pocket lexicon."""

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Pair each French phrase with the reader's language, by moment."""
        context = super().get_context(value, parent_context)
        entries = list(LexiconEntry.objects.filter(locale=source_locale()))
        rows = [
            (entry.get_theme_display(), entry.phrase, said.phrase if said.pk != entry.pk else "")
            for entry, said in zip(entries, localized_all(entries), strict=True)
        ]
        context["themes"] = [(theme, list(group)) for theme, group in groupby(rows, key=lambda row: row[0])]
        context["bilingual"] = active_locale() != source_locale()
        return context

    class Meta:
        icon = "openquote"
        label = _("Medical lexicon")
        description = _("The phrases of the pocket lexicon, kept under Lexicon")
        admin_text = _("Shows the phrases kept under “Lexicon”.")
        template = "home/blocks/lexicon.html"


class GlossaryBlock(blocks.StaticBlock):
    """All terms of the glossary."""

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Fetch the terms in the reader's language, those without a translation in French."""
        context = super().get_context(value, parent_context)
        terms = localized_all(GlossaryTerm.objects.filter(locale=source_locale()))
        context["terms"] = sorted(terms, key=lambda term: alphabet_key(term.acronym))
        return context

    class Meta:
        icon = "list-ul"
        label = _("Glossary")
        description = _("The acronyms of the health system, kept under Glossary")
        admin_text = _("Shows the terms kept under “Glossary”.")
        template = "home/blocks/glossary.html"


class SelfCheckBlock(blocks.StaticBlock):
    """A self-check on the CEFR scale: the last sentence that is true tells the level, and leads to its offers."""

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Give each level its sentence and the list of offers that it opens."""
        context = super().get_context(value, parent_context)
        offers = shown(OfferIndexPage.objects.filter(locale=active_locale())).first()
        context["levels"] = [(level.value, sentence) for level, sentence in CEFR_SENTENCES.items()]
        context["offers_url"] = offers.url if offers else ""
        return context

    class Meta:
        icon = "tick"
        label = _("French self-check")
        description = _("Six sentences, from A1 to C2, each with the offers that this level opens")
        admin_text = _("Shows the six levels of French with a link to the offers that each one opens.")
        template = "home/blocks/self_check.html"


class RuleBlock(SnippetChooserBlock):
    """A rule of the register, with its source and its figures of today: it is written there, and nowhere else."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Rule, **kwargs)

    def bulk_to_python(self, values: list[int]) -> list[Rule | None]:
        """Take rules from those that are remembered: a list of questions would ask for them answer by answer."""
        known = records_everywhere(Rule)
        return [known.get(value) for value in values]

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Say the rule in the reader's language."""
        return super().get_context(value, parent_context) | {"rule": localized(value)}

    def get_searchable_content(self, value: Any) -> list[str]:
        """What readers see of it is what the page is found by, and what machines read of an answer."""
        rule = localized(value)
        return [rule.title, rule.statement_text, rule.meaning_text] if rule else []

    class Meta:
        icon = "clipboard-list"
        label = _("Rule")
        description = _("A rule of the register with its source: the sentence is kept there")
        template = "home/blocks/rule.html"


class AnswerBodyBlock(BodyBlock):
    """The body's blocks and rules of the register: answers to questions state rules."""

    rule = RuleBlock()


class EditorialBodyBlock(AnswerBodyBlock):
    """The body's blocks and those that only editorial pages use."""

    lexicon = LexiconBlock()
    glossary = GlossaryBlock()
    self_check = SelfCheckBlock()
