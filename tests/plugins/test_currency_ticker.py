"""Real builds of small sites with the ticker, in themes that know nothing of it."""

import re

import pytest
from bs4 import BeautifulSoup

from tests.support.site import ROOT, Site

HISTORY = (ROOT / "content/rates/history.csv").read_text("utf-8")


@pytest.fixture
def site(tmp_path):
    made = Site(
        tmp_path,
        PLUGINS=["plugins.currency_ticker"],
        THEME="simple",
        CURRENCY_TICKER={"inject": True},
        ARTICLE_PATHS=["articles"],
        EDITION_LOCALE="en_GB",
    )
    made.write("content/rates/history.csv", HISTORY)
    made.write("content/articles/melon.md", "Title: Melon\nDate: 2026-09-01\nCategory: Food\n\nSweet.\n")
    return made


def pages(build):
    assert build.status == 0, build.log
    found = {name: BeautifulSoup(data, "html.parser") for name, data in build.files().items() if name.endswith(".html")}
    assert found
    return found


def texts(soup, selector):
    return [" ".join(node.get_text(" ").split()) for node in soup.select(selector)]


@pytest.mark.parametrize("theme", ["simple", "notmyidea"])
def test_the_strip_stands_at_the_top_of_every_page_of_a_theme_that_knows_nothing_of_it(site, theme):
    for name, page in pages(site.build(THEME=theme)).items():
        if name == "rates/embed/index.html":
            assert not page.select(".ticker, link[href$='ticker.css']")
            continue
        assert len(page.select("section.ticker")) == 1, name
        assert page.body.find_all(recursive=False)[0]["class"] == ["ticker"], name
        assert len(page.select("head link[href='https://test.example/theme/currency_ticker/ticker.css']")) == 1, name


def test_nothing_else_changes(site):
    bare = site.build(output="bare", PLUGINS=[]).files()
    added = site.build().files()
    codes = ("kgs", "kzt", "tjs", "uzs", "tmt")
    pages = {"rates/index.html", *(f"rates/{code}/index.html" for code in codes)}
    data = {f"rates/{name}" for name in ("latest.json", "schema.json", "history.csv", "feed.atom")}
    data |= {"rates/embed/index.html", "rates/embed/frame.css"}
    data |= {f"rates/{code}.json" for code in codes}
    assert set(added) - set(bare) == {
        *pages,
        *data,
        *(f"theme/currency_ticker/{name}" for name in ("converter.js", "ticker.css")),
    }
    for name, data in bare.items():
        text = re.sub(r'\n<section class="ticker".*?</section>\n', "", added[name].decode(), flags=re.DOTALL)
        assert re.sub(r'<link rel="stylesheet" href="[^"]*ticker.css">\n', "", text) == data.decode(), name


def test_without_inject_only_the_rates_page_is_added(site):
    found = pages(site.build(CURRENCY_TICKER={}))
    assert [name for name, page in found.items() if page.select(".ticker")] == []
    assert "rates/index.html" in found


def test_the_strip_is_a_labelled_region_with_one_list(site):
    (strip,) = pages(site.build())["index.html"].select("section.ticker")
    assert strip["aria-label"] == "Exchange rates"
    assert not strip.select("[id], [style], [aria-live], script")
    (listed,) = strip.select("ul")
    assert len(listed.select("li")) == 5
    assert texts(strip, "li")[3] == (
        "UZS/USD 0.00008480 ▼ −0.33% down 0.33 per cent 29 September 2026 , currency-api, market rate"
    )
    assert texts(strip, "li")[4] == (
        "TMT/USD 0.2857 fixed since 1 January 2015 , Central Bank of Turkmenistan, fixed rate"
    )
    assert texts(strip, "a") == ["Rates of 29 September 2026"]
    assert strip.a["href"] == "https://test.example/rates/"


def test_motion_adds_a_pause_and_one_silent_copy(site):
    (strip,) = pages(site.build(CURRENCY_TICKER={"inject": True, "motion": True}))["index.html"].select(".ticker")
    first, copy = strip.select("ul")
    assert copy["aria-hidden"] == "true"
    assert not copy.select("a, button, input, [tabindex], [aria-hidden]")
    assert [item.select_one(".ticker__value") for item in copy.select("li")] == [
        item.select_one(".ticker__value") for item in first.select("li")
    ]
    (pause,) = strip.select("label.ticker__pause")
    assert pause.input["type"] == "checkbox"
    assert pause.get_text(strip=True) == "Pause"


