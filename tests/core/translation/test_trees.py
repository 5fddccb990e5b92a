"""The trees of all languages: whatever somebody does to the French one, the others have the same pages in its order."""

import datetime as dt
import re
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from core.pages.placement import Misplaced
from core.translation.languages import add_languages, remove_language
from factories import (
    NOW,
    EditorialFactory,
    HostFactory,
    OfferFactory,
    SectionFactory,
    SpecialtyFactory,
    change,
    languages,
    publish,
    root,
    the_home,
    translate,
    version,
)
from home.models import EditorialPage, SectionPage
from scenarios import scenario
from territoire.models import HostStructure, Specialty


# --- The tree of these tests ----------------------------------------------------------------------------------------
class Tree:
    """A small site in French, English and German.

    home
    ├ prepare   translated into English
    │ ├ papers    translated into English and German
    │ ├ travel    translated into English
    │ └ money     not translated
    ├ live      not translated
    │ └ culture   translated into German
    └ contact   translated into English
    """

    def __init__(self):
        self.home = publish(the_home())
        self.prepare, self.live = (publish(SectionFactory(title=title)) for title in ("Préparer", "Vivre"))
        self.papers, self.travel, self.money = (
            publish(EditorialFactory(title=title, parent=self.prepare)) for title in ("Papiers", "Trajet", "Argent")
        )
        self.culture = publish(EditorialFactory(title="Culture", parent=self.live))
        self.contact = publish(EditorialFactory(title="Contact"))
        languages("en", "de")
        for page, language, title in (
            (self.prepare, "en", "Prepare"),
            (self.papers, "en", "Papers"),
            (self.papers, "de", "Papiere"),
            (self.travel, "en", "Travel"),
            (self.culture, "de", "Kultur"),
            (self.contact, "en", "Contact us"),
        ):
            translate(page, language, {"title": title, "slug": f"{title.lower().replace(' ', '-')}-{language}"})
        for name, page in list(vars(self).items()):
            setattr(self, name, type(page).objects.get(pk=page.pk))


@scenario
def small_site():
    return Tree()


@pytest.fixture
def site(small_site):
    """The small site. After each test its trees are one tree in several languages."""
    yield small_site
    assert_whole()
    assert_sitemaps_true(Client())


@pytest.fixture
def anybody():
    """A browser in which nobody is signed in."""
    return Client()


def tree(language):
    """The pages of a language as (depth, translation key), in their order."""
    pages = Page.objects.filter(locale__language_code=language, depth__gt=1).order_by("path")
    return list(pages.values_list("depth", "translation_key"))


def titles(language):
    """The tree of a language, for people: titles indented."""
    pages = Page.objects.filter(locale__language_code=language, depth__gt=1).order_by("path")
    return ["  " * (page.depth - 2) + page.title for page in pages]


def assert_whole():
    """The same published pages in the same order in every language; no orphan, no page twice; the tree is sound."""
    assert Page.find_problems() == ([], [], [], [], [])
    published = Page.objects.filter(locale=Locale.get_default(), depth__gt=1).exclude(first_published_at=None)
    french = set(published.values_list("translation_key", flat=True))
    for locale in Locale.objects.exclude(pk=Locale.get_default().pk):
        keys = [key for _depth, key in tree(locale.language_code)]
        assert len(keys) == len(set(keys)), f"twice in {locale}"
        wanted = [entry for entry in tree("fr") if entry[1] in french or entry[1] in keys]
        assert tree(locale.language_code) == wanted, (titles("fr"), titles(locale.language_code))
    assert not Page.objects.filter(alias_of__locale__isnull=False).exclude(alias_of__locale=Locale.get_default())
    for page in Page.objects.filter(depth__gt=2):
        assert page.get_parent().locale_id == page.locale_id
        assert page.url_path == f"{page.get_parent().url_path}{page.slug}/"


def sitemap(reader, language):
    """The addresses in a language's sitemap."""
    return re.findall(r"<loc>(.*?)</loc>", reader.get(f"/sitemap-{language}.xml").content.decode())


def assert_sitemaps_true(reader):
    """Every address in a sitemap answers, and no stand-in is in one."""
    stand_ins = {page.get_url() for page in Page.objects.exclude(alias_of=None).select_related("locale")}
    for locale in Locale.objects.all():
        addresses = [urlsplit(address).path for address in sitemap(reader, locale.language_code)]
        assert [path for path in addresses if reader.get(path).status_code != 200] == []
        assert not set(addresses) & stand_ins
        written = Page.objects.live().filter(locale=locale, alias_of=None, depth__gt=1).type(EditorialPage, SectionPage)
        assert {page.get_url() for page in written} <= set(addresses)


