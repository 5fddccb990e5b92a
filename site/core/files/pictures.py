"""What is kept of a picture's file: its pixels, upright, in sRGB, of a size that pages can use. Nothing else.

Telephones write into a picture where and with what it was taken, and a small copy of what was cropped away; programs
add more, also after its end. So a file is never stored as it came: its pixels are decoded and written anew. What comes
out can be shown in every format that pages ask for.
"""

from io import BytesIO
from typing import IO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps

# More than telephones make by default; 200 MB once decoded. Asked of the header, before anything is decoded.
MOST_PIXELS = 50_000_000
# Width and height of what is stored, in pixels: more than any page asks for.
LONGEST_SIDE = 4000
# An old picture is taken as it is, up to what a file of the largest upload once held.
MOST_PIXELS_ONCE = 180_000_000

# Pillow's own limit stands above ours and speaks of attacks.
Image.MAX_IMAGE_PIXELS = None

# What Pillow calls them, and how they are written. MPO is a JPEG with further pictures behind it.
WRITTEN: dict[str, tuple[str, dict[str, object]]] = {
    "JPEG": ("JPEG", {"quality": 92, "optimize": True, "progressive": True}),
    "MPO": ("JPEG", {"quality": 92, "optimize": True, "progressive": True}),
    "PNG": ("PNG", {}),
    "WEBP": ("WEBP", {"quality": 92}),
    "AVIF": ("AVIF", {"quality": 90, "speed": 8}),
}
DEEP_GREY = ("I", "I;16", "I;16B", "I;16L", "I;16N")


class CleanFile(ContentFile):
    """A picture's file that holds nothing but pixels."""

    is_clean = True


class PictureRefused(ValidationError):
    """The file cannot be shown; the message says why, in the reader's language."""


def size_of(file: IO[bytes]) -> tuple[int, int] | tuple[None, None]:
    """Return width and height as the file's header says them, without decoding it; None for what is no picture."""
    try:
        file.seek(0)
        return Image.open(file).size
    except Exception:  # as in `clean_picture`, which says what is wrong
        return None, None


def clean_picture(file: IO[bytes], most_pixels: int = MOST_PIXELS) -> bytes:
    """Return the picture of a file as a new file of the same format, without anything but its pixels.

    Of a moving picture the first frame is kept: what moves needs a way to stop it (RGAA 13.8).
    Raises `PictureRefused`.
    """
    file.seek(0)
    try:
        with Image.open(file) as image:
            if image.format not in WRITTEN:
                raise PictureRefused(_("Choose a picture in JPEG, PNG, WebP or AVIF."))
            if image.width * image.height > most_pixels:
                raise PictureRefused(
                    _(
                        "The picture has %(count)d million pixels (%(width)d × %(height)d), and %(most)d are the most. "
                        "Save it smaller: %(side)d pixels a side are enough."
                    )
                    % {
                        "count": round(image.width * image.height / 1e6),
                        "width": image.width,
                        "height": image.height,
                        "most": most_pixels // 1_000_000,
                        "side": LONGEST_SIDE,
                    }
                )
            kind, options = WRITTEN[image.format]
            written = BytesIO()
            _pixels(image).save(written, kind, **options)
    except PictureRefused:
        raise
    except MemoryError:
        raise
    except Exception as error:  # decoders raise whatever the file makes them: OSError, SyntaxError, struct.error…
        raise PictureRefused(_("The picture cannot be read: its file is damaged or incomplete.")) from error
    return written.getvalue()


def _pixels(image: Image.Image) -> Image.Image:
    """Return a picture's pixels upright, in L, RGB or RGBA of eight bits and sRGB, not above the longest side."""
    # A JPEG is decoded at a half, a quarter or an eighth where that is enough.
    image.draft(None, (LONGEST_SIDE, LONGEST_SIDE))
    image.load()
    profile = image.info.get("icc_profile")
    upright = _upright(image)
    pixels = _in_srgb(_shown_mode(upright), profile)
    pixels.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    pixels.info = {}  # the encoders write what they find there
    return pixels


def _upright(image: Image.Image) -> Image.Image:
    try:
        return ImageOps.exif_transpose(image)
    except Exception:  # Exif is whatever a program wrote: without a readable orientation the pixels stand as they are
        return image.copy()


def _shown_mode(image: Image.Image) -> Image.Image:
    """Return a picture in L, RGB, RGBA or CMYK of eight bits."""
    if image.mode in DEEP_GREY:
        return image.convert("I").point(lambda value: value * (1 / 257) + 0).convert("L")
    if image.mode in ("LA", "PA", "La", "RGBa") or "transparency" in image.info:
        return image.convert("RGBA")
    if image.mode in ("1", "F"):
        return image.convert("L")
    return image if image.mode in ("L", "RGB", "RGBA", "CMYK") else image.convert("RGB")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Return the colours as every screen shows them; a profile that cannot be read, or is of another kind, is left."""
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            if image.mode != "CMYK" and ImageCms.getProfileDescription(source).startswith("sRGB"):
                return image
            mode = "RGBA" if image.mode == "RGBA" else "RGB"
            return ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=mode)
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass
    return image.convert("RGB") if image.mode == "CMYK" else image
