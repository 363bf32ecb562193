"""The head of each kind of page, from what such a page has in its context."""

import datetime as dt
import html
import json
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html
from markupsafe import Markup

from plugins._kit.paging import paginate
from plugins.structured_data import open_graph, schema_org
from plugins.structured_data.embedding import script_json
from plugins.structured_data.model import Edition, Picture
from plugins.structured_data.settings import StructuredDataSettings
from plugins.structured_data.views import HeadView

ZONE = ZoneInfo("Asia/Tashkent")
PUBLISHED = dt.datetime(2025, 4, 25, 18, 30, tzinfo=ZONE)
SITE = "https://paper.example"
CARD = Picture(f"{SITE}/images/share.png", "The Paper", 1200, 630)
EDITION = Edition("The Paper", "News of the steppe", SITE, "en", "en_GB", card=CARD, same_as=("https://x.example/p",))


def named(name, url=""):
    """A stand-in for Pelican's wrappers, which are their own names."""
    return type("Named", (), {"__str__": lambda _: name, "name": name, "url": url, "slug": url})()


def article(**changes):
    values = {
        "title": "A remark in Samarkand",
        "url": "2025/04/remark/",
        "date": PUBLISHED,
        "lang": "en",
        "status": "published",
        "summary": "What was said, and what was answered.",
        "metadata": {},
        "authors": [named("Tashkent desk", "authors/tashkent-desk/"), named("A. Reporter", "authors/a-reporter/")],
        "category": named("Politics", "sections/politics/"),
        "tags": [named("diplomacy"), named("trade")],
        "translations": [],
    }
    return SimpleNamespace(**values | changes)


def head(context, settings=None, edition=EDITION):
    view = HeadView(edition, settings or StructuredDataSettings())
    return view.head({"CATEGORY_SAVE_AS": "x", **context})


def of_article(found=None, **settings):
    context = {"article": found or article(), "output_file": "2025/04/remark/index.html"}
    return head(context, StructuredDataSettings(**settings))


def nodes(found):
    return {node["@type"]: node for node in json.loads(found.json_ld)["@graph"]}


def metas(found):
    return {meta.name: meta.content for meta in found.metas}


def test_an_article_says_who_wrote_it_when_and_where_it_is():
    found = of_article()
    story = nodes(found)["NewsArticle"]
    assert found.canonical == story["url"] == story["mainEntityOfPage"] == "https://paper.example/2025/04/remark/"
    assert story["headline"] == "A remark in Samarkand"
    assert story["datePublished"] == story["dateModified"] == "2025-04-25T18:30:00+05:00"
    assert story["author"] == [
        {"@type": "Organization", "name": "Tashkent desk", "url": f"{SITE}/authors/tashkent-desk/"},
        {"@type": "Person", "name": "A. Reporter", "url": f"{SITE}/authors/a-reporter/"},
    ]
    assert story["articleSection"] == "Politics"
    assert story["keywords"] == ["diplomacy", "trade"]
    assert story["isAccessibleForFree"] is True
    assert story["publisher"]["@type"] == "NewsMediaOrganization"
    assert story["image"][0]["url"] == CARD.url
    assert "correction" not in story


def test_open_graph_says_the_same():
    said = metas(of_article())
    assert said["og:type"] == "article"
    assert said["og:title"] == "A remark in Samarkand"
    assert said["og:description"] == "What was said, and what was answered."
    assert said["og:url"] == "https://paper.example/2025/04/remark/"
    assert said["og:locale"] == "en_GB"
    assert (said["og:image:width"], said["og:image:height"]) == ("1200", "630")
    assert said["article:published_time"] == "2025-04-25T18:30:00+05:00"
    assert "article:modified_time" not in said
    assert said["twitter:card"] == "summary_large_image"


def test_the_theme_lends_its_words():
    context = {
        "article": article(),
        "output_file": "x/index.html",
        "head_title": Markup("Lavrov&#39;s remark &amp; more | The Paper"),
        "head_description": Markup("As <em>shown</em>\n in the page"),
    }
    said = metas(head(context))
    assert said["og:title"] == "Lavrov's remark & more"
    assert said["og:description"] == "As shown in the page"


