import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from plugins.currency_ticker import history
from plugins.currency_ticker.lines import lines
from plugins.currency_ticker.model import Held, Kind, series
from plugins.currency_ticker.settings import TickerSettings
from plugins.currency_ticker.states import State
from tests.unit.currency_ticker.observations import at, seen

COMMITTED = history.read(Path(__file__).parents[3] / "content/rates/history.csv", "history.csv")
SOM = TickerSettings(currencies=("KGS",))


def line(observations, now, settings=SOM, held=()):
    (found,) = lines(series(observations), settings, at(now), held)
    return found


# The states, by age in the publisher's zone


@pytest.mark.parametrize(
    ("date", "now", "state"),
    [
        ("2026-09-30", "2026-09-30T12:00", State.FRESH),  # Wednesday
        ("2026-09-29", "2026-09-30T06:00", State.FRESH),  # yesterday's, early on a working day
        ("2026-09-28", "2026-09-30T12:00", State.CARRIED),
        ("2026-10-02", "2026-10-03T12:00", State.CARRIED),  # Friday's on Saturday
        ("2026-10-02", "2026-10-05T12:00", State.CARRIED),  # and on Monday
        ("2026-10-02", "2026-10-06T12:00", State.CARRIED),  # four days
        ("2026-10-02", "2026-10-07T12:00", State.STALE),  # five
        ("2025-12-31", "2026-01-09T12:00", State.CARRIED),  # the first eight days of the year do not count
        ("2025-12-31", "2026-01-12T12:00", State.CARRIED),
        ("2025-12-31", "2026-01-13T12:00", State.STALE),
        ("2026-01-02", "2026-01-07T12:00", State.CARRIED),
        ("2025-01-01", "2026-01-05T12:00", State.STALE),
    ],
)
def test_states(date, now, state):
    assert line([seen("KGS", date, "87.45")], now).state is state


def test_nothing_known():
    found = line([], "2026-09-30T12:00")
    assert (found.state, found.observation, found.rate("currency/base"), found.change("currency/base")) == (
        State.MISSING,
        None,
        None,
        None,
    )


def test_the_allowed_age_is_a_setting():
    settings = TickerSettings(currencies=("KGS",), stale_after_days=1)
    assert line([seen("KGS", "2026-09-28", "87.45")], "2026-09-30T12:00", settings).state is State.STALE


def test_age_is_counted_in_the_publishers_zone():
    observation = seen("KGS", "2026-09-29", "87.45")  # Bishkek is at UTC+6
    assert line([observation], "2026-09-28T17:59:59+00:00").state is State.MISSING
    assert line([observation], "2026-09-28T18:00:00+00:00").age_days == 0
    assert line([observation], "2026-09-29T18:00:00+00:00").age_days == 1


def test_a_rate_of_tomorrow_waits():
    past = [seen("KGS", "2026-09-29", "87.45"), seen("KGS", "2026-10-01", "88"), seen("KGS", "2026-10-02", "89")]
    assert line(past, "2026-09-30T12:00").observation == past[0]
    assert line(past, "2026-10-01T12:00").observation == past[1]


# Which source


def test_the_preferred_source_unless_it_is_stale():
    bank, market = seen("KGS", "2026-09-28", "87.45"), seen("KGS", "2026-10-04", "87.5", "currency-api", Kind.MARKET)
    assert line([bank, market], "2026-09-30T12:00").observation == bank
    assert line([bank, market], "2026-10-02T12:00").observation == bank
    assert line([bank, market], "2026-10-04T12:00").observation == market


def test_if_all_are_stale_the_most_recent():
    bank, market = seen("KGS", "2026-05-24", "87.45"), seen("KGS", "2026-09-29", "87.5", "currency-api", Kind.MARKET)
    found = line([bank, market], "2026-11-24T12:00")
    assert (found.observation, found.state, found.is_stale) == (market, State.STALE, True)
    older = replace(market, effective_date=dt.date(2026, 5, 24))
    assert line([bank, older], "2026-11-24T12:00").observation == bank


def test_the_order_of_sources_is_a_setting_and_others_are_not_shown():
    bank, market = seen("KGS", "2026-09-30", "87.45"), seen("KGS", "2026-09-30", "87.5", "currency-api", Kind.MARKET)
    settings = TickerSettings(currencies=("KGS",), sources=("currency-api", "nbkr"))
    assert line([bank, market], "2026-09-30T12:00", settings).observation == market
    settings = TickerSettings(currencies=("KGS",), sources=("currency-api",))
    assert line([bank], "2026-09-30T12:00", settings).state is State.MISSING


