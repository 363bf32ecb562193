"""Feeds in three formats, and the ids that outlive every address."""

import datetime as dt
import json
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from plugins.syndication import addresses, documents, identity
from plugins.syndication.entries import Reader, categories, updated
from plugins.syndication.settings import SyndicationSettings
from plugins.syndication.views import FeedsView

ZONE = ZoneInfo("Asia/Tashkent")
PUBLISHED = dt.datetime(2025, 4, 25, 18, 30, tzinfo=ZONE)
NOW = dt.datetime(2026, 1, 1, tzinfo=ZONE)
SITE = "https://paper.example"
TEXT = '<p>Text <a href="#n">1</a> <img src="/images/a.png" srcset="b.png 1x, /c.png 2x"></p>'


class Named(str):
    __slots__ = ("url",)

    def __new__(cls, name, url=""):
        made = super().__new__(cls, name)
        made.url = url
        return made


def article(**changes):
    values = {
        "title": "Lavrov's remark &amp; its echo",
        "url": "2025/04/remark/",
        "date": PUBLISHED,
        "lang": "en",
        "metadata": {"summary": "What was said < what was meant."},
        "relative_source_path": "articles/2025/04/remark.md",
        "authors": [Named("Tashkent desk", "authors/tashkent-desk/"), Named("A. Reporter")],
        "category": Named("Politics"),
        "countries": [SimpleNamespace(name="Uzbekistan"), SimpleNamespace(name="Russia")],
        "tags": [Named("trade"), Named("Russia")],
        "image": SimpleNamespace(src="images/a.png", alt="A tower", credit="The Paper", width=1600, height=900),
        "get_content": lambda _: TEXT,
    }
    return SimpleNamespace(**values | changes)


def published_feed(articles, siteurl=SITE, **settings):
    """Return the publisher of a feed, its addresses and its files."""
    reader = Reader(siteurl, SyndicationSettings(**settings), lambda url: 4711 if url == "images/a.png" else 0)
    publisher = documents.Publisher("The Paper", "News of the steppe", "en", reader, reader.entry)
    links = documents.links("The Paper", "", "feed.atom", reader.settings.formats)
    document = documents.feed(publisher, links, articles, NOW)
    return publisher, links, documents.files(document, links, siteurl)


def files(*articles, siteurl=SITE, **settings):
    return published_feed(articles, siteurl, **settings)[2]


@given(st.integers(1, 6), st.data())
def test_a_patched_feed_is_the_one_with_the_new_text(count, data):
    stories = [article(url=f"{place}/", lang=data.draw(st.sampled_from(["en", "ru"]))) for place in range(count)]
    published, links, before = published_feed(stories)
    places = data.draw(st.sets(st.integers(0, count - 1), min_size=1))
    text = st.text(st.sampled_from(" <>&/{}[],\n\"\\'entryitemé"))
    for place in places:
        words = data.draw(text)
        stories[place].get_content = lambda _, words=words: f"<p>{words}</p></entry>\n</item>\n  }},\n  {{\n"
    entries = {place: published.entry(stories[place]) for place in places}
    assert documents.patched(before, links, entries, published.lang) == published_feed(stories)[2]


@pytest.mark.parametrize("name", ["feed.atom", "feed.rss"])
def test_a_reader_finds_everything_in_atom_and_rss(name):
    parsed = feedparser.parse(files(article(), hub="https://hub.example/")[name])
    assert not parsed.bozo
    assert parsed.feed.title == "The Paper"
    assert parsed.feed.link == "https://paper.example/"
    relations = {link.rel: link.href for link in parsed.feed.links}
    assert relations["self"] == f"https://paper.example/{name}"
    assert relations["hub"] == "https://hub.example/"
    (entry,) = parsed.entries
    assert entry.id == "tag:paper.example,2024:articles/2025/04/remark"
    assert entry.link == "https://paper.example/2025/04/remark/"
    assert entry.title == "Lavrov's remark & its echo"
    assert entry.summary.replace("&lt;", "<") == "What was said < what was meant."
    assert "Text" in entry.content[0].value
    assert [author.name for author in entry.authors if "name" in author][:2] == ["Tashkent desk", "A. Reporter"]
    assert [tag.term for tag in entry.tags] == ["Politics", "Uzbekistan", "Russia", "trade"]
    assert entry.published_parsed[:5] == (2025, 4, 25, 13, 30)
    (enclosure,) = entry.enclosures
    assert (enclosure.href, enclosure.type, enclosure.length) == (f"{SITE}/images/a.png", "image/png", "4711")