def public(page):
    """The languages in which a page is public, by whether it is written there or a stand-in."""
    pages = Page.objects.filter(translation_key=page.translation_key, live=True).select_related("locale")
    return {entry.locale.language_code: "alias" if entry.alias_of_id else "written" for entry in pages}


def bulk(admin, action, *pages, **data):
    """A bulk action of the admin."""
    query = "&".join(f"id={page.pk}" for page in pages)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    answer = admin.post(f"{address}?{query}&next=/admin/", data)
    assert answer.status_code == 302, answer.content.decode()
    return answer


# --- Unpublishing and publishing again ------------------------------------------------------------------------------
def unpublish_by_code(admin, page):
    type(page).objects.get(pk=page.pk).unpublish()


def unpublish_in_its_view(admin, page, below=False):
    data = {"include_descendants": "on"} if below else {}
    assert admin.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]), data).status_code == 302


def unpublish_in_bulk(admin, page, below=False):
    bulk(admin, "unpublish", page, **({"include_descendants": "on"} if below else {}))


def unpublish_by_its_end(admin, page):
    """The hour at which it expires has come."""
    publish(page, expire_at=timezone.now() + dt.timedelta(hours=1))
    with time_machine.travel(NOW + dt.timedelta(hours=2)):
        call_command("publish_scheduled")


UNPUBLISH = [unpublish_by_code, unpublish_in_its_view, unpublish_in_bulk, unpublish_by_its_end]
BELOW = [unpublish_in_its_view, unpublish_in_bulk]


def publish_by_code(admin, page):
    publish(page, expire_at=None)


def publish_in_bulk(admin, page):
    page = type(page).objects.get(pk=page.pk)
    page.expire_at = None
    page.save_revision()
    bulk(admin, "publish", page)


def publish_on_schedule(admin, page):
    page = type(page).objects.get(pk=page.pk)
    page.expire_at, page.go_live_at = None, timezone.now() + dt.timedelta(hours=1)
    page.save_revision().publish()
    with time_machine.travel(NOW + dt.timedelta(hours=2)):
        call_command("publish_scheduled")


# Every way down, and every way back.
DOWN_AND_BACK = [
    *((unpublish, publish_by_code) for unpublish in UNPUBLISH),
    (unpublish_by_code, publish_in_bulk),
    (unpublish_by_its_end, publish_on_schedule),
]


def named(function):
    """The name of a way, for the test's."""
    return function.__name__


@pytest.mark.parametrize("unpublish", UNPUBLISH, ids=named)
def test_unpublishing_takes_every_language_down(site, admin, anybody, unpublish):
    urls = [version(site.papers, language).url for language in ("fr", "en", "de")]
    urls += [version(site.money, language).url for language in ("fr", "en", "de")]
    assert [anybody.get(url).status_code for url in urls] == [200] * 6
    for page in (site.papers, site.money):
        unpublish(admin, page)
        assert public(page) == {}
    assert [anybody.get(url).status_code for url in urls] == [404] * 6
    # The pages beside them are as they were.
    assert public(site.travel) == {"fr": "written", "en": "written", "de": "alias"}


@pytest.mark.parametrize(("unpublish", "again"), DOWN_AND_BACK, ids=named)
def test_publishing_again_brings_every_language_back(site, admin, unpublish, again):
    for page in (site.papers, site.travel, site.money):
        before = public(page)
        count = Page.objects.count()
        unpublish(admin, page)
        again(admin, page)
        assert public(page) == before
        assert Page.objects.count() == count


@pytest.mark.parametrize("unpublish", UNPUBLISH, ids=named)
def test_what_an_editor_took_down_for_itself_stays_down(site, admin, unpublish):
    unpublish_in_its_view(admin, version(site.papers, "en"))
    assert public(site.papers) == {"fr": "written", "de": "written"}
    publish(site.papers, summary="Une nouvelle phrase.")
    assert public(site.papers) == {"fr": "written", "de": "written"}
    unpublish(admin, site.papers)
    assert public(site.papers) == {}
    publish(site.papers, expire_at=None)
    assert public(site.papers) == {"fr": "written", "de": "written"}


def test_a_translation_taken_down_and_published_again_by_its_editor_follows_again(site, admin):
    version(site.papers, "en").unpublish()
    version(site.papers, "en").get_latest_revision().publish()
    version(site.papers, "fr").unpublish()
    assert public(site.papers) == {}
    publish(site.papers)
    assert public(site.papers) == {"fr": "written", "en": "written", "de": "written"}


