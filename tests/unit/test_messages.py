"""The check of the catalogues, by catalogues that are wrong in one way each."""

import importlib.util
from io import BytesIO

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from tests.support.site import ROOT

_SPEC = importlib.util.spec_from_file_location("messages", ROOT / "tools" / "messages.py")
messages = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(messages)


def catalogue(text, locale="ru"):
    return read_po(BytesIO(text.encode()), locale=locale)


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ('msgid "Pages"\nmsgstr ""\n', "'Pages' is not translated"),
        ('#, fuzzy\nmsgid "Pages"\nmsgstr "Страницы"\n', "'Pages' is marked fuzzy"),
        ('#, python-format\nmsgid "Of %(name)s"\nmsgstr "О %(nmae)s"\n', "'Of %(name)s': "),
        ('msgid "%(n)s day"\nmsgid_plural "%(n)s days"\nmsgstr[0] "день"\nmsgstr[1] "дня"\n', "'%(n)s day' "),
    ],
)
def test_each_mistake_is_told(entry, told):
    found = list(messages.problems(catalogue(entry), "ru.po"))
    assert any(told in problem for problem in found), found


def test_a_whole_catalogue_passes_and_a_new_language_may_begin_empty():
    assert not list(messages.problems(catalogue('msgid "Pages"\nmsgstr "Страницы"\n'), "ru.po"))
    assert not list(messages.problems(catalogue('msgid "Pages"\nmsgstr ""\n', "kk"), "kk.po"))


def test_an_update_keeps_what_is_translated_and_drops_what_is_gone():
    template = Catalog()
    template.add("Pages", locations=[("theme/a.html", 0)])
    template.add("New")
    known = catalogue('msgid "Pages"\nmsgstr "Страницы"\n\nmsgid "Gone"\nmsgstr "Нет"\n')
    made = {message.id: message.string for message in messages.update(known, template) if message.id}
    assert made == {"Pages": "Страницы", "New": ""}


def test_a_catalogue_is_written_the_same_whenever_it_is_written():
    template = Catalog()
    template.add("Pages", locations=[("theme/a.html", 12)])
    once = messages.written(messages.update(catalogue('msgid "Pages"\nmsgstr "Страницы"\n'), template))
    assert messages.written(messages.update(catalogue(once.decode()), template)) == once
    assert b"Date" not in once
    assert b"a.html:12" not in once


def test_the_catalogues_of_the_suite_are_current_and_whole():
    files = sorted(messages.FOLDER.glob("*.po"))
    assert {file.stem for file in files} >= set(messages.WHOLE)
    assert not [problem for file in files for problem in messages._work(file, write=False)]
