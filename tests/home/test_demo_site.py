"""Every page of the demo as a browser and a search engine get it."""

import re
from functools import cache
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders

pytestmark = pytest.mark.once

EMPTY = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
LOADING = {"script": "src", "img": "src", "source": "srcset", "video": "src", "track": "src", "iframe": "src"}


class Reader(HTMLParser):
    """Collects what a test asks of a page."""

    def __init__(self, html):
        super().__init__()
        self.open, self.ids, self.targets, self.loaded, self.problems = [], [], [], [], []
        self.headings, self.links = [], []
        self.on_one_line = []  # what other software shows as it is: the title, and text that stands in a heading itself
        self.script_type = None
        self.feed(html)
        self.close()
        if self.open:
            self.problems.append(f"never closed: {self.open}")

    def handle_starttag(self, tag, pairs):
        values = dict(pairs)
        if tag not in EMPTY:
            self.open.append(tag)
        if "id" in values:
            self.ids.append(values["id"])
        for name in ("for", "aria-labelledby", "aria-describedby", "popovertarget"):
            self.targets += (values.get(name) or "").split()
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "a":
            self.links.append(values.get("href"))
        if "style" in values or tag == "style":
            self.problems.append(f"style in <{tag}>")
        if any(name.startswith("on") for name in values):
            self.problems.append(f"script in <{tag}>")
        if tag == "script":
            self.script_type = values.get("type") if "src" not in values else "src"
        if tag == "link" and "stylesheet" in values.get("rel", ""):
            self.loaded.append(values["href"])
        if tag == "video" and values.get("poster"):
            self.loaded.append(values["poster"])
        for part in (values.get(LOADING.get(tag, "")) or "").split(","):
            if part.strip():
                self.loaded.append(part.split()[0])
        if tag == "img":
            if "alt" not in values:
                self.problems.append("picture without alt")
            if not {"width", "height"} <= set(values):
                self.problems.append("picture without dimensions")

    def handle_endtag(self, tag):
        if tag in EMPTY:
            return
        if not self.open or self.open[-1] != tag:
            self.problems.append(f"</{tag}> closes {self.open[-1:]}")
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, data):
        if self.open and re.fullmatch("title|h[1-6]", self.open[-1]):
            self.on_one_line.append(data)
        is_data = self.script_type in {"application/json", "application/ld+json"}
        if self.open and self.open[-1] == "script" and data.strip() and not is_data:
            self.problems.append("script code in the page")


# Of how many pages the sitemap of each language has more.
LANGUAGES = {"fr": 90, "en": 90, "es": 80, "de": 80}


@pytest.fixture(params=LANGUAGES)
def language(request):
    """Each language of the demo."""
    return request.param


@pytest.fixture
def addresses(demo, client, language):
    """All addresses of a language's sitemap."""
    xml = client.get(f"/sitemap-{language}.xml").content.decode()
    return [urlsplit(address).path for address in re.findall(r"<loc>(.*?)</loc>", xml)]


def test_every_page_of_the_sitemap_is_sound(addresses, language, crawl):
    """200, no cookie, one h1, sound HTML, nothing inline, nothing from another host, no broken reference."""
    assert len(addresses) > LANGUAGES[language]
    assert len(addresses) == len(set(addresses))
    problems, linked = {}, set()
    for address in addresses:
        answer = crawl(address)
        page = Reader(answer.html)
        found = list(page.problems)
        if answer.status != 200:
            found.append(f"status {answer.status}")
        if answer.cookies:
            found.append(f"cookies {list(answer.cookies)}")
        if page.headings.count(1) != 1:
            found.append(f"{page.headings.count(1)} h1")
        found += [f"line break in {text!r}" for text in page.on_one_line if "\n" in text.strip()]
        steps = zip([0, *page.headings], page.headings, strict=False)
        found += [f"h{low} is followed by h{high}" for low, high in steps if high > low + 1]
        found += [f"id {name} twice" for name in set(page.ids) if page.ids.count(name) > 1]
        found += [f"no element {name}" for name in set(page.targets) - set(page.ids)]
        found += [f"loads {url}" for url in page.loaded if urlsplit(url).netloc]
        found += [f"no file {url}" for url in page.loaded if not is_there(url)]
        found += [f"link {link!r}" for link in page.links if not link or link.startswith("None")]
        linked |= {urlsplit(urljoin(address, link)).path for link in page.links if link and is_own(link)}
        if found:
            problems[address] = found
    assert problems == {}
    dead = [path for path in sorted(linked - set(addresses)) if crawl(path).status != 200]
    assert dead == []


def is_own(link):
    """Say whether a link stays on the site."""
    parts = urlsplit(link)
    return not parts.netloc and parts.scheme not in {"mailto", "tel"}


