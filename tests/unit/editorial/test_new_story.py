"""A story begun by command: valid, in its folder, never over another."""

import datetime as dt
import io
import os
import pty
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.editorial import __main__ as command
from plugins.editorial import drafting, yaml_values
from plugins.editorial.checking.running import check
from plugins.editorial.configuration import edition
from tests.support.site import ROOT

GIVEN = {
    "--title": 'Rates: what "changed"',
    "--section": "economy",
    "--countries": "Uzbekistan, KZ",
    "--authors": "Tashkent desk",
    "--summary": "Two banks: one day.",
    "--at": "2026-11-24T09:01:30+05:00",
}
OLD = """---
title: A
date: 2026-01-01
category: Economy
authors: [Tashkent desk]
countries: [Uzbekistan]
summary: S.
---
"""


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    (tmp_path / "content/articles").mkdir(parents=True)
    (tmp_path / "content/articles/old.md").write_text(OLD)
    (tmp_path / "pelicanconf.py").write_text("ARTICLE_PATHS = ['articles']\nTIMEZONE = 'Asia/Tashkent'\n")
    return tmp_path


def new(**changed):
    options = {**GIVEN, **{f"--{name}": value for name, value in changed.items()}}
    return command.main(["new", *(part for pair in options.items() for part in pair)])


def test_a_draft_is_written_that_breaks_no_rule(desk, capsys):
    assert new() == 0
    file = desk / "content/articles/2026/11/rates-what-changed.md"
    assert capsys.readouterr().out == "content/articles/2026/11/rates-what-changed.md\n"
    text = file.read_text()
    assert "date: 2026-11-24 09:05 +05:00\nstatus: draft" in text
    assert "category: Economy\ncountries:\n  - Uzbekistan\n  - KZ\n" in text
    assert check(edition(desk / "pelicanconf.py"), 1) == []


def test_nothing_is_overwritten(desk, capsys):
    assert new() == 0
    before = (desk / "content/articles/2026/11/rates-what-changed.md").read_bytes()
    assert new(summary="Another.") == 2
    assert "is there already; nothing was written. Choose another slug" in capsys.readouterr().err
    assert (desk / "content/articles/2026/11/rates-what-changed.md").read_bytes() == before


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"section": "Econmy"}, "section: 'Econmy' is none. Did you mean 'Economy'?"),
        ({"authors": "Taskent desk"}, "authors: 'Taskent desk' is none. Did you mean 'Tashkent desk'?"),
        ({"countries": "Uzbekstan"}, "countries: 'Uzbekstan' is no country. Did you mean 'Uzbekistan'?"),
        ({"slug": "Not So"}, "slug: 'Not So' is none. Write 'not-so'."),
        ({"summary": "", "title": ""}, "summary: is missing."),
    ],
)
def test_what_is_wrong_or_missing_is_told_without_a_terminal(desk, capsys, changed, words):
    assert new(**changed) == 2
    assert words in capsys.readouterr().err
    assert not (desk / "content/articles/2026").exists()


def test_with_a_terminal_it_asks(desk):
    ours, theirs = pty.openpty()
    os.write(ours, b"Cats again\n\n1\nUzbekistan\n1\n\nThey are back.\n")
    arguments = ["--settings", str(desk / "pelicanconf.py"), "new", "--at", GIVEN["--at"]]
    run = subprocess.run(
        [sys.executable, "-m", "plugins.editorial", *arguments],
        cwd=ROOT, stdin=theirs, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    os.close(ours)
    os.close(theirs)
    assert run.returncode == 0, run.stderr
    text = (desk / "content/articles/2026/11/cats-again.md").read_text()
    assert "title: Cats again" in text
    assert "category: Economy" in text
    assert "summary: They are back." in text


def test_slugs_end_with_a_whole_word():
    assert drafting.slug("Ташкент: a very long headline that goes on and on until nobody reads it") == (
        "tashkent-a-very-long-headline-that-goes-on-and-on-until"
    )


def test_the_next_five_minutes():
    at = dt.datetime(2026, 1, 1, 23, 56, 1, tzinfo=dt.UTC)
    assert drafting.soon(at) == dt.datetime(2026, 1, 2, tzinfo=dt.UTC)
    assert drafting.soon(at.replace(minute=55, second=0)) == at.replace(minute=55, second=0)


@given(st.text(alphabet=st.characters(blacklist_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1))
def test_every_text_can_be_a_value(text):
    line = " ".join(text.split()) or "a"
    assert yaml_values.read(f"a: {drafting.quoted(line)}\n").value == {"a": line}
    assert yaml_values.read(f"a:\n  - {drafting.quoted(line)}\n").value == {"a": [line]}
