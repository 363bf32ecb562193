"""What a template shows of the rates: every text ready, in order; nothing is left to compute."""

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Literal

import msgspec
from babel import Locale
from babel.numbers import get_currency_name

from .._kit import wording
from . import figures
from .lines import Line
from .model import BASE, Kind, Observation
from .publishers import publisher, shown_name
from .settings import Direction, TickerSettings
from .states import State

Translate = Callable[[str], str]
"""gettext: an English text in, the reader's language out."""

Movement = Literal["up", "down", "flat", "none"]


class Language(msgspec.Struct, frozen=True):
    """The reader's language."""

    locale: Locale
    """For digits, dates and the names of currencies."""
    translate: Translate
    """For the plugin's own words."""


class StrokeView(msgspec.Struct, frozen=True):
    """The line of one kind of rate."""

    kind: str
    """``official``, ``fixed`` or ``market``."""
    path: str
    """The ``d`` of an SVG path; may be empty."""
    dots: str
    """The same of days that stand alone; may be empty."""


class SmallChartView(msgspec.Struct, frozen=True, kw_only=True):
    """A currency's course of 30 days in a small drawing, 320 units wide and 96 high, without labels."""

    words: str
    """What is to be seen, for ears: the pair, the ends, the extremes, how often nothing was known."""
    caption: str
    """Its extremes, e.g. ``USD/KGS, 30 days: lowest 87.4498, highest 87.5562``."""
    strokes: tuple[StrokeView, ...]
    """Its lines, the official first; a gap is a gap."""


class LineView(msgspec.Struct, frozen=True, kw_only=True):
    """One currency's line."""

    code: str
    """ISO 4217 code, e.g. ``KGS``."""
    currency_name: str
    """The currency's name: the edition's own, else CLDR's in the edition's language."""
    pair: str
    """The pair as it is shown first, e.g. ``KGS/USD``: dollars for one som."""
    value: str
    """The rate of ``pair``, e.g. ``0.01143``; a dash if missing."""
    reverse_pair: str
    """The other way about, e.g. ``USD/KGS``: som for one dollar."""
    reverse_value: str
    """The rate of ``reverse_pair``; a dash if missing."""
    direction: Movement
    """``up``, ``down``, ``flat`` (nothing that two decimals show) or ``none`` (no change is shown)."""
    change_text: str
    """The change of ``pair`` with its sign, e.g. ``+0.12%``; empty if none is shown."""
    change_glyph: str
    """``▲``, ``▼``, ``=``, or empty."""
    change_words: str
    """The change for ears, e.g. ``up 0.12 per cent``; empty if none is shown."""
    change_note: str
    """Since when, e.g. ``since 5 August 2022``, where the rate before is more than a few days older; else empty."""
    previous_date: dt.date | None
    """The day that the change is counted from, if one is shown."""
    state: State
    """``fresh``, ``carried``, ``stale``, ``held``, ``fixed`` or ``missing``."""
    state_words: str
    """The state for readers, e.g. ``out of date``; a strip leaves it out while the state is ``fresh``."""
    effective_date: dt.date | None
    """The day of the rate; None if missing."""
    effective_words: str
    """The day in words, e.g. ``24 May 2026``, with ``since`` before it for a fixed rate; empty if missing."""
    age_days: int | None
    """Whole days since then, where it was published."""
    kind: str
    """``official``, ``fixed`` or ``market``; empty if missing."""
    kind_words: str
    """The kind for readers, e.g. ``market rate``; empty if missing."""
    source: str
    """The source's id, e.g. ``nbkr``; empty if missing."""
    source_name: str
    """Who published it; empty if missing."""
    source_url: str
    """Where, an absolute address; empty if unknown."""
    modifiers: str
    """The classes of the line's element, e.g. ``is-up is-carried``; may be empty."""
    url: str
    """The currency's own page, relative to the site's root."""
    small_chart: SmallChartView | None = None
    """Its course for the margin of a page; None where no rate of these days is known."""


