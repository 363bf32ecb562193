"""Heads of sites really built by Pelican."""

import io
import json

from lxml import html
from PIL import Image

from tests.support.site import Site

BASE = """<!DOCTYPE html><html><head>
{% set head_title %}{% block head_title %}{{ SITENAME }}{% endblock %}{% endset %}
{% set head_description %}{% block description %}{{ SITESUBTITLE }}{% endblock %}{% endset %}
<title>{{ head_title|striptags }}</title>
<meta name="description" content="{{ head_description|striptags }}">
{% include "structured_data/head.html" ignore missing %}
</head><body>{% block content %}{% endblock %}</body></html>"""
ARTICLE = """{% extends "base.html" %}
{% block head_title %}{{ article.title }} | {{ SITENAME }}{% endblock %}
{% block description %}{{ article.summary|striptags }}{% endblock %}
{% block content %}{{ article.content|safe }}{% endblock %}"""
PAGE = """{% extends "base.html" %}{% block head_title %}{{ page.title }} | {{ SITENAME }}{% endblock %}"""
INDEX = """{% extends "base.html" %}"""


def picture(width, height):
    target = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(target, "PNG")
    return target.getvalue()


def site(folder, **settings):
    made = Site(
        folder,
        PLUGINS=["plugins.structured_data"],
        THEME="theme",
        SITESUBTITLE="News & <more>",
        DIRECT_TEMPLATES=["index", "404"],
        STATIC_PATHS=["images"],
        ARTICLE_PATHS=["articles"],
        SLUGIFY_SOURCE="basename",
        ARTICLE_URL="{date:%Y}/{slug}/",
        ARTICLE_SAVE_AS="{date:%Y}/{slug}/index.html",
        JINJA_ENVIRONMENT={"autoescape": True},
        **settings,
    )
    templates = {"base": BASE, "article": ARTICLE, "page": PAGE, "index": INDEX, "404": INDEX}
    for name, text in templates.items():
        made.write(f"theme/templates/{name}.html", text)
    for name in ("author", "category", "tag"):
        made.write(f"theme/templates/{name}.html", INDEX)
    made.write("theme/static/x.css", "")
    made.write("content/images/share.png", picture(1200, 630))
    made.write(
        "content/articles/remark.md",
        'Title: "Quoted" </script><b>&amp; more\nDate: 2026-09-01 09:00 +05:00\nCategory: Politics\nTags: trade\n'
        'Authors: Astana desk; A. Reporter\nSummary: A "quoted" standfirst & more\n\nText.\n',
    )
    return made


def head(build, name):
    tree = html.fromstring(build.files()[name])
    metas = {meta.get("property") or meta.get("name"): meta.get("content") for meta in tree.xpath("//meta")}
    data = tree.xpath("//script[@type='application/ld+json']/text()")
    graph = {node["@type"]: node for text in data for node in json.loads(text)["@graph"]}
    return tree, metas, graph


def test_what_the_head_says_is_what_the_page_shows(tmp_path):
    built = site(tmp_path, STRUCTURED_DATA={"share_image": "images/share.png"}).build(fatal="warnings")
    assert built.status == 0, built.log
    tree, metas, graph = head(built, "2026/remark/index.html")
    assert tree.xpath("//link[@rel='canonical']/@href") == ["https://test.example/2026/remark/"]
    assert tree.findtext(".//title") == f"{metas['og:title']} | A test"
    assert metas["og:description"] == metas["description"] == graph["NewsArticle"]["description"]
    assert graph["NewsArticle"]["headline"] == metas["og:title"]
    assert metas["og:image"] == "https://test.example/images/share.png"
    assert (metas["og:image:width"], metas["og:image:height"]) == ("1200", "630")
    assert [author["@type"] for author in graph["NewsArticle"]["author"]] == ["Organization", "Person"]
    assert tree.xpath("//head//b") == []
    assert len(tree.xpath("//script")) == 1


def test_it_escapes_even_where_the_site_does_not(tmp_path):
    built = site(tmp_path).build(JINJA_ENVIRONMENT={})
    tree, metas, _ = head(built, "2026/remark/index.html")
    assert metas["og:description"] == 'A "quoted" standfirst & more'
    assert len(tree.xpath("//meta[@property='og:description']")[0].attrib) == 2


