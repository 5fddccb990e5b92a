"""What stands on the search page: pages of the reader's language, groups, filters whose counts are true, excerpts."""

import datetime as dt
import re
from collections import Counter
from urllib.parse import parse_qsl

import pytest
import time_machine
from django.core.management import call_command
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.models import PageViewRestriction

from core.kinds.table import result_kinds
from factories import (
    NOW,
    EventFactory,
    HousingFactory,
    OfferFactory,
    QuestionFactory,
    RuleFactory,
    SpecialtyFactory,
    SupervisorFactory,
    TestimonialFactory,
    block,
    days,
    languages,
    prose,
    publish,
    the_index,
    translate,
)
from search import engines
from search.finding import suggestions
from search.indexing import outbox
from search.models import SearchPage, SearchState, SearchWord
from territoire.models import InternshipOfferPage, RulesPage

# Signs that each engine, the templates or the address could stumble over.
NONSENSE = [
    "a" * 10_000,
    "stage " * 2_000,
    "\x00\x01\x02stage\x7f",
    '"AND (',
    "NOT OR AND NEAR(",
    "🩺🏥 stage 🚲",
    "‫تدريب طبي‬",
    "*" * 100,
    "s*t*a*g*e* ?????",
    "title:stage^9 -blois ~2 && || !",
    "'; DROP TABLE search_text; --",
    "<script>alert(1)</script>",
    "%00%0a\ud83d".encode("utf-8", "ignore").decode(),
    "\\" * 50,
    "l' d' qu'",
]


@pytest.fixture
def french_search(demo):
    """The address of the French search page."""
    return SearchPage.objects.get(locale__language_code="fr").url


def test_results_are_in_the_reader_s_language_and_stand_ins_apart(demo, engine, search):
    eyes = SpecialtyFactory(name="Ophtalmologie", reference="ophtalmologie")
    translate(eyes, "de", {"name": "Augenheilkunde"})
    publish(OfferFactory(title="Ophtalmologie à Blois", specialty=eyes, reference="LC41-2027-900"))
    outbox.rebuild()
    for language in ("fr", "en", "es", "de"):
        found = search(language, q="Blois")
        pages = {result.url for result in found.shown}
        assert pages
        assert all(url.startswith(f"/{language}/") for url in pages)
        assert bool(found.french) == (language != "fr")
        assert len(found.french.results if found.french else ()) == min(found.answer.french, 3)
    untranslated = search("de", q="Augenheilkunde")
    assert not untranslated.everything.count
    assert untranslated.french.results[0].title.startswith("Ophtalmologie")
    stand_ins = search("es", q="Blois", type="french")
    assert stand_ins.results
    assert all(result.french_title for result in stand_ins.results)
    assert not search("es", q="Blois").shown[0].french_title


def test_an_overview_shows_each_page_once_and_leads_to_all_of_its_kind(demo, engine, search):
    outbox.rebuild()
    for query in ("médecine", "château"):
        found = search("fr", q=query)
        urls = [result.url for result in found.shown]
        assert len(urls) == len(set(urls))
        for tab in found.tabs:
            assert search("fr", q=query, type=dict(parse_qsl(tab.url[1:]))["type"]).total == tab.count
        in_groups = {tab.label for tab in found.groups}
        above = Counter(result.kind.label for result in found.best)
        assert in_groups == {tab.label for tab in found.tabs if tab.count > above[tab.label]}


def test_a_group_says_how_many_of_its_results_stand_above(home, engine, search):
    """Else one seems to be lost, and "See all" leads to what is on the page already."""
    for number in range(2):
        QuestionFactory(title=f"Convention {number}")
    for number in range(2):
        HousingFactory(title=f"Chambre avec convention {number}")
    outbox.rebuild()
    found = search("fr", q="convention")
    assert found.groups
    above = Counter(result.kind.label for result in found.best)
    for group in found.groups:
        assert group.above == above[group.label]
        assert group.above + len(group.results) == group.count
        assert not group.has_more
    with translation.override("fr"):
        page = render_to_string("search/components/overview.html", {"search": found})
    assert 'class="more"' not in page
    assert "dont 1 ci-dessus)" in page


