"""The gate: a good edition passes, and each kind of damage is told, alone."""

import gzip
import json
import random
import shutil

import pytest

from plugins._kit.errors import Problem
from plugins.publishing.__main__ import main
from plugins.publishing.gate import Inspection, inspect, report
from plugins.publishing.headers import Policy, describe
from plugins.publishing.headers.inline import sha256
from tests.support.edition import SITEURL

STORY = "2025/04/lavrov-samarkand-memorial-inscription/index.html"


def told(root, policy=None, **more):
    return inspect(root, describe(root, policy or Policy()), SITEURL, **more)


@pytest.fixture
def copy(edition, tmp_path):
    return shutil.copytree(edition, tmp_path / "edition")


def change(root, name, old, new):
    text = (root / name).read_text("utf-8")
    assert old in text
    (root / name).write_text(text.replace(old, new, 1), "utf-8")


def put(root, name, content):
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_bytes(content)


def test_the_edition_passes(edition):
    assert told(edition) == ()


BEFORE_THE_END = "</main>"
DAMAGE = {
    "link": '<a href="/no/such/page/">a</a>',
    "asset": '<img src="/images/none.png" alt="">',
    "anchor": '<a href="/about/#none">a</a>',
    "id": '<p id="twice"></p><p id="twice"></p>',
    "heading-order": "<h2>a</h2><h4>b</h4>",
    "alt": '<img src="/images/share.png" loading="lazy">',
    "json-ld": '<script type="application/ld+json">{</script>',
    "policy": "<script>alert(1)</script>",
}
REFUSED = (
    '<p style="color: red">a</p>',
    "<style>p { color: red }</style>",
    '<button onclick="go()">a</button>',
    '<a href="javascript:go()">a</a>',
    '<img src="https://elsewhere.example/a.gif" alt="">',
    '<script src="https://elsewhere.example/a.js"></script>',
    '<iframe src="https://elsewhere.example/"></iframe>',
    '<form action="https://elsewhere.example/"></form>',
)


def stories(root):
    """The pages of stories: one inspection tells of a damage to each, and of nothing else."""
    return sorted(file.relative_to(root).as_posix() for file in root.glob("202[0-9]/[01][0-9]/*/index.html"))


def test_damage_to_a_page_is_told_with_its_line(copy):
    damaged = dict(zip(stories(copy), DAMAGE, strict=False))
    for name, code in damaged.items():
        change(copy, name, BEFORE_THE_END, f"\n{DAMAGE[code]}{BEFORE_THE_END}")
    problems = told(copy)
    assert [(each.path, each.code) for each in problems] == list(damaged.items())
    assert set(damaged.values()) == set(DAMAGE)
    for each in problems:
        assert DAMAGE[each.code] in (copy / each.path).read_text("utf-8").splitlines()[each.line - 1]


def test_what_a_browser_would_refuse_is_told(copy):
    damaged = dict(zip(stories(copy), REFUSED, strict=False))
    for name, markup in damaged.items():
        change(copy, name, BEFORE_THE_END, f"{markup}{BEFORE_THE_END}")
    assert [(each.path, each.code) for each in told(copy)] == [(name, "policy") for name in damaged]
    assert len(damaged) == len(REFUSED)


def test_what_the_settings_name_is_let_through(copy):
    script, player = "go()", "https://player.example"
    change(copy, STORY, BEFORE_THE_END, f'<script>{script}</script><iframe src="{player}/1"></iframe>{BEFORE_THE_END}')
    assert len(told(copy)) == 2
    assert told(copy, Policy(inline=(sha256(script),), players=(player,))) == ()


def test_speculation_rules_pass_as_their_hash_is_found(copy):
    rules = '<script type="speculationrules">{"prefetch": []}</script>'
    change(copy, STORY, BEFORE_THE_END, f"{rules}{BEFORE_THE_END}")
    assert told(copy) == ()


def test_a_story_without_what_search_engines_need_is_told(copy):
    lacking = dict(zip(stories(copy), ("headline", "datePublished", "author", "image", "publisher"), strict=False))
    for page, name in lacking.items():
        change(copy, page, f'"{name}":', '"other":')
    problems = told(copy)
    assert [(each.path, each.code) for each in problems] == [(page, "json-ld") for page in lacking]
    assert [name in each.message for name, each in zip(lacking.values(), problems, strict=True)] == [True] * 5


