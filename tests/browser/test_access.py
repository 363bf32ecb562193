"""Every kind of page for every kind of reader: axe in each way of looking, and the order in which it is read aloud."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import KINDS

NARROW = {"width": 320, "height": 640}
DESKTOP = {"width": 1280, "height": 800}
FULL = {"resultTypes": ["violations"]}
COLOURS = {**FULL, "runOnly": ["color-contrast", "link-in-text-block"]}
SHAPES = {**FULL, "rules": {"color-contrast": {"enabled": False}}}
"""What a change of size can break; colours are looked at elsewhere."""
WRONG = """options => axe.run(document, options).then(found =>
  found.violations.map(each => [each.id, each.nodes.map(node => node.html)]))"""
LETTERS = ":root { font-size: 200% !important }"
SPACING = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
  p { margin-block-end: 2em !important }"""
MEDIA = {
    "dark, more contrast": ({"color_scheme": "dark", "contrast": "more"}, COLOURS),
    "light, more contrast": ({"color_scheme": "light", "contrast": "more"}, COLOURS),
    "forced colours": ({"contrast": "no-preference", "forced_colors": "active"}, FULL),
    "paper": ({"forced_colors": "none", "media": "print"}, FULL),
}
"""Each way of looking follows from the one before."""


def wrong(page, options):
    """What axe finds, by rule with the elements; a document gets axe once, and tells only what is wrong."""
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(Axe().axe_script)
    return page.evaluate(WRONG, options)


def too_wide(page):
    wider = page.evaluate("document.scrollingElement.scrollWidth - document.documentElement.clientWidth")
    return max(wider, 0)  # where bars are hidden, their room is in the second


def test_axe_finds_nothing_in_light_dark_or_on_a_narrow_screen(open_page, addresses, kind):
    page = open_page(addresses[kind], color_scheme="light", reduced_motion="reduce", viewport=DESKTOP)
    assert wrong(page, FULL) == []
    page.emulate_media(color_scheme="dark")
    assert wrong(page, COLOURS) == []
    page.set_viewport_size(NARROW)
    assert wrong(page, SHAPES) == []


def test_axe_finds_nothing_in_other_colours_and_on_paper(open_page, addresses, kind):
    page = open_page(addresses[kind], viewport=DESKTOP)
    for way, (media, options) in MEDIA.items():
        page.emulate_media(**media)
        assert wrong(page, options) == [], way
    assert page.locator(".ticker:visible, body > header nav:visible").count() == 0, "paper has no use for them"


def test_axe_finds_nothing_where_all_is_larger_and_nothing_scrolls_sideways(open_page, addresses, kind):
    page = open_page(addresses[kind], viewport={"width": 640, "height": 400}, device_scale_factor=2)
    assert (wrong(page, SHAPES), too_wide(page)) == ([], 0), "zoom of 200 %"
    page.set_viewport_size(NARROW)
    spacing = page.add_style_tag(content=SPACING)
    assert (wrong(page, SHAPES), too_wide(page)) == ([], 0), "text spacing"
    spacing.evaluate("e => e.remove()")
    page.set_viewport_size(DESKTOP)
    page.add_style_tag(content=LETTERS)
    assert (wrong(page, SHAPES), too_wide(page)) == ([], 0), "letters of 200 %"


def test_axe_finds_nothing_where_no_script_arrives(open_page, addresses):
    page = open_page("about:blank")
    page.route("**/*.js", lambda route: route.abort())
    for kind in KINDS:
        page.goto(addresses[kind])
        assert wrong(page, SHAPES) == [], kind


def test_axe_finds_nothing_in_the_frame_for_other_sites(open_page, site):
    page = open_page(f"{site}rates/embed/", color_scheme="light", viewport=NARROW)
    assert wrong(page, FULL) == []
    page.emulate_media(color_scheme="dark")
    assert (wrong(page, COLOURS), too_wide(page)) == ([], 0)
    page.set_viewport_size({"width": 240, "height": 400})
    assert too_wide(page) == 0


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_axe_finds_nothing_in_a_ticker_that_scrolls(open_page, moving_site, motion):
    assert wrong(open_page(moving_site, reduced_motion=motion), FULL) == []


