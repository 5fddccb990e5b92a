"""The picture that a shared offer shows: specialty, place and dates, over the offer's own picture where it has one."""

import io
from pathlib import Path

from PIL import Image

from core.fields.colours import Colours
from core.pictures.renditions import DRAWN_SIZE, files_of
from core.pictures.typesetting import typeset_png

from ..models import InternshipOfferPage
from ..offer_facts import wording

SOURCE = Path(__file__).with_suffix(".typ")
# What messengers still load: some refuse pictures above 300 kB.
QUALITY = 82
PHOTO = "width-800|format-jpeg"


def share_picture_of(offer: InternshipOfferPage, site_name: str, colours: Colours) -> bytes:
    """Return the picture as JPEG, in the active language."""
    photo = _photo_of(offer)
    files = {"photo.jpg": photo} if photo else {}
    data = {
        "width": DRAWN_SIZE[0],
        "height": DRAWN_SIZE[1],
        "photo": bool(photo),
        "site": site_name,
        "colours": colours,
        "kicker": wording.specialty_text(offer),
        "title": offer.title,
        "place": wording.whole_place_text(offer),
        "dates": wording.dates_text(offer),
        "weeks": wording.weeks_text(offer),
        "language": wording.languages_text(offer),
        "notice": wording.fictional_text(offer),
    }
    drawn = Image.open(io.BytesIO(typeset_png(SOURCE, data, files))).convert("RGB")
    written = io.BytesIO()
    drawn.save(written, "JPEG", quality=QUALITY, optimize=True)
    return written.getvalue()


def _photo_of(offer: InternshipOfferPage) -> bytes | None:
    """Return the offer's own picture as JPEG, if it may and can be shown."""
    if not offer.picture or not offer.picture.may_be_shown():
        return None
    files = files_of(offer.picture, [PHOTO])
    if files is None:
        return None
    try:
        with files[PHOTO].file.open("rb") as file:
            return file.read()
    except OSError:
        return None
