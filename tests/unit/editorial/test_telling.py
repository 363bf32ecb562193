"""The words that would betray what is held back: its own, and none that public files have too."""

import pytest

from plugins.editorial import __main__ as command

STORY = """---
title: {title}
date: 2026-11-01
{more}
category: Economy
tags: [Oil price cap]
summary: {summary}
---
{body}
"""
PLAN = "The ministry will buy every refinery in the country by the end of next year, says a paper."


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    settings = "ARTICLE_PATHS = ['articles']\nTIMEZONE = 'Asia/Tashkent'\nARTICLE_URL = '{date:%Y}/{date:%m}/{slug}/'\n"
    (tmp_path / "publishconf.py").write_text(settings)
    write(tmp_path, "open", title="What everybody may read today", summary="It is no secret.", body="Look.")
    return tmp_path


def write(desk, name, more="status: published", **fields):
    file = desk / f"content/articles/{name}.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(STORY.format(more=more, **fields))


def told(capsys, at="2026-11-24T12:00:00+05:00"):
    assert command.main(["--settings", "publishconf.py", "withheld", "--at", at]) == 0
    return capsys.readouterr().out.splitlines()


def test_everything_that_is_a_held_storys_own_is_told(desk, capsys):
    body = (
        "Officials have *never* said so.\n\n![Papers](plan-on-a-desk.jpg)\n\nThey met on Friday to sign the contract."
    )
    write(
        desk,
        "one",
        "slug: state-buys-refineries\nembargo: 2026-12-01",
        title="The state buys it",
        summary=PLAN,
        body=body,
    )
    assert told(capsys) == [
        "The state buys it",
        "The ministry will buy every refinery in the country by the",
        "They met on Friday to sign the contract.",
        "2026/11/state-buys-refineries/",
        "state-buys-refineries",
        "articles/one",
        "plan-on-a-desk",
    ]
    assert told(capsys, "2026-12-01T00:00:00+05:00") == []


@pytest.mark.parametrize("more", ["status: draft", "status: skip", "embargo: 2026-12-01"])
def test_drafts_too_are_held(desk, capsys, more):
    write(desk, "note", more, title="A", summary=PLAN, body="B")
    assert "2026/11/note/" in told(capsys)


def test_what_is_short_or_public_betrays_nothing(desk, capsys):
    body = "It is no secret, he said to all of them.\n\n![Sea](shown.jpg)"
    write(
        desk,
        "open",
        title="A plan for the sea",
        summary="To be read today by everybody.",
        body=f"![Sea](shown.jpg) {PLAN}",
    )
    write(desk, "oil-price-cap", "status: draft\nid: articles/open", title="Rates", summary=PLAN, body=body)
    assert told(capsys) == ["It is no secret, he said to all of them.", "2026/11/oil-price-cap/"]


def test_an_address_that_was_published_once_is_known(desk, capsys):
    write(desk, "back-to-the-desk", "status: draft", title="A", summary="B", body="C")
    assert "2026/11/back-to-the-desk/" in told(capsys)
    (desk / "content/urls.csv").write_text(
        "2026/11/back-to-the-desk/,articles/back-to-the-desk,2026-11-01,gone,,Wrong\n"
    )
    assert told(capsys) == []


def test_a_preview_holds_nothing_back(desk, capsys):
    write(desk, "note", "status: draft", title="A", summary=PLAN, body="B")
    with (desk / "publishconf.py").open("a") as settings:
        settings.write("EDITORIAL = {'preview': True}\n")
    assert told(capsys) == []
