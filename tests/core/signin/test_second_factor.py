"""Who publishes or administers gives a code after the password, at every address of the admin."""

import logging
import re
import time
from base64 import b32decode
from binascii import unhexlify
from types import SimpleNamespace

import pytest
import time_machine
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from wagtail.models import GroupApprovalTask, GroupPagePermission

from core.jobs.worker import run_due
from core.signin import factor
from core.signin.wall import ADMIN, OPEN, FactorMiddleware
from factories import NOW, PASSWORD, UserFactory

pytestmark = pytest.mark.once

SET_UP, GIVE, LOOK_AFTER = "/admin/second-factor/set-up/", "/admin/second-factor/code/", "/admin/second-factor/"


@pytest.fixture(autouse=True)
def _required(settings):
    settings.SECOND_FACTOR_REQUIRED = True


def code_of(device, later=0):
    """The six figures of a telephone, `later` codes from now."""
    totp = TOTP(unhexlify(device.key))
    totp.time = time.time() + 30 * later
    return f"{totp.token():06d}"


@pytest.fixture
def nadia(db):
    """An administrator with a telephone."""
    user = UserFactory(username="nadia")
    TOTPDevice.objects.create(user=user, name="telephone")
    return user


def telephone(user):
    return TOTPDevice.objects.get(user=user)


def signed_in(user, *, verified=False):
    """A browser in which somebody has given the password, and the code too."""
    browser = Client()
    assert browser.post("/admin/login/", {"username": user.username, "password": PASSWORD}).status_code == 302
    if verified:
        answer = browser.post(GIVE, {"code": code_of(telephone(user))})
        assert answer.status_code == 302, answer.content
    return browser


def writer(*rights, **more):
    """Somebody who may enter the admin, with further rights of a group."""
    group = Group.objects.create(name="Rédaction d’essai")
    codes = ("access_admin", *rights)
    group.permissions.set(Permission.objects.filter(codename__in=codes))
    user = UserFactory(is_superuser=False, is_staff=False, **more)
    user.groups.add(group)
    return user, group


# --- The wall -------------------------------------------------------------------------------------------------
def admin_addresses(patterns=None, route="", names=()):
    """The route and the name of every address under /admin/."""
    for pattern in patterns or get_resolver().url_patterns:
        whole = route + str(pattern.pattern)
        if not whole.startswith(ADMIN):
            continue
        if isinstance(pattern, URLResolver):
            inside = (*names, pattern.namespace) if pattern.namespace else names
            yield from admin_addresses(pattern.url_patterns, whole, inside)
        else:
            yield whole, ":".join((*names, pattern.name or ""))


def asked(rf, user, route, name, method="GET", **headers):
    """What the wall answers somebody who has given the password alone."""
    request = rf.generic(method, f"/{ADMIN}", headers={"Accept": "text/html", **headers})
    request.user, request.resolver_match = user, SimpleNamespace(route=route, view_name=name)
    return FactorMiddleware(None).process_view(request, None, (), {})


def test_every_address_of_the_admin_is_closed_without_the_factor(nadia, rf):
    """Found by walking over all of them: those that open are the few that lead to the factor."""
    nadia.is_verified = lambda: False
    addresses = list(admin_addresses())
    opened = set()
    for route, name in addresses:
        got, posted = asked(rf, nadia, route, name), asked(rf, nadia, route, name, "POST")
        if got is None or posted is None:
            opened.add(name)
            continue
        assert (got.status_code, posted.status_code) == (302, 403), route
        assert got["Location"].startswith(f"{GIVE}?next="), route
        assert asked(rf, nadia, route, name, "POST", **{"X-Requested-With": "XMLHttpRequest"}).status_code == 403
    assert opened == OPEN
    assert len(addresses) > 250
    assert any(name.startswith("wagtail_localize:") for _route, name in addresses)
    assert any(name.startswith("wagtailadmin_api:") for _route, name in addresses)


@pytest.mark.parametrize(
    "address",
    ["/admin/api/main/pages/", "/admin/localize/update/1/", "/admin/pages/1/edit/preview/", "/admin/reports/locked/"],
)
def test_addresses_of_other_apps_are_closed_too(nadia, home, address):
    assert signed_in(nadia).get(address).status_code == 302
    assert signed_in(nadia).get(address, headers={"Accept": "application/json"}).status_code == 403


