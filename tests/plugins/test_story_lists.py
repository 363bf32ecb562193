"""Sections, topics, authors and the archive in sites really built by Pelican."""

import datetime as dt
import gettext
import re
from types import SimpleNamespace

import feedparser
import pytest

from plugins._kit import renewing
from plugins.story_lists import plugin
from plugins.story_lists.settings import StoryListsSettings
from tests.support.site import ROOT, Site

JINJA = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True}


def site(folder, **settings):
    return Site(
        folder,
        **{
            "PLUGINS": ["plugins.story_lists"],
            "DIRECT_TEMPLATES": ["index"],
            "THEME": str(ROOT / "theme"),
            "JINJA_ENVIRONMENT": JINJA,
            **settings,
        },
    )


def article(made, number, **fields):
    header = {
        "title": f"Story {number}",
        "date": f"2025-{number % 12 + 1:02}-01 09:00 +05:00",
        "category": "Politics",
        "tags": "Railways, Water",
        "authors": "Tashkent desk",
        **fields,
    }
    lines = [f"{key}: {value}" for key, value in header.items()]
    made.write(f"content/story-{number:02}.md", "\n".join([*lines, "", "Text.", ""]))


def titles(page):
    return re.findall(r">(Story \d+)</a></h2>", page)


def test_each_list_has_its_pages_and_feeds(tmp_path):
    made = site(tmp_path, STORY_LISTS={"per_page": 3, "orphans": 1})
    for number in range(8):
        article(made, number, category="Culture" if number == 0 else "Politics")
    built = made.build(fatal="warnings")
    assert built.status == 0, built.log
    front, oldest = built.read("sections/politics/index.html"), built.read("sections/politics/page/1/index.html")
    assert titles(front) == ["Story 7", "Story 6", "Story 5", "Story 4"]
    assert titles(oldest) == ["Story 3", "Story 2", "Story 1"]
    assert "sections/politics/page/2/index.html" not in built.files()
    assert "Stories 1 to 3<" in oldest
    for name in ("topics/water", "authors/tashkent-desk", "archive", "archive/2025"):
        assert titles(built.read(f"{name}/page/1/index.html"))[-1] == "Story 0"
    assert titles(built.read("sections/culture/index.html")) == ["Story 0"]
    assert titles(built.read("archive/2025/01/index.html")) == ["Story 0"]
    assert '<a href="https://test.example/archive/2025/">2025</a>' in built.read("archive/index.html")
    assert 'archive/2025/02/">February 2025</a>' in built.read("archive/2025/index.html")
    feed = feedparser.parse(built.read("topics/railways/feed.atom"))
    assert [entry.title for entry in feed.entries] == [f"Story {number}" for number in range(7, -1, -1)]
    assert 'href="https://test.example/topics/water/"' in built.read("topics/index.html")


def test_names_with_one_address_stop_the_build(tmp_path):
    made = site(tmp_path)
    article(made, 1)
    article(made, 2, tags="railways")
    article(made, 3, category="politics")
    built = made.build()
    assert built.status == 2
    assert (
        "content/story-02.md: the topic 'railways' has the address of 'Railways' in content/story-01.md." in built.log
    )
    assert "content/story-03.md: the section 'politics' has the address of 'Politics' in content/" in built.log
    assert not built.output.exists()


def test_a_page_that_is_full_stays_as_it_is_when_its_list_grows_by_another(tmp_path):
    plugins = ["plugins.story_lists", "plugins.country_pages", "plugins.text_edition"]
    pages = {"per_page": 2, "orphans": 0}
    made = site(tmp_path, PLUGINS=plugins, STORY_LISTS=pages, COUNTRY_PAGES=pages)
    editions = []
    for count in (5, 9):
        for number in range(count):
            article(made, number, date=f"2025-01-{number + 1:02} 09:00 +05:00", countries="Uzbekistan")
        built = made.build(str(count), fatal="warnings")
        assert built.status == 0, built.log
        editions.append({name: built.read(name) for name in built.files() if "/page/1/" in name})
    before, after = editions
    assert before.items() <= after.items()
    assert len(before) > 10
    assert any(name.startswith("text/") for name in before)
    assert any("/countries/" in f"/{name}" for name in before)


