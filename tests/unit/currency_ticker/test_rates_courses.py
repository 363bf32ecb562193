import datetime as dt
from pathlib import Path

from babel import Locale

from plugins.currency_ticker import courses, history
from plugins.currency_ticker.lines import lines
from plugins.currency_ticker.model import Kind, series
from plugins.currency_ticker.settings import TickerSettings
from plugins.currency_ticker.views import Language, ticker
from tests.unit.currency_ticker.observations import at, seen

COMMITTED = history.read(Path(__file__).parents[3] / "content/rates/history.csv", "history.csv")
ENGLISH = Language(Locale.parse("en_GB"), str)


def pages(now="2026-09-29T18:00", observations=COMMITTED):
    settings, known = TickerSettings(), series(observations)
    shown = lines(known, settings, at(now))
    edition = courses.Edition(settings, ENGLISH, at(now).date())
    return courses.currencies(shown, ticker(shown, settings, ENGLISH).lines, known, edition)


def test_each_currency_has_a_page_with_neighbours():
    found = pages()
    assert [page.line.code for page in found] == ["KGS", "KZT", "TJS", "UZS", "TMT"]
    assert [page.older and page.older.code for page in found] == [None, "KGS", "KZT", "TJS", "UZS"]
    assert [page.newer and page.newer.code for page in found] == ["KZT", "TJS", "UZS", "TMT", None]
    assert [page.line.url for page in found[:2]] == ["rates/kgs/", "rates/kzt/"]


def test_the_words_say_what_is_drawn():
    month, year, whole = pages()[0].charts
    assert month.words == (
        "From 87.5472 on 31 August 2026 to 87.4571 on 29 September 2026. "
        "Lowest 87.4498 on 18 September 2026, highest 87.5562 on 5 September 2026."
    )
    assert year.words.endswith("Times without a known rate, left empty: 13.")
    assert [chart.title for chart in (month, year, whole)] == [
        "USD/KGS, 30 days",
        "USD/KGS, a year",
        "USD/KGS, all that is known",
    ]
    assert [mark.text for mark in month.rates] == ["87.40", "87.45", "87.50", "87.55", "87.60"]
    assert [mark.text for mark in whole.days] == ["2025", "2026"]


def test_the_table_has_what_the_history_says_the_newest_first():
    values = pages()[0].values
    assert len(values) == 102
    assert (values[0].day, values[0].value, values[0].kind_words) == (dt.date(2026, 9, 29), "87.4571", "market rate")
    assert [row.day for row in values] == sorted((row.day for row in values), reverse=True)


def test_of_a_long_past_the_table_has_the_last_of_each_month():
    days = [dt.date(2026, 9, 29) - dt.timedelta(number) for number in range(courses.LAST + 100)]
    past = tuple(seen("KGS", str(day), f"87.{day:%m%d}", "currency-api", Kind.MARKET) for day in reversed(days))
    rows = [row.day for row in pages(observations=past)[0].values]
    assert rows[: courses.LAST] == days[: courses.LAST]
    before = days[courses.LAST :]
    ends = [day for day in before if day == before[0] or (day + dt.timedelta(1)).month != day.month]
    assert rows[courses.LAST :] == ends


def test_days_without_rates_are_told_not_drawn():
    month, year, _ = pages("2026-11-24T12:00")[0].charts
    assert (month.strokes, month.words) == ((), "No rate of these days is known.")
    assert year.strokes


def test_a_fixed_rate_is_one_line_in_each():
    page = pages()[4]
    assert [[stroke.kind for stroke in chart.strokes] for chart in page.charts] == [["fixed"]] * 3
    assert [entry.words for entry in page.legend] == ["fixed rate: broken line"]
    assert page.charts[0].words == "From 3.5000 on 31 August 2026 to 3.5000 on 29 September 2026."


def test_nothing_known_is_a_page_without_figures():
    for page in pages(observations=()):
        assert (page.values, page.amounts, page.legend) == ((), (), ())
        assert not any(chart.strokes for chart in page.charts)


def test_a_rate_of_tomorrow_is_not_drawn_yet():
    early = pages("2026-09-20T12:00")[0]
    assert early.values[0].day == dt.date(2026, 9, 20)


def test_round_amounts_are_written_as_rates_are():
    first, *_ = pages()[3].amounts
    assert (first.dollars, first.dollars_worth, first.local, first.local_worth) == (
        "1",
        "11,792.22",
        "100,000",
        "8.4802",
    )
