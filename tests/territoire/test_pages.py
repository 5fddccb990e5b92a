"""What the pages of the territory show."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from factories import (
    BLOIS,
    NOW,
    PARIS_PLACE,
    VENDOME,
    EventFactory,
    HostFactory,
    HousingFactory,
    ImageFactory,
    OfferFactory,
    SpecialtyFactory,
    StrengthFactory,
    TestimonialFactory,
    UniversityFactory,
    block,
    days,
    the_desk,
)
from territoire.models.strength import StrengthGalleryImage

pytestmark = pytest.mark.once

FACTS = ["specialty", "place", "dates", "level", "french", "participation", "room", "travel", "money", "places"]
TOURS = "Université de Tours"


def strip(html, heading):
    """Titles of the cards under a heading."""
    found = re.search(rf'(?s)<section class="strip"[^>]*>\s*<h2[^>]*>{re.escape(heading)}</h2>(.*?)</section>', html)
    return re.findall(r"<h3>\s*<a [^>]*>(.*?)</a", found.group(1)) if found else []


def test_an_offer_shows_what_a_student_must_know(client, home, text_of):
    room = HousingFactory(title="Maison au bord du Cher", monthly_rent=160)
    host = HostFactory(public_hospital=True, address="1 rue de l’Exemple", presentation="Deux cents lits.")
    offer = OfferFactory(
        host=host,
        housing=room,
        housing_included=True,
        french_level="B2",
        english_level="B1",
        supervision_languages=["fr", "en"],
        hours_per_week=35,
        ects=12,
        frameworks=[("erasmus_stage", TOURS, "participation_encadree"), ("observation", "", "observation")],
        supports=[{"kind": "allocation_departementale", "amount": Decimal(200), "period": "mois"}],
        objectives=[block("objective", "Mener une consultation")],
        body=[block("prose", "<p>Le matin au cabinet.</p>")],
    )
    answer = client.get(offer.url)
    text, html = text_of(answer), answer.content.decode()
    for shown in (
        "Hôpital public",
        "1 rue de l’Exemple",
        "Deux cents lits.",
        "Maison au bord du Cher",
        TOURS,
        "Mener une consultation",
        "Le matin au cabinet.",
        offer.reference,
        str(offer.french_sentence),
        str(offer.english_sentence),
        "200 € ",
    ):
        assert shown.replace("\u00a0", " ") in text, shown
    frameworks = re.search(r'(?s)<section class="frameworks">.*?</section>', html).group()
    assert frameworks.count("<details") == 2
    assert frameworks.count(f"{TOURS}</span>") == 1
    assert f'href="{room.url}"' in html


def test_facts_are_the_same_in_the_same_order_on_card_and_page(client, home):
    offer = OfferFactory(title="Celui-ci")
    page, index = (client.get(address).content.decode() for address in (offer.url, offer.get_parent().url))
    for html in (page, index):
        assert re.findall(r'<div class="fact ([a-z]+)">', html) == FACTS
    values = [re.findall(r'<span class="fact-text">(.*?)</span>', html) for html in (page, index)]
    assert values[0] == values[1]


def test_a_fictional_offer_says_so_on_page_and_card(client, home):
    fictional, real = OfferFactory(fictional=True), OfferFactory()
    assert 'class="fictional"' in client.get(fictional.url).content.decode()
    assert 'class="fictional"' not in client.get(real.url).content.decode()
    html = client.get(real.get_parent().url).content.decode()
    assert html.count('class="fictional-mark"') == 1


def test_an_offer_shows_the_voices_of_its_placement_then_of_its_place_or_specialty(client, home):
    cardiology = SpecialtyFactory(name="Cardiologie", reference="cardiologie")
    offer = OfferFactory(town="Blois", specialty=cardiology)
    same_town = OfferFactory(town="Blois")
    same_specialty = OfferFactory(town="Vendôme", specialty=cardiology)
    elsewhere = OfferFactory(town="Vendôme")
    TestimonialFactory(title="Du même lieu", offer=same_town)
    TestimonialFactory(title="De la même spécialité", offer=same_specialty)
    TestimonialFactory(title="De ce stage", offer=offer, year=2020)
    TestimonialFactory(title="D’ailleurs", offer=elsewhere)
    TestimonialFactory(title="De ce stage, brouillon", offer=offer, live=False)
    html = client.get(offer.url).content.decode()
    assert strip(html, _("Testimonials from the same place or specialty")) == [
        "De ce stage",
        "De la même spécialité",
        "Du même lieu",
    ]


def test_an_offer_names_the_strengths_nearby_the_nearest_first(client, home):
    offer = OfferFactory(**BLOIS)
    StrengthFactory(title="Paris", **PARIS_PLACE)
    StrengthFactory(title="Vendôme", **VENDOME)
    StrengthFactory(title="Blois", latitude=47.59, longitude=1.34)
    StrengthFactory(title="Sans lieu")
    StrengthFactory(title="Brouillon", live=False, **BLOIS)
    shown = strip(client.get(offer.url).content.decode(), _("Near this place"))
    assert shown[0] == "Blois"
    assert set(shown) <= {"Blois", "Vendôme"}


def test_distances_are_those_of_the_map():
    from territoire.rules.nearby import distance_km

    class Place:
        def __init__(self, latitude, longitude):
            self.latitude, self.longitude = latitude, longitude

    assert distance_km(Place(**BLOIS), Place(**BLOIS)) == 0
    assert distance_km(Place(**BLOIS), Place(**PARIS_PLACE)) == pytest.approx(160, abs=5)
    assert distance_km(Place(**BLOIS), Place(**VENDOME)) == pytest.approx(30.5, abs=1)


def test_an_offer_leads_to_open_offers_like_it(client, home):
    cardiology = SpecialtyFactory(name="Cardiologie", reference="cardiologie")
    offer = OfferFactory(title="Celui-ci")
    OfferFactory(title="Même spécialité")
    OfferFactory(title="Même filière", specialty=cardiology)
    OfferFactory(title="Clos", closed=True)
    OfferFactory(title="Pharmacie", field="pharmacie", specialty=cardiology)
    html = client.get(offer.url).content.decode()
    assert strip(html, _("Placements like this one")) == ["Même spécialité", "Même filière"]


def test_a_draft_room_is_not_shown_with_its_offer(client, home):
    offer = OfferFactory(housing=HousingFactory(title="Pas encore prête", live=False), housing_included=True)
    assert "Pas encore prête" not in client.get(offer.url).content.decode()


# --- Strengths --------------------------------------------------------------------------------------------------
def test_a_strength_shows_its_figure_source_and_gallery(client, home, text_of):
    strength = StrengthFactory(
        figure="42 min",
        figure_label="de Vendôme à Paris",
        source="SNCF Connect",
        source_url="https://exemple.fr/train",
        body=[block("prose", "<p>On part le vendredi.</p>")],
        **BLOIS,
    )
    expired = ImageFactory(shows_people=True, consent_on=days(-9), consent_until=days(-1))
    strength.gallery.set(
        [
            StrengthGalleryImage(image=ImageFactory(alt_texts={"fr": "Un train"}), caption="À quai"),
            StrengthGalleryImage(image=expired, caption="Des voyageurs"),
        ]
    )
    strength.save()
    answer = client.get(strength.url)
    text, html = text_of(answer), answer.content.decode()
    for shown in ("42 min", "de Vendôme à Paris", "SNCF Connect", "On part le vendredi.", "À quai"):
        assert shown in text
    assert 'href="https://exemple.fr/train"' in html
    assert 'alt="Un train"' in html
    assert "Des voyageurs" not in text
    assert '"lat": 47.586' in html


def test_a_strength_leads_to_others_of_its_theme_first(client, home):
    strength = StrengthFactory(theme="nature")
    StrengthFactory(title="Le train", theme="mobilite")
    StrengthFactory(title="L’étang", theme="nature")
    assert strip(client.get(strength.url).content.decode(), _("More reasons to come")) == ["L’étang", "Le train"]


def test_a_site_away_from_its_host_shows_neither_the_host_s_street_nor_its_journey(client, home):
    host = HostFactory(address="12 rue du Bourg", postcode="41100", town="Vendôme", access="Bus depuis la gare TGV.")
    room = HousingFactory(town="Vendôme")
    for town, there in (("Vendôme", True), ("Montoire", False)):
        offer = OfferFactory(host=host, town=town, housing_included=True, housing=room)
        page = BeautifulSoup(client.get(offer.url).content, "html.parser")
        where = page.select_one("section.host").text
        assert ("12 rue du Bourg, 41100 Vendôme" in where) is there
        assert ("Bus depuis la gare TGV." in where) is there
        assert ("demandez l’adresse et l’accès au guichet" in where) is not there
        said = "Le logement est à Vendôme, le stage à Montoire"
        assert (said in page.select_one("section.room").text) is not there


# --- Rooms, universities, events ----------------------------------------------------------------------------------
def test_a_room_shows_rent_comfort_and_the_offers_that_come_with_it(client, home, text_of):
    desk = the_desk()
    room = HousingFactory(monthly_rent=160, deposit=0, loan_bike=True, reference="log-cher", minutes_to_station=12)
    OfferFactory(title="Avec chambre", housing=room)
    OfferFactory(title="Close", housing=room, closed=True)
    answer = client.get(room.url)
    text, html = text_of(answer), answer.content.decode()
    assert "160 €" in text
    assert str(_("Loan bike")) in text
    assert strip(html, _("Placements with this room")) == ["Avec chambre"]
    assert f'href="{desk.url}?about=log-cher"' in html


def test_a_university_shows_country_link_and_the_open_offers_in_its_fields(client, home, text_of):
    university = UniversityFactory(country="RO", fields=["pharmacie", "medecine"], erasmus_code="RO CLUJ01")
    OfferFactory(title="Officine", field="pharmacie")
    OfferFactory(title="Soins", field="soins_infirmiers")
    OfferFactory(title="Complet", field="pharmacie", filled=True)
    answer = client.get(university.url)
    text = text_of(answer)
    assert "Roumanie" in text
    assert "RO CLUJ01" in text
    assert strip(answer.content.decode(), _("Open placements in these fields")) == ["Officine"]


@pytest.mark.parametrize(
    ("country", "typed", "kept"),
    [
        ("ES", "E JAEN01", "E  JAEN01"),
        ("ES", "E  JAEN01", "E  JAEN01"),
        ("RO", "RO CLUJ01", "RO CLUJ01"),
        ("FI", "SF HELSINK01", "SF HELSINK01"),
        ("IE", "IRL CORK01", "IRLCORK01"),
        ("FR", "", ""),
    ],
)
def test_an_erasmus_code_is_kept_as_other_software_writes_it(client, home, country, typed, kept):
    university = UniversityFactory(country=country, erasmus_code=typed)
    assert university.erasmus_code == kept
    university.full_clean()
    assert kept in client.get(university.url).content.decode()


@pytest.mark.parametrize(("country", "code"), [("SE", "SF HELSINK01"), ("FR", "FR TOURS01"), ("DE", "DKBOCHUM01")])
def test_an_erasmus_code_of_another_country_is_refused_beside_the_field(home, country, code):
    university = UniversityFactory(country=country)
    university.erasmus_code = code
    with pytest.raises(ValidationError) as refused:
        university.full_clean()
    assert list(refused.value.error_dict) == ["erasmus_code"]


def test_universities_stand_under_their_countries_in_the_readers_alphabet(client, home):
    UniversityFactory(title="Universität", country="DE")
    UniversityFactory(title="Universitat", country="ES")
    index = UniversityFactory(title="Universiteit", country="NL").get_parent()
    html = client.get(index.url).content.decode()
    assert re.findall(r'<h3 id="country-\d">(.*?)</h3>', html) == ["Allemagne", "Espagne", "Pays-Bas"]


def test_an_event_invites_until_it_is_over(client, home):
    desk = the_desk()
    coming = EventFactory(reference="evt-1", registration_required=True)
    past = EventFactory(
        reference="evt-2",
        registration_required=True,
        start=NOW - dt.timedelta(days=2),
        end=NOW - dt.timedelta(days=1),
    )
    assert f'href="{desk.url}?about=evt-1"' in client.get(coming.url).content.decode()
    html = client.get(past.url).content.decode()
    assert "?about=evt-2" not in html
    assert 'class="state-notice"' in html


def test_an_events_times_are_those_of_the_place(client, home):
    event = EventFactory(
        start=dt.datetime(2027, 1, 14, 17, tzinfo=dt.UTC), end=dt.datetime(2027, 1, 14, 18, tzinfo=dt.UTC)
    )
    html = client.get(event.url).content.decode()
    assert 'datetime="2027-01-14T18:00:00+01:00"' in html
    assert "18:00" in html
