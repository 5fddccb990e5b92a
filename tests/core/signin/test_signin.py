"""Guessing is braked, failures are told to the log, and reset mails tell nobody who has an account."""

import logging
import os
import subprocess
import sys

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from core.jobs.models import Job
from core.jobs.worker import run_due
from core.signin.middleware import GUARDED
from core.signin.models import TryCount
from core.signin.refusing import waiting_time
from core.signin.resetting import MAIL
from factories import NOW, PASSWORD, EditorialFactory, UserFactory

pytestmark = pytest.mark.once

LOGIN = "/admin/login/"


@pytest.fixture(autouse=True)
def _few_tries(settings):
    settings.SIGN_IN_RATE = "3/h"
    settings.RESET_RATE = "2/h"


@pytest.fixture
def nadia(db):
    return UserFactory(username="nadia", email="nadia@exemple.fr")


@pytest.fixture
def log(caplog):
    caplog.set_level(logging.INFO)
    return caplog


def guess(username="nadia", password="faux", client=None, address="203.0.113.5", language="fr", **more):
    """What a browser at an address is answered that tries to sign in."""
    headers = {"Accept-Language": language, **more.pop("headers", {})}
    data = {"username": username, "password": password}
    return (client or Client()).post(LOGIN, data, REMOTE_ADDR=address, headers=headers, **more)


# --- Sign-in --------------------------------------------------------------------------------------------------
def test_after_some_wrong_passwords_the_right_one_has_to_wait(nadia):
    assert [guess().status_code for _ in range(3)] == [200] * 3
    refused = guess(password=PASSWORD)
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= 3600
    assert "sessionid" not in refused.cookies
    with time_machine.travel(NOW.replace(hour=NOW.hour + 1, minute=1)):
        assert guess(password=PASSWORD).status_code == 302


@pytest.mark.parametrize(
    ("language", "says"),
    [("fr", "Patientez"), ("en", "Please wait 60 minutes"), ("es", "Espere"), ("de", "Bitte warten Sie")],
)
def test_who_has_to_wait_reads_how_long_in_their_language(nadia, text_of, language, says):
    for _ in range(3):
        guess()
    answer = guess(language=language)
    assert says in text_of(answer)
    assert "60" in text_of(answer)


def test_a_time_to_wait_is_rounded_up():
    from django.utils.translation import override

    with override("en"):
        assert [waiting_time(seconds) for seconds in (1, 59, 61, 3600, 5401)] == [
            *("1 second", "59 seconds", "2 minutes", "60 minutes", "2 hours")
        ]


@pytest.mark.parametrize("spelled", ["NADIA", " nadia ", "ｎａｄｉａ", "nadia\u200b", "Na dia"])
def test_another_spelling_of_the_name_is_no_new_account(nadia, spelled):
    for _ in range(3):
        guess()
    assert guess(spelled).status_code == 429


def test_each_spelling_of_an_accented_name_is_the_same(db):
    UserFactory(username="zoé")
    for _ in range(3):
        guess("zoe\u0301")
    assert guess("ZOÉ").status_code == 429


def test_an_account_can_be_locked_by_nobody_for_somebody_else(nadia):
    """Three wrong tries of a stranger, and the owner signs in from elsewhere."""
    for _ in range(4):
        guess()
    assert guess(password=PASSWORD, address="198.51.100.7").status_code == 302


def test_one_address_cannot_try_the_same_word_on_all_accounts(db):
    answers = [guess(f"personne{number}").status_code for number in range(16)]
    assert answers == [200] * 15 + [429]
    assert guess("encore", address="203.0.113.6").status_code == 200


def test_many_addresses_cannot_try_one_account_without_end(nadia):
    answers = [guess(address=f"203.0.113.{number}").status_code for number in range(31)]
    assert answers == [200] * 30 + [429]


def test_a_browser_in_which_one_has_signed_in_is_not_kept_out_by_others(nadia):
    browser = Client()
    assert guess(password=PASSWORD, client=browser).status_code == 302
    browser.post("/admin/logout/")
    for number in range(31):
        guess(address=f"203.0.113.{number}")
    assert guess(password=PASSWORD, address="203.0.113.0").status_code == 429
    assert guess(password=PASSWORD, client=browser, address="203.0.113.0").status_code == 302


