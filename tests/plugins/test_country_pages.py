"""Countries in sites really built by Pelican: what writers may write, and the pages that come of it."""

import gzip
import re

import feedparser
import pytest
from bs4 import BeautifulSoup

from tests.support.site import ROOT, Site

JINJA = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True}
DESK = """---
code: UZ
aliases: [Bukharia]
summary: Between two rivers.
languages: [uz]
facts:
  - {label: Area, value: Some, source: CIA}
---
Our *own* words.
"""


def site(folder, **settings):
    usual = {"PLUGINS": ["plugins.country_pages"], "THEME": "simple", "ARTICLE_PATHS": ["articles"]}
    return Site(folder, **{**usual, **settings})


def story(made, number, countries, **fields):
    day = f"2025-{(number - 1) // 28 + 1:02}-{(number - 1) % 28 + 1:02} 09:00 +05:00"
    header = {"title": f"Story {number}", "date": day, "category": "Politics", "countries": countries, **fields}
    lines = [f"{key}: {value}" for key, value in header.items()]
    made.write(f"content/articles/s{number:02}.md", "\n".join([*lines, "", "Text.", ""]))


def soup(build, name):
    assert build.status == 0, build.log
    return BeautifulSoup(build.read(name), "html.parser")


def named(build, place):
    """Which stories the list at ``place`` holds."""
    return re.findall(r">(Story \d+)</a></h\d>", build.read(f"{place}index.html"))


@pytest.mark.parametrize(
    "countries",
    [
        "Uzbekistan",
        "uzbekistan",
        "UZ",
        "uzb",
        "Özbekistan",
        "Bukharia",
        "Central Asia",
        "Oʻzbekiston",
        '["Uzbekistan", "RU"]',
    ],
)
def test_a_country_is_known_by_its_names_codes_and_aliases(tmp_path, countries):
    made = site(tmp_path, COUNTRY_PAGES={"aliases": {"Ozbekistan": ["UZ"]}})
    made.write("content/countries/uz.md", DESK)
    story(made, 1, countries)
    build = made.build()
    assert build.status == 0, build.log
    assert named(build, "countries/uzbekistan/") == ["Story 1"]


def test_an_unknown_country_is_told_with_file_line_and_nearest_name(tmp_path):
    made = site(tmp_path)
    story(made, 1, "Kazakhstan, Uzbekstan")
    story(made, 3, '["Atlantis"]')
    story(made, 2, "Turkmenistn", status="draft")
    build = made.build()
    assert build.status == 2
    assert (
        "content/articles/s01.md:4: countries: 'Uzbekstan' is no country that this edition knows. "
        "Did you mean 'Uzbekistan'? [unknown-country]"
    ) in build.log
    assert re.search(r"content/articles/s03\.md:4: countries: 'Atlantis' is no country", build.log)
    assert re.search(r"content/articles/s02\.md:4: .* Did you mean 'Turkmenistan'", build.log)
    assert not build.output.exists()


def test_pages_are_numbered_from_the_oldest_and_say_where_they_stand(tmp_path):
    made = site(tmp_path)
    for number in range(1, 58):
        story(made, number, "UZ, Russia", category="Politics" if number <= 30 else "Culture")
    build = made.build()
    assert "Stories 41 to 57 of 57" in soup(build, "countries/uzbekistan/index.html").get_text()
    second = soup(build, "countries/uzbekistan/page/2/index.html")
    assert "Stories 21 to 40\n" in second.get_text()
    assert [link["href"] for link in second.select("a[rel]") if link["rel"][0] in {"prev", "next"}] == [
        "https://test.example/countries/uzbekistan/",
        "https://test.example/countries/uzbekistan/page/1/",
    ]
    assert named(build, "countries/uzbekistan/page/1/")[-1] == "Story 1"
    for place, said in (
        ("countries/", "Stories 41 to 57 of 57"),
        ("countries/russia/page/1/", "Stories 1 to 20\n"),
        ("countries/uzbekistan/politics/", "Stories 21 to 30 of 30"),
        ("countries/uzbekistan/politics/page/1/", "Stories 1 to 20\n"),
    ):
        assert said in soup(build, f"{place}index.html").get_text(), place
    assert not (build.output / "countries/uzbekistan/page/3").exists()


