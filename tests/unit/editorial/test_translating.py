"""Which stories are taken for translations of each other."""

import datetime as dt
from types import SimpleNamespace

from plugins.editorial.translating import groups


def story(name, slug, lang, month=1):
    return SimpleNamespace(name=name, slug=slug, lang=lang, date=dt.datetime(2026, month, 1, tzinfo=dt.UTC))


def told(*stories, names=("slug",)):
    return [[each.name for each in together] for together in groups(stories, names)]


def test_one_slug_in_different_languages():
    assert told(story("a", "s", "en"), story("b", "t", "en"), story("c", "s", "ru", 2)) == [["a", "c"], ["b"]]


def test_one_slug_in_one_language_is_parted_by_months_and_then_for_good():
    assert told(story("a", "s", "en"), story("b", "s", "en", 2), story("c", "s", "ru", 2)) == [["a"], ["b", "c"]]
    assert told(story("a", "s", "en"), story("b", "s", "en"), story("c", "s", "ru")) == [["a"], ["b"], ["c"]]


def test_no_attribute_makes_no_translation():
    assert told(story("a", "s", "en"), story("c", "s", "ru"), names=()) == [["a"], ["c"]]