def read_aloud(page):
    """The landmarks, named parts and headings of the accessibility tree, in its order; headings with their level."""
    tree = page.locator("body").aria_snapshot()
    line = re.compile(
        r"""\s*-\ '?(?:(?P<part>banner|navigation|main|region|contentinfo)(?:\ "(?P<name>.*?)")?
        |heading\ "(?P<words>.*?)"\ \[level=(?P<level>\d)\])'?:?""",
        re.VERBOSE,
    )
    found = filter(None, map(line.fullmatch, tree.splitlines()))
    return [
        f"{each['level']} {each['words']}" if each["level"] else " ".join(filter(None, [each["part"], each["name"]]))
        for each in found
    ]


HEAD = ["banner", "region Exchange rates", "navigation Countries and sections", "main"]
FOOT = ["contentinfo"]
for part in ("Countries", "Sections", "The paper", "Feeds"):
    FOOT += [f"navigation {part}", f"2 {part}"]


def parted(*names):
    """What is read of parts that are named by their heading."""
    return [line for name in names for line in (f"region {name}", f"2 {name}")]


def test_a_story_is_read_aloud_in_its_order(open_page, site):
    page = open_page(f"{site}2025/04/analysis-kazakhstan-balances-the-powers/")
    heard = read_aloud(page)
    assert (
        heard[:-4]
        == [
            *HEAD,
            "1 Analysis: how Kazakhstan balances the powers",
            "navigation On this page",
            "2 On this page",
            "2 One rule for borders",
            "2 A full calendar",
            "2 Useful to many",
            "2 The risk",
            *parted("Sources", "Topics", "Share this story", "From the same countries"),
            *[f"3 {title}" for title in page.locator(".related h3").all_inner_texts()],
            "navigation Stories before and after",
            *FOOT,
        ][:-4]
    )


def test_rates_are_read_aloud_in_their_order(open_page, addresses):
    currencies = ["Kyrgyz som KGS", "Kazakh tenge KZT", "Tajik somoni TJS", "Uzbek sum UZS", "Turkmen manat TMT"]
    heard = read_aloud(open_page(addresses["rates"]))
    own = [*HEAD, "1 Exchange rates", *[f"2 {name}" for name in currencies]]
    assert heard[: len(own) + 6] == [*own, *parted("Converter", "Round amounts", "How to read this")]


def test_a_desk_is_read_aloud_in_its_order(open_page, addresses):
    page = open_page(addresses["country"])
    heard = read_aloud(page)
    stories = [f"2 {title}" for title in page.locator("main article h2").all_inner_texts()]
    assert len(stories) == 5
    own = [*HEAD, "1 Uzbekistan", "navigation Sections of Uzbekistan", *stories, "navigation Pages of this list"]
    assert heard[: len(own) + 6] == [*own, *parted("Uzbek sum", "The desk", "At a glance")]


def test_the_front_is_read_aloud_from_its_name_to_the_lead_and_on(open_page, addresses):
    page = open_page(addresses["home"])
    heard = read_aloud(page)
    assert heard[:6] == ["banner", "1 The Steppe Ledger", *HEAD[1:], f"2 {page.inner_text('main h2 >> nth=0')}"]
    parts = [line.removeprefix("region ") for line in heard if line.startswith("region ")]
    countries = ["Kazakhstan", "Kyrgyzstan", "Tajikistan", "Uzbekistan"]
    assert parts == ["Exchange rates", "More of the day", "Around the region", *countries, "By section", "Culture"]
    assert heard[heard.index("contentinfo") :][: len(FOOT)] == FOOT
