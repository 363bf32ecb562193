"""Pages of text as a browser takes them."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from plugins.publishing.headers import Policy, describe, expected

NAMES = ("", "2025/04/trans-afghan-railway-papers-signed/", "countries/uzbekistan/", "rates/", "rates/kgs/", "archive/")


@pytest.fixture(scope="module")
def policy(preview):
    rules = describe(preview, Policy())
    return expected(rules, "text/index.html")["Content-Security-Policy"]


def test_a_page_of_text_is_one_request_that_breaks_no_policy_and_axe_finds_nothing(open_page, site, policy):
    page, asked, told = open_page("about:blank", viewport={"width": 320, "height": 640}), [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: told.append(message.text))

    def answer(route):
        fetched = route.fetch()
        route.fulfill(response=fetched, headers={**fetched.headers, "content-security-policy": policy})

    page.route("**/*", answer)
    assert policy.startswith("default-src 'none'")
    for name in NAMES:
        asked.clear()
        page.goto(f"{site}text/{name}")
        assert asked == [f"{site}text/{name}"]
        assert page.evaluate("document.scrollingElement.scrollWidth") <= 320, name
    assert told == []
    page.unroute("**/*")  # axe is a script, which the policy would refuse
    for name in NAMES:
        page.goto(f"{site}text/{name}")
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found = Axe().run(page).response["violations"]
            assert [(name, each["id"], [node["html"] for node in each["nodes"]]) for each in found] == [], scheme


def test_the_keyboard_skips_to_the_text(open_page, site):
    page = open_page(f"{site}text/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_dark_is_dark(open_page, site):
    page = open_page(f"{site}text/", color_scheme="dark")
    paper = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert max(map(int, re.findall(r"\d+", paper))) < 40


def test_a_line_has_not_too_many_letters(open_page, site):
    page = open_page(f"{site}text/{NAMES[1]}", viewport={"width": 1920, "height": 1080})
    width = page.locator("main > p").first.evaluate("e => e.clientWidth / parseFloat(getComputedStyle(e).fontSize)")
    assert 30 <= width <= 40
