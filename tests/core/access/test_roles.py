"""Each role does its work, and no other's; a view that asks less than ours is asked by us."""

import json

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import reverse
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    PageViewRestriction,
)
from wagtail_localize.models import OverridableSegment, SegmentOverride, Translation, TranslationSource

from core.access import guards
from core.access.roles import STOCK_GROUPS, replace_stock_groups
from core.translation.languages import remove_language
from factories import (
    EditorialFactory,
    HostFactory,
    ImageFactory,
    OfferFactory,
    SupervisorFactory,
    UserFactory,
    block,
    items,
    languages,
    person,
    prose,
    publish,
    translate,
    version,
)
from scenarios import scenario

pytestmark = pytest.mark.once

ENGLISH, SPANISH = "Traduction (anglais)", "Traduction (espagnol)"


@scenario
def page():
    """A French page that is online in French, English and Spanish."""
    page = publish(EditorialFactory(title="Préparer", body=prose("Le marché est le samedi.")))
    languages("en", "es")
    for language, title in {"en": "Prepare", "es": "Preparar"}.items():
        translate(page, language, {"title": title})
    return page


@pytest.fixture
def signed_in(client, home):
    """A function that signs somebody with a role in."""

    def sign_in(*roles, **kwargs):
        client.force_login(person(*roles, **kwargs))
        return client

    return sign_in


def titles(page):
    """What readers see as titles, by language; a stand-in is marked."""
    pages = Page.objects.filter(translation_key=page.translation_key, live=True).select_related("locale")
    return {item.locale.language_code: f"{item.title}{' (alias)' if item.alias_of_id else ''}" for item in pages}


ONLINE = {"fr": "Préparer", "en": "Prepare", "es": "Preparar"}


# --- The roles ----------------------------------------------------------------------------------------------------
def test_a_new_site_has_the_roles_and_a_language_brings_its_translators(home):
    roles = {"Rédaction", "Publication", "Guichet", "Administration"}
    assert set(Group.objects.values_list("name", flat=True)) == roles
    languages("en", "de")
    assert set(Group.objects.values_list("name", flat=True)) - roles == {
        "Traduction (anglais)",
        "Traduction (allemand)",
    }
    approving = GroupApprovalTask.objects.get().groups.values_list("name", flat=True)
    assert set(approving) == {"Publication", "Administration"}


def test_a_language_that_goes_takes_its_translators_along(home):
    before = set(Group.objects.values_list("name", flat=True))
    remove_language(languages("en")["en"])
    assert set(Group.objects.values_list("name", flat=True)) == before


def test_renamed_translators_are_not_made_again(home):
    languages("en")
    Group.objects.filter(name=ENGLISH).update(name="Anglicistes")
    english = Page.objects.get(depth=2, locale__language_code="en")
    from core.access.roles import give_home

    give_home(english)
    assert not Group.objects.filter(name=ENGLISH).exists()


def test_what_members_of_wagtails_own_groups_have_stays(home):
    from django.apps import apps

    for name in STOCK_GROUPS:
        Group.objects.create(name=name)
    UserFactory().groups.add(Group.objects.get(name="Editors"))
    replace_stock_groups(apps)
    assert list(Group.objects.filter(name__in=STOCK_GROUPS).values_list("name", flat=True)) == ["Editors"]


def test_rights_to_pages_stand_on_home_pages(home):
    languages("en")
    assert {right.page.depth for right in GroupPagePermission.objects.all()} == {1, 2}


# --- Work that goes through --------------------------------------------------------------------------------------
def test_who_writes_saves_a_draft_and_submits_it(signed_in, page):
    client = signed_in("Rédaction")
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert client.get(address).status_code == 200
    assert client.get(reverse("wagtailadmin_pages:add_subpage", args=[page.get_parent().pk])).status_code in {200, 302}
    tester = page.permissions_for_user(person("Rédaction"))
    assert tester.can_edit()
    assert tester.can_submit_for_moderation()
    assert not tester.can_publish()
    assert not tester.can_set_view_restrictions()


