"""What the shipped door lets through, refuses and takes upon itself: the real nginx and Caddy with the real files."""

import http.client
import json
import socket
import tempfile
import time
from pathlib import Path

import pytest

from door import door, missing, proxy, site
from spellings import SPELLINGS

pytestmark = [pytest.mark.once, pytest.mark.xdist_group("door")]
SESSION = "sessionid=" + "a" * 32
MEGABYTE = 1024 * 1024


def open_to_servers(folder):
    """Let servers that are not root read a temporary folder; a worker of xdist has one more above it."""
    for path in (folder, *folder.parents):
        if path == Path(tempfile.gettempdir()):
            return folder
        path.chmod(0o755)
    raise ValueError(folder)


@pytest.fixture(scope="module")
def media(tmp_path_factory):
    """Uploaded files: a picture, a film, a document, a link to the documents."""
    folder = tmp_path_factory.mktemp("media")
    for name, content in {
        "images/seen.jpg": b"seen",
        "images/odd.svg": b"<svg/>",
        "withheld/images/portrait.jpg": b"secret",
        "documents/film.mp4": bytes(range(256)),
        "documents/secret.pdf": b"secret",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    (folder / "images" / "link").symlink_to(folder / "documents")
    return open_to_servers(folder)


@pytest.fixture(scope="module")
def behind(tmp_path_factory, media):
    """The ports of Caddy and nginx before an application that tells what reached it."""
    if reason := missing("nginx", "caddy"):
        pytest.skip(reason)
    folder = open_to_servers(tmp_path_factory.mktemp("door"))
    with (
        site(folder, "echo", PYTHONPATH="tests") as inner,
        door(folder, inner, media) as nginx,
        proxy(folder, nginx) as outer,
    ):
        yield {"caddy": outer, "nginx": nginx}


@pytest.fixture
def ask(behind):
    """Ask the door, by Caddy unless said otherwise; gives status, headers and body."""

    def ask(path, method="GET", server="caddy", body=None, **headers):
        connection = http.client.HTTPConnection("localhost", behind[server], timeout=20)
        try:
            sent = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body, {"Host": f"localhost:{behind['caddy']}"} | sent)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    return ask


def test_the_site_learns_who_asks_from_the_door_alone(ask):
    lies = {
        "X_Forwarded_For": "203.0.113.9",
        "X_Forwarded_Proto": "https",
        "X_Forwarded_Host": "evil.example",
        "X_Real_IP": "203.0.113.9",
        "Forwarded": "for=203.0.113.9;host=evil.example",
        "Proxy": "evil.example",
    }
    status, _headers, body = ask("/fr/", **lies)
    told = json.loads(body)
    assert status == 200
    assert told["HTTP_X_FORWARDED_FOR"] == "127.0.0.1"
    assert told["HTTP_X_FORWARDED_PROTO"] == "http"
    assert told["HTTP_HOST"].startswith("localhost:")
    assert "203.0.113.9" not in str(told)
    assert "evil" not in str(told)


def test_a_visitor_cannot_say_where_the_site_is_mounted(behind):
    with socket.create_connection(("localhost", behind["caddy"])) as line:
        line.sendall(f"GET / HTTP/1.1\r\nHost: localhost:{behind['caddy']}\r\nSCRIPT_NAME: /evil\r\n\r\n".encode())
        assert b"evil" not in line.recv(4000)


def test_what_caddy_says_of_the_visitor_reaches_the_site(ask):
    _status, _headers, body = ask("/", server="nginx", X_Forwarded_For="2001:db8::7", X_Forwarded_Proto="https")
    told = json.loads(body)
    assert (told["HTTP_X_FORWARDED_FOR"], told["HTTP_X_FORWARDED_PROTO"]) == ("2001:db8::7", "https")


def test_an_address_reaches_the_site_as_it_was_typed(ask):
    for path in ("/fr/%C3%A9t%C3%A9/?q=a%2Fb&x=%20", "/fr//a/./b", "/a%2fb"):
        told = json.loads(ask(path)[2])
        assert told["raw"] == path


@pytest.mark.parametrize(
    ("path", "method", "cookie", "size", "status"),
    [
        ("/fr/", "POST", "", MEGABYTE, 200),
        ("/fr/", "POST", "", MEGABYTE + 1, 413),
        ("/fr/", "POST", SESSION, MEGABYTE + 1, 413),
        ("/api/v1/offers", "PUT", SESSION, MEGABYTE + 1, 413),
        ("/admin/documents/add/", "POST", "", MEGABYTE + 1, 413),
        ("/admin/documents/add/", "POST", "csrftoken=made-up", MEGABYTE + 1, 413),
        ("/admin/documents/add/?a=1", "POST", SESSION, MEGABYTE + 1, 200),
        ("/fr/../admin/x", "POST", SESSION, 2 * MEGABYTE, 200),
        ("/administration/", "POST", SESSION, MEGABYTE + 1, 413),
        ("/admin/login/", "POST", SESSION, MEGABYTE + 1, 413),
        ("/admin/second-factor/code/", "POST", SESSION, MEGABYTE + 1, 413),
    ],
)
def test_large_files_come_from_the_admin_alone(ask, path, method, cookie, size, status):
    found, headers, body = ask(path, method, body=b"x" * size, Cookie=cookie)
    assert found == status
    if status == 413:
        assert headers["Content-Type"] == "text/html"
        assert "trop volumineux" in body.decode()
        assert "too large" in body.decode()
    else:
        told = json.loads(body)
        assert (told["sent"], told["raw"]) == (size, path)