def test_down_and_back_twice(site):
    """What came back is not taken for what came down with French the first time."""
    for _time in range(2):
        version(site.papers, "fr").unpublish()
        publish(site.papers)
    assert public(site.papers) == {"fr": "written", "en": "written", "de": "written"}
    version(site.papers, "en").unpublish()
    publish(site.papers)
    assert public(site.papers) == {"fr": "written", "de": "written"}


@pytest.mark.parametrize("unpublish", BELOW, ids=named)
def test_unpublishing_with_what_is_below_takes_all_of_it_down_everywhere(site, admin, unpublish):
    unpublish(admin, site.prepare, below=True)
    for page in (site.prepare, site.papers, site.travel, site.money):
        assert public(page) == {}
    # Each is published again for itself.
    publish(site.prepare)
    assert public(site.prepare) == {"fr": "written", "en": "written", "de": "alias"}
    assert public(site.papers) == {}
    publish(site.papers)
    assert public(site.papers) == {"fr": "written", "en": "written", "de": "written"}


def test_a_translation_published_while_french_is_down_waits_for_it(site, anybody):
    version(site.papers, "fr").unpublish()
    english = version(site.papers, "en")
    english.save_revision().publish()
    assert public(site.papers) == {}
    assert anybody.get(english.url).status_code == 404
    publish(site.papers)
    assert public(site.papers) == {"fr": "written", "en": "written", "de": "written"}


def test_a_translator_who_publishes_while_french_is_down_waits_for_it(
    site, admin, anybody, django_capture_on_commit_callbacks
):
    version(site.papers, "fr").unpublish()
    with django_capture_on_commit_callbacks(execute=True):
        admin.post(reverse("wagtailadmin_pages:edit", args=[version(site.papers, "en").pk]), {"action": "publish"})
    assert public(site.papers) == {}
    publish(site.papers)
    assert public(site.papers) == {"fr": "written", "en": "written", "de": "written"}


def test_one_that_was_taken_down_for_itself_and_published_while_french_is_down_returns_with_it(site):
    version(site.papers, "en").unpublish()
    version(site.papers, "fr").unpublish()
    version(site.papers, "en").get_latest_revision().publish()
    assert public(site.papers) == {}
    publish(site.papers)
    assert public(site.papers) == {"fr": "written", "en": "written", "de": "written"}


def test_a_page_that_is_translated_while_it_is_down_returns_in_that_language(site, anybody):
    """Its stand-in was there before: without it the address would be gone."""
    address = version(site.money, "en").url
    assert anybody.get(address).status_code == 200
    version(site.money, "fr").unpublish()
    translate(site.money, "en", {"title": "Money"})
    assert public(site.money) == {}
    publish(site.money)
    assert public(site.money) == {"fr": "written", "en": "written", "de": "alias"}
    assert anybody.get(address).status_code == 200


def test_a_translation_ends_with_french_and_not_before(site):
    """It was a stand-in when the end was set, and the end was moved since."""
    end = timezone.now() + dt.timedelta(hours=1)
    publish(site.money, expire_at=end)
    translate(site.money, "en", {"title": "Money"})
    publish(site.money, expire_at=end + dt.timedelta(days=30))
    with time_machine.travel(NOW + dt.timedelta(hours=2)):
        call_command("publish_scheduled")
        assert public(site.money) == {"fr": "written", "en": "written", "de": "alias"}
    with time_machine.travel(NOW + dt.timedelta(days=31)):
        call_command("publish_scheduled")
        assert public(site.money) == {}


def test_a_page_that_waits_for_its_hour_is_public_in_no_language(site, anybody):
    page = EditorialFactory(title="Bientôt", parent=site.live, live=False, first_published_at=None)
    page.go_live_at = timezone.now() + dt.timedelta(days=30)
    page.save_revision().publish()
    assert public(page) == {}
    for language in ("fr", "en", "de"):
        assert anybody.get(f"{version(site.live, language).url}{page.slug}/").status_code == 404
        assert "Bientôt" not in anybody.get(version(site.live, language).url).content.decode()


def test_a_page_that_was_taken_down_and_waits_for_its_hour_is_public_in_no_language(site):
    version(site.papers, "fr").unpublish()
    version(site.money, "fr").unpublish()
    for page in (site.papers, site.money):
        publish(page, go_live_at=timezone.now() + dt.timedelta(days=30))
        assert public(page) == {}
    with time_machine.travel(NOW + dt.timedelta(days=31)):
        call_command("publish_scheduled")
        assert public(site.papers) == {"fr": "written", "en": "written", "de": "written"}
        assert public(site.money) == {"fr": "written", "en": "alias", "de": "alias"}


