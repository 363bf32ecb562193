import re
from pathlib import Path

from tests.support.site import Site

ROOT = Path(__file__).parents[2]
ON = {"PLUGINS": ["plugins.theme_assets"], "JINJA_ENVIRONMENT": {"autoescape": True, "trim_blocks": True}}


def own_theme(site: Site) -> dict[str, object]:
    """A theme of one page, so that only the files are looked at."""
    link = '<link href="{{ SITEURL }}/{{ theme_assets.stylesheet }}"><script src="{{ theme_assets.script }}">'
    site.write("paper/templates/index.html", f"{link}</script>")
    site.write("paper/static/css/order.css", "@layer base, plugins;")
    site.write("paper/static/css/base.css", "@layer base { a { background: url(../images/k.svg) } }")
    site.write("paper/static/images/k.svg", "<svg/>")
    site.write("paper/static/js/menu.js", "1")
    site.write("paper/static/js/share.js", "2")
    return {**ON, "THEME": "paper", "DIRECT_TEMPLATES": ["index"], "ARTICLE_SAVE_AS": "", "CATEGORY_SAVE_AS": ""}


def test_a_page_links_one_stylesheet_and_the_sources_are_not_published(tmp_path):
    site = Site(tmp_path)
    site.write("content/a.md", "Title: A\nDate: 2026-09-01\n\nText.")
    built = site.build(**own_theme(site))
    assert built.status == 0, built.log
    files = [path for path in built.files() if path.startswith("theme/")]
    sheet, script = (re.compile(rf"theme/{kind}\.[0-9a-f]{{12}}\.\w+") for kind in ("css/site", "js/site"))
    assert [path for path in files if not sheet.fullmatch(path) and not script.fullmatch(path)] == [
        "theme/images/k.svg"
    ]
    assert len(files) == 3
    page = built.read("index.html")
    assert all(path in page for path in files if path != "theme/images/k.svg")
    assert next(built.read(path) for path in files if script.fullmatch(path)) == "1\n2"
    css = next(built.read(path) for path in files if sheet.fullmatch(path))
    assert css == '@layer base,plugins;@layer base{a{background:url("../images/k.svg")}}'


def test_an_address_that_names_no_file_stops_the_build(tmp_path):
    site = Site(tmp_path)
    settings = own_theme(site)
    site.write("content/a.md", "Title: A\nDate: 2026-09-01\n\nText.")
    site.write("paper/static/css/base.css", "\na { background: url(gone.svg) }")
    built = site.build(**settings)
    assert built.status != 0
    assert "base.css:2: url(gone.svg) names no file of the theme" in built.log
    assert not (built.output / "index.html").exists()


def test_a_foreign_theme_is_left_to_pelican(tmp_path):
    site = Site(tmp_path, THEME="notmyidea")
    site.write("content/a.md", "Title: A\nDate: 2026-09-01\n\nText.")
    plain, with_plugin = site.build("plain"), site.build("with", PLUGINS=["plugins.theme_assets"])
    assert with_plugin.status == 0, with_plugin.log
    assert "theme/css/main.css" in with_plugin.files()
    assert with_plugin.files() == plain.files()


def test_the_theme_shows_an_edition_with_no_other_plugin(tmp_path):
    site = Site(tmp_path, THEME=str(ROOT / "theme"), DIRECT_TEMPLATES=["index", "404"])
    site.write("content/a.md", "Title: Ħ & <i>\nDate: 2026-09-01\nSummary: One & two\n\nText.")
    built = site.build(fatal="warnings", **ON)
    assert built.status == 0, built.log
    page = built.read("index.html")
    assert "Ħ &amp; &lt;i&gt;" in page
    assert page.count('rel="stylesheet"') == 1


def test_the_theme_works_without_the_plugin(tmp_path):
    site = Site(tmp_path, THEME=str(ROOT / "theme"), DIRECT_TEMPLATES=["index"], PLUGINS=["plugins.currency_ticker"])
    site.write("content/a.md", "Title: A\nDate: 2026-09-01\n\nText.")
    rows = ROOT / "content/rates/history.csv"
    site.write("content/rates/history.csv", rows.read_bytes())
    built = site.build(JINJA_ENVIRONMENT=ON["JINJA_ENVIRONMENT"])
    assert built.status == 0, built.log
    links = re.findall(r'rel="stylesheet" href="https://test.example/([^"]+)"', built.read("index.html"))
    assert links[0] == "theme/css/order.css"
    assert set(links) <= set(built.files())
