from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from plugins.currency_ticker import figures

rates = st.decimals("0.000000000001", "999999999999", places=12, allow_nan=False)
percents = st.decimals(-99, 1_000_000, places=9)


def digits_that_count(text: str) -> int:
    return len(text.replace(".", "").lstrip("0"))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("0.01143421", "0.01143"),
        ("87.4571", "87.4571"),
        ("0.0000848", "0.00008480"),
        ("11792.22406441", "11792.22"),
        ("474.2", "474.20"),
        ("3.5", "3.5000"),
        ("9.99999", "10.0000"),
        ("99.999999", "100.0000"),
        ("0.28571428", "0.2857"),
        ("1E-9", "0.000000001000"),
        ("1E+7", "10000000.00"),
    ],
)
def test_digits(value, text):
    assert figures.significant(Decimal(value)) == text


@given(rates)
def test_at_least_four_digits_count_and_the_value_is_kept_within_rounding(rate):
    text = figures.significant(rate)
    assert digits_that_count(text) >= 4
    assert set(text) <= set("0123456789.")
    places = len(text.partition(".")[2])
    assert abs(Decimal(text) - rate) <= Decimal(5).scaleb(-places - 1)


@given(rates)
def test_the_reverse_is_right_to_the_last_shown_digit(rate):
    text = figures.significant(figures.inverse(rate))
    half = Fraction(5, 10 ** (len(text.partition(".")[2]) + 1))
    assert abs(Fraction(text) - 1 / Fraction(rate)) <= half * (1 + Fraction(1, 10**30))


@pytest.mark.parametrize("value", ["0", "-1", "NaN", "Infinity"])
def test_no_rate_no_digits(value):
    with pytest.raises(ValueError, match="no rate"):
        figures.significant(Decimal(value))


@pytest.mark.parametrize(
    ("percent", "text"),
    [
        ("-0.0003", "0.00%"),
        ("0.004", "0.00%"),
        ("-0", "0.00%"),
        ("-0.005", "0.00%"),
        ("-0.0051", "−0.01%"),
        ("0.12", "+0.12%"),
        ("341463.414", "+341463.41%"),
    ],
)
def test_percent(percent, text):
    assert figures.signed(Decimal(percent)) == text


@given(percents)
def test_zero_has_no_sign_and_a_sign_no_zero(percent):
    text = figures.signed(percent)
    value = Decimal(text.rstrip("%").replace(figures.MINUS, "-"))
    assert abs(value - percent) <= Decimal("0.005")
    assert (text[0] in f"+{figures.MINUS}") == (value != 0)
    assert "-" not in text
    assert not figures.rounded(percent).is_signed() or value < 0


@given(rates, rates)
def test_a_change_and_its_value_lead_back(before, now):
    with localcontext(prec=80):
        assert abs(before * (1 + figures.change(before, now) / 100) - now) <= now * Decimal("1e-20")


def test_a_change_is_counted_from_unrounded_rates():
    assert figures.signed(figures.change(Decimal("87.4568503"), Decimal("87.45712429"))) == "0.00%"
    assert figures.signed(figures.change(Decimal("0.00008480"), Decimal("0.27762"))) == "+327282.08%"


@pytest.mark.parametrize(
    ("digits", "locale", "text"),
    [
        ("11792.22", "en_GB", "11,792.22"),
        ("0.00008480", "en", "0.00008480"),
        ("+1234.50%", "en", "+1,234.50%"),
        ("−0.12%", "ru", "−0,12\N{NO-BREAK SPACE}%"),
        ("1234567.89", "ru", "1\N{NO-BREAK SPACE}234\N{NO-BREAK SPACE}567,89"),
        ("87.4571", "de", "87,4571"),
    ],
)
def test_separators_of_a_language(digits, locale, text):
    assert figures.localised(digits, Locale.parse(locale)) == text
