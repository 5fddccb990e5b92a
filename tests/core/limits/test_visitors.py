"""Who asks, as far as the proxies in front can be believed, and how often."""

import sqlite3
import subprocess
import sys
from ipaddress import IPv6Address
from pathlib import Path

import pytest
import time_machine
from django.conf import settings as django_settings
from django.test import RequestFactory
from hypothesis import given, settings
from hypothesis import strategies as st

from core.limits import counters
from core.limits.counters import Count, count
from core.limits.visitors import client_network
from factories import NOW

pytestmark = pytest.mark.once


def network(proxies=0, forwarded=None, address="192.0.2.1"):
    django_settings.TRUSTED_PROXIES = proxies
    headers = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    return client_network(RequestFactory().get("/", REMOTE_ADDR=address, **headers))


@pytest.fixture(autouse=True)
def _proxies(settings):
    """What a test sets is taken back."""
    settings.TRUSTED_PROXIES = 0


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address", "expected"),
    [
        # Without a proxy, what a visitor claims is worth nothing.
        (0, "203.0.113.9", "192.0.2.1", "192.0.2.1"),
        # Behind one, what it added itself stands last.
        (1, "203.0.113.9", "172.18.0.2", "203.0.113.9"),
        (1, "10.0.0.1, 203.0.113.9", "172.18.0.2", "203.0.113.9"),
        (2, "1.1.1.1,203.0.113.9 , 172.18.0.3", "172.18.0.2", "203.0.113.9"),
        # Fewer entries than proxies: somebody came round the door.
        (2, "203.0.113.9", "172.18.0.2", "172.18.0.2"),
        (1, None, "172.18.0.2", "172.18.0.2"),
        (1, "", "172.18.0.2", "172.18.0.2"),
        (1, "nobody", "172.18.0.2", "172.18.0.2"),
        # As proxies write addresses.
        (1, "203.0.113.9:51234", "172.18.0.2", "203.0.113.9"),
        (1, "[2001:db8::7]:443", "172.18.0.2", "2001:db8::/64"),
        (1, "2001:DB8:0:0:ffff::7", "172.18.0.2", "2001:db8::/64"),
        (0, None, "fe80::1%eth0", "fe80::/64"),
        (0, None, "::ffff:192.0.2.1", "192.0.2.1"),
        # A socket without an address.
        (0, None, "", "unknown"),
    ],
)
def test_whose_request_it_is(proxies, forwarded, address, expected):
    assert network(proxies, forwarded, address) == expected


@settings(max_examples=50)
@given(st.integers(0, 2**64 - 1), st.integers(0, 2**64 - 1), st.integers(0, 2**64 - 1))
def test_all_addresses_of_a_subscriber_are_one(subscriber, one, other):
    # 2000::/3 is what is given out.
    prefix = (0x2000 << 112) | ((subscriber >> 3) << 64)
    assert network(address=str(IPv6Address(prefix | one))) == network(address=str(IPv6Address(prefix | other)))


# --- How often --------------------------------------------------------------------------------------------------
def test_a_stretch_of_time_slides():
    with time_machine.travel(NOW, tick=False) as clock:
        assert count("a", 2, 60) == Count(True, 1, 60)
        clock.shift(50)
        assert count("a", 2, 60) == Count(True, 0, 10)
        assert count("a", 2, 60) == Count(False, 0, 10)
        assert count("b", 2, 60).allowed
        clock.shift(11)
        assert count("a", 2, 60) == Count(True, 0, 49)


ASK_OFTEN = """
import sys
from concurrent.futures import ThreadPoolExecutor
import django
django.setup()
from django.conf import settings
settings.COUNTS_FILE = sys.argv[1]
from core.limits.counters import count
with ThreadPoolExecutor(8) as threads:
    print(sum(threads.map(lambda _: count("somebody", 20, 3600).allowed, range(40))))
"""


def test_no_request_too_many_passes_through_several_workers(tmp_path):
    """Three processes of eight threads, 120 requests at once, 20 allowed."""
    command = [sys.executable, "-c", ASK_OFTEN, str(tmp_path / "counts.sqlite3")]
    workers = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    allowed = [int(worker.communicate(timeout=60)[0]) for worker in workers]
    assert sum(allowed) == 20


def test_menus_are_not_pushed_out_by_counters_nor_addresses_readable(client, home):
    count("api-read 203.0.113.9", 3, 60)
    file = Path(django_settings.COUNTS_FILE)
    assert file.exists()
    assert b"203.0.113.9" not in file.read_bytes()


@pytest.mark.parametrize("broken", ["text", "truncated", "folder", "no folder"])
def test_a_broken_count_lets_readers_through_and_mends_itself_where_it_can(broken, settings, tmp_path, caplog):
    file = settings.COUNTS_FILE = tmp_path / "counts.sqlite3"
    if broken == "text":
        file.write_text("no database " * 1000)
    elif broken == "truncated":
        count("a", 1, 60)
        file.write_bytes(file.read_bytes()[:5000])
    elif broken == "folder":
        file.mkdir()
    else:
        (tmp_path / "file").write_text("")
        settings.COUNTS_FILE = tmp_path / "file" / "counts.sqlite3"
    assert count("a", 1, 60).allowed
    assert "Counting is not possible" in caplog.text
    assert count("a", 1, 60).allowed is (broken in {"folder", "no folder"})


def test_what_is_over_is_not_kept():
    with time_machine.travel(NOW, tick=False) as clock:
        count("a", 9, 60)
        clock.shift(61)
        count("b", 9, 60)
    with sqlite3.connect(django_settings.COUNTS_FILE) as store:
        assert store.execute("SELECT count(*) FROM hit").fetchone() == (1,)
    counters.forget()
