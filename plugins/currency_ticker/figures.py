"""Rates and changes as digits: never fewer than four that count, never a negative zero, never an exponent."""

from decimal import ROUND_HALF_EVEN, Context, Decimal

from babel import Locale, numbers

MINUS = "\N{MINUS SIGN}"


def inverse(rate: Decimal) -> Decimal:
    """Return one over ``rate``, to 50 digits."""
    return Context(prec=50).divide(Decimal(1), rate)


def change(before: Decimal, now: Decimal) -> Decimal:
    """Return the change from ``before`` to ``now`` in percent, unrounded (to 50 digits); both above zero."""
    context = Context(prec=50)
    return context.multiply(context.divide(context.subtract(now, before), before), Decimal(100))


def significant(value: Decimal, least: int = 4) -> str:
    """Return ``value``, above zero, as plain digits with at least ``least`` (1 to 50) that count.

    From a hundred on it has two decimals, below that four or as many more as it takes:
    ``11792.22``, ``87.4571``, ``0.01143``, ``0.00008480``. Trailing zeros stay, so that columns line up.
    Raises ValueError for zero, a negative or no number.
    """
    if not (value.is_finite() and value > 0):
        raise ValueError(f"{value} is no rate")
    places = max(2 if value >= 100 else 4, least - 1 - value.adjusted())
    return f"{_rounded(value, places):f}"


def rounded(percent: Decimal) -> Decimal:
    """Return ``percent`` with two decimals; what rounds to zero is zero without a sign."""
    return _rounded(percent, 2)


def signed(percent: Decimal) -> str:
    """Return ``percent`` with two decimals, its sign and ``%``: ``+0.12%``, ``−0.12%`` (U+2212), ``0.00%``."""
    value = rounded(percent)
    sign = "" if not value else "+" if value > 0 else MINUS
    return f"{sign}{abs(value):f}%"


def localised(digits: str, locale: Locale) -> str:
    """Return plain ``digits`` (a sign before and ``%`` after may stand) as they are written in ``locale``."""
    whole, point, decimals = digits.partition(".")
    percent = str(locale.percent_formats[None].suffix[0]) if decimals.endswith("%") else ""
    sign = whole[: len(whole) - len(whole.lstrip(f"+{MINUS}"))]
    grouped = f"{int(whole[len(sign) :]):,}".replace(",", numbers.get_group_symbol(locale))
    return f"{sign}{grouped}{point and numbers.get_decimal_symbol(locale)}{decimals.removesuffix('%')}{percent}"


def _rounded(value: Decimal, places: int) -> Decimal:
    context = Context(prec=100, rounding=ROUND_HALF_EVEN)
    return context.plus(value.quantize(Decimal(1).scaleb(-places), context=context))  # plus turns -0.00 into 0.00
