"""Every story in one run: each broken rule at its line, and nothing else."""

import datetime as dt
import json
import subprocess
import sys

import msgspec
import pytest
from corpus import CASES, LINES, SOUND, story
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from PIL import Image

from plugins._kit.errors import EditionError
from plugins.editorial import __main__ as command
from plugins.editorial.checking import conversions, rules, running, stories
from plugins.editorial.checking.findings import Finding, shown
from plugins.editorial.checking.running import check
from plugins.editorial.checking.stories import Edition
from plugins.editorial.settings import EditorialSettings
from tests.support.site import ROOT

RATES = """effective_date,currency,base,value,unit,kind,source
2026-04-29,TJS,USD,10.0,1,official,nbt
2026-04-30,UZS,USD,12000,1,official,cbu
2015-01-01,TMT,USD,3.5,1,fixed,cbt-peg
no,row,at,all,x,y,z
"""


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    content = tmp_path_factory.mktemp("content")
    for folder in ("articles", "pages", "images", "rates"):
        (content / folder).mkdir()
    Image.new("RGB", (900, 6)).save(content / "images/wide.png")
    Image.new("RGB", (90, 6)).save(content / "images/small.png")
    (content / "images/heavy.png").write_bytes((content / "images/wide.png").read_bytes() + bytes(8_000_001))
    (content / "images/broken.png").write_bytes(b"no picture")
    (content / "images/bad.svg").write_text("<svg/>")
    (content / "rates/history.csv").write_text(RATES)
    return Edition(content, "content", EditorialSettings(), "Asia/Tashkent")


def found_in(edition, text, name="a"):
    file = edition.content / f"articles/{name}.md"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    try:
        return check(edition, 1)
    finally:
        file.unlink()


def test_the_corpus_is_large_enough_and_breaks_every_rule_of_one_story():
    assert len(CASES) >= 120
    codes = {code for _, _, expected in CASES for _, code in expected}
    assert set(rules.RULES) - codes - TOGETHER == {"bad-value"}


@pytest.mark.parametrize(("name", "text", "expected"), CASES, ids=[case[0] for case in CASES])
def test_each_broken_story_is_told_at_its_line(edition, name, text, expected):
    found = [(finding.line, finding.code) for finding in found_in(edition, text)]
    wanted = sorted(expected)
    if all(code in {"yaml", "header", "encoding", "too-long"} for _, code in expected):
        found = [each for each in found if not each[1].startswith("missing-")]
    assert sorted(found) == wanted


@pytest.mark.parametrize(("name", "text"), SOUND, ids=[case[0] for case in SOUND])
def test_a_sound_story_breaks_no_rule(edition, name, text):
    assert found_in(edition, text) == []


TOGETHER = {
    "untagged-country",
    "unsupported-country",
    "unknown-section",
    "unknown-author",
    "unknown-topic",
    "case-twin",
    "shared-address",
    "changed-address",
}
ALONE = [code for code, rule in rules.RULES.items() if not rule.bad.startswith("(") and code not in TOGETHER]


@pytest.mark.parametrize("code", ALONE)
def test_each_documented_example_breaks_its_rule_and_its_mended_form_does_not(edition, code):
    def codes(example):
        first, _, _ = example.partition(":")
        if code in {"header", "two-stories"}:
            text = f"{example}\n" if code == "header" else f"{story()}{example}\n"
        elif "\n" not in first and " " not in first and "!" not in first and "#" not in first:
            name = first.strip("\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}")
            text = story(
                example,
                **({name: None} if name in ("title", "date", "category", "countries", "summary", "authors") else {}),
            )
        else:
            text = story(body=example)
        return {finding.code for finding in found_in(edition, text)}

    wanted = "bad-date" if code == "bad-value" else code
    assert wanted in codes(rules.RULES[code].bad)
    assert wanted not in codes(rules.RULES[code].good)


def test_names_are_held_against_those_of_other_stories(edition):
    for number in range(3):
        (edition.content / f"articles/{number}.md").write_text(
            story(category="Politics", tags="[diplomacy, United Nations]")
        )
    odd = story(category="Politcs", authors="[Taskent desk]", tags="[diplomcy, United nations, yurts]")
    try:
        told = {(finding.code, finding.remedy) for finding in found_in(edition, odd, "z")}
    finally:
        for number in range(3):
            (edition.content / f"articles/{number}.md").unlink()
    assert told == {
        ("unknown-section", "Did you mean 'Politics'?"),
        ("unknown-author", "Did you mean 'Tashkent desk'?"),
        ("unknown-topic", "Did you mean 'diplomacy'?"),
        ("case-twin", "Write United Nations."),
    }


