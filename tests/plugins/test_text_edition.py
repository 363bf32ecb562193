"""The text edition of sites really built by Pelican."""

import re

import lxml.html
import pytest

from tests.support.site import ROOT, Site

THEIRS = {"DIRECT_TEMPLATES": ["index"], "PLUGINS": ["plugins.text_edition"]}
OURS = {
    "PLUGINS": ["plugins.editorial", "plugins.story_lists", "plugins.text_edition"],
    "DIRECT_TEMPLATES": ["index"],
    "THEME": str(ROOT / "theme"),
    "JINJA_ENVIRONMENT": {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True},
    "ARTICLE_URL": "{slug}/",
    "ARTICLE_SAVE_AS": "{slug}/index.html",
    "WITH_FUTURE_DATES": True,
}


def texts(built):
    return {name for name in built.files() if name.startswith("text/")}


def test_every_page_has_its_text_and_each_leads_to_the_other(tmp_path):
    made = Site(tmp_path, **OURS)
    made.article("first", 'Of [the other]({filename}second.md).\n\n<iframe src="https://p.example/1"></iframe>')
    made.article("second", title="Fish & <em>chips</em>", slug="second", summary="A < B.")
    built = made.build(fatal="warnings")
    assert built.status == 0, built.log
    pages = {name for name in built.files() if name.endswith(".html") and not name.startswith("text/")}
    assert texts(built) == {f"text/{name}" for name in pages}
    assert 'rel="alternate" href="https://test.example/text/first/"' in built.read("first/index.html")
    text = built.read("text/first/index.html")
    assert '<meta name="description" content="S.">' in text
    assert '<a href="https://test.example/text/second/">the other</a>' in text
    assert '<a href="https://p.example/1">https://p.example/1</a>' in text
    assert "<h1>Fish &amp; chips</h1>" in built.read("text/second/index.html")
    assert "A &lt; B." in built.read("text/index.html")


@pytest.mark.parametrize("theme", ["simple", "notmyidea"])
def test_it_needs_nothing_of_a_theme(tmp_path, theme):
    made = Site(tmp_path, **THEIRS, THEME=theme)
    made.write("content/first.md", "Title: First\nDate: 2026-09-01 09:00\nCategory: News\n\nSome *text*.\n")
    made.write("content/pages/about.md", "Title: About\n\nWho we are.\n")
    built = made.build(fatal="warnings")
    assert built.status == 0, built.log
    assert texts(built) == {"text/index.html", "text/first.html", "text/pages/about.html"}
    assert "Some <em>text</em>." in built.read("text/first.html")
    assert 'href="https://test.example/text/first.html"' in built.read("text/index.html")


def test_what_is_held_back_is_in_no_text(tmp_path):
    made = Site(tmp_path, **OURS)
    made.article("out")
    made.article("secret", title="A secret", embargo="2026-12-01 06:00 +05:00")
    made.article("begun", title="A secret draft", status="draft")
    built = made.build(fatal="warnings")
    assert built.status == 0, built.log
    assert "text/out/index.html" in built.files()
    assert [name for name, content in built.files().items() if b"secret" in content or "secret" in name] == []
    shown = made.build("preview", EDITORIAL={"preview": True})
    assert "A secret draft" in shown.read("text/a-secret-draft/index.html")


def test_a_long_story_has_parts_that_lead_on(tmp_path):
    made = Site(tmp_path, **OURS, TEXT_EDITION={"most_bytes": 2048})
    made.article("long", "\n\n".join(f"Paragraph {n}: {n * 7919} is {n * 104_729} and {n * 7}." for n in range(400)))
    built = made.build(fatal="warnings")
    assert built.status == 0, built.log
    seen, name = [], "text/long/index.html"
    while name:
        tree = lxml.html.fromstring(built.read(name))
        assert tree.xpath("count(//h1)") == 1
        assert "Long" in tree.findtext(".//h1")
        seen += re.findall(r"Paragraph (\d+)", tree.text_content())
        (after,) = tree.xpath("//main/p/a[@rel='next']/@href")[-1:] or [""]
        name = f"{after.removeprefix('https://test.example/')}index.html" if "/part/" in after else ""
    assert seen == [str(number) for number in range(400)]


def test_relative_addresses_lead_where_they_should(tmp_path):
    made = Site(tmp_path, **OURS, RELATIVE_URLS=True)
    made.article("first", "Of [the other]({filename}second.md).")
    made.article("second")
    built = made.build()
    assert built.status == 0, built.log
    assert '<a href="../../text/second/">the other</a>' in built.read("text/first/index.html")


def test_a_setting_that_cannot_be_stops_the_build(tmp_path):
    built = Site(tmp_path, **OURS, TEXT_EDITION={"url": "/text"}).build()
    assert built.status != 0
    assert "'/text' is no address such as 'text/'" in built.log