class TickerView(msgspec.Struct, frozen=True, kw_only=True):
    """The context's ``currency_ticker``."""

    lines: tuple[LineView, ...]
    """One for each currency, in the edition's order."""
    date: dt.date | None
    """The one day of all lines but fixed and missing ones, if they share it."""
    date_words: str
    """``Rates of 29 September 2026`` if they share it, else ``Exchange rates``."""
    all_stale: bool
    """Whether no line has a rate that is recent or fixed by law."""
    motion: bool
    """Whether the strip scrolls."""
    rates_url: str
    """The page of all rates, relative to the site's root."""
    latest_url: str
    """The newest rates as JSON, relative to the site's root."""
    feed_url: str
    """The Atom feed of changes, relative to the site's root."""


class SourceView(msgspec.Struct, frozen=True):
    """One of the page's ``publishers``: whose rates are shown, the preferred first, then who only bears them out."""

    name: str
    """Its name."""
    url: str
    """Where a reader finds its figures; may be empty."""
    words: str
    """What it is taken for, e.g. ``official rate, KGS``."""


class MarkView(msgspec.Struct, frozen=True):
    """A label of an axis."""

    at: int
    """Where it stands, in the drawing's units."""
    text: str
    """Its words."""


class ChartView(msgspec.Struct, frozen=True):
    """One drawing of a currency's course, 720 units wide and 400 high."""

    id: str
    """``month``, ``year`` or ``all``."""
    title: str
    """What it shows, e.g. ``USD/KGS, 30 days``."""
    words: str
    """What is to be seen, for ears; where no rate of these days is known, that."""
    strokes: tuple[StrokeView, ...] = ()
    """Its lines; none where no rate of these days is known."""
    days: tuple[MarkView, ...] = ()
    """The labels below."""
    rates: tuple[MarkView, ...] = ()
    """The labels on the left."""


class LegendView(msgspec.Struct, frozen=True):
    """What a line of the drawings means."""

    kind: str
    """``official``, ``fixed`` or ``market``."""
    words: str
    """E.g. ``market rate: thin line``."""


class ValueView(msgspec.Struct, frozen=True):
    """One row of the table behind the drawings."""

    day: dt.date
    """The day of the rate."""
    day_words: str
    """The day in few letters, e.g. ``24 May 2026``."""
    value: str
    """Units of the currency for one dollar."""
    kind_words: str
    """E.g. ``market rate``."""
    source_name: str
    """Who published it."""


class AmountView(msgspec.Struct, frozen=True):
    """Two round amounts, each with what it is worth."""

    dollars: str
    """E.g. ``1,000``."""
    dollars_worth: str
    """In the currency."""
    local: str
    """A round amount of the currency."""
    local_worth: str
    """In dollars."""


class CurrencyView(msgspec.Struct, frozen=True, kw_only=True):
    """One currency's page; the page of all rates has each as ``currencies``, its own page as ``currency``."""

    line: LineView
    """Its line of the ticker."""
    rate: str
    """Units of it for one dollar, a plain decimal (``87.4571``) for scripts; empty if missing."""
    charts: tuple[ChartView, ...]
    """30 days, a year, all."""
    legend: tuple[LegendView, ...]
    """The kinds of line that stand in the charts."""
    values: tuple[ValueView, ...]
    """The last 200 values, the newest first; before these the last of each of 60 months."""
    amounts: tuple[AmountView, ...]
    """Four rows of round amounts at the line's rate; none if it is missing."""
    data_url: str
    """All its values as JSON, relative to the site's root."""
    older: LineView | None
    """The currency before it in the edition's order."""
    newer: LineView | None
    """The currency after it."""


def ticker(lines: Sequence[Line], settings: TickerSettings, language: Language) -> TickerView:
    """Return the view of ``lines`` in the reader's language."""
    moving = [line for line in lines if line.observation and line.observation.kind is not Kind.FIXED]
    dates = {line.observation.effective_date for line in moving if line.observation}
    date = dates.pop() if len(dates) == 1 else None
    _ = language.translate
    return TickerView(
        lines=tuple(_line(line, settings, language) for line in lines),
        date=date,
        date_words=_("Rates of %(date)s") % {"date": day_words(date, language)} if date else _("Exchange rates"),
        all_stale=bool(moving) and all(line.is_stale for line in moving),
        motion=settings.motion,
        rates_url=settings.rates_url,
        latest_url=f"{settings.rates_url}latest.json",
        feed_url=f"{settings.rates_url}feed.atom",
    )


