"""Feeds, sitemaps and robots.txt of sites really built by Pelican."""

import json
import re

import feedparser
from lxml import etree

from tests.support.site import Site

NAMESPACES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "n": "http://www.google.com/schemas/sitemap-news/0.9",
}
BASE = "<head>{% include 'syndication/head.html' ignore missing %}</head>"
ANNOUNCER = """
from types import SimpleNamespace
from pelican import signals
from pelican.generators import Generator
from plugins._kit import paging, wiring

class Lists(Generator):
    def generate_output(self, writer):
        pages = paging.Listing(self.context["articles"], "kz/", 1)
        wiring.write_list(self, writer, pages, "list", dict, subject=SimpleNamespace(name="Kazakhstan", url="kz/"))

def generators(pelican):
    return Lists

def announce(generator):
    kazakh = tuple(a for a in generator.articles if a.category.slug == "kazakhstan")
    empty = wiring.Feed("Empty", "none/", "none/feed.atom", ())
    wiring.announce_feeds(generator.context, "test", [wiring.Feed("Kazakhstan", "kz/", "kz/feed.atom", kazakh), empty])
    for article in generator.articles:
        article.image = SimpleNamespace(src="images/a.png", alt="A", credit="", width=2, height=1)

def register():
    wiring.start()
    signals.article_generator_finalized.connect(announce)
    signals.get_generators.connect(generators)
"""


def article(site, name="remark", body="Text with ![a](/images/a.png) in it.", **fields):
    header = {
        "title": "A remark",
        "date": "2026-09-01 09:00 +05:00",
        "category": "Kazakhstan",
        "tags": "trade",
        "authors": "Astana desk; A. Reporter",
        "summary": "What was said.",
        **fields,
    }
    lines = [f"{key}: {value}" for key, value in header.items()]
    return site.write(f"content/articles/{name}.md", "\n".join([*lines, "", body, ""]))


def site(folder, **settings):
    made = Site(
        folder,
        PLUGINS=["announcer", "plugins.syndication"],
        PLUGIN_PATHS=["."],
        THEME="theme",
        DIRECT_TEMPLATES=["index", "404"],
        STATIC_PATHS=["images"],
        ARTICLE_PATHS=["articles"],
        SLUGIFY_SOURCE="basename",
        ARTICLE_URL="{date:%Y}/{slug}/",
        ARTICLE_SAVE_AS="{date:%Y}/{slug}/index.html",
        JINJA_ENVIRONMENT={"autoescape": True},
        CATEGORY_SAVE_AS="",
        TAG_SAVE_AS="",
        AUTHOR_SAVE_AS="",
        **settings,
    )
    made.write("announcer.py", ANNOUNCER)
    for name in ("index", "article", "page", "list"):
        made.write(f"theme/templates/{name}.html", BASE)
    made.write("theme/templates/404.html", "<title>Nothing here</title>")
    made.write("theme/static/x.css", "")
    made.write("content/images/a.png", b"\x89PNG-not-really")
    article(made)
    return made


def entry(build, feed="feed.atom"):
    parsed = feedparser.parse(build.read(feed))
    assert not parsed.bozo
    return parsed.entries[0]


def test_the_edition_and_each_announced_list_have_three_feeds(tmp_path):
    made = site(tmp_path)
    article(made, "other", title="Other", category="Tajikistan", date="2026-09-02 09:00 +05:00")
    built = made.build(fatal="warnings")
    assert built.status == 0, built.log
    for folder, titles in (("", ["Other", "A remark"]), ("kz/", ["A remark"]), ("none/", [])):
        for name in ("feed.atom", "feed.rss"):
            parsed = feedparser.parse(built.read(folder + name))
            assert not parsed.bozo
            assert [each.title for each in parsed.entries] == titles
            assert {"rel": "self", "href": f"https://test.example/{folder}{name}"}.items() <= {
                key: value for link in parsed.feed.links if link.rel == "self" for key, value in link.items()
            }.items()
        feed = json.loads(built.read(folder + "feed.json"))
        assert [item["title"] for item in feed["items"]] == titles
        assert feed["home_page_url"] == f"https://test.example/{folder}"
    assert feedparser.parse(built.read("kz/feed.atom")).feed.title == "Kazakhstan | A test"
    assert built.files()["kz/feed.atom"] != built.files()["feed.atom"]


def test_an_entry_is_whole_and_its_picture_weighs_what_it_weighs(tmp_path):
    found = entry(site(tmp_path).build(), "feed.rss")
    assert 'src="https://test.example/images/a.png"' in found.content[0].value
    assert found.summary == "What was said."
    assert [tag.term for tag in found.tags] == ["Kazakhstan", "trade"]
    assert found.enclosures[0].length == str(len(b"\x89PNG-not-really"))


def test_ids_survive_a_slug_change_a_correction_a_rename_and_a_rebuild_elsewhere(tmp_path):
    one = site(tmp_path / "one")
    first = entry(one.build())
    article(one, slug="another-slug", title="A better headline", modified="2026-09-03 10:00 +05:00")
    corrected = entry(one.build())
    assert corrected.link != first.link
    assert (first.updated, corrected.updated) == ("2026-09-01T09:00:00+05:00", "2026-09-03T10:00:00+05:00")
    (one.folder / "content/articles/remark.md").unlink()
    article(one, "renamed", id="articles/remark")
    other = site(tmp_path / "elsewhere/two")
    ids = {first.id, corrected.id, entry(one.build()).id, entry(other.build(seed="7")).id}
    assert ids == {"tag:test.example,2024:articles/remark"}


