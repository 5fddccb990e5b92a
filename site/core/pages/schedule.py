"""Publishing and unpublishing at the hour that an editor has set."""

import logging
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import DraftStateMixin, Page, Revision

logger = logging.getLogger(__name__)


def _over() -> Iterator[QuerySet[Any]]:
    """Yield what is public and has expired, by type."""
    others = (each for each in apps.get_models() if issubclass(each, DraftStateMixin) and not issubclass(each, Page))
    for model in (Page, *others):
        yield model.objects.filter(live=True, expire_at__lt=timezone.now()).order_by("expire_at")


def _due() -> QuerySet[Revision]:
    return Revision.objects.filter(approved_go_live_at__lt=timezone.now()).order_by("approved_go_live_at")


def anything_is_due() -> bool:
    """Say whether an hour has come."""
    return _due().exists() or any(found.exists() for found in _over())


def publish_due() -> None:
    """Do what Wagtail's `publish_scheduled` does, but let a page that fails stop no other.

    Each is published in a transaction of its own, with its translations. Raises the last failure, once all are through.
    """
    failure = None
    steps = [
        (each.unpublish, {"set_expired": True, "log_action": "wagtail.unpublish.scheduled"})
        for found in _over()
        for each in found
    ]
    steps += [(revision.publish, {"log_action": "wagtail.publish.scheduled"}) for revision in _due()]
    for step, options in steps:
        try:
            step(**options)
        except Exception as error:
            logger.exception("%s failed as scheduled", step)
            failure = error
    if failure is not None:
        raise failure
