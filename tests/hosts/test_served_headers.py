"""What nginx and Caddy answer with the headers that are written for them."""

import pytest

from plugins.publishing.headers import Policy, expected

ADDRESSES = (
    "",
    "about/",
    "404.html",
    "2025/04/lavrov-samarkand-memorial-inscription/",
    "countries/uzbekistan/",
    "rates/",
    "rates/kgs/",
    "rates/embed/",
    "rates/embed/frame.css",
    "rates/latest.json",
    "rates/history.csv",
    "rates/feed.atom",
    "search/",
    "pagefind/pagefind.js",
    "pagefind/en/1/pagefind-entry.json",
    "pagefind/en/1/wasm.en.pagefind",
    "feed.atom",
    "feed.rss",
    "feed.json",
    "countries/uzbekistan/feed.json",
    "sitemap.xml",
    "robots.txt",
    "images/share.png",
    "theme/images/icon.svg",
)
ONLY_SOME = ("Access-Control-Allow-Origin", "Cross-Origin-Opener-Policy", "X-Robots-Tag")


def assert_headers(host, path, wanted, status=200):
    answered, headers, _ = host.get(f"/{path}")
    assert answered == status
    for name, value in wanted.items():
        assert headers.get_all(name) == [value], f"{path}: {name}"
    for name in ONLY_SOME:
        assert name in wanted or name not in headers, f"{path}: {name}"


@pytest.mark.parametrize("path", ADDRESSES)
def test_each_kind_of_file_has_its_headers(host, path):
    assert_headers(host, path, expected(host.rules, path))


def test_every_file_that_is_there_has_its_headers(host):
    for path in host.rules.paths[::23]:
        assert_headers(host, path, expected(host.rules, path))


def test_each_part_of_the_search_has_its_headers(host, served):
    for pattern in ("*.pf_meta", "index/*", "filter/*", "fragment/*"):
        path = min((served / "pagefind/en/1").glob(pattern)).relative_to(served).as_posix()
        wanted = expected(host.rules, path)
        assert wanted["Content-Type"] == "application/octet-stream"
        assert "immutable" in wanted["Cache-Control"]
        assert_headers(host, path, wanted)


def test_files_with_their_hash_in_the_name_are_kept_for_a_year(host, served):
    hashed = [path.relative_to(served).as_posix() for path in (served / "theme").rglob("*.*") if path.suffix != ".svg"]
    assert len(hashed) >= 2
    for path in hashed:
        _, headers, _ = host.get(f"/{path}")
        assert headers["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("path", ["no/such/page/", "no/such.png", "rates/none.json", "feeds/none.atom"])
def test_a_missing_address_gets_the_page_for_it_with_a_pages_headers(host, path):
    wanted = expected(host.rules, "404.html")
    assert_headers(host, path, wanted, 404)
    assert host.get(f"/{path}")[2] == (host.root / "404.html").read_bytes()


def test_staging_asks_search_engines_to_stay_out(running, served, host):
    staging = running(host.program, served, Policy(noindex=True, base=""))
    for path in ("", "feed.atom", "images/share.png", "no/such/page/"):
        assert staging.get(f"/{path}")[1].get_all("X-Robots-Tag") == ["noindex"]
