"""Central Bank of Uzbekistan: a list by day, every value a text, a date on every row."""

import datetime as dt

from ..model import Kind
from . import documents
from .documents import text
from .quotation import WANTED, Quotation, complete, day, unit, value
from .source import Request, Source


def read(body: bytes) -> tuple[Quotation, ...]:
    """Return sum for the foreign currencies; raises PayloadError."""
    return complete(
        Quotation(
            day(text(row, "Date"), "%d.%m.%Y"),
            row["Ccy"],
            "UZS",
            value(text(row, "Rate")),
            unit(text(row, "Nominal")),
        )
        for row in documents.rows(documents.json_value(body))
        if text(row, "Ccy") in WANTED
    )


def request(address: str, asked: dt.date | None) -> Request:
    """Return the request for ``asked``, or for the newest list."""
    return Request(f"{address.rstrip('/')}/all/{asked}/" if asked else address)


SOURCE = Source(
    id="cbu",
    origin="cbu",
    kind=Kind.OFFICIAL,
    time_zone="Asia/Tashkent",
    address="https://cbu.uz/en/arkhiv-kursov-valyut/json/",
    request=request,
    read=read,
    own="UZS",
    dated=True,
)
