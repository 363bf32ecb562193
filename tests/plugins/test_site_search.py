"""The search in sites really built by Pelican, of this suite's theme and of others."""

import datetime as dt
import gzip
import json
from types import SimpleNamespace

import pytest

from plugins._kit import renewing
from plugins.site_search import plugin
from plugins.site_search.settings import SiteSearchSettings
from tests.support.site import Site


def records(built):
    """What the index finds, by address."""
    files = sorted((built.output / plugin.FOLDER).rglob("*.pf_fragment"))
    found = [json.loads(gzip.decompress(path.read_bytes()).removeprefix(b"pagefind_dcd")) for path in files]
    return {each["url"]: each for each in found}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A site of Pelican's own theme, in two languages, with stories that are not for readers and three parts."""
    site = Site(
        tmp_path_factory.mktemp("foreign"),
        PLUGINS=["plugins.site_search", "plugins.editorial"],
        THEME="simple",
        SITE_SEARCH={"part": 1},
        ARTICLE_URL="{slug}/",
        ARTICLE_SAVE_AS="{slug}/index.html",
        PAGE_PATHS=["pages"],
        ARTICLE_PATHS=["articles"],
    )
    site.article("one", body="Barley & <b>rye</b>.", title="Fields of wheat", slug="one")
    site.article("two", body="Снег в горах.", lang="ru", slug="two", date="2025-09-01 09:00 +05:00")
    site.article("late", body="Geheim.", embargo="2026-12-01")
    site.article("begun", body="Geheim.", status="draft")
    site.write("content/pages/about.md", "---\ntitle: About us\n---\nOur newsroom.\n")
    built = site.build()
    assert built.status == 0, built.log
    return built


def test_stories_and_pages_are_in_the_index_of_their_language_and_nothing_else(built):
    found = records(built)
    assert sorted(found) == ["/one/", "/pages/about-us.html", "/two-ru.html"]
    assert found["/one/"]["meta"] == {"title": "Fields of wheat", "day": "September 1, 2026"}
    assert found["/one/"]["content"] == "Fields of wheat. Barley & rye."
    assert "day" not in found["/pages/about-us.html"]["meta"]


def test_each_language_has_its_parts_and_the_newest_has_the_program(built):
    folder = built.output / plugin.FOLDER
    assert (folder / "pagefind.js").is_file()
    programs = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("wasm.*"))
    assert programs == ["en/2/wasm.en.pagefind", "ru/1/wasm.ru.pagefind"]


def test_another_theme_gets_the_page_with_both_languages_to_choose_from(built):
    page = built.read("search/index.html")
    assert '<option value="en" data-parts="2">English</option>' in page
    assert '<option value="ru" data-parts="1">Русский</option>' in page
    assert 'src="https://test.example/theme/site_search/search.js"' in page
    assert (built.output / "theme/site_search/search.js").is_file()


def test_a_build_without_an_index_says_so(tmp_path):
    site = Site(tmp_path, PLUGINS=["plugins.site_search"], THEME="simple", SITE_SEARCH={"index": False})
    site.write("content/one.md", "Title: One\nDate: 2026-09-01\n\nText.\n")
    built = site.build()
    assert built.status == 0, built.log
    assert "There is no index here" in built.read("search/index.html")
    assert not (built.output / plugin.FOLDER).exists()


@pytest.mark.parametrize("name", sorted(renewing.LABELS | renewing.PLACES))
def test_the_view_is_put_anew_for_all_that_it_hangs_on(name):
    def article(day, **own):
        common = {"status": "published", "save_as": "a", "url": "a/", "lang": "en", "translations": ()}
        told = {"date": dt.datetime.fromisoformat(day), "category": "Life", "countries": (), "tags": [], "authors": []}
        return SimpleNamespace(**common, **told, **own)

    def begun(articles):
        settings = {plugin.SETTING: SiteSearchSettings(part=1), "DEFAULT_LANG": "en"}
        generator = SimpleNamespace(context={"articles": articles, "pages": []}, settings=settings)
        plugin._begin([generator])
        return generator

    articles = [article("2026-09-02"), article("2026-08-01")]
    before = begun(articles)
    others = {"date": dt.datetime.fromisoformat("2026-08-02"), "countries": (SimpleNamespace(name="Kazakhstan"),)}
    setattr(articles[0], name, others.get(name, ["Other"]))
    seen = dict(before.context)
    for names, step in renewing.label_steps(before.context):
        if name in names:
            step(before)
    clean = begun(articles).context
    views = [(each[plugin.KEY], each[plugin._PARTS]) for each in (seen, before.context, clean)]
    assert views[1] == views[2]
    assert (views[0] != views[2]) == (name in {"date", "category", "countries"})
