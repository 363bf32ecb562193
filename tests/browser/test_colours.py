"""The choice of colours in the footer: kept on the device alone, there before the first paint, and no need of it."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import begin, guard, move

PAPER = "getComputedStyle(document.documentElement).backgroundColor"
LIGHT, DARK = "rgb(255, 253, 248)", "rgb(23, 22, 19)"
REFUSED = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })"


@pytest.fixture
def page(open_page):
    """A window on a light device, under the policy of a careful host; what the browser refused is in ``told``."""
    return guard(open_page("about:blank", color_scheme="light", reduced_motion="reduce"))


def test_without_script_the_devices_colours_hold_and_there_is_no_choice(open_page, addresses):
    page = open_page(addresses["home"], color_scheme="dark", java_script_enabled=False)
    assert not page.locator(".scheme").is_visible()
    assert page.locator("body").evaluate("e => getComputedStyle(e.parentElement).backgroundColor") == DARK


def test_a_choice_holds_on_the_next_page_before_any_other_script_runs(page, addresses):
    page.goto(addresses["home"])
    assert page.evaluate(PAPER) == LIGHT
    page.route("**/js/site.*", lambda route: route.abort())
    page.get_by_role("radio", name="Dark").check()
    assert page.evaluate(PAPER) == DARK
    page.goto(addresses["article"])
    assert page.evaluate(PAPER) == DARK
    page.unroute("**/js/site.*")
    page.reload()
    move(page)
    expect(page.get_by_role("radio", name="Dark")).to_be_checked()
    page.get_by_role("radio", name="As on this device").check()
    assert page.evaluate(PAPER) == LIGHT
    assert page.context.cookies() == []
    assert [text for text in page.told if "ERR_FAILED" not in text] == []


def test_the_light_can_be_chosen_on_a_dark_device_and_paper_stays_white(page, addresses):
    page.emulate_media(color_scheme="dark")
    page.goto(addresses["article"])
    assert page.evaluate(PAPER) == DARK
    page.get_by_role("radio", name="Light").check()
    assert page.evaluate(PAPER) == LIGHT
    page.get_by_role("radio", name="Dark").check()
    page.emulate_media(media="print")
    assert page.evaluate(PAPER) == "rgb(255, 255, 255)"
    assert not page.locator(".scheme").is_visible()


def test_a_page_that_is_open_follows(page, addresses):
    page.goto(addresses["home"])
    begin(page)
    other = page.context.new_page()
    other.goto(addresses["404"])
    other.get_by_role("radio", name="Dark").check()
    page.wait_for_function(f"{PAPER} === '{DARK}'")
    assert page.get_by_role("radio", name="Dark").is_checked()


def test_where_nothing_can_be_kept_the_choice_holds_for_the_page(page, addresses):
    page.add_init_script(REFUSED)
    page.goto(addresses["home"])
    page.get_by_role("radio", name="Dark").check()
    assert page.evaluate(PAPER) == DARK
    assert page.told == []