def test_every_other_page_has_its_address_too(tmp_path):
    made = site(tmp_path)
    made.write("content/pages/about.md", "Title: About us\n\nText.\n")
    built = made.build()
    _, metas, graph = head(built, "pages/about.html")
    assert metas["og:url"] == graph["WebPage"]["url"] == "https://test.example/pages/about.html"
    assert metas["og:title"] == "About us"
    _, metas, graph = head(built, "index.html")
    assert metas["og:description"] == metas["description"] == "News & <more>"
    assert {"NewsMediaOrganization", "WebSite"} == set(graph)
    tree, metas, graph = head(built, "404.html")
    assert "robots" not in metas, "that it is not to be found says the status that it is sent with"
    assert graph == {}
    assert tree.xpath("//link[@rel='canonical']") == []


def test_addresses_are_absolute_even_where_links_are_relative(tmp_path):
    built = site(tmp_path).build(RELATIVE_URLS=True)
    tree, _, _ = head(built, "2026/remark/index.html")
    assert tree.xpath("//link[@rel='canonical']/@href") == ["https://test.example/2026/remark/"]


def test_a_preview_without_an_address_does_not_break(tmp_path):
    built = site(tmp_path, STRUCTURED_DATA={"share_image": "images/share.png"}).build(SITEURL="", fatal="warnings")
    assert built.status == 0, built.log
    tree, metas, _ = head(built, "2026/remark/index.html")
    assert tree.xpath("//link[@rel='canonical']/@href") == ["/2026/remark/"]
    assert metas["og:image"] == "/images/share.png"


def test_translations_name_each_other(tmp_path):
    made = site(tmp_path, ARTICLE_LANG_URL="{lang}/{slug}/", ARTICLE_LANG_SAVE_AS="{lang}/{slug}/index.html")
    made.write(
        "content/articles/remark-ru.md",
        "Title: Замечание\nDate: 2026-09-01 09:00 +05:00\nSlug: remark\nLang: ru\n\nТекст.\n",
    )
    built = made.build()
    for name in ("2026/remark/index.html", "ru/remark/index.html"):
        tree, _, _ = head(built, name)
        named = {link.get("hreflang"): link.get("href") for link in tree.xpath("//link[@hreflang]")}
        assert named == {
            "en": "https://test.example/2026/remark/",
            "ru": "https://test.example/ru/remark/",
            "x-default": "https://test.example/2026/remark/",
        }


def test_a_picture_that_is_not_there_ends_the_build(tmp_path):
    built = site(tmp_path, STRUCTURED_DATA={"share_image": "images/shared.png"}).build()
    assert built.status == 2
    assert "STRUCTURED_DATA['share_image']: is 'images/shared.png', which is no static file." in built.log


def test_settings_are_checked(tmp_path):
    built = site(tmp_path, STRUCTURED_DATA={"article_types": {"Opinion": "Opinion"}, "logos": ""}).build()
    assert built.status == 2
    assert "STRUCTURED_DATA['logos']: is not a setting. Did you mean 'logo'?" in built.log


def test_in_a_theme_that_knows_nothing_of_it_nothing_changes(tmp_path):
    made = site(tmp_path)
    made.write("theme/templates/base.html", "<title>{{ SITENAME }}</title>{% block content %}{% endblock %}")
    built = made.build(output="with", fatal="warnings")
    plain = made.build(output="without", fatal="warnings", PLUGINS=[])
    assert built.files() == plain.files()


def test_every_story_has_a_card_made_once(tmp_path):
    made = site(tmp_path, STRUCTURED_DATA={"cards": True})
    built = made.build(fatal="warnings")
    assert built.status == 0, built.log
    _, metas, graph = head(built, "2026/remark/index.html")
    name = metas["og:image"].removeprefix("https://test.example/")
    assert Image.open(io.BytesIO(built.files()[name])).size == (1200, 630)
    assert graph["NewsArticle"]["image"][0]["url"] == metas["og:image"]
    kept = {file.name: file.stat().st_mtime_ns for file in (made.folder / ".cache/cards").iterdir()}
    again = made.build(output="again")
    assert again.files()[name] == built.files()[name]
    assert kept == {file.name: file.stat().st_mtime_ns for file in (made.folder / ".cache/cards").iterdir()}
    assert not [name for name in made.build(output="preview", SITEURL="").files() if name.startswith("cards/")]