@pytest.mark.parametrize("method", ["get", "head", "options", "put"])
def test_a_link_signs_nobody_out_not_even_of_the_browser(nadia, method):
    browser = Client()
    guess(password=PASSWORD, client=browser)
    answer = getattr(browser, method)("/admin/logout/")
    assert (answer.status_code, dict(answer.cookies)) == (405, {})
    assert browser.get("/admin/").status_code == 200
    assert browser.post("/admin/logout/").status_code == 302
    assert browser.get("/admin/").status_code == 302


def test_a_known_browser_has_its_own_tries_and_no_more(nadia):
    browser = Client()
    guess(password=PASSWORD, client=browser)
    browser.post("/admin/logout/")
    assert [guess(client=browser, address=f"203.0.113.{n}").status_code for n in range(4)] == [200] * 3 + [429]


def test_a_browser_is_known_for_its_own_account_only(nadia):
    UserFactory(username="autre")
    browser = Client()
    guess("autre", PASSWORD, client=browser)
    browser.post("/admin/logout/")
    [name] = [name for name in browser.cookies if name.startswith("known-")]
    cookie = browser.cookies[name]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/admin/", True, "Lax")
    for _ in range(3):
        guess()
    assert guess(client=browser).status_code == 429


def test_right_passwords_cost_nothing(nadia):
    for _ in range(20):
        assert guess(password=PASSWORD).status_code == 302
    # Who knows one password cannot wipe out with it what they tried on others.
    for number in range(15):
        guess(f"autre{number}")
        guess(password=PASSWORD)
    assert guess("encore").status_code == 429


def test_a_new_password_begins_anew(nadia):
    for _ in range(4):
        guess()
    nadia.set_password("une-autre-phrase")
    nadia.save()
    assert guess(password="une-autre-phrase").status_code == 302


def test_the_sign_in_of_readers_is_braked_too(nadia):
    for _ in range(3):
        guess()
    data = {"username": "nadia", "password": PASSWORD}
    answer = Client().post("/fr/_util/login/", data, REMOTE_ADDR="203.0.113.5")
    assert answer.status_code == 429


def test_who_signs_in_without_a_way_to_go_lands_on_the_site(nadia, home):
    data = {"username": "nadia", "password": PASSWORD}
    answer = Client().post("/fr/_util/login/", data)
    assert answer["Location"] == "/"
    assert Client().get("/", follow=True).status_code == 200


def test_a_guess_holds_no_transaction_while_the_password_is_hashed(nadia, monkeypatch):
    from django.contrib.auth.hashers import MD5PasswordHasher

    open_blocks = []
    around = len(connection.savepoint_ids)

    def hashing(hasher, password, encoded):
        open_blocks.append(len(connection.savepoint_ids) - around)
        return False

    monkeypatch.setattr(MD5PasswordHasher, "verify", hashing)
    guess()
    assert open_blocks == [0]


# --- Addresses ------------------------------------------------------------------------------------------------
def test_ipv6_addresses_of_one_network_are_one(nadia):
    for number in range(3):
        guess(address=f"2001:db8:1:2::{number}")
    assert guess(address="2001:db8:1:2:ffff::1").status_code == 429
    assert guess(address="2001:db8:1:3::1").status_code == 200


def test_only_the_proxy_is_believed(nadia, settings):
    """Behind one, its own entry counts; without one, nothing that a visitor writes."""
    settings.TRUSTED_PROXIES = 1
    for number in range(3):
        guess(headers={"X-Forwarded-For": f"198.51.100.{number}, 192.0.2.1"}, address="127.0.0.1")
    told = {"X-Forwarded-For": "192.0.2.1"}
    assert guess(headers=told, address="127.0.0.1").status_code == 429
    settings.TRUSTED_PROXIES = 0
    assert [guess(headers={"X-Forwarded-For": f"198.51.100.{n}"}).status_code for n in range(4)] == [200] * 3 + [429]


# --- Counting -------------------------------------------------------------------------------------------------
AT_ONCE = """
import os
import django
django.setup()
from django.db import connection
from core.signin import brakes
from core.signin.models import TryCount
with connection.schema_editor() as editor:
    editor.create_model(TryCount)
connection.close()
pipe_out, pipe_in = os.pipe()
children = []
for _ in range(8):
    child = os.fork()
    if not child:
        for _ in range(3):
            try:
                brakes.Tries(((brakes.rate("5/h"), ("test", "one")),)).take()
                os.write(pipe_in, b"x")
            except brakes.TooManyTries:
                pass
        os._exit(0)
    children.append(child)
os.close(pipe_in)
print([os.waitpid(child, 0)[1] for child in children], len(os.read(pipe_out, 100)))
"""


