"""The figures of docs/tagging.md, measured again."""

import json

import pytest

from plugins.country_pages.tagging.measuring import Figures, held_back, measured, table
from tests.support.site import ROOT

LABELLED = [json.loads(line) for line in (ROOT / "tests/data/tagging/labelled.jsonl").read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def figures(tagger):
    return measured(filter(held_back, LABELLED), tagger.countries)


def test_the_set_is_wide_enough():
    languages = [story["id"].partition("-")[0] for story in LABELLED]
    assert len(LABELLED) >= 150
    assert len({story["id"] for story in LABELLED}) == len(LABELLED)
    assert {language: languages.count(language) >= 20 for language in set(languages)} == dict.fromkeys(
        ["en", "kk", "ky", "ru", "tg", "tk", "uz"], True
    )


def test_the_document_has_the_measured_figures(figures):
    assert table(figures) in (ROOT / "docs" / "tagging.md").read_text("utf-8"), "run tools/measure_tagging.py"


def test_the_figures_do_not_fall(figures):
    assert figures["all"].f1 >= 0.93
    assert figures["all"].precision > 0.9
    assert figures["all"].recall > 0.9
    assert {language: one.f1 >= 0.85 for language, one in figures.items() if one.f1 < 0.85} == {}


def test_figures_are_counted():
    one = Figures(stories=2, right=3, wrong=1, missed=2)
    assert (one.precision, one.recall, one.f1) == (0.75, 0.6, pytest.approx(2 / 3))
    assert (Figures().precision, Figures().recall, Figures().f1) == (1, 1, 1)
    stories = [{"id": "en-02", "title": "a", "text": "b", "countries": ["KZ", "UZ"]}]
    assert measured(stories, lambda _title, _text: ["KZ", "RU"])["en"] == Figures(1, 1, 1, 1)
