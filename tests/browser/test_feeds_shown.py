"""A feed that somebody opens in a browser."""

import pytest

from plugins.publishing.headers import Policy, describe, expected


@pytest.fixture(scope="module")
def rules(preview):
    return describe(preview, Policy())


STORIES = (
    "Lavrov's remark at a Samarkand memorial stirs Uzbek critics",
    "Russia's foreign minister came to talk of trade",
)
RATES = ("Rates of 29 September 2026", "KGS/USD 0.01143 0.00%; KZT/USD 0.002266 +0.44%;")


@pytest.mark.parametrize(
    ("name", "told_of"),
    [
        ("feed.atom", STORIES),
        ("feed.rss", STORIES),
        ("countries/uzbekistan/feed.atom", STORIES),
        ("rates/feed.atom", RATES),
    ],
)
def test_a_feed_is_a_page_that_a_person_can_read(open_page, site, rules, name, told_of):
    page, told = open_page("about:blank", viewport={"width": 390, "height": 844}), []
    page.on("console", lambda message: told.append(message.text))

    def answer(route):
        headers = expected(rules, route.request.url.removeprefix(site))
        route.fulfill(response=route.fetch(), headers={key.lower(): value for key, value in headers.items()})

    page.route("**/*", answer)
    page.goto(site + name)
    assert told == []
    page.evaluate("getSelection().selectAllChildren(document.documentElement)")
    shown = page.evaluate("getSelection().toString()")
    for words in told_of:
        assert words in shown
    assert "<p>" not in shown
    assert "tag:steppe-ledger.example" not in shown
    hint = page.evaluate("getComputedStyle(document.querySelector('title'), '::after').content")
    assert hint.startswith('"This is a feed.')
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 390
    visible = """[...document.querySelectorAll('*')].filter(each => getComputedStyle(each).display !== 'none'
        && ![...function* () { for (let up = each.parentElement; up; up = up.parentElement) yield up; }()]
            .some(up => getComputedStyle(up).display === 'none')).map(each => each.localName)"""
    names = set(page.evaluate(visible))
    assert {"title", "entry"} <= names or {"title", "item"} <= names
    assert names <= {"feed", "rss", "channel", "title", "subtitle", "description", "entry", "item", "summary"} | {
        "published",
        "pubDate",
        "link",
    }
