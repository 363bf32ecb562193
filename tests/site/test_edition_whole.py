"""What holds for the edition as a whole: its front, its lists, its feeds, its maps, its bytes."""

import collections
import json
import re
import shutil

import feedparser
import pytest
from lxml import etree

from tests.support import edition as editions
from tests.support.edition import SITEURL
from tests.support.pages import file_of
from tests.support.site import ROOT

STORY = re.compile(rf"{SITEURL}/\d{{4}}/\d\d/[a-z0-9-]+/")


@pytest.fixture(scope="module")
def stories(pages):
    found = {page.url for page in pages if STORY.fullmatch(page.url)}
    own = [file for file in (ROOT / "content/articles").rglob("*.md") if "\nlang: " not in file.read_text("utf-8")]
    assert len(found) == len(own)
    return found


def by_name(pages, name):
    return next(page for page in pages if page.name == name)


def test_each_story_stands_exactly_once_on_the_front(pages, stories):
    links = [link for tag, _, link in by_name(pages, "index.html").references() if tag == "a"]
    assert collections.Counter(link for link in links if STORY.fullmatch(link)) == dict.fromkeys(stories, 1)


def test_each_story_stands_in_the_archive_and_in_its_section(pages, stories):
    for folder in ("archive/", "sections/", "authors/", "countries/"):
        listed = {
            link for page in pages if page.name.startswith(folder) for tag, _, link in page.references() if tag == "a"
        }
        assert stories <= listed, folder


def test_a_list_counts_its_stories_right(pages):
    pattern = re.compile(r"Stories ([\d,]+) to ([\d,]+) of ([\d,]+)")
    counted = 0
    for page in pages:
        if match := pattern.search(page.text("//main")):
            first, last, total = (int(number.replace(",", "")) for number in match.groups())
            links = page.tree.xpath("//main//article//*[self::h2 or self::h3]/a/@href")
            cards = [each for each in links if STORY.fullmatch(each)]
            assert len(cards) == len(set(cards)) == last - first + 1, page.name
            assert 1 <= first <= last <= total, page.name
            counted += 1
    assert counted > 20


def test_every_feed_can_be_read_and_leads_to_stories(edition, stories):
    feeds = [path for pattern in ("*.atom", "*.rss") for path in sorted(edition.rglob(pattern))]
    feeds.remove(edition / "rates/feed.atom")  # of figures, not of stories
    assert len(feeds) > 20
    for path in feeds:
        parsed = feedparser.parse(path.read_bytes())
        assert not parsed.bozo, path
        assert parsed.feed.title, path
        assert parsed.entries, path
        assert {entry.link for entry in parsed.entries} <= stories, path
        assert len({entry.id for entry in parsed.entries}) == len(parsed.entries), path
    for path in edition.rglob("feed.json"):
        items = json.loads(path.read_bytes())["items"]
        assert {item["url"] for item in items} <= stories, path


def test_pages_announce_feeds_that_are_there(edition, pages):
    for page in pages:
        feeds = page.tree.xpath("//link[@rel='alternate'][starts-with(@type, 'application/')]/@href")
        assert feeds, page.name
        assert all(file_of(edition, feed).is_file() for feed in feeds), page.name


def test_the_sitemaps_name_every_page_once(edition, pages):
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    maps = etree.parse(edition / "sitemap.xml").xpath("//s:loc/text()", namespaces=space)
    named = [
        url for each in maps for url in etree.parse(file_of(edition, each)).xpath("//s:loc/text()", namespaces=space)
    ]
    assert len(named) == len(set(named))
    assert set(named) == {page.url for page in pages} - {f"{SITEURL}/404.html"}


def test_structured_data_is_json_that_speaks_of_this_page(pages):
    for page in pages:
        for script in page.tree.xpath("//script[@type='application/ld+json']"):
            assert page.url in json.dumps(json.loads(script.text)), page.name


def test_no_draft_and_no_source_is_published(edition):
    names = [path.relative_to(edition).as_posix() for path in edition.rglob("*") if path.is_file()]
    names.remove("rates/history.csv")  # for others to use
    assert [name for name in names if name.startswith("drafts/") or name.endswith((".md", ".py", ".csv"))] == []


def files(output):
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in output.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def pictures(edition, shared_root, tmp_path_factory):
    """The pictures that are made, but for one in eight, which will be made again."""
    folder = tmp_path_factory.mktemp("some") / "pictures"
    kept = shutil.ignore_patterns("0*", "1*", "newsroom")
    return shutil.copytree(editions.PICTURES, folder, ignore=kept)


@pytest.mark.parametrize(
    ("seed", "overrides"), [("1", {}), ("0", {"PLUGINS": "PLUGINS[::-1]"})], ids=["again", "plugins-reversed"]
)
def test_another_build_has_the_same_bytes(edition, pictures, tmp_path, seed, overrides):
    other = editions.build(tmp_path / "other", "publishconf", pictures, seed, overrides)
    first, second = files(edition), files(other.output)
    assert first.keys() == second.keys()
    assert [name for name, content in first.items() if second[name] != content] == []