def urljoin(address, link):
    """A link without a path leads to the page itself."""
    return link if link.startswith("/") else address


@cache
def is_there(url):
    """Say whether a file of our own is where the page says."""
    path = urlsplit(url).path
    return not path.startswith("/static/") or finders.find(path.removeprefix("/static/")) is not None


def test_the_sitemap_names_live_pages_that_may_be_kept(addresses, language, demo, client):
    """Drafts are out: the four universities that are only to be contacted. Out are aliases too: they are French."""
    from territoire.models import InternshipOfferPage, PartnerUniversityPage

    drafts = PartnerUniversityPage.objects.not_live().filter(locale__language_code=language)
    assert len(drafts) == 4
    assert not [page.slug for page in drafts if page.slug in " ".join(addresses)]
    offers = InternshipOfferPage.objects.live().filter(locale__language_code=language)
    written = {offer.url for offer in offers if offer.alias_of_id is None}
    assert written
    assert {offer.url for offer in offers} & set(addresses) == written


def test_the_home_page_invites_and_leads_on(demo, client, text_of):
    answer = client.get("/fr/")
    html = answer.content.decode()
    context = answer.context
    assert len(context["offers"]) == 3
    dates = [offer.start_date for offer in context["offers"]]
    assert dates == sorted(dates)
    assert len(context["reasons"]) == 3
    assert all(reason.figure for reason in context["reasons"])
    assert " ".join(context["voice"].title.split()) in text_of(answer)
    assert html.count('fetchpriority="high"') == 1
    finder = re.search(r'(?s)<form method="get" action="([^"]+)">(.*?)</form>', html)
    assert finder.group(1) == f"{context['offer_index'].url}#results-title"
    assert set(re.findall(r'name="([a-z]+)"', finder.group(2))) == {"field", "from", "to", "french"}
    found = client.get(context["offer_index"].url, {"field": "medecine", "from": "", "to": "", "french": "B2"})
    assert found.context["listing"].total > 0
    assert found.context["listing"].period.errors == {}


def test_the_finder_without_a_choice_shows_all_offers(demo, client):
    index = client.get("/fr/").context["offer_index"]
    found = client.get(index.url, {"field": "", "from": "", "to": "", "french": ""})
    assert found.context["listing"].total == 24
    assert found.context["listing"].chips == []


def test_the_desk_says_what_one_may_ask_and_how_it_goes(demo, client, text_of):
    from territoire.desk.choices import RequestKind

    desk = client.get("/fr/").context["desk"]
    answer = client.get(desk.url)
    text = text_of(answer)
    for kind in RequestKind:
        assert " ".join(str(kind.label).split()) in text
    assert len(desk.steps) == 6
    assert "mailto:" in answer.content.decode()


@pytest.mark.parametrize("about", ["", "LC41-2027-001", "lc41-2027-001", "log-blois-internat", "evt-webinaire-hiver"])
def test_the_desk_knows_where_one_comes_from(demo, client, about):
    desk = client.get("/fr/").context["desk"]
    answer = client.get(desk.url, {"about": about})
    assert bool(answer.context["about"]) is bool(about)
    if about:
        about = answer.context["about"].reference
        assert f"<code>{about}</code>" in answer.content.decode()
        assert re.search(rf'href="mailto:[^"]+\?subject={about}', answer.content.decode())


@pytest.mark.parametrize("about", ["LC41-1900-001", "<script>", "x" * 500, "'; DROP TABLE", "../../etc"])
def test_the_desk_names_nothing_that_is_not_there(demo, client, about):
    desk = client.get("/fr/").context["desk"]
    answer = client.get(desk.url, {"about": about})
    assert answer.status_code == 200
    assert answer.context["about"] is None
    assert about not in re.search(r"(?s)<main.*</main>", answer.content.decode()).group()


def test_questions_stand_by_theme_each_with_an_address_of_its_own(demo, client, language):
    from home.models import FaqIndexPage

    index = FaqIndexPage.objects.get(locale__language_code=language)
    html = client.get(index.url).content.decode()
    assert html.count('<details class="question"') == 22
    assert html.count('<section class="faq-theme"') == 9


def test_texts_that_are_to_be_validated_say_so_in_ordinary_words(demo, client, text_of):
    """The flag is the admin's; notes to whoever has to confirm a text stand nowhere before readers."""
    from home.models import LegalPage

    for page in LegalPage.objects.filter(locale__language_code="fr"):
        text = text_of(client.get(page.url))
        assert ("n’a pas encore confirmé cette page" in text) is page.to_be_validated
        assert "à valider" not in text
    assert LegalPage.objects.filter(to_be_validated=True).exists()
