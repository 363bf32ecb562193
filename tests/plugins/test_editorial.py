"""Articles in sites really built: what a reader gets, what a writer is told, what the world does not learn."""

import re

import pytest
from PIL import Image

from tests.support.site import ROOT, Site

FRONT = (
    "{% for s in [front.lead] + front.others|list %}{{ s.slug }} {% endfor %}"
    "{% for a in articles %}[{{ a.slug }} {{ a.reading_minutes }} {{ a.updated }}"
    " {{ a.newer.slug }} {{ a.older.slug }}]{% endfor %}"
)


@pytest.fixture
def site(tmp_path):
    made = Site(
        tmp_path,
        PLUGINS=["plugins.editorial"],
        THEME="theme",
        ARTICLE_PATHS=["articles"],
        PAGE_PATHS=["pages"],
        STATIC_PATHS=["images"],
        DIRECT_TEMPLATES=["index"],
        WITH_FUTURE_DATES=True,
        SLUGIFY_SOURCE="basename",
        FORMATTED_FIELDS=[],
        CATEGORY_SAVE_AS="",  # else Pelican gives a story that names no section one of its own
    )
    made.write("theme/templates/index.html", FRONT)
    made.write("theme/templates/article.html", "{{ article.title }}|{{ article.image.width }}|{{ article.content }}")
    made.write("theme/static/x.css", "")
    (tmp_path / "content/images").mkdir(parents=True)
    Image.new("RGB", (8, 6)).save(tmp_path / "content/images/a.png")
    return made


def test_articles_get_their_attributes(site):
    site.article("one", date="2026-09-01", modified="2026-09-01 00:30")
    site.article("two", date="2026-09-02", modified="2026-09-03", image={"src": "a.png", "alt": "A"})
    built = site.build()
    assert built.status == 0, built.log
    assert "[two 1 2026-09-03 00:00:00+05:00  one][one 1 None two ]" in built.read("index.html")
    assert built.read("two.html").startswith("Two|8|<p>Some text.</p>")


def test_a_figure_in_the_text_is_resolved(site):
    site.article("one", body='![A](a.png "Words. Image: Me")')
    built = site.build(fatal="warnings")
    assert built.status == 0, built.log
    page = built.read("one.html")
    assert 'src="https://test.example/images/a.png"' in page
    assert 'width="8"' in page
    assert built.output.joinpath("images/a.png").is_file()


SUITE = ("editorial", "country_pages", "story_lists", "syndication", "structured_data", "text_edition", "site_search")
BAD = {
    "missing title": (
        "---\ndate: 2026-01-01\ncategory: A\nsummary: B\n---\n",
        "content/articles/bad.md:1: the field title is missing.",
    ),
    "missing date": (
        "---\ntitle: A\ncategory: A\nsummary: B\n---\n",
        "content/articles/bad.md:1: the field date is missing.",
    ),
    "missing category": (
        "---\ntitle: A\ndate: 2026-01-01\nsummary: B\n---\n",
        "content/articles/bad.md:1: the field category is missing.",
    ),
    "malformed YAML": (
        "---\ntitle: A: b\n---\n",
        "content/articles/bad.md:2: the line 'title: A: b' has a second colon.",
    ),
    "no image": (
        "---\ntitle: A\ndate: 2026-01-01\ncategory: A\nsummary: B\n---\n\nText\n\n![x](none.png)\n",
        "content/articles/bad.md:10: there is no picture none.png. Put it into content/images/",
    ),
    "no lead image": (
        "---\ntitle: A\ndate: 2026-01-01\ncategory: A\nsummary: B\nimage: {src: none.png, alt: x}\n---\n",
        "content/articles/bad.md:6: there is no picture none.png",
    ),
    "no alternative text": (
        "---\ntitle: A\ndate: 2026-01-01\ncategory: A\nsummary: B\n---\n![](a.png)\n",
        "content/articles/bad.md:7: the picture a.png has no alternative text",
    ),
    "latin-1": (
        "---\ntitle: Caf\xe9\n---\n".encode("latin-1"),
        "content/articles/bad.md:2: the file is not written in UTF-8",
    ),
    "empty": ("", "content/articles/bad.md:1: the file has no header"),
}


@pytest.mark.parametrize("plugins", [SUITE[:1], SUITE])
@pytest.mark.parametrize("kind", BAD)
def test_a_mistake_is_told_at_its_line_and_nothing_is_written(site, kind, plugins):
    text, words = BAD[kind]
    site.article("good")
    site.write("content/articles/bad.md", text)
    built = site.build(PLUGINS=[f"plugins.{name}" for name in plugins])
    assert built.status == 2
    assert words in built.log
    assert "Traceback" not in built.log
    assert "modification stamp" not in built.log, "Pelican's own words are no help"
    assert not built.output.exists()


def test_all_mistakes_of_all_files_are_told_at_once(site):
    site.article("one", status="publshed")
    site.article("two", titel="x", slug="A B")
    site.write("content/pages/about.md", "---\nsumary: x\n---\n")
    built = site.build()
    assert built.status == 2
    assert "5 problems to mend; nothing was written." in built.log
    assert built.log.index("articles/one.md") < built.log.index("articles/two.md") < built.log.index("pages/about.md")


