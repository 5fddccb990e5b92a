"""The catalogue of open data says all that DCAT-AP and data.gouv.fr ask, and its addresses answer."""

import datetime as dt
import json
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pyshacl import validate
from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, SH

from core.models import SiteSettings
from core.web.last_modified import note_change
from factories import NOW, AidFactory, EventFactory, HousingFactory, OfferFactory, publish, the_index
from territoire.models import Figure, HousingPage, InternshipOfferPage, RulesPage
from territoire.outlets.catalogue.table import DATA_SETS
from territoire.rules.register import FigureCode

pytestmark = pytest.mark.once

VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
ADMS = Namespace("http://www.w3.org/ns/adms#")
AN_HOUR = dt.timedelta(hours=1)
SHAPES = Graph().parse(Path(__file__).parent / "dcat_ap.ttl")
#: What must be there: (class, property), as the shapes say it.
ASKED = sorted(
    {
        (SHAPES.value(shape, SH.targetClass), SHAPES.value(rule, SH.path))
        for shape, rule in SHAPES.subject_objects(SH.property)
        if SHAPES.value(rule, SH.minCount)
    }
)


@pytest.fixture
def answer(home, client):
    """The catalogue of a site with something in each data set."""
    chosen = SiteSettings.for_site(home.get_site())
    chosen.publisher_name, chosen.siren = "Département de Loir-et-Cher", "224100016"
    chosen.email, chosen.phone = "guichet@exemple.fr", "02 54 00 00 00"
    chosen.save()
    for factory in (OfferFactory, HousingFactory, EventFactory, AidFactory):
        publish(factory())
    publish(the_index(RulesPage, "Les règles"))
    return client.get("/data/catalog.jsonld")


@pytest.fixture
def graph(answer):
    """The same as RDF."""
    return Graph().parse(data=answer.content, format="json-ld")


def faults(graph):
    """The properties with which the shapes find fault."""
    _fits, report, _text = validate(graph, shacl_graph=SHAPES)
    return {str(path) for path in report.objects(None, SH.resultPath)}


def test_the_catalogue_fits_the_shapes(graph):
    assert faults(graph) == set()


@pytest.mark.parametrize(("kind", "name"), ASKED, ids=lambda part: part.rpartition("/")[2].rpartition("#")[2])
def test_what_is_left_out_is_found(graph, kind, name):
    holders = list(graph.subjects(RDF.type, kind))
    assert holders, f"the catalogue has no {kind}"
    graph.remove((holders[0], name, None))
    assert str(name) in faults(graph)