def test_a_page_published_before_the_hour_that_was_set_is_public_in_every_language(site):
    """It was translated while it waited."""
    page = EditorialFactory(title="Bientôt", parent=site.live, live=False, first_published_at=None)
    page.go_live_at = timezone.now() + dt.timedelta(days=30)
    page.save_revision().publish()
    translate(page, "en", {"title": "Soon"})
    publish(page, go_live_at=None)
    assert public(page) == {"fr": "written", "en": "written", "de": "alias"}


# --- Moving ---------------------------------------------------------------------------------------------------------
def move_by_code(admin, page, target):
    type(page).objects.get(pk=page.pk).move(Page.objects.get(pk=target.pk), pos="last-child")


def move_in_its_view(admin, page, target):
    answer = admin.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, target.pk]))
    assert answer.status_code == 302


def move_in_bulk(admin, page, target):
    bulk(admin, "move", page, chooser=target.pk)


MOVE = [move_by_code, move_in_its_view, move_in_bulk]


def parents(page):
    """The translation key of a page's parent, by language."""
    pages = Page.objects.filter(translation_key=page.translation_key).select_related("locale")
    return {entry.locale.language_code: entry.get_parent().translation_key for entry in pages}


@pytest.mark.parametrize("move", MOVE, ids=named)
def test_a_page_moves_in_every_language(site, admin, anybody, move):
    for page in (site.papers, site.travel, site.money):
        addresses = {language: version(page, language).url for language in ("fr", "en", "de")}
        move(admin, page, site.live)
        assert parents(page) == dict.fromkeys(("fr", "en", "de"), site.live.translation_key)
        for language, old in addresses.items():
            moved = version(page, language)
            assert moved.url != old
            assert anybody.get(moved.url).status_code == 200
            assert moved.url.startswith(version(site.live, language).url)
    assert titles("de") == titles_by_tree("de")


@pytest.mark.parametrize("move", MOVE, ids=named)
def test_a_page_that_stands_first_in_its_new_place_stands_first_everywhere(site, admin, move):
    site.culture.delete()
    move(admin, site.travel, site.live)
    assert titles("de") == titles_by_tree("de")


def titles_by_tree(language):
    """What the tree of a language must be: the French one, its pages in their language."""
    pages = Page.objects.filter(locale=Locale.get_default(), depth__gt=1).order_by("path")
    return ["  " * (page.depth - 2) + version(page, language).title for page in pages]


def test_two_pages_moved_together_keep_their_order(site, admin):
    bulk(admin, "move", site.papers, site.money, chooser=site.live.pk)
    for language in ("fr", "en", "de"):
        children = version(site.live, language).get_children().values_list("translation_key", flat=True)
        assert list(children) == [page.translation_key for page in (site.culture, site.papers, site.money)]


def test_a_page_may_move_to_the_home_page_and_back(site):
    move_by_code(None, site.papers, site.home)
    assert parents(site.papers) == dict.fromkeys(("fr", "en", "de"), site.home.translation_key)
    assert_whole()
    move_by_code(None, site.papers, site.prepare)
    assert parents(site.papers) == dict.fromkeys(("fr", "en", "de"), site.prepare.translation_key)


@pytest.mark.parametrize(
    ("name", "position", "order"),
    [
        ("money", 0, ["money", "papers", "travel"]),
        ("money", 1, ["papers", "money", "travel"]),
        ("papers", 1, ["travel", "papers", "money"]),
        ("papers", 2, ["travel", "money", "papers"]),
        ("travel", None, ["papers", "money", "travel"]),
    ],
)
def test_pages_put_in_another_order_stand_in_it_everywhere(site, admin, name, position, order):
    address = reverse("wagtailadmin_pages:set_page_position", args=[getattr(site, name).pk])
    assert admin.post(address + (f"?position={position}" if position is not None else "")).status_code == 200
    wanted = [getattr(site, page).translation_key for page in order]
    for language in ("fr", "en", "de"):
        children = version(site.prepare, language).get_children()
        assert list(children.values_list("translation_key", flat=True)) == wanted, language


@pytest.mark.parametrize("pos", ["left", "right", "first-sibling", "last-sibling"])
def test_a_section_moves_with_all_that_is_below(site, pos):
    """By code, beside another."""
    Page.objects.get(pk=site.contact.pk).move(Page.objects.get(pk=site.prepare.pk), pos=pos)
    site.live.refresh_from_db()
    site.live.move(Page.objects.get(pk=site.prepare.pk), pos=pos)
    assert tree("en") == tree("fr")
    assert parents(site.culture) == dict.fromkeys(("fr", "en", "de"), site.live.translation_key)


