"""What an edition may choose about its rates: the setting CURRENCY_TICKER."""

import re
from collections.abc import Sequence
from typing import Annotated, Literal

import msgspec
from babel.numbers import list_currencies

from .asking import FetchSettings
from .gate import GateSettings
from .model import BASE
from .sources.catalogue import SOURCES

RELAYS = tuple(name for name in SOURCES if name.startswith("frankfurter-"))

Direction = Literal["currency/base", "base/currency"]


class TickerSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The setting ``CURRENCY_TICKER``; raises ValueError for values that cannot be."""

    history: str = "rates/history.csv"
    """The file of observations, relative to the content folder (``PATH``)."""
    currencies: tuple[str, ...] = ("KGS", "KZT", "TJS", "UZS", "TMT")
    """ISO 4217 codes, in the order of the lines."""
    names: dict[str, str] = {}
    """What currencies are called, by code, where CLDR's name in the edition's language will not do."""
    direction: Direction = "currency/base"
    """What is shown first: ``currency/base`` is KGS/USD (dollars for one som), ``base/currency`` is USD/KGS."""
    sources: tuple[str, ...] = ("nbkr", "nbk", "nbt", "cbu", "cbt", "currency-api")
    """Ids of origins, the preferred first; others in the history are not shown. A stale one gives way to a fresher."""
    stale_after_days: Annotated[int, msgspec.Meta(ge=1)] = 4
    """A rate older than this many days, counted in its publisher's zone, is marked and shows no change."""
    rates_url: str = "rates/"
    """The address of the page of all rates, relative to the site's root; ends with a slash."""
    motion: bool = False
    """Whether the strip scrolls (with a pause control, and never for readers who ask for less motion)."""
    authority: str = ""
    """In whose name the ids of the feed of rates are minted: a domain and a year, `steppe-ledger.example,2024`. Empty:
    the domain of `SITEURL`, and 2024. Once readers have the feed it must never change."""
    inject: bool = False
    """Whether the strip is put at the top of every page of a theme that knows nothing of it."""

    ask: tuple[str, ...] = ("nbkr", "nbk", "nbt", "cbu", "bancaditalia", "cbr")
    """Ids of the sources that ``make rates`` asks; ``currency-api`` may be added, as a market rate."""
    relays: bool = True
    """Whether Frankfurter is asked for a central bank's rate when the bank itself does not answer."""
    addresses: dict[str, str] = {}
    """Other addresses of sources (mirrors), by id."""
    gate: GateSettings = GateSettings()
    """What is believed at once."""
    fetch: FetchSettings = FetchSettings()
    """How publishers are asked."""

    def __post_init__(self) -> None:
        known = list_currencies()
        if unknown := [code for code in self.currencies if code not in known or code == BASE]:
            raise ValueError(f"currencies: {unknown[0]!r} is no currency of ISO 4217 other than {BASE}")
        if strangers := [code for code in self.names if code not in self.currencies]:
            raise ValueError(f"names: {strangers[0]!r} is none of the currencies")
        _once("currencies", self.currencies)
        _once("sources", self.sources)
        _once("ask", self.ask)
        if unasked := [name for name in (*self.ask, *self.addresses) if name not in SOURCES]:
            raise ValueError(f"{unasked[0]!r} is no source that can be asked; known: {', '.join(SOURCES)}")
        if self.authority and not re.fullmatch(r"[a-z0-9.-]+,[0-9]{4}(?:-[0-9]{2}){0,2}", self.authority):
            raise ValueError(
                f"authority: {self.authority!r} is no domain and year such as 'steppe-ledger.example,2024'"
            )
        if not re.fullmatch(r"(?:[\w-]+/)+", self.rates_url, re.ASCII):
            raise ValueError(f"rates_url: {self.rates_url!r} is no address such as 'rates/'")


def _once(name: str, values: Sequence[str]) -> None:
    if not values:
        raise ValueError(f"{name}: at least one is needed")
    if twice := [value for value in values if values.count(value) > 1]:
        raise ValueError(f"{name}: {twice[0]!r} is there twice")
