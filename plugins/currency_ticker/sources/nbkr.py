"""National Bank of the Kyrgyz Republic: the daily table, dated for the day after; windows-1251, decimal comma."""

import datetime as dt

from ..model import Kind
from . import documents
from .quotation import WANTED, PayloadError, Quotation, complete, day, unit, value
from .source import Request, Source


def read(body: bytes) -> tuple[Quotation, ...]:
    """Return som for the foreign currencies of the daily or weekly table; raises PayloadError."""
    root = documents.xml(body)
    if root.tag != "CurrencyRates":
        raise PayloadError(f"its root is {root.tag}, not CurrencyRates")
    effective = day(root.get("Date"), "%d.%m.%Y")
    return complete(
        Quotation(
            effective,
            code,
            "KGS",
            value(row.findtext("Value"), comma=True),
            unit(row.findtext("Nominal")),
        )
        for row in root.iter("Currency")
        if (code := row.get("ISOCode", "")) in WANTED
    )


def request(address: str, _day: dt.date | None) -> Request:
    """Return the request for the newest table; the bank answers for no other."""
    return Request(address)


SOURCE = Source(
    id="nbkr",
    origin="nbkr",
    kind=Kind.OFFICIAL,
    time_zone="Asia/Bishkek",
    address="https://www.nbkr.kg/XML/daily.xml",
    request=request,
    read=read,
    own="KGS",
)
