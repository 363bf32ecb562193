"""A course of rates as the lines of a drawing: where it can be drawn, and where it stops because nothing is known."""

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal

import msgspec

from . import states
from .model import Kind, Series

LEFT, RIGHT, TOP, BOTTOM = 130, 704, 20, 350
"""The field of the lines in a drawing 720 wide and 400 high; the labels stand left of it and below."""

Point = tuple[dt.date, Decimal]


class Frame(msgspec.Struct, frozen=True):
    """The field of the lines, in the drawing's own units."""

    left: int
    """Of the first day."""
    right: int
    """Of the last."""
    top: int
    """Of the highest rate."""
    bottom: int
    """Of the lowest."""


LARGE = Frame(LEFT, RIGHT, TOP, BOTTOM)
SMALL = Frame(6, 314, 6, 90)
"""In a drawing 320 wide and 96 high, without labels."""


class Stroke(msgspec.Struct, frozen=True):
    """The course of one kind of rate."""

    kind: Kind
    """Whose word it is."""
    path: str
    """The ``d`` of an SVG path: a line for each unbroken run; may be empty."""
    dots: str
    """The same of lone days: steps of no length, which round ends make dots; may be empty."""
    breaks: int
    """How often it stops and starts again."""


class Tick(msgspec.Struct, frozen=True):
    """A labelled place on an axis."""

    at: int
    """Where, in the drawing's units: across for a day, down for a rate."""
    day: dt.date | None = None
    """What it stands for on the axis of days."""
    rate: Decimal | None = None
    """What it stands for on the axis of rates."""


class Chart(msgspec.Struct, frozen=True):
    """A drawing of the days ``first`` to ``last``."""

    first: dt.date
    """The day at the left edge."""
    last: dt.date
    """The day at the right edge."""
    strokes: tuple[Stroke, ...]
    """The lines, the official first."""
    points: tuple[Point, ...]
    """Every known rate of these days, in order."""
    days: tuple[Tick, ...]
    """The axis of days."""
    rates: tuple[Tick, ...]
    """The axis of rates."""


def chart(
    known: Sequence[Series], first: dt.date, last: dt.date, stale_after_days: int, frame: Frame = LARGE
) -> Chart | None:
    """Return the drawing of the days ``first`` to ``last`` (both included), or None if no rate of them is known.

    Its lines stand in ``frame``. A line breaks where a rate was out of date (``states.outlived``) before the next one
    came; a fixed rate goes on.
    """
    runs = [(past[0].kind, run) for past in known for run in _runs(past, (first, last), stale_after_days)]
    points = sorted(point for _, run in runs for point in run)
    if not points:
        return None
    scale = _scale(min(rate for _, rate in points), max(rate for _, rate in points))
    field = _Field(frame, first, max((last - first).days, 1), scale[0], scale[-1])
    strokes = [_stroke(kind, [run for each, run in runs if each == kind], field) for kind in Kind]
    return Chart(
        first=first,
        last=last,
        strokes=tuple(stroke for stroke in strokes if stroke.path or stroke.dots),
        points=tuple(points),
        days=tuple(Tick(field.across(day), day=day) for day in _marks(first, last)),
        rates=tuple(Tick(field.down(rate), rate=rate) for rate in scale),
    )


class _Field(msgspec.Struct, frozen=True):
    """Where a day and a rate stand."""

    frame: Frame
    first: dt.date
    span: int
    low: Decimal
    high: Decimal

    def across(self, day: dt.date) -> int:
        left, right = self.frame.left, self.frame.right
        return left + round((right - left) * (day - self.first).days / self.span)

    def down(self, rate: Decimal) -> int:
        top, bottom = self.frame.top, self.frame.bottom
        return bottom - round((bottom - top) * (rate - self.low) / (self.high - self.low))


def _runs(past: Series, limits: tuple[dt.date, dt.date], stale_after_days: int) -> Iterator[list[Point]]:
    """Yield the unbroken runs of ``past`` within ``limits``."""
    first, last = limits
    if past[0].kind is Kind.FIXED:
        began = max(past[-1].effective_date, first)
        if began <= last:
            yield [(began, past[-1].rate), (last, past[-1].rate)]
        return
    run: list[Point] = []
    for seen in past:
        if first <= seen.effective_date <= last:
            if run and states.outlived(run[-1][0], seen.effective_date, stale_after_days):
                yield run
                run = []
            run.append((seen.effective_date, seen.rate))
    if run:
        yield run


def _stroke(kind: Kind, runs: Sequence[Sequence[Point]], field: _Field) -> Stroke:
    placed = [list({field.across(day): field.down(rate) for day, rate in run}.items()) for run in runs]
    lines = "".join(_line(places) for places in placed if len(places) > 1)
    dots = "".join(f"M{places[0][0]} {places[0][1]}h0" for places in placed if len(places) == 1)
    return Stroke(kind, lines, dots, max(len(runs) - 1, 0))


def _line(places: Sequence[tuple[int, int]]) -> str:
    """Return ``places`` (one for each unit across: the last of its days) as a path of relative steps."""
    x, y = places[0]
    steps = []
    for across, down in places[1:]:
        steps.append(f"{across - x} {down - y}")
        x, y = across, down
    return f"M{places[0][0]} {places[0][1]}l{' '.join(steps)}"


def _scale(low: Decimal, high: Decimal) -> tuple[Decimal, ...]:
    """Return round rates with ``low`` and ``high`` between the first and the last: three to six of them."""
    if low == high:
        low, high = low - low / 100, high + high / 100
    room = high - low
    power = Decimal(1).scaleb((room / 4).adjusted())
    step = next(power * times for times in (1, 2, 5, 10) if power * times * 4 >= room)
    floor = low // step
    found = [floor * step]
    while found[-1] < high or len(found) < 3:
        found.append(found[-1] + step)
    return tuple(found)


def _marks(first: dt.date, last: dt.date) -> tuple[dt.date, ...]:
    """Return the days to be labelled: weeks of a month, months of a year or two, years of more."""
    span = (last - first).days
    if span <= 62:
        return tuple(first + dt.timedelta(days=number) for number in range(2, span, 9))
    starts = [dt.date(year, month, 1) for year in range(first.year, last.year + 1) for month in range(1, 13)]
    within = [day for day in starts if first <= day <= last]
    if span <= 800:
        return tuple(within[1 :: 1 + len(within) // 5])
    years = [day for day in within if day.month == 1]
    return tuple(years[:: 1 + len(years) // 6])
