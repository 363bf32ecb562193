"""A currency's page: its course drawn and in figures, and round amounts at its rate."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal

import msgspec
from babel import Locale

from .._kit import wording
from . import charts, converting, figures
from .lines import Line
from .model import BASE, Kind, Observation, Series
from .publishers import publisher, shown_name
from .settings import TickerSettings
from .views import (
    AmountView,
    ChartView,
    CurrencyView,
    Language,
    LegendView,
    LineView,
    MarkView,
    StrokeView,
    ValueView,
    day_words,
    kind_words,
)

LAST, MONTHS = 200, 60
"""How many rows the table has of single days, and of months before these."""


class Edition(msgspec.Struct, frozen=True):
    """For whom the pages are made, and when."""

    settings: TickerSettings
    """The edition's choices."""
    language: Language
    """The reader's language."""
    today: dt.date
    """The day of the build, in the edition's zone."""


def currencies(
    lines: Sequence[Line], views: Sequence[LineView], known: Mapping[tuple[str, str], Series], edition: Edition
) -> tuple[CurrencyView, ...]:
    """Return the page of each of ``views``, the ticker's ``lines`` for readers, from all that is ``known``."""
    around = [None, *views, None]
    return tuple(
        _currency(line, (older, view, newer), courses(line.currency, known, edition), edition)
        for line, older, view, newer in zip(lines, around, views, around[2:], strict=False)
    )


def courses(currency: str, known: Mapping[tuple[str, str], Series], edition: Edition) -> tuple[Series, ...]:
    """Return what each of the edition's sources said of ``currency`` up to the day of the build."""
    each = (known.get((currency, origin), ()) for origin in edition.settings.sources)
    until = (tuple(seen for seen in past if seen.effective_date <= edition.today) for past in each)
    return tuple(past for past in until if past)


def _currency(
    line: Line,
    near: tuple[LineView | None, LineView, LineView | None],
    known: Sequence[Series],
    edition: Edition,
) -> CurrencyView:
    older, view, newer = near
    drawn = tuple(_charts(view, known, edition))
    kinds = {stroke.kind for each in drawn for stroke in each.strokes}
    rate = line.rate("base/currency")
    return CurrencyView(
        line=view,
        rate="" if rate is None else f"{rate:f}",
        charts=drawn,
        legend=tuple(LegendView(kind, _legend(kind, edition.language)) for kind in Kind if kind in kinds),
        values=tuple(_value(seen, edition.language) for seen in _rows(known)),
        amounts=() if rate is None else tuple(_amounts(rate, edition.language)),
        data_url=f"{edition.settings.rates_url}{line.currency.lower()}.json",
        older=older,
        newer=newer,
    )


def _charts(view: LineView, known: Sequence[Series], edition: Edition) -> Iterator[ChartView]:
    _ = edition.language.translate
    today = edition.today
    pair = f"{BASE}/{view.code}"
    begun = min((past[0].effective_date for past in known), default=today)
    for name, title, first in (
        ("month", _("%(pair)s, 30 days"), today - dt.timedelta(days=29)),
        ("year", _("%(pair)s, a year"), today - dt.timedelta(days=365)),
        ("all", _("%(pair)s, all that is known"), begun),
    ):
        made = charts.chart(known, first, today, edition.settings.stale_after_days)
        yield _chart(name, title % {"pair": pair}, made, edition.language)


def _chart(name: str, title: str, made: charts.Chart | None, language: Language) -> ChartView:
    if made is None:
        return ChartView(name, title, language.translate("No rate of these days is known."))
    form = _marking(name, made)
    return ChartView(
        id=name,
        title=title,
        words=seen_words(made, language),
        strokes=strokes(made),
        days=tuple(MarkView(each.at, form(each.day, language.locale)) for each in made.days if each.day),
        rates=tuple(
            MarkView(each.at, figures.localised(f"{each.rate:f}", language.locale)) for each in made.rates if each.rate
        ),
    )


def _marking(name: str, made: charts.Chart) -> Callable[[dt.date, Locale], str]:
    """Return how the days of a drawing are written: in as much detail as they are apart."""
    if name == "month":
        return wording.short_day
    return wording.short_month if (made.last - made.first).days <= 800 else _year


def _year(day: dt.date, _: Locale) -> str:
    return str(day.year)


def strokes(made: charts.Chart) -> tuple[StrokeView, ...]:
    """Return the lines of a drawing."""
    return tuple(StrokeView(each.kind, each.path, each.dots) for each in made.strokes)


def seen_words(made: charts.Chart, language: Language) -> str:
    """Say what the drawing shows: its ends, its extremes, how often it breaks."""
    _ = language.translate
    points = made.points
    low, high = min(points, key=lambda point: point[1]), max(points, key=lambda point: point[1])
    told = {
        name: text
        for label, (day, rate) in (("from", points[0]), ("to", points[-1]), ("low", low), ("high", high))
        for name, text in ((label, digits(rate, language)), (f"{label}_day", day_words(day, language)))
    }
    course = _("From %(from)s on %(from_day)s to %(to)s on %(to_day)s.") % told
    if low[1] == high[1]:
        return course
    extremes = _("Lowest %(low)s on %(low_day)s, highest %(high)s on %(high_day)s.") % told
    breaks = sum(each.breaks for each in made.strokes)
    gaps = _("Times without a known rate, left empty: %(number)s.") % {"number": breaks} if breaks else ""
    return f"{course} {extremes} {gaps}".rstrip()


def _legend(kind: Kind, language: Language) -> str:
    _ = language.translate
    drawn = {Kind.OFFICIAL: _("thick line"), Kind.FIXED: _("broken line"), Kind.MARKET: _("thin line")}
    return f"{kind_words(kind, _)}: {drawn[kind]}"


def _rows(known: Sequence[Series]) -> Iterator[Observation]:
    """Yield the rows of the table, the newest first; of one day in the order of the sources."""
    ordered = sorted((seen for past in known for seen in past), key=lambda seen: seen.effective_date, reverse=True)
    yield from ordered[:LAST]
    months: dict[tuple[int, int], Observation] = {}
    for seen in ordered[LAST:]:
        months.setdefault((seen.effective_date.year, seen.effective_date.month), seen)
    yield from list(months.values())[:MONTHS]


def _value(seen: Observation, language: Language) -> ValueView:
    return ValueView(
        day=seen.effective_date,
        day_words=wording.short_date(seen.effective_date, language.locale),
        value=digits(seen.rate, language),
        kind_words=kind_words(seen.kind, language.translate),
        source_name=shown_name(publisher(seen.source), language.translate),
    )


def _amounts(rate: Decimal, language: Language) -> Iterator[AmountView]:
    for there, back in zip(converting.from_dollars(rate), converting.to_dollars(rate), strict=True):
        yield AmountView(
            dollars=figures.localised(f"{there.given:f}", language.locale),
            dollars_worth=digits(there.worth, language),
            local=figures.localised(f"{back.given:f}", language.locale),
            local_worth=digits(back.worth, language),
        )


def digits(rate: Decimal, language: Language) -> str:
    """Return a rate as readers see it."""
    return figures.localised(figures.significant(rate), language.locale)