def test_a_story_has_its_own_picture_with_its_size():
    figure = SimpleNamespace(src="images/a.png", alt="A tower", width=1600, height=900)
    found = of_article(article(image=figure))
    assert nodes(found)["NewsArticle"]["image"] == [
        {"@type": "ImageObject", "url": f"{SITE}/images/a.png", "width": 1600, "height": 900, "caption": "A tower"}
    ]
    assert metas(found)["og:image:alt"] == "A tower"


def test_a_correction_is_owned_up_to_and_counts_as_a_change():
    correction = SimpleNamespace(date=dt.date(2025, 4, 27), text="The river was misspelt.")
    found = of_article(article(corrections=(correction,)))
    story = nodes(found)["NewsArticle"]
    assert story["correction"] == [
        {"@type": "CorrectionComment", "text": "The river was misspelt.", "datePublished": "2025-04-27"}
    ]
    assert story["dateModified"] == metas(found)["article:modified_time"] == "2025-04-27T00:00:00+05:00"


@pytest.mark.parametrize(
    ("attributes", "modified"),
    [
        ({"modified": PUBLISHED + dt.timedelta(hours=2)}, "2025-04-25T20:30:00+05:00"),
        ({"modified": PUBLISHED + dt.timedelta(minutes=1), "updated": None}, "2025-04-25T18:30:00+05:00"),
        ({"updated": PUBLISHED + dt.timedelta(days=1)}, "2025-04-26T18:30:00+05:00"),
        ({"modified": PUBLISHED - dt.timedelta(days=1)}, "2025-04-25T18:30:00+05:00"),
        ({"corrections": "text of a header that nobody read"}, "2025-04-25T18:30:00+05:00"),
    ],
)
def test_the_change_is_the_one_that_the_page_shows(attributes, modified):
    assert nodes(of_article(article(**attributes)))["NewsArticle"]["dateModified"] == modified


def test_a_section_may_have_a_type_of_its_own():
    found = of_article(article(category=named("Opinion")), article_types={"Opinion": "OpinionNewsArticle"})
    assert "OpinionNewsArticle" in nodes(found)
    with pytest.raises(ValueError, match="article_types"):
        StructuredDataSettings(article_types={"Opinion": "Recipe"})


def test_the_trail_leads_through_the_section():
    trail = nodes(of_article())["BreadcrumbList"]["itemListElement"]
    assert [(step["position"], step["name"]) for step in trail] == [
        (1, "The Paper"),
        (2, "Politics"),
        (3, "A remark in Samarkand"),
    ]


def test_a_list_names_its_stories_in_their_order():
    stories = [article(url=f"2025/04/{n}/") for n in "cba"]
    subject = SimpleNamespace(name="Uzbekistan", code="UZ", url="countries/uzbekistan/")
    (page,) = paginate(stories, "countries/uzbekistan/", 10)
    found = head({"listing": page, "subject": subject, "output_file": page.save_as})
    collection = nodes(found)["CollectionPage"]
    assert found.canonical == collection["url"] == f"{SITE}/countries/uzbekistan/"
    assert collection["about"] == {"@type": "Country", "name": "Uzbekistan"}
    assert [item["url"] for item in collection["mainEntity"]["itemListElement"]] == [
        f"{SITE}/2025/04/{n}/" for n in "cba"
    ]
    assert metas(found)["og:title"] == "Uzbekistan"


def test_a_numbered_page_of_a_list_is_its_own_canonical():
    pages = paginate([article()] * 5, "topics/trade/", 2)
    found = head({"listing": pages[-1], "subject": named("trade"), "output_file": pages[-1].save_as})
    assert found.canonical == f"{SITE}/topics/trade/page/1/"


def test_a_countrys_section_leads_back_to_the_country():
    subject = SimpleNamespace(name="Politics", country=named("Uzbekistan", "countries/uzbekistan/"))
    (page,) = paginate([], "countries/uzbekistan/politics/", 10)
    found = nodes(head({"listing": page, "subject": subject, "output_file": page.save_as}))
    names = [step["name"] for step in found["BreadcrumbList"]["itemListElement"]]
    assert names == ["The Paper", "Uzbekistan", "Politics"]
    assert "mainEntity" not in found["CollectionPage"]


