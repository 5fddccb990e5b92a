"""The catalogue in DCAT-AP 3.0 as JSON-LD, as data.gouv.fr harvests it.

Source of the form: https://semiceu.github.io/DCAT-AP/releases/3.0.0/. What data.gouv.fr makes of it is read in
opendatateam/udata, `udata/core/dataset/rdf.py` and `udata/rdf.py` (commit 25b5a2ddd437): a licence is guessed from its
address, a media type from IANA's, a frequency from the European ones, a contact from the vCard; a distribution without
`downloadURL` is known by its `accessURL`; a `DataService` that no distribution names becomes an API of its own. The
context stands in the file, so that nobody fetches another one.
"""

import datetime as dt
from typing import Any

from django.conf import settings
from django.urls import reverse

from core.fields.columns import in_language
from core.fields.telephone import dialled
from core.kinds.table import record_of
from core.models import SiteSettings
from core.pages.address import absolute

from ...models import InternshipOfferPage
from ..open_data import LICENCE
from .table import DATA_SETS, DataSet, MediaType, distributions

Node = dict[str, Any]

EU = "http://publications.europa.eu/resource/authority"
IANA = "https://www.iana.org/assignments/media-types"
# Languages as the Publications Office names them (ISO 639-3); a language that is added gets its line here.
LANGUAGES = {"fr": "FRA", "en": "ENG", "es": "SPA", "de": "DEU"}
# The territory: NUTS 3 region and département, and a box around it (WGS 84, west and south first).
NUTS = "http://data.europa.eu/nuts/code/FRB05"
INSEE = "http://id.insee.fr/geo/departement/41"
BOX = "POLYGON((0.58 47.18, 2.25 47.18, 2.25 48.14, 0.58 48.14, 0.58 47.18))"

CONTEXT = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def catalogue(site: SiteSettings, changed: dt.datetime) -> Node:
    """Return the catalogue of all data sets; `changed` is when public content last changed."""
    publisher, contact = publisher_of(site), contact_of(site)
    data_sets = [data_set_of(entry, publisher, contact) for entry in DATA_SETS]
    return {
        "@context": CONTEXT,
        "@id": _own(),
        "@type": "dcat:Catalog",
        "dct:title": french("Données ouvertes des stages en santé en Loir-et-Cher"),
        "dct:description": french(
            "Toutes les données que le site publie : offres de stage, logements, événements, règles, aides."
        ),
        "dct:publisher": publisher,
        "dct:language": languages(DATA_SETS[0].languages),
        "dct:license": licence(),
        "dct:spatial": spatial(),
        "dct:modified": moment(changed),
        "foaf:homepage": link(f"{settings.SITE_URL}/"),
        "dcat:themeTaxonomy": {"@id": f"{EU}/data-theme", "@type": "skos:ConceptScheme", "dct:title": "Data theme"},
        "dcat:dataset": data_sets,
        **_service(publisher, contact),
    }


def data_set_of(entry: DataSet, publisher: Node, contact: Node) -> Node:
    """Return one data set with all its distributions."""
    changed = entry.changed
    return {
        "@id": _own(entry.code),
        "@type": "dcat:Dataset",
        "dct:identifier": _own(entry.code),
        "dct:title": french(entry.title),
        "dct:description": french(entry.description),
        "dcat:keyword": [french(word) for word in entry.keywords],
        "dcat:theme": [concept(f"{EU}/data-theme/{theme}") for theme in entry.themes],
        "dct:publisher": publisher,
        "dcat:contactPoint": contact,
        "dct:language": languages(entry.languages),
        "dct:spatial": spatial(),
        "dct:accrualPeriodicity": {"@id": f"{EU}/frequency/{entry.frequency}", "@type": "dct:Frequency"},
        "dct:accessRights": {"@id": f"{EU}/access-right/PUBLIC", "@type": "dct:RightsStatement"},
        "dct:modified": moment(changed),
        **({"dcat:landingPage": document(entry.landing_page)} if entry.landing_page else {}),
        "dcat:distribution": [
            distribution(f"{entry.code}-{place}", entry, *way, changed)
            for place, way in enumerate(distributions(entry), start=1)
        ],
    }


