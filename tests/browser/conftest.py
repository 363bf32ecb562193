"""A browser, and the edition served to it on this machine."""

from functools import partial
from http.server import SimpleHTTPRequestHandler
from pathlib import Path

import pytest

from plugins.publishing.headers import inline
from plugins.theme_assets import bundles, sources
from plugins.theme_assets.settings import ThemeAssets
from tests.support.serving import serving
from tests.support.site import ROOT

KINDS = {
    "home": "index.html",
    "article": "2025/04/*/index.html",
    "country": "countries/uzbekistan/index.html",
    "country-section": "countries/kazakhstan/*/index.html",
    "countries": "countries/index.html",
    "section": "sections/politics/index.html",
    "sections": "sections/index.html",
    "topic": "topics/*/index.html",
    "country-topic": "topics/*/*/index.html",
    "author": "authors/*/index.html",
    "archive": "archive/index.html",
    "month": "archive/2025/04/index.html",
    "rates": "rates/index.html",
    "currency": "rates/kgs/index.html",
    "page": "about/index.html",
    "search": "search/index.html",
    "404": "404.html",
}
"""Every kind of page, by the first file that matches."""


EARLY = inline.sha256(bundles.early(sources.find([ROOT / "theme/static"]), ThemeAssets()))
STRICT = (
    f"default-src 'none'; script-src 'self' '{EARLY}'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'none'"
)
"""What a careful host lets a page do."""


class Handler(SimpleHTTPRequestHandler):
    """A static host that shows the edition's own 404 page."""

    def log_message(self, format, *args):  # noqa: A002 - the base class calls it so
        """Say nothing."""

    def send_error(self, code, message=None, explain=None):  # noqa: ARG002 - as the base class has it
        body = Path(self.directory, "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def serve(folder):
    """Yield the address at which ``folder`` is served."""
    with serving(partial(Handler, directory=str(folder))) as server:
        yield f"{server.url}/"


def move(page):
    """Move the pointer, as whoever reads does: the theme's scripts come then, once the page is read."""
    page.mouse.move(3, 3)
    page.mouse.move(4, 4)


def begin(page):
    """Begin to read, and wait until the theme's scripts have done what they do at first."""
    move(page)
    page.locator(".scheme :checked").wait_for(state="attached")  # a function that is waited for needs eval


def guard(page):
    """Return ``page`` under a strict policy, with ``told`` for what the browser says and for errors of scripts."""
    page.told = []
    page.on("console", lambda message: page.told.append(message.text))
    page.on("pageerror", lambda error: page.told.append(str(error)))

    def answer(route):
        if route.request.resource_type != "document":
            return route.continue_()
        got = route.fetch()
        return route.fulfill(response=got, headers={**got.headers, "content-security-policy": STRICT})

    page.route("**/*", answer)
    return page


@pytest.fixture(scope="session")
def site(preview):
    yield from serve(preview)


@pytest.fixture(scope="session")
def moving_site(moving):
    yield from serve(moving)


@pytest.fixture(scope="session")
def addresses(preview, site):
    """The address of one page of each kind."""
    found = {kind: sorted(preview.glob(pattern)) for kind, pattern in KINDS.items()}
    missing = [kind for kind, files in found.items() if not files]
    assert missing == []
    return {
        kind: site + files[0].relative_to(preview).as_posix().removesuffix("index.html")
        for kind, files in found.items()
    }


@pytest.fixture(params=list(KINDS))
def kind(request):
    return request.param


def launch(playwright, **options):
    """Start a browser."""
    return playwright.chromium.launch(
        executable_path="/usr/bin/chromium-headless-shell",
        args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
        **options,
    )


@pytest.fixture(scope="session")
def browser(playwright):
    with launch(playwright) as opened:
        yield opened


@pytest.fixture
def open_page(browser):
    """Open an address in a window of its own; keyword arguments are those of a Playwright context."""
    contexts = []

    def opener(address, **options):
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.goto(address)
        return page

    yield opener
    for context in contexts:
        context.close()
