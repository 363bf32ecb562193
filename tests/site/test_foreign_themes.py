"""The whole edition, with every plugin, in themes that know nothing of them."""

import posixpath
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html

from tests.support import edition as editions

PLACES = (
    "rates/",
    "rates/kgs/",
    "countries/uzbekistan/",
    "sections/politics/",
    "archive/",
    "search/",
    "text/",
    "about/",
)
STORY = "2025/04/trans-afghan-railway-papers-signed/index.html"


@pytest.fixture(scope="module", params=["simple", "notmyidea"])
def pages(request, edition, tmp_path_factory):
    """Every page of the edition in the theme, by its file."""
    folder = tmp_path_factory.mktemp(request.param)
    theme = {"THEME": repr(request.param), "DIRECT_TEMPLATES": "['index']"}
    output = editions.build(folder, "publishconf", editions.PICTURES, overrides=theme).output
    return output, {path.relative_to(output).as_posix(): html.parse(path).getroot() for path in output.rglob("*.html")}


def test_every_page_is_there_and_each_link_leads_somewhere(pages):
    output, by_name = pages
    assert {f"{place}index.html" for place in PLACES} <= by_name.keys()
    lost = set()
    for name, page in by_name.items():
        base = f"{editions.SITEURL}/{name}"
        page.make_links_absolute(base)
        for _, attribute, link, _ in page.iterlinks():
            parts = urlsplit(link)
            if link.startswith(f"{editions.SITEURL}/") and attribute in {"href", "src"}:
                path = unquote(parts.path.lstrip("/"))
                file = posixpath.join(path, "index.html") if path.endswith("/") or not path else path
                if not (output / file).is_file():
                    lost.add((name, link))
    assert lost == set()


def test_each_plugin_gives_what_needs_no_theme(pages):
    output, by_name = pages
    title = "Uzbekistan and Russia sign for the Trans-Afghan railway"
    assert title in by_name[STORY].text_content()
    assert title in by_name[f"text/{STORY}"].text_content()
    assert title in by_name["countries/uzbekistan/index.html"].text_content()
    assert "87.4571" in by_name["rates/kgs/index.html"].text_content()
    address = f"{editions.SITEURL}/{STORY.removesuffix('index.html')}"
    for name in ("feed.atom", "feed.rss", "feed.json", "countries/uzbekistan/feed.atom", "sitemaps/stories-2025.xml"):
        assert address in (output / name).read_text("utf-8"), name
    assert list((output / "pagefind").rglob("*.pf_index"))
    assert list((output / "media").glob("*.avif"))
