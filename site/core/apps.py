"""What every app builds on."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    """Users, media, base page, blocks, lists and the loader's engine."""

    name = "core"
    verbose_name = _("Site")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the system checks and what the loader may load; let the other languages follow French,
        give every public page its permanent link, and every home page its roles."""
        from . import (  # noqa: F401
            alphabet,
            catalogues,
            changes,
            checks,
            choosers,
            consent,
            inputs,
            lost,
            media_library,
            permanent,
            placement,
            refusals,
            slugs,
            unnamed,
        )
        from .access import roles
        from .loading import images  # noqa: F401
        from .translation import checks as translation_checks  # noqa: F401
        from .translation import marks, offered, overrides, trees

        catalogues.mend_catalogues()
        inputs.follow_language()
        alphabet.connect()
        changes.connect()
        choosers.connect()
        consent.connect()
        media_library.connect()
        permanent.connect()
        lost.connect()
        placement.connect()
        slugs.connect()
        unnamed.connect()
        marks.connect()
        offered.connect()
        overrides.connect()
        trees.connect()
        roles.connect()
        refusals.connect()
