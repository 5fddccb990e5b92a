"""What is posted to an address: enough that a hole in the rights would change something."""

from collections.abc import Callable
from typing import Any

from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail_localize.models import Translation

from .addresses import Address
from .small_site import SmallSite, png

# No address of the admin leads there.
ELSEWHERE = "https://ailleurs.example/"
Body = dict[str, Any]
PASSWORD = "une-phrase-de-passe-neuve"


def harvest(html: str) -> Body:
    """Return what a browser would send of the longest form of a page."""
    forms = [
        form for form in BeautifulSoup(html, "html.parser").find_all("form") if form.get("method", "").lower() == "post"
    ]
    body: Body = {}
    for element in max(forms, key=lambda form: len(form.find_all(True)), default=BeautifulSoup()).find_all(
        ["input", "select", "textarea"]
    ):
        name, kind = element.get("name"), element.get("type")
        if not name or kind in {"file", "submit", "button"}:
            continue
        if kind in {"checkbox", "radio"} and not element.has_attr("checked"):
            continue
        if element.name == "select":
            chosen = [option.get("value", "") for option in element.find_all("option", selected=True)]
            body.setdefault(name, []).extend(chosen)
        elif element.name == "textarea":
            body.setdefault(name, []).append(element.text.removeprefix("\n"))
        else:
            body.setdefault(name, []).append(element.get("value", "on" if kind == "checkbox" else ""))
    return body


def _new_page(site: SmallSite, address: Address) -> Body:
    return {"title": "Nouvelle", "slug": "nouvelle", "body-count": "0", "action-publish": "1"}


def _edit(site: SmallSite, address: Address) -> Body:
    french = {"title": "Autrement dite", "slug": "page", "body-count": "0", "action-publish": "1"}
    return french if address.language == "fr" else {"action": "publish"}


def _copy(site: SmallSite, address: Address) -> Body:
    section = site.pages["section"][address.language].pk
    return {"new_title": "Copie", "new_slug": "copie", "new_parent_page": section, "publish_copies": "on"}


def _locales(site: SmallSite, address: Address) -> Body:
    return {"locales": site.pages["page"]["en"].locale_id}


def _bulk(site: SmallSite, address: Address) -> Body:
    return {
        "chooser": site.pages["elsewhere"]["fr"].pk,
        "role": site.things["group"].pk,
        "mark_as_active": "False",
        "collection": site.things["collection"].pk,
        "tags": "mot",
    }


def _action(site: SmallSite, address: Address) -> Body:
    page = site.pages["page"][address.language]
    elsewhere = site.pages["elsewhere"][address.language].pk
    return {
        "destination_page_id": elsewhere,
        "parent_id": elsewhere,
        "slug": "ailleurs",
        "revision_id": page.latest_revision_id,
        "keep_live": "true",
        "locale": "es",
    }


def _chooser_upload(site: SmallSite, address: Address) -> Body:
    pictures = address.view_name.startswith("wagtailimages")
    prefix = "image-chooser-upload" if pictures else "document-chooser-upload"
    fields = {"title": "Neuve", "collection": site.things["root"].pk, "alt_texts_fr": "Ce qu’elle montre"}
    fields |= {"licence": "own", "focal_point_x": ""}
    file = _file(png().read(), "neuve.png") if pictures else _file(b"a,b", "neuf.csv")
    return {f"{prefix}-{name}": value for name, value in fields.items()} | {f"{prefix}-file": file}


def _po_file(site: SmallSite, address: Address) -> Body:
    translation = Translation.objects.get(source=site.things["source"], target_locale__language_code=address.language)
    return {"file": _file(str(translation.export_po()).encode(), "page.po")}


Given = Body | Callable[[SmallSite, Address], Body]

# By the name of the view; added to what its form holds.
BODIES: dict[str, Given] = {
    "wagtail_bulk_action": _bulk,
    "wagtail_localize:edit_override": {"value": "https://example.org/"},
    "wagtail_localize:edit_string_translation": {"value": "Anew"},
    "wagtail_localize:submit_page_translation": _locales,
    "wagtail_localize:submit_snippet_translation": _locales,
    "wagtail_localize:update_translations": {"publish_translations": "on"},
    "wagtail_localize:upload_pofile": _po_file,
    "wagtailadmin_account": {
        "name_email-first_name": "Autre",
        "name_email-last_name": "Nom",
        "name_email-email": "autre@exemple.fr",
    },
    "wagtailadmin_api:pages:action": _action,
    "wagtailadmin_choose_page_external_link": {"external-link-chooser-url": "https://exemple.fr/"},
    "wagtailadmin_collections:add": lambda site, address: {"name": "Neuve", "parent": site.things["root"].pk},
    "wagtailadmin_collections:set_privacy": {"restriction_type": "login"},
    "wagtailadmin_pages:add": _new_page,
    "wagtailadmin_pages:copy": _copy,
    "wagtailadmin_pages:edit": _edit,
    "wagtailadmin_pages:preview_on_add": _new_page,
    "wagtailadmin_pages:preview_on_edit": _new_page,
    "wagtailadmin_pages:revisions_revert": {"title": "Autrement dite", "body-count": "0", "action-publish": "1"},
    "wagtailadmin_pages:set_privacy": {"restriction_type": "login"},
    "wagtailadmin_workflows:add": {"name": "Neuf"},
    "wagtailadmin_workflows:add_task": lambda site, address: {"name": "Neuve", "groups": site.things["group"].pk},
    "wagtaildocs:add": {"title": "Neuf"},
    "wagtaillocales:add": {"language_code": "de"},
    "wagtailredirects:process_import": {"import_file_name": "x", "input_format": "0"},
    "wagtailredirects:add": {"old_path": "/neuf", "redirect_link": "https://exemple.fr/"},
    "wagtailredirects:edit": {"redirect_link": "https://exemple.fr/"},
    "wagtailsites:add": lambda site, address: {
        "hostname": "autre.exemple.fr",
        "port": "80",
        "root_page": site.pages["home"]["fr"].pk,
    },
    "wagtailusers_groups:add": {"name": "Neuf"},
    "wagtailusers_users:add": {
        "username": "neuf",
        "email": "neuf@exemple.fr",
        "first_name": "N",
        "last_name": "E",
        "password1": PASSWORD,
        "password2": PASSWORD,
    },
    "wagtailusers_users:copy": {"username": "neuf", "password1": PASSWORD, "password2": PASSWORD},
    "wagtailusers_users:edit": {"first_name": "Autre"},
    "wagtaildocs_chooser:create": _chooser_upload,
    "wagtailimages_chooser:create": _chooser_upload,
    "wagtailimages:add": {"title": "Neuve", "alt_texts_fr": "Ce qu’elle montre"},
    "wagtailimages:edit": {"alt_texts_fr": "Ce qu’elle montre"},
}
# What a file is posted with.
PICTURE, DOCUMENT = ("wagtailimages", "wagtailimages_chooser"), ("wagtaildocs", "wagtaildocs_chooser")


