"""Pictures of a territory file: SVG sources are rendered, other files taken as they are."""

import hashlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import resvg_py
from django.core.files.base import ContentFile
from PIL import Image
from pydantic import Field

from ..models import SiteImage
from .schema import Record, Reference, Texts
from .sections import Context, Section, register


class FocusRecord(Record):
    """`point_focal`, in per cent of width and height."""

    x: float = Field(ge=0, le=100)
    y: float = Field(ge=0, le=100)


class ImageRecord(Record):
    """`images`: `pour` and `galerie` name the records that show the picture."""

    id: Reference
    fichier: str
    titre: str
    point_focal: FocusRecord
    alt: Texts
    credit: str = ""
    pour: list[str] = []
    galerie: list[str] = []


def rendered(path: Path) -> bytes:
    """Return a PNG of an SVG file in its own size, or another picture's bytes."""
    if path.suffix.lower() != ".svg":
        return path.read_bytes()
    width = int(float(ElementTree.parse(path).getroot().get("width", "1500")))
    return bytes(resvg_py.svg_to_bytes(svg_path=str(path), width=width))


@register
class Images(Section):
    """Pictures."""

    key, schema, order = "images", ImageRecord, 10

    def check(self, record: ImageRecord, context: Context) -> Iterator[tuple[str, str]]:
        """The file is there."""
        if not (context.folder / record.fichier).is_file():
            yield "fichier", f"{record.fichier!r} is not beside the territory file"

    def find(self, record: ImageRecord) -> SiteImage | None:
        """Look the picture up by its reference."""
        return SiteImage.objects.filter(reference=record.id).first()

    def write(self, record: ImageRecord, context: Context) -> SiteImage:
        """Create or update by reference; the file is stored again only when it has changed."""
        image = self.find(record) or SiteImage(reference=record.id)
        content = rendered(context.folder / record.fichier)
        if not image.pk or image.get_file_hash() != hashlib.sha1(content, usedforsecurity=False).hexdigest():
            suffix = ".png" if record.fichier.endswith(".svg") else Path(record.fichier).suffix
            image.file = ContentFile(content, name=f"{record.id}{suffix}")
            image.file_size = len(content)
            image.file_hash = ""
            if image.pk:
                image.renditions.all().delete()
            with Image.open(BytesIO(content)) as opened:
                image.width, image.height = opened.size
        image.title = record.titre
        image.alt_texts = record.alt
        image.credit = record.credit
        image.focal_point_x = int(image.width * record.point_focal.x / 100)
        image.focal_point_y = int(image.height * record.point_focal.y / 100)
        image.focal_point_width = image.focal_point_height = image.width // 10
        image.save()
        for reference in record.pour:
            context.pictures[reference] = image
        for reference in record.galerie:
            context.galleries.setdefault(reference, []).append(image)
        return image