def test_each_list_has_a_feed(tmp_path):
    made = site(tmp_path)
    story(made, 1, "Kazakhstan, China")
    build = made.build()
    for place in ("countries/", "countries/kazakhstan/", "countries/kazakhstan/politics/", "countries/china/"):
        page = soup(build, f"{place}index.html")
        assert [link["href"] for link in page.select("a") if link.get_text() == "Feed"] == [
            f"https://test.example/{place}feed.atom"
        ]
        feed = feedparser.parse(build.read(f"{place}feed.atom"))
        assert [entry.title for entry in feed.entries] == ["Story 1"], place
    assert not (build.output / "countries/uzbekistan/feed.atom").exists()
    assert "feed.atom" not in build.read("countries/uzbekistan/index.html")


@pytest.mark.parametrize("theme", ["simple", "notmyidea", str(ROOT / "theme")])
def test_the_editions_countries_have_a_page_even_without_a_story(tmp_path, theme):
    made = site(tmp_path, THEME=theme, JINJA_ENVIRONMENT=JINJA)
    made.write("content/countries/uz.md", DESK)
    build = made.build()
    for slug in ("kazakhstan", "kyrgyzstan", "tajikistan", "turkmenistan", "uzbekistan"):
        page = soup(build, f"countries/{slug}/index.html")
        assert "No story yet" in page.get_text(), slug
        assert [head.get_text() for head in page.select("main h1, section h1")] == [slug.title()]
    assert "<em>own</em>" in build.read("countries/uzbekistan/index.html")
    assert "Between two rivers." in build.read("countries/uzbekistan/index.html")
    assert len(soup(build, "countries/index.html").select("li a[href*='/countries/']")) >= 5


@pytest.mark.parametrize("theme", ["simple", "notmyidea"])
def test_a_theme_that_knows_nothing_of_it_is_otherwise_as_before(tmp_path, theme):
    made = site(tmp_path, THEME=theme)
    story(made, 1, "Kazakhstan", title="Story 1 & <more>")
    bare = made.build(output="bare", PLUGINS=[]).files()
    build = made.build()
    added = build.files()
    assert {name for name in set(added) - set(bare) if not name.startswith("countries/")} == set()
    assert {name for name in bare if bare[name] != added[name]} == set()
    assert "<h1>Kazakhstan</h1>" in build.read("countries/kazakhstan/index.html")


def test_names_are_escaped_in_sites_that_do_not(tmp_path):
    made = site(tmp_path)
    made.write("content/countries/uz.md", DESK.replace("Between two rivers.", "Tea & <b>bread"))
    story(made, 1, "UZ", category="R&D", tags="a<b")
    text = made.build().read("countries/uzbekistan/index.html")
    assert "Tea &amp; &lt;b&gt;bread" in text
    assert "R&amp;D" in text
    assert "a&lt;b" in text


def test_a_country_that_only_a_draft_names_has_no_page_and_no_link(tmp_path):
    template = "{% for one in article.countries %}<i>{{ one }}|{{ one.url }}</i>{% endfor %}"
    made = site(tmp_path, THEME_TEMPLATES_OVERRIDES=["templates"])
    made.write("templates/article.html", template)
    story(made, 1, "Uzbekistan, France", status="draft")
    build = made.build()
    assert build.status == 0, build.log
    assert "<i>Uzbekistan|countries/uzbekistan/</i><i>France|</i>" in build.read("drafts/story-1.html")
    assert not (build.output / "countries/france").exists()