def test_a_translator_publishes_in_her_language(signed_in, page, django_capture_on_commit_callbacks):
    client = signed_in(ENGLISH)
    edit = reverse("wagtailadmin_pages:edit", args=[version(page, "en").pk])
    assert client.get(edit).status_code == 200
    translation = Translation.objects.get(source__object_id=page.translation_key, target_locale__language_code="en")
    segment = translation.source.stringsegment_set.get(context__path="title")
    answer = client.put(
        reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk]),
        encode_multipart(BOUNDARY, {"value": "Get ready"}),
        content_type=MULTIPART_CONTENT,
    )
    assert answer.status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        client.post(edit, {"action": "publish"})
    assert titles(page) == ONLINE | {"en": "Get ready"}


def test_a_translator_begins_a_page_in_her_language_only(signed_in, page, django_capture_on_commit_callbacks):
    new = publish(EditorialFactory(title="Venir"))
    client = signed_in(ENGLISH)
    address = reverse("wagtail_localize:submit_page_translation", args=[new.pk])
    assert client.get(address).status_code == 200
    spanish, english = (Locale.objects.get(language_code=code).pk for code in ("es", "en"))
    # As Django's form reads numbers.
    for typed in (spanish, f" {spanish}", chr(0xFF10 + spanish) if spanish < 10 else spanish):
        assert client.post(address, {"locales": [typed]}).status_code == 403
    assert client.post(address, {"locales": ["³"]}).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(address, {"locales": [english]}).status_code == 302
    assert version(new, "en").alias_of_id is None
    assert version(new, "es").alias_of_id == new.pk


def test_a_translator_opens_records_of_her_language(signed_in, page):
    host = HostFactory()
    english = translate(host, "en", {"name": "Health centre"}) if "name" in host.texts else None
    client = signed_in(ENGLISH)
    address = "wagtailsnippets_territoire_hoststructure:edit"
    assert client.get(reverse(address, args=[host.pk])).status_code == 403
    if english is not None:
        assert client.get(reverse(address, args=[english.pk])).status_code == 200


# --- Doors that are shut ------------------------------------------------------------------------------------------
def doors(page):
    """Addresses by which translations were published or overwritten, with what one posts."""
    source = TranslationSource.objects.get(object_id=page.translation_key)
    spanish = version(page, "es")
    translation = Translation.objects.get(source=source, target_locale__language_code="es")
    return {
        "update": (
            reverse("wagtail_localize:update_translations", args=[source.pk]),
            {"publish_translations": "on"},
        ),
        "stop": (reverse("wagtail_localize:stop_translation", args=[translation.pk]), {}),
        "stand-in": (reverse("wagtail_localize:convert_to_alias", args=[spanish.pk]), {}),
        "delete": (reverse("wagtailadmin_pages:delete", args=[spanish.pk]), {}),
        "unpublish": (reverse("wagtailadmin_pages:unpublish", args=[spanish.pk]), {}),
        "privacy": (
            reverse("wagtailadmin_pages:set_privacy", args=[spanish.pk]),
            {"restriction_type": "login", "groups": [], "password": ""},
        ),
        "API": (f"/admin/api/main/pages/{spanish.pk}/action/delete/", {}),
        "bulk": (f"/admin/bulk/wagtailcore/page/unpublish/?id={spanish.pk}", {"next": "/admin/"}),
    }


@pytest.mark.parametrize("role", ["Rédaction", ENGLISH, "Guichet"])
def test_nobody_publishes_or_overwrites_another_language(signed_in, page, role, django_capture_on_commit_callbacks):
    page.title = "Se préparer"
    page.save()
    for name, (address, posted) in doors(page).items():
        with django_capture_on_commit_callbacks(execute=True):
            signed_in(role).post(address, posted)
        assert titles(page) == ONLINE | {"fr": "Se préparer"}, name
        assert Translation.objects.filter(source__object_id=page.translation_key, enabled=True).count() == 2, name
        assert not PageViewRestriction.objects.exists(), name