FILES = {
    "drafts/a.html": (b"<title>A</title>", "draft"),
    ".env": (b"A=1", "secret"),
    ".git/config": (b"[core]", "secret"),
    "about/index.html~": (b"a", "secret"),
    "theme/js/a.js.map": (b"{}", "secret"),
    "notes.txt": (b"-----BEGIN OPENSSH PRIVATE KEY-----", "secret"),
    "token.txt": (b"ghp_" + b"a" * 36, "secret"),
    "theme/js/b.js": (b"//# sourceMappingURL=b.js.map", "secret"),
    "other.json": (b"{", "json"),
    "other.atom": (b"<feed>", "feed"),
    "bare.atom": (b'<feed xmlns="http://www.w3.org/2005/Atom"><id>a</id><title>a</title></feed>', "feed"),
    "bare.rss": (b"<rss><channel><title>a</title><link>a</link></channel></rss>", "feed"),
    "bare/feed.json": (json.dumps({"version": "1.1", "title": "A"}).encode(), "feed"),
    "other.xml": (b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"/>', "feed"),
    "wrong.xml": (
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>{SITEURL}/x/</loc></url></urlset>'.encode(),
        "sitemap",
    ),
    "empty.html": (b"", "html"),
    "pagefind/a.pf_fragment": (gzip.compress(b'pagefind_dcd{"url": "/no/such/page/"}'), "search"),
    "pagefind/b.pf_fragment": (b"pagefind_dcd", "search"),
}


def test_a_file_that_should_not_be_there_is_told(copy):
    for name, (content, _) in FILES.items():
        put(copy, name, content)
    assert [(each.path, each.code) for each in told(copy)] == sorted((name, code) for name, (_, code) in FILES.items())


def test_a_document_that_names_entities_reads_no_file(copy, tmp_path):
    put(tmp_path, "secret", b"hidden")
    text = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]><rss><channel><title>&x;</title></channel></rss>'
    put(copy, "outside.rss", text.encode())
    problems = told(copy)
    assert {each.path for each in problems} == {"outside.rss"}
    assert "hidden" not in report(problems)


def test_a_withheld_word_is_told_wherever_it_stands(copy):
    assert told(copy, withheld=("embargoed-plan",)) == ()
    change(copy, "feed.json", '"title":', '"embargoed-plan": 1, "title":')
    put(copy, "images/embargoed-plan.png", b"\x89PNG")
    problems = told(copy, withheld=("embargoed-plan",))
    assert [(each.path, each.code) for each in problems] == [
        ("feed.json", "embargo"),
        ("images/embargoed-plan.png", "embargo"),
    ]


def test_a_heavy_page_is_told_with_its_weight(copy):
    put(copy, "images/heavy.png", bytes(3_000_000))
    heavy = '<img src="/images/heavy.png" alt="">'
    change(copy, STORY, BEFORE_THE_END, f"{heavy}{BEFORE_THE_END}")
    problems = told(copy)
    assert [(each.path, each.code) for each in problems] == [(STORY, "weight")]
    assert "2000 are allowed" in problems[0].message
    change(copy, STORY, heavy, heavy.replace("alt", 'loading="lazy" alt'))
    assert told(copy) == ()
    put(copy, "rates/embed/frame.css", b"p { color: red }" * 10_000)
    assert [each.path for each in told(copy)] == ["rates/embed/index.html"]


def test_a_page_of_text_that_is_too_long_is_told(copy):
    words = random.Random(1).randbytes(20_000).hex()  # noqa: S311 - repeatable, not secret
    change(copy, f"text/{STORY}", "</h1>", f"</h1><p>{words}</p>")
    problems = told(copy)
    assert [(each.path, each.code) for each in problems] == [(f"text/{STORY}", "weight")]
    assert "8192 are allowed" in problems[0].message


def test_a_rule_can_be_left_out(copy):
    change(copy, STORY, BEFORE_THE_END, f"<h4>b</h4><h6>c</h6>{BEFORE_THE_END}")
    assert told(copy) != ()
    assert told(copy, allowed=Inspection(allow=("heading-order",))) == ()


def test_a_folder_without_a_front_page_is_no_edition(tmp_path):
    assert [each.code for each in told(tmp_path)] == ["edition"]


def test_the_command_reports_and_fails(copy, tmp_path, capsys):
    (tmp_path / "conf.py").write_text(f"SITEURL = {SITEURL!r}\n")
    asked = ["--settings", str(tmp_path / "conf.py"), "gate", str(copy)]
    assert main(asked) == 0
    assert capsys.readouterr().out == "Nothing is wrong with the edition.\n"
    (tmp_path / "words").write_text("Samarkand\n")
    assert main([*asked, "--most", "2", "--withheld", str(tmp_path / "words")]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 4
    assert lines[2].endswith("more. [embargo]")


def test_a_report_names_some_of_each_kind_and_counts_the_rest():
    many = [Problem(f"{each:02}.html", 1, "is wrong", "Mend it.", "link") for each in range(12)]
    text = report([*many, Problem("a.html", 0, "is heavy", "Make it light.", "weight")], 3)
    assert text.splitlines() == [
        *(f"{each:02}.html:1: is wrong. Mend it. [link]" for each in range(3)),
        "… and 9 more. [link]",
        "a.html: is heavy. Make it light. [weight]",
        "13 problems.",
    ]