def test_one_slug_in_two_months_is_two_stories(site):
    address = {"ARTICLE_URL": "{date:%m}/{slug}/", "ARTICLE_SAVE_AS": "{date:%m}/{slug}/index.html"}
    site.article("one", slug="same", date="2026-08-02")
    site.article("two", slug="same", date="2026-09-02")
    built = site.build(fatal="warnings", **address)
    assert built.status == 0, built.log
    assert {"08/same/index.html", "09/same/index.html"} <= built.files().keys()


def test_stories_of_one_instant_stand_in_the_order_of_their_files(site):
    for name in "dacbfe":
        site.article(name)
    fronts = {site.build(seed=str(seed)).read("index.html") for seed in range(4)}
    assert [re.findall(r"\[(\w)", front) for front in fronts] == [["a", "b", "c", "d", "e", "f"]]


@pytest.mark.parametrize("fatal", ["errors", "warnings"])
def test_two_articles_with_one_address(site, fatal):
    site.article("one", slug="same")
    site.article("two", slug="same", date="2026-09-02")
    built = site.build(fatal=fatal)
    assert built.status == 2
    assert "is also that of content/articles/" in built.log
    assert "Give one of them another slug. [shared-address]" in built.log


def test_an_unknown_setting(site):
    built = site.build(EDITORIAL={"reqired": []})
    assert built.status == 2
    assert "EDITORIAL['reqired']: is not a setting. Did you mean 'required'?" in built.log


HIDDEN = "zanzibar"


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "draft"},
        {"embargo": "2026-09-30 12:01 +05:00"},
        {"date": "2026-09-30 12:00:01 +05:00"},
    ],
    ids=["draft", "embargo", "future"],
)
def test_what_is_not_due_is_in_nothing_that_is_written(site, fields):
    site.article("open")
    site.article(HIDDEN, body=f"The {HIDDEN} story.", title=f"On {HIDDEN}", tags=[HIDDEN], category=HIDDEN, **fields)
    built = site.build(FEED_ALL_ATOM="feed.atom")
    assert built.status == 0, built.log
    for name, data in built.files().items():
        assert HIDDEN not in name
        assert HIDDEN.encode() not in data.lower(), name
    shown = site.build(output="preview", EDITORIAL={"preview": True})
    assert f"{HIDDEN}.html" in shown.files(), "a preview shows it where it will be"
    assert f"[{HIDDEN} " in shown.read("index.html"), "and in every list"


def test_the_theme_marks_in_a_preview_what_would_not_be_published(site):
    site.article("open")
    site.article("early", embargo="2026-10-01 09:00 +05:00")
    site.article("rough", status="draft")
    theme = {"THEME": str(ROOT / "theme"), "TAG_SAVE_AS": "", "AUTHOR_SAVE_AS": "", "CATEGORY_SAVE_AS": ""}
    built = site.build(EDITORIAL={"preview": True}, DIRECT_TEMPLATES=["index"], **theme)
    assert built.status == 0, built.log
    marks = {name: built.read(f"{name}.html").count("kicker-withheld") for name in ("open", "early", "rough")}
    assert marks == {"open": 0, "early": 1, "rough": 1}
    assert "Not published yet" in built.read("early.html")
    assert "Draft" in built.read("rough.html")


def test_a_link_to_what_is_held_back_or_not_there_is_told_at_its_line(site):
    site.article("open", body="One.\n\n[a]({filename}late.md) and [b]({filename}/articles/none.md)")
    site.article("late", embargo="2026-10-01")
    built = site.build()
    assert built.status == 2
    assert "open.md:10: the link to late.md leads to what is held back (until 2026-10-01 00:00 +0500)" in built.log
    assert "open.md:10: the link to /articles/none.md leads to no file" in built.log


def test_a_picture_that_only_a_story_held_back_shows_is_left_out(site):
    for name in ("late", "both"):
        Image.new("RGB", (8, 6)).save(site.folder / f"content/images/{name}.png")
    site.article("open", body="![B](both.png)")
    site.article("late", embargo="2026-10-01", body="![B](both.png)", image={"src": "late.png", "alt": "L"})
    built = site.build()
    assert built.status == 0, built.log
    images = {name for name in built.files() if name.startswith("images/")}
    assert images == {"images/a.png", "images/both.png"}


def test_a_translation_held_back_is_unknown_to_its_original_and_the_other_way_round(site):
    shown = "{{ article.title }}: {% for each in article.translations %}{{ each.title }}{% endfor %}"
    site.write("theme/templates/article.html", shown)
    site.article("one")
    site.article("one-ru", slug="one", lang="ru", title="Geheim", embargo="2026-10-01")
    site.article("two", embargo="2026-10-01", title="Geheim")
    site.article("two-ru", slug="two", lang="ru", title="Dva")
    built = site.build(fatal="warnings")
    assert built.status == 0, built.log
    assert built.read("one.html") == "One: "
    assert not any(b"Geheim" in data for data in built.files().values())
    assert "two-ru.html" in built.files()


