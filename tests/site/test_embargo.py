"""Before its instant nothing of a story under embargo is in any file of the edition; from then on all of it is."""

import gzip

import pytest

from tests.support import edition as editions
from tests.support import embargo
from tests.support.site import ROOT

AFTER = {"at": embargo.INSTANT, "after": "2026-12-02T00:00:00+05:00"}


@pytest.fixture(scope="module", params=["a second before", *AFTER])
def built(request, tmp_path_factory, shared_root):
    """When the edition is built, and its files by their names, in small letters; what is packed is unpacked."""
    if request.param in AFTER:
        folder = tmp_path_factory.mktemp("embargo")
        output = embargo.build(folder, editions.PICTURES, AFTER[request.param])
    else:
        output = embargo.before(shared_root) / "output"
    files = {path.relative_to(output).as_posix(): path.read_bytes() for path in output.rglob("*") if path.is_file()}
    unpacked = {name: gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data for name, data in files.items()}
    return request.param, {name.lower(): data.lower() for name, data in unpacked.items()}


def found(token, files):
    return sorted(name for name, data in files.items() if token in name or token.encode() in data)


def test_each_word_of_the_story_is_in_no_file_before_and_in_some_from_then_on(built):
    when, files = built
    assert len(files) > 500
    for token in embargo.TOKENS:
        names = found(token, files)
        assert bool(names) == (when != "a second before"), (token, names)


def test_the_story_counts_for_nothing_before_and_everywhere_from_then_on(built):
    when, files = built
    told = [name for name, data in files.items() if b"2026/09/kungrad-plan/" in data]
    where = (
        "index.html",
        "sections/economy/index.html",
        "countries/uzbekistan/index.html",
        "archive/2026/09/index.html",
    )
    for name in (*where, "feed.atom", "feed.json", "corrections/index.html", "pictures/index.html"):
        assert (name in told) == (when != "a second before"), name
    assert any(name.startswith("sitemap") for name in told) == (when != "a second before")
    assert ("archive/2026/09/index.html" in files) == (when != "a second before"), "it is the month's only story"
    texts = [file.read_text("utf-8") for file in (ROOT / "content/articles").rglob("*.md")]
    stories = sum("\nlang: " not in text for text in texts) + (when != "a second before")
    assert f"of {stories}<".encode() in files["archive/index.html"]


def test_the_ticker_stands_on_every_page_whenever_it_is_built(built):
    _, files = built
    pages = [data for name, data in files.items() if name.endswith("index.html") and b'class="ticker' in data]
    assert len(pages) > 100


def test_a_word_that_stands_anywhere_is_found():
    files = {"a/index.html": b"quorvant", "media/kungrad-well.avif": b""}
    assert found("quorvant", files) == ["a/index.html"]
    assert found("kungrad", files) == ["media/kungrad-well.avif"]
