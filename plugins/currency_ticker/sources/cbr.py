"""Bank of Russia, a witness of all five: roubles, windows-1251, decimal comma; an error is a table without rows."""

import datetime as dt

from ..model import Kind
from . import documents
from .quotation import WANTED, PayloadError, Quotation, complete, day, unit, value
from .source import Request, Source


def read(body: bytes) -> tuple[Quotation, ...]:
    """Return roubles for the foreign currencies; raises PayloadError."""
    root = documents.xml(body)
    if root.tag != "ValCurs":
        raise PayloadError(f"its root is {root.tag}, not ValCurs")
    if words := (root.text or "").strip():
        raise PayloadError(f"it says {words[:80]!r} instead of rates")
    effective = day(root.get("Date"), "%d.%m.%Y")
    return complete(
        Quotation(effective, code, "RUB", value(row.findtext("Value"), comma=True), unit(row.findtext("Nominal")))
        for row in root.iter("Valute")
        if (code := (row.findtext("CharCode") or "").strip()) in WANTED
    )


def request(address: str, asked: dt.date | None) -> Request:
    """Return the request for ``asked``, or for the last registered table, which may be tomorrow's."""
    return Request(address, {"date_req": f"{asked:%d/%m/%Y}"} if asked else {})


SOURCE = Source(
    id="cbr",
    origin="cbr",
    kind=Kind.OFFICIAL,
    time_zone="Europe/Moscow",
    address="https://www.cbr.ru/scripts/XML_daily.asp",
    request=request,
    read=read,
    dated=True,
    echoes_day=False,  # a Sunday's table is Saturday's
)
