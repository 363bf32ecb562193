"""Round amounts changed at a rate: what stands on the page for readers without script."""

from decimal import Context, Decimal

import msgspec

DOLLARS = (Decimal(1), Decimal(10), Decimal(100), Decimal(1000))


class Amount(msgspec.Struct, frozen=True):
    """A round amount and what it is worth."""

    given: Decimal
    """What is changed."""
    worth: Decimal
    """What comes out, unrounded (to 50 digits)."""


def from_dollars(rate: Decimal) -> tuple[Amount, ...]:
    """Return 1 to 1,000 dollars at ``rate`` (units of the currency for one dollar, above zero)."""
    context = Context(prec=50)
    return tuple(Amount(given, context.multiply(given, rate)) for given in DOLLARS)


def to_dollars(rate: Decimal) -> tuple[Amount, ...]:
    """Return four round amounts of the currency in dollars, the least being worth one dollar or more, under ten."""
    context = Context(prec=50)
    power = Decimal(1).scaleb(rate.adjusted())
    least = power if power == rate else Decimal(1).scaleb(rate.adjusted() + 1)
    return tuple(Amount(times * least, context.divide(times * least, rate)) for times in DOLLARS)