def test_allowed_names_alone_may_be_used(edition):
    only = Edition(edition.content, "content", EditorialSettings(sections=("Politics",)), "UTC")
    (finding,) = found_in(only, story(category="Sport"))
    assert (finding.code, finding.message) == ("unknown-section", "there is no section 'Sport'")


def test_the_address_of_a_story_in_another_language_is_known_by_its_own_pattern(edition):
    file = edition.content / "articles/road-ru.md"
    file.write_text("---\ntitle: Дорога\nslug: road\nlang: ru\ndate: 2026-05-01 09:00 +05:00\n---\nТекст.\n", "utf-8")
    story, _ = stories.read(file, edition, is_page=False)
    file.unlink()
    placed = msgspec.structs.replace(edition, article_lang_url="{date:%Y}/{slug}/{lang}/")
    assert stories.address(story, placed) == "2026/road/ru/"
    assert stories.address(story, edition) == ""


def test_two_stories_with_one_address(edition):
    (edition.content / "articles/one.md").write_text(story("slug: same"))
    try:
        (finding,) = found_in(edition, story("slug: same"), "two")
    finally:
        (edition.content / "articles/one.md").unlink()
    assert (finding.path, finding.line, finding.code) == ("content/articles/two.md", 9, "shared-address")
    assert "content/articles/one.md" in finding.message


def test_links_between_stories_are_followed(edition):
    (edition.content / "articles/one.md").write_text(story())
    try:
        assert (
            found_in(
                edition, story(body="[a]({filename}one.md) [b](/2026/04/one/) [c]({static}/images/wide.png)"), "two"
            )
            == []
        )
    finally:
        (edition.content / "articles/one.md").unlink()


@pytest.mark.parametrize(
    "target", ["{filename}one.md", "/2026/04/one/", "{filename}/articles/one.md", "|filename|one.md"]
)
@pytest.mark.parametrize(
    ("name", "there"),
    [("here", True), ("nowhere", False), ("story-sources", True), ("rates-amounts", False), (":~:text=Here", True)],
)
def test_a_link_to_a_place_in_another_story_is_followed(edition, target, name, there):
    themed = replace(edition, theme=ROOT / "theme")
    (edition.content / "articles/one.md").write_text(story(body='<p id="here">Here.</p>'))
    try:
        found = found_in(themed, story(body=f"One.\n\nSee [that]({target}#{name})."), "two")
    finally:
        (edition.content / "articles/one.md").unlink()
    told = [(each.path, each.line, each.column, each.code, each.message) for each in found]
    message = f"the link to #{name} leads to no place on content/articles/one.md"
    assert told == ([] if there else [("content/articles/two.md", 12, 12, "anchor", message)])


def test_subheads_are_places_where_markdown_makes_them_so(edition):
    body = "## A *first* part\n\n## A first part\n\n[one](#a-first-part) [two](#a-first-part_1)"
    assert [each.code for each in found_in(edition, story(body=body))] == ["anchor", "anchor"]
    assert found_in(replace(edition, heading_places=True), story(body=body)) == []
    assert [each.code for each in found_in(replace(edition, heading_places=True), story(body="[x](#x)"))] == ["anchor"]


DESK = EditorialSettings(checkers=("plugins.country_pages",))


def test_what_the_country_desk_finds_is_told_with_the_rest(edition):
    codes = ("unsupported-country", "untagged-country")
    files = {f"{code}-{kind}": getattr(rules.RULES[code], kind) for code in codes for kind in ("bad", "good")}
    for name, example in files.items():
        fields = dict(line.split(": ", 1) for line in example.split("\n"))
        (edition.content / f"articles/{name}.md").write_text(story(f"slug: {name}", **fields, body="# Tashkent"))
    try:
        found = check(replace(edition, settings=DESK), 1)
    finally:
        for name in files:
            (edition.content / f"articles/{name}.md").unlink()
    told = {(each.path, each.code) for each in found}
    both = {(f"content/articles/{code}-bad.md", code) for code in codes}
    assert told == {*both, *((f"content/articles/{name}.md", "heading") for name in files)}
    desk = [(each.line, each.severity) for each in found if each.code in codes]
    assert set(desk) == {(LINES["countries"], "warning")}


@pytest.mark.parametrize("off", [True, False])
def test_what_the_country_desk_finds_can_be_switched_off(edition, off):
    why = {"unsupported-country": "A test."}
    settings = EditorialSettings(checkers=DESK.checkers, off=why if off else {})
    line = () if off else ("ignore_rules: {unsupported-country: A test.}",)
    text = story(*line, title="Tashkent opens a metro line", countries="[UZ, JP]")
    assert found_in(replace(edition, settings=settings), text) == []


