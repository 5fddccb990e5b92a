"""The search servers that the environment names."""

import http.client
import os
import threading
import uuid
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest

from config.settings.environment import read_search
from search import engines

# Where a server is, and its family. CI starts OpenSearch; Elasticsearch is tested wherever somebody has one.
SERVERS = {"opensearch": os.environ.get("TEST_OPENSEARCH"), "elasticsearch": os.environ.get("TEST_ELASTICSEARCH_URL")}


def use_server(settings, family, address=None):
    """Search with a server, in an index of this test's own; return the engine."""
    address = address or SERVERS[family]
    if not address:
        pytest.skip("TEST_OPENSEARCH names no server: start one with .ci/opensearch")
    scheme, _, rest = address.partition("://")
    address = f"{family}{'+https' if scheme == 'https' else ''}://{rest}"
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("SEARCH_URL", address)  # with SEARCH_API_KEY and SEARCH_CA_FILE, as a site reads them
        settings.SEARCH_CLUSTER = read_search() | {"INDEX_PREFIX": f"test_{uuid.uuid4().hex}_"}
    settings.SEARCH_PATIENCE = 10  # other tests keep both cores busy
    engines.the_cluster.cache_clear()
    engines.wake()
    return engines.the_cluster()


class Disguise(BaseHTTPRequestHandler):
    """Hands requests on to OpenSearch as plain JSON, and answers with the header by which a client knows its server."""

    protocol_version = "HTTP/1.1"

    def hand_on(self):
        """Ask the real server."""
        target = urlsplit(SERVERS["opensearch"])
        connection = http.client.HTTPConnection(target.hostname, target.port, timeout=30)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        kind = "application/x-ndjson" if "ndjson" in self.headers.get("Content-Type", "") else "application/json"
        connection.request(self.command, self.path, body, {"Content-Type": kind} if body else {})
        answer = connection.getresponse()
        content = answer.read()
        self.send_response(answer.status)
        self.send_header("X-Elastic-Product", "Elasticsearch")
        self.send_header("Content-Type", "application/vnd.elasticsearch+json;compatible-with=8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)
        connection.close()

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = hand_on

    def log_message(self, *args):
        """Say nothing."""


@contextmanager
def disguised_as_elasticsearch(settings):
    """Search with the client of Elasticsearch, whose server is OpenSearch in truth."""
    if not SERVERS["opensearch"]:
        pytest.skip("TEST_OPENSEARCH names no server: start one with .ci/opensearch")
    proxy = ThreadingHTTPServer(("127.0.0.1", 0), Disguise)
    threading.Thread(target=proxy.serve_forever, daemon=True).start()
    try:
        yield use_server(settings, "elasticsearch", f"http://127.0.0.1:{proxy.server_port}")
    finally:
        proxy.shutdown()
        proxy.server_close()
        engines.the_cluster.cache_clear()
        engines.wake()


def drop(server):
    """Remove a server's indices, as somebody does by accident and tests do when they are over."""
    indices = server._patient.es.indices
    for index in indices.get(index=f"{server._index_name}*"):
        indices.delete(index=index)