def test_a_draft_of_a_page_is_not_written(site):
    site.write("theme/templates/page.html", "{{ page.title }}")
    site.write("content/pages/plan.md", "---\ntitle: Plan\nstatus: draft\n---\n")
    assert not any("plan" in name for name in site.build().files())
    assert any("plan" in name for name in site.build(output="preview", EDITORIAL={"preview": True}).files())


def test_pelicans_own_header_without_yaml(site):
    text = "Title: Old: and good\nDate: 2025-04-25 10:00\nCategory: News\nTags: a, b\nSummary: S.\n\nBody.\n"
    site.write("content/articles/old.md", text)
    built = site.build(fatal="warnings")
    assert built.status == 0, built.log
    assert built.read("old.html").startswith("Old: and good||<p>Body.</p>")


def test_corrections_stand_on_their_page_and_in_its_feed_the_latest_first(site):
    site.write(
        "theme/templates/base.html", "<title>{% block title %}{% endblock %}</title>{% block content %}{% endblock %}"
    )
    wrong = [{"date": "2026-09-05 10:00 +05:00", "text": "Not <em>Osh</em>."}, {"date": "2026-09-03", "text": "First."}]
    site.article("one", corrections=wrong)
    site.article("two", corrections=[{"date": "2026-09-04", "text": "Second."}], date="2026-09-02")
    site.article("never", corrections=[{"date": "2026-09-06", "text": "Secret."}], embargo="2026-10-01")
    built = site.build(fatal="warnings")
    assert built.status == 0, built.log
    page = built.read("corrections/index.html")
    assert [page.index(words) for words in ("Not &lt;em&gt;Osh", "Second.", "First.")] == sorted(
        page.index(words) for words in ("Not &lt;em&gt;Osh", "Second.", "First.")
    )
    assert "Secret" not in page
    assert '<a href="https://test.example/one.html">One</a>' in page
    feed = built.read("corrections/feed.atom")
    assert feed.count("<entry>") == 2
    assert "corrections/index.html" not in site.build(output="none", EDITORIAL={"corrections_url": ""}).files()


def test_pictures_stand_by_credit_on_their_page(site):
    site.write("theme/templates/base.html", "{% block title %}{% endblock %}{% block content %}{% endblock %}")
    site.article("one", body='![A](a.png "A <door>. Photo: A. & B.")')
    built = site.build(fatal="warnings")
    assert built.status == 0, built.log
    page = built.read("pictures/index.html")
    assert "<h2>A. &amp; B</h2>" in page
    assert '<a href="https://test.example/images/a.png">A &lt;door&gt;.</a>' in page
    assert '<a href="https://test.example/one.html">One</a>' in page


def test_at_its_instant_a_story_is_released(site):
    site.article("due", embargo="2026-09-30 12:00 +05:00")
    assert "due.html" in site.build().files()


EVERYTHING = [
    f"plugins.{name}"
    for name in (
        "theme_assets",
        "story_lists",
        "country_pages",
        "structured_data",
        "syndication",
        "text_edition",
        "editorial",
    )
]
TOKENS = ("zanzibar", "Quetzal", "xylophone", "Kiribati", "kiribati", "Obadiah", "obadiah", "mumbai-pier", "Wolfram")


@pytest.mark.parametrize(
    ("now", "there"),
    [
        ("2026-12-01T05:59:59+05:00", False),
        ("2026-12-01T06:00:00+05:00", True),
        ("2026-12-01T01:00:01+00:00", True),
    ],
    ids=["before", "at", "after"],
)
def test_no_file_of_the_whole_edition_holds_a_word_of_a_story_before_its_instant(tmp_path, now, there):
    made = Site(
        tmp_path,
        PLUGINS=EVERYTHING,
        THEME=str(ROOT / "theme"),
        JINJA_ENVIRONMENT={"autoescape": True, "trim_blocks": True, "lstrip_blocks": True},
        ARTICLE_PATHS=["articles"],
        STATIC_PATHS=["images"],
        DIRECT_TEMPLATES=["index", "404"],
        FORMATTED_FIELDS=[],
        WITH_FUTURE_DATES=True,
        SYNDICATION={"authority": "test.example", "since": "2026"},
        BUILD_TIME=now,
    )
    for name in ("open", "mumbai-pier"):
        (tmp_path / "content/images").mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (1200, 700)).save(tmp_path / f"content/images/{name}.png")
    figure = {"src": "open.png", "alt": "A"}
    made.article("open", image=figure, countries=["Uzbekistan"], tags=["trade"], authors=["Desk"])
    made.article(
        "zanzibar",
        title="The Quetzal affair",
        body="A xylophone.",
        category="Wolfram",
        tags=["Obadiah"],
        countries=["Kiribati", "Uzbekistan"],
        authors=["Desk"],
        embargo="2026-12-01 06:00 +05:00",
        image={"src": "mumbai-pier.png", "alt": "A"},
    )
    built = made.build(fatal="warnings")
    assert built.status == 0, built.log
    words = {
        token: [n for n, data in built.files().items() if token in n or token.encode() in data] for token in TOKENS
    }
    if there:
        assert all(words.values()), words
    else:
        assert not any(words.values()), words
