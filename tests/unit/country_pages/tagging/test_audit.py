import json
import subprocess
import sys

import pytest

from plugins.country_pages.__main__ import main
from plugins.country_pages.tagging.auditing import Article, findings, plain
from plugins.country_pages.tagging.jsonl import answers
from plugins.country_pages.tagging.naming import codes_by_name, written
from tests.support.site import ROOT


def article(**changed):
    values = {
        "path": "a.md", "title": "Uzbekistan sells gas to China", "summary": "", "body": "Tashkent signed in Beijing.",
        "tagged": (), "ignored": (), "line": 4,
    }  # fmt: skip
    return Article(**{**values, **changed})


def found(tagger, **changed):
    return [(each.kind, each.country) for each in findings(article(**changed), tagger, codes_by_name())]


def test_missing_countries_are_found_with_line_and_sentence(tagger):
    first = next(findings(article(), tagger, codes_by_name()))
    told = str(first.problem())
    assert told.startswith("a.md:4: ")
    assert "“Uzbekistan sells gas to China”" in told
    assert found(tagger) == [("missing", "CN"), ("missing", "UZ")]


def test_names_codes_and_names_in_other_languages_count_as_tags(tagger):
    assert found(tagger, tagged=("Узбекистан", "cn")) == []


def test_an_editors_no_is_remembered(tagger):
    assert found(tagger, tagged=("UZ",), ignored=("China",)) == []


def test_a_tag_without_any_word_for_it_is_unsupported(tagger):
    assert found(tagger, tagged=("UZ", "CN", "Turkmenistan")) == [("unsupported", "TM")]
    assert found(tagger, tagged=("UZ", "CN", "TM"), ignored=("TM",)) == []


def test_addresses_and_marks_are_no_evidence(tagger):
    assert plain("## A [road](https://kun.uz/tashkent) <b>x</b> `code`").split() == ["A", "road", "x"]
    assert found(tagger, title="A road", body="See https://example.kz/kazakhstan") == []


def test_countries_are_written_as_those_beside_them():
    assert written("UZ", []) == "UZ"
    assert written("UZ", ["KZ"]) == "UZ"
    assert written("UZ", ["Kazakhstan"]) == "Uzbekistan"
    assert written("NO", []) == "Norway"


def test_the_filter_answers_in_order_and_names_bad_lines(tagger):
    lines = ['{"id": 7, "title": "Пожар в Алматы", "text": "Рынок сгорел."}', "no", "", '{"title": "x"}', "[]",
             '{"id": "b", "title": null, "text": "Bees."}', b'{"id": "\xff"}', '{"id": 1, "title": 2}']  # fmt: skip
    made = list(answers(lines, tagger))
    assert json.loads(made[0].line)["countries"] == ["KZ"]
    assert [each.complaint.split(":")[0] for each in made if each.complaint] == [
        "line 2", "line 4", "line 5", "line 7", "line 8",
    ]  # fmt: skip
    assert json.loads(made[4].line) == {"id": "b", "countries": [], "why": []}


def test_the_filter_as_a_command():
    given = '{"id": 1, "title": "Kazakhstan", "text": ""}\nbad\n'
    command = [sys.executable, "-m", "plugins.country_pages", "suggest", "--jsonl"]
    done = subprocess.run(command, input=given, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 1
    assert json.loads(done.stdout)["countries"] == ["KZ"]
    assert done.stderr.startswith("line 2: ")


@pytest.fixture
def archive(tmp_path):
    (tmp_path / "one.md").write_bytes(b"---\r\ntitle: Uzbekistan sells gas\r\n---\r\nTashkent signed.\r\n")
    (tmp_path / "two.md").write_text("Title: Bees\n\nA model.\n", "utf-8")
    return tmp_path


def test_the_audit_tells_and_mends(archive, capsys):
    assert main(["audit", str(archive)]) == 1
    assert f"{archive}/one.md:1: UZ is missing" in capsys.readouterr().out
    assert main(["audit", str(archive), "--fix"]) == 0
    assert b"\r\ncountries: [UZ]\r\n---\r\n" in (archive / "one.md").read_bytes()
    assert main(["audit", str(archive)]) == 0
    assert sorted(path.name for path in archive.iterdir()) == ["one.md", "two.md"], "nothing is left beside them"


def test_the_audit_works_in_several_processes(archive, capsys):
    for number in range(70):
        (archive / f"n{number:02}.md").write_text("---\ntitle: Kazakhstan\n---\nAstana.\n", "utf-8")
    assert main(["audit", str(archive), "--processes", "2"]) == 1
    told = capsys.readouterr()
    assert told.out.count("KZ is missing") == 70
    assert told.out.splitlines() == sorted(told.out.splitlines())
    assert "72 articles audited, 71 countries missing." in told.err


def test_files_that_cannot_be_read_are_told(tmp_path, capsys):
    (tmp_path / "bad.md").write_bytes(b"\xff\xfe")
    (tmp_path / "open.md").write_text("---\ntitle: A\n", "utf-8")
    assert main(["audit", str(tmp_path)]) == 1
    told = capsys.readouterr().out
    assert "bad.md:1: is not UTF-8" in told
    assert "open.md:1: the front matter has no closing ---" in told
    assert main(["audit", str(tmp_path / "none")]) == 2
