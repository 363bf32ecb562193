"""Pictures as a phone loads them: the right file, the lead at once, the others late, and nothing jumps."""

import re

import pytest

PHONE = {"width": 390, "height": 844}
SHIFT = """() => new Promise(done => { let sum = 0;
  new PerformanceObserver(list => { for (const each of list.getEntries()) sum += each.value; })
    .observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => setTimeout(() => done(sum), 100)); })"""


def visit(open_page, address, density, width=390):
    """The page, and the pictures that it asked for in this order."""
    page = open_page("about:blank", viewport={**PHONE, "width": width}, device_scale_factor=density)
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "/media/" in request.url else None)
    page.goto(address, wait_until="networkidle")
    return page, asked


def width_of(url):
    return int(re.search(r"-(\d+)\.[0-9a-f]{12}\.", url)[1])


@pytest.mark.parametrize(("density", "width"), [(2, 800), (3, 1200)])
@pytest.mark.parametrize("kind", ["home", "article"])
def test_a_phone_takes_the_small_avif_and_takes_it_once(open_page, addresses, kind, density, width):
    page, asked = visit(open_page, addresses[kind], density)
    assert asked
    assert all(url.endswith(".avif") for url in asked)
    assert len(asked) == len(set(asked))
    shown = page.locator("main picture img").first.evaluate("each => each.currentSrc")
    assert asked[0] == shown
    assert width_of(shown) == width
    assert all(width_of(url) <= 400 for url in asked[1:] if kind == "home")


def test_only_the_lead_is_loaded_at_once(open_page, addresses):
    for kind in ("home", "article", "country"):
        page = open_page(addresses[kind], viewport=PHONE, device_scale_factor=2)
        loading = page.eval_on_selector_all("picture img", "all => all.map(each => each.loading)")
        assert loading[0] != "lazy", kind
        assert set(loading[1:]) <= {"lazy"}, kind
        assert page.eval_on_selector_all("picture img", "all => all.map(each => each.fetchPriority)")[0] == "high"


@pytest.mark.parametrize("kind", ["home", "article", "country", "section"])
def test_no_picture_moves_what_is_below_it(open_page, addresses, kind):
    page, _ = visit(open_page, addresses[kind], 2)
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.wait_for_load_state("networkidle")
    assert page.evaluate(SHIFT) == 0
    broken = "all => all.filter(each => each.complete && !each.naturalWidth).map(each => each.src)"
    assert page.eval_on_selector_all("img", broken) == []