def test_movement_can_be_stopped_and_is_never_unwelcome():
    css = (ROOT / "plugins/currency_ticker/static/currency_ticker/ticker.css").read_text("utf-8")
    still, moving = css.split("@media (prefers-reduced-motion: no-preference)")
    assert "animation" not in still
    assert "input:checked) .ticker__list" in moving
    assert "@media print { .ticker { display: none; } }" in moving


def test_the_page_of_all_rates_has_both_directions(site):
    page = pages(site.build())["rates/index.html"]
    rows = texts(page, ".rates__row")
    assert rows[0] == (
        "Kyrgystani Som KGS/USD 0.01143 USD/KGS 87.4571 = 0.00% nearly unchanged "
        "29 September 2026 currency-api , market rate current"
    )
    assert rows[4].startswith("Turkmenistani Manat TMT/USD 0.2857 USD/TMT 3.5000 – none shown since 1 January 2015")
    assert page.title.get_text() == "Exchange rates | A test"
    assert page.select_one("a[href='https://cbt.tm/']")


@pytest.mark.parametrize(
    ("build_time", "states"),
    [
        ("2026-09-30T12:00:00+05:00", ["current"] * 4),
        ("2026-10-03T12:00:00+05:00", ["no newer rate yet"] * 4),
        ("2026-10-04T12:00:00+05:00", ["out of date"] * 4),
        ("2026-04-03T12:00:00+05:00", ["out of date", "current", "out of date", "current"]),
        ("2014-06-01T12:00:00+05:00", ["no rate known"] * 4),
    ],
)
def test_states_follow_the_one_build_time(site, build_time, states):
    page = pages(site.build(BUILD_TIME=build_time))["rates/index.html"]
    assert texts(page, ".rates__state")[:4] == states


def test_a_bad_row_stops_the_build_with_file_and_line(site):
    site.write("content/rates/history.csv", HISTORY.replace(",11792.22406441,", ",1.1e4,").replace("cbt-peg,", "CBT,"))
    build = site.build()
    assert build.status != 0
    assert "content/rates/history.csv:2: source is 'CBT'" in build.log
    assert "content/rates/history.csv:419: value is '1.1e4'" in build.log
    assert not build.output.exists() or build.files() == {}


def test_a_missing_history_stops_the_build_and_says_what_to_write(site):
    (site.folder / "content/rates/history.csv").unlink()
    build = site.build()
    assert build.status != 0
    assert (
        "content/rates/history.csv: there is no such file. Write its header row: effective_date,currency" in build.log
    )


def test_an_empty_history_is_a_site_without_rates(site):
    site.write("content/rates/history.csv", HISTORY.partition("\n")[0] + "\n")
    (strip,) = pages(site.build())["index.html"].select(".ticker")
    assert texts(strip, "li") == [f"{code}/USD – no rate known" for code in ("KGS", "KZT", "TJS", "UZS", "TMT")]


def test_a_wrong_setting_stops_the_build(site):
    build = site.build(CURRENCY_TICKER={"curencies": ["KGS"]})
    assert build.status != 0
    assert "CURRENCY_TICKER['curencies']: is not a setting. Did you mean 'currencies'?" in build.log


def test_the_same_bytes_twice(site):
    assert site.build().files() == site.build(output="again", seed="7").files()


def test_addresses_can_be_relative(site):
    page = pages(site.build(RELATIVE_URLS=True, SITEURL=""))["melon.html"]
    assert page.select_one(".ticker a")["href"] == "./rates/"
    assert page.select_one("link[href$='ticker.css']")["href"] == "./theme/currency_ticker/ticker.css"


def test_a_theme_may_override_the_strip(site):
    site.write("theme/templates/currency_ticker/strip.html", "<p>{{ currency_ticker.lines[0].value }}</p>")
    site.write("theme/templates/base.html", "<body>{% include 'currency_ticker/strip.html' ignore missing %}</body>")
    site.write("theme/static/a.css", "")
    build = site.build(THEME="theme", CURRENCY_TICKER={})
    assert build.status == 0, build.log
    assert build.read("rates/index.html") == "<body><p>0.01143</p></body>"
