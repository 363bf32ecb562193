"""currency-api: market mid rates of undisclosed origin, opt-in; nobody's official word and never a witness."""

import datetime as dt

from ..model import Kind
from . import documents
from .documents import text
from .quotation import REGION, PayloadError, Quotation, complete, day, value
from .source import Request, Source


def read(body: bytes) -> tuple[Quotation, ...]:
    """Return the region's currencies for one dollar, without the manat, which does not move; raises PayloadError."""
    document = documents.json_value(body)
    if not isinstance(document, dict) or not isinstance(document.get("usd"), dict):
        raise PayloadError("it has no object 'usd'")
    effective, usd = day(text(document, "date"), "%Y-%m-%d"), document["usd"]
    codes = sorted(code for code in REGION - {"TMT"} if code.lower() in usd)
    return complete(
        (Quotation(effective, "USD", code, value(text(usd, code.lower())), "1") for code in codes), REGION - {"TMT"}
    )


def request(address: str, asked: dt.date | None) -> Request:
    """Return the request for the release of ``asked``, or for the newest; ``address`` holds ``{release}``."""
    return Request(address.replace("{release}", asked.isoformat() if asked else "latest"))


SOURCE = Source(
    id="currency-api",
    origin="currency-api",
    kind=Kind.MARKET,
    time_zone="UTC",
    address="https://{release}.currency-api.pages.dev/v1/currencies/usd.min.json",
    request=request,
    read=read,
    dated=True,
    echoes_day=False,  # a release may carry the day before
)
