"""Addresses that belong to no page, headers of every answer, and what is shown when something is missing."""

import re

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from wagtail.models import Locale, Site

from core.models import Menu, SiteSettings
from core.pages.address import set_site_address
from factories import EditorialFactory, OfferFactory, UserFactory, block, the_desk

pytestmark = pytest.mark.once

PUBLIC = "public, max-age=0, must-revalidate, s-maxage=300"


def test_robots_learn_where_the_sitemap_is_and_keep_out_of_the_admin(client, db, settings):
    settings.SITE_URL = "https://stages.exemple.fr"
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert "Disallow: /admin/" in lines
    assert "Sitemap: https://stages.exemple.fr/sitemap.xml" in lines


def test_the_sitemap_has_one_part_a_language(client, home):
    index = client.get("/sitemap.xml").content.decode()
    assert re.findall(r"<loc>(.*?)</loc>", index) == ["http://testserver/sitemap-fr.xml"]
    assert "/fr/</loc>" in client.get("/sitemap-fr.xml").content.decode()
    assert client.get("/sitemap-xx.xml").status_code == 404


@pytest.mark.parametrize("asked", ["", "fr-FR,fr;q=0.9", "de,en;q=0.5", "xx", "*"])
def test_a_first_visit_is_led_to_the_home_page(client, home, asked):
    answer = client.get("/", headers={"accept-language": asked})
    assert (answer.status_code, answer["Location"]) == (302, "/fr/")
    assert "Accept-Language" in answer["Vary"]
    assert not answer.cookies
    assert client.get(answer["Location"]).status_code == 200


def test_the_theme_prints_the_chosen_colours(client, home):
    from wagtail.models import Site

    chosen = SiteSettings.for_site(Site.objects.get())
    chosen.action_colour, chosen.name = "#123456", {"fr": "Stages"}
    chosen.save()
    answer = client.get("/theme.css")
    assert answer["Content-Type"].startswith("text/css")
    assert "--action: #123456" in answer.content.decode()
    assert "--accent: #8f5310" in answer.content.decode()
    page = client.get("/fr/").content.decode()
    assert re.search(rf'<link rel="stylesheet"\s+href="/theme.css\?{chosen.theme_version}"', page)


def test_pages_in_standard_colours_ask_for_no_theme(client, home):
    assert "theme.css" not in client.get("/fr/").content.decode()


# --- Caches and cookies -----------------------------------------------------------------------------------------
def test_a_page_that_is_only_read_may_be_kept_by_a_proxy(client, home):
    answer = client.get("/fr/")
    assert answer["Cache-Control"] == PUBLIC
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")


