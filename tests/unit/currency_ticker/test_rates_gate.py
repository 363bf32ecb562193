"""The gate, and that no sequence of figures gives a change that the history does not bear out."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.currency_ticker import collecting, figures, history
from plugins.currency_ticker.gate import GateSettings, Verdict, Witness, judge
from plugins.currency_ticker.lines import lines
from plugins.currency_ticker.model import series
from plugins.currency_ticker.settings import TickerSettings
from tests.unit.currency_ticker.observations import at, seen

LIMITS = GateSettings()
LAST = seen("UZS", "2026-05-19", "12052.70", "cbu")
TODAY = dt.date(2026, 5, 20)


def verdict(value, *witnesses, day="2026-05-20", known=(LAST,), today=TODAY):
    said = [Witness(origin, "UZS", TODAY, Decimal(rate)) for origin, rate in witnesses]
    return judge(seen("UZS", day, value, "cbu"), known, said, today, LIMITS)


@pytest.mark.parametrize(
    ("value", "witnesses", "expected"),
    [
        ("12100.00", (), Verdict.ACCEPTED),
        ("12655.33", (), Verdict.ACCEPTED),  # 5.0 %
        ("12656.00", (), Verdict.HELD),  # a little over
        ("12656.00", [("cbr", "12700")], Verdict.ACCEPTED),
        ("12656.00", [("cbr", "12000")], Verdict.HELD),
        ("12656.00", [("cbu", "12656")], Verdict.HELD),  # the same origin is no second vote
        ("14500.00", [("cbr", "14500"), ("bancaditalia", "14500")], Verdict.HELD),  # 20.3 %: an editor alone
        ("12100.00", [("cbr", "12400")], Verdict.HELD),  # 2.5 % from the only witness
        ("12100.00", [("cbr", "12400"), ("bancaditalia", "12090")], Verdict.ACCEPTED),
        ("0.27762", (), Verdict.HELD),
        ("0.00008297", [("cbr", "0.00008297")], Verdict.HELD),
    ],
)
def test_the_limits(value, witnesses, expected):
    assert verdict(value, *witnesses).verdict is expected


def test_a_weekend_gives_a_move_more_room():
    assert verdict("13500.00", day="2026-05-22", today=dt.date(2026, 5, 22)).verdict is Verdict.ACCEPTED


def test_what_is_known_is_carried_and_a_correction_is_judged_anew():
    known = (LAST, seen("UZS", "2026-05-20", "12100.00", "cbu"))
    assert verdict("12100.00", known=known).verdict is Verdict.CARRIED
    assert verdict("12110.00", known=known).verdict is Verdict.ACCEPTED
    assert verdict("21100.00", known=known).verdict is Verdict.HELD


def test_the_first_of_its_kind_needs_a_witness():
    assert verdict("12100.00", known=()).reason == "it is the first of its kind, and there is no witness"
    assert verdict("12100.00", ("cbr", "12110"), known=()).verdict is Verdict.ACCEPTED


values = st.decimals("0.00001", "99999", places=5).map(lambda value: f"{value:f}")
days = st.dates(dt.date(2026, 1, 1), dt.date(2026, 3, 1)).map(str)
figures_seen = st.builds(
    seen, st.sampled_from(["KGS", "KZT", "TJS", "UZS"]), days, values, st.sampled_from(["nbkr", "nbk", "nbt", "cbu"])
)


@settings(max_examples=60, deadline=None)
@given(st.lists(figures_seen, max_size=30), st.dates(dt.date(2026, 1, 5), dt.date(2026, 3, 5)))
def test_every_shown_change_recomputes_from_the_history(candidates, today):
    now = at(f"{today}T12:00")
    unique = {one.key: one for one in candidates}.values()
    judged = collecting.verdicts(
        unique, [], [Witness("cbr", one.currency, one.effective_date, one.rate) for one in unique], now, LIMITS
    )
    believed = [each.observation for each in judged if each.verdict is Verdict.ACCEPTED]
    text = history.render(believed)
    kept = history.parse(text, "history.csv")
    for line in lines(series(kept), TickerSettings(), now):
        for direction in ("currency/base", "base/currency"):
            change = line.change(direction)
            if change is None:
                continue
            rows = [row.split(",") for row in text.splitlines()[1:]]
            mine = [
                row
                for row in rows
                if row[1] == line.currency and row[6] == line.observation.source and row[0] <= str(today)
            ]
            (before, new) = (Decimal(mine[-2][3]), Decimal(mine[-1][3]))
            expected = (new / before - 1) * 100 if direction == "base/currency" else (before / new - 1) * 100
            assert abs(change - expected) < Decimal("1e-12")
            assert not figures.signed(change).startswith(("-0.00", "−0.00"))


@given(st.decimals("1e-12", "1e9", allow_nan=False, allow_infinity=False))
def test_no_shown_rate_has_fewer_than_four_digits_that_count(rate):
    digits = figures.significant(rate).replace(".", "").lstrip("0")
    assert len(digits) >= 4
    assert "E" not in figures.significant(rate)
