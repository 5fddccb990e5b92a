"""What wagtail-localize's editor says beside each translated text: the sign, and who translated it when."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail_localize.compat import DATE_FORMAT
from wagtail_localize.models import StringTranslation

from ..languages.dates import long_date
from ..models import StaleTranslation

Said = Callable[[Any], str | None]


def _stale_is_not_done(stock: Said) -> Said:
    """A text whose French has changed has a warning beside it, not the green tick of what is done."""

    @wraps(stock)
    def get_error(translation: Any) -> str | None:
        said = stock(translation)
        if said is None and StaleTranslation.objects.filter(translation=translation).exists():
            return _("The French has changed: to be translated anew.")
        return said

    return get_error


def _dated_in_words(stock: Said) -> Said:
    """The day is written in the editor's language: wagtail-localize writes it in English for everybody."""

    @wraps(stock)
    def get_comment(translation: Any) -> str | None:
        said = stock(translation)
        day = translation.updated_at
        return said and said.replace(day.strftime(DATE_FORMAT), long_date(timezone.localdate(day)))

    return get_comment


def connect() -> None:
    """Say it so wherever the editor asks."""
    StringTranslation.get_error = _stale_is_not_done(StringTranslation.get_error)
    StringTranslation.get_comment = _dated_in_words(StringTranslation.get_comment)
