"""The one picture pipeline: AVIF and WebP in a few widths, one JPEG for what reads neither.

Pictures are never cropped here: style sheets crop with `object-fit` around the picture's focal point, so that one
ladder of widths serves cards, pages and the home page.
"""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.core.cache import cache
from django.db import IntegrityError

from ..models import BasePage, SiteImage, SiteRendition
from ..pages.address import absolute

logger = logging.getLogger(__name__)

MODERN_FORMATS = ("avif", "webp")
# Seconds until a file that could not be made is tried again, and said again in the log.
TRIED_AGAIN_AFTER = 600


@dataclass(frozen=True)
class Preset:
    """Widths in pixels, the `sizes` attribute that goes with the layout, and the width of the JPEG."""

    widths: tuple[int, ...]
    sizes: str
    fallback: int = 800


PRESETS: dict[str, Preset] = {
    "card": Preset((400, 800), "(min-width: 64rem) 24rem, (min-width: 40rem) 45vw, 92vw"),
    "lead": Preset((400, 800, 1200), "(min-width: 64rem) 46rem, 100vw"),
    "hero": Preset((800, 1200, 1600, 2400), "100vw", fallback=1200),
}
HERO_FROM_WIDTH = 2000
# What networks show beside a link, in pixels (https://ogp.me).
DRAWN_SIZE = (1200, 630)


@dataclass(frozen=True)
class Source:
    """One `<source>` element of a picture: a format with its ladder of widths."""

    mime_type: str
    srcset: str


@dataclass(frozen=True)
class Picture:
    """What the picture component prints."""

    sources: list[Source]
    fallback: SiteRendition
    sizes: str


def specs(preset: Preset) -> dict[str, list[str]]:
    """Return Wagtail's filter specs of a preset by format."""
    by_format = {kind: [f"width-{width}|format-{kind}" for width in preset.widths] for kind in MODERN_FORMATS}
    by_format["jpeg"] = [f"width-{preset.fallback}|format-jpeg"]
    return by_format


def files_of(image: SiteImage, wanted: Iterable[str]) -> dict[str, SiteRendition] | None:
    """Return the files of a picture by filter spec, made if they are not there yet.

    None where one cannot be made (its original is missing or damaged, the disk is full, the picture was deleted
    meanwhile): whoever shows pictures goes on without it. That is said once in the log.
    """
    try:
        return image.get_renditions(*wanted)
    except (OSError, IntegrityError) as error:
        if cache.add(image.broken_key, True, TRIED_AGAIN_AFTER):
            logger.error("Picture %s (%s) cannot be shown: %s", image.pk, image.file.name, error)
        return None


def picture(image: SiteImage | None, preset_name: str) -> Picture | None:
    """Return the picture's files in the preset's widths, or None where it may not or cannot be shown."""
    if image is None or not image.may_be_shown():
        return None
    preset = PRESETS[preset_name]
    by_format = specs(preset)
    renditions = files_of(image, [spec for group in by_format.values() for spec in group])
    if renditions is None:
        return None
    sources = []
    for kind in MODERN_FORMATS:
        # A small original yields the same file for several widths: each is named once.
        files = {renditions[spec].width: renditions[spec].url for spec in by_format[kind]}
        sources.append(Source(f"image/{kind}", ", ".join(f"{url} {width}w" for width, url in files.items())))
    return Picture(sources, renditions[by_format["jpeg"][0]], preset.sizes)


@dataclass(frozen=True)
class SharePicture:
    """The picture that a shared link shows: its whole address, its size in pixels, and what it shows."""

    url: str
    width: int
    height: int
    alt: str


def share_picture(page: BasePage) -> SharePicture | None:
    """Return the picture drawn for a page, else its leading one, else None."""
    if page.drawn_picture:
        return SharePicture(absolute(page.drawn_picture), *DRAWN_SIZE, page.drawn_alt)
    return leading_picture(page)


def leading_picture(page: BasePage) -> SharePicture | None:
    """Return a page's own picture in one size that every program reads, if it may be shown."""
    image = page.picture
    shown = picture(image, "lead")
    if shown is None:
        return None
    file = shown.fallback
    return SharePicture(absolute(file.url), file.width, file.height, page.picture_alt or image.default_alt_text)


def presets_of(image: SiteImage) -> Iterator[str]:
    """Name the presets in which a picture may be shown: large ones may fill the home page."""
    yield from ("card", "lead")
    if image.width >= HERO_FROM_WIDTH:
        yield "hero"


def make_all(image: SiteImage) -> int:
    """Make every file that pages may ask of this picture; return how many there are."""
    wanted = {spec for name in presets_of(image) for group in specs(PRESETS[name]).values() for spec in group}
    return len(files_of(image, sorted(wanted)) or ())