@pytest.mark.parametrize("door", ["stop", "stand-in", "delete", "privacy", "API"])
def test_a_translator_keeps_facts_tree_and_privacy_of_her_own_language(signed_in, page, door):
    address, posted = doors(page)[door]
    assert signed_in(SPANISH).post(address, posted).status_code in {302, 403}
    assert titles(page) == ONLINE
    assert not PageViewRestriction.objects.exists()


@pytest.mark.parametrize(("role", "offered"), [(ENGLISH, {"en"}), ("Publication", {"en", "es"})])
def test_nobody_is_offered_what_is_refused(signed_in, page, role, offered):
    """A language in the form that submits a page, or a stand-in in the place of a translation."""
    new = publish(EditorialFactory())
    client = signed_in(role)
    form = client.get(reverse("wagtail_localize:submit_page_translation", args=[new.pk])).context["form"]
    assert {locale.language_code for locale in form.fields["locales"].queryset} == offered
    editor = client.get(reverse("wagtailadmin_pages:edit", args=[version(page, "en").pk]))
    assert bool(json.loads(editor.context["props"])["links"]["convertToAliasUrl"]) == (role == "Publication")


def test_a_page_that_no_longer_follows_french_is_not_written_by_translators(signed_in, page):
    Translation.objects.filter(target_locale__language_code="es").update(enabled=False)
    edit = reverse("wagtailadmin_pages:edit", args=[version(page, "es").pk])
    assert signed_in(SPANISH).get(edit).status_code == 403
    assert signed_in(SPANISH).post(edit, {"localize-restart-translation": "1"}).status_code == 403
    assert signed_in("Publication").get(edit).status_code == 200


def test_who_publishes_may_still_take_a_translation_back(signed_in, page):
    address, posted = doors(page)["stand-in"]
    assert signed_in("Publication").post(address, posted).status_code == 302
    assert titles(page)["es"] == "Préparer (alias)"


def test_a_view_that_nobody_has_read_is_refused(signed_in, page, monkeypatch):
    monkeypatch.delitem(guards.GUARDS, "wagtail_localize:translations_report")
    address = reverse("wagtail_localize:translations_report")
    assert signed_in("Administration").get(address).status_code == 403


# --- Privacy ------------------------------------------------------------------------------------------------------
def test_privacy_put_on_a_translation_counts_nowhere(client, page):
    """By the admin of old, the API or code."""
    offer = publish(OfferFactory())
    english = Page.objects.get(depth=2, locale__language_code="en")
    PageViewRestriction.objects.create(page=english, restriction_type=PageViewRestriction.LOGIN)
    for address in ("/fr/", "/en/", offer.url, version(offer, "en").url):
        assert client.get(address).status_code == 200, address
    listed = client.get("/api/v1/offers").json()
    assert [item["title"] for item in listed["results"]] == [offer.title]
    for address in ("/data/offers.csv", "/feeds/fr/offers.atom", "/feeds/en/offers.atom"):
        told = client.get(address).getvalue().decode()
        assert offer.title in told, address
    assert version(page, "en").url in client.get("/sitemap-en.xml").content.decode()


def test_privacy_of_a_french_page_holds_in_all_languages(client, page):
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    for language in ("fr", "en", "es"):
        assert client.get(version(page, language).url).status_code == 302, language


def test_who_only_enters_reads_nothing_that_is_not_public(signed_in, home):
    """Titles of drafts, pictures that were withheld, names of supervisors."""
    draft, image, supervisor = OfferFactory(title="Brouillon", draft=True), ImageFactory(), SupervisorFactory()
    client = signed_in("Guichet")
    for address in (
        f"/admin/choose-page/chosen-multiple/?id={draft.pk}",
        f"/admin/choose-page/{home.pk}/",
        "/admin/localize/reports/translations/results/",
        f"/admin/api/main/images/{image.pk}/",
        f"/admin/images/chooser/chosen-multiple/?id={image.pk}",
        f"/admin/snippets/choose/territoire/supervisor/chosen/{supervisor.pk}/",
        f"/admin/bulk/wagtailcore/page/delete/?id={draft.pk}",
        f"/admin/pages/{draft.pk}/move/{home.pk}/confirm/",
    ):
        assert client.get(address).status_code == 403, address
    for address in ("/admin/", "/admin/account/"):
        assert client.get(address).status_code == 200, address