def test_related_stories_share_a_country_and_are_near_in_date(tmp_path):
    template = "{% for other in article.related %}{{ other.title }}, {% endfor %}"
    made = site(tmp_path, THEME_TEMPLATES_OVERRIDES=["templates"])
    made.write("templates/article.html", template)
    for number in range(1, 10):
        story(made, number, "UZ" if number % 2 else "KZ, Russia")
    build = made.build()
    assert build.read("story-1.html") == "Story 3, Story 5, Story 7, Story 9, "
    assert build.read("story-4.html") == "Story 6, Story 2, Story 8, "


def test_the_timeline_leads_into_the_archive_where_there_is_one(tmp_path):
    made = site(tmp_path)
    story(made, 1, "UZ")
    story(made, 30, "UZ")
    with_archive = made.build(PLUGINS=["plugins.country_pages", "plugins.story_lists"], DIRECT_TEMPLATES=["index"])
    page = soup(with_archive, "countries/uzbekistan/index.html")
    months = [link["href"].removeprefix("https://test.example/") for link in page.select("li li a")]
    assert months == ["archive/2025/01/", "archive/2025/02/"]
    assert all((with_archive.output / month / "index.html").is_file() for month in months)
    assert "archive/" not in made.build(output="without").read("countries/uzbekistan/index.html")


def test_the_order_of_plugins_and_of_hashing_changes_nothing(tmp_path):
    plugins = ["plugins.country_pages", "plugins.story_lists", "plugins.syndication", "plugins.structured_data"]
    made = site(tmp_path, THEME=str(ROOT / "theme"), JINJA_ENVIRONMENT=JINJA, DIRECT_TEMPLATES=["index"])
    for number in range(1, 30):
        story(made, number, "Central Asia" if number % 3 else "Iran, UZ", date="2025-03-01 09:00", tags="a, b")
    made.write("content/countries/uz.md", DESK)
    first = made.build(output="first", PLUGINS=plugins)
    assert first.status == 0, first.log
    second = made.build(output="second", seed="7", PLUGINS=plugins[::-1])
    assert first.files() == second.files()


def test_a_desk_file_is_no_article_and_its_mistakes_are_told(tmp_path):
    made = site(tmp_path)
    made.write("content/countries/uz.md", DESK.replace("summary: Between two rivers.", "sumary: x\ncurrency: SUM"))
    made.write("content/countries/xx.md", "---\ncode: XX\n---\n")
    build = made.build()
    assert build.status == 2
    assert "content/countries/uz.md:4: 'sumary' is no field of a desk." in build.log
    assert "content/countries/xx.md:2: code: 'XX' is no ISO 3166-1 alpha-2 code." in build.log


def test_wrong_settings_are_told(tmp_path):
    build = site(tmp_path, COUNTRY_PAGES={"countries": ["UZ", "QQ"]}).build()
    assert build.status == 2
    assert "COUNTRY_PAGES: 'QQ' is no country's ISO 3166-1 alpha-2 code, such as 'UZ'." in build.log


def test_a_topic_with_three_stories_of_a_country_has_a_page_for_it(tmp_path):
    made = site(tmp_path, PLUGINS=["plugins.story_lists", "plugins.country_pages"], DIRECT_TEMPLATES=["index"])
    for number in range(1, 6):
        story(made, number, "UZ, RU" if number > 3 else "UZ", tags="Water" if number < 3 else "Water, Rail")
    build = made.build()
    assert named(build, "topics/water/uzbekistan/") == [f"Story {number}" for number in (5, 4, 3, 2, 1)]
    assert named(build, "topics/rail/uzbekistan/") == ["Story 5", "Story 4", "Story 3"]
    assert not (build.output / "topics/water/russia").exists()
    topic = soup(build, "topics/water/index.html")
    assert [(link["href"], link.parent.get_text()) for link in topic.select("section li a")] == [
        ("https://test.example/topics/water/uzbekistan/", "Uzbekistan (5)"),
        ("https://test.example/countries/russia/", "Russia (2)"),
    ]
    desk = soup(build, "countries/uzbekistan/index.html")
    assert desk.select("a[href='https://test.example/topics/water/uzbekistan/']")
    russia = soup(build, "countries/russia/index.html")
    assert russia.select("a[href='https://test.example/topics/water/']")
    assert not soup(build, "sections/politics/index.html").select("section li a")