def test_json_feed_has_the_same():
    feed = json.loads(files(article(), hub="https://hub.example/")["feed.json"])
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == "https://paper.example/feed.json"
    assert feed["hubs"] == [{"type": "WebSub", "url": "https://hub.example/"}]
    (item,) = feed["items"]
    assert item["id"] == "tag:paper.example,2024:articles/2025/04/remark"
    assert item["date_published"] == "2025-04-25T18:30:00+05:00"
    assert "date_modified" not in item
    assert item["attachments"] == [
        {"url": f"{SITE}/images/a.png", "mime_type": "image/png", "size_in_bytes": 4711},
    ]
    assert item["authors"][0] == {"name": "Tashkent desk", "url": f"{SITE}/authors/tashkent-desk/"}


def test_addresses_in_the_text_are_absolute():
    content = json.loads(files(article())["feed.json"])["items"][0]["content_html"]
    assert content == (
        f'<p>Text <a href="{SITE}/2025/04/remark/#n">1</a> <img src="{SITE}/images/a.png" '
        f'srcset="{SITE}/2025/04/remark/b.png 1x, {SITE}/c.png 2x"></p>'
    )


@pytest.mark.parametrize(
    ("html", "absolute"),
    [
        ("<a href=up>x</a>", '<a href="https://p.example/a/up">x</a>'),
        ("<a href='../q?a=1&amp;b=2'>", '<a href="https://p.example/q?a=1&amp;b=2">'),
        ('<a title="a > b" href="/q">', '<a title="a > b" href="https://p.example/q">'),
        ('<a href="mailto:desk@p.example">', '<a href="mailto:desk@p.example">'),
        ('<p>href="/stays"</p>', '<p>href="/stays"</p>'),
        ('<video poster="p.png">', '<video poster="https://p.example/a/p.png">'),
        ('<b data-src="/stays">', '<b data-src="/stays">'),
        ('<img srcset="a,b.png 100w,c.png 200w">', None),
    ],
)
def test_only_addresses_change(html, absolute):
    made = addresses.absolute(html, "https://p.example/a/")
    assert made == absolute or (
        absolute is None and made.count("https://p.example/a/") == 2 and " 100w, " in made and " 200w" in made
    )


@given(st.text())
def test_text_without_addresses_stays_as_it_is(text):
    assert addresses.absolute(f"<p>{text.replace('<', '')}</p>", SITE) == f"<p>{text.replace('<', '')}</p>"


@pytest.mark.parametrize(
    "change",
    [
        {"url": "2025/05/another-slug/"},
        {"title": "A better headline"},
        {"date": PUBLISHED + dt.timedelta(days=40)},
        {"corrections": [SimpleNamespace(date=dt.date(2025, 5, 1), text="Mended.")]},
        {"category": Named("Culture")},
        {
            "relative_source_path": "articles/2025/05/renamed.md",
            "metadata": {"id": "articles/2025/04/remark"},
        },
    ],
)
def test_an_id_outlives_every_change(change):
    before, after = (feedparser.parse(files(one)["feed.atom"]).entries[0].id for one in (article(), article(**change)))
    assert before == after


def test_an_id_outlives_the_domain_where_the_authority_is_set():
    moved = files(article(), siteurl="https://elsewhere.example", authority="paper.example")
    assert feedparser.parse(moved["feed.atom"]).entries[0].id == "tag:paper.example,2024:articles/2025/04/remark"


@pytest.mark.parametrize("own", ["urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a", "https://old.example/?p=12"])
def test_a_story_from_elsewhere_keeps_its_id(own):
    assert feedparser.parse(files(article(metadata={"id": own}))["feed.rss"]).entries[0].id == own