WRONG = {
    "an access address that is text": (DCAT.Distribution, DCAT.accessURL, Literal("offers.csv")),
    "a relative access address": (DCAT.Distribution, DCAT.accessURL, URIRef("file:///data/offers.csv")),
    "a media type that is a word": (DCAT.Distribution, DCAT.mediaType, Literal("text/csv")),
    "a theme of nobody's": (DCAT.Dataset, DCAT.theme, URIRef("https://example.org/health")),
    "a frequency in words": (DCAT.Dataset, DCTERMS.accrualPeriodicity, Literal("tous les jours")),
    "a publisher that is a name": (DCAT.Dataset, DCTERMS.publisher, Literal("Département")),
    "an e-mail that is text": (VCARD.Organization, VCARD.hasEmail, Literal("guichet@exemple.fr")),
    "a SIREN of eight digits": (ADMS.Identifier, URIRef("http://www.w3.org/2004/02/skos/core#notation"), Literal("1")),
    "a data set that is not there": (DCAT.DataService, DCAT.servesDataset, URIRef("https://example.org/nothing")),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_found(graph, case):
    kind, name, value = WRONG[case]
    graph.set((next(graph.subjects(RDF.type, kind)), name, value))
    assert str(name) in faults(graph)


def test_each_data_set_is_in_the_catalogue_with_its_files_and_the_api(graph):
    assert {"offres", "logements", "evenements", "regles", "aides"} <= {entry.code for entry in DATA_SETS}
    (catalogue,) = graph.subjects(RDF.type, DCAT.Catalog)
    told = set(graph.objects(catalogue, DCAT.dataset))
    assert {str(node).rpartition("#")[2] for node in told} == {entry.code for entry in DATA_SETS}
    for entry in DATA_SETS:
        (node,) = (node for node in told if str(node).endswith(f"#{entry.code}"))
        ways = {str(graph.value(way, DCAT.accessURL)) for way in graph.objects(node, DCAT.distribution)}
        assert {file.address for file in entry.files} | ({entry.api_address} - {""}) == ways
        assert str(graph.value(node, DCAT.landingPage)) == entry.landing_page != ""


def test_each_address_of_the_catalogue_answers_with_its_media_type(graph, client):
    addresses = set()
    for way in graph.subjects(RDF.type, DCAT.Distribution):
        address = str(graph.value(way, DCAT.accessURL))
        media_type = str(graph.value(way, DCAT.mediaType)).removeprefix("https://www.iana.org/assignments/media-types/")
        assert address.startswith(settings.SITE_URL)
        answer = client.get(address.removeprefix(settings.SITE_URL))
        assert (answer.status_code, answer["Content-Type"].partition(";")[0]) == (200, media_type), address
        addresses.add(address)
    others = [*graph.objects(None, DCTERMS.conformsTo), *graph.objects(None, DCAT.endpointDescription)]
    for address in {str(found) for found in [*others, *graph.objects(None, DCAT.landingPage)]}:
        assert client.get(urlsplit(address).path).status_code == 200, address
    assert len(addresses) == 12


def test_the_publisher_is_the_authority_with_its_siren(graph):
    (agent,) = graph.subjects(RDF.type, FOAF.Agent)
    assert str(graph.value(agent, FOAF.name)) == "Département de Loir-et-Cher"
    assert str(graph.value(agent, DCTERMS.identifier)) == "224100016"


def test_a_site_whose_authority_is_not_set_has_a_catalogue_all_the_same(home, client):
    graph = Graph().parse(data=client.get("/data/catalog.jsonld").content, format="json-ld")
    assert faults(graph) == {str(VCARD.hasEmail)}, "nobody has given the desk's e-mail yet"


def test_the_catalogue_is_read_as_harvesters_ask_for_it(answer, client):
    assert answer["Content-Type"] == "application/ld+json"
    assert answer["Last-Modified"]
    assert answer["Content-Language"] == "fr"
    assert client.post("/data/catalog.jsonld").status_code == 405


def moments(client):
    """When each data set was last changed, by its code."""
    graph = Graph().parse(data=client.get("/data/catalog.jsonld").content, format="json-ld")
    sets = graph.subjects(RDF.type, DCAT.Dataset)
    return {str(node).rpartition("#")[2]: graph.value(node, DCTERMS.modified).toPython() for node in sets}


def test_a_data_set_is_as_new_as_what_it_holds(home, client, django_capture_on_commit_callbacks):
    @contextmanager
    def after(hours):
        with time_machine.travel(NOW + hours * AN_HOUR), django_capture_on_commit_callbacks(execute=True):
            yield

    for hours, factory in enumerate((OfferFactory, HousingFactory, EventFactory, AidFactory)):
        with after(hours):
            last = publish(factory())
    with after(5):
        Figure.objects.create(code=FigureCode.PAY_HOURS, value=300, valid_from=NOW.date(), source="Loi")
    found = moments(client)
    order = ("offres", "logements", "evenements", "aides", "regles")
    assert [(found[code] - NOW) // AN_HOUR for code in order] == [0, 1, 2, 3, 5]
    for code, address in (("offres", "data-json"), ("regles", "data-rules"), ("aides", "data-aids")):
        file = json.loads(b"".join(client.get(reverse(address))))
        assert dt.datetime.fromisoformat(file["updated"]) == found[code], "each file says the same of itself"
    with after(6):
        last.delete()
    assert (moments(client)["aides"] - NOW) // AN_HOUR == 6


def test_what_changes_by_itself_is_newer_than_its_pages(home, client):
    for page in (InternshipOfferPage, HousingPage):
        note_change(page._meta.label)
    with time_machine.travel(NOW + 40 * 24 * AN_HOUR):
        found = moments(client)
    assert found["offres"].date() > found["logements"].date()


def test_the_number_of_queries_does_not_grow_with_what_the_data_sets_hold(answer, client):
    def queries():
        client.get("/data/catalog.jsonld")  # what is remembered of the site is remembered then
        with CaptureQueriesContext(connection) as asked:
            client.get("/data/catalog.jsonld")
        return len(asked)

    before = queries()
    for factory in (OfferFactory, HousingFactory, EventFactory, AidFactory):
        publish(factory())
    assert queries() <= before
