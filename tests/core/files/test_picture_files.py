"""What is stored of a picture: its pixels and nothing else, and always something that can be shown."""

import io
import struct
import zlib
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import translation
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st
from PIL import Image, ImageCms, PngImagePlugin

from core.files.pictures import LONGEST_SIDE, PictureRefused, clean_picture
from core.models import SiteDocument, SiteImage
from core.pictures.renditions import PRESETS, picture
from factories import ImageFactory

pytestmark = pytest.mark.once

# What no file of the site may hold, wherever a program puts it.
SECRET = b"SECRET-PHONE"
ICC = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
MODES = {
    "jpeg": ("1", "L", "RGB", "CMYK", "YCbCr"),
    "png": ("1", "L", "LA", "I;16", "P", "RGB", "RGBA"),
    "webp": ("L", "RGB", "RGBA", "P"),
    "avif": ("L", "RGB", "RGBA"),
}


def exif(orientation=1):
    """Exif with a place, a telephone, a maker's note and an orientation."""
    tags = Image.Exif()
    tags[0x0112], tags[0x010F], tags[0x0110] = orientation, SECRET.decode(), SECRET.decode()
    tags.get_ifd(0x8769)[0x927C] = SECRET
    tags.get_ifd(0x8825).update({1: "N", 2: (47.0, 35.0, 10.0), 3: "E", 4: (1.0, 20.0, 9.0), 29: SECRET.decode()})
    return tags.tobytes()


def file_of(kind, mode="RGB", size=(48, 36), orientation=1, profile=ICC, **options):
    """A picture as a telephone or a program may write it, full of what is nobody's business."""
    image = Image.new("RGB", size, "teal")
    image.paste("orange", (0, 0, max(1, size[0] // 2), max(1, size[1] // 2)))
    if mode == "I;16":
        image = image.convert("L").convert("I").point(lambda value: value * 257).convert(mode)
    elif mode != "RGB":
        image = image.convert(mode)
    written = io.BytesIO()
    options |= {"exif": exif(orientation)}
    if kind == "jpeg":
        options |= {"comment": SECRET, "xmp": b"<x>" + SECRET + b"</x>"}
    if kind in ("webp", "avif"):
        options["xmp"] = b"<x>" + SECRET + b"</x>"
    if kind == "png":
        notes = PngImagePlugin.PngInfo()
        notes.add_text("Author", SECRET.decode())
        notes.add_text("Comment", SECRET.decode(), zip=True)
        notes.add_itxt("XML:com.adobe.xmp", SECRET.decode())
        options["pnginfo"] = notes
    image.save(written, kind.upper(), icc_profile=profile, **options)
    return written.getvalue() + SECRET  # behind its end, as the second pictures of a telephone are


def said_in(content):
    """What a file says beside its pixels."""
    with Image.open(io.BytesIO(content)) as image:
        image.load()
        said = set(image.info) - {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"}
        said -= {"loop", "timestamp", "duration", "background"}  # of WebP and AVIF: how long a still picture stands
        return said | ({"exif"} if dict(image.getexif()) else set())


cases = st.sampled_from(sorted(MODES)).flatmap(
    lambda kind: st.fixed_dictionaries(
        {
            "kind": st.just(kind),
            "mode": st.sampled_from(MODES[kind]),
            "size": st.sampled_from([(1, 1), (48, 36), (36, 48), (900, 2), (2, 900)]),
            "orientation": st.integers(0, 9),
            "profile": st.sampled_from([None, ICC, b"no profile", ICC[:200]]),
        }
    )
)


@effort(max_examples=60, deadline=None)
@given(case=cases)
def test_any_picture_keeps_nothing_but_its_pixels(case):
    content = clean_picture(io.BytesIO(file_of(**case)))
    assert SECRET not in content
    assert said_in(content) == set()
    width, height = case["size"]
    with Image.open(io.BytesIO(content)) as image:
        assert image.mode in ("L", "RGB", "RGBA")
        assert image.size == ((height, width) if case["orientation"] in (5, 6, 7, 8) else (width, height))


@pytest.mark.parametrize(("kind", "mode"), [(kind, mode) for kind, modes in MODES.items() for mode in modes])
def test_any_picture_can_be_shown_in_every_format_and_says_nothing(db, kind, mode):
    image = ImageFactory(file=ContentFile(file_of(kind, mode, orientation=6), f"photo.{kind}"))
    assert SECRET not in Path(image.file.path).read_bytes()
    assert (image.width, image.height) == (36, 48)
    for preset in PRESETS:
        assert picture(image, preset)
    for rendition in image.renditions.all():
        content = Path(rendition.file.path).read_bytes()
        assert SECRET not in content
        assert said_in(content) == set()


def test_sixteen_bit_grey_keeps_its_greys():
    deep = Image.new("I;16", (2, 1))
    deep.putpixel((0, 0), 65535)
    deep.putpixel((1, 0), 32896)
    written = io.BytesIO()
    deep.save(written, "PNG")
    with Image.open(io.BytesIO(clean_picture(written))) as image:
        assert [image.getpixel((x, 0)) for x in range(2)] == [255, 128]


def test_what_shines_through_still_does():
    glass = Image.new("P", (4, 4), 0)
    glass.putpalette([255, 0, 0, 0, 255, 0])
    written = io.BytesIO()
    glass.save(written, "PNG", transparency=0)
    with Image.open(io.BytesIO(clean_picture(written))) as image:
        assert image.convert("RGBA").getpixel((0, 0))[3] == 0


def test_colours_of_another_profile_look_the_same():
    """A profile is applied, not dropped: what is pure blue in a wide space is not sRGB's."""
    lab = io.BytesIO()
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    Image.new("RGB", (4, 4), (10, 120, 200)).save(lab, "JPEG", icc_profile=profile)
    # A profile of another kind of pixels says nothing about these.
    with Image.open(io.BytesIO(clean_picture(lab))) as image:
        assert all(abs(a - b) < 6 for a, b in zip(image.getpixel((1, 1)), (10, 120, 200), strict=True))


@pytest.mark.parametrize("kind", ["png", "webp", "avif"])
def test_a_moving_picture_stands_still(kind):
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("teal", "orange", "navy")]
    written = io.BytesIO()
    frames[0].save(written, kind.upper(), save_all=True, append_images=frames[1:], duration=100)
    with Image.open(io.BytesIO(clean_picture(written))) as image:
        assert getattr(image, "n_frames", 1) == 1


def test_a_large_picture_is_kept_at_what_pages_need():
    written = io.BytesIO()
    Image.new("L", (9000, 300)).save(written, "PNG")
    with Image.open(io.BytesIO(clean_picture(written))) as image:
        assert image.size == (LONGEST_SIDE, 133)


# --- What is refused ----------------------------------------------------------------------------------------------
def bomb(width, height):
    """A PNG of a few bytes that says it is huge."""

    def chunk(kind, content):
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 9)) + chunk(b"IEND", b"")
    )


