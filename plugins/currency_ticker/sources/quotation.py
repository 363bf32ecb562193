"""What a payload says: so many units of a base cost so many of a currency, in the publisher's own digits."""

import datetime as dt
import re
from collections.abc import Iterable
from decimal import Context, Decimal

import msgspec

REGION = frozenset({"KGS", "KZT", "TJS", "UZS", "TMT"})
WANTED = REGION | {"USD"}

_PLAIN = re.compile(r"(?:0|[1-9][0-9]{0,19})(?:\.[0-9]{1,20})?")
_WHOLE = re.compile(r"[1-9][0-9]{0,9}")


class PayloadError(ValueError):
    """A payload that cannot be taken at its word; its text is a clause that says why."""


class Quotation(msgspec.Struct, frozen=True):
    """``unit`` of ``base`` cost ``value`` of ``currency`` on ``effective_date``; published digits, decimal point."""

    effective_date: dt.date
    """The day the publisher names, in its own zone."""
    base: str
    """ISO 4217 code of what is priced."""
    currency: str
    """ISO 4217 code of what it is priced in."""
    value: str
    """The published digits."""
    unit: str
    """The published nominal."""

    @property
    def rate(self) -> Decimal:
        """Units of the currency for one unit of the base."""
        return Context(prec=50).divide(Decimal(self.value), Decimal(self.unit))


def value(text: str | None, *, comma: bool = False) -> str:
    """Return a published rate's digits with a decimal point; PayloadError unless they are a plain positive decimal."""
    digits = (text or "").strip(" \t\r\n")
    if comma:
        digits = digits.replace(",", ".") if "." not in digits else digits.replace(",", " ")
    if not _PLAIN.fullmatch(digits):
        raise PayloadError(f"the rate {_quoted(text)} is no plain decimal")
    if not digits.strip("0."):
        raise PayloadError(f"the rate {_quoted(text)} is zero")
    return digits


def unit(text: str | None) -> str:
    """Return a published nominal; PayloadError unless it is a whole number above zero."""
    digits = (text or "").strip()
    if not _WHOLE.fullmatch(digits):
        raise PayloadError(f"the nominal {_quoted(text)} is no whole number above zero")
    return digits


def day(text: str | None, form: str) -> dt.date:
    """Return the published day, written as ``form`` (strptime); PayloadError for anything else."""
    try:
        return dt.datetime.strptime((text or "").strip(), form).date()  # noqa: DTZ007 -- a day, in the publisher's zone
    except ValueError as error:
        raise PayloadError(f"the date {_quoted(text)} is not of the form {form}") from error


def complete(quotations: Iterable[Quotation], needed: Iterable[str] = ("USD",)) -> tuple[Quotation, ...]:
    """Return the quotations; PayloadError if a pair stands twice or a ``needed`` currency is on neither side of any."""
    found = tuple(quotations)
    pairs = [(seen.base, seen.currency) for seen in found]
    if twice := {pair for pair in pairs if pairs.count(pair) > 1}:
        raise PayloadError(f"{'/'.join(min(twice))} stands twice")
    named = {code for pair in pairs for code in pair}
    if missing := [code for code in needed if code not in named]:
        raise PayloadError(f"there is no row for {', '.join(missing)}")
    return found


def _quoted(text: str | None) -> str:
    return "(nothing)" if text is None else repr(text[:40])
