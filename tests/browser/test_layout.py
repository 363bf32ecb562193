"""What an eye for pages sees: even gaps, lines that can be read, no empty room where a picture is missing."""

import pytest

GAPS = """lists => { const boxes = [...document.querySelectorAll(lists)].map(each => each.getBoundingClientRect());
  return boxes.slice(1).map((box, place) => Math.round(box.left - boxes[place].right)); }"""
LINES = """places => [...document.querySelectorAll(places)].filter(each => each.offsetHeight).map(each => {
  const range = document.createRange(); range.selectNodeContents(each);
  const lines = new Set([...range.getClientRects()].map(box => Math.round(box.top))).size;
  return Math.round(each.textContent.trim().length / Math.max(lines, 1)); })"""
"""Letters to a line, on average, of each text."""
TEXTS = ".prose p, .standfirst, .story-standfirst, .list-head-text, figcaption, .rate-chart p"


@pytest.fixture
def page(open_page):
    return open_page("about:blank", viewport={"width": 1280, "height": 900})


def test_the_navigation_is_even_and_a_tablet_shows_all_of_it(page, site):
    page.goto(site)
    gaps = page.evaluate(GAPS, ".navigation-sections li, .navigation-search")
    assert max(gaps) - min(gaps) <= 1, gaps
    page.set_viewport_size({"width": 768, "height": 900})
    lists = page.locator(".navigation-lists").evaluate("each => each.scrollWidth - each.clientWidth")
    assert lists == 0


def test_no_line_of_text_is_too_long_to_be_read(page, addresses):
    seen = 0
    for kind in ("home", "article", "country", "section", "currency", "page"):
        page.goto(addresses[kind])
        for width in (390, 768, 1280, 1920):
            page.set_viewport_size({"width": width, "height": 900})
            letters = page.evaluate(LINES, TEXTS)
            assert max(letters, default=0) <= 78, (kind, width, letters)
            seen += len(letters)
    assert seen > 100


def test_where_a_picture_is_missing_its_room_is_given_to_the_words(page, site):
    page.goto(site)
    page.evaluate("document.querySelectorAll('.front-top .story-picture').forEach(each => each.remove())")
    lead, front = (page.locator(each).first.bounding_box()["width"] for each in (".story--lead", "main > .front-top"))
    assert lead == front
    page.set_viewport_size({"width": 390, "height": 900})
    title, story = (page.locator(f".front-top .story--main {each}").first.bounding_box() for each in ("h3", "p"))
    assert title["width"] == story["width"] > 340


def test_a_desk_with_one_story_has_its_margin_below_in_columns(page, site):
    page.goto(f"{site}countries/turkmenistan/")
    words, facts = (page.locator(each).bounding_box() for each in (".desk-words", ".facts"))
    assert facts["x"] > words["x"] + words["width"]
    assert words["y"] > page.locator(".pagination").bounding_box()["y"]