def test_two_stories_with_one_id_are_told():
    (problem,) = identity.clashes([("a", "a.md"), ("b", "b.md"), ("a", "c.md")], lambda file: f"content/{file}")
    assert str(problem) == (
        "content/c.md: has the id 'a', and so has content/a.md. Give one of them an id of its own. [repeated-id]"
    )


def test_ids_are_uris_whatever_the_file_is_called():
    assert identity.tag_uri("p.example", "2024", "мақола 1") == (
        "tag:p.example,2024:%D0%BC%D0%B0%D2%9B%D0%BE%D0%BB%D0%B0%201"
    )


def test_only_a_real_change_is_an_update():
    soon = PUBLISHED + dt.timedelta(minutes=2)
    assert updated(article()) == PUBLISHED
    assert updated(article(modified=soon)) == soon
    assert updated(article(modified=soon, updated=None)) == PUBLISHED
    day = SimpleNamespace(date=dt.date(2025, 4, 27), text="")
    assert updated(article(corrections=[day])) == dt.datetime(2025, 4, 27, tzinfo=ZONE)
    entry = feedparser.parse(files(article(corrections=[day]))["feed.rss"]).entries[0]
    assert entry.updated == "2025-04-27T00:00:00+05:00"


def test_what_no_plugin_has_read_is_left_alone():
    assert categories(article(countries="Uzbekistan, Russia", tags=[])) == ("Politics",)
    assert updated(article(corrections="2025-04-27: text")) == PUBLISHED
    assert feedparser.parse(files(article(image="a.png"))["feed.rss"]).entries[0].enclosures == []


def test_a_feed_has_the_newest_and_is_dated_by_its_last_change():
    stories = [article(url=str(n), date=PUBLISHED - dt.timedelta(days=n)) for n in range(4)]
    parsed = feedparser.parse(files(*stories, entries=2)["feed.atom"])
    assert [entry.link for entry in parsed.entries] == [f"{SITE}/0", f"{SITE}/1"]
    assert parsed.feed.updated == "2025-04-25T18:30:00+05:00"


def test_an_empty_feed_has_the_time_of_the_build():
    made = files()
    assert feedparser.parse(made["feed.atom"]).feed.updated == NOW.isoformat()
    assert json.loads(made["feed.json"])["items"] == []


@given(st.text(), st.text())
def test_any_text_makes_well_formed_xml(title, text):
    made = files(article(title=title, get_content=lambda _: text, metadata={"summary": text}))
    for name in ("feed.atom", "feed.rss"):
        etree.fromstring(made[name])


@given(st.text(st.characters(exclude_categories=["Cs"])), st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_makes_json_with_a_line_for_each_field(title, text):
    made = files(article(title=title, get_content=lambda _: text))["feed.json"].decode()
    assert made == json.dumps(json.loads(made), ensure_ascii=False, indent=1) + "\n"


def test_only_the_chosen_formats_are_written():
    assert set(files(article(), formats=("atom", "json"))) == {"feed.atom", "feed.json"}


def test_a_page_names_its_own_feed_and_the_editions():
    formats = ("atom", "rss")
    edition = documents.links("The Paper", "", "feed.atom", formats)
    country = documents.links("Uzbekistan | The Paper", "countries/uz/", "countries/uz/feed.atom", formats)
    view = FeedsView(edition, (country,))
    assert [feed.url for feed in view.discovery("countries/uz/")] == [
        "countries/uz/feed.atom",
        "countries/uz/feed.rss",
        "feed.atom",
        "feed.rss",
    ]
    assert [feed.url for feed in view.discovery("about/")] == ["feed.atom", "feed.rss"]
    assert view.of("countries/uz/") is country


@pytest.mark.parametrize("wrong", [{"since": "May 2024"}, {"entries": 0}, {"edition_feed": "feed.xml"}])
def test_settings_that_would_make_bad_feeds_are_refused(wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        SyndicationSettings(**wrong)
