"""The search as a reader uses it: words, choices, the address, the keyboard, and no script."""

import urllib.parse

import pytest
from axe_playwright_python.sync_playwright import Axe


@pytest.fixture(scope="module")
def page(browser, site):
    """One window for all that is done with a script, and whatever its console says."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    opened = context.new_page()
    opened.said = []
    opened.on("console", lambda message: opened.said.append(message.text))
    opened.on("pageerror", lambda error: opened.said.append(str(error)))
    opened.goto(f"{site}search/")
    yield opened
    context.close()


def told(page, words):
    """Wait until the status tells ``words``; return the headlines of the results."""
    page.locator(".search-status", has_text=words).wait_for()
    return page.locator(".search-results h2").all_inner_texts()


def asked(page):
    return dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(page.url).query))


def test_a_word_finds_stories_by_the_keyboard_alone(page):
    assert not page.locator(".search-without").count()
    page.locator("[name=q]").focus()
    page.keyboard.type("Samarkand")
    page.keyboard.press("Enter")
    titles = told(page, "found: 2")
    assert any("memorial" in title for title in titles)
    assert asked(page) == {"q": "Samarkand"}
    assert page.locator(".search-results .story-meta").first.inner_text().startswith("25 April 2025 · Politics")
    assert Axe().run(page).violations_count == 0


def test_a_country_and_a_section_narrow_what_is_found_and_the_way_back_widens_it(page):
    page.goto(f"{page.url.partition('?')[0]}?q=Samarkand")
    both = told(page, "found: 2")
    page.locator("[name=country]").select_option("Uzbekistan")
    page.locator(".search-form button").click()
    narrowed = told(page, "found: 1")
    assert set(narrowed) < set(both)
    assert asked(page) == {"q": "Samarkand", "country": "Uzbekistan"}
    page.locator("[name=section]").select_option("Opinion")
    page.locator(".search-form button").click()
    assert told(page, "Nothing was found") == []
    page.go_back()
    page.go_back()
    assert told(page, "found: 2") == both
    assert page.locator("[name=country]").input_value() == ""


def test_a_country_alone_finds_its_stories_and_more_are_shown_at_wish(page):
    page.goto(f"{page.url.partition('?')[0]}?section=Politics")
    found = told(page, "found")
    assert found
    page.goto(f"{page.url.partition('?')[0]}?q=the")
    assert len(told(page, "found")) == 10
    page.locator(".search-more").click()
    page.locator(".search-results li:nth-child(11) a").wait_for()
    assert page.evaluate("document.activeElement.closest('li') === document.querySelectorAll('.search-results li')[10]")


def test_a_result_leads_to_its_page_and_nothing_was_complained_of(page, site):
    page.goto(f"{site}search/?q=memorial")
    told(page, "found")
    page.locator(".search-results a").first.click()
    page.locator("article h1").wait_for()
    assert page.url == f"{site}2025/04/lavrov-samarkand-memorial-inscription/"
    assert page.said == []


def test_a_search_that_cannot_be_reached_says_so(page, site):
    page.route("**/pagefind.js", lambda route: route.abort())
    page.goto(f"{site}search/?q=memorial")
    assert told(page, "cannot be reached") == []
    page.unroute("**/pagefind.js")


def test_without_a_script_the_page_says_so_and_leads_to_every_list(open_page, site):
    page = open_page(f"{site}search/", java_script_enabled=False)
    assert page.locator(".search-without").is_visible()
    assert not page.locator(".search-form").is_visible()
    links = page.locator(".search-lists a").evaluate_all("all => all.map(each => new URL(each.href).pathname)")
    assert {"/archive/", "/topics/", "/countries/", "/countries/uzbekistan/"} <= set(links)
