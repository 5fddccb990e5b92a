"""What administrators set for the whole site."""

import re
from collections.abc import Mapping
from hashlib import sha256

from django.contrib.humanize.templatetags.humanize import apnumber
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Page, Site

from ..fields.codes import telephone
from ..fields.colours import Colours, Theme, colours
from ..fields.columns import TextPerLanguageField
from ..fields.identifiers import siren_number
from .media import SiteImage


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two ``#rrggbb`` colours (WCAG 2.2, definition of contrast ratio)."""

    def luminance(colour: str) -> float:
        channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def readable_colour(colour: str) -> None:
    """Refuse a text colour that is not ``#rrggbb`` or cannot be read on the page's ground (WCAG 1.4.3: 4.5 to 1)."""
    if not re.fullmatch(r"#[0-9A-Fa-f]{6}", colour):
        raise ValidationError(_("Write the colour as # and six digits or letters a to f."))
    ratio = contrast(colour, colours()["ground"])
    if ratio < 4.5:
        raise ValidationError(
            _("Too pale to be read on the page: contrast %(ratio)s, at least 4.5 is needed."),
            params={"ratio": f"{ratio:.1f}"},
        )


class AccessibilityStatus(models.TextChoices):
    """The three words of the accessibility statement (arrêté du 20 septembre 2019)."""

    NONE = "non", _("Accessibility: not compliant")
    PARTIAL = "partielle", _("Accessibility: partially compliant")
    FULL = "totale", _("Accessibility: fully compliant")


@register_setting(icon="cog", order=10)
class SiteSettings(BaseSiteSetting):
    """Name, look, contacts and the accessibility status."""

    name = TextPerLanguageField(_("name of the site"))
    tagline = TextPerLanguageField(_("line under the name"), blank=True)
    publisher_name = models.CharField(
        _("authority that publishes the site"),
        max_length=120,
        blank=True,
        help_text=_("Its legal name, in French. Catalogues of open data name it as the publisher."),
    )
    siren = models.CharField(
        _("SIREN of this authority"),
        max_length=9,
        blank=True,
        validators=[siren_number],
        help_text=_("Nine digits. Search engines and catalogues of open data know the authority by it."),
    )
    logo = models.ForeignKey(
        SiteImage, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("logo")
    )
    action_colour = models.CharField(
        _("colour of links and buttons"),
        max_length=7,
        blank=True,
        validators=[readable_colour],
        help_text=_("Left empty: the site’s own."),
    )
    accent_colour = models.CharField(
        _("colour of accents"),
        max_length=7,
        blank=True,
        validators=[readable_colour],
        help_text=_("Left empty: the site’s own."),
    )
    desk_page = models.ForeignKey(
        Page,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("page of the one-stop desk"),
        help_text=_("Every page of the site leads to it."),
    )
    accessibility_page = models.ForeignKey(
        Page,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("accessibility statement"),
    )
    enrolled_in_france_page = models.ForeignKey(
        Page,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("page for students enrolled in France"),
        help_text=_("Placements are for students enrolled abroad: each of them leads the others to this page."),
    )
    french_abroad_page = models.ForeignKey(
        Page,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("page for French students enrolled abroad"),
        help_text=_("Each placement, and the desk, leads to it."),
    )
    email = models.EmailField(_("e-mail of the desk"), blank=True)
    phone = models.CharField(_("telephone of the desk"), max_length=30, blank=True, validators=[telephone])
    address = models.CharField(_("postal address"), max_length=200, blank=True)
    opening_hours = TextPerLanguageField(_("opening hours"), blank=True)
    answer_days = models.PositiveSmallIntegerField(
        _("answer within (working days)"),
        null=True,
        blank=True,
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(30)],
        help_text=_("Promised beside every way to the desk, in all languages. Left empty, nothing is promised."),
    )
    accessibility_status = models.CharField(
        _("accessibility status"),
        max_length=10,
        choices=AccessibilityStatus.choices,
        default=AccessibilityStatus.NONE,
        help_text=_("What the last audit found; without an audit, not compliant."),
    )

    select_related = [
        "logo",
        *(f"{page}_page__locale" for page in ("desk", "accessibility", "enrolled_in_france", "french_abroad")),
    ]
    panels = [
        MultiFieldPanel(
            [
                FieldPanel("name"),
                FieldPanel("tagline"),
                FieldPanel("logo"),
                FieldRowPanel([FieldPanel("publisher_name"), FieldPanel("siren")]),
            ],
            _("Identity"),
        ),
        MultiFieldPanel([FieldPanel("action_colour"), FieldPanel("accent_colour")], _("Colours")),
        MultiFieldPanel(
            [
                FieldPanel("desk_page"),
                FieldPanel("enrolled_in_france_page"),
                FieldPanel("french_abroad_page"),
                FieldPanel("email"),
                FieldPanel("phone"),
                FieldPanel("address"),
                FieldPanel("opening_hours"),
                FieldPanel("answer_days"),
            ],
            _("One-stop desk"),
        ),
        MultiFieldPanel([FieldPanel("accessibility_status"), FieldPanel("accessibility_page")], _("Accessibility")),
    ]

    class Meta:
        verbose_name = _("Identity and contacts")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @classmethod
    def read(cls, site: Site) -> "SiteSettings":
        """Return a site's settings, or the defaults: a reader's request writes nothing (Wagtail's `for_site` would)."""
        return cls.base_queryset().filter(site=site).first() or cls(site=site)

    @property
    def promise(self) -> str:
        """What the desk promises, in the active language: "A person answers you within two working days.", or ""."""
        if not self.answer_days:
            return ""
        promised = ngettext(
            "A person answers you within one working day.",
            "A person answers you within %(days)s working days.",
            self.answer_days,
        )
        return promised % {"days": apnumber(self.answer_days)}

    @classmethod
    def asked(cls, request: HttpRequest) -> "SiteSettings":
        """Return the settings of the site that a request asks, or the defaults."""
        site = Site.find_for_request(request)
        return cls.read(site) if site else cls()

    @property
    def chosen_colours(self) -> Mapping[str, str]:
        """The colours that stand for the style sheet's (`core.fields.colours`)."""
        chosen = {"river": self.action_colour, "earth": self.accent_colour}
        return {name: colour for name, colour in chosen.items() if colour}

    def colours(self, theme: Theme = "light") -> Colours:
        """Return all colours of this site by name."""
        return colours(theme, self.chosen_colours)

    @property
    def has_own_colours(self) -> bool:
        """Say whether the colours differ from those of the style sheet."""
        own = colours()
        return any(colour.lower() != own[name].lower() for name, colour in self.chosen_colours.items())

    @property
    def theme_version(self) -> str:
        """Changes with any colour, so that browsers fetch the new ones."""
        return sha256(repr((self.colours("light"), self.colours("dark"))).encode()).hexdigest()[:8]