# The change


def test_the_change_is_in_the_shown_direction():
    found = line([seen("KGS", "2026-09-29", "80"), seen("KGS", "2026-09-30", "100")], "2026-09-30T12:00")
    assert found.change("base/currency") == 25
    assert found.change("currency/base") == -20


def test_it_is_counted_from_the_same_source():
    market = seen("KGS", "2026-09-29", "80", "currency-api", Kind.MARKET)
    assert line([market, seen("KGS", "2026-09-30", "100")], "2026-09-30T12:00").change("currency/base") is None


def test_it_is_counted_from_another_day_and_the_last_correction():
    first, second = seen("KGS", "2026-09-29", "80"), seen("KGS", "2026-09-30", "90")
    corrected = replace(second, value="100", fetched_at=second.fetched_at + dt.timedelta(hours=1))
    assert line([first, second, corrected], "2026-09-30T12:00").change("base/currency") == 25


def test_a_stale_rate_keeps_its_value_and_loses_its_change():
    found = line([seen("KGS", "2026-09-29", "80"), seen("KGS", "2026-09-30", "100")], "2026-10-12T12:00")
    assert found.state is State.STALE
    assert found.rate("base/currency") == 100
    assert found.change("currency/base") is None


def test_a_fixed_rate_neither_moves_nor_ages():
    settings = TickerSettings(currencies=("TMT",))
    pegs = [
        seen("TMT", "2008-05-01", "2.85", "cbt-peg", Kind.FIXED),
        seen("TMT", "2015-01-01", "3.5", "cbt-peg", Kind.FIXED),
    ]
    found = line(pegs, "2026-09-30T12:00", settings)
    assert (found.state, found.is_stale, found.change("currency/base")) == (State.FIXED, False, None)
    assert found.rate("base/currency") == Decimal("3.5")


def test_a_held_figure_marks_the_last_good_one():
    past = [seen("KGS", "2026-09-29", "80"), seen("KGS", "2026-09-30", "100")]
    held = Held("KGS", "nbkr", dt.date(2026, 10, 1), "a move of 35 % in a day")
    found = line(past, "2026-10-01T12:00", held=[held])
    assert (found.state, found.held, found.observation) == (State.HELD, held, past[1])
    assert found.change("base/currency") == 25
    assert line(past, "2026-10-12T12:00", held=[held]).change("base/currency") is None
    assert (
        line(past, "2026-10-01T12:00", held=[replace(held, effective_date=dt.date(2026, 9, 30))]).state is State.FRESH
    )
    assert line(past, "2026-10-01T12:00", held=[replace(held, currency="KZT")]).state is State.FRESH


# The real history


@pytest.mark.parametrize(
    ("now", "sources"),
    [
        ("2026-04-03T12:00", ["currency-api", "nbk", "currency-api", "cbu", "cbt-peg"]),
        ("2026-05-20T12:00", ["currency-api", "currency-api", "nbt", "currency-api", "cbt-peg"]),
        ("2026-05-24T12:00", ["nbkr", "currency-api", "nbt", "currency-api", "cbt-peg"]),
        ("2026-09-30T12:00", ["currency-api"] * 4 + ["cbt-peg"]),
    ],
)
def test_the_committed_history(now, sources):
    found = lines(series(COMMITTED), TickerSettings(), at(now))
    assert [each.currency for each in found] == ["KGS", "KZT", "TJS", "UZS", "TMT"]
    assert [each.observation.source for each in found] == sources


def test_the_banks_own_moves_come_out():
    found = lines(series(COMMITTED), TickerSettings(direction="base/currency"), at("2026-04-03T12:00"))[1]
    assert round(found.change("base/currency"), 2) == Decimal("-0.59")  # as the bank of Kazakhstan's own -2.78


@given(
    st.dictionaries(
        st.dates(dt.date(2026, 9, 1), dt.date(2026, 9, 30)), st.decimals("0.0001", "99999", places=4), min_size=1
    ),
    st.dates(dt.date(2026, 9, 1), dt.date(2026, 9, 30)),
)
def test_every_shown_change_recomputes_from_the_history(values, day):
    past = [seen("KGS", str(date), f"{value:f}") for date, value in values.items()]
    found = line(past, f"{day}T12:00")
    known = sorted(date for date in values if date <= day)
    assert (found.observation is None) == (not known)
    change = found.change("currency/base")
    if change is not None:
        before, now = (1 / values[date] for date in known[-2:])
        assert abs(change - (now / before - 1) * 100) < Decimal("1e-9")
