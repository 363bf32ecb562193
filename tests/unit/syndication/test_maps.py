"""Sitemaps, the news sitemap, and robots.txt."""

import datetime as dt
from types import SimpleNamespace
from urllib.robotparser import RobotFileParser

import pytest
from lxml import etree

from plugins.syndication import pages, sitemaps
from plugins.syndication.entries import updated
from plugins.syndication.model import NewsItem, SitePage
from plugins.syndication.robots import robots_txt
from plugins.syndication.settings import SyndicationSettings

NOW = dt.datetime(2025, 4, 26, 12, tzinfo=dt.UTC)
SITE = "https://paper.example"
NAMESPACES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "n": "http://www.google.com/schemas/sitemap-news/0.9",
}


def found(document, path):
    return etree.fromstring(document).xpath(path, namespaces=NAMESPACES)


def test_the_index_names_a_sitemap_for_each_group():
    made = sitemaps.sitemaps(
        [
            SitePage("b/", "stories-2025", NOW),
            SitePage("a/", "stories-2025", NOW - dt.timedelta(days=1)),
            SitePage("", "pages", None),
        ],
        SITE,
        "sitemap.xml",
    )
    assert found(made["sitemap.xml"], "//s:loc/text()") == [
        f"{SITE}/sitemaps/pages.xml",
        f"{SITE}/sitemaps/stories-2025.xml",
    ]
    assert found(made["sitemap.xml"], "//s:lastmod/text()") == ["2025-04-26T12:00:00+00:00"]
    assert found(made["sitemaps/stories-2025.xml"], "//s:loc/text()") == [f"{SITE}/a/", f"{SITE}/b/"]
    assert found(made["sitemaps/pages.xml"], "//s:lastmod") == []


def test_a_large_group_has_several_files(monkeypatch):
    monkeypatch.setattr(sitemaps, "PAGES_A_FILE", 2)
    made = sitemaps.sitemaps([SitePage(f"{n}/", "lists", None) for n in range(5)], SITE, "sitemap.xml")
    assert list(made) == ["sitemap.xml", "sitemaps/lists.xml", "sitemaps/lists-2.xml", "sitemaps/lists-3.xml"]
    assert [len(found(made[name], "//s:url")) for name in list(made)[1:]] == [2, 2, 1]


def test_a_page_written_twice_is_listed_once_and_letters_are_escaped():
    made = sitemaps.sitemaps([SitePage("ә&b/", "lists", NOW), SitePage("ә&b/", "lists", None)], SITE, "s.xml")
    assert found(made["sitemaps/lists.xml"], "//s:loc/text()") == [f"{SITE}/%D3%99&b/"]


def test_without_pages_there_is_no_sitemap():
    assert sitemaps.sitemaps([], SITE, "sitemap.xml") == {}


def news(hours, lang="en"):
    return NewsItem(f"{SITE}/{hours}/", f"Story <{hours}>", NOW - dt.timedelta(hours=hours), lang)


def test_news_is_what_two_days_brought():
    kept = sitemaps.recent([news(hours) for hours in (-1, 0, 47, 48, 49)], NOW)
    assert [item.url for item in kept] == [f"{SITE}/{hours}/" for hours in (0, 47, 48)]
    assert len(sitemaps.recent([news(1)] * 1200, NOW)) == 1000


def test_the_news_sitemap_says_what_is_asked():
    made = sitemaps.news_sitemap([news(1)], "The Paper")
    for path, text in (
        ("//n:publication/n:name", "The Paper"),
        ("//n:publication/n:language", "en"),
        ("//n:publication_date", "2025-04-26T11:00:00+00:00"),
        ("//n:title", "Story <1>"),
    ):
        assert [element.text for element in found(made, path)] == [text]


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "en"), ("uz-Cyrl", "uz"), ("zh", "zh-cn"), ("zh-Hant", "zh-tw"), ("kk_KZ", "kk")]
)
def test_languages_are_written_as_the_schema_has_them(lang, said):
    assert sitemaps.news_language(lang) == said


@pytest.mark.parametrize(
    ("html", "findable"),
    [
        (b'<meta name="robots" content="max-image-preview:large">', True),
        (b'<meta name="robots" content="noindex">', False),
        (b"<META content='follow, NOINDEX' name=robots >", False),
        (b'<meta http-equiv="refresh" content="0; url=/x/">', False),
        (b'<meta name="description" content="How noindex works">', True),
        (b"<p>noindex</p>", True),
    ],
)
def test_a_page_is_findable_unless_it_says_otherwise(html, findable):
    assert pages.findable(b"<head>" + html) is findable


@pytest.mark.parametrize("status", ["draft", "hidden"])
def test_what_is_unlisted_stays_so(status):
    assert not pages.is_listed({"article": SimpleNamespace(status=status)})
    assert not pages.is_listed({"page": SimpleNamespace(status=status)})
    assert pages.is_listed({"page": SimpleNamespace(status="published")})


def story(url, **changes):
    values = {"url": url, "date": NOW, "metadata": {}}
    return SimpleNamespace(**values | changes)


def test_the_last_change_comes_from_what_a_page_shows():
    later = NOW + dt.timedelta(days=2)
    shown = [story("b/"), story("a/", modified=later)]
    listing = SimpleNamespace(url="topics/x/", items=shown)
    entries = SimpleNamespace(url="topics/", items=[SimpleNamespace(name="x")])
    cases = [
        ({"article": shown[1]}, "a/index.html", SitePage("a/", "stories-2025", later)),
        ({"listing": listing}, "topics/x/index.html", SitePage("topics/x/", "lists", later)),
        ({"listing": entries}, "topics/index.html", SitePage("topics/", "lists", None)),
        ({"page": SimpleNamespace(url="about/")}, "about/index.html", SitePage("about/", "pages", None)),
        ({"articles": shown}, "index.html", SitePage("", "pages", later)),
        ({"articles": shown}, "rates/index.html", SitePage("rates/", "pages", None)),
        ({}, "x/myindex.html", SitePage("x/myindex.html", "pages", None)),
    ]
    for context, file, expected in cases:
        assert pages.site_page({"output_file": file, **context}, pages.Updates(updated)) == expected


def rules(**settings):
    parser = RobotFileParser()
    parser.parse(robots_txt(SyndicationSettings(**settings), [f"{SITE}/sitemap.xml"]).splitlines())
    return parser


def test_robots_are_told_by_what_they_do():
    parser = rules()
    assert not parser.can_fetch("GPTBot", f"{SITE}/")
    assert parser.can_fetch("Googlebot", f"{SITE}/2025/04/x/")
    assert not parser.can_fetch("Googlebot", f"{SITE}/drafts/x/")
    assert parser.can_fetch("ChatGPT-User", f"{SITE}/2025/04/x/")
    assert parser.can_fetch("unheard-of", f"{SITE}/")
    assert parser.site_maps() == [f"{SITE}/sitemap.xml"]


def test_each_choice_can_be_turned():
    parser = rules(allow_training=True, allow_search=False, allow_fetch=False, disallow=())
    assert parser.can_fetch("GPTBot", f"{SITE}/")
    assert not parser.can_fetch("Bingbot", f"{SITE}/")
    assert not parser.can_fetch("ChatGPT-User", f"{SITE}/")
    assert parser.can_fetch("unheard-of", f"{SITE}/drafts/")


def test_a_file_without_sitemaps_names_none():
    assert "Sitemap" not in robots_txt(SyndicationSettings(), [])
