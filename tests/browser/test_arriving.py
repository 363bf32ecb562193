"""A page that arrives piece by piece, or what belongs to it late: what is shown stays where it is."""

import re
import time
from functools import partial
from http.server import SimpleHTTPRequestHandler

import pytest

from tests.browser.conftest import begin, launch
from tests.support.serving import serving

SHIFTS = """window.shifts = []; new PerformanceObserver(list => { for (const each of list.getEntries())
  window.shifts.push([each.value, ...each.sources.map(source => source.node?.outerHTML?.slice(0, 80))]); })
  .observe({ type: "layout-shift", buffered: true });"""
"""Keeps what moved by itself, with the elements."""
BEGINS = re.compile(rb"(?=<(?:li class=\"ticker__item|main|nav|article|section|aside|footer|h1|dl|table|ul)\b)")
"""Where the rest of a page may come late."""
PAUSE = 0.05  # seconds, in which a browser draws what it has


class Piecemeal(SimpleHTTPRequestHandler):
    """Sends a page in pieces, and everything else whole."""

    def log_message(self, *_):
        """Say nothing."""

    def copyfile(self, source, outputfile):
        if self.headers["Sec-Fetch-Dest"] != "document":
            super().copyfile(source, outputfile)
            return
        for piece in BEGINS.split(source.read()):
            outputfile.write(piece)
            outputfile.flush()
            time.sleep(PAUSE)


@pytest.fixture(scope="module")
def slowly(preview, addresses, site):
    with serving(partial(Piecemeal, directory=str(preview))) as server:
        yield {kind: address.replace(site, f"{server.url}/") for kind, address in addresses.items()}


@pytest.fixture(scope="module")
def browser(playwright):
    """As on a desktop, where a bar for scrolling takes room."""
    with launch(playwright, ignore_default_args=["--hide-scrollbars"]) as opened:
        yield opened


@pytest.mark.parametrize("size", [(390, 844), (1350, 940)])
@pytest.mark.parametrize(
    "kind", ["home", "article", "country", "country-section", "countries", "rates", "currency", "search"]
)
def test_nothing_moves_for_what_comes_after_it(open_page, slowly, kind, size):
    page = open_page("about:blank", viewport=dict(zip(("width", "height"), size, strict=True)))
    page.add_init_script(SHIFTS)
    page.goto(slowly[kind])
    assert page.evaluate("shifts") == []


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_jumps_where_pictures_and_scripts_come_late(open_page, addresses, width):
    page = open_page("about:blank", viewport={"width": width, "height": 844})
    page.add_init_script(SHIFTS)

    def late(route):
        time.sleep(0.15)
        route.continue_()

    page.route(re.compile(r"\.(?:js|avif|svg|json)$"), late)
    for kind in ("home", "article", "country", "rates"):
        page.goto(addresses[kind], wait_until="networkidle")
        begin(page)
        page.wait_for_timeout(100)
        assert page.evaluate("shifts") == [], kind
