"""The edition by keyboard, and the ticker that can be stopped."""

import pytest

from tests.browser.conftest import begin

TRAIL = """() => { const e = document.activeElement, style = getComputedStyle(e), box = e.getBoundingClientRect();
  return { name: e.className || e.id || e.tagName, inMain: !!e.closest("main"), inTicker: !!e.closest(".ticker"),
    marked: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0,
    seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight }; }"""


def test_the_first_stop_leads_past_the_ticker_to_the_story(open_page, addresses, kind):
    page = open_page(addresses[kind])
    page.keyboard.press("Tab")
    first = page.evaluate(TRAIL)
    assert first["name"] == "skip-link"
    assert first["seen"]
    assert page.locator(".skip-link").evaluate("e => getComputedStyle(e).clipPath") == "none"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.keyboard.press("Tab")
    following = page.evaluate(TRAIL)
    assert not following["inTicker"]
    assert following["inMain"] or not page.locator("main a, main [tabindex='0']").count()


@pytest.mark.parametrize(
    ("kind", "scheme"),
    [
        ("article", "light"),
        *((kind, "dark") for kind in ("home", "article", "country", "rates", "currency", "archive")),
    ],
)
def test_every_stop_on_the_way_shows_itself(open_page, addresses, kind, scheme):
    page = open_page(addresses[kind], color_scheme=scheme)
    begin(page)
    stops = page.locator("a[href], button, input:not([type=radio]), input:checked, select, summary, [tabindex='0']")
    passed = stops.evaluate_all("all => all.filter(each => each.checkVisibility({ visibilityProperty: true })).length")
    assert passed > 20
    for _ in range(passed):
        page.keyboard.press("Tab")
        stop = page.evaluate(TRAIL)
        assert stop["marked"], stop
        assert stop["seen"], stop
    assert page.evaluate("!!document.activeElement.closest('.footer')"), "the last stop is the page's last"


def test_the_ticker_is_reached_and_left_by_tab(open_page, addresses):
    page = open_page(addresses["home"])
    trail = []
    while not trail or not trail[-1]["inMain"]:
        page.keyboard.press("Tab")
        trail.append(page.evaluate(TRAIL))
        assert len(trail) < 60, "no way past the ticker"
    inside = [stop["inTicker"] for stop in trail]
    assert 1 <= sum(inside) <= 3
    first = inside.index(True)
    assert all(inside[first : first + sum(inside)])


def left(page):
    return page.locator(".ticker__item").first.evaluate("e => e.getBoundingClientRect().left")


def moves(page):
    """Whether the strip is at another place a moment later."""
    before = left(page)
    page.wait_for_timeout(400)
    return abs(left(page) - before) > 1


def stops(page):
    """Whether the strip comes to rest: a busy machine may need more than a moment for it."""
    return any(not moves(page) for _ in range(8))


def test_a_ticker_lies_still_unless_asked_for(open_page, addresses):
    page = open_page(addresses["home"])
    assert not moves(page)
    assert page.locator(".ticker__pause").count() == 0
    assert page.locator(".ticker__list").count() == 1


def test_a_moving_ticker_stops_by_keyboard_without_script_and_goes_on(open_page, moving_site):
    page = open_page(moving_site, java_script_enabled=False)
    assert moves(page)
    box = page.locator(".ticker__pause input")
    while not box.evaluate("e => e === document.activeElement"):
        page.keyboard.press("Tab")
    assert page.locator(".ticker__pause").inner_text().strip() == "Pause"
    page.keyboard.press("Space")
    assert stops(page)
    page.keyboard.press("Space")
    assert moves(page)


def test_a_moving_ticker_stops_for_a_pointer(open_page, moving_site):
    page = open_page(moving_site)
    page.locator(".ticker__pause").click()
    assert stops(page)


def test_the_copy_of_a_moving_ticker_is_hidden_and_holds_nothing_to_stop_at(open_page, moving_site):
    page = open_page(moving_site)
    copies = page.locator(".ticker__list[aria-hidden='true']")
    assert copies.count() == 1
    assert copies.locator("a, button, input, [tabindex]").count() == 0


def test_nothing_moves_for_readers_who_ask_for_less_motion(open_page, moving_site):
    page = open_page(moving_site, reduced_motion="reduce")
    assert not moves(page)
    assert not page.locator(".ticker__list[aria-hidden='true']").is_visible()
    assert not page.locator(".ticker__pause").is_visible()
    assert page.evaluate("document.getAnimations().length") == 0
