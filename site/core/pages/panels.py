"""Panels of our own in the editor."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel


class WarningsPanel(Panel):
    """One box above the form: what should be looked at before the page is published. It warns and forbids nothing."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"heading": _("To look at before publication")} | kwargs)

    class BoundPanel(Panel.BoundPanel):
        """The warnings of the page as it stands in the form."""

        template_name = "core/admin/warnings.html"

        def is_shown(self) -> bool:
            """A page that is being added has nothing to warn of yet."""
            return super().is_shown() and self.instance.pk is not None and bool(self.warnings)

        @property
        def warnings(self) -> list[str]:
            """What the page says."""
            return self.instance.warnings
