"""Banca d'Italia, a witness of all five: foreign currency for one euro, on working days."""

import csv
import datetime as dt
import io

from ..model import Kind
from .documents import LIMIT
from .quotation import WANTED, PayloadError, Quotation, complete, day, value
from .source import Request, Source

COLUMNS = ("ISO Code", "Rate", "Rate convention", "Reference date (CET)")


def read(body: bytes) -> tuple[Quotation, ...]:
    """Return the foreign currencies' amounts for one euro; raises PayloadError. ``N.A.`` means not quoted that day."""
    if len(body) > LIMIT:
        raise PayloadError(f"it has more than {LIMIT:,} bytes")
    try:
        table = csv.DictReader(io.StringIO(body.decode("utf-8-sig")), strict=True)
        if missing := [name for name in COLUMNS if name not in (table.fieldnames or ())]:
            raise PayloadError(f"it has no column {missing[0]!r}")
        return complete(_quotation(row) for row in table if row["ISO Code"] in WANTED and row["Rate"] != "N.A.")
    except (UnicodeDecodeError, csv.Error) as error:
        raise PayloadError(f"it is no table: {error}") from error


def _quotation(row: dict[str, str]) -> Quotation:
    if not (row["Rate convention"] or "").startswith("Foreign currency amount for 1 Euro"):
        raise PayloadError(f"its convention for {row['ISO Code']} is {row['Rate convention']!r}")
    effective = day(row["Reference date (CET)"], "%Y-%m-%d")
    return Quotation(effective, "EUR", row["ISO Code"], value(row["Rate"]), "1")


def request(address: str, asked: dt.date | None) -> Request:
    """Return the request for ``asked``; the bank answers only for a day that is named."""
    params = {"currencyIsoCode": "EUR", "lang": "en"} | ({"referenceDate": asked.isoformat()} if asked else {})
    return Request(address, params, {"Accept": "text/csv"})


def newest(today: dt.date) -> dt.date:
    """Return the last working day before ``today``: a day's rates come out in the afternoon."""
    return today - dt.timedelta(days={1: 3, 7: 2}.get(today.isoweekday(), 1))


SOURCE = Source(
    id="bancaditalia",
    origin="bancaditalia",
    kind=Kind.OFFICIAL,
    time_zone="Europe/Rome",
    address="https://tassidicambio.bancaditalia.it/terzevalute-wf-web/rest/v1.0/dailyRates",
    request=request,
    read=read,
    newest=newest,
    dated=True,
)
