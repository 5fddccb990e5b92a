"""The demo's pages as they were answered, each asked for once in a process: several tests read all of them."""

from dataclasses import dataclass

from django.test import Client


@dataclass(frozen=True)
class Answer:
    """What the demo answered at an address."""

    status: int
    html: str  # empty for a file
    cookies: tuple[str, ...]
    page_url: str  # of the page that was shown, empty for anything else


class Crawl:
    """Answers by address: `crawl("/fr/")`."""

    answers: dict[str, Answer] = {}

    def __init__(self, client: Client) -> None:
        self.client = client

    def __call__(self, address: str) -> Answer:
        """Return what the demo answers a visitor."""
        if address not in self.answers:
            answer = self.client.get(address)
            page = (answer.context or {}).get("page")
            html = "" if answer.streaming or "html" not in answer["Content-Type"] else answer.content.decode()
            self.answers[address] = Answer(answer.status_code, html, tuple(answer.cookies), getattr(page, "url", ""))
        return self.answers[address]