@pytest.mark.parametrize("theme", ["simple", "notmyidea"])
def test_themes_that_know_nothing_of_it_show_the_lists(tmp_path, theme):
    made = site(tmp_path, THEME=theme, STORY_LISTS={"per_page": 2, "orphans": 0}, JINJA_ENVIRONMENT={})
    for number in range(3):
        article(made, number, title=f"Story {number} &amp; more", tags="A & B", authors="Desk < Co")
    built = made.build(fatal="warnings")
    assert built.status == 0, built.log
    page = built.read("topics/a-b/page/1/index.html")
    assert "<h1>A &amp; B</h1>" in page
    assert "Story 0 &amp; more</a></h2>" in page
    assert "Stories 1 to 2<" in page
    assert "<title>A &amp; B, page 1 | A test</title>" in page
    assert "<h1>Desk &lt; Co</h1>" in built.read("authors/desk-co/index.html")
    assert 'href="https://test.example/sections/politics/"' in built.read("index.html")
    assert 'archive/2025/01/" aria-current="page">January 2025</a>' in built.read("archive/2025/01/index.html")
    assert "category" not in " ".join(built.files())


def test_a_site_without_stories_has_its_indexes(tmp_path):
    built = site(tmp_path, THEME="simple").build(fatal="errors")
    assert built.status == 0, built.log
    for name in ("sections", "topics", "authors", "archive"):
        assert "No story yet" in built.read(f"{name}/index.html")


def test_other_addresses_are_followed_everywhere(tmp_path):
    made = site(tmp_path, STORY_LISTS={"sections_url": "rubriken/", "feed": ""})
    article(made, 1)
    built = made.build(fatal="warnings")
    assert built.status == 0, built.log
    assert 'href="https://test.example/rubriken/politics/"' in built.read("index.html")
    assert "rubriken/politics/index.html" in built.files()
    assert not [name for name in built.files() if name.endswith("feed.atom")]


def test_a_setting_that_cannot_be_ends_the_build(tmp_path):
    built = site(tmp_path, STORY_LISTS={"orphan": 3}).build()
    assert built.status == 2
    assert "STORY_LISTS['orphan']: is not a setting. Did you mean 'orphans'?" in built.log


def test_the_same_bytes_whatever_the_order(tmp_path):
    made = site(tmp_path)
    for number in range(9):
        article(made, number, date="2025-01-01 09:00 +05:00", tags=f"Topic {number % 4}, Water")
    plugins = ["plugins.story_lists", "plugins.syndication", "plugins.structured_data", "plugins.theme_assets"]
    one = made.build("one", fatal="warnings", PLUGINS=plugins)
    two = made.build("two", fatal="warnings", seed="7", PLUGINS=plugins[::-1])
    assert one.status == 0, one.log
    assert one.files() == two.files()


@pytest.mark.parametrize("name", sorted(renewing.LABELS | renewing.PLACES))
def test_each_kind_of_list_is_made_anew_for_all_that_it_hangs_on(name):
    def labelled(*names):
        return [SimpleNamespace(name=each, slug=each.lower()) for each in names]

    def story(file, day):
        told = {"category": labelled("Life")[0], "tags": labelled("Rail", "Art"), "authors": labelled("Ann")}
        return SimpleNamespace(relative_source_path=file, date=dt.datetime.fromisoformat(day), **told)

    def begun(articles):
        settings = {plugin.SETTING: StoryListsSettings(), "DEFAULT_LANG": "en", "PATH": "content"}
        context = {"KEREGE_WORDS": gettext.NullTranslations()}
        generator = SimpleNamespace(context=context, settings=settings, articles=articles)
        plugin._begin(generator)
        return generator

    stories = [story("a.md", "2026-09-02T09:00+05:00"), story("b.md", "2026-08-01T09:00+05:00")]
    before = begun(stories)
    others = {"date": dt.datetime.fromisoformat("2026-07-01T09:00+05:00"), "category": labelled("Art")[0]}
    setattr(stories[0], name, others.get(name, labelled("Other", "Rail")))
    seen = dict(before.context)
    for names, step in renewing.label_steps(before.context):
        if name in names:
            step(before)
    clean = begun(stories).context
    for key in (plugin.KEY, "feeds"):
        assert before.context[key] == clean[key]
        assert (seen[key] != clean[key]) == (name in {"date", "category", "tags", "authors"})
    found = [list(each[plugin._LISTS].lists) for each in (before.context, clean)]
    assert found[0] == found[1]
