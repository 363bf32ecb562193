"""The rates as data for others: the newest, each currency's whole course, and a JSON Schema of both.

``docs/rates.md`` promises what stands here: a field may be added within a version, never altered or taken away.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Literal

import msgspec

from .lines import Line
from .model import Kind, Series
from .publishers import publisher, shown_name
from .states import State
from .views import LineView, TickerView

_SOME_INSTANT = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """The line as the strip shows it, in the edition's language."""

    pair: str
    """E.g. ``KGS/USD``."""
    value: str
    """The rate of ``pair``."""
    change_glyph: str
    """An arrow, or empty."""
    change_text: str
    """The change with its sign, or empty."""
    change_words: str
    """The change for ears, or empty."""
    change_note: str
    """Since when, where that is long ago."""
    state_words: str
    """The state for readers."""
    effective_words: str
    """The day for readers."""
    note: str
    """Publisher and kind for readers, with a comma before them."""
    classes: str
    """The classes of the strip's element."""


class Rate(msgspec.Struct, frozen=True, kw_only=True):
    """The newest rate of one currency that is believed."""

    currency: str
    """ISO 4217."""
    name: str
    """In the edition's language."""
    rate: str
    """Units of the currency for one dollar, a plain decimal."""
    value: str
    """The digits as published."""
    unit: str
    """For how many dollars they are."""
    effective_date: dt.date
    """The publisher's day."""
    time_zone: str
    """The publisher's zone (IANA), in which the day is meant."""
    fetched_at: dt.datetime
    """When it was received, UTC."""
    kind: Kind
    """Whose word it is."""
    source: str
    """The id of whoever handed it over."""
    source_name: str
    """The name."""
    source_url: str
    """The publisher's page; may be empty."""
    state: State
    """What had to be known of it at ``as_of``."""
    previous_date: dt.date | None
    """The day that the change in ``shown`` is counted from."""
    shown: Shown
    """The line as readers see it."""


class Latest(msgspec.Struct, frozen=True, kw_only=True):
    """``latest.json``: the newest rate of each currency that has one."""

    version: Literal[1]
    """Of this format."""
    base: Literal["USD"]
    """What is priced."""
    as_of: dt.datetime
    """The instant of the build."""
    title: str
    """The strip's title, in the edition's language."""
    rates: tuple[Rate, ...]
    """In the edition's order."""


class Point(msgspec.Struct, frozen=True):
    """One publisher's rate of one day."""

    effective_date: dt.date
    """The publisher's day."""
    rate: str
    """Units of the currency for one dollar, a plain decimal."""
    value: str
    """The digits as published."""
    unit: str
    """For how many dollars they are."""
    kind: Kind
    """Whose word it is."""
    source: str
    """The id of whoever handed it over."""


class Course(msgspec.Struct, frozen=True, kw_only=True):
    """``kgs.json`` and the like: all rates of one currency, of every source that the edition shows."""

    version: Literal[1]
    """Of this format."""
    base: Literal["USD"]
    """What is priced."""
    currency: str
    """ISO 4217."""
    name: str
    """In the edition's language."""
    rates: tuple[Point, ...]
    """In order of day, then of the edition's preference."""


def latest(lines: Sequence[Line], view: TickerView) -> tuple[str, str]:
    """Return what ``latest.json`` of the ``lines``, shown as ``view``, says before its instant and after it."""
    each = (_rate(line, shown) for line, shown in zip(lines, view.lines, strict=True))
    rates = tuple(rate for rate in each if rate)
    known = _text(Latest(version=1, base="USD", as_of=_SOME_INSTANT, title=view.date_words, rates=rates)).decode()
    before, _, after = known.partition(msgspec.json.encode(_SOME_INSTANT).decode().strip('"'))
    return before, after


def course(view: LineView, known: Sequence[Series]) -> bytes:
    """Return a currency's file, from what each source said of it, the preferred first."""
    ordered = sorted((seen for past in known for seen in past), key=lambda seen: seen.effective_date)
    points = (
        Point(seen.effective_date, _plain(seen.rate), seen.value, seen.unit, seen.kind, seen.source) for seen in ordered
    )
    return _text(Course(version=1, base="USD", currency=view.code, name=view.currency_name, rates=tuple(points)))


def schema() -> bytes:
    """Return the JSON Schema: ``#/$defs/Latest`` describes ``latest.json``, ``#/$defs/Course`` the others."""
    _, parts = msgspec.json.schema_components((Latest, Course), ref_template="#/$defs/{name}")
    whole: Mapping[str, object] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Exchange rates, version 1",
        "anyOf": [{"$ref": "#/$defs/Latest"}, {"$ref": "#/$defs/Course"}],
        "$defs": parts,
    }
    return _text(whole)


def _rate(line: Line, view: LineView) -> Rate | None:
    seen = line.observation
    if seen is None or line.state is State.MISSING:
        return None
    source = publisher(seen.source)
    return Rate(
        currency=line.currency,
        name=view.currency_name,
        rate=_plain(seen.rate),
        value=seen.value,
        unit=seen.unit,
        effective_date=seen.effective_date,
        time_zone=seen.time_zone,
        fetched_at=seen.fetched_at,
        kind=seen.kind,
        source=seen.source,
        source_name=shown_name(source, str),
        source_url=source.url,
        state=line.state,
        previous_date=view.previous_date,
        shown=_shown(view),
    )


def _shown(view: LineView) -> Shown:
    return Shown(
        pair=view.pair,
        value=view.value,
        change_glyph=view.change_glyph,
        change_text=view.change_text,
        change_words=view.change_words,
        change_note=view.change_note,
        state_words="" if view.state == "fresh" else view.state_words,
        effective_words=view.effective_words,
        note=f", {view.source_name}, {view.kind_words}",
        classes=view.modifiers,
    )


def _plain(rate: Decimal) -> str:
    return f"{rate:f}"


def _text(value: object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n"
