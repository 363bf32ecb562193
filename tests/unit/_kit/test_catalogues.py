import pytest
from babel.messages.plurals import get_plural

from plugins._kit import catalogues
from plugins._kit.errors import EditionError

NONE = "/no/theme"
HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'


def names(lang, theme=NONE):
    return [file.name for file in catalogues.files(lang, str(theme))]


def test_the_nearest_language_serves_and_another_script_does_not():
    assert names("ru") == names("ru-KZ") == ["ru.po"]
    assert names("uz") == names("uz-Latn") == names("uz_Latn_UZ") == ["uz.po"]
    assert names("uz-Cyrl") == []
    assert names("kk") == []


@pytest.mark.parametrize(
    ("lang", "forms"),
    [
        ("en", {1: "1 story", 2: "2 stories", 5: "5 stories"}),
        ("ru", {1: "1 материал", 3: "3 материала", 11: "11 материалов", 21: "21 материал", 25: "25 материалов"}),
        ("uz", {1: "1 ta material", 2: "2 ta material"}),
        ("kk", {1: "1 story", 2: "2 stories"}),
    ],
)
def test_counts_take_the_forms_of_their_language(lang, forms):
    words = catalogues.read(catalogues.files(lang, NONE))
    shown = {n: words.ngettext("%(shown)s story", "%(shown)s stories", n) % {"shown": n} for n in forms}
    assert shown == forms


def test_one_english_word_has_as_many_translations_as_meanings():
    words = catalogues.read(catalogues.files("ru", NONE))
    assert (words.pgettext("converter", "From"), words.pgettext("site", "From")) == ("Из", "Источник:")


def test_a_themes_own_words_go_first_and_the_suites_stay(tmp_path):
    own = tmp_path / "translations" / "ru.po"
    own.parent.mkdir()
    own.write_text(HEAD + 'msgid "Sections"\nmsgstr "Разделы"\n', "utf-8")
    words = catalogues.read(catalogues.files("ru", str(tmp_path)))
    assert [words.gettext(each) for each in ("Sections", "Topics", "Nothing known")] == [
        "Разделы",
        "Темы",
        "Nothing known",
    ]


def test_a_damaged_catalogue_is_told_with_its_file_and_line(tmp_path):
    own = tmp_path / "translations" / "ru.po"
    own.parent.mkdir()
    own.write_text(HEAD + 'msgid "Sections"\nnonsense\n', "utf-8")
    with pytest.raises(EditionError) as told:
        catalogues.read(catalogues.files("ru", str(tmp_path)))
    (problem,) = told.value.problems
    assert problem.path == str(own)
    assert problem.line == 5


def test_the_plural_forms_are_those_of_cldr():
    assert get_plural("ru").num_plurals == 3
    text = (catalogues.files("ru", NONE)[0]).read_text("utf-8")
    assert "nplurals=3" in text
