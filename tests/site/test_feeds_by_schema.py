"""Every feed and sitemap of the edition, held against the schemas of tests/schemas and what they cannot say."""

import copy
import json

import jsonschema
import pytest
from lxml import etree

from tests.support import edition as editions
from tests.support.site import ROOT

SCHEMAS = ROOT / "tests/schemas"
NAMES = {
    "a": "http://www.w3.org/2005/Atom",
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "n": "http://www.google.com/schemas/sitemap-news/0.9",
    "dc": "http://purl.org/dc/elements/1.1/",
    "content": "http://purl.org/rss/1.0/modules/content/",
}
HUB = "https://hub.example/"


@pytest.fixture(scope="module")
def built(shared_root):
    """The edition an hour after its newest story, with a hub: its news sitemap is not empty."""
    chosen = {"SYNDICATION": f"{{**SYNDICATION, 'hub': {HUB!r}}}", "BUILD_TIME": "'2025-12-15T11:00:00+05:00'"}
    return editions.shared(shared_root, "with-hub", "publishconf", chosen)


def schema(name):
    tree = etree.parse(SCHEMAS / name)
    return etree.RelaxNG(tree) if name.endswith(".rng") else etree.XMLSchema(tree)


def parsed(root, pattern):
    found = {path.relative_to(root).as_posix(): etree.parse(path) for path in sorted(root.rglob(pattern))}
    assert found, pattern
    return found


def wrong(rules, trees):
    return {name: str(rules.error_log.last_error) for name, tree in trees.items() if not rules.validate(tree)}


def test_atom_is_valid(built):
    trees = parsed(built, "*.atom")
    assert len(trees) > 20
    assert wrong(schema("atom.rng"), trees) == {}


def test_atom_keeps_what_the_schema_cannot_say(built):
    """RFC 4287: 4.1.1 authors and one alternate link of a kind, 4.1.1.1 the hub and self links, 4.1.2 content."""
    for name, tree in parsed(built, "*.atom").items():
        top = tree.getroot()
        assert top.xpath("string(a:link[@rel='self']/@href)", namespaces=NAMES) == f"{editions.SITEURL}/{name}"
        if not name.startswith("rates/"):  # made of rates, not of stories; its hub is the ticker's own affair
            assert top.xpath("string(a:link[@rel='hub']/@href)", namespaces=NAMES) == HUB
        entries = top.xpath("a:entry", namespaces=NAMES)
        ids = [entry.findtext("a:id", None, NAMES) for entry in entries]
        assert len(set(ids)) == len(ids)
        for entry in entries:
            assert entry.xpath("a:author", namespaces=NAMES) or top.xpath("a:author", namespaces=NAMES)
            assert len(entry.xpath("a:link[@rel='alternate']", namespaces=NAMES)) == 1
            assert entry.findtext("a:content", None, NAMES)


def test_rss_is_valid_and_keeps_the_profile(built):
    trees = parsed(built, "*.rss")
    assert wrong(schema("rss.xsd"), trees) == {}
    for name, tree in trees.items():
        (channel,) = tree.getroot()
        for one in ("title", "link", "description", "language", "lastBuildDate"):
            assert len(channel.findall(one)) == 1, (name, one)
        assert channel.xpath("string(a:link[@rel='self']/@href)", namespaces=NAMES) == f"{editions.SITEURL}/{name}"
        assert channel.xpath("string(a:link[@rel='hub']/@href)", namespaces=NAMES) == HUB
        for item in channel.findall("item"):
            for one in ("title", "link", "guid", "pubDate", "description", "content:encoded"):
                assert len(item.findall(one, NAMES)) == 1, (name, one)
            assert len(item.findall("enclosure")) <= 1, "readers take one enclosure of an item"
            assert item.find("author") is None, "that is a mail address; names are dc:creator"
            assert item.findtext("dc:creator", None, NAMES)
            assert item.find("guid").get("isPermaLink") == "false"


def test_json_feeds_are_valid(built):
    rules = jsonschema.Draft202012Validator(json.loads((SCHEMAS / "json-feed.json").read_text("utf-8")))
    feeds = {path: json.loads(path.read_text("utf-8")) for path in sorted(built.rglob("feed.json"))}
    assert len(feeds) > 20
    for path, feed in feeds.items():
        assert [error.message for error in rules.iter_errors(feed)] == [], path
        assert feed["hubs"] == [{"type": "WebSub", "url": HUB}]
        assert feed["feed_url"] == f"{editions.SITEURL}/{path.relative_to(built).as_posix()}"


def test_sitemaps_are_valid(built):
    index = etree.parse(built / "sitemap.xml")
    assert wrong(schema("siteindex.xsd"), {"sitemap.xml": index}) == {}
    assert wrong(schema("sitemap.xsd"), parsed(built / "sitemaps", "*.xml")) == {}
    named = {address.rpartition("/")[2] for address in index.xpath("//s:loc/text()", namespaces=NAMES)}
    assert named == {path.name for path in (built / "sitemaps").iterdir()}


def test_the_news_sitemap_is_valid(built):
    tree = etree.parse(built / "news-sitemap.xml")
    assert wrong(schema("sitemap.xsd"), {"news-sitemap.xml": tree}) == {}
    assert tree.xpath("count(//n:news)", namespaces=NAMES) >= 1


DAMAGE = {
    "feed.atom": ("atom.rng", ("//a:entry/a:id", "//a:feed/a:updated", "//a:entry/a:title", "//a:author/a:name")),
    "feed.rss": ("rss.xsd", ()),
    "news-sitemap.xml": ("sitemap.xsd", ("//s:url/s:loc", "//n:publication", "//n:language", "//n:title")),
    "sitemap.xml": ("siteindex.xsd", ("//s:loc",)),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_a_schema_refuses_what_is_wrong(built, name):
    """Taken out, each of these is missed; and text that is no date, no number, no address is none."""
    rules, paths = DAMAGE[name]
    whole = etree.parse(built / name)
    for path in paths:
        broken = copy.deepcopy(whole)
        gone = broken.xpath(path, namespaces=NAMES)[0]
        gone.getparent().remove(gone)
        assert not schema(rules).validate(broken), path
    for place in ("//a:feed/a:updated", "//lastBuildDate", "//item/link", "//n:publication_date", "//s:lastmod"):
        broken = copy.deepcopy(whole)
        for found in broken.xpath(place, namespaces=NAMES)[:1]:
            found.text = "yesterday"
            assert not schema(rules).validate(broken), place


def test_the_json_schema_refuses_what_is_wrong(built):
    rules = jsonschema.Draft202012Validator(json.loads((SCHEMAS / "json-feed.json").read_text("utf-8")))
    for change in ({"id": None}, {"date_published": "2026-01-30"}, {"url": "/2026/"}, {"tags": "trade"}, {"odd": 1}):
        feed = json.loads((built / "feed.json").read_text("utf-8"))
        feed["items"][0].update(change)
        assert not rules.is_valid(feed), change
