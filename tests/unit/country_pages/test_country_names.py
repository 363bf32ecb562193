import msgspec
import pytest
from babel import Locale
from country_stories import ENGLISH, SETTINGS, gazetteer

from plugins.country_pages import desks, reading, territories
from plugins.country_pages import gazetteer as names
from plugins.country_pages.settings import CountryPagesSettings


def desk(code: str, **fields: object) -> desks.Desk:
    head = msgspec.convert({"code": code, **fields}, desks.FrontMatter)
    return desks.Desk(head, "", f"content/countries/{code.lower()}.md", {".code": 2})


def codes(raw: object, made=None) -> list[str]:
    return [country.code for country in reading.resolve(raw, made or gazetteer())[0]]


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        ("Uzbekistan", ["UZ"]),
        ("UZBEKISTAN, kz", ["UZ", "KZ"]),
        (["uzb", "KAZ", "Uzbekistan"], ["UZ", "KZ"]),
        ("Central Asia", ["KZ", "KG", "TJ", "TM", "UZ"]),
        ("Tajikistan, central asia", ["TJ", "KZ", "KG", "TM", "UZ"]),
        ("Türkiye; Turkey; Turkiye", ["TR"]),
        ("Cote d'Ivoire, Côte d’Ivoire, Ivory Coast", ["CI"]),
        ("['Uzbekistan', 'RU']", ["UZ", "RU"]),
        ('["Uzbekistan", "Russia"]', ["UZ", "RU"]),
        ("[uz, ru]", ["UZ", "RU"]),
        (["- KZ", "- RU"], ["KZ", "RU"]),
        ("UK, USA, UAE", ["GB", "US", "AE"]),
        ("", []),
        (" , ", []),
        (None, []),
        ([], []),
    ],
)
def test_what_a_writer_may_write(raw, found):
    assert codes(raw) == found
    assert reading.resolve(raw, gazetteer())[1] == ()


@pytest.mark.parametrize(
    ("raw", "unknown"),
    [
        ("Atlantis, UZ", ("Atlantis",)),
        (["UZ", False], ("False",)),
        (["UZ", 7], ("7",)),
        (7, ("7",)),
        ({"UZ": 1}, ()),
        ("European Union", ("European Union",)),
        ("ZZ, XA, QO", ("ZZ", "XA", "QO")),
    ],
)
def test_what_nobody_knows(raw, unknown):
    assert reading.resolve(raw, gazetteer())[1] == unknown


def test_every_country_is_found_by_its_english_name_and_its_codes():
    made = gazetteer()
    for code, name in territories.english_names().items():
        assert codes([name], made) == [code]
        assert codes([code.lower()], made) == [code]
    assert all(codes([three], made) == [code] for three, code in territories.codes())
    slugs = [country.slug for country in made.countries.values()]
    assert len(slugs) == len(set(slugs)) > 240


def test_a_country_is_called_as_in_the_editions_language_and_its_address_stays_english():
    made = gazetteer(locale=Locale("ru"))
    country = made.countries["KZ"]
    assert (country.name, country.slug, country.url) == ("Казахстан", "kazakhstan", "countries/kazakhstan/")
    assert codes("Казахстан, Germany, Германия", made) == ["KZ", "DE"]


def test_desks_bring_names_aliases_and_their_languages():
    made = gazetteer(desks=[desk("UZ", name="Bukharia", aliases=["Sogdiana"], languages=["uz"], slug="bukharia")])
    assert made.countries["UZ"].name == "Bukharia"
    assert made.countries["UZ"].url == "countries/bukharia/"
    assert codes("sogdiana, Uzbekistan, Oʻzbekiston, Qozogʻiston", made) == ["UZ", "KZ"]
    assert codes("Qozogʻiston") == []


def test_settings_bring_aliases_for_one_country_or_several():
    settings = CountryPagesSettings(aliases={"Turkestan": ("KZ", "UZ"), "Georgia": ("GE",)}, region="Turan")
    made = gazetteer(settings)
    assert codes("Turkestan", made) == ["KZ", "UZ"]
    assert codes("Turan", made) == list(settings.countries)
    assert codes("Central Asia", made) == []


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ([desk("UZ", aliases=["Russia"])], ["content/countries/uz.md:1: 'Russia' already stands for RU"]),
        ([desk("UZ", aliases=["X land"]), desk("KZ", aliases=["x-land"])], ["kz.md:1: 'x-land' already stands for UZ"]),
        ([desk("UZ"), desk("UZ")], ["content/countries/uz.md:2: code: 'UZ' has its desk in content/countries/uz.md"]),
        ([desk("UZ", slug="russia")], ["slug: 'russia' is the address of Russia", "'russia' already stands for RU"]),
    ],
)
def test_desks_that_contradict_each_other(files, told):
    problems = names.build(SETTINGS, files, ENGLISH)[1]
    assert len(problems) == len(told)
    assert all(words in str(problem) for words, problem in zip(told, problems, strict=True))


YAML = (
    "---\ntitle: countries: all\ndate: 2026-01-01\ncountries:\n  - Uzbekistan\n  - Rusia\ntags: [Rusia]\n---\nRusia.\n"
)


@pytest.mark.parametrize(
    ("text", "name", "line", "remedy"),
    [
        (YAML, "Rusia", 6, "Did you mean 'Russia'?"),
        ("Title: x\nCountries: Rusia\n\nText", "Rusia", 2, "Did you mean 'Russia'?"),
        ("---\ncountries:\n- UZ\n- Kasachstan\n---\n", "Kasachstan", 4, "Did you mean 'Kazakhstan'?"),
        ("---\ncountries: [UZ,\n  Qqqqq]\n---\n", "Qqqqq", 3, "Write a country's name in English or its ISO code."),
        (":title: x\n:countries: Rusia\n", "Rusia", 2, "Did you mean 'Russia'?"),
        ("---\ncountries: [NO]\n---\n", "False", 2, "Put it in quotes, 'NO', or write Norway."),
        ("no such field", "Rusia", 0, "Did you mean 'Russia'?"),
    ],
)
def test_a_problem_stands_at_the_line_of_the_name(text, name, line, remedy):
    (problem,) = reading.problems([name], text, "content/a.md", gazetteer())
    assert (problem.path, problem.line, problem.remedy) == ("content/a.md", line, remedy)
    assert problem.code == "unknown-country"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"countries": ("UZ", "QQ")}, "'QQ' is no country's"),
        ({"countries": ("UZ", "UZ")}, "'UZ' is there twice"),
        ({"countries": ()}, "at least one"),
        ({"aliases": {"X": ("ZZ",)}}, "'ZZ' is no country's"),
        ({"aliases": {"X": ()}}, "'X' stands for no country"),
        ({"orphans": 20}, "must be less than per_page"),
        ({"region_url": "/countries"}, "is no address"),
        ({"feed": "feed"}, "is no file name"),
    ],
)
def test_settings_that_cannot_be(fields, words):
    with pytest.raises(ValueError, match=words):
        CountryPagesSettings(**fields)
