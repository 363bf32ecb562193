"""The strip of a page that is older than the newest rates."""

import gzip
import json
from pathlib import Path

import pytest

from tests.browser.conftest import move
from tests.support.site import ROOT

ITEMS = "[...document.querySelectorAll('.ticker__item')].map(e => e.innerText.replace(/\\s+/g, ' ').trim())"


def opened(open_page, site, folder, changed=None, **options):
    """The front page, with latest.json as ``changed`` makes it."""
    page = open_page("about:blank", **options)
    text = Path(folder, "rates/latest.json").read_text("utf-8")
    body = changed(json.loads(text)) if changed else json.loads(text)
    page.route("**/rates/latest.json", lambda route: route.fulfill(json=body))
    page.goto(site)
    with page.expect_response("**/latest.json"):
        move(page)
    page.wait_for_load_state("networkidle")
    return page


def newer(latest):
    """The same with one newer rate, out of the ordinary in each part."""
    rate = latest["rates"][1]
    rate["effective_date"] = "2026-09-30"
    rate["shown"] |= {"value": "0.002300", "change_text": "+1.50%", "change_words": "up 1.50 per cent"}
    rate["shown"] |= {"effective_words": "30 September 2026", "classes": "is-up is-held", "state_words": "<b>held</b>"}
    return latest | {"title": "Exchange rates"}


def test_a_newer_rate_takes_the_place_of_the_dated_one(open_page, site, preview):
    before, after = opened(open_page, site, preview), opened(open_page, site, preview, newer)
    was, now = before.evaluate(ITEMS), after.evaluate(ITEMS)
    assert now[1] == (
        "KZT/USD 0.002300 ▲ +1.50% up 1.50 per cent <b>held</b> 30 September 2026, currency-api, market rate"
    )
    assert [now[0], *now[2:]] == [was[0], *was[2:]]
    changed = after.locator(".ticker__item").nth(1)
    assert changed.get_attribute("class") == "ticker__item is-up is-held of-kz"
    assert after.locator(".ticker__title").inner_text() == "Exchange rates"


def test_the_copy_of_a_moving_strip_follows(open_page, moving_site, moving):
    page = opened(open_page, moving_site, moving, newer, reduced_motion="no-preference")
    shown = page.locator("[data-code=KZT] .ticker__value").all_text_contents()
    assert shown == ["0.002300", "0.002300"]


def older(latest):
    """The same, a day older in every rate."""
    for rate in latest["rates"]:
        rate["effective_date"] = "2014-01-01"
        rate["shown"]["value"] = "0"
    return latest


def empty(_latest):
    """Something else than was agreed."""
    return {"version": 2}


@pytest.mark.parametrize("changed", [older, empty])
def test_what_is_not_newer_or_cannot_be_read_changes_nothing(open_page, site, preview, changed):
    without = open_page(site, java_script_enabled=False)
    page = opened(open_page, site, preview, changed)
    assert page.locator(".ticker").inner_html() == without.locator(".ticker").inner_html()


def test_the_script_is_a_small_file():
    text = b"".join(path.read_bytes() for path in (ROOT / "theme/static/js").glob("*.js"))
    assert len(gzip.compress(text)) < 3000


def test_newer_rates_are_asked_for_after_the_lead_picture(open_page, site):
    page, asked, held = open_page("about:blank"), [], []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    page.route("**/neutrality-arch-*", lambda route: held.append(route))  # noqa: PLW0108 - a method of a list takes no marks
    page.goto(site, wait_until="domcontentloaded")
    with page.expect_response("**/js/site.*"):
        move(page)
    page.evaluate("new Promise(done => setTimeout(done, 100))")  # the script has run
    assert held
    assert "latest.json" not in asked
    with page.expect_request("**/latest.json"):
        for route in held:
            route.continue_()
