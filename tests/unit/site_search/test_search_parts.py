"""Which stories stand together, and that a part is the same bytes whenever it is made."""

import gzip
import json

import cbor2
import pytest

from plugins._kit.errors import EditionError
from plugins._kit.settings import decode
from plugins.site_search import indexing
from plugins.site_search.documents import Entry, document
from plugins.site_search.parts import parts
from plugins.site_search.settings import SiteSearchSettings


def months(found):
    return [[f"{year}-{month}" for year, month in part] for part in found]


def divided(stories, most):
    return months(parts(stories, lambda month: month, most))


def test_years_that_fit_stand_together_and_pages_with_the_oldest():
    assert divided([(2025, 1), (0, 0), (2024, 3)], 3) == [["0-0", "2024-3", "2025-1"]]
    assert divided([(2025, 1), (2024, 3), (2024, 4)], 2) == [["2024-3", "2024-4"], ["2025-1"]]


def test_a_year_that_is_too_long_is_divided_by_quarters_then_by_months():
    year = [(2025, month) for month in (1, 1, 2, 6, 9)]
    assert divided(year, 3) == [["2025-1", "2025-1", "2025-2"], ["2025-6", "2025-9"]]
    assert divided(year, 2) == [["2025-1", "2025-1"], ["2025-2", "2025-6"], ["2025-9"]]
    assert divided([(2025, 5)] * 4, 2) == [["2025-5"] * 4]


def test_a_new_story_changes_the_newest_part_alone():
    stories = [(year, month) for year in range(2015, 2026) for month in range(1, 13) for _ in range(3)]
    before, after = parts(stories, lambda month: month, 40), parts([*stories, (2026, 1)], lambda month: month, 40)
    assert len(before) == 11
    assert before[:-1] == after[: len(before) - 1]


def entry(number, **more):
    told = {
        "url": f"2025/04/story-{number}/",
        "language": "en",
        "title": f"Wheat & rye {number}",
        "text": f"<p>The council of <b>district</b> {number} met.</p>",
        "day": "25 April 2025",
        "section": ("Politics", "Life", "Culture")[number % 3],
        "countries": ("Tajikistan", "Uzbekistan", "Kyrgyzstan")[: number % 3 + 1],
    }
    return Entry(**told | more)


@pytest.fixture(scope="module")
def made():
    documents = {f"{each.url}index.html": document(each) for each in map(entry, range(9))}
    return [indexing.part(documents, "en", newest=newest) for newest in (True, False)]


def unpacked(files, pattern):
    return [
        gzip.decompress(content).removeprefix(b"pagefind_dcd") for name, content in files.items() if pattern in name
    ]


def test_the_same_documents_give_the_same_bytes(made):
    newest, older = made
    engine = {"pagefind.js", "wasm.en.pagefind"}
    assert older == {name: content for name, content in newest.items() if name not in engine}
    assert newest.keys() - older.keys() == engine


def test_the_names_of_the_settled_files_are_those_that_lead_to_them(made):
    files = made[1]
    entry_file = json.loads(files["pagefind-entry.json"])
    (meta,) = unpacked(files, f"pagefind.{entry_file['languages']['en']['hash']}.pf_meta")
    filters = cbor2.loads(meta)[3]
    assert [name for name, _ in filters] == ["country", "section"]
    names = [cbor2.loads(*unpacked(files, digest))[0] for _, digest in filters]
    assert names == ["country", "section"]


def test_a_result_has_what_it_is_shown_and_chosen_by_and_no_word_of_that_in_its_text(made):
    found = {each["url"]: each for each in map(json.loads, unpacked(made[1], "pf_fragment"))}
    assert found["/2025/04/story-1/"] | {"word_count": 0} == {
        "url": "/2025/04/story-1/",
        "content": "Wheat & rye 1. The council of district 1 met.",
        "word_count": 0,
        "filters": {"section": ["Life"], "country": ["Tajikistan", "Uzbekistan"]},
        "meta": {"title": "Wheat & rye 1", "day": "25 April 2025"},
        "anchors": [],
    }


def test_a_refusal_of_pagefind_is_told(monkeypatch):
    monkeypatch.setattr(indexing.pagefind_bin, "get_executable", lambda: "/bin/false")
    with pytest.raises(EditionError, match="Pagefind made no index"):
        indexing.part({"a/index.html": document(entry(1))}, "en", newest=False)


def test_an_address_of_the_page_is_a_folder():
    with pytest.raises(EditionError, match="no address such as 'search/'"):
        decode(SiteSearchSettings, "SITE_SEARCH", {"url": "search"})
