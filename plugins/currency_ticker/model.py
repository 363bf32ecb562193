"""What a rate is: one publisher's word for one currency on one day, kept as it was published."""

import datetime as dt
import enum
from collections.abc import Iterable, Mapping
from decimal import Context, Decimal

import msgspec

BASE = "USD"  # every observation is of one dollar; crosses between other currencies are not kept


class Kind(enum.StrEnum):
    """What sort of rate a publisher gives."""

    OFFICIAL = "official"  # set and published by the currency's own central bank, or by another as its official table
    FIXED = "fixed"  # a peg: the rate is decreed and does not move
    MARKET = "market"  # a mid rate gathered from trading; nobody's official word


class Observation(msgspec.Struct, frozen=True, gc=False):
    """One published rate: ``unit`` of the base cost ``value`` of the currency. Never altered, only followed."""

    effective_date: dt.date
    """The day the publisher names for the rate, in the publisher's own zone; it may be a day ahead of the fetch."""
    currency: str
    """ISO 4217 code, e.g. ``KGS``."""
    base: str
    """ISO 4217 code of what is priced; always ``USD``."""
    value: str
    """The published digits, none added or dropped; a decimal comma is written as a point."""
    unit: str
    """How many of the base the value is for (the publisher's nominal), as published."""
    kind: Kind
    """Official, fixed or market."""
    source: str
    """The id of whoever handed the figure over, e.g. ``nbkr`` or ``frankfurter-nbkr``."""
    origin: str
    """The id of whoever set the figure, e.g. ``nbkr`` for both of those; two witnesses are two origins."""
    time_zone: str
    """IANA name of the publisher's zone, in which the effective date is meant."""
    fetched_at: dt.datetime
    """When the payload was received, in UTC, whole seconds."""
    payload_sha256: str
    """SHA-256 of the payload's bytes, 64 lower-case hexadecimal digits."""

    @property
    def rate(self) -> Decimal:
        """Units of the currency for one unit of the base (87.45 som for one dollar), to 50 digits."""
        return Context(prec=50).divide(Decimal(self.value), Decimal(self.unit))

    @property
    def place(self) -> tuple[dt.date, str, str]:
        """Day, currency and source: of these one figure counts, the last."""
        return self.effective_date, self.currency, self.source

    @property
    def key(self) -> tuple[dt.date, str, str, dt.datetime]:
        """What the history is sorted by, and what no two observations share."""
        return self.effective_date, self.currency, self.source, self.fetched_at


class Held(msgspec.Struct, frozen=True):
    """A newer figure that was fetched but not believed yet; the line keeps the last good one and says so."""

    currency: str
    """ISO 4217 code."""
    source: str
    """The id of its source."""
    effective_date: dt.date
    """The day the held figure is for."""
    reason: str
    """Why it is held, as a sentence for the editor; readers are not shown it."""


Series = tuple[Observation, ...]
"""One currency's observations of one origin: in order of effective date, one a date."""


def series(observations: Iterable[Observation]) -> Mapping[tuple[str, str], Series]:
    """Return the series of each (currency, origin) from ``observations`` in any order.

    Where a publisher corrected a day's figure, the one fetched last counts; its own word comes before a relay's.
    """
    latest: dict[tuple[str, str], dict[dt.date, Observation]] = {}
    ordered = sorted(observations, key=lambda seen: (seen.effective_date, seen.source == seen.origin, seen.fetched_at))
    for seen in ordered:
        latest.setdefault((seen.currency, seen.origin), {})[seen.effective_date] = seen
    return {key: tuple(by_date.values()) for key, by_date in latest.items()}
