"""What nobody can have meant is refused beside its field, with everything typed kept."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from core.fields.codes import telephone
from factories import (
    EventFactory,
    HostFactory,
    HousingFactory,
    OfferFactory,
    StrengthFactory,
    SupervisorFactory,
    TestimonialFactory,
    UniversityFactory,
)
from sending import as_sent


def answer_to(browser, page, **typed):
    """What the admin answers when a page's form is sent with other values."""
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    sent = as_sent(browser.get(address).context["form"])
    return browser.post(address, sent | typed | {"action-publish": "1"})


@pytest.mark.parametrize("year", ["0001", "0999", "1899", "2101", "9999"])
@pytest.mark.parametrize("hour", ["00:00", "23:59"])
def test_an_event_in_a_year_that_nobody_means_is_refused_beside_its_field(admin, home, year, hour):
    answer = answer_to(admin, EventFactory(), start=f"01/01/{year} {hour}", end=f"31/12/{year} {hour}")
    assert answer.status_code == 200
    form = answer.context["form"]
    assert {"start", "end"} <= set(form.errors)
    assert form["start"].value() == f"01/01/{year} {hour}"


@pytest.mark.parametrize("hour", ["go_live_at", "expire_at"])
def test_a_schedule_in_the_year_1_is_refused_too(admin, home, hour):
    assert hour in answer_to(admin, EventFactory(), **{hour: "0001-01-01 00:00"}).context["form"].errors


@pytest.mark.parametrize(
    ("factory", "field"), [(OfferFactory, "review_on"), (TestimonialFactory, "consent_on"), (EventFactory, "review_on")]
)
def test_code_meets_the_same_rule(home, factory, field):
    page = factory()
    setattr(page, field, dt.date(1, 1, 1))
    with pytest.raises(ValidationError) as refusal:
        page.full_clean()
    assert field in refusal.value.message_dict


NONSENSE = [
    (TestimonialFactory, "country", ["XX", "ZZ", "EU", "ro", "FRA", "F"]),
    (TestimonialFactory, "original_language", ["zz", "FR", "xx"]),
    (TestimonialFactory, "year", [20267, 1999, 0, 2028]),
    (TestimonialFactory, "consent_on", [dt.date(2099, 1, 1), dt.date(2026, 11, 23)]),
    (UniversityFactory, "country", ["XX", "UN", "XK "]),
    (UniversityFactory, "erasmus_code", ["JAEN", "E JAEN", "e jaen01", "12345678"]),
    (UniversityFactory, "website", ["javascript:alert(1)", "exemple", "http://"]),
    (HousingFactory, "monthly_rent", [-1, 50_000]),
    (HousingFactory, "deposit", [-1, 99_999]),
    (HousingFactory, "max_months", [0, 400]),
    (HousingFactory, "min_weeks", [0, 400]),
    (HousingFactory, "places", [0, 1000]),
    (OfferFactory, "hours_per_week", [0, 49]),
    (OfferFactory, "capacity", [0, 5000]),
    (OfferFactory, "min_weeks", [0]),
    (OfferFactory, "max_weeks", [0, 53]),
    (OfferFactory, "french_level", ["A0", "x"]),
    (OfferFactory, "latitude", [91, -91]),
    (OfferFactory, "review_on", [dt.date(20, 1, 1), dt.date(3000, 1, 1)]),
    (EventFactory, "capacity", [-1]),
    (HostFactory, "postcode", ["4100", "ABCDE", "99000", "00000"]),
    (HostFactory, "website", ["www", "ftp:/x"]),
    (SupervisorFactory, "most_students", [0, 1000]),
]


@pytest.mark.parametrize(
    ("factory", "field", "value"), [(factory, field, value) for factory, field, values in NONSENSE for value in values]
)
def test_a_value_that_nobody_means_is_refused(home, factory, field, value):
    """By the model, so by form, loader and code alike."""
    record = factory()
    record.full_clean()
    setattr(record, field, value)
    with pytest.raises(ValidationError) as refusal:
        record.full_clean()
    assert field in refusal.value.message_dict


@pytest.mark.parametrize(("language", "name"), [("fr", "Roumanie"), ("de", "Rumänien"), ("en", "Romania")])
def test_a_country_is_chosen_by_its_name_in_the_editors_language(admin, home, language, name):
    address = reverse("wagtailadmin_pages:edit", args=[TestimonialFactory().pk])
    html = admin.get(address, headers={"accept-language": language}).content.decode()
    assert f'<option value="RO" selected>{name}</option>' in html


@pytest.mark.parametrize("number", ["call me", "1", "0" * 30, "javascript:x"])
def test_a_telephone_that_cannot_be_dialled_is_refused(number):
    with pytest.raises(ValidationError):
        telephone(number)


