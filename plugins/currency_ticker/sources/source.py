"""What the fetching side has to know of a publisher."""

import datetime as dt
from collections.abc import Callable

import msgspec

from ..model import Kind
from .quotation import Quotation


class Request(msgspec.Struct, frozen=True):
    """One GET request."""

    url: str
    """Absolute address without a query."""
    params: dict[str, str] = {}
    """The query."""
    headers: dict[str, str] = {}
    """Headers beyond the ones that every request has."""


class Source(msgspec.Struct, frozen=True):
    """A publisher, how it is asked, and how its answer is read."""

    id: str
    """As in the history's column ``source``."""
    origin: str
    """Who sets the figures: two sources of one origin are one witness."""
    kind: Kind
    """What sort of rate it gives."""
    time_zone: str
    """IANA name of the zone in which its dates are meant."""
    address: str
    """Where it answers; a setting may name a mirror."""
    request: Callable[[str, dt.date | None], Request]
    """The request at an address for a day, or for the newest where that is None."""
    read: Callable[[bytes], tuple[Quotation, ...]]
    """The quotations in an answer's body; raises PayloadError."""
    own: str | None = None
    """The currency that it sets; its dollar rate of that is kept in the history."""
    newest: Callable[[dt.date], dt.date | None] = lambda _today: None
    """The day to ask for as the newest, given today in the source's zone; None to name no day."""
    dated: bool = False
    """Whether it can be asked for a past day."""
    echoes_day: bool = True
    """Whether an answer for another day than the asked one is an error of the publisher's."""
