"""The description of the headers, and what hosts with a file of rules make of it."""

import re

import pytest

from plugins.publishing.headers import HeaderRules, Policy, caddy, describe, expected, inline, netlify, nginx
from plugins.publishing.headers.content_types import content_type

FILES = (
    "index.html",
    "404.html",
    "feed.atom",
    "feed.json",
    "robots.txt",
    "2025/04/story/index.html",
    "sections/politics/index.html",
    "sections/politics/feed.json",
    "rates/index.html",
    "rates/latest.json",
    "rates/kgs/index.html",
    "rates/embed/index.html",
    "rates/embed/frame.css",
    "search/index.html",
    "text/index.html",
    "theme/css/site.a6eeb760492f.css",
    "theme/images/icon.svg",
    "images/a.png",
    "pagefind/pagefind.js",
    "pagefind/en/1/pagefind-entry.json",
    "pagefind/en/1/wasm.en.pagefind",
    "pagefind/en/1/fragment/en_e710ba8.pf_fragment",
)


@pytest.fixture
def root(tmp_path):
    for name in FILES:
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("<title>A</title>")
    return tmp_path


@pytest.fixture
def rules(root):
    return describe(root, Policy())


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("", "page"),
        ("about/", "page"),
        ("2025/04/story/index.html", "page"),
        ("rates/embed/", "frame"),
        ("rates/embed/index.html", "frame"),
        ("text/", "text"),
        ("text/rates/kgs/", "text"),
        ("rates/kgs/", "rates"),
        ("rates/kgs.json", "rates-data"),
        ("rates/history.csv", "rates-data"),
        ("search/", "search"),
        ("pagefind/pagefind.js", "search-data"),
        ("pagefind/en/1/pagefind-entry.json", "search-data"),
        ("pagefind/en/1/fragment/en_e710ba8.pf_fragment", "kept"),
        ("feed.json", "feed"),
        ("countries/uzbekistan/feed.rss", "feed"),
        ("sitemaps/lists.xml", "map"),
        ("theme/css/site.a6eeb760492f.css", "kept"),
        ("cards/26cd51654d4e508f-1200x630.jpg", "kept-picture"),
        ("media/nomad-games-1200.7605538d3627.avif", "kept-picture"),
        ("images/202504251200.jpg", "picture"),
        ("theme/images/icon.svg", "file"),
    ],
)
def test_a_path_tells_its_kind(rules, path, kind):
    assert rules.rule(path).kind == kind


def test_no_policy_lets_inline_code_or_any_site_run(rules):
    for rule in rules.rules:
        policy = dict(rule.headers)["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'")
        assert "unsafe-inline" not in policy
        assert "unsafe-eval" not in policy.replace("wasm-unsafe-eval", "")
        assert ("*" in policy) is (rule.kind == "frame")
        assert ("'wasm-unsafe-eval'" in policy) is (rule.kind == "search")


def test_a_page_of_text_may_load_nothing(rules):
    policy = expected(rules, "text/about/")["Content-Security-Policy"]
    assert policy == "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; img-src data:"


def test_code_in_the_head_is_named_and_code_in_a_text_is_not(root):
    ours = "<script>go()</script><style media=all>a{}</style><script type=module>on()</script>"
    data = '<script src="/a.js"></script><script type="application/ld+json">{}</script>'
    text = "<script>steal()</script><style>b{}</style></head><head><script>late()</script></head>"
    (root / "index.html").write_text(f"<html><head>{ours}{data}</head><body>{text}</body></html>")
    (root / "2025/04/story/index.html").write_text(f"<title>A</title><body>{text}")
    (root / "text/index.html").write_text("<head><style>c{}</style></head>")
    rules = describe(root, Policy())
    scripts, styles = (
        " ".join(sorted(f"'{inline.sha256(each)}'" for each in kind)) for kind in (("go()", "on()"), ("a{}", "c{}"))
    )
    said = expected(rules, "")["Content-Security-Policy"].split("; ")
    assert said[1:3] == [f"script-src 'self' {scripts}", f"style-src 'self' {styles}"]
    said = expected(rules, "text/")["Content-Security-Policy"].split("; ")
    assert said[-2:] == ["img-src data:", f"style-src {styles}"]


def test_players_are_let_in_only_where_they_are_named(root):
    rules = describe(root, Policy(players=("https://player.example",)))
    assert "frame-src https://player.example;" in expected(rules, "2025/04/story/")["Content-Security-Policy"]
    assert "frame-src 'none'" in expected(rules, "search/")["Content-Security-Policy"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"players": ("http://player.example",)},
        {"players": ("https://player.example; script-src *",)},
        {"inline": ("'unsafe-inline'",)},
        {"base": "news/"},
        {"framed": ("/rates",)},
    ],
)
def test_a_value_that_would_mean_something_else_in_a_header_is_refused(wrong):
    with pytest.raises(ValueError, match="policy: "):
        Policy(**wrong)


