"""Rates that are decreed and are asked of nobody: the record of each is part of the suite."""

import datetime as dt
import hashlib

import msgspec

from ..model import BASE, Kind, Observation
from .quotation import PayloadError, day, value


class _Record(msgspec.Struct):
    quote: str
    base: str
    rate: msgspec.Raw
    since: str


class Peg(msgspec.Struct, frozen=True):
    """A decreed rate, and where the record of it stands."""

    source: str
    """As in the history's column ``source``."""
    origin: str
    """Who decreed it."""
    time_zone: str
    """IANA name of that authority's zone."""
    record: bytes
    """JSON: ``quote`` (the currency), ``base``, ``rate`` and ``since``."""

    @property
    def currency(self) -> str:
        """ISO 4217 code of what is pegged; raises PayloadError."""
        return _record(self).quote


def _record(peg: Peg) -> _Record:
    try:
        return msgspec.json.decode(peg.record, type=_Record)
    except msgspec.DecodeError as error:
        raise PayloadError(f"it is no record of a decreed rate: {error}") from error


PEGS = (Peg("cbt-peg", "cbt", "Asia/Ashgabat", b'{"quote": "TMT", "base": "USD", "rate": 3.5, "since": "2015-01-01"}'),)
"""The manat: 3.5 to the dollar since 1 January 2015, by the Central Bank of Turkmenistan."""


def read(peg: Peg, known_at: dt.datetime) -> Observation:
    """Return the decreed rate as the history keeps it from the instant ``known_at`` (UTC) on; raises PayloadError."""
    said = _record(peg)
    if said.base != BASE:
        raise PayloadError(f"it prices {said.base}, not {BASE}")
    return Observation(
        effective_date=day(said.since, "%Y-%m-%d"),
        currency=said.quote,
        base=BASE,
        value=value(bytes(said.rate).decode()),
        unit="1",
        kind=Kind.FIXED,
        source=peg.source,
        origin=peg.origin,
        time_zone=peg.time_zone,
        fetched_at=known_at,
        payload_sha256=hashlib.sha256(peg.record).hexdigest(),
    )
