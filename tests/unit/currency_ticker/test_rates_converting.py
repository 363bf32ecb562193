from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from plugins.currency_ticker import converting


def test_dollars_are_changed_exactly():
    assert [amount.worth for amount in converting.from_dollars(Decimal("87.45712429"))] == [
        Decimal("87.45712429"),
        Decimal("874.5712429"),
        Decimal("8745.712429"),
        Decimal("87457.12429"),
    ]


def test_local_amounts_are_round():
    def given_for(rate):
        return [f"{amount.given:f}" for amount in converting.to_dollars(Decimal(rate))]

    assert given_for("87.45") == ["100", "1000", "10000", "100000"]
    assert given_for("11792.22") == ["100000", "1000000", "10000000", "100000000"]
    assert given_for("3.5") == ["10", "100", "1000", "10000"]
    assert given_for("100") == ["100", "1000", "10000", "100000"]
    assert given_for("0.03") == ["0.1", "1.0", "10.0", "100.0"]


@given(st.decimals("0.0001", "10000000", places=6))
def test_the_least_amount_is_worth_a_dollar_or_more_but_under_ten(rate):
    least, *_ = converting.to_dollars(rate)
    assert 1 <= least.worth <= 10
    assert abs(least.worth * rate - least.given) < Decimal("1e-30")