def test_every_count_of_every_filter_is_what_a_click_shows(demo, engine, search):
    outbox.rebuild()
    found = search("fr", q="stage", type="offers", field="medecine")
    assert found.total
    for facet in found.facets:
        for option in facet.options:
            chosen = {"q": "stage", "type": "offers", "field": "medecine"} | {facet.name: option.value}
            clicked = search("fr", **chosen)
            assert clicked.total == option.count, (facet.name, option.value)
            assert len(clicked.results) == min(clicked.total, 12)
            if option.more is not None:
                both = search("fr", **chosen | {facet.name: [*facet.values, option.value]})
                assert both.total == found.total + option.more, (facet.name, option.value)
    assert {option.more for option in found.facets[0].options} > {None}, "a second field adds to the first"


def test_a_search_without_words_counts_what_the_lists_count(demo, engine, search, client, text_of):
    outbox.rebuild()
    index = InternshipOfferPage.objects.first().get_parent().specific
    listing = index.make_listing(_request(client, index.url))
    found = search("fr", type="offers")
    open_and_full = {facet.name: {option.value: option.count for option in facet.options} for facet in listing.facets}
    for facet in found.facets:
        for option in facet.options:
            assert option.count == open_and_full[facet.name][option.value], (facet.name, option.value)


def _request(client, url):
    return client.get(url).wsgi_request


def test_the_two_dates_of_a_list_filter_the_search_too(home, indexed, engine, search):
    OfferFactory(title="Stage de printemps", start_date=days(100), end_date=days(162))
    OfferFactory(title="Stage d’été", start_date=days(200), end_date=days(262))
    HousingFactory(title="Chambre de stage", available_from=days(90), available_until=days(170))
    outbox.rebuild()
    period = {"from": days(100).isoformat(), "to": days(162).isoformat()}
    assert [one.title for one in search("fr", q="stage", type="offers", **period).results] == ["Stage de printemps"]
    assert search("fr", q="stage", type="housing", **period).total == 1
    assert search("fr", q="stage", type="offers", **{"from": "demain"}).period.errors


def test_open_offers_stand_above_full_ones_and_these_above_closed_ones(home, engine, search):
    OfferFactory(title="Stage stage stage complet", filled=True)
    OfferFactory(title="Stage stage stage clos", closed=True)
    OfferFactory(title="Médecine ouverte", summary="Un stage.")
    OfferFactory(title="Stage passé", archived=True)
    OfferFactory(title="Stage brouillon", draft=True)
    EventFactory(title="Soirée de stage", start=_at(-10), end=_at(-9))
    outbox.rebuild()
    for order in ({}, {"sort": "start"}, {"sort": "deadline"}):
        found = search("fr", q="stage", type="offers", **order)
        titles = [(result.title, str(result.standing)) for result in found.results]
        assert titles == [
            ("Médecine ouverte", ""),
            ("Stage stage stage complet", "Complète"),
            ("Stage stage stage clos", "Close"),
        ], order
    assert str(search("fr", q="soirée", type="events").results[0].standing)


def _at(count):
    return dt.datetime.combine(days(count), dt.time(18), tzinfo=dt.UTC)


def test_offers_are_sorted_by_first_day_and_by_deadline(home, engine, search):
    OfferFactory(title="Stage B", start_date=days(120), end_date=days(190), deadline=days(20))
    OfferFactory(title="Stage A", start_date=days(110), end_date=days(190), deadline=days(30))
    outbox.rebuild()
    assert [one.title for one in search("fr", q="stage", type="offers", sort="start").results] == ["Stage A", "Stage B"]
    by_deadline = search("fr", q="stage", type="offers", sort="deadline").results
    assert [one.title for one in by_deadline] == ["Stage B", "Stage A"]


def test_pages_of_results_follow_each_other_without_gap_or_repetition(home, engine, search):
    for number in range(30):
        OfferFactory(title=f"Stage {number}")
    outbox.rebuild()
    seen = [one.url for page in (1, 2, 3) for one in search("fr", q="stage", type="offers", page=page).results]
    assert len(seen) == len(set(seen)) == 30
    assert (
        search("fr", q="stage", type="offers", page="99").results
        == search("fr", q="stage", type="offers", page="3").results
    )
    assert search("fr", q="stage", type="offers", page="-1").page.number == 1


def test_the_found_words_are_marked_in_a_piece_of_the_text(home, engine, search):
    OfferFactory(
        title="Une offre",
        summary="Rien de particulier.",
        body=prose("Avant. " * 80 + "On y soigne les <b>genoux</b> &amp; les hanches. " + "Après. " * 80),
    )
    outbox.rebuild()
    (result,) = search("fr", q="genou", type="offers").results
    assert [text for text, found in result.excerpt if found] == ["genoux"]
    assert len("".join(text for text, _found in result.excerpt)) < 300


