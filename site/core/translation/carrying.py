"""Publishing French carries its facts to all languages at once; texts stay, and follow in the order of the blocks.

wagtail-localize does neither: it leaves translations as they are until somebody asks, and then fills them with French.
"""

from functools import cache
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page, TranslatableMixin, get_translatable_models
from wagtail_localize.fields import SynchronizedField
from wagtail_localize.models import Translation, TranslationSource, get_schema_version

from ..cache.until_changed import forget
from ..languages.localization import records_key, source_locale
from ..pages.publication import PublicationRefused, validated_by_saving
from .following import follow_changes, texts_of
from .marks import french_texts


def carry(item: Any) -> None:
    """Bring a French page or record, as it stands in the database, to its translations.

    Raises `PublicationRefused` where a translation cannot take it, so that the publication as a whole is taken back.
    """
    translations = list(real_translations(item))
    source = TranslationSource.objects.get_for_instance_or_none(item)
    followed = set()
    if source is not None:
        read_once(source)
        _read_anew(source)
        followed = set(
            Translation.objects.filter(source=source, enabled=True).values_list("target_locale_id", flat=True)
        )
    for translation in translations:
        try:
            if translation.locale_id in followed:
                compose(source, translation.locale)
            else:
                _copy_facts(item, translation)
        except ValidationError as error:
            texts = "; ".join(error.sentences if isinstance(error, PublicationRefused) else error.messages)
            message = _("The version in %(language)s cannot follow: %(reason)s") % {
                "language": translation.locale.get_display_name(),
                "reason": texts,
            }
            raise PublicationRefused({"__all__": message}, item if isinstance(item, Page) else None) from error


def _read_anew(source: TranslationSource) -> None:
    """Read the French texts of a source from the database; translations follow those that changed."""
    before = texts_of(source)
    source.update_from_db()
    follow_changes(source, before, texts_of(source))


def old_sources() -> models.QuerySet[TranslationSource]:
    """Return the sources that were read before the last migration of their app: texts of a new field are not in them.

    wagtail-localize notes that migration in each source, and leaves it to the next publication to read it anew.
    """
    older = models.Q(pk__in=())
    for label in {model._meta.app_label for model in get_translatable_models(include_subclasses=True)}:
        older |= models.Q(specific_content_type__app_label=label) & ~models.Q(schema_version=get_schema_version(label))
    return TranslationSource.objects.filter(older)


def read_old_sources() -> None:
    """Give translators the texts of fields that came with an update, without a publication, and mark them as French."""
    for source in old_sources().select_related("specific_content_type", "locale"):
        with transaction.atomic():
            try:
                french = source.get_source_instance()
            except ObjectDoesNotExist:
                # What it was made from is gone: there is nothing to read any more.
                source.schema_version = get_schema_version(source.specific_content_type.app_label)
                source.save(update_fields=["schema_version"])
                continue
            _read_anew(source)
            for translation in real_translations(french):
                if not isinstance(french, Page):
                    settle_record(translation)
                elif french.live and translation.live:
                    settle_page(translation)


def read_once(source: TranslationSource) -> None:
    """Let a source build its French page or record once, for all languages that are written from it."""
    source.as_instance = cache(source.as_instance)


def real_translations(item: Any) -> models.QuerySet[Any]:
    """Return the translations of a page or record that are no aliases."""
    found = type(item).objects.filter(translation_key=item.translation_key).exclude(pk=item.pk)
    return found.filter(alias_of=None) if isinstance(item, Page) else found


def compose(source: TranslationSource, locale: Locale) -> Any:
    """Write a translation anew from the French structure and facts and the translated texts; publish what is public.

    Texts without a translation are French, and the page knows which. Raises `ValidationError`.
    """
    model = source.specific_content_type.model_class()
    is_page = issubclass(model, Page)
    if is_page:
        # A translation goes and comes with French; hours of its own, copied from French once, would be seen by nobody.
        there = Page.objects.filter(translation_key=source.object_id, locale=locale)
        there.update(go_live_at=None, expire_at=None)
    # wagtail-localize would publish only after the transaction: here all languages change together, or none.
    with validated_by_saving():
        item, _created = source.create_or_update_translation(
            locale, publish=not is_page, copy_parent_pages=True, fallback=True
        )
    if is_page:
        if item.go_live_at or item.expire_at:
            item.go_live_at = item.expire_at = None
            item.save()
            item.save_revision()
        # Restrictions of French hold in all languages; the copy that wagtail-localize makes would outlive them.
        item.view_restrictions.all().delete()
        publish_with(source.get_source_instance(), item)
    else:
        settle_record(item)
    return item


def publish_with(french: Any, translation: Any) -> None:
    """Publish a translation if its French page is: one that was online, came down with it or was never published.

    One that an editor took down for itself stays down.
    """
    was_public = translation.live or translation.down_with_source or translation.first_published_at is None
    if french.live and was_public:
        translation.get_latest_revision().publish()


def _copy_facts(item: Any, translation: Any) -> None:
    """Copy the facts to a translation that is written by hand, its synchronisation being stopped."""
    is_page = isinstance(translation, Page)
    draft = translation.get_latest_revision_as_object() if is_page and translation.has_unpublished_changes else None
    _put_facts(item, translation)
    translation.save()
    if is_page:
        translation.save_revision()
        publish_with(item, translation)
    if draft is not None:
        # What somebody is writing stays the draft that they find.
        _put_facts(item, draft)
        draft.save_revision()


def _put_facts(item: Any, target: Any) -> None:
    for declared in type(item).translatable_fields:
        field = declared.get_field(type(item))
        if not isinstance(declared, SynchronizedField):
            continue
        if isinstance(field, models.ManyToOneRel):
            item.copy_child_relation(field.name, target)
        else:
            setattr(target, field.attname, getattr(item, field.attname))


def settle_page(page: Any) -> None:
    """A translation was published: note which of its texts are French; take it down again if its French page is.

    The date of first publication is the French page's, so that "newest" means the same in every language.
    """
    french = type(page).objects.filter(translation_key=page.translation_key).exclude(pk=page.pk)
    french = french.filter(locale=source_locale(), alias_of=None).first()
    if french is None:
        return
    if not french.live:
        take_down(page)
        return
    source = TranslationSource.objects.filter(
        object_id=page.translation_key, translations__target_locale=page.locale, translations__enabled=True
    ).first()
    type(page).objects.filter(pk=page.pk).update(
        french_parts=french_texts(source, page.locale) if source else [],
        down_with_source=False,
        first_published_at=french.first_published_at,
    )


def settle_record(record: TranslatableMixin) -> None:
    """Note which texts of a translated record are French."""
    source = TranslationSource.objects.filter(object_id=record.translation_key, locale=source_locale()).first()
    if source is not None:
        parts = french_texts(source, record.locale)
        type(record).objects.filter(pk=record.pk).update(french_parts=parts)
        record.french_parts = parts
        forget(records_key(type(record)))


def take_down(page: Any) -> None:
    """Unpublish a translation because its French page is not public; it comes back with it."""
    page.unpublish(log_action=False)
    type(page).objects.filter(pk=page.pk).update(down_with_source=True)
