"""National Bank of Tajikistan: a table for every calendar day; instead of a day it lacks it gives today's."""

import datetime as dt

from ..model import Kind
from . import documents
from .quotation import WANTED, PayloadError, Quotation, complete, day, unit, value
from .source import Request, Source


def read(body: bytes) -> tuple[Quotation, ...]:
    """Return somoni for the foreign currencies; raises PayloadError (an answer in HTML means a wrong request)."""
    root = documents.xml(body)
    if root.tag != "ValCurs":
        raise PayloadError(f"its root is {root.tag}, not ValCurs")
    effective = day(root.get("Date"), "%Y-%m-%d")
    return complete(
        Quotation(effective, code, "TJS", value(row.findtext("Value")), unit(row.findtext("Nominal")))
        for row in root.iter("Valute")
        if (code := (row.findtext("CharCode") or "").strip()) in WANTED
    )


def request(address: str, asked: dt.date | None) -> Request:
    """Return the request for ``asked``, or for the bank's today; without ``export`` it answers a page of help."""
    return Request(address, {"export": "xmlout"} | ({"date": asked.isoformat()} if asked else {}))


SOURCE = Source(
    id="nbt",
    origin="nbt",
    kind=Kind.OFFICIAL,
    time_zone="Asia/Dushanbe",
    address="https://www.nbt.tj/en/kurs/export_xml.php",
    request=request,
    read=read,
    own="TJS",
    dated=True,
)