def test_the_home_page_introduces_the_publisher():
    found = head({"output_file": "index.html"})
    assert found.canonical == f"{SITE}/"
    assert set(nodes(found)) == {"NewsMediaOrganization", "WebSite"}
    assert nodes(found)["NewsMediaOrganization"]["sameAs"] == ["https://x.example/p"]
    assert metas(found)["og:type"] == "website"
    assert metas(found)["og:description"] == "News of the steppe"


@pytest.mark.parametrize(
    ("file", "canonical"),
    [("rates/index.html", f"{SITE}/rates/"), ("old.html", f"{SITE}/old.html"), ("a/myindex.html", None)],
)
def test_another_page_is_known_by_its_file(file, canonical):
    assert head({"output_file": file}).canonical == canonical or f"{SITE}/a/myindex.html"


def test_a_page_that_is_to_be_left_out_has_no_address_and_no_card():
    drafts = [{"article": article(status="draft"), "output_file": "drafts/x.html"}]
    asked = [{"page": article(metadata={"noindex": value}), "output_file": "x.html"} for value in (True, "yes")]
    for context in [*drafts, *asked]:
        found = head(context)
        assert (found.robots, found.canonical, found.metas, found.json_ld) == ("noindex", "", (), "")
    assert head({"output_file": "index.html"}, StructuredDataSettings(noindex=("*",))).robots == "noindex"
    assert head({"output_file": "404.html"}, StructuredDataSettings(noindex=("*",))).robots == "noindex"
    error = head({"output_file": "404.html"})
    assert (error.robots, error.canonical, error.metas, error.json_ld) == ("", "", (), "")


def test_every_language_names_every_other_and_itself():
    russian = article(lang="ru", url="ru/remark/")
    found = of_article(article(translations=[russian, article(lang="uz-Cyrl", url="uz/remark/")]))
    assert [(link.name, link.url) for link in found.alternates] == [
        ("en", f"{SITE}/2025/04/remark/"),
        ("ru", f"{SITE}/ru/remark/"),
        ("uz-Cyrl", f"{SITE}/uz/remark/"),
        ("x-default", f"{SITE}/2025/04/remark/"),
    ]
    others = [meta.content for meta in found.metas if meta.name == "og:locale:alternate"]
    assert others == ["ru_RU", "uz_UZ"]
    assert of_article().alternates == ()


@pytest.mark.parametrize(("lang", "said"), [("en", "en_GB"), ("kk", "kk_KZ"), ("pt-BR", "pt_BR"), ("tlh", "tlh")])
def test_a_locale_has_a_country_where_one_is_known(lang, said):
    assert open_graph.locale(lang, EDITION) == said


def test_a_preview_has_addresses_from_the_root():
    found = head({"article": article(), "output_file": "x"}, edition=Edition("P", "S", "", "en", ""))
    assert found.canonical == "/2025/04/remark/"
    assert metas(found)["twitter:card"] == "summary"
    assert nodes(found)["NewsArticle"]["author"][0]["url"] == "/authors/tashkent-desk/"


@given(st.text(max_size=300))
def test_a_headline_is_never_too_long(text):
    cut = schema_org.headline(text)
    assert len(cut) <= 110
    assert cut == text if len(text) <= 110 else cut.endswith("…")


def test_a_headline_is_cut_after_a_word():
    assert schema_org.headline("steppe " * 30) == "steppe " * 14 + "steppe…"


@given(st.text() | st.sampled_from(["</script><b>", "<!--<script>", "]]>", "a\u2028b", "&lt;"]))
def test_no_text_can_end_its_script_element(text):
    page = f"<html><head><script>{script_json({'a': text})}</script></head><body><p>x</p></body></html>"
    if "\x00" not in page and "\r" not in page:
        tree = lxml_html.document_fromstring(page)
        assert [element.tag for element in tree.iter()] == ["html", "head", "script", "body", "p"]
    assert not {"<", ">", "&", "\u2028", "\u2029"} & set(script_json(text))
    assert json.loads(script_json(text)) == text
    assert html.unescape(str(script_json(text))) == script_json(text)
