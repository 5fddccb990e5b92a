"""Words of one sentence stand in one box: a flexible box would open a gap between them, or break them apart."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, NavigableString
from django.conf import settings

from factories import (
    EventFactory,
    HousingFactory,
    OfferFactory,
    QuestionFactory,
    StrengthFactory,
    TestimonialFactory,
    UniversityFactory,
    the_desk,
)

pytestmark = pytest.mark.once

CSS = Path(settings.STATICFILES_DIRS[0]) / "css"
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
# What may stand apart from the words beside it: counts and pictures.
APART = {"count", "visually-hidden", "french-mark", "fictional-mark", "badge"}


def flexible():
    """Selectors of boxes whose pieces are laid out one by one."""
    css = re.sub(r"(?s)/\*.*?\*/", "", "".join(path.read_text() for path in CSS.glob("*.css")))
    found = set()
    for selectors, body in RULE.findall(css):
        if re.search(r"display:\s*(inline-)?(flex|grid)", body):
            found |= {one.strip() for one in selectors.split(",") if "::" not in one and "@" not in one}
    return sorted(found)


def torn(document, selectors):
    """Words that stand beside an element of their sentence in a flexible box."""
    for selector in selectors:
        for box in document.select(selector):
            words = [child for child in box.children if type(child) is NavigableString and child.strip()]
            others = [
                child
                for child in box.find_all(True, recursive=False)
                if child.name != "svg" and not APART & set(child.get("class", []))
            ]
            if words and others:
                yield f"{selector}: {' '.join(box.get_text(' ').split())[:80]}"


@pytest.fixture
def pages(home):
    """A page of each type and each list, filled."""
    room = HousingFactory()
    made = [
        room,
        OfferFactory(housing=room, housing_included=True, supports=[{"kind": "repas"}]),
        OfferFactory(filled=True),
        EventFactory(),
        QuestionFactory(),
        StrengthFactory(figure="42 min", figure_label="de trajet"),
        TestimonialFactory(),
        UniversityFactory(),
    ]
    return [
        home,
        the_desk(),
        *made,
        *{page.get_parent().specific.pk: page.get_parent().specific for page in made}.values(),
    ]


def test_no_sentence_is_torn_apart(client, pages):
    selectors = flexible()
    assert ".card-foot" in selectors
    for page in pages:
        document = BeautifulSoup(client.get(page.url).content, "html.parser")
        assert list(torn(document, selectors)) == [], page.url


def test_a_torn_sentence_would_be_found():
    document = BeautifulSoup('<p class="card-foot">Demandes jusqu’au <time>4 janvier</time></p>', "html.parser")
    assert list(torn(document, flexible()))