def test_the_same_content_gives_the_same_bytes_at_any_hour(tmp_path):
    one, two = site(tmp_path / "one"), site(tmp_path / "two")
    first = one.build().files()
    later = two.build(seed="99", BUILD_TIME="2027-01-01T00:00:00+05:00").files()
    differing = {name for name in first if first[name] != later.get(name)}
    assert differing == {"none/feed.atom", "none/feed.rss"}  # empty, so dated by the build
    reverse = two.build(output="reverse", PLUGINS=["plugins.syndication", "announcer"]).files()
    assert reverse == first


def test_two_articles_with_one_id_stop_the_build(tmp_path):
    made = site(tmp_path)
    article(made, "copy", slug="copy", id="articles/remark")
    built = made.build()
    assert built.status == 2
    assert re.search(r"content/articles/remark\.md: has the id 'articles/remark', and so has", built.log)
    assert not built.output.exists()


def locations(build, name):
    return etree.fromstring(build.files()[name]).xpath("//s:loc/text()", namespaces=NAMESPACES)


def test_the_sitemaps_list_what_may_be_found(tmp_path):
    made = site(tmp_path)
    article(made, "draft", title="Draft", status="draft")
    made.write("content/pages/about.md", "Title: About\n\nText.\n")
    built = made.build()
    assert locations(built, "sitemap.xml") == [
        "https://test.example/sitemaps/lists.xml",
        "https://test.example/sitemaps/pages.xml",
        "https://test.example/sitemaps/stories-2026.xml",
    ]
    assert locations(built, "sitemaps/stories-2026.xml") == ["https://test.example/2026/remark/"]
    assert "https://test.example/" in locations(built, "sitemaps/pages.xml")
    assert not any("404" in each for each in locations(built, "sitemaps/pages.xml"))
    dates = etree.fromstring(built.files()["sitemap.xml"]).xpath("//s:lastmod/text()", namespaces=NAMESPACES)
    assert dates == ["2026-09-01T09:00:00+05:00"] * 3
    assert "Sitemap: https://test.example/sitemap.xml" in built.read("robots.txt")


def test_a_list_is_as_new_as_its_newest_story_and_names_its_own_feed(tmp_path):
    made = site(tmp_path)
    article(made, "older", title="Older", date="2026-08-01 09:00 +05:00", modified="2026-08-09 09:00 +05:00")
    built = made.build()
    listed = etree.fromstring(built.files()["sitemaps/lists.xml"])
    assert {url.findtext("s:loc", None, NAMESPACES): url.findtext("s:lastmod", None, NAMESPACES) for url in listed} == {
        "https://test.example/kz/": "2026-09-01T09:00:00+05:00",
        "https://test.example/kz/page/1/": "2026-08-09T09:00:00+05:00",
    }
    feeds = re.findall(r'href="https://test\.example/([^"]+)"', built.read("kz/index.html"))
    assert feeds == ["kz/feed.atom", "kz/feed.rss", "kz/feed.json", "feed.atom", "feed.rss", "feed.json"]


def test_news_is_named_only_while_it_is_news(tmp_path):
    made = site(tmp_path)
    fresh = made.build(BUILD_TIME="2026-09-02T12:00:00+05:00")
    assert locations(fresh, "news-sitemap.xml") == ["https://test.example/2026/remark/"]
    assert "Sitemap: https://test.example/news-sitemap.xml" in fresh.read("robots.txt")
    old = made.build(output="old", BUILD_TIME="2026-09-05T12:00:00+05:00")
    assert "news-sitemap.xml" not in old.files()
    assert "news-sitemap" not in old.read("robots.txt")


def test_a_page_names_the_feeds(tmp_path):
    built = site(tmp_path, SYNDICATION={"formats": ["atom"]}).build()
    assert built.read("2026/remark/index.html").count("<link") == 1
    assert 'type="application/atom+xml" title="A test" href="https://test.example/feed.atom"' in built.read(
        "2026/remark/index.html"
    )
    assert "feed.rss" not in built.files()


def test_a_preview_has_feeds_but_no_sitemaps(tmp_path):
    built = site(tmp_path, RELATIVE_URLS=True).build(SITEURL="", fatal="warnings")
    assert built.status == 0, built.log
    assert entry(built).link == "/2026/remark/"
    assert entry(built).id == "tag:localhost,2024:articles/remark"
    assert "sitemap.xml" not in built.files()
    assert "Sitemap" not in built.read("robots.txt")


def test_a_setting_that_cannot_be_ends_the_build(tmp_path):
    built = site(tmp_path, SYNDICATION={"formats": ["atom", "rdf"], "entires": 3}).build()
    assert built.status == 2
    assert "SYNDICATION['entires']: is not a setting. Did you mean 'entries'?" in built.log
    assert "SYNDICATION['formats']" in built.log
