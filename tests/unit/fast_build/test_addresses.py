"""Addresses, the same as Pelican's own."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from pelican.contents import Article, Content, Page
from pelican.settings import DEFAULT_CONFIG
from pelican.urlwrappers import Author, Category

from plugins.fast_build import addresses, tracing

SETTINGS = {**DEFAULT_CONFIG, "PATH": "/edition/content", "TIMEZONE": "Asia/Almaty"}
FORMS = (
    "{slug}.html",
    "{date:%Y}/{date:%m}/{slug}/",
    "{lang}/{category}/{slug}/",
    "{date.year}/{slug}/",
    "{author}/{slug:>{width}}/",
    "{path}",
    "{subject}/{slug}/",
    "fixed.html",
)


def story(kind, form, **changes):
    names = ("ARTICLE", "DRAFT", "PAGE", "DRAFT_PAGE", "ARTICLE_LANG", "PAGE_LANG")
    settings = {**SETTINGS, **{f"{name}_{what}": form for name in names for what in ("URL", "SAVE_AS")}}
    metadata = {
        "title": "Rain",
        "slug": "rain",
        "date": dt.datetime(2026, 5, 4, 9, tzinfo=ZoneInfo("Asia/Almaty")),
        "category": Category("Water & Land", settings),
        "author": Author("A. B.", settings),
        "subject": "floods",
        "width": 9,
    }
    return kind("text", {**metadata, **changes}, settings, "/edition/content/articles/rain.md", {})


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", [Article, Page])
@pytest.mark.parametrize("changes", [{}, {"status": "draft"}, {"lang": "ru"}, {"save_as": "own.html", "url": "own"}])
def test_a_quick_story_stands_where_pelican_has_it(kind, form, changes):
    own, quick = (story(each, form, **changes) for each in (kind, addresses.quickened(kind, Content)))
    assert isinstance(quick, kind)
    for _ in range(2):
        assert (quick.url, quick.save_as) == (own.url, own.save_as)
        for other in (own, quick):
            other.slug, other.date = "snow", dt.datetime(2027, 1, 2, tzinfo=dt.UTC)
    for path in (None, "/edition/content/images/a.jpg", "pages/b.md", "/edition/content/a/../b.md", "/edition/c.md"):
        assert quick.get_relative_source_path(path) == own.get_relative_source_path(path)


@pytest.mark.parametrize("usual", [True, False])
@pytest.mark.parametrize(
    "text", ["rain", '<img src="{static}/images/a.jpg">', '<a href="|attach|b c.pdf">b</a>', "{rain}"]
)
def test_a_quick_story_links_to_the_same_files(text, usual):
    own, quick = (story(each, "{slug}") for each in (Article, addresses.quickened(Article, Content)))
    for each in (own, quick):
        each._content = text
        if not usual:
            each.settings["INTRASITE_LINK_REGEX"] = "(?P<what>rain)"
    assert quick.get_static_links() == own.get_static_links()


def test_a_quick_story_is_kept_as_one_of_pelicans():
    quick = addresses.quickened(Article, Content)
    assert quick.__name__ == "Article"
    assert tracing.untraced(quick) == (Article, False)
    assert tracing.untraced(tracing.traced(quick, tracing.Recorder())) == (Article, True)
    assert tracing.untraced(Article) == (Article, False)
