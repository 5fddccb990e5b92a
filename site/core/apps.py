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
        from . import checks  # noqa: F401
        from .access import roles
        from .admin import choosers, media_library
        from .fields import date_inputs
        from .languages import alphabet, catalogues, names, slugs
        from .links import lost, permanent
        from .loading import images  # noqa: F401
        from .pages import placement
        from .pictures import consent, encoding
        from .translation import beside, marks, offered, overrides, trees
        from .translation import checks as translation_checks  # noqa: F401
        from .web import last_modified, refusals

        catalogues.mend_catalogues()
        date_inputs.follow_language()
        alphabet.connect()
        last_modified.connect()
        choosers.connect()
        consent.connect()
        encoding.connect()
        media_library.connect()
        permanent.connect()
        lost.connect()
        placement.connect()
        slugs.connect()
        names.connect()
        marks.connect()
        beside.connect()
        offered.connect()
        overrides.connect()
        trees.connect()
        roles.connect()
        refusals.connect()