def distribution(
    code: str, entry: DataSet, title: str, address: str, media_type: MediaType, schema: str, changed: dt.datetime
) -> Node:
    """Return one way to a data set. What the API tells stands page by page: it is no file to download."""
    found: Node = {
        "@id": _own(code),
        "@type": "dcat:Distribution",
        "dct:title": french(title),
        "dcat:accessURL": link(address),
        "dcat:mediaType": {"@id": f"{IANA}/{media_type.iana}", "@type": "dct:MediaType"},
        "dct:license": licence(),
        "dct:modified": moment(changed),
    }
    if address != entry.api_address:
        found["dcat:downloadURL"] = link(address)
    if media_type.file_type:
        found["dct:format"] = {"@id": f"{EU}/file-type/{media_type.file_type}", "@type": "dct:MediaTypeOrExtent"}
    if schema:
        found["dct:conformsTo"] = {"@id": schema, "@type": "dct:Standard"}
    return found


def publisher_of(site: SiteSettings) -> Node:
    """Return who publishes: the authority by its name and SIREN; before it is set, the site itself."""
    name = site.publisher_name or in_language(site.name) or settings.WAGTAIL_SITE_NAME
    found: Node = {
        "@id": _own("editeur"),
        "@type": "foaf:Agent",
        "foaf:name": french(name),
        "dct:type": concept("http://purl.org/adms/publishertype/LocalAuthority"),
        "foaf:homepage": link(f"{settings.SITE_URL}/"),
    }
    if site.siren:
        found["dct:identifier"] = site.siren
        found["adms:identifier"] = {
            "@type": "adms:Identifier",
            "skos:notation": site.siren,
            "adms:schemaAgency": "Insee, répertoire Sirene",
        }
    return found


def contact_of(site: SiteSettings) -> Node:
    """Return the desk as a vCard."""
    found: Node = {
        "@id": _own("contact"),
        "@type": "vcard:Organization",
        "vcard:fn": in_language(site.name) or settings.WAGTAIL_SITE_NAME,
        "vcard:hasURL": link(f"{settings.SITE_URL}/"),
    }
    if site.email:
        found["vcard:hasEmail"] = link(f"mailto:{site.email}")
    if telephone := dialled(site.phone):
        found["vcard:hasTelephone"] = link(telephone)
    return found


def _service(publisher: Node, contact: Node) -> Node:
    """Return the open API, which serves all data sets that it tells of."""
    record = record_of(InternshipOfferPage)
    if record is None:
        return {}
    return {
        "dcat:service": {
            "@id": _own("api"),
            "@type": "dcat:DataService",
            "dct:identifier": _own("api"),
            "dct:title": french("API ouverte des stages en santé en Loir-et-Cher"),
            "dct:description": french("En lecture seule, sans clé, dans chaque langue du site (OpenAPI 3.1)."),
            "dcat:endpointURL": link(record.service),
            "dcat:endpointDescription": link(record.description),
            "dcat:servesDataset": [{"@id": _own(entry.code)} for entry in DATA_SETS if entry.api_address],
            "dcat:contactPoint": contact,
            "dct:publisher": publisher,
            "dct:license": licence(),
        }
    }


# --- Parts ------------------------------------------------------------------------------------------------------------
def _own(code: str = "") -> str:
    """Return the address of a node of the catalogue, which lasts."""
    return absolute(reverse("data-catalog")) + (f"#{code}" if code else "")


def french(text: str) -> Node:
    """Return a text in French."""
    return {"@value": text, "@language": settings.LANGUAGE_CODE}


def link(address: str) -> Node:
    """Return an address as a node, not as text."""
    return {"@id": address}


def document(address: str) -> Node:
    """Return the address of a page."""
    return {"@id": address, "@type": "foaf:Document"}


def concept(address: str) -> Node:
    """Return an entry of a controlled vocabulary."""
    return {"@id": address, "@type": "skos:Concept"}


def moment(value: dt.datetime) -> Node:
    """Return a moment as RDF types it."""
    return {"@value": value.isoformat(), "@type": "xsd:dateTime"}


def licence() -> Node:
    """Return the licence of all data."""
    return {"@id": LICENCE["path"], "@type": "dct:LicenseDocument", "dct:title": LICENCE["title"]}


def languages(codes: tuple[str, ...]) -> list[Node]:
    """Return languages as the Publications Office names them."""
    return [
        {"@id": f"{EU}/language/{LANGUAGES[code]}", "@type": "dct:LinguisticSystem"}
        for code in codes
        if code in LANGUAGES
    ]


def spatial() -> list[Node]:
    """Return the territory: by its NUTS code, and by its INSEE code with a box around it."""
    box = {"@value": BOX, "@type": "geo:wktLiteral"}
    return [{"@id": NUTS, "@type": "dct:Location"}, {"@id": INSEE, "@type": "dct:Location", "dcat:bbox": box}]
