"""The colours of the site, written once: in `:root` of `static/css/site.css`.

Whatever is no page (PDF, share pictures, frames, sign, QR codes) reads them from there. Administrators may choose two
for their site (`SiteSettings`): `river` and `earth`, on which links, buttons, hero, pins and accents rest.
"""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from django.contrib.staticfiles import finders

SHEET = "css/site.css"

Colours = dict[str, str]
Theme = Literal["light", "dark"]


@cache
def _written() -> dict[Theme, Colours]:
    """Return what the style sheet says in each theme: ``#rrggbb``, ``#rgb`` or ``var(--name)`` by name."""
    sheet = Path(str(finders.find(SHEET))).read_text()
    light, dark = (
        dict(re.findall(r"--([\w-]+):\s*(#[0-9a-fA-F]+|var\(--[\w-]+\));", rule))
        for rule in re.findall(r":root\s*\{([^}]*)\}", sheet)[:2]
    )
    return {"light": light, "dark": light | dark}


def colours(theme: Theme = "light", chosen: Mapping[str, str] | None = None) -> Colours:
    """Return all colours of a theme by name, as ``#rrggbb``; those `chosen` stand for the style sheet's own."""
    known = _written()[theme] | dict(chosen or {})

    def resolve(value: str) -> str:
        while value.startswith("var("):
            value = known[value[6:-1]]
        return "#" + "".join(2 * digit for digit in value[1:]) if len(value) == 4 else value

    return {name: resolve(value) for name, value in known.items()}
