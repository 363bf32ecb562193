import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from plugins.country_pages.tagging.front_matter import FrontMatterError, fields, listed, split, with_countries

CASES = {
    "flow": ("---\ntitle: A\ncountries: [KZ]\n---\nBody\n", "countries: [KZ, UZ, TJ]\n"),
    "flow, empty": ("---\ncountries: []\n---\n", "countries: [UZ, TJ]\n"),
    "flow, comma and comment": ("---\ncountries: [ KZ, ] # ours\n---\n", "countries: [ KZ, UZ, TJ ] # ours\n"),
    "flow, two lines": ("---\ncountries: [KZ,\n  KG]\ntitle: A\n---\n", "countries: [KZ,\n  KG, UZ, TJ]\ntitle"),
    "flow, a bracket in quotes": ('---\ncountries: ["K]Z"]\n---\n', 'countries: ["K]Z", UZ, TJ]\n'),
    "block": ("---\ncountries:\n  - KZ\ntags:\n  - a\n---\n", "countries:\n  - KZ\n  - UZ\n  - TJ\ntags:\n"),
    "block, flush": ("---\ncountries:\n- KZ\ntitle: A\n---\n", "countries:\n- KZ\n- UZ\n- TJ\ntitle"),
    "block, comment": ("---\ncountries: # x\n  - KZ # y\n\ntitle: A\n---\n", "  - KZ # y\n  - UZ\n  - TJ\n\ntitle"),
    "no value": ("---\ncountries:\ntitle: A\n---\n", "countries:\n  - UZ\n  - TJ\ntitle"),
    "scalar": ("---\ncountries: KZ, KG\n---\n", "countries: KZ, KG, UZ, TJ\n"),
    "scalar, comment": ("---\ncountries: KZ  # ours\n---\n", "countries: KZ, UZ, TJ  # ours\n"),
    "quoted": ('---\ncountries: "KZ, KG"\n---\n', 'countries: "KZ, KG, UZ, TJ"\n'),
    "quoted once": ("---\ncountries: '' # none\n---\n", "countries: 'UZ, TJ' # none\n"),
    "no field": ("---\ntitle: A\n---\nBody\n", "title: A\ncountries: [UZ, TJ]\n---\nBody"),
    "pelican": ("Title: A\nCountries: KZ\nDate: 2025-01-01\n\nBody\n", "Countries: KZ, UZ, TJ\nDate"),
    "pelican, continued": ("Title: A\nCountries: KZ,\n    KG\n\nBody\n", "KZ,\n    KG, UZ, TJ\n\nBody"),
    "pelican, semicolons": ("Countries: KZ; KG\n\nBody\n", "Countries: KZ; KG; UZ; TJ\n\n"),
    "pelican, no field": ("Title: A\n\nBody\n", "Title: A\nCountries: UZ, TJ\n\nBody"),
    "pelican, no body": ("Title: A\nDate: 2025-01-01", "Date: 2025-01-01\nCountries: UZ, TJ\n"),
}


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "bom"])
@pytest.mark.parametrize("case", CASES)
def test_countries_are_added_in_the_form_that_stands_there(case, mark, end):
    source, expected = (text.replace("\n", end) for text in CASES[case])
    edited = with_countries(mark + source, ["UZ", "TJ"])
    assert expected in edited
    assert edited.startswith(mark)
    before = listed(fields(split(mark + source)).get("countries"))
    assert listed(fields(split(edited)).get("countries")) == (*before, "UZ", "TJ")


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("---\ntitle: A\n", "no closing ---"),
        ("---\ncountries: [KZ\n---\n", "no closing bracket"),
        ("---\ncountries: [KZ, # x\n  KG]\n---\n", "comment"),
        ("---\ncountries: |\n  KZ\n---\n", "cannot be added to"),
        ("---\ncountries:\n  KZ: 1\n---\n", "something else"),
        ('---\ncountries: "KZ\n---\n', "not closed"),
        ("Only a body.\n", "no front matter"),
    ],
)
def test_what_cannot_be_edited_is_refused_in_words(source, words):
    with pytest.raises(FrontMatterError, match=words):
        with_countries(source, ["UZ"])


def test_yaml_that_is_broken_is_told():
    with pytest.raises(FrontMatterError, match="not YAML"):
        fields(split("---\ntitle: [\n---\n"))


def test_norway_is_no_no():
    assert listed(fields(split("---\ncountries: [NO, no, KZ, ~]\n---\n"))["countries"]) == ("NO", "no", "KZ", "~")


CODES = st.lists(st.sampled_from(["KZ", "KG", "TJ", "TM", "UZ", "RU"]), max_size=4, unique=True)
OTHER = st.lists(
    st.sampled_from(["title: A: b", "title: 'x # y'", "tags: [a, b]", "# a note", "tags:\n  - a\n  - b", ""]),
    max_size=4,
)
FORMS = st.sampled_from(["flow", "block", "scalar", "quoted", "none"])
BODY = st.text(alphabet="ab :-[]#'\"\nқўʻ", max_size=40)


def written(form: str, codes: list[str]) -> list[str]:
    if form == "flow":
        return [f"countries: [{', '.join(codes)}]"]
    if form == "block" and codes:
        return ["countries:", *(f"  - {code}" for code in codes)]
    if form == "scalar" and codes:
        return [f"countries: {', '.join(codes)}"]
    if form == "quoted":
        return [f'countries: "{", ".join(codes)}"']
    return []


@given(form=FORMS, codes=CODES, more=CODES, before=OTHER, after=OTHER, body=BODY, end=st.sampled_from(["\n", "\r\n"]))
def test_only_the_field_changes(  # noqa: PLR0917 - hypothesis supplies them by name
    form, codes, more, before, after, body, end
):
    header = [line for line in before if not line.startswith("title: A")]
    lines = ["---", *header, *written(form, codes), *after, "---", body]
    source = "\n".join(lines).replace("\n", end)
    edited = with_countries(source, more)
    expected = codes if written(form, codes) else []
    matter, was = split(edited), split(source)
    assert "".join(matter.lines[matter.body :]) == "".join(was.lines[was.body :])
    if not more:
        assert edited == source
        return
    kept = [line for line in was.lines if line in matter.lines]
    assert len(was.lines) - len(kept) <= 1, "more than the field's own line changed"
    assert all(line.endswith(end) for line in matter.lines[: matter.body - 1])
    header_text = "".join(matter.lines[matter.first : matter.end])
    if ": A: b" not in header_text:
        assert listed(yaml.safe_load(header_text)["countries"]) == (*expected, *more)


@pytest.mark.parametrize(
    "line", ["date: 2026-04-31", "date: 2026-04-30 25:00:00", "slug: 0b", "a: &a [b]\nc: [*a, *a]"]
)
def test_what_other_fields_hold_is_left_as_it_is_written(line):
    assert fields(split(f"---\n{line}\ntitle: A\n---\n"))["title"] == "A"


def test_what_is_no_text_is_no_country():
    bomb = "a: &a [KZ, KZ]\nb: &b [*a, *a]\ncountries: [*b, {TJ: 1}, [UZ], TM]"
    assert listed(fields(split(f"---\n{bomb}\n---\n"))["countries"]) == ("TM",)