def test_no_language_moves_alone(site):
    """The French page moves, and all languages with it."""
    with pytest.raises(Misplaced):
        version(site.papers, "en").move(version(site.live, "en"), pos="last-child")
    assert parents(site.papers) == dict.fromkeys(("fr", "en", "de"), site.prepare.translation_key)
    move_by_code(None, site.papers, site.live)
    assert parents(site.papers) == dict.fromkeys(("fr", "en", "de"), site.live.translation_key)


def test_a_page_that_is_down_moves_too(site):
    version(site.papers, "fr").unpublish()
    move_by_code(None, site.papers, site.live)
    publish(site.papers)
    assert public(site.papers) == {"fr": "written", "en": "written", "de": "written"}


def test_a_page_moves_where_a_translation_has_the_same_address(site, anybody):
    """In English another page has it there already."""
    move_by_code(None, site.money, site.live)
    translate(site.money, "en", {"title": "Papers and money", "slug": "papers-en"})
    move_by_code(None, site.papers, site.live)
    english = version(site.live, "en").get_children()
    assert [page.translation_key for page in english] == [
        page.translation_key for page in (site.culture, site.money, site.papers)
    ]
    assert len(set(english.values_list("slug", flat=True))) == 3
    for page in (site.money, site.papers):
        assert anybody.get(version(page, "en").url).context["page"].translation_key == page.translation_key


def test_a_page_moved_into_a_section_that_is_not_published_yet_is_in_it_everywhere(site):
    section = SectionFactory(title="Rester", live=False, first_published_at=None)
    move_by_code(None, site.papers, section)
    publish(section)
    assert parents(site.papers) == dict.fromkeys(("fr", "en", "de"), section.translation_key)


# --- Deleting -------------------------------------------------------------------------------------------------------
def delete_by_code(admin, page):
    type(page).objects.get(pk=page.pk).delete()


def delete_as_plain_page(admin, page):
    Page.objects.get(pk=page.pk).delete()


def delete_in_its_view(admin, page):
    assert admin.post(reverse("wagtailadmin_pages:delete", args=[page.pk])).status_code == 302


def delete_in_bulk(admin, page):
    bulk(admin, "delete", page)


DELETE = [delete_by_code, delete_as_plain_page, delete_in_its_view, delete_in_bulk]


def texts_left(*pages):
    """What wagtail-localize still keeps of pages."""
    keys = [page.translation_key for page in pages]
    return TranslationSource.objects.filter(object_id__in=keys).count() + (
        StringTranslation.objects.filter(context__object_id__in=keys).count()
    )


@pytest.mark.parametrize("delete", DELETE, ids=named)
def test_a_deleted_page_is_gone_in_every_language(site, admin, anybody, delete, django_capture_on_commit_callbacks):
    for page in (site.papers, site.money):
        addresses = [version(page, language).url for language in ("fr", "en", "de")]
        before = Page.objects.count()
        with django_capture_on_commit_callbacks(execute=True):
            delete(admin, page)
        assert Page.objects.count() == before - 3
        assert not Page.objects.filter(translation_key=page.translation_key).exists()
        assert [anybody.get(address).status_code for address in addresses] == [410] * 3
        assert texts_left(page) == 0
    assert texts_left(site.travel) > 0


@pytest.mark.parametrize("delete", DELETE, ids=named)
def test_a_deleted_section_is_gone_in_every_language_with_all_below(
    site, admin, delete, django_capture_on_commit_callbacks
):
    for section, below in ((site.prepare, [site.papers, site.travel, site.money]), (site.live, [site.culture])):
        before = Page.objects.count()
        with django_capture_on_commit_callbacks(execute=True):
            delete(admin, section)
        assert Page.objects.count() == before - 3 * (1 + len(below))
        gone = [page.translation_key for page in (section, *below)]
        assert not Page.objects.filter(translation_key__in=gone).exists()
        assert texts_left(section, *below) == 0


