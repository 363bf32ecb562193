"""What makes reading easier: plain without a script, and more with it, under the policy of a careful host."""

import json
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from tests.browser.conftest import begin, guard

LONG = "2025/04/analysis-kazakhstan-balances-the-powers/"
UPDATED = "2025/04/trans-afghan-railway-papers-signed/"
READ = "2025-04-26T10:00:00+05:00"  # half an hour before it was updated
COPIED = "navigator.clipboard.readText()"


@pytest.fixture
def page(open_page):
    """A window that may use the clipboard, with what the browser refuses in ``told``."""
    return guard(open_page("about:blank", permissions=["clipboard-read", "clipboard-write"]))


def read(page, address):
    """Open the page and begin to read; the theme's scripts have come then."""
    page.goto(address)
    begin(page)


def test_without_script_a_story_is_passed_on_by_plain_links(open_page, site):
    page = open_page(site + LONG, java_script_enabled=False)
    links = page.locator(".share a").evaluate_all("all => all.map(each => [each.textContent, each.href, each.rel])")
    assert [(name, rel) for name, _, rel in links] == [
        ("E-mail", ""),
        ("Telegram", "noopener noreferrer"),
        ("WhatsApp", "noopener noreferrer"),
    ]
    address, title = f"/{LONG}", page.inner_text("h1")
    mail, telegram = (parse_qs(urlsplit(link).query) for _, link, _ in links[:2])
    assert mail == {"subject": [title], "body": [address]}
    assert telegram == {"url": [address], "text": [title]}
    assert unquote(urlsplit(links[2][1]).query) == f"text={title} {address}"
    assert page.locator(".share button:visible, .passage:visible, .share-hint:visible").count() == 0


def test_the_link_is_copied_and_that_is_said(page, site):
    read(page, site + LONG)
    page.get_by_role("button", name="Copy the link").click()
    page.get_by_role("status").filter(has_text="The link is copied.").wait_for()
    assert page.evaluate(COPIED) == site + LONG
    assert not page.get_by_role("button", name="Share otherwise").is_visible(), "this browser has no sheet"
    assert page.told == []


def test_a_marked_passage_has_a_link_that_leads_to_it_and_needs_no_id(page, open_page, site):
    read(page, site + LONG)
    assert not page.locator(".passage").is_visible()
    paragraph = page.locator(".prose > p").last
    paragraph.click(click_count=3)
    page.get_by_role("button", name="Copy a link to this passage").click()
    page.get_by_role("status").filter(has_text="The link is copied.").wait_for()
    link = page.evaluate(COPIED)
    words = paragraph.inner_text().split()
    assert unquote(link) == f"{site}{LONG}#:~:text={' '.join(words[:5])},{' '.join(words[-5:])}"
    page.locator("h1").click()
    page.locator(".passage").wait_for(state="hidden")
    assert page.told == []
    assert open_page(link, viewport={"width": 390, "height": 640}).evaluate("scrollY") > 600


def test_the_passages_button_is_pressed_though_what_is_marked_is_told_again(page, site):
    read(page, site + LONG)
    page.locator(".prose > p").last.click(click_count=3)
    button = page.get_by_role("button", name="Copy a link to this passage")
    button.hover()
    page.mouse.down()
    page.evaluate("document.dispatchEvent(new Event('selectionchange'))")
    page.mouse.up()
    page.get_by_role("status").filter(has_text="The link is copied.").wait_for()


def test_the_devices_own_sheet_gets_the_story(page, site):
    page.add_init_script("navigator.share = async (story) => { window.shared = story; }")
    read(page, site + LONG)
    page.get_by_role("button", name="Share otherwise").click()
    assert page.evaluate("shared") == {"title": page.title(), "url": site + LONG}


def test_only_a_long_read_says_what_it_holds_and_leads_there(open_page, site):
    page = open_page(site + LONG, java_script_enabled=False)
    heads = page.locator(".prose h2").all_inner_texts()
    assert len(heads) == 4
    links = page.get_by_role("navigation", name="On this page").get_by_role("link")
    assert links.all_inner_texts() == heads
    links.last.click()
    assert page.locator(".prose h2").last.evaluate("e => e.matches(':target')")
    page.goto(f"{site}2024/09/world-nomad-games-astana/")
    assert page.get_by_role("navigation", name="On this page").count() == 0


@pytest.mark.parametrize(("minutes", "marked"), [(0, True), (60, False)])
def test_a_story_updated_since_it_was_read_is_marked_there_and_in_lists(page, site, minutes, marked):
    page.goto(f"{site}countries/")
    page.evaluate(
        "([path, at, minutes]) => { localStorage.read = JSON.stringify({ [path]: Date.parse(at) + minutes * 6e4 }); }",
        [f"/{UPDATED}", READ, minutes],
    )
    read(page, f"{site}sections/economy/")
    assert page.get_by_text("since you read it").is_visible() == marked
    read(page, site + UPDATED)
    assert page.get_by_text("since you read it").is_visible() == marked
    read(page, page.url)
    assert not page.get_by_text("since you read it").is_visible(), "now it is read"
    assert list(json.loads(page.evaluate("localStorage.read"))) == [f"/{UPDATED}"]
    assert page.told == []