def test_with_the_code_the_admin_opens_where_one_wanted_to_go(nadia, home):
    browser = signed_in(nadia)
    answer = browser.get("/admin/pages/", follow=True)
    assert 'name="next" value="/admin/pages/"' in answer.content.decode()
    answer = browser.post(GIVE, {"code": code_of(telephone(nadia)), "next": "/admin/pages/"})
    assert answer["Location"] == "/admin/pages/"
    assert browser.get("/admin/").status_code == 200


def test_the_way_on_stays_on_the_site(nadia):
    answer = signed_in(nadia).post(GIVE, {"code": code_of(telephone(nadia)), "next": "https://ailleurs.example/"})
    assert answer["Location"] == "/admin/"


def test_what_is_typed_before_the_factor_is_not_saved_and_this_is_said(nadia, home, text_of):
    browser = signed_in(nadia)
    answer = browser.post(
        f"/admin/pages/{home.pk}/edit/", {"title": "Autre", "action-publish": "1"}, headers={"Accept-Language": "en"}
    )
    assert "Nothing was saved" in text_of(answer)
    assert GIVE in answer.content.decode()
    home.refresh_from_db()
    assert home.title != "Autre"


def test_a_session_from_before_is_led_to_the_factor(db, home):
    user = UserFactory()
    browser = Client()
    browser.force_login(user)
    assert browser.get("/admin/")["Location"].startswith(SET_UP)


def test_a_new_password_does_not_replace_the_factor(nadia, client, mailoutbox):
    client.post("/admin/password_reset/", {"email": nadia.email})
    run_due()
    link = re.search(r"https?://[^/]+(/admin/password_reset/confirm/\S+)", mailoutbox[0].body)[1]
    page = client.get(link, follow=True)
    new = {"new_password1": "une-autre-phrase", "new_password2": "une-autre-phrase"}
    assert client.post(page.redirect_chain[-1][0], new).status_code == 302
    assert client.post("/admin/login/", {"username": "nadia", "password": "une-autre-phrase"}).status_code == 302
    assert client.get("/admin/")["Location"].startswith(GIVE)


# --- Who needs one --------------------------------------------------------------------------------------------
def test_a_superuser_needs_one(db):
    assert factor.must_have_factor(UserFactory())


def test_who_only_writes_needs_none_and_may_have_one(db, home):
    user, group = writer()
    for code in ("add_page", "change_page"):
        GroupPagePermission.objects.create(
            group=group, page=home, permission=Permission.objects.get(codename=code, content_type__model="page")
        )
    assert not factor.must_have_factor(user)
    assert signed_in(user).get("/admin/").status_code == 200
    TOTPDevice.objects.create(user=user, name="telephone")
    assert signed_in(user).get("/admin/")["Location"].startswith(GIVE)


def test_who_publishes_any_page_needs_one(db, home):
    user, group = writer()
    publish = Permission.objects.get(codename="publish_page", content_type__model="page")
    GroupPagePermission.objects.create(group=group, page=home, permission=publish)
    assert factor.must_have_factor(user)


def test_who_approves_in_a_workflow_needs_one(db):
    user, group = writer()
    GroupApprovalTask.objects.create(name="Relecture").groups.add(group)
    assert factor.must_have_factor(user)


@pytest.mark.parametrize("right", ["change_user", "add_group", "change_site", "delete_locale", "change_sitesettings"])
def test_who_administers_needs_one(db, right):
    assert Permission.objects.filter(codename=right).exists()
    assert factor.must_have_factor(writer(right)[0])


def test_a_right_given_to_the_account_itself_counts_too(db):
    user, _group = writer()
    user.user_permissions.add(Permission.objects.get(codename="change_user"))
    assert factor.must_have_factor(user)


def test_who_only_looks_at_accounts_needs_none(db):
    assert not factor.must_have_factor(writer("view_user", "view_group")[0])


def test_a_demo_forces_nobody_and_its_account_has_none(settings, db, home):
    settings.SECOND_FACTOR_REQUIRED, settings.DEMO = False, True
    user = UserFactory(is_demo=True)
    browser = signed_in(user)
    assert browser.get("/admin/").status_code == 200
    browser.get(SET_UP)
    assert browser.post(SET_UP, {"code": "123456"}).status_code == 403
    assert not factor.has_factor(user)


# --- Setting up -----------------------------------------------------------------------------------------------
def set_up(browser, **more):
    """Go through the page as a telephone would; return the answer and the telephone."""
    page = browser.get(SET_UP).content.decode()
    letters = re.search(r'class="factor-key">([a-z2-7 ]+)<', page)[1].replace(" ", "")
    device = TOTPDevice(key=b32decode(letters.upper()).hex())
    return browser.post(SET_UP, {"code": code_of(device), **more}), device