@pytest.mark.parametrize("number", ["02 54 00 00 00", "+33 2 54 00 00 00", "15", "(0)2-54.00.00.00"])
def test_a_telephone_that_can_be_dialled_is_kept(number):
    telephone(number)


@pytest.mark.parametrize("typed", ["³", "٣", "-1", "9" * 40, "x", ""])
def test_a_number_of_a_language_that_is_none_is_no_fault_of_the_site(admin, home, typed):
    page = StrengthFactory()
    address = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    assert admin.post(address, {"locales": [typed]}).status_code in {200, 400}


@pytest.mark.parametrize("typed", ["³", "0", "x"])
def test_a_list_filtered_by_a_strange_number_is_shown(admin, home, typed):
    for name in ("wagtailadmin_reports:site_history", "wagtailadmin_reports:aging_pages", "wagtailimages:index"):
        address = reverse(name)
        for query in ("locale", "user", "collection_id", "usage_count_min", "timestamp_from", "timestamp_to", "p"):
            assert admin.get(address, {query: typed}).status_code in {200, 302, 404}, (name, query)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "08/04/2027"])
def test_a_report_from_a_day_that_never_was_is_no_fault_of_the_site(admin, home, day):
    for name, query in (
        ("wagtailadmin_reports:site_history", ("timestamp_from", "timestamp_to")),
        ("wagtailadmin_reports:locked_pages", ("locked_at_from", "locked_at_to")),
        ("wagtailadmin_reports:workflow", ("created_at_from", "created_at_to")),
        ("wagtailadmin_reports:aging_pages", ("last_published_at",)),
    ):
        for part in query:
            assert admin.get(reverse(name), {part: day}).status_code in {200, 400}, (name, part)


SEARCHED = [
    *("/admin/pages/1/results/", "/admin/pages/search/", "/admin/choose-page/search/", "/admin/api/main/pages/"),
    *("/admin/images/", "/admin/images/chooser/results/", "/admin/documents/", "/admin/users/", "/admin/redirects/"),
    *("/admin/snippets/territoire/hoststructure/", "/admin/snippets/choose/territoire/supervisor/results/"),
]
BEGUN = [
    '"',
    '"Blois',
    '"a""',
    '"\\',
    "\\",
    "\0",
    'a "b',
    "'",
    "l'",
    "%s",
    "*",
    "a AND",
    "{",
    "word " * 3000,
    '"a" ' * 900,
]


@pytest.mark.parametrize("typed", BEGUN)
def test_whatever_is_typed_into_a_search_of_the_admin_is_answered(admin, home, typed):
    """While one types, each letter is sent."""
    for address in SEARCHED:
        asked = {"search" if "/api/" in address else "q": typed}
        assert admin.get(address, asked).status_code == 200, address


def test_a_quotation_that_is_begun_finds_its_words(admin, home, wagtails_tasks):
    page = StrengthFactory(title="Blois et la Loire")
    wagtails_tasks()
    for typed in ("Blois", '"Blois', '"Blois et"'):
        found = admin.get("/admin/api/main/pages/", {"search": typed}).json()["items"]
        assert [item["id"] for item in found] == [page.pk], typed


NOBODYS = [
    *("/admin/choose-page/chosen-multiple/?id=³", "/admin/choose-page/chosen-multiple/?id=x"),
    *("/admin/images/chooser/chosen-multiple/?id=x", "/admin/documents/chooser/chosen-multiple/?id=x"),
    *("/admin/snippets/choose/territoire/supervisor/chosen/x/", "/admin/snippets/territoire/supervisor/edit/x/"),
    *("/admin/snippets/territoire/supervisor/history/x/", "/admin/snippets/territoire/supervisor/usage/x/"),
    *("/admin/api/main/pages/?offset=99999999999999999999999", f"/admin/api/main/pages/?offset={'9' * 5000}"),
    *(f"/admin/api/main/pages/{'9' * 30}/", f"/admin/pages/{'9' * 30}/edit/", f"/admin/images/{'9' * 30}/"),
    "/admin/snippets/choose/territoire/supervisor/chosen-multiple/?id=x",
]


@pytest.mark.parametrize("address", NOBODYS)
def test_a_number_that_is_none_is_no_fault_of_the_site(admin, home, address):
    assert admin.get(address).status_code in {200, 302, 400, 404}


@pytest.mark.parametrize("number", ["x", "³", "9" * 30])
def test_a_form_sent_for_a_number_that_is_none_is_no_fault_of_the_site(admin, home, number):
    for address in (f"/admin/bulk/core/siteimage/delete/?id={number}", f"/admin/bulk/core/user/delete/?id={number}"):
        assert admin.post(address).status_code in {302, 400, 404}, address
