"""What a page asks for on a phone: few requests, few bytes, and the first view in one round trip."""

import gzip

import pytest

from tests.browser.conftest import move
from tests.support.edition import BUILD_TIME

PHONE = {"viewport": {"width": 412, "height": 823}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}
HEADERS = 220
"""Bytes of an answer's head, as the hosts of the tests write it."""
TEXTS = (".html", ".css", ".js", ".json", ".svg", "/")


def on_the_wire(response):
    body = response.body()
    return len(gzip.compress(body, 9) if response.url.endswith(TEXTS) else body) + HEADERS


def visit(open_page, address, moment, *, reads=True):
    """What a phone asks for that opens the page at ``moment``, and reads or only looks, by address with its bytes."""
    page = open_page("about:blank", **PHONE)
    page.clock.set_fixed_time(moment)
    answers = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 - a method of a list takes no marks
    page.goto(address, wait_until="load")
    if reads:
        with page.expect_response("**/js/site.*"):
            move(page)
    page.wait_for_load_state("networkidle")
    return {answer.url: on_the_wire(answer) for answer in answers}


@pytest.fixture(scope="module")
def published():
    """Minutes after the edition was built."""
    return BUILD_TIME.replace("18:00", "18:20")


@pytest.mark.parametrize("kind", ["home", "article", "country", "section", "rates", "404"])
def test_a_phone_asks_for_little_even_where_newer_rates_are_asked_for(open_page, addresses, kind):
    asked = visit(open_page, addresses[kind], BUILD_TIME.replace("-29T", "-30T"))
    assert any(url.endswith("latest.json") for url in asked)
    assert 4 <= len(asked) <= 8
    assert sum(asked.values()) <= 51_200


def test_the_first_view_of_every_page_comes_in_one_round_trip_and_without_script(open_page, addresses, published):
    for kind, address in addresses.items():
        asked = visit(open_page, address, published, reads=False)
        scripts = [url for url in asked if url.endswith(".js")]
        assert all("converter" in url or "search" in url for url in scripts), kind
        assert len(scripts) == (kind in {"rates", "search"}), kind
        before = [size for url, size in asked.items() if url.endswith(".css")]
        assert len(before) == (2 if kind in {"rates", "currency", "search"} else 1), kind
        assert asked[address] + sum(before) <= 14_336, kind


def test_only_an_old_page_of_past_rates_asks_for_newer_ones(open_page, addresses, published):
    def asks(kind, moment):
        return any(url.endswith("latest.json") for url in visit(open_page, addresses[kind], moment))

    assert not asks("article", published)
    assert not asks("article", BUILD_TIME.replace("18:00", "21:00"))  # the rates are of that day
    assert asks("article", BUILD_TIME.replace("-29T", "-30T"))
    assert asks("home", BUILD_TIME.replace("-29T", "-30T"))


def test_a_front_page_of_this_hour_needs_no_newer_rates(open_page, preview, site, published):
    page = open_page("about:blank", **PHONE)
    page.clock.set_fixed_time(published)
    page.route(site, lambda route: route.fulfill(body=older_rates(preview), content_type="text/html"))
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site)
    with page.expect_response("**/js/site.*"):
        move(page)
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if url.endswith("latest.json")] == []


def older_rates(folder):
    """The front page with the rates of the day before."""
    return (folder / "index.html").read_text("utf-8").replace('data-date="2026-09-29"', 'data-date="2026-09-28"')