def test_setting_up_shows_a_picture_a_key_and_then_ten_recovery_codes_once(db, home, text_of):
    user = UserFactory(username="nadia")
    browser = signed_in(user)
    page = browser.get(SET_UP).content.decode()
    assert 'src="data:image/svg+xml' in page
    assert "otpauth://totp/" in page
    answer, _device = set_up(browser, next="/admin/pages/")
    codes = re.findall(r"<li><code>([a-z2-7]{8})</code></li>", answer.content.decode())
    assert len(set(codes)) == 10
    assert 'href="/admin/pages/"' in answer.content.decode()
    assert browser.get("/admin/").status_code == 200
    assert codes[0] not in browser.get(LOOK_AFTER).content.decode()
    for code in (codes[0], codes[1].upper(), f"{codes[2][:4]} {codes[2][4:]}"):
        assert signed_in(user).post(GIVE, {"code": code}).status_code == 302
    assert signed_in(user).post(GIVE, {"code": codes[0]}).status_code == 200


def test_a_wrong_first_code_sets_nothing_up_and_keeps_the_key(db):
    user = UserFactory()
    browser = signed_in(user)
    before = browser.get(SET_UP).content.decode()
    answer = browser.post(SET_UP, {"code": "000000"})
    key = re.search(r'class="factor-key">[^<]+<', before)[0]
    assert key in answer.content.decode()
    assert not factor.has_factor(user)
    assert set_up(browser)[0].status_code == 200
    assert factor.has_factor(user)


def test_nobody_sets_up_a_second_telephone_with_the_password_alone(nadia):
    browser = signed_in(nadia)
    assert browser.get(SET_UP)["Location"] == LOOK_AFTER
    assert browser.post(SET_UP, {"code": code_of(telephone(nadia))})["Location"] == LOOK_AFTER
    assert TOTPDevice.objects.filter(user=nadia).count() == 1


# --- Giving the code ------------------------------------------------------------------------------------------
def test_a_code_serves_once(nadia):
    code = code_of(telephone(nadia))
    assert signed_in(nadia).post(GIVE, {"code": code}).status_code == 302
    assert signed_in(nadia).post(GIVE, {"code": code}).status_code == 200


def test_codes_cannot_be_guessed_without_end(nadia, settings, caplog):
    settings.SIGN_IN_RATE = "3/h"
    browser = signed_in(nadia)
    answers = [browser.post(GIVE, {"code": f"00000{n}"}).status_code for n in range(3)]
    assert answers == [200] * 3
    refused = browser.post(GIVE, {"code": code_of(telephone(nadia))})
    assert refused.status_code == 429
    assert int(refused["Retry-After"]) > 0
    assert browser.get("/admin/").status_code == 302
    assert "Second factor failed: account nadia" in caplog.text
    assert "Second factor refused, too many tries: account nadia" in caplog.text
    with time_machine.travel(NOW.replace(hour=NOW.hour + 1, minute=1)):
        assert browser.post(GIVE, {"code": code_of(telephone(nadia))}).status_code == 302


def test_wrong_codes_of_others_do_not_keep_the_owner_out(nadia, settings):
    """Whoever knows the password and tries codes: the browser in which the owner gave one counts by itself."""
    settings.SIGN_IN_RATE = "3/h"
    own = signed_in(nadia, verified=True)
    own.post("/admin/logout/")
    for number in range(12):
        signed_in(nadia).post(GIVE, {"code": "000000"}, REMOTE_ADDR=f"203.0.113.{number}")
    assert signed_in(nadia).post(GIVE, {"code": code_of(telephone(nadia), 1)}).status_code == 429
    own.post("/admin/login/", {"username": "nadia", "password": PASSWORD})
    assert own.post(GIVE, {"code": code_of(telephone(nadia), 1)}).status_code == 302


def test_the_password_buys_no_further_tries_at_the_code(nadia, settings):
    """In a new browser each time, from many addresses."""
    settings.SIGN_IN_RATE = "3/h"
    answers = [
        signed_in(nadia).post(GIVE, {"code": "000000"}, REMOTE_ADDR=f"203.0.113.{number}").status_code
        for number in range(10)
    ]
    assert answers == [200] * 9 + [429]