@pytest.mark.parametrize("right", ["change_sitesettings", "add_redirect", "choose_image"])
def test_who_has_any_right_chooses_as_it_takes(signed_in, home, right):
    """The settings and redirects name pages; a right to pictures stands on their collection."""
    client, group = signed_in("Guichet"), Group.objects.get(name="Guichet")
    permission = Permission.objects.filter(codename=right).order_by("-content_type__app_label").first()
    if right == "choose_image":
        root = Collection.get_first_root_node()
        GroupCollectionPermission.objects.create(group=group, collection=root, permission=permission)
    else:
        group.permissions.add(permission)
    assert client.get("/admin/choose-page/").status_code == 200


# --- Links --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("address", ["javascript:alert(1)", "JaVa\tScript:alert(1)", "data:text/html,x", "vbscript:x"])
def test_a_translators_link_that_runs_a_script_never_reaches_a_page(signed_in, home, client, address):
    page = publish(EditorialFactory(body=prose('Lisez <a href="https://exemple.fr/">ceci</a>.')))
    languages("en")
    translate(page, "en", {})
    translation = Translation.objects.get(source__object_id=page.translation_key)
    segment = OverridableSegment.objects.get(source=translation.source)
    signed_in(ENGLISH)

    def typed(value):
        return client.put(
            reverse("wagtail_localize:edit_override", args=[translation.pk, segment.pk]),
            encode_multipart(BOUNDARY, {"value": value}),
            content_type=MULTIPART_CONTENT,
        )

    assert "https://" in typed(address).json()["error"]
    assert SegmentOverride.objects.get().data == address  # what was typed is kept
    publish(page)
    html = client.get(version(page, "en").url).content.decode()
    assert 'href="https://exemple.fr/"' in html
    assert "alert(1)" not in html
    assert typed("https://example.org/").json()["error"] is None
    publish(page)
    assert 'href="https://example.org/"' in client.get(version(page, "en").url).content.decode()


@pytest.fixture
def choosing(signed_in, home):
    """A French page that names another, and a function by which an English translator names one in its place."""
    body = [block("pages", {"title": "", "pages": items(home.pk)})]
    page = publish(EditorialFactory(title="Préparer", body=body))
    languages("en")
    translate(page, "en", {})
    translation = Translation.objects.get(source__object_id=page.translation_key)
    segment = OverridableSegment.objects.get(source=translation.source)
    address = reverse("wagtail_localize:edit_override", args=[translation.pk, segment.pk])
    browser = signed_in(ENGLISH)

    def choose(value):
        sent = encode_multipart(BOUNDARY, {"value": value})
        return browser.put(address, sent, content_type=MULTIPART_CONTENT).json()["error"]

    return page, choose


def named_in_english(page):
    """The pages that a page's first block names in English."""
    return [named.pk for named in version(page, "en").body[0].value["pages"]]


@pytest.mark.parametrize("value", ["99999999", "9" * 60, "abc", "", "[1,2]", "-1", "1.0", "²", "\0"])
def test_a_translators_choice_of_a_page_that_is_none_is_refused_and_keeps_nothing_from_readers(choosing, home, value):
    page, choose = choosing
    assert "n’existe plus" in choose(value)
    publish(page, summary="Nouveau")
    assert named_in_english(page) == [home.pk]


def test_a_page_that_a_translator_chose_may_be_deleted(choosing, home, client):
    page, choose = choosing
    other = publish(EditorialFactory(title="Loger"))
    assert choose(str(other.pk)) is None
    publish(page)
    assert named_in_english(page) == [other.pk]
    other.delete()
    translation = Translation.objects.get(source__object_id=page.translation_key)
    assert "n’existe plus" in SegmentOverride.objects.get().get_error()
    preview = reverse("wagtail_localize:preview_translation", args=[translation.pk])
    assert client.get(preview).status_code == 200
    publish(page, summary="Nouveau")
    assert named_in_english(page) == [home.pk]