def test_a_browser_that_has_the_page_gets_no_second_copy(client, home):
    answer = client.get("/fr/")
    again = client.get("/fr/", headers={"if-none-match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_what_a_signed_in_editor_reads_is_kept_by_no_proxy(admin, home):
    """Their page has the user bar."""
    assert "public" not in admin.get("/fr/").get("Cache-Control", "")


def test_the_admin_is_kept_by_no_proxy(client, db):
    assert "public" not in client.get("/admin/login/").get("Cache-Control", "")


def test_missing_pages_are_not_kept(client, home):
    assert "public" not in client.get("/fr/rien/").get("Cache-Control", "")


# --- Demo -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("address", ["/fr/", "/robots.txt", "/fr/rien/", "/sitemap-fr.xml"])
def test_a_demo_is_for_no_search_engine(client, home, settings, address):
    settings.DEMO = True
    assert client.get(address)["X-Robots-Tag"] == "noindex, nofollow"
    settings.DEMO = False
    assert client.get(address).get("X-Robots-Tag") != "noindex, nofollow"


def test_a_page_of_a_demo_says_noindex_itself(client, home, settings):
    robots = '<meta name="robots" content="noindex">'
    assert robots not in client.get("/fr/").content.decode()
    settings.DEMO = True
    assert robots in client.get("/fr/").content.decode()


# --- What is missing --------------------------------------------------------------------------------------------
def test_a_missing_page_leads_on(client, home):
    """The 404 page names the main menu's pages, offers among them, and the desk."""
    offer = OfferFactory()
    desk = the_desk()
    offers = offer.get_parent()
    Menu.objects.create(
        slot="main",
        locale=Locale.get_default(),
        links=[block("link", {"page": offers.pk, "label": "Les stages"})],
    )
    answer = client.get("/fr/il-n-y-a-rien/")
    assert answer.status_code == 404
    main = re.search(r"(?s)<main.*</main>", answer.content.decode()).group()
    assert f'href="{offers.url}"' in main
    assert "Les stages" in main
    assert f'href="{desk.url}"' in main
    assert main.count("<h1") == 1
    assert '<meta name="robots" content="noindex">' in answer.content.decode()


@pytest.mark.parametrize("address", ["/rien", "/fr/rien/du/tout/", "/documents/999/rien.pdf", "/xx/"])
def test_addresses_that_never_were_answer_404(client, home, address):
    answer = client.get(address, follow=True)
    assert answer.status_code == 404


def test_the_page_of_a_failure_stands_alone():
    """It must print when the database and the templates' context are down."""
    page = render_to_string("500.html")
    assert page.count("<h1") == 1
    assert '<html lang="fr">' in page
    assert 'lang="en"' in page
    assert "{" not in page
    assert not re.search(r"""(?:src|href)=["'](?:https?:)?//""", page)
    sheets = re.findall(r'<link rel="stylesheet" href="/static/([^"]+)"', page)
    assert sheets
    for sheet in sheets:
        assert any((folder / sheet).is_file() for folder in django_settings.STATICFILES_DIRS)


def test_a_failure_answers_with_that_page(client, home, settings, monkeypatch):
    """The error itself is simulated: no page of the site fails on purpose."""
    from home.models import HomePage

    def fail(*args, **kwargs):
        raise RuntimeError("on purpose")

    monkeypatch.setattr(HomePage, "serve", fail)
    client.raise_request_exception = False
    answer = client.get("/fr/")
    assert answer.status_code == 500
    assert b"panne" in answer.content


# --- Around a page ----------------------------------------------------------------------------------------------
def test_the_foot_of_every_page_states_the_accessibility_status(client, home, text_of):
    assert _("Accessibility: not compliant").replace("\u00a0", " ") in text_of(client.get("/fr/"))


def test_an_unpublished_page_leaves_the_menu(client, home, django_capture_on_commit_callbacks):
    page = EditorialFactory(title="Préparer")
    Menu.objects.create(slot="main", locale=Locale.get_default(), links=[block("link", {"page": page.pk, "label": ""})])
    assert f'href="{page.url}"' in client.get("/fr/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        page.unpublish()
    assert f'href="{page.url}"' not in client.get("/fr/").content.decode()


def test_the_menu_marks_where_one_is(client, home):
    page = EditorialFactory(title="Préparer")
    Menu.objects.create(slot="main", locale=Locale.get_default(), links=[block("link", {"page": page.pk, "label": ""})])
    here, elsewhere = (" ".join(client.get(url).content.decode().split()) for url in (page.url, "/fr/"))
    assert f'<a href="{page.url}" aria-current="true">Préparer</a>' in here
    assert f'<a href="{page.url}">Préparer</a>' in elsewhere


def test_a_share_names_the_page_and_its_canonical_address(client, home):
    page = EditorialFactory(title="Préparer son stage", summary="Ce qu’il faut savoir.")
    html = client.get(page.url).content.decode()
    assert '<meta property="og:title" content="Préparer son stage">' in html
    assert '<meta name="description" content="Ce qu’il faut savoir.">' in html
    assert f'<link rel="canonical" href="{page.full_url}">' in html


def test_the_projects_own_checks_pass(db):
    call_command("check", fail_level="WARNING")


# --- The demo's account -----------------------------------------------------------------------------------------
def sign_in(client, password):
    return client.post("/admin/login/", {"username": "demo", "password": password, "next": "/admin/"})


def test_the_demos_account_signs_in_to_a_demo_only(client, home, settings):
    """Its password is public."""
    UserFactory(username="demo", is_demo=True, password="demo-loir-et-cher")
    settings.DEMO = False
    assert sign_in(client, "demo-loir-et-cher").status_code == 200
    assert client.get("/admin/").status_code == 302
    settings.DEMO = True
    assert sign_in(client, "demo-loir-et-cher").status_code == 302
    assert client.get("/admin/").status_code == 200


def test_a_session_from_a_demo_ends_where_the_site_is_none(client, home, settings):
    settings.DEMO = True
    UserFactory(username="demo", is_demo=True, password="demo-loir-et-cher")
    sign_in(client, "demo-loir-et-cher")
    assert client.get("/admin/").status_code == 200
    settings.DEMO = False
    answer = client.get("/admin/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/admin/login/")
    assert isinstance(answer.wsgi_request.user, AnonymousUser)


def test_other_accounts_sign_in_everywhere(client, home, settings):
    UserFactory(username="demo", password="une-phrase-de-passe")
    settings.DEMO = False
    assert sign_in(client, "une-phrase-de-passe").status_code == 302


# --- What is sent -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("path", "signed_in", "size", "refused"),
    [
        ("/fr/", False, 1024 * 1024, False),
        ("/fr/", False, 1024 * 1024 + 1, True),
        ("/fr/nowhere/", True, 2_000_000, True),
        ("/api/v1/offers", True, 2_000_000, True),
        ("/admin/login/", False, 2_000_000, True),
        ("/admin/images/add/", True, 2_000_000, False),
        ("/admin/images/add/", True, 200 * 1024 * 1024 + 1, True),
        ("/admin/second-factor/", True, 2_000_000, True),
        ("/fr/", False, "9" * 50, True),
        ("/fr/", False, "-1", True),
    ],
)
def test_nobody_sends_more_than_the_site_asks_for(client, admin, home, path, signed_in, size, refused):
    sender = admin if signed_in else type(client)()
    answer = sender.generic("POST", path, b"", CONTENT_LENGTH=str(size))
    assert (answer.status_code == 413) is refused


def test_a_cookie_of_nobody_s_session_sends_nothing_large(client, home):
    client.cookies["sessionid"] = "a" * 32
    assert client.generic("POST", "/admin/images/add/", b"", CONTENT_LENGTH="2000000").status_code == 413
    client.session.save()  # one that an anonymous reader may have
    assert client.generic("POST", "/admin/images/add/", b"", CONTENT_LENGTH="2000000").status_code == 413


def test_what_is_too_large_is_refused_in_the_readers_language(client, home):
    answer = client.post("/fr/", b"x" * 1024 * 1025, content_type="text/plain")
    assert "Votre envoi est trop volumineux" in answer.content.decode()
    assert client.post("/api/v1/offers", b"x" * 1024 * 1025, content_type="text/plain").status_code == 413


# --- HEAD -------------------------------------------------------------------------------------------------------
HEADS = [
    "/",
    "/fr/",
    "/fr/nowhere/",
    "/o/LC41-0000-000",
    "/documents/1/x.pdf",
    "/media/images/x.jpg",
    "/robots.txt",
    "/sitemap.xml",
    "/sitemap-fr.xml",
    "/theme.css",
    "/healthz",
    "/health/ready",
    "/api/v1/offers",
    "/api/v1/openapi.json",
    "/api/v1/docs",
    "/api/v1/search?q=x",
    "/oembed",
    "/favicon.ico",
    "/favicon.svg",
    "/static/css/site.css",
    "/admin/login/",
]


@pytest.mark.parametrize("address", [*HEADS, "page", "list", "offer"])
def test_a_head_request_is_quiet_and_says_what_a_get_would(client, home, address, caplog, recwarn):
    if not address.startswith("/"):
        offer = OfferFactory()
        address = {"page": EditorialFactory().url, "list": offer.get_parent().url, "offer": offer.url}[address]
    got = client.get(address)
    caplog.clear()
    recwarn.clear()
    asked = client.head(address)
    assert not (b"".join(asked.streaming_content) if asked.streaming else asked.content)
    # What was refused is logged for GET as well.
    loud = [record for record in caplog.records if record.name != "django.request"]
    assert not loud
    assert not list(recwarn)
    assert asked.status_code == got.status_code
    varying = {"ratelimit", "retry-after"}

    def headers(answer):
        return {name.lower(): value for name, value in answer.items() if name.lower() not in varying}

    assert headers(asked) == headers(got)


def test_the_admin_calls_the_site_by_its_name(home, settings):
    """Not by its host; a name that somebody gave it stays."""
    settings.SITE_URL = "https://stages.exemple.fr"
    set_site_address()
    site = Site.objects.get(is_default_site=True)
    assert (site.hostname, site.port, site.site_name) == ("stages.exemple.fr", 443, settings.WAGTAIL_SITE_NAME)
    Site.objects.update(site_name="Stages du Cher")
    set_site_address()
    assert Site.objects.get(is_default_site=True).site_name == "Stages du Cher"
