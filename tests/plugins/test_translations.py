"""Stories in other languages than the edition's, in sites really built by Pelican."""

import feedparser
import lxml.html
import pytest

from tests.support.site import ROOT, Site

SITE = "https://test.example"
ALL = ("editorial", "story_lists", "country_pages", "structured_data", "syndication", "text_edition")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A story in three languages, one in Uzbek and Kazakh alone, and one in Russian alone, all of one slug's month."""
    made = Site(
        tmp_path_factory.mktemp("languages"),
        PLUGINS=[f"plugins.{name}" for name in ALL],
        DIRECT_TEMPLATES=["index"],
        THEME=str(ROOT / "theme"),
        JINJA_ENVIRONMENT={"autoescape": True, "trim_blocks": True, "lstrip_blocks": True},
        ARTICLE_URL="{slug}/",
        ARTICLE_SAVE_AS="{slug}/index.html",
        ARTICLE_LANG_URL="{slug}/{lang}/",
        ARTICLE_LANG_SAVE_AS="{slug}/{lang}/index.html",
    )
    for name, lang, title in (
        ("road", "en", "The road"),
        ("road", "ru", "Дорога"),
        ("road", "uz", "Yoʻl"),
        ("river", "uz", "Daryo"),
        ("river", "kk", "Өзен"),
        ("lake", "ru", "Озеро"),
    ):
        fields = {} if lang == "en" else {"lang": lang, "translation": lang != "uz" and name != "lake"}
        made.article(f"{name}-{lang}", slug=name, title=title, summary=f"{title}.", countries=["UZ"], **fields)
    done = made.build(fatal="warnings")
    assert done.status == 0, done.log
    return done


def tree(built, name):
    return lxml.html.document_fromstring(
        built.read(f"{name}index.html").encode(), parser=lxml.html.HTMLParser(encoding="utf-8")
    )


STORIES = {
    "road/": ("en", {"en": "road/", "ru": "road/ru/", "uz": "road/uz/"}, "road/"),
    "road/ru/": ("ru", {"en": "road/", "ru": "road/ru/", "uz": "road/uz/"}, "road/"),
    "road/uz/": ("uz", {"en": "road/", "ru": "road/ru/", "uz": "road/uz/"}, "road/"),
    "river/uz/": ("uz", {"kk": "river/kk/", "uz": "river/uz/"}, "river/kk/"),
    "river/kk/": ("kk", {"kk": "river/kk/", "uz": "river/uz/"}, "river/kk/"),
    "lake/ru/": ("ru", {}, ""),
}


@pytest.mark.parametrize("name", STORIES)
def test_each_names_itself_and_all_others_alike(built, name):
    _, there, default = STORIES[name]
    named = {each.get("hreflang"): each.get("href") for each in tree(built, name).xpath("//link[@hreflang]")}
    expected = {lang: f"{SITE}/{url}" for lang, url in there.items()}
    assert named == (expected | {"x-default": f"{SITE}/{default}"} if expected else {})


@pytest.mark.parametrize("name", STORIES)
def test_a_reader_finds_the_others_by_their_own_names(built, name):
    lang, there, _ = STORIES[name]
    words = {"en": "English", "ru": "Русский", "uz": "O‘zbek", "kk": "Қазақ тілі"}
    for prefix in ("", "text/"):
        links = tree(built, prefix + name).xpath("//a[@hreflang]")
        shown = {(each.get("hreflang"), each.get("lang"), each.text, each.get("href")) for each in links}
        others = there.items() - {(lang, name)}
        assert shown == {(one, one, words[one], f"{SITE}/{prefix}{url}") for one, url in others}, prefix


@pytest.mark.parametrize("name", STORIES)
def test_a_storys_own_words_say_their_language_and_the_frame_keeps_its_own(built, name):
    lang = STORIES[name][0]
    page = tree(built, name)
    assert page.xpath("/html/@lang") == ["en"]
    for path in ("//title", "//h1", "//p[@class='standfirst']", "//div[@class='prose']"):
        assert page.xpath(f"({path})[1]/@lang") == ([] if lang == "en" else [lang]), path
    assert page.xpath("//*[@class='article-meta' or @class='kicker']/ancestor-or-self::*/@lang") == ["en"]
    assert tree(built, f"text/{name}").xpath("//article/@lang") == ([] if lang == "en" else [lang])


@pytest.mark.parametrize("name", ["", "archive/", "sections/news/", "countries/uzbekistan/", "text/archive/"])
def test_a_list_says_the_language_of_each_foreign_headline(built, name):
    page = tree(built, name)
    for title, lang in (("The road", "en"), ("Озеро", "ru")):
        (headline,) = page.xpath(f"//main//*[self::h2 or self::h3 or self::h4][normalize-space()='{title}']")
        assert headline.xpath("string(ancestor-or-self::*[@lang][1]/@lang)") == lang
    assert page.xpath("count(//main//a[normalize-space()='Дорога'])") == 0, "a translation stands beside its story"


def test_a_feed_says_the_language_of_each_foreign_story(built):
    entries = feedparser.parse(built.read("feed.atom")).entries
    assert {entry.title: entry.title_detail.language for entry in entries}.items() >= {
        ("The road", "en"),
        ("Озеро", "ru"),
    }


def test_search_engines_are_told_what_translates_what(built):
    original, russian, kazakh = (built.read(f"{name}index.html") for name in ("road/", "road/ru/", "river/kk/"))
    assert f'"workTranslation":[{{"@type":"NewsArticle","@id":"{SITE}/road/ru/#article","inLanguage":"ru"}}' in original
    assert f'"translationOfWork":{{"@type":"NewsArticle","@id":"{SITE}/road/#article","inLanguage":"en"}}' in russian
    assert f'"workTranslation":[{{"@type":"NewsArticle","@id":"{SITE}/river/uz/#article"' in kazakh
    assert "translationOfWork" not in kazakh


def test_pictures_of_translations_stand_in_one_order_whatever_order_files_are_found_in(tmp_path):
    made = Site(tmp_path, PLUGINS=["plugins.editorial"], DIRECT_TEMPLATES=["index"], THEME="simple")
    made.write("content/images/a.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"/>')
    made.article("road", '![A road](a.svg "A road")')
    for lang in ("kk", "ky", "ru", "tg", "tk", "uz"):
        made.article(f"road-{lang}", f'![A road](a.svg "{lang}")', slug="road", lang=lang, translation=True)
    orders = set()
    for seed in ("1", "2", "3"):
        built = made.build(seed, seed=seed)
        assert built.status == 0, built.log
        orders.add(built.read("pictures/index.html"))
    assert len(orders) == 1