def test_markup_in_content_and_in_queries_is_only_text(home, client, indexed):
    home.add_child(instance=SearchPage(title="Rechercher", locale=home.locale))
    OfferFactory(title="Stage <script>alert(1)</script>", summary="<img src=x onerror=alert(2)> stage")
    indexed()
    answer = client.get("/fr/rechercher/", {"q": "stage <script>alert(3)</script>", "type": "offers"})
    body = answer.content.decode()
    assert answer.status_code == 200
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in body
    assert "&lt;script&gt;alert(3)&lt;/script&gt;" in body
    for number in (1, 2, 3):
        assert f"<script>alert({number})" not in body
    assert "<img src=x" not in body


def test_nonsense_is_answered_politely(demo, engine, french_search):
    outbox.rebuild()
    client = Client(raise_request_exception=False)
    for typed in NONSENSE:
        for query in (
            {"q": typed},
            {"q": typed, "type": "offers", "field": typed[:50], "page": "-1", "sort": typed[:20], "from": typed[:20]},
            {"suggest": typed},
        ):
            assert client.get(french_search, query).status_code in {200, 400}, (typed[:40], query)
    for page in ("-1", "0", "١", "123456abc", "9" * 50, ""):
        query = {"q": "stage", "type": "nothing", "unknown": "1", "page": page}
        assert client.get(french_search, query).status_code == 200, page


# --- What a visitor may find ------------------------------------------------------------------------------------
def titles(search, query, language="fr"):
    """What is found."""
    return {result.title for result in search(language, q=query).shown}


def test_a_page_is_found_from_its_publication_until_it_is_taken_back(home, indexed, engine, search):
    outbox.rebuild()
    offer = OfferFactory(title="Balnéothérapie à Vendôme")
    indexed()
    assert titles(search, "balneotherapie") == {"Balnéothérapie à Vendôme"}
    offer.title = "Hydrologie à Vendôme"
    offer.save_revision()
    indexed()
    assert titles(search, "hydrologie") == set()
    offer.save_revision().publish()
    indexed()
    assert titles(search, "hydrologie") == {"Hydrologie à Vendôme"}
    offer.unpublish()
    indexed()
    assert titles(search, "hydrologie") == set()
    offer.save_revision().publish()
    indexed()
    offer.delete()
    indexed()
    assert titles(search, "hydrologie") == set()


def test_an_amount_in_the_facts_of_a_result_never_parts_from_its_unit(home, engine, search):
    HousingFactory(title="Chambre au calme", monthly_rent=140)
    outbox.rebuild()
    facts = " ".join(search("fr", q="calme").shown[0].facts)
    assert "140\u00a0€" in facts


def test_restricted_pages_are_not_found_nor_suggested_nor_counted(home, indexed, engine, search):
    offer = OfferFactory(title="Balnéothérapie à Vendôme", town="Zébuville")
    TestimonialFactory(title="Une voix", offer=offer, body=prose("Un bon souvenir."))
    outbox.rebuild()
    assert suggestions("fr", "balneo") == ["Balnéothérapie à Vendôme"]
    restriction = PageViewRestriction.objects.create(page=offer.get_parent(), restriction_type="login")
    indexed()
    assert titles(search, "balneotherapie") == set()
    assert suggestions("fr", "balneo") == suggestions("fr", "zebu") == []
    assert search("fr", type="offers").total == 0
    assert "balnéothérapie" not in search("fr", q="balneotherapi souvenir").corrected
    restriction.delete()
    indexed()
    assert "Balnéothérapie à Vendôme" in titles(search, "balneotherapie")


def test_a_deleted_offer_leaves_no_word_behind(home, indexed, search):
    offer = OfferFactory(title="Balnéothérapie à Vendôme")
    TestimonialFactory(title="Une voix", offer=offer)
    indexed()
    offer.delete()
    indexed()
    assert suggestions("fr", "balneo") == []
    assert not SearchWord.objects.filter(word="balneotherapie").exists()


