"""What others fetch, outside of the languages' trees: each address says its language itself, and lasts."""

from django.urls import path, re_path

from core.links.permanent import CODE

from .outlets import calendars, documents, feeds, frames, open_data_files, rules_data, universities
from .outlets.catalogue import views as catalogue

NAMED = rf"(?P<code>{CODE})"

urlpatterns = [
    path("oembed", frames.oembed, name="oembed"),
    path("feeds/<slug:language>/offers.atom", feeds.offers_atom, name="offers-atom"),
    path("feeds/<slug:language>/events.ics", calendars.events_calendar, name="events-calendar"),
    path("feeds/<slug:language>/deadlines.ics", calendars.deadlines_calendar, name="deadlines-calendar"),
    path("data/offers.csv", open_data_files.offers_csv, name="data-csv"),
    path("data/offers-tableur.csv", open_data_files.offers_spreadsheet, name="data-spreadsheet"),
    path("data/offers.json", open_data_files.offers_json, name="data-json"),
    path("data/offers.schema.json", open_data_files.schema, name="data-schema"),
    path("data/rules.json", rules_data.rules_json, name="data-rules"),
    path("data/datapackage.json", open_data_files.package, name="data-package"),
    path("data/catalog.jsonld", catalogue.catalog, name="data-catalog"),
    path("data/aids.json", catalogue.aids, name="data-aids"),
    path("data/aids.schema.json", catalogue.aids_schema, name="data-aids-schema"),
    re_path(rf"^o/{NAMED}/share-(?P<language>[a-z]{{2}})\.jpg$", documents.share_picture, name="share-picture"),
    re_path(
        rf"^o/{NAMED}/learning-agreement-(?P<language>[a-z]{{2}})\.pdf$",
        documents.agreement,
        name="learning-agreement",
    ),
    re_path(
        rf"^o/{NAMED}/learning-agreement-(?P<language>[a-z]{{2}})\.json$",
        documents.agreement_fields,
        name="learning-agreement-fields",
    ),
    re_path(
        rf"^o/{NAMED}/traineeship-certificate-(?P<language>[a-z]{{2}})\.pdf$",
        documents.certificate,
        name="traineeship-certificate",
    ),
    re_path(rf"^u/{NAMED}/offers/?$", universities.offers_of_university, name="offers-of-university"),
]
