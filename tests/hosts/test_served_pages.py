"""What a browser says of every kind of page, served with the headers."""

import shutil

import pytest

from plugins.publishing.headers import Policy, expected, inline
from tests.browser.conftest import KINDS
from tests.hosts.conftest import NAME, listen

PAGES = {**KINDS, "frame": "rates/embed/index.html", "pictures": "pictures/index.html"}


@pytest.mark.parametrize("part", range(4))
def test_no_page_does_what_its_policy_forbids(visit, served, part):
    opened = {}
    for kind in list(PAGES)[part::4]:
        found = min(served.glob(PAGES[kind])).relative_to(served).as_posix()
        opened[kind] = visit(found.removesuffix("index.html"))
    for kind, (page, said) in opened.items():
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.styleSheets.length") >= 1, kind
        assert said == [], kind


INLINE = "document.title = 'ran'"
RULES = '{"prefetch": [{"where": {"href_matches": "/about/"}}]}'


@pytest.mark.parametrize(
    "markup",
    [
        f"<script>{INLINE}</script>",
        f'<img src="/theme/images/none.svg" onerror="{INLINE}" alt="">',
        "<style>h1 { color: red }</style>",
        '<p style="color: red">A</p>',
        '<img src="https://elsewhere.example/pixel.gif" alt="">',
        '<script src="https://elsewhere.example/a.js"></script>',
        '<iframe src="https://elsewhere.example/"></iframe>',
    ],
    ids=["script", "handler", "style", "attribute", "pixel", "foreign-script", "frame"],
)
def test_a_browser_refuses_what_a_policy_does_not_name(visit, served, markup):
    page, said = write_and_visit(visit, served, markup)
    assert told(page, said, "Content Security Policy"), said
    assert page.title() == "Here"


def told(page, said, words):
    """Whether the console says it, now or soon."""
    for _ in range(40):
        if any(words in text for text in said):
            return True
        page.wait_for_timeout(50)
    return False


def write_and_visit(visit, served, markup):
    folder = served / f"trial-{hash(markup) % 10**8}"
    folder.mkdir(exist_ok=True)
    (folder / "index.html").write_text(f"<!DOCTYPE html><title>Here</title><h1>Here</h1>{markup}")
    try:
        return visit(f"{folder.name}/")
    finally:
        shutil.rmtree(folder)  # or the next server would describe it with the edition, and allow its rules


def test_data_for_search_engines_needs_no_hash(visit, served):
    _, said = write_and_visit(visit, served, '<script type="application/ld+json">{"@type": "Thing"}</script>')
    assert said == []


def test_speculation_rules_need_their_hash(visit, served):
    page, said = write_and_visit(visit, served, f'<script type="speculationrules">{RULES}</script>')
    assert told(page, said, inline.sha256(RULES)), said


def test_speculation_rules_are_taken_with_the_hash_that_was_found(running, tmp_path, browser):
    other = tmp_path
    (other / "index.html").write_text(
        f'<!DOCTYPE html><title>A</title><script type="speculationrules">{RULES}</script><h1>A</h1>'
    )
    there = running("nginx", other)
    context = browser.new_context(ignore_https_errors=True)
    page = context.new_page()
    said = []
    listen(page, said)
    page.goto(f"https://127.0.0.1:{there.port}/", wait_until="networkidle")
    assert inline.sha256(RULES) in expected(there.rules, "")["Content-Security-Policy"]
    assert said == []
    context.close()


def test_the_search_finds_with_what_its_policy_allows(visit):
    page, said = visit("search/?q=memorial&country=Uzbekistan", "networkidle")
    page.locator(".search-results a").first.wait_for()
    assert "memorial" in page.locator(".search-results mark").first.inner_text()
    assert said == []


def test_webassembly_compiles_on_the_page_of_search_alone(visit):
    module = "WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])).then(() => 'compiled', String)"
    assert visit("search/")[0].evaluate(module) == "compiled"
    assert "Content Security Policy" in visit("about/")[0].evaluate(module)


def test_only_the_rates_can_stand_in_a_frame_of_another_site(running, browser, tmp_path):
    frames = "".join(
        f'<iframe name="{name}" src="https://{NAME}/{name}/"></iframe>' for name in ("rates/embed", "about")
    )
    (tmp_path / "index.html").write_text(f"<!DOCTYPE html><title>Another</title>{frames}")
    other = running("nginx", tmp_path, Policy(players=(f"https://{NAME}",)))
    context = browser.new_context(ignore_https_errors=True)
    page = context.new_page()
    said = []
    listen(page, said)
    page.goto(f"https://127.0.0.1:{other.port}/", wait_until="networkidle")
    assert page.frame("rates/embed").locator("h1").inner_text().startswith("Rates of")
    assert page.frame("about").url.startswith("chrome-error:")
    assert len(said) == 1
    assert "frame-ancestors 'none'" in said[0]
    context.close()