@pytest.mark.once
def test_of_many_tries_at_once_no_more_than_allowed_go_through(tmp_path):
    """Eight processes on SQLite, three tries each, and five are allowed."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings.base",
        "DATABASE_URL": f"sqlite:///{tmp_path}/tries.sqlite3",
        "DATA_DIR": str(tmp_path),
        "SECRET_KEY": "not-secret" * 4,
        "SITE_URL": "http://localhost:8000",
    }
    answer = subprocess.run(
        [sys.executable, "-c", AT_ONCE], env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert answer.stdout.split("]") == [f"{[0] * 8}"[:-1], " 5\n"], answer.stderr


def test_what_is_kept_of_tries_tells_nothing_and_goes(nadia):
    guess()
    kept = repr(list(TryCount.objects.values()))
    assert "nadia" not in kept
    assert "203.0.113" not in kept
    with time_machine.travel(NOW.replace(hour=NOW.hour + 2)):
        guess("autre", address="198.51.100.1")
        assert not TryCount.objects.filter(until__lte=NOW.replace(hour=NOW.hour + 2)).exists()


# --- Restricted pages and documents -----------------------------------------------------------------------------
@pytest.fixture
def restricted(home):
    page = EditorialFactory(title="Réservée")
    row = PageViewRestriction.objects.create(page=page, restriction_type="password", password="sésame")
    return reverse("wagtailcore_authenticate_with_password", args=[row.pk, page.pk]), page


@pytest.fixture
def restricted_documents(restricted):
    """Beside a page, the restriction of which has the same number."""
    collection = Collection.get_first_root_node().add_child(name="Réservés")
    number = PageViewRestriction.objects.get().pk
    CollectionViewRestriction.objects.create(
        pk=number, collection=collection, restriction_type="password", password="sésame"
    )
    return reverse("wagtaildocs_authenticate_with_password", args=[number])


def test_every_address_at_which_a_password_opens_something_is_guarded():
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    opening = {name for name in names if name.endswith("authenticate_with_password")}
    assert len(opening) == 2
    assert opening <= set(GUARDED)


def test_the_password_of_documents_cannot_be_guessed_without_end(restricted, restricted_documents, log):
    data = {"password": "faux", "return_url": "/fr/"}
    answers = [Client().post(restricted_documents, data).status_code for _ in range(4)]
    assert answers == [200] * 3 + [429]
    assert Client().post(restricted_documents, data | {"password": "sésame"}).status_code == 429
    assert "Wrong password of restricted collection" in log.text
    assert Client().post(restricted[0], data | {"password": "sésame"}).status_code == 302
    with time_machine.travel(NOW.replace(hour=NOW.hour + 1, minute=1)):
        assert Client().post(restricted_documents, data | {"password": "sésame"})["Location"] == "/fr/"


def test_the_password_of_a_page_cannot_be_guessed_without_end(restricted, log, text_of):
    address, page = restricted
    data = {"password": "faux", "return_url": page.url}
    assert [Client().post(address, data).status_code for _ in range(3)] == [200] * 3
    refused = Client().post(address, data | {"password": "sésame"})
    assert refused.status_code == 429
    assert "60 minutes" in text_of(refused)
    assert "Wrong password of restricted page" in log.text
    assert "sésame" not in log.text
    assert "faux" not in log.text
    with time_machine.travel(NOW.replace(hour=NOW.hour + 1, minute=1)):
        assert Client().post(address, data | {"password": "sésame"}).status_code == 302


def test_the_right_password_of_a_page_costs_nothing(restricted):
    address, page = restricted
    for _ in range(20):
        answer = Client().post(address, {"password": "sésame", "return_url": page.url})
        assert (answer.status_code, answer["Location"]) == (302, page.url)


def test_a_password_that_leads_nowhere_leads_to_the_site(restricted):
    answer = Client().post(restricted[0], {"password": "sésame", "return_url": "https://ailleurs.example/"})
    assert answer["Location"] == "/"


def test_the_old_password_cannot_be_guessed_in_an_open_session(nadia, client, log):
    client.force_login(nadia)
    data = {
        "password-old_password": "faux",
        "password-new_password1": "une-autre-phrase",
        "password-new_password2": "une-autre-phrase",
    }
    answers = [client.post("/admin/account/", data).status_code for _ in range(4)]
    assert answers == [200] * 3 + [429]
    assert "Wrong old password, account nadia" in log.text


# --- Reset mails ----------------------------------------------------------------------------------------------
def ask(email="nadia@exemple.fr", address="203.0.113.5"):
    """Ask for a reset mail, and let a worker do what is due."""
    answer = Client().post("/admin/password_reset/", {"email": email}, REMOTE_ADDR=address)
    run_due()
    return answer


def test_a_reset_mail_leads_to_the_site(nadia, settings):
    assert ask("Nadia@Exemple.fr").status_code == 302
    [message] = mail.outbox
    assert message.to == ["nadia@exemple.fr"]
    assert f"{settings.SITE_URL}/admin/password_reset/confirm/" in message.body


def test_who_has_an_account_and_who_has_none_are_answered_alike(nadia):
    """What takes time is left to a worker before the account is looked up: the answer is the same work for both."""
    counts, answers = [], []
    for email in ("nadia@exemple.fr", "personne@exemple.fr"):
        with CaptureQueriesContext(connection) as queries:
            form = {"email": email}
            answers.append(Client().post("/admin/password_reset/", form, REMOTE_ADDR=f"203.0.113.{len(counts)}"))
        counts.append(len(queries))
        assert not [query for query in queries if "core_user" in query["sql"]]
    assert counts[0] == counts[1]
    assert [(answer.status_code, answer["Location"]) for answer in answers] == [
        (302, "/admin/password_reset/done/")
    ] * 2
    run_due()
    assert [message.to for message in mail.outbox] == [["nadia@exemple.fr"]]


def test_who_asks_twice_before_the_mail_goes_gets_one(nadia):
    for _turn in range(2):
        Client().post("/admin/password_reset/", {"email": "nadia@exemple.fr"})
    run_due()
    assert len(mail.outbox) == 1
    assert not Job.objects.filter(name=MAIL).exists()


def test_a_mail_that_the_server_refuses_is_tried_again_and_forgotten_after_the_fourth_time(nadia, monkeypatch):
    def refuse(message, fail_silently=False):
        raise OSError("550 nadia@exemple.fr unknown")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    ask()
    for _turn in range(3):
        Job.objects.filter(name=MAIL).update(due_at=timezone.now())
        run_due()
    job = Job.objects.get(name=MAIL)
    assert (job.given_up, job.attempts, job.last_error) == (True, 4, "MailNotSent")
    kept = [str(list(model.objects.values())) for model in (Job, DBTaskResult)]
    assert "exemple.fr" not in "".join(kept), "no address outlives the attempts"


def test_nobody_is_sent_reset_mails_without_end(nadia):
    answers = [ask(address=f"203.0.113.{number}").status_code for number in range(4)]
    assert answers == [302, 302, 429, 429]
    assert len(mail.outbox) == 2
    assert [ask("personne@exemple.fr", f"198.51.100.{n}").status_code for n in range(3)] == [302, 302, 429]


def test_one_address_cannot_ask_for_everybody(db):
    assert [ask(f"p{number}@exemple.fr").status_code for number in range(11)] == [302] * 10 + [429]


def test_a_mail_server_that_refuses_is_logged_without_the_address(nadia, log, monkeypatch):
    def refuse(message, fail_silently=False):
        raise OSError("550 nadia@exemple.fr unknown")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    assert ask().status_code == 302
    assert "Reset mail not sent: account nadia, OSError" in log.text
    assert "nadia@exemple.fr" not in log.text


# --- The log --------------------------------------------------------------------------------------------------
def test_the_log_names_accounts_and_nothing_else(nadia, log):
    guess(password="Secret-de-Nadia")
    guess("Mon-Mot-De-Passe-Dans-Le-Mauvais-Champ")
    for _ in range(3):
        guess()
    assert "Sign-in failed: account nadia" in log.text
    assert "Sign-in failed: account unknown" in log.text
    assert "Sign-in refused, too many tries: account nadia" in log.text
    for told in ("Secret-de-Nadia", "Mauvais-Champ", "203.0.113"):
        assert told not in log.text