def _line(line: Line, settings: TickerSettings, language: Language) -> LineView:
    shown = settings.direction
    reverse: Direction = "base/currency" if shown == "currency/base" else "currency/base"
    seen, change = line.observation, line.change(shown)
    source = publisher(seen.source) if seen else None
    direction = _movement(change)
    marks = [direction if direction != "none" else "", line.state if line.state is not State.FRESH else ""]
    return LineView(
        code=line.currency,
        currency_name=_currency_name(line.currency, settings, language),
        pair=_pair(line, shown),
        value=_value(line, shown, language),
        reverse_pair=_pair(line, reverse),
        reverse_value=_value(line, reverse, language),
        direction=direction,
        change_text="" if change is None else figures.localised(figures.signed(change), language.locale),
        change_glyph={"up": "▲", "down": "▼", "flat": "=", "none": ""}[direction],
        change_words="" if change is None else _change_words(change, language),
        change_note=_change_note(line, settings, language),
        previous_date=line.previous.effective_date if line.previous and change is not None else None,
        state=line.state,
        state_words=_state_words(line.state, language.translate),
        effective_date=seen.effective_date if seen else None,
        effective_words=_effective_words(seen, language) if seen else "",
        age_days=line.age_days,
        kind=seen.kind if seen else "",
        kind_words=kind_words(seen.kind, language.translate) if seen else "",
        source=source.id if source else "",
        source_name=shown_name(source, language.translate) if source else "",
        source_url=source.url if source else "",
        modifiers=" ".join(f"is-{mark}" for mark in marks if mark),
        url=f"{settings.rates_url}{line.currency.lower()}/",
    )


def _currency_name(code: str, settings: TickerSettings, language: Language) -> str:
    return settings.names.get(code) or wording.capital(get_currency_name(code, locale=language.locale))


def _pair(line: Line, direction: Direction) -> str:
    return f"{line.currency}/{BASE}" if direction == "currency/base" else f"{BASE}/{line.currency}"


def _value(line: Line, direction: Direction, language: Language) -> str:
    rate = line.rate(direction)
    return "–" if rate is None else figures.localised(figures.significant(rate), language.locale)


def _movement(change: Decimal | None) -> Movement:
    if change is None:
        return "none"
    shown = figures.rounded(change)
    return "up" if shown > 0 else "down" if shown < 0 else "flat"


def _change_words(change: Decimal, language: Language) -> str:
    _ = language.translate
    digits = figures.localised(f"{abs(figures.rounded(change)):f}", language.locale)
    words = {
        "up": _("up %(percent)s per cent"),
        "down": _("down %(percent)s per cent"),
        "flat": _("nearly unchanged") if change else _("unchanged"),
    }
    return words[_movement(change)] % {"percent": digits}


def _change_note(line: Line, settings: TickerSettings, language: Language) -> str:
    """Say since when, if a reader would take the change for a day's and it is not."""
    seen, before = line.observation, line.previous
    if not (seen and before) or line.change(settings.direction) is None:
        return ""
    if (seen.effective_date - before.effective_date).days <= settings.stale_after_days:
        return ""
    return language.translate("since %(date)s") % {"date": day_words(before.effective_date, language)}


def _effective_words(seen: Observation, language: Language) -> str:
    day = day_words(seen.effective_date, language)
    return language.translate("since %(date)s") % {"date": day} if seen.kind is Kind.FIXED else day


def day_words(date: dt.date, language: Language) -> str:
    """Return the day in words: ``24 May 2026``."""
    return wording.day(date, language.locale)


def _state_words(state: State, _: Translate) -> str:
    return {
        State.FRESH: _("current"),
        State.CARRIED: _("no newer rate yet"),
        State.STALE: _("out of date"),
        State.HELD: _("a newer rate is being checked"),
        State.FIXED: _("fixed"),
        State.MISSING: _("no rate known"),
    }[state]


def kind_words(kind: Kind, _: Translate) -> str:
    """Return the kind for readers."""
    return {Kind.OFFICIAL: _("official rate"), Kind.FIXED: _("fixed rate"), Kind.MARKET: _("market rate")}[kind]