@pytest.mark.parametrize("way", ["schedule", "bulk", "French"])
def test_whatever_takes_a_page_back_takes_it_from_the_search(home, indexed, admin, search, way):
    languages("en")
    offer = publish(OfferFactory(title="Balnéothérapie"))
    indexed()
    assert search("en", q="balneotherapie").answer.french == 1
    if way == "schedule":
        publish(offer, expire_at=NOW + dt.timedelta(hours=1))
        indexed()
        with time_machine.travel(NOW + dt.timedelta(hours=2)):
            call_command("publish_scheduled")
    elif way == "bulk":
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
        admin.post(f"{address}?id={offer.pk}&next=/admin/")
    else:
        offer.unpublish()
    assert not type(offer).objects.filter(live=True).exists()
    indexed()
    assert not search("fr", q="balneotherapie").found_anything
    assert not search("en", q="balneotherapie").found_anything


def test_a_draft_of_a_public_page_disturbs_nobody(home, indexed):
    offer = publish(OfferFactory(title="Balnéothérapie"))
    indexed()
    before = SearchState.now()
    offer.title = "Hydrologie"
    offer.save_revision()
    indexed()
    assert SearchState.now() == before


def test_a_renamed_specialty_is_found_by_its_new_name(home, indexed, engine, search):
    specialty = SpecialtyFactory(name="Rhumatologie", reference="rhumato")
    OfferFactory(title="Au cabinet", specialty=specialty)
    outbox.rebuild()
    specialty.name = "Dermatologie"
    specialty.save()
    indexed()
    assert titles(search, "dermatologie") == {"Au cabinet"}
    assert search("fr", q="rhumatologie").found_anything is False


def test_the_rules_are_found_by_what_they_say_today(home, indexed, engine, search, wagtails_tasks):
    """On the register's page, and where an answer states one."""
    publish(the_index(RulesPage, "Les sources"))
    rule = RuleFactory(statement="Une attestation d’honorabilité est demandée.")
    publish(QuestionFactory(title="Quels papiers", body=[block("rule", rule.pk)]))
    wagtails_tasks()
    outbox.rebuild()
    assert titles(search, "honorabilité") == {"Les sources", "Quels papiers"}
    rule.statement = "Une vaccination est demandée."
    rule.save()
    indexed()
    assert titles(search, "vaccination") == {"Les sources", "Quels papiers"}
    assert search("fr", q="honorabilité").found_anything is False


def test_a_supervisor_is_found_by_name_only_while_that_is_agreed(home, indexed, engine, search):
    supervisor = SupervisorFactory(name="Dr Zébulon Quartier")
    OfferFactory(title="Au cabinet", supervisor=supervisor, host=supervisor.host)
    outbox.rebuild()
    assert titles(search, "zebulon") == {"Au cabinet"}
    supervisor.publication_agreed = False
    supervisor.save()
    indexed()
    assert titles(search, "zebulon") == set()


def test_suggestions_are_names_that_public_pages_have(demo, client, french_search):
    def suggested(text):
        return client.get(french_search, {"suggest": text}).json()["suggestions"]

    assert "Médecine générale" in suggested("medecine g")
    assert any("Blois" in text for text in suggested("bloi"))
    assert suggested("x") == []
    assert len(suggested("st")) <= 8
    folded = [text.casefold() for text in suggested("log")]
    assert len(folded) == len(set(folded)), "each name once, however pages write it"
    for typed in ("log", "faq", "uni", "tem", "evt", "page", "atout"):
        assert not [text for text in suggested(typed) if re.search(r"^(log|faq|uni|tem|evt|page|atout)-", text)]


def test_codes_by_which_files_name_pages_find_nothing(home, indexed, search):
    """The reference of a testimonial would give away the name that its signature does not say."""
    TestimonialFactory(title="Une voix", reference="tem-dr-quistrebert")
    OfferFactory(title="Au cabinet", reference="LC41-2027-077")
    indexed()
    assert not search("fr", q="quistrebert").found_anything
    assert titles(search, "lc41-2027-077") == {"Au cabinet"}


def test_each_kind_has_filters_that_the_index_can_hold(demo):
    for kind in result_kinds().values():
        names = [facet.name for facet in kind.facets()]
        assert len(names) == len(set(names)), kind.code
        assert not {"q", "type", "page", "sort", "suggest"} & set(names)


def test_all_answers_cost_the_same_number_of_queries(demo, french_search, client, django_assert_max_num_queries):
    client.get(french_search, {"q": "stage"})
    many_synonyms = {"q": "bourse logement stage"}
    for query in ({"q": "stage"}, {"q": "stage", "type": "offers"}, {"q": "logemnt"}, many_synonyms):
        with django_assert_max_num_queries(18):
            assert client.get(french_search, query).status_code == 200


def test_the_database_engine_is_what_answers_here(demo):
    assert engines.the_cluster() is None
