"""The 101 real days of the samples, fetched one by one by the real command, and what the built pages show of them."""

import csv
import datetime as dt
import itertools
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup

from plugins.currency_ticker import __main__ as command
from plugins.currency_ticker import history
from tests.rates.newsroom import AT, DATA, Newsroom, body
from tests.unit.currency_ticker.test_rates_charts import places

CODES = ("KGS", "KZT", "TJS", "UZS")
with (DATA / "currency-api/usd-history.csv").open(encoding="utf-8", newline="") as stream:
    DAYS = {dt.date.fromisoformat(row["date"]): row for row in csv.DictReader(stream)}
FIRST, LAST = min(DAYS), max(DAYS)
# the gaps that the test below wants are counted by hand in the file of days
WINDOWS = {"month": LAST - dt.timedelta(days=29), "year": LAST - dt.timedelta(days=365), "all": FIRST}


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory):
    made = Newsroom(tmp_path_factory.mktemp("days"))
    made.site.write("content/rates/history.csv", history.HEADER + "\n")
    made.settings = {**made.settings, "ask": ["currency-api"], "sources": ["currency-api", "cbt"]}
    made.addresses["currency-api"] = f"{made.base}/currency-api/{{release}}"
    made.command()
    yield made
    made.close()


@pytest.fixture(scope="module")
def fetched(newsroom):
    """The newsroom after a fetch on each of the days."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(newsroom.site.folder)
        for day, row in DAYS.items():
            usd = "".join(f'"{code.lower()}":{row[code.lower()]},' for code in CODES)
            newsroom.answers["currency-api"] = body(f'{{"date":"{day}","usd":{{{usd}"tmt":3.5}}}}'.encode())
            status = command.main(["rates", "--at", f"{day}T12:00:00Z"])
            assert status == (1 if day == FIRST else 0), f"{day}: only the first of its kind waits for an editor"
            for code in CODES if day == FIRST else ():
                assert command.main(["confirm", code, str(day), "--reason", "first row", "--at", AT]) == 0
    return newsroom


@pytest.fixture(scope="module")
def built(fetched):
    fetched.site.settings["BUILD_TIME"] = f"{LAST}T18:00:00+00:00"
    return fetched.built()


def test_every_days_rates_are_kept_as_they_were_published(fetched):
    kept = {(seen.effective_date, seen.currency): seen.value for seen in history.read(fetched.history, "history.csv")}
    assert kept.pop((dt.date(2015, 1, 1), "TMT")) == "3.5", "the manat comes with the suite"
    assert len(kept) == 404
    assert kept == {(day, code): row[code.lower()] for day, row in DAYS.items() for code in CODES}


def test_the_page_of_all_rates_shows_the_last_of_them(built):
    rows = BeautifulSoup(built.read("rates/index.html"), "html.parser").select(".rates__row")
    shown = {row.select(".rates__pair")[1].get_text(): row.select(".rates__value")[1].get_text() for row in rows}
    assert shown == {**{f"USD/{code}": written(rate(LAST, code)) for code in CODES}, "USD/TMT": "3.5000"}


def rate(day, code):
    return Decimal(DAYS[day][code.lower()])


def written(value):
    return f"{value:,.2f}" if value >= 100 else f"{value:.4f}"


def runs(first):
    """The days from ``first`` on that belong together: no more than four between, those of the new year not counted."""
    days = [day for day in DAYS if day >= first]
    found = [[days[0]]]
    for one, next_ in itertools.pairwise(days):
        between = [one + dt.timedelta(number) for number in range(1, (next_ - one).days + 1)]
        if sum((day.month, day.day) > (1, 8) for day in between) > 4:
            found.append([])
        found[-1].append(next_)
    return found


def across(day, first):
    """Where a day stands in the field, which begins at 130 and ends at 704."""
    return 130 + round(574 * (day - first).days / (LAST - first).days)


@pytest.mark.parametrize("code", CODES)
def test_the_table_behind_the_drawings_has_each_day_with_its_value(built, code):
    rows = BeautifulSoup(built.read(f"rates/{code.lower()}/index.html"), "html.parser").select(".rate-values tbody tr")
    shown = [(row.time["datetime"], row.select("td")[1].get_text()) for row in rows]
    assert shown == [(str(day), written(rate(day, code))) for day in sorted(DAYS, reverse=True)]


@pytest.mark.parametrize(("name", "breaks"), [("month", 0), ("year", 13), ("all", 30)])
@pytest.mark.parametrize("code", CODES)
def test_the_drawing_has_each_day_at_its_place_and_each_gap(built, code, name, breaks):
    page = BeautifulSoup(built.read(f"rates/{code.lower()}/index.html"), "html.parser")
    drawing, first = page.find("svg", attrs={"aria-labelledby": f"title-{name} words-{name}"}), WINDOWS[name]
    paths = [each["d"] for each in drawing.select(".rate-stroke.is-market path")]
    found = {run[0][0]: run for path in paths for run in places(path)}
    wanted = {across(run[0], first): {across(day, first): rate(day, code) for day in run} for run in runs(first)}
    assert {start: [x for x, _ in run] for start, run in found.items()} == {
        start: list(run) for start, run in wanted.items()
    }
    assert len(found) == breaks + 1
    (low, bottom), (high, top) = scale(drawing)
    for start, run in wanted.items():
        for (x, y), value in zip(found[start], run.values(), strict=True):
            exact = bottom + (top - bottom) * float((value - low) / (high - low))
            assert abs(y - exact) <= 0.51, f"{value} stands at {x}, {y}"
    words = drawing.find("desc").get_text()
    assert ("left empty" not in words) if not breaks else words.endswith(f"left empty: {breaks}.")


def scale(drawing):
    """The lowest and the highest labelled rate, each with its place."""
    labels = drawing.select("[text-anchor=end] text")
    marks = sorted((Decimal(each.get_text().replace(",", "")), int(each["y"])) for each in labels)
    return marks[0], marks[-1]