def test_a_picture_that_a_translator_chose_may_be_deleted(home):
    page = publish(EditorialFactory(body=[block("picture", {"image": ImageFactory().pk, "caption": "", "alt": ""})]))
    languages("en")
    translate(page, "en", {})
    segment = OverridableSegment.objects.get(source__object_id=page.translation_key)
    picture = ImageFactory()
    override = SegmentOverride.objects.create(
        locale=Locale.objects.get(language_code="en"), context=segment.context, data_json=f'"{picture.pk}"'
    )
    assert not override.has_error
    picture.delete()
    override.refresh_from_db()
    assert override.has_error


@pytest.mark.parametrize("action", ["publish", "move"])
def test_a_bulk_action_leads_to_no_other_site(signed_in, page, action):
    draft = OfferFactory(draft=True, frameworks=[("erasmus_etudes", "", "observation")])
    pages = draft.pk if action == "publish" else version(page, "en").pk
    address = f"/admin/bulk/wagtailcore/page/{action}/?id={pages}&next=https://ailleurs.example/"
    answer = signed_in("Administration").post(address, {"next": "https://ailleurs.example/"})
    assert "ailleurs" not in answer.get("Location", "")


# --- Accounts -----------------------------------------------------------------------------------------------------
def test_the_demos_accounts_change_no_account(client, settings, home):
    settings.DEMO = True
    user = person("Administration", is_demo=True, username="demo", password="demo-loir-et-cher")
    other = UserFactory()
    client.force_login(user)
    for address in (
        reverse("wagtailadmin_account"),
        reverse("wagtailusers_users:add"),
        reverse("wagtailusers_users:edit", args=[user.pk]),
        reverse("wagtailusers_users:edit", args=[other.pk]),
        reverse("wagtailusers_groups:add"),
        reverse("wagtailusers_groups:edit", args=[user.groups.get().pk]),
        f"/admin/bulk/core/user/delete/?id={other.pk}",
        reverse("signin_forget", args=[other.pk]),
    ):
        assert client.post(address, {"new_password1": "x", "is_superuser": "on"}).status_code == 403, address
    user.refresh_from_db()
    assert user.check_password("demo-loir-et-cher")
    assert not user.is_superuser
    assert client.get(reverse("wagtailsettings:edit", args=["core", "sitesettings"]), follow=True).status_code == 200
    assert client.get(reverse("wagtailadmin_pages:edit", args=[home.pk])).status_code == 200


def test_only_a_superuser_makes_or_changes_superusers(signed_in, home):
    chief, colleague = UserFactory(), person("Guichet")
    client = signed_in("Administration")
    assert client.get(reverse("wagtailusers_users:edit", args=[colleague.pk])).status_code == 200
    for name in ("wagtailusers_users:edit", "signin_forget"):
        assert client.get(reverse(name, args=[chief.pk])).status_code == 403
    data = {"username": colleague.username, "email": colleague.email, "first_name": "A", "last_name": "B"}
    address = reverse("wagtailusers_users:edit", args=[colleague.pk])
    assert client.post(address, data | {"is_active": "on", "is_superuser": "on"}).status_code == 403
    assert client.post(address, data | {"is_active": "on"}).status_code == 302
    colleague.refresh_from_db()
    assert (colleague.first_name, colleague.is_superuser) == ("A", False)


def test_a_demo_has_an_account_for_each_role(home, settings):
    from home.management.commands.load_demo import Command

    settings.DEMO = True
    languages("en")
    UserFactory(username="demo", is_demo=True)  # of a demo that was made before there were roles
    Command.set_accounts()
    from core.models import User

    accounts = {user.username: user for user in User.objects.filter(is_demo=True)}
    assert set(accounts) == {"demo", "demo-redaction", "demo-publication", "demo-guichet", "demo-traduction-anglais"}
    assert not any(user.is_superuser for user in accounts.values())
    assert all(user.has_perm("wagtailadmin.access_admin") for user in accounts.values())
    call_command("check", fail_level="WARNING")