REFUSED = {
    "huge.png": (bomb(12700, 10000), "127"),
    "huger.png": (bomb(60000, 60000), "3600"),
    "cut.jpg": (file_of("jpeg", size=(400, 300))[:2500], "incomplet"),
    "cut.png": (file_of("png", size=(400, 300))[:700], "incomplet"),
    "hollow.png": (bomb(300, 300), "incomplet"),
}


@pytest.fixture
def fields():
    return {"title": "Pont", "licence": "own", "collection": "1", "alt_texts_fr": "Le pont", "credit": "", "tags": ""}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_shown_is_refused_beside_the_field(admin, home, fields, name):
    content, said = REFUSED[name]
    answer = admin.post("/admin/images/add/", fields | {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 200
    assert said in "".join(answer.context["form"].errors["file"])
    assert 'value="Pont"' in answer.content.decode()
    assert not SiteImage.objects.exists()


def test_a_file_that_is_named_as_another_kind_is_refused_with_what_to_do(admin, home, fields):
    answer = admin.post(
        "/admin/images/add/",
        fields | {"file": SimpleUploadedFile("photo.jpg", file_of("webp"))},
        headers={"accept-language": "fr"},
    )
    assert "enregistrez-la en JPEG ou en PNG" in "".join(answer.context["form"].errors["file"])


@pytest.mark.parametrize("name", REFUSED)
def test_code_cannot_store_it_either(db, name):
    with pytest.raises(PictureRefused):
        ImageFactory(file=ContentFile(REFUSED[name][0], name))
    assert not SiteImage.objects.exists()


def test_the_message_is_in_the_readers_language():
    with translation.override("en"), pytest.raises(PictureRefused, match="127 million pixels"):
        clean_picture(io.BytesIO(bomb(12700, 10000)))


# --- Doors ------------------------------------------------------------------------------------------------------
def stored():
    """What lies under the public address of the media."""
    return [path.read_bytes() for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


@pytest.fixture
def media(settings, tmp_path):
    """An empty folder of media."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.mark.parametrize("memory", [2_500_000, 0], ids=["in memory", "in a temporary file"])
def test_no_form_leaves_a_place_behind(admin, home, media, settings, fields, memory):
    """Added, set aside while a field is wrong, completed, replaced."""
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = memory
    photo = file_of("jpeg", size=(400, 300))

    def upload(name):
        return SimpleUploadedFile(name, photo, "image/jpeg")

    assert admin.post("/admin/images/add/", fields | {"file": upload("a.jpg")}).status_code == 302
    image = SiteImage.objects.get()
    assert admin.post(f"/admin/images/{image.pk}/", fields | {"file": upload("b.jpg")}).status_code == 302
    several = admin.post("/admin/images/multiple/add/", {"files[]": upload("c.jpg"), "collection": "1"}).json()
    aside = several["uploaded_file_id"]
    assert stored()
    assert not any(SECRET in content for content in stored())
    prefix = f"uploaded-image-{aside}-"
    answer = admin.post(
        f"/admin/images/multiple/create_from_uploaded_image/{aside}/",
        {prefix + name: value for name, value in fields.items()},
    )
    assert answer.json()["success"]
    assert SiteImage.objects.count() == 2
    assert not any(SECRET in content for content in stored())


def test_a_title_changes_without_the_file_being_written_again(db):
    image = SiteImage.objects.get(pk=ImageFactory().pk)
    before = (image.file.name, image.file_hash, Path(image.file.path).stat().st_mtime_ns)
    image.title = "Autrement"
    image.save()
    assert (image.file.name, image.file_hash, Path(image.file.path).stat().st_mtime_ns) == before


def test_pictures_of_before_are_stripped_once(db, media, django_capture_on_commit_callbacks):
    image = ImageFactory(file__width=500, file__height=300)
    name = image.file.name
    picture(image, "card")
    Path(image.file.path).write_bytes(file_of("jpeg", size=(40, 30), orientation=6))
    SiteImage.objects.update(clean_name="")
    broken = ImageFactory()
    Path(broken.file.path).unlink()
    SiteImage.objects.filter(pk=broken.pk).update(clean_name="")
    with django_capture_on_commit_callbacks(execute=True):
        call_command("strip_metadata")
    image.refresh_from_db()
    assert (image.width, image.height, image.file_is_clean) == (30, 40, True)
    assert not image.renditions.exists()
    assert not (media / name).exists()
    assert not any(SECRET in content for content in stored())
    written = Path(image.file.path).stat().st_mtime_ns
    call_command("strip_metadata")
    image.refresh_from_db()
    assert Path(image.file.path).stat().st_mtime_ns == written


def box(kind, *contents):
    """A box of an MP4."""
    content = b"".join(contents)
    return struct.pack(">I", 8 + len(content)) + kind + content


PLACE = box(b"udta", box(b"\xa9xyz", SECRET))
VIDEO = b"".join(
    [
        box(b"ftyp", b"isom"),
        box(
            b"moov", box(b"mvhd", bytes(20)), box(b"trak", box(b"udta", SECRET)), box(b"udta", box(b"\xa9xyz", SECRET))
        ),
        box(b"free", bytes(70_000), SECRET),
        box(b"mdat", b"pictures and sound"),
        box(b"skip", SECRET),
        box(b"uuid", SECRET),
    ]
)


@pytest.mark.parametrize("content", [VIDEO, VIDEO[:-4], VIDEO[:70], VIDEO[:9], VIDEO[:8]], ids=len)
def test_a_video_does_not_say_where_it_was_made(admin, home, media, content):
    upload = SimpleUploadedFile("ici.mp4", content, "video/mp4")
    assert admin.post("/admin/documents/add/", {"title": "Ici", "collection": "1", "file": upload}).status_code == 302
    document = SiteDocument.objects.get()
    kept = Path(document.file.path).read_bytes()
    assert len(kept) == len(content)
    if content == VIDEO:
        assert SECRET not in kept
        assert b"pictures and sound" in kept
        assert not document.blank_metadata()  # once is enough
