"""The edition as readers meet it: by eye in light and dark, on a narrow screen, on paper, by machine."""

import io
import re

from PIL import Image

from tests.browser.conftest import begin

ABORTED = "net::ERR_ABORTED"  # by going on to the next page
PHONE = {"width": 390, "height": 640}
ONLY_WITH_SCRIPT = ".converter, .scheme, .search-form, .share-copy, .share-sheet, .share-hint, .share-told"
"""Forms and buttons that do nothing without; what they are about is on the page in any case."""


def luminance(red, green, blue):
    """How bright a colour is to the eye, from 0 to 1, roughly."""
    return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255


def paper_and_ink(page):
    """The brightness of the colour that most of the page has, pictures left out, and of its headline."""
    page.add_style_tag(content="img { visibility: hidden }")
    with Image.open(io.BytesIO(page.screenshot())) as shot:
        _, paper = max(shot.convert("RGB").getcolors(shot.width * shot.height))
    color = page.locator("h1").evaluate("e => getComputedStyle(e).color")
    return luminance(*paper), luminance(*map(float, re.findall(r"[\d.]+", color)[:3]))


def test_dark_is_really_dark_and_light_is_light(open_page, addresses, kind):
    page = open_page(addresses[kind], color_scheme="dark", viewport=PHONE)
    paper, ink = paper_and_ink(page)
    assert paper < 0.15
    assert ink > 0.55
    page.emulate_media(color_scheme="light")
    paper, ink = paper_and_ink(page)
    assert paper > 0.85
    assert ink < 0.4


def test_no_page_scrolls_sideways(open_page, addresses, kind):
    page = open_page(addresses[kind])
    for width in (320, 390, 768, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 640})
        wide = page.evaluate("document.scrollingElement.scrollWidth")
        assert wide <= width, f"{wide} wide on a screen of {width}"


def test_no_error_and_no_request_to_another_host(open_page, addresses, site):
    page, told, asked = open_page("about:blank"), [], []
    page.on("console", lambda message: told.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("requestfailed", lambda request: told.append(request.url) if request.failure != ABORTED else None)
    page.on("response", lambda response: told.append(response.url) if response.status >= 400 else None)
    page.on("request", lambda request: asked.append(request.url))
    for address in addresses.values():
        page.goto(address)
        begin(page)
    assert told == []
    assert len(asked) > len(addresses)
    assert [url for url in asked if not url.startswith(site)] == []


def test_an_address_that_leads_nowhere_shows_the_papers_own_page(open_page, site):
    page = open_page(f"{site}no/such/page/")
    assert "no such page" in page.inner_text("h1")
    assert page.evaluate("document.styleSheets.length") == 1


def test_paper_shows_the_story_without_ticker_and_navigation(open_page, addresses):
    page = open_page(addresses["article"])
    assert page.locator(".ticker").is_visible()
    page.emulate_media(media="print")
    for name in (".ticker", ".navigation", ".skip-link"):
        assert not page.locator(name).is_visible(), name
    assert page.locator("h1").is_visible()
    assert page.locator(".prose").is_visible()


def test_paper_is_white_whatever_the_screen(open_page, addresses):
    page = open_page(addresses["article"], color_scheme="dark")
    page.emulate_media(media="print")
    paper, ink = paper_and_ink(page)
    assert paper > 0.95
    assert ink < 0.2


def test_a_page_is_whole_without_script(open_page, addresses):
    one, other = open_page("about:blank"), open_page("about:blank", java_script_enabled=False)
    for kind, address in addresses.items():
        one.goto(address)
        begin(one)
        other.goto(address)
        for page in (one, other):  # what says that the search needs one is on the other alone
            only_one = page.locator(f"{ONLY_WITH_SCRIPT}, .search-without")
            only_one.evaluate_all("found => found.forEach(each => each.remove())")
        assert one.inner_text("body") == other.inner_text("body"), kind
