"""The other languages of a territory file, written as a translator would: text by text, through wagtail-localize."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from wagtail.coreutils import string_to_ascii
from wagtail.models import Locale, TranslatableMixin
from wagtail_localize.models import (
    String,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationContext,
    TranslationSource,
)
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from ..languages.translatable import declared
from ..translation.carrying import compose, read_once
from ..translation.marks import ADDRESS
from .body import MISSING, writing

Report = Callable[[str], None]
Texts = Callable[[], dict[str, Any]]
# A French text and where it stands: wagtail-localize's String and TranslationContext.
Place = tuple[String, TranslationContext]


class Translator:
    """Gathers the translations of a load, and writes each translated page and record once."""

    def __init__(self) -> None:
        self.locales = list(Locale.objects.exclude(language_code=settings.LANGUAGE_CODE))
        self.sources: dict[Any, TranslationSource] = {}
        self.segments: dict[TranslationSource, list[StringSegment]] = {}
        # Several sections may fill one page: the last one's text holds. By source and language: place → text.
        self.said: dict[tuple[TranslationSource, Locale], dict[Place, str]] = defaultdict(dict)

    def translate(self, item: Any, name: str, texts: Texts) -> None:
        """Take the texts of a French page or record in each language that the file has.

        `texts()` returns {field: value}, blocks as raw stream content, in the language that is being written.
        Raises `ValidationError` where a text has not as many paragraphs as the French one.
        """
        if not isinstance(item, TranslatableMixin):
            return
        for locale in self.locales:
            with writing(locale.language_code, name) as pen:
                values = texts()
            # What has no text at all, such as a menu of plain links, is translated by being there.
            if pen.found or not pen.asked:
                source = self._source(item)
                self._take(source, locale, values)

    def _source(self, item: Any) -> TranslationSource:
        key = item.translation_key
        if key not in self.sources:
            fresh = type(item).objects.get(pk=item.pk)
            self.sources[key], _changed = TranslationSource.update_or_create_from_instance(fresh)
        return self.sources[key]

    def _segments(self, source: TranslationSource) -> list[StringSegment]:
        """Return a page's or record's French texts in their order: the same for all languages."""
        if source not in self.segments:
            segments = StringSegment.objects.filter(source=source).order_by("order")
            self.segments[source] = list(segments.select_related("context", "string"))
        return self.segments[source]

    def _take(self, source: TranslationSource, locale: Locale, values: dict[str, Any]) -> None:
        """Pair the texts of one language with the French ones: same field or block, same paragraph."""
        instance = source.as_instance()
        names = {name for name, kind in declared(type(instance)).items() if kind == "text"} & set(values)
        for name in names:
            setattr(instance, name, values[name])
        known, title = self.said[source, locale], values.get("title", MISSING)
        # An address that is not given is made of the title; one that the page has stays, though its title changes.
        makes_address = title != MISSING and "slug" not in names and not self._has_address(source, locale)
        if makes_address:
            instance.slug = slugify(string_to_ascii(title))
        said = defaultdict(list)
        for segment in extract_segments(instance):
            if isinstance(segment, StringSegmentValue):
                said[segment.path].append(segment.string.data)
        french: dict[str, list[StringSegment]] = defaultdict(list)
        for segment in self._segments(source):
            french[segment.context.path].append(segment)
        for path, segments in french.items():
            name, texts = path.split(".")[0], said[path]
            if name == ADDRESS and makes_address:
                known.setdefault((segments[0].string, segments[0].context), texts[0])
            if name not in names or any(MISSING in text for text in texts):
                continue
            if len(texts) != len(segments):
                message = f"has {len(texts)} paragraphs in {locale.language_code!r} and {len(segments)} in French"
                raise ValidationError({name: message})
            for segment, text in zip(segments, texts, strict=True):
                known[segment.string, segment.context] = text

    @staticmethod
    def _has_address(source: TranslationSource, locale: Locale) -> bool:
        """Say whether the page has an address in this language."""
        translated = StringTranslation.objects.filter(context__object=source.object_id, locale=locale)
        return translated.filter(context__path=ADDRESS).exists()

    def finish(self, report: Report) -> None:
        """Store what is new, and write the pages and records that it changes, pages from the root downwards."""
        counts: dict[str, int] = defaultdict(int)
        changed = [pair for pair, texts in self.said.items() if self._store(*pair, texts)]
        for source in {source for source, _locale in changed}:
            read_once(source)
        work = [(getattr(source.get_source_instance(), "path", ""), source, locale) for source, locale in changed]
        for _path, source, locale in sorted(work, key=lambda entry: entry[0]):
            compose(source, locale)
            counts[locale.language_code] += 1
        for language, count in counts.items():
            report(f"  {language}: {count} pages and records translated")

    @staticmethod
    def _store(source: TranslationSource, locale: Locale, texts: dict[Place, str]) -> bool:
        """Store the texts of one page or record in one language; say whether anything is new."""
        there = {
            (translation.translation_of_id, translation.context_id): translation
            for translation in StringTranslation.objects.filter(context__object=source.object_id, locale=locale)
        }
        _translation, is_new = Translation.objects.get_or_create(source=source, target_locale=locale)
        for (string, context), text in texts.items():
            known = there.get((string.pk, context.pk))
            if known is None:
                known = StringTranslation(translation_of=string, context=context, locale=locale)
            elif known.data == text:
                continue
            known.data, known.translation_type, known.tool_name = text, StringTranslation.TRANSLATION_TYPE_MANUAL, ""
            known.has_error = False
            known.save()
            is_new = True
        return is_new
