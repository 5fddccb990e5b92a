"""Old translations follow a French text that changed: they stay online, with a mark, until a translator renews them."""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from bs4 import BeautifulSoup
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail_localize.models import String, StringSegment, StringTranslation, TranslationContext, TranslationSource

from ..models.stale import StaleTranslation
from .marks import ADDRESS

# Where links of one text lead, by the id that wagtail-localize gives them in the text: {"a1": {"href": …}}.
Links = dict[str, dict[str, str]]


@dataclass(frozen=True)
class Texts:
    """The texts of a page as they stand: ids in their order by the id of their place, and the links of each.

    A place is a field, or a block of a stream; a text block has several texts in one place: its paragraphs.
    """

    by_place: dict[int, list[int]]
    links: dict[tuple[int, int], Links]


# Two paragraphs are the same, reworded, from this similarity on; below, one was taken out and another put in.
ALIKE = 0.5


def texts_of(source: TranslationSource) -> Texts:
    """Return the texts of a source as they were last read."""
    texts = Texts(defaultdict(list), {})
    rows = StringSegment.objects.filter(source=source).order_by("order").values_list("context_id", "string_id", "attrs")
    for place, text, attrs in rows:
        texts.by_place[place].append(text)
        texts.links[place, text] = (json.loads(attrs) if attrs else None) or {}
    return texts


def follow_changes(source: TranslationSource, before: Texts, after: Texts) -> None:
    """Give each new French text the translation of what stood there, marked; or that of the same text elsewhere."""
    for place, texts in after.by_place.items():
        old = before.by_place.get(place, [])
        if old == texts:
            continue
        for text in set(texts) - set(old):
            _take_from_elsewhere(source, place, text)
        for was, now in reworded(old, texts):
            _keep(place, was, now, before.links.get((place, was), {}), after.links[place, now])


def reworded(old: list[int], new: list[int]) -> Iterator[tuple[int, int]]:
    """Yield (old text, new text) for what was changed in place; what was added or taken out has no pair."""
    for kind, i1, i2, j1, j2 in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if kind != "replace":
            continue
        if i2 - i1 == j2 - j1:
            yield from zip(old[i1:i2], new[j1:j2], strict=True)
        else:
            yield from _most_alike(old[i1:i2], new[j1:j2])


def _most_alike(old: list[int], new: list[int]) -> Iterator[tuple[int, int]]:
    words = {text.pk: text.data.split() for text in String.objects.filter(pk__in=[*old, *new])}
    left = list(old)
    for now in new:
        ratios = {was: SequenceMatcher(a=words[was], b=words[now], autojunk=False).ratio() for was in left}
        best = max(ratios, key=ratios.get, default=None)
        if best is not None and ratios[best] >= ALIKE:
            left.remove(best)
            yield best, now


def _keep(place: int, was: int, now: int, old_links: Links, new_links: Links) -> None:
    """Let the translations of a text stand for its new wording too."""
    context, text = TranslationContext.objects.get(pk=place), String.objects.get(pk=now)
    old = StringTranslation.objects.filter(translation_of=was, context=context, has_error=False)
    # Stored, so in the language of the house, not in that of who happens to publish.
    with override(settings.LANGUAGE_CODE):
        tool = _("an earlier French text, to be renewed")
    for translation in old.select_related("stale", "translation_of"):
        kept, created = StringTranslation.objects.get_or_create(
            translation_of=text,
            context=context,
            locale_id=translation.locale_id,
            defaults={
                "data": _with_links(translation.data, old_links, new_links),
                "translation_type": translation.translation_type,
                # The editor prints it under the text: "Translated with … on …".
                "tool_name": tool,
                "last_translated_by_id": translation.last_translated_by_id,
            },
        )
        if created and context.path != ADDRESS:
            mark = getattr(translation, "stale", None)
            previous = mark.previous if mark else translation.translation_of.data
            StaleTranslation.objects.create(translation=kept, previous=previous)


def _with_links(data: str, old: Links, new: Links) -> str:
    """Return a translation whose links lead where those of the new French text lead.

    wagtail-localize numbers links anew in each text. A link that French has no more is taken off, its words stay.
    """
    if not old:
        return data
    soup = BeautifulSoup(data, "html.parser")
    for link in soup.find_all("a", id=True):
        target = old.get(link["id"])
        same = next((name for name, where in new.items() if where == target), None)
        if same is None and len(old) == len(new):
            same = link["id"]
        if same is None:
            link.unwrap()
        else:
            link["id"] = same
    return str(soup)


def _take_from_elsewhere(source: TranslationSource, place: int, text: int) -> None:
    """A text that was cut here and pasted there keeps its translations."""
    elsewhere = StringTranslation.objects.filter(
        translation_of=text, context__object=source.object_id, has_error=False
    ).exclude(context=place)
    for translation in elsewhere.select_related("stale").order_by("-updated_at"):
        kept, created = StringTranslation.objects.get_or_create(
            translation_of_id=text,
            context_id=place,
            locale_id=translation.locale_id,
            defaults={"data": translation.data, "translation_type": translation.translation_type},
        )
        mark = getattr(translation, "stale", None)
        if created and mark:
            StaleTranslation.objects.create(translation=kept, previous=mark.previous)