def test_a_browser_that_was_known_before_there_was_a_factor_is_not_known_after(db, settings):
    settings.SIGN_IN_RATE, settings.SECOND_FACTOR_REQUIRED = "3/h", False
    user = UserFactory(username="nadia")
    browsers = [signed_in(user) for _ in range(4)]
    TOTPDevice.objects.create(user=user, name="telephone")
    answers = [browser.post(GIVE, {"code": f"00000{n}"}).status_code for browser in browsers for n in range(3)]
    assert answers == [200] * 3 + [429] * 9


@pytest.mark.parametrize("code", ["", " ", "12345", "abc\0", "x" * 60, "１２３４５６", "-1", "1e5"])
def test_whatever_is_typed_as_a_code_is_answered(nadia, code):
    assert signed_in(nadia).post(GIVE, {"code": code}).status_code == 200


# --- Looking after it -----------------------------------------------------------------------------------------
def test_another_telephone_replaces_the_first(nadia):
    browser, old = signed_in(nadia, verified=True), telephone(nadia)
    assert browser.post(LOOK_AFTER, {"code": code_of(old, 1), "change": ""})["Location"] == SET_UP
    answer, new = set_up(browser)
    assert answer.status_code == 200
    assert telephone(nadia).key == new.key
    assert browser.get("/admin/").status_code == 200


def test_new_recovery_codes_end_the_earlier_ones(nadia):
    old = factor.new_recovery_codes(nadia)
    browser = signed_in(nadia, verified=True)
    browser.post(LOOK_AFTER, {"code": code_of(telephone(nadia), 1), "codes": ""})
    assert StaticToken.objects.count() == 10
    assert not StaticToken.objects.filter(token__in=old).exists()


def test_who_needs_a_factor_cannot_switch_it_off_who_does_not_can(nadia, settings):
    browser = signed_in(nadia, verified=True)
    browser.post(LOOK_AFTER, {"code": code_of(telephone(nadia), 1), "off": ""})
    assert factor.has_factor(nadia)
    settings.SECOND_FACTOR_REQUIRED = False
    with time_machine.travel(NOW.replace(minute=5)):
        browser.post(LOOK_AFTER, {"code": code_of(telephone(nadia)), "off": ""})
    assert not factor.has_factor(nadia)


def test_an_open_session_alone_changes_nothing(nadia):
    browser = signed_in(nadia, verified=True)
    for action in ("change", "codes", "off"):
        assert browser.post(LOOK_AFTER, {"code": "000000", action: ""}).status_code == 200
    assert factor.recovery_codes_left(nadia) == 0
    assert telephone(nadia)


def test_with_the_telephone_lost_a_recovery_code_leads_to_another_one(nadia):
    codes = factor.new_recovery_codes(nadia)
    browser = signed_in(nadia)
    assert browser.post(GIVE, {"code": codes[0]})["Location"] == LOOK_AFTER
    assert browser.post(LOOK_AFTER, {"code": codes[1], "change": ""})["Location"] == SET_UP
    assert set_up(browser)[0].status_code == 200
    assert signed_in(nadia).get("/admin/")["Location"].startswith(GIVE)


# --- A way back -----------------------------------------------------------------------------------------------
def test_a_command_forgets_a_lost_factor(nadia, capsys, caplog):
    call_command("forget_second_factor", "nadia")
    assert "nadia" in capsys.readouterr().out
    assert "Second factor forgotten: account nadia" in caplog.text
    assert signed_in(nadia).get("/admin/")["Location"].startswith(SET_UP)
    with pytest.raises(CommandError, match="personne"):
        call_command("forget_second_factor", "personne")


def test_an_administrator_forgets_the_factor_of_another(nadia, caplog):
    caplog.set_level(logging.INFO)
    chief = UserFactory(username="chef")
    TOTPDevice.objects.create(user=chief, name="telephone")
    browser = signed_in(chief, verified=True)
    address = reverse("signin_forget", args=[nadia.pk])
    assert address in browser.get("/admin/users/").content.decode()
    assert browser.get(address).status_code == 200
    assert factor.has_factor(nadia)
    browser.post(address)
    assert not factor.has_factor(nadia)
    assert "account nadia, by account chef" in caplog.text


def test_nobody_forgets_their_own_or_that_of_somebody_above(nadia, home):
    user, _group = writer("change_user", username="bureau")
    TOTPDevice.objects.create(user=user, name="telephone")
    browser = signed_in(user, verified=True)
    for person in (nadia, user):
        browser.post(reverse("signin_forget", args=[person.pk]))
        assert factor.has_factor(person)


def test_the_account_page_leads_to_the_factor(nadia):
    assert f'href="{LOOK_AFTER}"' in signed_in(nadia, verified=True).get("/admin/account/").content.decode()