def test_several_pages_deleted_in_one_query_are_gone_everywhere(site, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        Page.objects.filter(pk__in=[site.papers.pk, site.live.pk, site.culture.pk]).delete()
    gone = [site.papers, site.live, site.culture]
    assert not Page.objects.filter(translation_key__in=[page.translation_key for page in gone]).exists()


def test_two_pages_deleted_in_bulk_are_gone_everywhere(site, admin, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        bulk(admin, "delete", site.papers, site.culture)
    assert not Page.objects.filter(translation_key__in=[site.papers.translation_key, site.culture.translation_key])


@pytest.mark.parametrize("delete", DELETE, ids=named)
def test_a_deleted_translation_leaves_a_stand_in(site, admin, anybody, delete, django_capture_on_commit_callbacks):
    before = tree("en")
    with django_capture_on_commit_callbacks(execute=True):
        delete(admin, version(site.papers, "en"))
    assert public(site.papers) == {"fr": "written", "en": "alias", "de": "written"}
    assert tree("en") == before
    html = anybody.get(version(site.papers, "en").url).content.decode()
    assert '<h1><span lang="fr">Papiers</span></h1>' in html


@pytest.mark.parametrize("delete", DELETE, ids=named)
def test_a_deleted_translation_of_a_section_leaves_stand_ins_for_all_of_it(
    site, admin, anybody, delete, django_capture_on_commit_callbacks
):
    before = tree("en")
    with django_capture_on_commit_callbacks(execute=True):
        delete(admin, version(site.prepare, "en"))
    for page in (site.prepare, site.papers, site.travel, site.money):
        assert public(page)["en"] == "alias"
        assert public(page)["fr"] == "written"
    assert public(site.papers)["de"] == "written"
    assert tree("en") == before


def test_a_deleted_stand_in_comes_back(site, admin, django_capture_on_commit_callbacks):
    before = tree("de")
    with django_capture_on_commit_callbacks(execute=True):
        delete_in_its_view(admin, version(site.money, "de"))
    assert public(site.money)["de"] == "alias"
    assert tree("de") == before


def test_a_deleted_translation_of_a_page_that_is_down_leaves_nothing_public(site, django_capture_on_commit_callbacks):
    version(site.papers, "fr").unpublish()
    with django_capture_on_commit_callbacks(execute=True):
        version(site.papers, "en").delete()
    assert public(site.papers) == {}
    publish(site.papers)
    assert public(site.papers) == {"fr": "written", "en": "alias", "de": "written"}


def test_a_page_whose_translation_was_deleted_can_be_translated_anew(site, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        version(site.papers, "en").delete()
    translate(site.papers, "en", {"title": "Papers again"})
    assert public(site.papers) == {"fr": "written", "en": "written", "de": "written"}
    assert version(site.papers, "en").title == "Papers again"


# --- New pages ------------------------------------------------------------------------------------------------------
def assert_stands_in(page, languages_there=("en", "de")):
    """A page is in every tree as a stand-in, live, once."""
    for language in languages_there:
        pages = Page.objects.filter(translation_key=page.translation_key, locale__language_code=language)
        assert [(entry.alias_of_id, entry.live) for entry in pages] == [(page.pk, True)], language


def test_a_new_page_published_by_code_stands_in_all_trees(site, anybody):
    page = publish(EditorialFactory(title="Assurance", parent=site.prepare))
    assert_stands_in(page)
    assert anybody.get(version(page, "en").url).status_code == 200


def test_a_new_page_between_others_stands_between_them_everywhere(site):
    page = EditorialPage(title="Assurance", slug="assurance", locale=Locale.get_default(), live=False)
    Page.objects.get(pk=site.travel.pk).add_sibling(pos="left", instance=page)
    publish(page)
    for language in ("fr", "en", "de"):
        children = version(site.prepare, language).get_children().values_list("translation_key", flat=True)
        assert list(children) == [entry.translation_key for entry in (site.papers, page, site.travel, site.money)]


def test_a_new_first_page_stands_first_everywhere(site):
    page = EditorialPage(title="Assurance", slug="assurance", locale=Locale.get_default(), live=False)
    Page.objects.get(pk=site.papers.pk).add_sibling(pos="left", instance=page)
    publish(page)
    for language in ("fr", "en", "de"):
        first = version(site.prepare, language).get_first_child()
        assert first.translation_key == page.translation_key


def test_a_new_page_published_in_the_admin_stands_in_all_trees(site, admin, django_capture_on_commit_callbacks):
    address = reverse("wagtailadmin_pages:add", args=["home", "sectionpage", site.home.pk])
    form = {
        **{"title": "Travailler", "slug": "travailler", "summary": "", "picture_alt": "", "reference": ""},
        **{"seo_title": "", "search_description": "", "comments": inline_formset([]), "action-publish": "1"},
    }
    with django_capture_on_commit_callbacks(execute=True):
        assert admin.post(address, nested_form_data(form)).status_code == 302
    assert_stands_in(SectionPage.objects.get(slug="travailler", locale=Locale.get_default()))


def test_a_draft_stands_in_no_tree_until_it_is_published(site, admin):
    address = reverse("wagtailadmin_pages:add", args=["home", "sectionpage", site.home.pk])
    form = {
        **{"title": "Travailler", "slug": "travailler", "summary": "", "picture_alt": "", "reference": ""},
        **{"seo_title": "", "search_description": "", "comments": inline_formset([])},
    }
    assert admin.post(address, nested_form_data(form)).status_code == 302
    page = SectionPage.objects.get(slug="travailler")
    assert Page.objects.filter(translation_key=page.translation_key).count() == 1
    bulk(admin, "publish", page)
    assert_stands_in(page)


def test_a_new_page_published_on_schedule_stands_in_all_trees_when_it_is_public(site, anybody):
    page = EditorialFactory(title="Assurance", parent=site.live, live=False, first_published_at=None)
    page.go_live_at = timezone.now() + dt.timedelta(hours=1)
    page.save_revision().publish()
    with time_machine.travel(NOW + dt.timedelta(hours=2)):
        call_command("publish_scheduled")
        assert_stands_in(page)
        assert anybody.get(version(page, "de").url).status_code == 200


def test_a_copied_section_stands_in_all_trees(site, admin):
    """An editor copies a section with its pages and keeps them public."""
    answer = admin.post(
        reverse("wagtailadmin_pages:copy", args=[site.prepare.pk]),
        {
            **{"new_title": "Préparer 2", "new_slug": "preparer-2", "new_parent_page": site.home.pk},
            **{"copy_subpages": "on", "publish_copies": "on"},
        },
    )
    assert answer.status_code == 302
    copy = SectionPage.objects.get(slug="preparer-2", locale=Locale.get_default())
    assert copy.get_children().count() == 3
    for page in (copy, *copy.get_children()):
        assert_stands_in(page)


def test_publishing_an_untranslated_page_again_makes_no_second_stand_in(site):
    before = {language: version(site.money, language).pk for language in ("en", "de")}
    for _time in range(2):
        publish(site.money, summary="Une autre phrase.")
    assert_stands_in(site.money)
    assert {language: version(site.money, language).pk for language in ("en", "de")} == before
    assert version(site.money, "en").summary == "Une autre phrase."


def test_a_stand_in_follows_its_french_page(site, anybody):
    publish(site.money, title="Argent et bourses")
    assert "Argent et bourses" in anybody.get(version(site.money, "de").url).content.decode()


def test_a_page_below_a_page_that_lacks_in_a_tree_brings_it(site):
    """The section was a draft, and is published after the page in it."""
    section = SectionFactory(title="Rester", live=False, first_published_at=None)
    page = publish(EditorialFactory(title="S’installer", parent=section))
    for language in ("en", "de"):
        assert version(page, language).get_parent().translation_key == section.translation_key
    assert public(section) == {}
    publish(section)
    assert_stands_in(section)
    assert_stands_in(page)


def test_a_section_brought_by_its_page_stands_at_its_place(site):
    section = SectionPage(title="Rester", slug="rester", locale=Locale.get_default(), live=False)
    Page.objects.get(pk=site.live.pk).add_sibling(pos="left", instance=section)
    publish(EditorialFactory(title="S’installer", parent=section))
    publish(section)
    for language in ("fr", "en", "de"):
        children = version(site.home, language).get_children().values_list("translation_key", flat=True)
        wanted = [site.prepare, section, site.live, site.contact]
        assert list(children) == [page.translation_key for page in wanted], language


def test_an_untranslated_page_whose_draft_was_edited_is_copied_as_it_is_online(site):
    page = EditorialPage.objects.get(pk=site.money.pk)
    page.title = "Un brouillon"
    page.save_revision()
    languages("es")
    assert version(site.money, "es").title == "Argent"


# --- The loader -----------------------------------------------------------------------------------------------------
def test_the_loaded_demo_has_the_same_tree_in_every_language(demo):
    """Pages that the file has in some languages only stand at their places too."""
    for language in ("en", "es", "de"):
        assert titles(language) == titles_by_tree(language)


# --- Languages ------------------------------------------------------------------------------------------------------
def test_a_new_language_has_the_whole_tree_at_once(site, anybody):
    assert tree("es") == []
    languages("es")
    assert tree("es") == tree("fr")
    pages = Page.objects.filter(locale__language_code="es")
    assert {page.alias_of_id is not None and page.live for page in pages} == {True}
    for page in pages:
        assert anybody.get(page.url).status_code == 200


def test_a_new_language_has_no_page_that_is_not_public_in_french(site, anybody):
    version(site.papers, "fr").unpublish()
    languages("es")
    assert version(site.papers, "es") is None or not version(site.papers, "es").live
    publish(site.papers)
    assert_stands_in(site.papers, ["es"])


def test_a_language_may_come_before_the_first_page(home):
    languages("en")
    page = publish(EditorialFactory(title="Argent"))
    assert_stands_in(page, ["en"])


def test_all_languages_of_the_settings_are_added_once(site):
    assert [locale.language_code for locale in add_languages()] == ["es"]
    assert add_languages() == []
    assert tree("es") == tree("fr")


def test_a_language_added_in_the_admin_has_the_whole_tree(site, admin):
    page = admin.get(reverse("wagtaillocales:add"))
    assert page.status_code == 200
    answer = admin.post(reverse("wagtaillocales:add"), {"language_code": "es"})
    assert answer.status_code == 302
    assert tree("es") == tree("fr")


def rows_of(locale):
    """All rows of the database that point at a language."""
    return {
        relation.related_model._meta.label: count
        for relation in Locale._meta.related_objects
        if (count := relation.related_model._base_manager.filter(**{relation.field.name: locale}).count())
    }


def test_a_removed_language_is_gone_without_a_trace(site, anybody, django_capture_on_commit_callbacks):
    host, specialty = HostFactory(access="Par le bus."), SpecialtyFactory(name="Cardiologie", reference="cardiologie")
    translate(host, "en", {"access": "By bus."})
    translate(specialty, "en", {"name": "Cardiology"})
    translate(specialty, "de", {"name": "Kardiologie"})
    publish(OfferFactory(title="Stage", host=host, specialty=specialty))
    english = Locale.objects.get(language_code="en")
    count, french, german = len(tree("en")), tree("fr"), tree("de")
    english_address = version(site.papers, "en").url
    assert rows_of(english)
    others = StringTranslation.objects.exclude(locale=english).count()
    with django_capture_on_commit_callbacks(execute=True):
        assert remove_language(Locale.objects.get(language_code="en")) == count
    assert not Locale.objects.filter(language_code="en").exists()
    assert rows_of(english) == {}
    assert tree("fr") == french
    assert tree("de") == german
    assert StringTranslation.objects.count() == others
    assert set(HostStructure.objects.values_list("locale__language_code", flat=True)) == {"fr"}
    assert set(Specialty.objects.values_list("locale__language_code", flat=True)) == {"fr", "de"}
    assert Translation.objects.filter(target_locale__language_code="de").count() == 3
    assert anybody.get(english_address)["Location"] == site.papers.url
    assert 'hreflang="en"' not in anybody.get("/fr/").content.decode()
    assert anybody.get("/sitemap-en.xml").status_code == 404
    # Publishing goes on as if it had never been.
    publish(site.papers, title="Papiers et visas")
    assert set(public(site.papers)) == {"fr", "de"}


def test_a_removed_language_may_come_again(site, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        remove_language(Locale.objects.get(language_code="en"))
    languages("en")
    assert tree("en") == tree("fr")
    assert public(site.papers) == {"fr": "written", "en": "alias", "de": "written"}


def test_french_cannot_be_removed(site):
    before = Page.objects.count()
    with pytest.raises(ValueError, match="French"):
        remove_language(Locale.get_default())
    assert Page.objects.count() == before


def test_a_records_translations_go_with_it(home):
    languages("en", "de")
    specialty = SpecialtyFactory(name="Cardiologie", reference="cardiologie")
    translate(specialty, "en", {"name": "Cardiology"})
    translate(specialty, "de", {"name": "Kardiologie"})
    version(specialty, "de").delete()
    assert set(Specialty.objects.values_list("locale__language_code", flat=True)) == {"fr", "en"}
    specialty.delete()
    assert not Specialty.objects.exists()


def test_wagtails_own_root_has_no_translation(site):
    assert root().get_children().count() == 3
    change(site.home, {"title": "Bienvenue"})
    publish(site.home, title="Bienvenue")
    assert root().get_children().count() == 3


def test_a_copied_offer_has_a_reference_of_its_own(site, admin):
    """A reference names one page for ever: the copy, and those of all languages, get the next one."""
    languages("en")
    offer = publish(OfferFactory())
    answer = admin.post(
        reverse("wagtailadmin_pages:copy", args=[offer.pk]),
        {
            **{"new_title": "Encore", "new_slug": "encore", "new_parent_page": offer.get_parent().pk},
            **{"publish_copies": "on"},
        },
    )
    assert answer.status_code == 302
    copy = type(offer).objects.get(slug="encore", locale=Locale.get_default())
    assert copy.live
    assert copy.reference not in {"", offer.reference}
    assert copy.get_latest_revision_as_object().reference == copy.reference
    assert version(copy, "en").reference == copy.reference