def test_a_checker_that_fails_is_told(edition):
    settings = EditorialSettings(checkers=("plugins.no_such_desk",))
    with pytest.raises(EditionError, match=r"'plugins.no_such_desk' failed with status 1: .*No module named"):
        found_in(replace(edition, settings=settings), story())


def test_a_rule_may_be_switched_off(edition):
    off = Edition(edition.content, "content", EditorialSettings(off={"heading": "A test."}), "UTC")
    assert found_in(off, story(body="# One")) == []


def test_forms():
    finding = Finding("a,b.md", 3, 7, "alt", "error", "100 % wrong", "Mend it.")
    assert shown([finding], "text") == "a,b.md:3:7: error alt 100 % wrong. Mend it."
    assert json.loads(shown([finding], "json"))[0]["column"] == 7
    assert shown([finding], "github") == "::error file=a%2Cb.md,line=3,col=7,title=alt::100 %25 wrong. Mend it."
    note = Finding("a.md", 1, 1, "x", "note", "m")
    assert shown([note], "github") == "::notice file=a.md,line=1,col=1,title=x::m."


def test_a_column_is_where_the_wrong_thing_stands(edition):
    (finding,) = found_in(edition, story(body="See [there]({filename}none.md)."))
    assert finding.column == 13


def test_the_rate_of_a_day_is_the_latest_not_after_it():
    rate = conversions.Rate
    rates = conversions.Rates({"TJS": [rate(dt.date(2026, 4, day), day) for day in (20, 10)]})
    assert rates.on("TJS", dt.date(2026, 4, 19))[0].for_dollar == 10
    assert rates.on("TJS", dt.date(2026, 4, 20))[0].for_dollar == 20
    assert rates.on("TJS", dt.date(2026, 5, 1)) == ()
    assert rates.on("TJS", dt.date(2026, 4, 9)) == ()
    assert rates.on("XXX", dt.date(2026, 4, 9)) == ()


def test_the_command(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert command.main(["check"]) == 2
    assert "there is no such settings file" in capsys.readouterr().err
    (tmp_path / "content/articles").mkdir(parents=True)
    (tmp_path / "pelicanconf.py").write_text("PATH = 'content'\nARTICLE_PATHS = ['articles']\n")
    (tmp_path / "content/articles/a.md").write_text(story(authors=None))
    assert command.main(["check"]) == 0
    assert "content/articles/a.md:1:1: warning missing-author" in capsys.readouterr().out
    assert command.main(["check", "--strict"]) == 1
    (tmp_path / "content/articles/a.md").write_text("")
    assert command.main(["check", "--format", "json"]) == 1
    told = json.loads("[" + capsys.readouterr().out.rpartition("\n[")[2])
    assert [each["code"] for each in told] == ["header"]
    (tmp_path / "pelicanconf.py").write_text("EDITORIAL = {'off': {'long-titel': 'x'}}\n")
    assert command.main(["check"]) == 2
    assert "there is no rule 'long-titel'" in capsys.readouterr().err


def test_the_sample_edition_has_no_error():
    run = subprocess.run(
        [sys.executable, "-m", "plugins.editorial", "check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout
    assert " warning " not in run.stdout


def test_stories_are_read_once_each_and_side_by_side_as_one_after_the_other(tmp_path, monkeypatch):
    content = tmp_path / "content"
    (content / "articles").mkdir(parents=True)
    for number in range(8):
        (content / f"articles/{number}.md").write_text(story(body="# One" if number in {0, 7} else "## A subhead"))
    edition = Edition(content, "content", EditorialSettings(), "UTC")
    monkeypatch.setattr(running, "_CHUNK", 3)
    beside = check(edition, 2)
    assert [(each.path, each.code) for each in beside] == [
        ("content/articles/0.md", "heading"),
        ("content/articles/7.md", "heading"),
    ]
    asked, read = [], stories.read
    monkeypatch.setattr(stories, "read", lambda file, *rest, **named: asked.append(file) or read(file, *rest, **named))
    assert check(edition, 1) == beside
    assert sorted(asked) == [content / f"articles/{number}.md" for number in range(8)]


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.text(alphabet=st.sampled_from("\n-:'\"[]{}()&*!|>%@`#$<~ \ttitle date2026-04imgsom.png\u201c"), max_size=300),
    st.booleans(),
)
def test_no_text_makes_it_fail(edition, text, as_body):
    found_in(edition, story(body=text) if as_body else text)
