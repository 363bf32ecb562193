"""National Bank of Kazakhstan: a feed by day; only its dollar row is precise enough, and it has no manat."""

import datetime as dt

from ..model import Kind
from . import documents
from .quotation import PayloadError, Quotation, complete, day, unit, value
from .source import Request, Source


def read(body: bytes) -> tuple[Quotation, ...]:
    """Return tenge for one dollar; raises PayloadError."""
    root = documents.xml(body)
    if root.tag != "rates":
        raise PayloadError(f"its root is {root.tag}, not rates")
    effective = day(root.findtext("date"), "%d.%m.%Y")
    return complete(
        Quotation(effective, "USD", "KZT", value(row.findtext("description")), unit(row.findtext("quant")))
        for row in root.iter("item")
        if (row.findtext("title") or "").strip() == "USD"
    )


def request(address: str, asked: dt.date | None) -> Request:
    """Return the request for ``asked``, or for the bank's today."""
    return Request(address, {"fdate": f"{asked:%d.%m.%Y}"} if asked else {})


SOURCE = Source(
    id="nbk",
    origin="nbk",
    kind=Kind.OFFICIAL,
    time_zone="Asia/Almaty",
    address="https://nationalbank.kz/rss/get_rates.cfm",
    request=request,
    read=read,
    own="KZT",
    dated=True,
)