def test_what_is_too_large_for_anybody_is_refused_before_it_is_sent(behind):
    with socket.create_connection(("localhost", behind["nginx"]), timeout=10) as line:
        line.sendall(
            f"POST /admin/ HTTP/1.1\r\nHost: localhost:{behind['caddy']}\r\nCookie: {SESSION}\r\n"
            f"Content-Length: {201 * MEGABYTE}\r\n\r\n".encode()
        )
        assert b" 413 " in line.recv(100)


@pytest.mark.parametrize(
    "spelling", [*SPELLINGS, "withheld/images/portrait.jpg", "images/../withheld/images/portrait.jpg"]
)
def test_a_document_has_no_address_under_media_however_it_is_spelled(ask, spelling):
    """What is not a picture is the site's to answer, which the table of its own test asks."""
    if any(sign in spelling for sign in (" ", "\\")):
        spelling = spelling.replace(" ", "%20").replace("\\", "%5c")
    status, _headers, body = ask(f"/media/{spelling}")
    assert b"secret" not in body or b'"raw"' in body
    assert status in {200, 400, 403, 404}
    assert status != 200 or b'"raw"' in body


def test_pictures_are_handed_out_by_the_door_and_run_nothing(ask):
    status, headers, body = ask("/media/images/seen.jpg")
    assert (status, body, headers["Content-Type"]) == (200, b"seen", "image/jpeg")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert headers["Cache-Control"] == "public, max-age=604800"
    assert headers["Content-Disposition"] is None
    assert ask("/media/images/odd.svg")[1]["Content-Disposition"] == "attachment"
    assert ask("/media/images/none.jpg")[0] == 404


def test_a_film_that_the_site_lets_go_is_sent_in_parts(ask):
    whole = bytes(range(256))
    status, headers, body = ask("/send/documents/film.mp4")
    assert (status, body) == (200, whole)
    assert headers["Accept-Ranges"] == "bytes"
    assert headers["Content-Type"] == "video/mp4"
    assert headers["Content-Security-Policy"] == "default-src 'none'"
    status, headers, body = ask("/send/documents/film.mp4", Range="bytes=10-19", If_Range=headers["ETag"])
    assert (status, body, headers["Content-Range"]) == (206, whole[10:20], "bytes 10-19/256")
    assert ask("/send/documents/film.mp4", Range="bytes=256-")[0] == 416
    assert ask("/send/documents/film.mp4", "HEAD")[1]["Content-Length"] == "256"


@pytest.mark.parametrize(
    "path", ["/-/media/documents/secret.pdf", "/-/upload", "/-/pages/503.html", "//-/media/documents/secret.pdf"]
)
def test_the_doors_own_addresses_are_for_no_visitor(ask, path):
    for method in ("GET", "POST"):
        status, _headers, body = ask(path, method, Cookie=SESSION)
        assert status in {404, 405}
        assert b"secret" not in body


def test_slow_visitors_take_no_thread_of_the_site(behind, ask):
    """Twenty dripping bodies, twenty headers without end, ten readers who read nothing: the site has four threads."""
    lines = []
    head = f"POST /fr/ HTTP/1.1\r\nHost: localhost:{behind['caddy']}\r\nCookie: csrftoken=made-up\r\n"
    try:
        for number in range(50):
            line = socket.create_connection(("localhost", behind["caddy"]))
            lines.append(line)
            if number < 20:
                line.sendall(f"{head}Content-Length: 100\r\n\r\na".encode())
            elif number < 40:
                line.sendall(head.encode())
            else:
                line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
                line.sendall(f"GET /long HTTP/1.1\r\nHost: localhost:{behind['caddy']}\r\n\r\n".encode())
        time.sleep(0.5)
        assert [ask("/fr/")[0] for _time in range(8)] == [200] * 8
    finally:
        for line in lines:
            line.close()


def test_without_the_site_the_door_says_so(tmp_path, media):
    if reason := missing("nginx"):
        pytest.skip(reason)
    with door(tmp_path, 1, media) as port:
        connection = http.client.HTTPConnection("localhost", port, timeout=10)
        connection.request("GET", "/fr/", headers={"Host": "localhost"})
        answer = connection.getresponse()
        assert (answer.status, answer.headers["Cache-Control"]) == (503, "no-store")
        page = answer.read().decode()
        connection.request("POST", "/admin/", b"x" * 2 * MEGABYTE, {"Host": "localhost", "Cookie": SESSION})
        uploaded = connection.getresponse()
        assert (uploaded.status, uploaded.read().decode()) == (503, page)
        assert "De retour dans un instant" in page
        assert "Back in a moment" in page
        connection.request("GET", "/static/css/error.css", headers={"Host": "localhost"})
        assert b"main" in connection.getresponse().read()
