"""The small drawing of a line: its last 30 days, for the margin of a page on a country."""

import datetime as dt
from collections.abc import Mapping

import msgspec

from . import charts
from .courses import Edition, courses, digits, seen_words, strokes
from .model import BASE, Series
from .views import LineView, SmallChartView, TickerView

DAYS = 30


def with_small_charts(view: TickerView, known: Mapping[tuple[str, str], Series], edition: Edition) -> TickerView:
    """Return ``view`` with the small drawing of each line whose rates are ``known`` of the last 30 days."""
    lines = (msgspec.structs.replace(line, small_chart=_small_chart(line, known, edition)) for line in view.lines)
    return msgspec.structs.replace(view, lines=tuple(lines))


def _small_chart(line: LineView, known: Mapping[tuple[str, str], Series], edition: Edition) -> SmallChartView | None:
    first, past = edition.today - dt.timedelta(days=DAYS - 1), courses(line.code, known, edition)
    made = charts.chart(past, first, edition.today, edition.settings.stale_after_days, charts.SMALL)
    if made is None:
        return None
    pair = f"{BASE}/{line.code}"
    return SmallChartView(
        words=f"{pair}. {seen_words(made, edition.language)}",
        caption=_caption(pair, made, edition),
        strokes=strokes(made),
    )


def _caption(pair: str, made: charts.Chart, edition: Edition) -> str:
    _, rates = edition.language.translate, [rate for _, rate in made.points]
    low, high = (digits(rate, edition.language) for rate in (min(rates), max(rates)))
    if low == high:
        return _("%(pair)s, 30 days: always %(rate)s") % {"pair": pair, "rate": low}
    return _("%(pair)s, 30 days: lowest %(low)s, highest %(high)s") % {"pair": pair, "low": low, "high": high}