def test_a_topic_whose_address_is_a_file_has_its_countries_beside_it(tmp_path):
    made = site(tmp_path)
    for number in range(1, 4):
        story(made, number, "UZ", tags="Water")
    build = made.build()
    assert len(named(build, "tag/water/uzbekistan/")) == 3


@pytest.mark.parametrize("theme", ["simple", str(ROOT / "theme")])
def test_the_map_links_each_country_of_the_region_and_points_out_one_on_its_page(tmp_path, theme):
    made = site(tmp_path, THEME=theme, JINJA_ENVIRONMENT=JINJA)
    made.write("content/countries/map.json", (ROOT / "content/countries/map.json").read_bytes())
    story(made, 1, "UZ, Russia")
    build = made.build()
    (drawn,) = soup(build, "countries/index.html").select("main svg, section svg")
    assert (drawn["role"], drawn["aria-label"]) == ("group", "A map of Central Asia")
    assert [(link["aria-label"], link["href"].split("/")[-2]) for link in drawn.select("a")] == [
        (name, name.lower()) for name in ("Kazakhstan", "Kyrgyzstan", "Tajikistan", "Turkmenistan", "Uzbekistan")
    ]
    (drawn,) = soup(build, "countries/tajikistan/index.html").select("main svg, section svg")
    assert (drawn["role"], drawn["aria-label"]) == ("img", "Tajikistan on a map of Central Asia")
    assert (len(drawn.select("path")), len(drawn.select("path.is-here")), len(drawn.select("a"))) == (5, 1, 0)
    assert len(str(drawn)) < 4096
    assert not soup(build, "countries/russia/index.html").select("main svg, section svg")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "is no map: Input data was truncated"),
        ('{"origin": "", "licence": "", "width": 1, "height": 1, "countries": {"UZ": {"path": "<"}}}', "$"),
    ],
)
def test_a_file_that_is_no_map_is_told(tmp_path, text, words):
    made = site(tmp_path)
    made.write("content/countries/map.json", text)
    build = made.build()
    assert build.status == 2
    assert "content/countries/map.json: is no map" in build.log
    assert words in build.log


def test_the_front_of_a_desk_with_a_thousand_stories_stays_light(tmp_path):
    made = site(tmp_path, THEME=str(ROOT / "theme"), JINJA_ENVIRONMENT=JINJA, PLUGINS=["plugins.country_pages"])
    for folder in ("countries", "rates"):
        for file in (ROOT / "content" / folder).iterdir():
            made.write(f"content/{folder}/{file.name}", file.read_bytes())
    made.write("templates/article.html", "The stories themselves are not looked at.")
    for number in range(1000):
        date = f"{2015 + number % 11}-{number // 11 % 12 + 1:02}-{number % 28 + 1:02} 09:00"
        topics = f"topic {number % 97}, topic {number % 13}"
        story(made, number, ("UZ, KZ", "UZ, Russia", "UZ")[number % 3], date=date, tags=topics)
    plugins = ["plugins.currency_ticker", "plugins.story_lists", "plugins.country_pages", "plugins.theme_assets"]
    build = made.build(
        PLUGINS=plugins,
        DIRECT_TEMPLATES=["index"],
        THEME_TEMPLATES_OVERRIDES=["templates"],
        STORY_LISTS={"per_page": 300},
    )
    assert build.status == 0, build.log
    page = (build.output / "countries/uzbekistan/index.html").read_bytes()
    (style,) = (build.output / "theme/css").glob("site.*.css")
    assert len(page) <= 60 * 1024
    assert len(gzip.compress(page + style.read_bytes(), 9)) <= 14_336
    assert b"of 1,000" in page
