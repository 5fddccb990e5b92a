"""Pictures: formats and sizes, consent, focal point."""

import re
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.template import Context, Template
from PIL import Image
from willow.plugins.pillow import PillowImage

from core.models import SiteRendition
from core.pictures.encoding import SPEED
from core.pictures.renditions import PRESETS, make_all, picture
from factories import ImageFactory, StrengthFactory, days

pytestmark = pytest.mark.once


def show(image, preset="card", **options):
    """Print the picture component."""
    template = Template("{% show_picture image preset alt=alt lazy=lazy %}")
    return template.render(Context({"image": image, "preset": preset, "alt": "", "lazy": True} | options))


def test_a_picture_comes_as_avif_webp_and_jpeg_with_its_size(db):
    html = show(ImageFactory(file__width=1000, file__height=500), alt="Un pont")
    assert re.findall(r'<source type="([^"]+)"', html) == ["image/avif", "image/webp"]
    for srcset in re.findall(r'srcset="([^"]+)"', html):
        assert re.findall(r" (\d+)w", srcset) == ["400", "800"]
    img = re.search(r"<img [^>]*>", html).group()
    assert re.search(r'src="/media/images/[^"]+\.jpg"', img)
    assert re.search(r'width="800"\s+height="400"', img)
    assert 'alt="Un pont"' in img
    assert 'loading="lazy"' in img


def test_a_small_picture_is_not_blown_up(db):
    html = show(ImageFactory(file__width=48, file__height=36), "lead")
    assert re.search(r'width="48"\s+height="36"', html)
    for srcset in re.findall(r'srcset="([^"]+)"', html):
        assert re.findall(r" (\d+)w", srcset) == ["48"]


def test_the_first_picture_of_a_page_is_not_lazy(db):
    assert "loading=" not in show(ImageFactory(), lazy=False)


def test_files_are_made_once(db):
    image = ImageFactory(file__width=500, file__height=300)
    first = make_all(image)
    made = set(SiteRendition.objects.values_list("pk", "file"))
    assert first == len(made) > 0
    assert make_all(image) == first
    assert set(SiteRendition.objects.values_list("pk", "file")) == made


def test_avif_is_written_at_our_speed():
    pixels = Image.effect_noise((96, 64), 60).convert("RGB")
    written, wanted = BytesIO(), {}
    PillowImage(pixels).save_as_avif(written, quality=58)
    for speed in (6, SPEED):
        file = BytesIO()
        pixels.copy().save(file, "AVIF", quality=58, speed=speed)
        wanted[speed] = file.getvalue()
    assert written.getvalue() == wanted[SPEED] != wanted[6]


def test_pages_ask_for_nothing_that_was_not_made(db, client):
    """No visitor waits for an encoder."""
    strength = StrengthFactory(picture=ImageFactory(file__width=500, file__height=300))
    make_all(strength.picture)
    before = SiteRendition.objects.count()
    for address in (strength.url, strength.get_parent().url):
        assert client.get(address).status_code == 200
    assert SiteRendition.objects.count() == before


@pytest.mark.parametrize("name", PRESETS)
def test_each_preset_has_a_fallback(db, name):
    made = picture(ImageFactory(), name)
    assert made.fallback.url.endswith(".jpg")
    assert [source.mime_type for source in made.sources] == ["image/avif", "image/webp"]


@pytest.mark.parametrize(
    ("focus", "named"),
    [((0, 0), "focus-x1 focus-y1"), ((99, 99), "focus-x5 focus-y5"), ((50, 50), "focus-x3 focus-y3")],
)
def test_the_focal_point_stays_in_sight(db, focus, named):
    image = ImageFactory(file__width=100, file__height=100)
    image.focal_point_x, image.focal_point_y = focus
    image.focal_point_width = image.focal_point_height = 2
    assert f'class="{named}"' in show(image)


def test_without_a_focal_point_the_middle_is_shown(db):
    assert 'class="focus-x3 focus-y3"' in show(ImageFactory())


# --- Consent ----------------------------------------------------------------------------------------------------
def with_people(until):
    return ImageFactory(shows_people=True, consent_on=days(-300), consent_until=until)


def test_a_picture_of_people_is_shown_until_their_consent_ends(db):
    assert show(with_people(days(0))).strip()
    assert not show(with_people(days(-1))).strip()


def test_an_expired_picture_leaves_page_list_and_share(client, home):
    expired = with_people(days(-1))
    strength = StrengthFactory(picture=expired)
    for address in (strength.url, strength.get_parent().url):
        html = client.get(address).content.decode()
        assert "<picture>" not in html
        assert "og:image" not in html
    assert not SiteRendition.objects.exists()


def test_a_picture_whose_consent_runs_is_shared_with_its_alternative_text(client, home):
    strength = StrengthFactory(picture=with_people(days(1)), picture_alt="Le pont, un soir")
    html = client.get(strength.url).content.decode()
    assert re.search(r'<meta property="og:image" content="https?://[^"]+\.jpg">', html)
    assert '<meta property="og:image:alt" content="Le pont, un soir">' in html
    assert 'alt="Le pont, un soir"' in html


def test_recognisable_people_need_a_dated_consent(db):
    image = ImageFactory()
    image.shows_people = True
    with pytest.raises(ValidationError) as refusal:
        image.full_clean()
    assert {"consent_on", "consent_until"} <= set(refusal.value.message_dict)


def test_a_consent_does_not_end_before_it_begins(db):
    image = ImageFactory()
    image.shows_people, image.consent_on, image.consent_until = True, days(1), days(0)
    with pytest.raises(ValidationError) as refusal:
        image.full_clean()
    assert "consent_until" in refusal.value.message_dict


def test_the_alternative_text_is_edited_in_each_language(admin, home):
    """The form of a picture has one field a language, and French is required."""
    image = ImageFactory()
    address = f"/admin/images/{image.pk}/"
    html = admin.get(address).content.decode()
    assert 'name="alt_texts_fr"' in html
    fields = {"title": "Pont", "licence": "own", "collection": "1", "credit": "", "tags": ""}
    answer = admin.post(address, fields | {"alt_texts_fr": ""})
    assert answer.status_code == 200
    assert "alt_texts" in answer.context["form"].errors
    answer = admin.post(address, fields | {"alt_texts_fr": "Le pont de Blois"})
    assert answer.status_code == 302
    image.refresh_from_db()
    assert image.alt_texts["fr"] == "Le pont de Blois"
