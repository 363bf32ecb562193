import pytest
from country_stories import gazetteer

from plugins.country_pages import desks
from tests.support.site import ROOT

GOOD = """---
code: UZ
name: Uzbekistan
languages: [uz]
facts:
  - label: Area
    value: 447,400 square kilometres
    source: CIA World Factbook
---
*Words* of the desk.

---

More.
"""


def test_a_desk_file_is_read():
    desk, problems = desks.parse(GOOD, "content/countries/uzbekistan.md")
    assert problems == ()
    assert desk.head.code == "UZ"
    assert desk.head.facts == (desks.Fact("Area", "447,400 square kilometres", "CIA World Factbook"),)
    assert desk.words.startswith("<p><em>Words</em> of the desk.</p>\n<hr>")
    assert desk.lines[".facts[0].source"] == 8


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Words alone.", ["x.md:1: has no front matter"]),
        ("---\n---\nWords.", ["x.md:1: has no fields"]),
        ("---\nname: X\n---\n", ["x.md:1: has no code"]),
        (
            "---\ncode: UZ\nfacts:\n - label: A\n   value: 3\n   source: B\n---\n",
            ["x.md:5: facts[0].value: expected 'str'"],
        ),
        ("---\ncode: UZ\nfacts:\n - label: A\n   value: B\n---\n", ["x.md:4: facts[0]: object missing required field"]),
        ("---\ncode: UZ\ncapital: [A\n---\n", ["x.md:4: is not YAML"]),
        ("---\ncode: UZ\n\tcapital: A\n---\n", ["x.md:3: is not YAML"]),
        ("---\ncode: uz\n---\n", ["x.md:2: code: 'uz' is no ISO 3166-1"]),
        ("---\ncode: NO\n---\n", ["x.md:2: code: expected 'str', got 'bool'"]),
        ("---\ncode: UZ\ncurrency: SUM\n---\n", ["x.md:3: currency: 'SUM' is no ISO 4217"]),
        ("---\ncode: UZ\nslug: Uz Bek\n---\n", ["x.md:3: slug: 'Uz Bek' cannot stand"]),
        ("---\ncode: UZ\nlanguages:\n- uz\n- qqq\n---\n", ["x.md:5: languages[1]: 'qqq' is no language"]),
        (
            "---\ncode: UZ\nlanguage: uz\ndeks: x\n---\n",
            ["x.md:3: 'language' is no field", "x.md:4: 'deks' is no field"],
        ),
    ],
)
def test_mistakes_are_told_with_their_line(text, told):
    desk, problems = desks.parse(text, "x.md")
    assert desk is None or "is no" in str(problems) or "cannot" in str(problems)
    assert len(problems) == len(told)
    for words, problem in zip(told, problems, strict=True):
        assert str(problem).startswith(words)
        assert problem.remedy


def test_the_editions_own_desks_are_right():
    found, problems = desks.read(ROOT / "content/countries", "content/countries")
    assert problems == ()
    assert sorted(desk.head.code for desk in found) == ["KG", "KZ", "TJ", "TM", "UZ"]
    assert gazetteer(desks=found).find("Ўзбекистон")[0].code == "UZ"
    assert all(desk.words and desk.head.facts and desk.head.summary for desk in found)


def test_a_folder_that_is_not_there_has_no_desks(tmp_path):
    assert desks.read(tmp_path / "none", "none") == ((), ())
