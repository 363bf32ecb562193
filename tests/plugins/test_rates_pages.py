"""The pages of rates in real builds: of a theme that knows nothing of them, and of the edition."""

import json

import pytest
from bs4 import BeautifulSoup

from tests.support.site import ROOT, Site

HISTORY = (ROOT / "content/rates/history.csv").read_text("utf-8")
CODES = ("kgs", "kzt", "tjs", "uzs", "tmt")


@pytest.fixture(scope="module")
def build(tmp_path_factory):
    settings = {"PLUGINS": ["plugins.currency_ticker"], "THEME": "simple", "EDITION_LOCALE": "en_GB"}
    site = Site(tmp_path_factory.mktemp("rates"), **settings)
    site.write("content/rates/history.csv", HISTORY)
    made = site.build()
    assert made.status == 0, made.log
    return made


def page(build, name):
    return BeautifulSoup(build.read(name), "html.parser")


@pytest.mark.parametrize("code", CODES)
def test_a_currency_has_its_page_with_three_drawings_and_the_table_behind_them(build, code):
    found = page(build, f"rates/{code}/index.html")
    assert code.upper() in found.select_one(".rates h1").get_text()
    assert [chart.h2.get_text().split(", ")[1] for chart in found.select(".rate-chart")] == [
        "30 days",
        "a year",
        "all that is known",
    ]
    for drawing in found.select("svg"):
        named = [found.find(id=each).get_text() for each in drawing["aria-labelledby"].split()]
        assert len(named) == 2
        assert drawing["role"] == "img"
        assert not drawing.select("[style]")
    assert found.select("details table tbody tr")


def test_a_drawing_shows_the_kind_of_each_rate_by_its_line(build):
    found = page(build, "rates/kgs/index.html")
    assert {path["stroke-width"] for path in found.select(".rate-stroke.is-market path")} == {"4", "9"}
    assert {path["stroke-width"] for path in found.select(".rate-stroke.is-official path")} == {"15"}
    peg = page(build, "rates/tmt/index.html")
    assert {path["stroke-dasharray"] for path in peg.select(".rate-stroke.is-fixed path")} == {"16 12"}


def test_pages_are_linked_in_the_editions_order(build):
    rates = page(build, "rates/index.html")
    wanted = [f"https://test.example/rates/{code}/" for code in CODES]
    assert [each["href"] for each in rates.select("th a")] == wanted
    links = {
        code: {each["rel"][0]: each["href"] for each in page(build, f"rates/{code}/index.html").select(".rates a[rel]")}
        for code in CODES
    }
    assert links["kgs"] == {"next": wanted[1]}
    assert links["tjs"] == {"prev": wanted[1], "next": wanted[3]}
    assert links["tmt"] == {"prev": wanted[3]}


def test_the_converter_stands_without_script(build):
    tables = page(build, "rates/index.html").select("table.rate-amounts")
    assert len(tables) == 5
    assert [cell.get_text() for cell in tables[0].select("tbody tr")[0].select("td")] == [
        "1",
        "87.4571",
        "100",
        "1.1434",
    ]
    assert tables[0].caption.get_text() == "Kyrgystani Som, 29 September 2026"


def test_the_page_names_whom_it_shows_and_whom_it_asks(build):
    told = [each.get_text() for each in page(build, "rates/index.html").select(".rates-publishers li")]
    assert told == [
        "National Bank of the Kyrgyz Republic: official rate, KGS",
        "National Bank of Kazakhstan: official rate, KZT",
        "National Bank of Tajikistan: official rate, TJS",
        "Central Bank of Uzbekistan: official rate, UZS",
        "Central Bank of Turkmenistan: fixed rate, TMT",
        "currency-api: market rate",
        "Banca d'Italia: a second witness, not shown",
        "Bank of Russia: a second witness, not shown",
    ]


def test_the_data_stands_beside_the_pages(build):
    rates = page(build, "rates/index.html")
    links = [each["href"].removeprefix("https://test.example/") for each in rates.select(".rates-data a")]
    assert links == [
        "rates/latest.json",
        "rates/history.csv",
        "rates/schema.json",
        "rates/feed.atom",
        "rates/embed/",
    ]
    files = build.files()
    assert set(links[:-1]) <= set(files)
    assert files["rates/history.csv"].decode() == HISTORY
    for code in CODES:
        assert page(build, f"rates/{code}/index.html").select_one("caption a")["href"].endswith(f"rates/{code}.json")
        assert json.loads(files[f"rates/{code}.json"])["currency"] == code.upper()
    assert b"<id>tag:test.example,2024:rates/2026-09-29</id>" in files["rates/feed.atom"]
    assert b'href="https://test.example/rates/feed.atom"' in files["rates/feed.atom"]


def test_the_frame_is_small_and_alone(build):
    files = {name: data for name, data in build.files().items() if name.startswith("rates/embed/")}
    assert set(files) == {"rates/embed/index.html", "rates/embed/frame.css"}
    assert sum(map(len, files.values())) < 10_000
    found = page(build, "rates/embed/index.html")
    assert found.select_one("meta[name=robots]")["content"] == "noindex"
    assert [each["href"] for each in found.select("link")] == ["frame.css"]
    assert not found.select("script, img, [style], [src], iframe")
    assert "url(" not in files["rates/embed/frame.css"].decode()
    (out,) = found.select("a")
    assert (out["href"], out["target"]) == ("../", "_top")
    rows = [" ".join(row.get_text(" ").split()) for row in found.select("tbody tr")]
    assert rows[3] == (
        "Uzbekistani Som 29 September 2026, currency-api, market rate 11,792.22 UZS UZS/USD \N{MINUS SIGN}0.33%"
    )
    assert rows[4].endswith("3.5000 TMT fixed")


def test_a_country_page_of_any_theme_has_the_panel_where_both_plugins_are_in_use(tmp_path):
    site = Site(tmp_path, PLUGINS=["plugins.currency_ticker", "plugins.country_pages"], THEME="simple")
    site.write(
        "content/story.md", "Title: A story\nDate: 2026-09-01 09:00\nCountries: UZ; RU\nCategory: News\n\nWords."
    )
    site.write("content/rates/history.csv", HISTORY)
    both = site.build()
    assert both.status == 0, both.log
    found = page(both, "countries/uzbekistan/index.html")
    assert found.find("h2", string="Uzbekistani Som")
    assert found.select_one("figure.rate-small svg")["aria-label"].startswith("USD/UZS. From ")
    assert found.find("a", string="The course of the rate")["href"] == "https://test.example/rates/uzs/"
    assert "rate-small" not in both.read("countries/russia/index.html"), "the rouble is none of the ticker's"
    alone = site.build(PLUGINS=["plugins.country_pages"])
    assert alone.status == 0, alone.log
    assert "rate-small" not in alone.read("countries/uzbekistan/index.html")