def test_more_speculation_rules_than_a_header_can_name_are_refused(root):
    scripts = "".join(f'<script type="speculationrules">{{"a": {each}}}</script>' for each in range(13))
    (root / "index.html").write_text(f"<title>A</title>{scripts}")
    with pytest.raises(ValueError, match="13 different"):
        describe(root, Policy())


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("about/", "text/html; charset=utf-8"),
        ("feed.json", "application/feed+json"),
        ("rates/kgs.json", "application/json"),
        ("a.atom", "application/atom+xml; charset=utf-8"),
        ("a.none", "application/octet-stream"),
    ],
)
def test_a_suffix_tells_the_content_type(path, told):
    assert content_type(path) == told


def answered(text: str, path: str) -> dict[str, list[str]]:
    """What Cloudflare Pages answers for a path: every rule that matches adds its headers."""
    found: dict[str, list[str]] = {}
    matches = False
    for line in text.splitlines():
        if not line.startswith(" "):
            pattern = re.sub(r":[a-z]", "[^/]+", re.escape(line).replace(r"\*", ".*").replace(r"\:", ":"))
            matches = re.fullmatch(pattern, path) is not None
        elif matches:
            name, _, value = line.strip().partition(": ")
            found.setdefault(name, []).append(value)
    return found


def test_a_host_that_joins_rules_answers_as_described(rules):
    text = netlify(rules)
    for path in FILES:
        got = answered(text, f"/{path.removesuffix('index.html')}")
        wanted = expected(rules, path)
        among_pages = path == "sections/politics/feed.json"  # kept as long as these
        shared = path.endswith(".pf_fragment")  # kept as long as what leads to it: rules are few
        for name, value in wanted.items():
            if name == "Content-Security-Policy":
                assert value == got[name][-1] or among_pages, path
            elif name != "Content-Type" and not (
                among_pages and name in {"Cache-Control", "Cross-Origin-Resource-Policy"}
            ):
                assert got[name] == [value] or (shared and name == "Cache-Control"), f"{path}: {name}"
    assert answered(text, "/sections/politics/feed.json")["Access-Control-Allow-Origin"] == ["*"]
    assert answered(text, "/sections/politics/feed.json")["Content-Type"] == ["application/feed+json"]
    missing = answered(text, "/no/such/page/")
    assert len(missing["Content-Security-Policy"]) == 1
    assert "frame-ancestors" not in missing["Content-Security-Policy"][0]


def test_feeds_share_a_rule_by_their_depth(root):
    for each in range(150):
        (root / f"topics/topic-{each}").mkdir(parents=True)
        (root / f"topics/topic-{each}/index.html").write_text("<title>A</title>")
        (root / f"topics/topic-{each}/feed.atom").write_text("<feed/>")
    text = netlify(describe(root, Policy()))
    assert "/topics/:a/feed.atom\n" in text
    assert "topic-1" not in text


def test_an_edition_beyond_a_hosts_limits_has_what_is_common_to_all(root):
    for each in range(120):
        (root / f"page-{each}").mkdir()
        (root / f"page-{each}/index.html").write_text("<title>A</title>")
    text = netlify(describe(root, Policy()))
    assert text.startswith("# The edition needs 1")
    assert [line for line in text.splitlines() if line[0] not in " #"] == ["/*"]


def test_a_line_beyond_a_hosts_limit_is_refused(root):
    players = tuple(f"https://{each}.player.example" for each in range(100))
    with pytest.raises(ValueError, match="Cloudflare Pages takes 2000"):
        netlify(describe(root, Policy(players=players)))


def test_a_site_below_a_path_of_its_host_has_it_in_every_rule(root):
    rules = describe(root, Policy(base="/news"))
    lines = [line for line in netlify(rules).splitlines() if not line.startswith(" ")]
    assert all(line.startswith("/news/") for line in lines)
    assert '"^/news/(?:' in nginx(rules)
    assert '"~^/news/(?:' in caddy(rules)
    assert isinstance(rules, HeaderRules)


def test_staging_is_marked_everywhere(root):
    rules = describe(root, Policy(noindex=True))
    assert all(expected(rules, path)["X-Robots-Tag"] == "noindex" for path in FILES)
    assert answered(netlify(rules), "/none")["X-Robots-Tag"] == ["noindex"]