def body(site: SmallSite, address: Address, form: Body) -> Body:
    """Return what is posted: the form's own fields, what they are changed to, a file where one may be added."""
    given = BODIES.get(address.view_name, {})
    posted = {**form, **(given(site, address) if callable(given) else given), "next": ELSEWHERE}
    space, _colon, name = address.view_name.rpartition(":")
    if name in {"add", "add_multiple", "create"} and space in PICTURE:
        posted |= {"file": _file(png().read(), "neuve.png"), "files[]": _file(png().read(), "neuve.png")}
    if name in {"add", "add_multiple", "create"} and space in DOCUMENT:
        posted |= {"file": _file(b"a,b", "neuf.csv"), "files[]": _file(b"a,b", "neuf.csv")}
    if space.startswith("wagtailsnippets_"):
        posted |= {"links-count": "0", "answers-count": "0"}
        posted |= _new_record(site, space.removeprefix("wagtailsnippets_")) if name in {"add", "copy"} else {}
        posted |= {"action": "publish"} if name == "edit" and address.language != "fr" else {}
    if space.startswith("wagtailsnippetchoosers_"):
        posted |= _new_record(site, space.removeprefix("wagtailsnippetchoosers_"))
    return posted


def _file(content: bytes, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


UNIVERSITY_ROWS = ("windows", "semesters", "factsheet")
# What makes a form for a new record complete.
NEW_RECORDS: dict[str, Body] = {
    "territoire_hoststructure": {
        "name": "Neuve",
        "kind": "msp",
        "size": "moins_250",
        "town": "Blois",
        "postcode": "41000",
    },
    "territoire_supervisor": {"name": "Dr Neuf", "role": "Médecin", "languages": "fr"},
    "territoire_specialty": {"name": "Neuve", "reference": "neuve"},
    "territoire_institution": {"name": "Neuve", "kind": "region"},
    "territoire_recognitionsheet": {
        "students": "Étudiants d’Espagne",
        "country": "ES",
        "fields": "medecine",
        "answers-count": "0",
    },
    "territoire_rule": {
        "title": "Neuve",
        "statement": "Une convention est signée.",
        "source": "Code",
        "source_url": "https://www.legifrance.gouv.fr",
        "checked_on": "2026-11-01",
        "review_on": "2027-11-01",
        "position": "0",
    },
    "territoire_figure": {
        "code": "jours_erasmus",
        "value": "61",
        "valid_from": "2027-01-01",
        "source": "Guide",
    },
    "territoire_signinguniversity": {
        "name": "Neuve",
        **{f"{rows}-TOTAL_FORMS": "0" for rows in UNIVERSITY_ROWS},
        **{f"{rows}-INITIAL_FORMS": "0" for rows in UNIVERSITY_ROWS},
    },
    "territoire_paper": {"name": "Neuf"},
    "home_glossaryterm": {"acronym": "MSP", "meaning": "Maison de santé"},
    "home_lexiconentry": {"theme": "accueil", "phrase": "Au revoir."},
    "core_menu": {"slot": "legal", "title": "Neuf", "links-count": "0"},
    "search_synonymlist": {"groups": "stage, placement"},
    "search_searchpick": {"queries": "neuf"},
}


def _new_record(site: SmallSite, kind: str) -> Body:
    """Return what makes a form for a new record complete, with what it names on the small site."""
    names: dict[str, Body] = {
        "territoire_supervisor": {"host": site.records["territoire.hoststructure"]["fr"].pk},
        "search_synonymlist": {"locale": site.pages["page"]["en"].locale_id},
        "search_searchpick": {"locale": site.pages["page"]["en"].locale_id, "page": site.pages["page"]["fr"].pk},
    }
    return NEW_RECORDS.get(kind, {}) | names.get(kind, {})
