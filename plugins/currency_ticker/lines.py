"""Which observation stands for a currency at an instant, what it is compared with, and its state."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

import msgspec

from . import figures, states
from .model import Held, Kind, Observation, Series
from .settings import Direction, TickerSettings
from .states import State


class Line(msgspec.Struct, frozen=True):
    """What is known of one currency at one instant."""

    currency: str
    """ISO 4217 code."""
    state: State
    """What a reader has to know about it."""
    observation: Observation | None = None
    """The rate that is shown; None only if missing."""
    previous: Observation | None = None
    """The same origin's rate of the last different effective date, if there is one."""
    age_days: int | None = None
    """Whole days since the effective date, where it was published."""
    is_stale: bool = False
    """Whether it is older than allowed, whatever the state says before that."""
    held: Held | None = None
    """The newer figure that is not believed yet."""

    def rate(self, direction: Direction) -> Decimal | None:
        """Return the shown rate: base for one unit of the currency, or the other way about."""
        if not self.observation:
            return None
        rate = self.observation.rate
        return rate if direction == "base/currency" else figures.inverse(rate)

    def change(self, direction: Direction) -> Decimal | None:
        """Return the change in percent from unrounded rates; None for a fixed or stale one or without a predecessor."""
        if not (self.observation and self.previous) or self.is_stale or self.observation.kind is Kind.FIXED:
            return None
        before, now = self.previous.rate, self.observation.rate
        return figures.change(before, now) if direction == "base/currency" else figures.change(now, before)


def lines(
    series: Mapping[tuple[str, str], Series],
    settings: TickerSettings,
    now: dt.datetime,
    held: Iterable[Held] = (),
) -> tuple[Line, ...]:
    """Return one line for each of the settings' currencies, in their order, at the instant ``now`` (with zone)."""
    waiting = tuple(held)
    days = settings.stale_after_days
    found = []
    for code in settings.currencies:
        ranked = (_until(series.get((code, origin), ()), now) for origin in settings.sources)
        chosen = _chosen([past for past in ranked if past], now, days)
        found.append(_line(chosen, now, days, waiting) if chosen else Line(code, State.MISSING))
    return tuple(found)


def _chosen(ranked: Sequence[Series], now: dt.datetime, days: int) -> Series:
    """Return the first of ``ranked`` that is not stale, else the one with the most recent date, else nothing."""
    usable = (past for past in ranked if not states.is_stale(past[-1], now, days))
    return next(usable, None) or max(ranked, key=lambda past: past[-1].effective_date, default=())


def _line(past: Series, now: dt.datetime, days: int, waiting: Sequence[Held]) -> Line:
    seen = past[-1]
    newer = [each for each in waiting if each.currency == seen.currency and each.effective_date > seen.effective_date]
    return Line(
        currency=seen.currency,
        state=State.HELD if newer else states.state(seen, now, days),
        observation=seen,
        previous=past[-2] if len(past) > 1 else None,
        age_days=states.age_days(seen, now),
        is_stale=states.is_stale(seen, now, days),
        held=max(newer, key=lambda each: each.effective_date, default=None),
    )


def _until(known: Series, now: dt.datetime) -> Series:
    """Return the last two observations of ``known`` whose day has come where they were published."""
    end = len(known)
    while end and states.age_days(known[end - 1], now) < 0:
        end -= 1
    return known[max(0, end - 2) : end]
