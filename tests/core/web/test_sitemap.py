"""The sitemap: what search engines are told, with the days on which it really changed."""

import datetime as dt
import os

import pytest
import time_machine
from lxml import etree

from core.web.views import LanguageSitemap
from factories import NOW, OfferFactory, StrengthFactory, languages, publish, translate, version

SCHEMA = os.environ.get("SITEMAP_SCHEMA", "")
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def entries(client, address="/sitemap-fr.xml"):
    root = etree.fromstring(client.get(address).content)
    return {
        node.findtext("s:loc", namespaces=NAMES): node.findtext("s:lastmod", namespaces=NAMES)
        for node in root.findall("s:url", NAMES)
    }


# The schema lets strangers in only if they are declared: that of the other languages' links is.
WITH_LANGUAGES = """\
<schema xmlns="http://www.w3.org/2001/XMLSchema">
  <import namespace="http://www.sitemaps.org/schemas/sitemap/0.9" schemaLocation="{schema}"/>
  <import namespace="http://www.w3.org/1999/xhtml" schemaLocation="{folder}/link.xsd"/>
</schema>"""
LINK = """\
<schema xmlns="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.w3.org/1999/xhtml">
  <element name="link"><complexType>
    <attribute name="rel" fixed="alternate" use="required"/>
    <attribute name="hreflang" type="language" use="required"/>
    <attribute name="href" type="anyURI" use="required"/>
  </complexType></element>
</schema>"""


@pytest.mark.skipif(not SCHEMA, reason="SITEMAP_SCHEMA is not the path of sitemap.xsd: .ci/sitemap-schema fetches it")
def test_sitemaps_fit_the_schema_of_sitemaps_org(demo, client, tmp_path):
    (tmp_path / "link.xsd").write_text(LINK)
    schema = etree.XMLSchema(etree.fromstring(WITH_LANGUAGES.format(schema=SCHEMA, folder=tmp_path)))
    for language in ("fr", "en", "es", "de"):
        document = etree.fromstring(client.get(f"/sitemap-{language}.xml").content)
        assert schema.validate(document), schema.error_log
        assert len(document) > 20
    document[0].append(etree.Element(f"{{{NAMES['s']}}}surprise"))
    assert not schema.validate(document)


def test_a_page_s_date_is_that_of_its_last_publication(home, client):
    strength = publish(StrengthFactory())
    assert entries(client)[strength.full_url] == "2026-11-22"
    with time_machine.travel(NOW + dt.timedelta(days=3)):
        strength.save_revision()  # a draft is no modification
        assert entries(client)[strength.full_url] == "2026-11-22"
        publish(strength, figure="43 min")
        assert entries(client)[strength.full_url] == "2026-11-25"


def test_a_fact_that_changes_in_french_changes_the_date_of_all_languages(home, client):
    publish(home)
    languages("en")
    offer = publish(OfferFactory(capacity=2))
    translate(offer, "en", {"title": "Placement"})
    page = version(offer, "en")
    before = entries(client, "/sitemap-en.xml")[page.full_url]
    with time_machine.travel(NOW + dt.timedelta(days=1)):
        publish(version(offer, "fr"), capacity=5)
    assert entries(client, "/sitemap-en.xml")[page.full_url] > before


def test_a_large_language_comes_in_parts(home, client, monkeypatch):
    monkeypatch.setattr(LanguageSitemap, "limit", 3)
    made = {publish(StrengthFactory(title=f"Atout {number}")).full_url for number in range(7)}
    index = etree.fromstring(client.get("/sitemap.xml").content)
    parts = [node.text for node in index.findall("s:sitemap/s:loc", NAMES)]
    seen = {}
    for part in parts:
        seen |= entries(client, part[part.index("/sitemap-") :])
    assert len(parts) >= 3
    assert made <= set(seen)
    dates = [node.text for node in index.findall("s:sitemap/s:lastmod", NAMES)]
    assert all(date.startswith("2026-11-22T10:00") for date in dates)
