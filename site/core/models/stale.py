"""The mark on a translation whose French text has changed since."""

from django.db import models
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation


class StaleTranslationQuerySet(QuerySet["StaleTranslation"]):
    """What is asked of the marks on translations that are older than their French text."""

    def current(self) -> "StaleTranslationQuerySet":
        """Leave out marks on texts that no page shows any more: a sentence that was changed twice, say."""
        shown = StringSegment.objects.filter(
            string=OuterRef("translation__translation_of"), context=OuterRef("translation__context")
        )
        return self.filter(Exists(shown))

    def of(self, translation_key: object, locale: Locale) -> "StaleTranslationQuerySet":
        """Return the marks on one page or record in one language."""
        return self.current().filter(translation__context__object_id=translation_key, translation__locale=locale)


class StaleTranslation(models.Model):
    """An old translation that stays online until a translator renews it. wagtail-localize would call it up to date."""

    translation = models.OneToOneField(StringTranslation, models.CASCADE, related_name="stale")
    previous = models.TextField(_("the French text that was translated"))
    since = models.DateTimeField(_("changed on"), auto_now_add=True)

    objects = StaleTranslationQuerySet.as_manager()

    class Meta:
        verbose_name = _("translation to renew")
        verbose_name_plural = _("translations to renew")
        ordering = ["since", "pk"]

    def __str__(self) -> str:
        return self.previous
