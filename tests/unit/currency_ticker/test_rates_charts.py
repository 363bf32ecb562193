import datetime as dt
import re
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from plugins.currency_ticker import charts
from plugins.currency_ticker.model import Kind
from tests.unit.currency_ticker.observations import seen

FIRST, LAST = dt.date(2026, 9, 1), dt.date(2026, 9, 30)


def drawn(*pasts, first=FIRST, last=LAST):
    return charts.chart(pasts, first, last, 4)


def daily(start, values, **kind):
    begun = dt.date.fromisoformat(start)
    return tuple(seen("KGS", str(begun + dt.timedelta(number)), value, **kind) for number, value in enumerate(values))


def places(path):
    """The corners of a path, one list a run."""
    runs = []
    for start, steps in re.findall(r"M(\d+ \d+)(?:l([^M]+)|h0)", path):
        x, y = map(int, start.split())
        run = [(x, y)]
        numbers = [int(number) for number in steps.split()]
        for across, down in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + across, y + down
            run.append((x, y))
        runs.append(run)
    return runs


def test_a_course_goes_from_edge_to_edge_within_its_field():
    made = drawn(daily("2026-09-01", [str(80 + number % 7) for number in range(30)]))
    (stroke,) = made.strokes
    (run,) = places(stroke.path)
    assert (run[0][0], run[-1][0]) == (charts.LEFT, charts.RIGHT)
    assert len(run) == 30
    assert all(charts.TOP <= y <= charts.BOTTOM for _, y in run)
    assert run[0][1] == max(y for _, y in run), "the lowest rate stands lowest"


def test_a_gap_is_a_gap_and_a_weekend_is_none():
    past = (*daily("2026-09-01", ["80", "81"]), *daily("2026-09-06", ["82", "83"]), *daily("2026-09-12", ["84", "85"]))
    (stroke,) = drawn(past).strokes
    assert [len(run) for run in places(stroke.path)] == [4, 2]
    assert stroke.breaks == 1


def test_a_day_that_stands_alone_is_a_dot():
    (stroke,) = drawn(daily("2026-09-10", ["80"])).strokes
    assert stroke.path == ""
    assert re.fullmatch(r"M\d+ \d+h0", stroke.dots)


def test_the_new_years_rest_breaks_no_line():
    past = (seen("KGS", "2025-12-31", "80"), seen("KGS", "2026-01-09", "81"))
    (stroke,) = drawn(past, first=dt.date(2025, 12, 20), last=dt.date(2026, 1, 20)).strokes
    assert stroke.breaks == 0


def test_kinds_are_kept_apart_and_the_official_comes_first():
    market = daily("2026-09-01", ["80", "81"], source="currency-api", kind=Kind.MARKET)
    made = drawn(market, daily("2026-09-01", ["82", "83"]))
    assert [stroke.kind for stroke in made.strokes] == ["official", "market"]


def test_a_fixed_rate_goes_on():
    made = drawn((seen("TMT", "2015-01-01", "3.5", "cbt-peg", Kind.FIXED),))
    (run,) = places(made.strokes[0].path)
    assert [x for x, _ in run] == [charts.LEFT, charts.RIGHT]
    assert made.points == ((FIRST, Decimal("3.5")), (LAST, Decimal("3.5")))


def test_where_nothing_is_known_nothing_is_drawn():
    assert drawn(daily("2026-07-01", ["80", "81"])) is None
    assert drawn() is None
    later = seen("TMT", "2027-01-01", "4", "cbt-peg", Kind.FIXED)
    assert drawn((later,)) is None


def test_a_single_day_can_be_drawn():
    assert drawn(daily("2026-09-01", ["80"]), first=FIRST, last=FIRST).strokes[0].dots == "M130 185h0"


def test_a_long_course_is_drawn_with_one_step_a_unit_at_most():
    past = daily("2006-10-01", [str(60 + number % 13) for number in range(7300)])
    made = drawn(past, first=dt.date(2006, 10, 1))
    (run,) = places(made.strokes[0].path)
    assert len(run) <= charts.RIGHT - charts.LEFT + 1
    assert len(made.strokes[0].path) < 6000
    assert len(made.points) == 7300
    assert [mark.day.month for mark in made.days] == [1] * len(made.days)
    assert 4 <= len(made.days) <= 7


@given(
    st.lists(st.decimals("0.0001", "99999", places=4), min_size=1, max_size=40),
    st.integers(1, 4000),
)
def test_any_course_stays_in_its_field_between_round_rates(values, days):
    first = LAST - dt.timedelta(days=days)
    made = drawn(daily(str(first), [f"{value:f}" for value in values]), first=first)
    low, high = min(rate for _, rate in made.points), max(rate for _, rate in made.points)
    assert made.rates[0].rate <= low
    assert high <= made.rates[-1].rate
    assert 3 <= len(made.rates) <= 6
    assert all(first <= mark.day <= LAST for mark in made.days)
    for stroke in made.strokes:
        for run in places(stroke.path + stroke.dots):
            assert all(charts.LEFT <= x <= charts.RIGHT and charts.TOP <= y <= charts.BOTTOM for x, y in run)
