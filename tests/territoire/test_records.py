"""Records and pages refuse what cannot be, beside the field."""

import pytest
from django.core.exceptions import ValidationError

from factories import (
    EventFactory,
    HostFactory,
    HousingFactory,
    OfferFactory,
    SpecialtyFactory,
    StrengthFactory,
    SupervisorFactory,
    UniversityFactory,
    days,
)
from territoire.models import InternshipOfferPage

pytestmark = pytest.mark.once

OFFER = {
    "the end before the beginning": ({"end_date": days(99)}, "end_date"),
    "longer than the period": ({"max_weeks": 10}, "max_weeks"),
    "a deadline after the beginning": ({"deadline": days(100)}, "deadline"),
    "shortest longer than longest": ({"min_weeks": 9, "max_weeks": 8}, "min_weeks"),
    "more places left than places": ({"places_left": 3}, "places_left"),
    "no weeks": ({"min_weeks": 0}, "min_weeks"),
    "no level": ({"levels": []}, "levels"),
    "an unknown level": ({"levels": ["cycle9"]}, "levels"),
    "too many hours": ({"hours_per_week": 49}, "hours_per_week"),
    "half a place on the map": ({"latitude": 47.5}, "longitude"),
}


@pytest.mark.parametrize("case", OFFER)
def test_an_offer_refuses(home, case):
    wrong, field = OFFER[case]
    offer = OfferFactory()
    offer.full_clean()
    for name, value in wrong.items():
        setattr(offer, name, value)
    with pytest.raises(ValidationError) as refusal:
        offer.full_clean()
    assert list(refusal.value.message_dict) == [field]


def test_a_supervisor_teaches_at_the_offers_host(home):
    offer = OfferFactory()
    offer.supervisor = SupervisorFactory()
    with pytest.raises(ValidationError) as refusal:
        offer.full_clean()
    assert list(refusal.value.message_dict) == ["supervisor"]
    offer.supervisor = SupervisorFactory(host=offer.host)
    offer.full_clean()


def test_a_reference_names_one_page(home):
    OfferFactory(reference="LC41-2027-900")
    other = OfferFactory()
    other.reference = "LC41-2027-900"
    with pytest.raises(ValidationError) as refusal:
        other.full_clean()
    assert list(refusal.value.message_dict) == ["reference"]


def test_the_offers_own_field_is_open_to_it(home):
    offer = OfferFactory(field="pharmacie", open_fields=["medecine"])
    assert offer.open_fields == ["medecine", "pharmacie"]


def test_an_approval_has_an_end(db):
    supervisor = SupervisorFactory()
    supervisor.approval_status = "agree"
    with pytest.raises(ValidationError) as refusal:
        supervisor.full_clean()
    assert list(refusal.value.message_dict) == ["approval_until"]


def test_other_things_that_cannot_be(home):
    cases = [
        (HousingFactory(), {"available_until": days(-1)}, "available_until"),
        (EventFactory(), {"end": EventFactory().start}, "end"),
        (EventFactory(), {"venue": ""}, "venue"),
        (UniversityFactory(), {"country": "XX"}, "country"),
        (UniversityFactory(), {"country": "Roumanie"}, "country"),
        (StrengthFactory(), {"longitude": 1.3}, "latitude"),
        (StrengthFactory(), {"latitude": 91, "longitude": 1}, "latitude"),
        (HostFactory(), {"latitude": 1.3}, "longitude"),
    ]
    for page, wrong, field in cases:
        page.full_clean()
        for name, value in wrong.items():
            setattr(page, name, value)
        with pytest.raises(ValidationError) as refusal:
            page.full_clean()
        assert field in refusal.value.message_dict


def test_an_online_event_needs_no_place(home):
    EventFactory(mode="en_ligne", venue="").full_clean()


def test_a_new_specialty_gets_the_code_of_its_name(db):
    assert SpecialtyFactory(name="Médecine d’urgence", reference="").reference == "medecine_durgence"


def test_records_in_use_cannot_be_deleted(home):
    from django.db.models import ProtectedError

    offer = OfferFactory()
    with pytest.raises(ProtectedError):
        offer.host.delete()
    with pytest.raises(ProtectedError):
        offer.specialty.delete()


def test_an_offer_survives_its_room(home):
    room = HousingFactory()
    offer = OfferFactory(housing=room, housing_included=True)
    room.delete()
    offer = InternshipOfferPage.objects.get(pk=offer.pk)
    assert offer.housing is None
