"""The other languages of a territory file, written as a translator would: text by text, through wagtail-localize."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from wagtail.coreutils import string_to_ascii
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from ..texts import declared
from ..translation.carrying import compose
from .body import MISSING, writing

Report = Callable[[str], None]
Texts = Callable[[], dict[str, Any]]


class Translator:
    """Gathers the translations of a load, and writes each translated page and record once."""

    def __init__(self) -> None:
        self.locales = list(Locale.objects.exclude(language_code=settings.LANGUAGE_CODE))
        self.sources: dict[Any, TranslationSource] = {}
        self.changed: dict[tuple[Any, int], tuple[TranslationSource, Locale]] = {}

    def translate(self, item: Any, name: str, texts: Texts) -> None:
        """Store the texts of a French page or record in each language that the file has.

        `texts()` returns {field: value}, blocks as raw stream content, in the language that is being written.
        Raises `ValidationError` where a text has not as many paragraphs as the French one.
        """
        for locale in self.locales:
            with writing(locale.language_code, name) as pen:
                values = texts()
            if pen.found:
                source = self._source(item)
                if self._store(source, locale, values):
                    self.changed[source.pk, locale.pk] = (source, locale)

    def _source(self, item: Any) -> TranslationSource:
        key = item.translation_key
        if key not in self.sources:
            fresh = type(item).objects.get(pk=item.pk)
            self.sources[key], _changed = TranslationSource.update_or_create_from_instance(fresh)
        return self.sources[key]

    def _store(self, source: TranslationSource, locale: Locale, values: dict[str, Any]) -> bool:
        """Store the texts of one language; say whether anything is new."""
        instance = source.as_instance()
        names = {name for name, kind in declared(type(instance)).items() if kind == "text"}
        for name in names & set(values):
            setattr(instance, name, values[name])
        title = values.get("title", MISSING)
        if "slug" in names and title != MISSING and values.get("slug", MISSING) == MISSING:
            instance.slug = slugify(string_to_ascii(title))
        said = defaultdict(list)
        for segment in extract_segments(instance):
            if isinstance(segment, StringSegmentValue):
                said[segment.path].append(segment.string.data)
        french = defaultdict(list)
        for segment in StringSegment.objects.filter(source=source).order_by("order").select_related("context"):
            french[segment.context.path].append(segment)
        there = {
            (translation.translation_of_id, translation.context_id): translation
            for translation in StringTranslation.objects.filter(context__object=source.object_id, locale=locale)
        }
        _translation, is_new = Translation.objects.get_or_create(source=source, target_locale=locale)
        for path, segments in french.items():
            # What the values do not name stands there in French: it is no translation.
            if path.split(".")[0] not in {*values, "slug"}:
                continue
            texts = said[path]
            if any(MISSING in text for text in texts):
                continue
            if len(texts) != len(segments):
                message = f"has {len(texts)} paragraphs in {locale.language_code!r} and {len(segments)} in French"
                raise ValidationError({path.split(".")[0]: message})
            for segment, text in zip(segments, texts, strict=True):
                is_new |= self._put(there.get((segment.string_id, segment.context_id)), segment, locale, text)
        return is_new

    @staticmethod
    def _put(known: StringTranslation | None, segment: StringSegment, locale: Locale, text: str) -> bool:
        if known is None:
            known = StringTranslation(translation_of_id=segment.string_id, context=segment.context, locale=locale)
        elif known.data == text:
            return False
        known.data, known.translation_type, known.tool_name = text, StringTranslation.TRANSLATION_TYPE_MANUAL, ""
        known.has_error = False
        known.save()
        return True

    def finish(self, report: Report) -> None:
        """Write the translated pages and records, those of pages from the root downwards."""
        counts: dict[str, int] = defaultdict(int)
        work = [(source.get_source_instance(), source, locale) for source, locale in self.changed.values()]
        for _item, source, locale in sorted(work, key=lambda entry: getattr(entry[0], "path", "")):
            compose(source, locale)
            counts[locale.language_code] += 1
        for language, count in counts.items():
            report(f"  {language}: {count} pages and records translated")
