"""Sums that a text gives in a currency and in dollars, held against the rates of the story's day."""

import bisect
import csv
import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from types import MappingProxyType

import msgspec

from .findings import Finding
from .stories import Story

NAMES: Mapping[str, str] = MappingProxyType(
    {
        "som": "KGS",
        "soms": "KGS",
        "tenge": "KZT",
        "somoni": "TJS",
        "somonis": "TJS",
        "sum": "UZS",
        "sums": "UZS",
        "soum": "UZS",
        "so'm": "UZS",
        "manat": "TMT",
        "manats": "TMT",
        "rouble": "RUB",
        "roubles": "RUB",
        "ruble": "RUB",
        "rubles": "RUB",
        "yuan": "CNY",
        "euro": "EUR",
        "euros": "EUR",
        **{code.lower(): code for code in ("KGS", "KZT", "TJS", "UZS", "TMT", "RUB", "CNY", "EUR")},
    }
)
_SCALES = MappingProxyType({"": 0, "thousand": 3, "million": 6, "mln": 6, "billion": 9, "bn": 9, "trillion": 12})
_NUMBER = r"(?P<{0}>\d[\d,]*(?:\.\d+)?)\s*(?P<{0}_scale>thousand|million|mln|billion|bn|trillion)?"
_ABOUT = (
    r"(?:(?:about|around|approximately|roughly|some|nearly|almost|over|more than|or|then|\N{ALMOST EQUAL TO}|~)\s*)*"
)
_DOLLARS = r"(?:US\s?)?\$\s?" + _NUMBER.format("dollars")
_CURRENCY = r"(?P<currency>" + "|".join(sorted(NAMES, key=len, reverse=True)) + ")"
_SUM = _NUMBER.format("amount") + r"\s*(?:\w+\s)?" + _CURRENCY + r"\b"
_PAIRS = (
    re.compile(_SUM + r"\s*\(\s*" + _ABOUT + _DOLLARS, re.IGNORECASE),
    re.compile(_DOLLARS + r"\s*\(\s*" + _ABOUT + _SUM, re.IGNORECASE),
)
_SIGNS = (re.compile(r"\(\s*" + _ABOUT + r"(?:US\s?)?\$", re.IGNORECASE), re.compile(r"\$[^$(]*\("))
"""What stands in each pair and is found faster: few texts have it."""
_DAYS = 10
_TOLERANCE = Decimal("0.02")


class Rate(msgspec.Struct, frozen=True):
    """One published rate."""

    day: dt.date
    """The day from which it holds."""
    for_dollar: Decimal
    """How much of the currency one dollar cost."""


class Rates:
    """The history of rates: for each currency, its rates by day."""

    def __init__(self, rates: Mapping[str, Sequence[Rate]]) -> None:
        self._rates = {code: sorted(found, key=lambda rate: rate.day) for code, found in rates.items()}

    def on(self, code: str, day: dt.date) -> tuple[Rate, ...]:
        """Return the rates of the latest day with any, not after ``day`` and not more than ten days before it."""
        rates = self._rates.get(code, [])
        end = bisect.bisect_right(rates, day, key=lambda rate: rate.day)
        if not end or ((day - rates[end - 1].day).days > _DAYS and not self._is_fixed(code)):
            return ()
        return tuple(rate for rate in rates[:end] if rate.day == rates[end - 1].day)

    def _is_fixed(self, code: str) -> bool:
        return len({rate.for_dollar for rate in self._rates[code]}) == 1


def read(file: Path) -> Rates:
    """Return the rates of a history as ``make rates`` keeps it; a row that is none is left out, the build tells it."""
    found: dict[str, list[Rate]] = defaultdict(list)
    if file.is_file():
        with file.open(encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows):
                if (rate := _rate(row)) and row["base"] == "USD":
                    found[row["currency"]].append(rate)
    return Rates(found)


def _rate(row: Mapping[str, str]) -> Rate | None:
    try:
        return Rate(dt.date.fromisoformat(row["effective_date"]), Decimal(row["value"]) / Decimal(row["unit"]))
    except (KeyError, TypeError, ValueError, ArithmeticError):
        return None


def rules(story: Story, rates: Rates) -> Iterator[Finding]:
    """Yield each sum that is off, or that cannot be checked."""
    date = story.values.get("date")
    body = story.header.body
    if date is None or "$" not in body:
        return
    for pattern in (pair for pair, sign in zip(_PAIRS, _SIGNS, strict=True) if sign.search(body)):
        for found in pattern.finditer(body):
            line = story.header.body_line + body.count("\n", 0, found.start())
            written = " ".join(found[0].split())
            code = NAMES[found["currency"].lower()]
            if told := _told(found, code, rates.on(code, date.date())):
                yield story.finding(told[0], line, f"{written!r} {told[1]}", told[2], found[0])


def _told(found: re.Match[str], code: str, rates: Sequence[Rate]) -> tuple[str, str, str] | None:
    amount, dollars = _number(found, "amount"), _number(found, "dollars")
    if not rates or not amount or not dollars:
        return "unchecked-conversion", f"is not checked: there is no rate of {code} on that day", ""
    right = [amount / rate.for_dollar for rate in rates]
    if any(abs(dollars - each) <= each * _TOLERANCE or _rounds_to(each, found["dollars"], dollars) for each in right):
        return None
    best = min(right, key=lambda each: abs(dollars - each))
    off = abs(dollars / best - 1) * 100
    rate = rates[0]
    message = f"is {off:.0f} % off the rate of {rate.day} ({rate.for_dollar.normalize():f} {code} a dollar)"
    return "conversion", message, f"It would be ${_readable(best)}."


def _rounds_to(exact: Decimal, written: str, stated: Decimal) -> bool:
    """Return whether ``stated`` is ``exact``, rounded to the digits that are written, if those are two at least."""
    digits = len(written.replace(",", "").replace(".", "").lstrip("0"))
    return digits >= 2 and abs(exact - stated) * 2 <= Decimal(10) ** (stated.adjusted() - digits + 1)


def _number(found: re.Match[str], name: str) -> Decimal:
    try:
        return Decimal(found[name].replace(",", "")).scaleb(_SCALES[(found[f"{name}_scale"] or "").lower()])
    except InvalidOperation:
        return Decimal(0)


def _readable(value: Decimal) -> str:
    for word, power in (("trillion", 12), ("billion", 9), ("million", 6)):
        if value >= Decimal(10) ** power:
            return f"{value.scaleb(-power):.2f} {word}"
    return f"{value:,.2f}" if value < 100 else f"{value:,.0f}"
