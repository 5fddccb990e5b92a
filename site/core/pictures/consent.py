"""A picture whose people's consent has ended has no public address any more; renewed, it has its old one again.

Its file lies in a folder of its own, which no proxy hands out; its sizes are made anew wherever it lies.
"""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_save

from ..models import SiteImage
from ..models.media import WITHHELD


def settle(image: SiteImage) -> bool:
    """Bring a picture's file to where it belongs today; say whether it was moved.

    A file that is missing stays missing: other places say so.
    """
    name = image.file.name
    hidden = name.startswith(f"{WITHHELD}/")
    if hidden is not image.may_be_shown():
        return False
    storage = image.file.storage
    if not storage.exists(name):
        return False
    target = name.removeprefix(f"{WITHHELD}/") if hidden else f"{WITHHELD}/{name}"
    was_clean = image.file_is_clean
    with transaction.atomic():
        with storage.open(name) as content:
            image.file.name = storage.save(target, content)
        if was_clean:
            image.clean_name = image.file.name
        type(image).objects.filter(pk=image.pk).update(file=image.file.name, clean_name=image.clean_name)
        for rendition in image.renditions.all():
            rendition.delete()
            rendition.file.delete(save=False)
    # At once, not on commit: a consent that was withdrawn does not wait.
    storage.delete(name)
    return True


def settle_all() -> int:
    """Bring every picture of people to where it belongs today; return how many were moved."""
    return sum(settle(image) for image in SiteImage.objects.filter(shows_people=True).order_by("pk")) + sum(
        settle(image) for image in SiteImage.objects.filter(shows_people=False, file__startswith=f"{WITHHELD}/")
    )


def _saved(instance: SiteImage, **kwargs: Any) -> None:
    if not kwargs.get("raw"):
        settle(instance)


def connect() -> None:
    """Settle a picture whenever it is saved."""
    post_save.connect(_saved, sender=SiteImage, dispatch_uid="core.pictures.consent")
