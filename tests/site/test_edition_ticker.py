"""The ticker of the built edition against figures worked out from the history in another way."""

import csv
import datetime as dt
import decimal
import fractions
import zoneinfo
from types import SimpleNamespace

import pytest

from tests.support.edition import BUILD_TIME
from tests.support.site import ROOT

ORDER = ["KGS", "KZT", "TJS", "UZS", "TMT"]
SOURCES = ["nbkr", "nbk", "nbt", "cbu", "cbt-peg", "currency-api"]
STRIP = "//section[contains(concat(' ', @class, ' '), ' ticker ')]"
NOW = dt.datetime.fromisoformat(BUILD_TIME)


def expected(code):
    """The rate in dollars for one unit, its change in percent and its day, in exact fractions."""
    latest = {}
    with (ROOT / "content/rates/history.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            today = NOW.astimezone(zoneinfo.ZoneInfo(row["time_zone"])).date().isoformat()
            key = row["source"], row["effective_date"]
            if row["currency"] == code and key[1] <= today:
                latest[key] = max(latest.get(key, row), row, key=lambda each: each["fetched_at"])
    days = {source: sorted(day for name, day in latest if name == source) for source in SOURCES}
    oldest = (NOW - dt.timedelta(days=4)).date().isoformat()
    fresh = [s for s in SOURCES if days[s] and (days[s][-1] >= oldest or latest[s, days[s][-1]]["kind"] == "fixed")]
    source = fresh[0] if fresh else max((s for s in SOURCES if days[s]), key=lambda each: days[each][-1])
    rows = [latest[source, day] for day in days[source]]
    rates = [fractions.Fraction(row["unit"]) / fractions.Fraction(row["value"]) for row in rows]
    shows_change = bool(fresh) and len(rates) > 1 and rows[-1]["kind"] != "fixed"
    return SimpleNamespace(
        rate=rates[-1], day=days[source][-1], change=(rates[-1] / rates[-2] - 1) * 100 if shows_change else None
    )


@pytest.fixture(scope="module")
def strip(pages):
    (found,) = next(page for page in pages if page.name == "index.html").tree.xpath(STRIP)
    return found


def words(element, name):
    return [" ".join(each.text_content().split()) for each in element.xpath(f".//span[@class='{name}']")]


def near(text, exact):
    """Whether the digits are the exact number, rounded to as many places as they have."""
    shown = decimal.Decimal(text.replace(",", "").replace("\N{MINUS SIGN}", "-").rstrip("%"))
    half = fractions.Fraction(10) ** shown.as_tuple().exponent / 2
    return abs(fractions.Fraction(shown) - exact) <= half


def test_every_page_has_the_strip_once_with_the_same_lines(pages):
    first = None
    for page in pages:
        strips = page.tree.xpath(STRIP)
        assert len(strips) == 1, page.name
        assert strips[0].get("aria-label"), page.name
        assert not strips[0].xpath("descendant-or-self::*[@aria-live or @role='marquee' or @role='status']"), page.name
        assert len(strips[0].xpath(".//ul/li")) == len(ORDER), page.name
        shown = strips[0].text_content()
        first = first or shown
        assert shown == first, page.name


def test_the_lines_stand_in_order(strip):
    assert words(strip, "ticker__pair") == [f"{code}/USD" for code in ORDER]


@pytest.mark.parametrize("code", ORDER)
def test_a_line_shows_what_the_history_says(strip, code):
    line, right = strip.xpath(".//li")[ORDER.index(code)], expected(code)
    (value,) = words(line, "ticker__value")
    assert near(value, right.rate)
    assert len(value.replace(".", "").lstrip("0")) >= 4
    assert line.xpath(".//time/@datetime") == [right.day]
    changes = line.xpath(".//span[@class='ticker__change']/span[@aria-hidden]/text()")
    assert len(changes) == (right.change is not None)
    for change in changes:
        glyph, percent = change.split()
        assert near(percent, right.change)
        assert glyph == ("▲" if percent.startswith("+") else "▼" if percent.startswith("\N{MINUS SIGN}") else glyph)
        assert not percent.startswith(("-", "\N{MINUS SIGN}0.00", "+0.00"))


def test_the_page_of_rates_has_both_directions(pages):
    rows = next(page for page in pages if page.name == "rates/index.html").tree.xpath("//li[@id]")
    assert [row.get("id").upper() for row in rows] == ORDER
    for code, row in zip(ORDER, rows, strict=True):
        figures = dict(zip(row.xpath(".//dt/text()"), row.xpath(".//dd/text()"), strict=False))
        right = expected(code)
        assert near(figures[f"{code}/USD"], right.rate)
        assert near(figures[f"USD/{code}"], 1 / right.rate)
        assert row.xpath(".//time/@datetime") == [right.day]


def test_a_countrys_page_has_its_rate_with_a_small_drawing_told_in_words(pages):
    fronts = {page.name.split("/")[1]: page for page in pages if page.name.count("/") == 2 and "countries" in page.name}
    by_country = {
        "kyrgyzstan": "KGS",
        "kazakhstan": "KZT",
        "tajikistan": "TJS",
        "uzbekistan": "UZS",
        "turkmenistan": "TMT",
    }
    for name, code in by_country.items():
        (panel,) = fronts[name].tree.xpath("//section[contains(@class, 'desk-rate')]")
        (drawing,) = panel.xpath(".//*[name()='svg']")
        assert drawing.get("role") == "img"
        assert drawing.get("aria-label").startswith(f"USD/{code}. From ")
        assert drawing.xpath("./*[name()='path']/@d")
        assert near(panel.xpath("./p[1]/text()")[-1].strip(), 1 / expected(code).rate)
        assert panel.xpath(".//figcaption/text()")[0].startswith(f"USD/{code}, 30 days: ")
        assert panel.xpath(".//a/@href")[-1].endswith(f"/rates/{code.lower()}/")
