"""Headers as people write them: what is read, and what is told at which line."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.editorial import fields, header

ZONE = ZoneInfo("Asia/Tashkent")
GOOD = """---
title: "Rates: a primer"
date: 2025-04-25 09:00 +06:00
category: Economy
tags: [money, banks]
countries: [NO, Uzbekistan]
authors:
  - Tashkent desk
summary: One sentence.
image:
  src: a.png
  alt: A picture
corrections:
  - date: 2025-04-26 10:00
    text: A name was wrong.
sources: The bank, its table
---

Text.
"""


def check(text):
    """The values and the problems as (line, code) of a file's text or bytes."""
    data = text.encode() if isinstance(text, str) else text
    decoded, problems = header.decode(data, "a.md")
    if problems:
        return {}, [(each.line, each.code) for each in problems]
    found = header.split(decoded, "a.md")
    values, problems = fields.read(found, ZONE)
    problems += fields.missing(found, values, ("title", "date")) if found.values else []
    return values, [(each.line, each.code) for each in problems]


def test_a_good_header_in_yaml():
    values, problems = check(GOOD)
    assert problems == []
    assert values["title"] == "Rates: a primer"
    assert values["date"].isoformat() == "2025-04-25T09:00:00+06:00"
    assert values["tags"] == ("money", "banks")
    assert values["countries"] == ["NO", "Uzbekistan"], "Norway is not false"
    assert values["image"].alt == "A picture"
    assert values["corrections"][0].date == dt.datetime(2025, 4, 26, 10, tzinfo=ZONE)
    assert values["sources"] == ("The bank, its table",)


def test_the_body_and_its_line():
    found = header.split(GOOD, "a.md")
    assert found.body == "\nText.\n"
    assert GOOD.split("\n")[found.body_line] == "Text."


def test_a_good_header_in_pelicans_form():
    values, problems = check(
        "Title: A story: with a colon\nDate: 2025-04-25\nTags: one, two\nSummary: It goes\n  on.\n\nText.\n"
    )
    assert problems == []
    assert (values["title"], values["tags"], values["summary"]) == (
        "A story: with a colon",
        ("one", "two"),
        "It goes on.",
    )
    assert values["date"] == dt.datetime(2025, 4, 25, tzinfo=ZONE)


def story(*lines):
    return "\n".join(["---", "title: A", "date: 2025-04-25", *lines, "---", "Text.", ""])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("---\ndate: 2025-04-25\n---\n", [(1, "missing-title")]),
        ("---\ntitle: A\n---\n", [(1, "missing-date")]),
        ("---\ntitle:\ndate: 2025-04-25\n---\n", [(2, "missing-title")]),
        ("---\ntitle: A\ndate: 2025-04-31\n---\n", [(3, "bad-date"), (3, "missing-date")]),
        (story("modified: yesterday"), [(4, "bad-modified")]),
        (story("titel: B"), [(4, "unknown-field")]),
        (story("status: publshed"), [(4, "bad-status")]),
        (story("slug: Not A Slug"), [(4, "bad-slug")]),
        (story("title: B"), [(4, "duplicate-field")]),
        (story("tags:", "  one: two"), [(4, "bad-tags")]),
        (story("summary: one: two"), [(4, "yaml")]),
        (story("tags:", "\t- one"), [(5, "yaml")]),
        (story('summary: "never closed'), [(4, "yaml")]),
        (story("tags: [one, two"), [(4, "yaml")]),
        (story("image:", "  src: a.png"), [(4, "bad-image")]),
        (story("image:", "  src: a.png", "  alt: x", "  by: y"), [(7, "bad-image")]),
        (story("corrections: Sorry"), [(4, "bad-corrections")]),
        (story("corrections:", "  - date: x", "    text: y"), [(5, "bad-corrections")]),
        (story("corrections:", "  - Sorry"), [(5, "bad-corrections")]),
        (story("image:", "  alt: x", "  alt: y", "  src: a.png"), [(6, "duplicate-field")]),
        (story("summary: &a x"), [(4, "yaml")]),
        (story("tags: &a [*a]"), [(4, "yaml")]),
        (story("summary: !!python/object:os.system x"), [(4, "yaml")]),
        (story("tags: " + "[" * 9000 + "]" * 9000), [(4, "yaml")]),
        (story("summary: a\x07b"), [(4, "yaml")]),
        (story("summary: @all"), [(4, "yaml")]),
        (story("summary: 'It's late'"), [(4, "yaml")]),
        (story("just some words"), [(4, "yaml")]),
        (story("  slug: b"), [(4, "yaml")]),
        (story("? [a]", ": b"), [(4, "yaml")]),
        (story("ignore_rules: {long-title: }"), [(4, "bad-ignore_rules")]),
        (story() + story(), [(6, "two-stories")]),
        (story("embargo: tomorrow"), [(4, "bad-embargo")]),
        (story("\u201cslug\u201d: b"), [(4, "curly-quotes")]),
        ("---\ntitle: A\ndate: 2025-04-25\n\nText.\n", [(1, "header")]),
        ("---\n- a\n- b\n---\n", [(2, "header")]),
        ("Just text.\n", [(1, "header")]),
        ("", [(1, "header")]),
        ("\ufeff" + story(), []),
        (story().replace("\n", "\r\n"), []),
        (story("tags: [один, екі]"), []),
        (story("summary: Ташкент").encode("cp1251"), [(4, "encoding")]),
        (b"\x89PNG\r\n\x1a\n\0\0\0", [(1, "encoding")]),
        (b"---\ntitle: A\0\n---\n", [(2, "encoding")]),
    ],
)
def test_what_is_told_and_where(text, expected):
    assert check(text)[1] == expected


def test_an_unknown_field_names_the_nearest():
    found = header.split(story("sumary: x"), "a.md")
    (problem,) = fields.read(found, ZONE)[1]
    assert str(problem) == "a.md:4: there is no field sumary. Did you mean summary? [unknown-field]"


@given(st.binary(max_size=400))
def test_no_bytes_make_it_fail(data):
    check(data)


@given(st.text(alphabet=st.sampled_from("---\n:'\"[]{}&*!|>%@`# \tabtitledate2025-04\u201c"), max_size=120))
def test_no_header_makes_it_fail(text):
    check(f"---\n{text}\n---\n")
    check(text)
