"""Testimonials: whose words, with what consent, beside what."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from factories import OfferFactory, TestimonialFactory


def test_a_voice_is_named_by_first_name_and_country(client, home, text_of):
    voice = TestimonialFactory(first_name="Ioana", country="RO")
    assert voice.byline == "Ioana, Roumanie"
    assert "Ioana, Roumanie" in text_of(client.get(voice.url))


def test_a_supervisor_is_named_with_the_profession(home):
    assert TestimonialFactory(first_name="Hélène", profile="encadrant").byline == "Hélène, médecine"


def test_a_voice_leads_to_its_placement_while_that_is_there(client, home):
    offer = OfferFactory(title="Au bord du Cher")
    voice = TestimonialFactory(offer=offer)
    assert f'href="{offer.url}"' in client.get(voice.url).content.decode()
    offer.unpublish()
    assert "Au bord du Cher" not in client.get(voice.url).content.decode()


def test_a_voice_outlives_its_placement(client, home):
    voice = TestimonialFactory(offer=OfferFactory())
    voice.offer.delete()
    voice.refresh_from_db()
    assert voice.offer is None
    assert client.get(voice.url).status_code == 200


def test_a_voice_from_another_language_says_so(client, home, text_of):
    spanish, french = TestimonialFactory(original_language="es"), TestimonialFactory(original_language="fr")
    assert str(_("Given in")) in text_of(client.get(spanish.url))
    assert "espagnol" in text_of(client.get(spanish.url))
    assert str(_("Given in")) not in text_of(client.get(french.url))


@pytest.mark.parametrize(
    ("field", "value"), [("country", "Roumanie"), ("country", "ro"), ("original_language", "français")]
)
def test_codes_are_codes(home, field, value):
    voice = TestimonialFactory()
    setattr(voice, field, value)
    with pytest.raises(ValidationError) as refusal:
        voice.full_clean()
    assert field in refusal.value.message_dict


def test_voices_are_listed_the_newest_placement_first(client, home):
    for year in (2024, 2026, 2025):
        index = TestimonialFactory(title=f"En {year}", year=year).get_parent()
    entries = client.get(index.url).context["entries"]
    assert [entry.title for entry in entries] == ["En 2026", "En 2025", "En 2024"]


def test_a_voice_whose_consent_is_taken_back_leaves_the_site(client, home):
    """The editor unpublishes it: page, list and the offer's strip no longer say it."""
    offer = OfferFactory()
    voice = TestimonialFactory(title="On revient", offer=offer)
    assert "On revient" in client.get(offer.url).content.decode()
    voice.unpublish()
    assert client.get(voice.url).status_code == 404
    for address in (offer.url, voice.get_parent().url, "/fr/"):
        assert "On revient" not in client.get(address).content.decode()
