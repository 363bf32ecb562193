"""Frankfurter, a relay of the same banks: a way to their figures when they do not answer, never a second vote."""

import datetime as dt
from collections.abc import Callable, Mapping

from ..model import Kind
from . import documents
from .documents import text
from .quotation import PayloadError, Quotation, complete, day, value
from .source import Request, Source

PROVIDERS: Mapping[str, tuple[str, str, str]] = {
    "nbkr": ("NBKR", "KGS", "Asia/Bishkek"),
    "nbk": ("NBK", "KZT", "Asia/Almaty"),
    "nbt": ("NBT", "TJS", "Asia/Dushanbe"),
    "cbu": ("CBU", "UZS", "Asia/Tashkent"),
}
"""By origin: the relay's name for it, the currency that it sets, its zone."""


def reader(currency: str) -> Callable[[bytes], tuple[Quotation, ...]]:
    """Return a parser for answers with dollars priced in ``currency`` (the other way about loses its digits)."""

    def read(body: bytes) -> tuple[Quotation, ...]:
        document = documents.json_value(body)
        if isinstance(document, dict) and "message" in document:
            raise PayloadError(f"it says {str(document['message'])[:80]!r} instead of rates")
        return complete(_quotation(row, currency) for row in documents.rows(document))

    return read


def _quotation(row: dict[str, object], currency: str) -> Quotation:
    if (row.get("base"), row.get("quote")) != ("USD", currency):
        raise PayloadError(f"it prices {row.get('base')} in {row.get('quote')}, not USD in {currency}")
    return Quotation(day(text(row, "date"), "%Y-%m-%d"), "USD", currency, value(text(row, "rate")), "1")


def _source(origin: str, provider: str, currency: str, time_zone: str) -> Source:
    def request(address: str, asked: dt.date | None) -> Request:
        params = {"base": "USD", "quotes": currency, "providers": provider}
        return Request(address, params | ({"date": asked.isoformat()} if asked else {}))

    return Source(
        id=f"frankfurter-{origin}",
        origin=origin,
        kind=Kind.OFFICIAL,
        time_zone=time_zone,
        address="https://api.frankfurter.dev/v2/rates",
        request=request,
        read=reader(currency),
        own=currency,
        dated=True,
        echoes_day=False,  # it carries a figure forward for up to fourteen days, under the day it was set for
    )


SOURCES = tuple(_source(origin, *about) for origin, about in PROVIDERS.items())
