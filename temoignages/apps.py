"""What students and supervisors say."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TemoignagesConfig(AppConfig):
    """What students and supervisors tell of placements."""

    name = "temoignages"
    verbose_name = _("Testimonials")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the page type, and show testimonials on offers."""
        from core.pages.sections import register_section

        from . import kinds  # noqa: F401
        from .sections import testimonials_of_offer

        register_section("territoire.InternshipOfferPage", "temoignages/sections/of_offer.html", testimonials_of_offer)
