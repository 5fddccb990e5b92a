"""The public page of the register of rules."""

import datetime as dt
from collections import defaultdict
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page, ReferenceIndex
from wagtail.search import index

from core.blocks import BodyBlock
from core.fields.stream import StreamField
from core.languages.localization import localized_all, source_locale
from core.models import BasePage
from core.pages.visibility import in_reader_language

from ..rules.places import computed_in
from ..rules.register import Rule, RuleChange

# How long, and how much, readers see of what has changed.
RECENT, MOST_CHANGES = dt.timedelta(days=365), 20


class RulesPage(BasePage):
    """All rules with their sources, when each was checked, where it shows, and what has changed lately."""

    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    texts = ("body",)

    lists_all = (Rule,)
    max_count_per_parent = 1
    template = "territoire/rules_page.html"
    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("page of rules")
        verbose_name_plural = _("pages of rules")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the rules in the reader's language, where each shows, and what has changed."""
        context = super().get_context(request, *args, **kwargs)
        french = list(Rule.objects.filter(locale=source_locale()))
        said = localized_all(french)
        pages = pages_with(french)
        context["rules"] = [
            {"rule": rule, "pages": pages[of.pk], "computed": computed_in(of.reference)}
            for of, rule in zip(french, said, strict=True)
        ]
        by_reference = {rule.reference: rule for rule in said}
        told = ((day, change, by_reference.get(change.rule)) for day, change in recent_changes())
        context["changes"] = [(day, change, rule) for day, change, rule in told if change.figure or rule]
        return context


def recent_changes() -> list[tuple[dt.date, RuleChange]]:
    """Return what has changed lately with its day, the latest first.

    Each saving of another sentence leaves a row; an editor who looks at the page and mends a word saves twice, and
    readers hear of it once a day. Figures see to it themselves (`RuleChange.tell`).
    """
    found: dict[Any, tuple[dt.date, RuleChange]] = {}
    for change in RuleChange.objects.filter(at__gte=timezone.now() - RECENT):
        day = timezone.localtime(change.at).date()
        found.setdefault((change.rule, day) if change.rule else change.pk, (day, change))
    return list(found.values())[:MOST_CHANGES]


def pages_with(rules: list[Rule]) -> dict[int, list[Page]]:
    """Return the public pages on which French rules stand, in the reader's language, by the rule's key."""
    references = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(Rule),
        to_object_id__in=[str(rule.pk) for rule in rules],
        base_content_type=ContentType.objects.get_for_model(Page),
    )
    pairs = [(int(rule), int(page)) for rule, page in references.values_list("to_object_id", "object_id")]
    french = Page.objects.filter(pk__in={page for _rule, page in pairs}, locale=source_locale())
    keys = dict(french.values_list("pk", "translation_key"))
    readable = {page.translation_key: page for page in in_reader_language(french)}
    found: dict[int, list[Page]] = defaultdict(list)
    for rule, page in dict.fromkeys(pairs):
        if keys.get(page) in readable:
            found[rule].append(readable[keys[page]])
    return found
