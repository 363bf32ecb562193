"""What may be believed: every new figure is accepted, carried, held or refused, with the reason in words.

A figure that is out of the ordinary is held until a second, independent origin says the same, or an editor does.
The rules and their limits are those of docs/rates.md; nothing here reads a clock, a file or the network.
"""

import datetime as dt
import enum
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Annotated

import msgspec

from .model import Observation

Percent = Annotated[float, msgspec.Meta(gt=0)]


class GateSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The limits of what is believed at once, under the key ``gate``."""

    daily_move: Percent = 5.0
    """A move of more than this many percent for each day since the last rate is held."""
    disagreement: Percent = 1.5
    """A rate that is further than this many percent from every witness is held."""
    editor_above: Percent = 20.0
    """A move of more than this many percent, over any time, is released by an editor alone."""
    days_ahead: Annotated[int, msgspec.Meta(ge=0)] = 2
    """A rate dated more than this many days ahead, where it was published, is held."""
    witness_days: Annotated[int, msgspec.Meta(ge=0)] = 4
    """A witness counts for rates at most this many days from its own date."""


class Verdict(enum.StrEnum):
    """What becomes of a figure."""

    ACCEPTED = "accepted"  # it goes into the history, and so to the pages
    CARRIED = "carried"  # the history has it already
    HELD = "held"  # it waits for a second origin or an editor; the pages keep the last good one
    DROPPED = "dropped"  # it waited, and was overtaken by a later day's rate; it is kept nowhere
    REFUSED = "refused"  # it is no figure at all, or not the one that was asked for


class Witness(msgspec.Struct, frozen=True):
    """Another origin's rate of a currency, worked out from its own table."""

    origin: str
    """Who sets it."""
    currency: str
    """ISO 4217 code."""
    effective_date: dt.date
    """The day it is for."""
    rate: Decimal
    """Units of the currency for one dollar."""


class Doubt(msgspec.Struct, frozen=True):
    """One thing that is out of the ordinary about a figure."""

    words: str
    """As a clause for the editor."""
    editor_only: bool
    """Whether no witness can settle it."""


class Judgement(msgspec.Struct, frozen=True):
    """The gate's word on one figure."""

    observation: Observation
    """The figure."""
    verdict: Verdict
    """What becomes of it."""
    reason: str
    """Why, as a clause; empty for an ordinary figure that is accepted."""


def judge(
    seen: Observation,
    known: Sequence[Observation],
    witnesses: Iterable[Witness],
    today: dt.date,
    limits: GateSettings,
) -> Judgement:
    """Return the verdict on ``seen``.

    ``known`` is what is believed of all currencies, in any order; ``today`` is the date where ``seen`` was published,
    when it was received.
    """
    same_day = [old for old in known if _is_same(old, seen)]
    if same_day and (same_day[-1].value, same_day[-1].unit) == (seen.value, seen.unit):
        return Judgement(seen, Verdict.CARRIED, "the history has it")
    near = [each for each in witnesses if _testifies(each, seen, limits)]
    agreeing = sorted(each.origin for each in near if apart(each.rate, seen.rate) <= limits.disagreement)
    doubts = [*_doubts(seen, known, today, limits), *_witness_doubts(seen, near, agreeing, known)]
    if not doubts:
        return Judgement(seen, Verdict.ACCEPTED, "")
    words = "; ".join(doubt.words for doubt in doubts)
    if agreeing and not any(doubt.editor_only for doubt in doubts):
        return Judgement(seen, Verdict.ACCEPTED, f"{words}; confirmed by {', '.join(agreeing)}")
    if any(doubt.editor_only for doubt in doubts):
        words += "; only an editor can release it"
    return Judgement(seen, Verdict.HELD, words)


def _doubts(seen: Observation, known: Sequence[Observation], today: dt.date, limits: GateSettings) -> list[Doubt]:
    last = before(seen, known)
    found = [_repeats(seen, known), _ahead(seen, today, limits), _goes_back(seen, known)]
    if last:
        found += [_reversed(seen, last), _moves(seen, last, limits), _renamed_unit(seen, last)]
    return [doubt for doubt in found if doubt]


def before(seen: Observation, known: Iterable[Observation]) -> Observation | None:
    """Return what ``seen`` follows: the latest earlier rate of its origin, else of any origin of its kind."""
    earlier = [old for old in known if old.currency == seen.currency and old.effective_date < seen.effective_date]
    own = [old for old in earlier if old.origin == seen.origin]
    alike = [old for old in earlier if old.kind is seen.kind]
    return max(own or alike, key=lambda old: old.key, default=None)


def _witness_doubts(
    seen: Observation, near: Sequence[Witness], agreeing: Sequence[str], known: Sequence[Observation]
) -> list[Doubt]:
    if near and not agreeing:
        closest = min(near, key=lambda each: apart(each.rate, seen.rate))
        gap = apart(closest.rate, seen.rate)
        words = f"it is {gap:.1f} % from {closest.origin}'s {closest.rate:.6g} of {closest.effective_date}"
        return [Doubt(words, editor_only=False)]
    if not near and not before(seen, known):
        return [Doubt("it is the first of its kind, and there is no witness", editor_only=False)]
    return []


def _moves(seen: Observation, last: Observation, limits: GateSettings) -> Doubt | None:
    days = max(1, (seen.effective_date - last.effective_date).days)
    moved = apart(seen.rate, last.rate)
    if moved > limits.editor_above:
        return Doubt(f"it moves {moved:.1f} % from {last.value} of {last.effective_date}", editor_only=True)
    if moved > limits.daily_move * days:
        return Doubt(f"it moves {moved:.1f} % in {days} day{'s' * (days > 1)} from {last.value}", editor_only=False)
    return None


def _reversed(seen: Observation, last: Observation) -> Doubt | None:
    if apart(1 / seen.rate, last.rate) < 10 and apart(seen.rate, last.rate) > 50:  # percent; both must be plain
        return Doubt(f"it looks like dollars for one {seen.currency}, the wrong way about", editor_only=True)
    return None


def _repeats(seen: Observation, known: Iterable[Observation]) -> Doubt | None:
    newest: dict[str, Observation] = {}
    for old in sorted(known, key=lambda old: old.key):
        if old.currency != seen.currency:
            newest[old.currency] = old
    for old in newest.values():
        if old.rate == seen.rate:
            return Doubt(f"it repeats the rate of {old.currency}, {old.value}", editor_only=False)
    return None


def _ahead(seen: Observation, today: dt.date, limits: GateSettings) -> Doubt | None:
    days = (seen.effective_date - today).days
    return Doubt(f"it is dated {days} days ahead", editor_only=True) if days > limits.days_ahead else None


def _goes_back(seen: Observation, known: Iterable[Observation]) -> Doubt | None:
    dates = [old.effective_date for old in known if _is_of(old, seen)]
    newest = max(dates, default=seen.effective_date)
    if newest > seen.effective_date:
        return Doubt(f"its date goes back from {newest}", editor_only=True)
    return None


def _renamed_unit(seen: Observation, last: Observation) -> Doubt | None:
    if seen.source == last.source and seen.unit != last.unit:
        return Doubt(f"its nominal changed from {last.unit} to {seen.unit}", editor_only=False)
    return None


def _is_of(old: Observation, seen: Observation) -> bool:
    return (old.currency, old.source) == (seen.currency, seen.source)


def _is_same(old: Observation, seen: Observation) -> bool:
    return _is_of(old, seen) and old.effective_date == seen.effective_date


def _testifies(witness: Witness, seen: Observation, limits: GateSettings) -> bool:
    if witness.currency != seen.currency or witness.origin == seen.origin:
        return False
    return abs((witness.effective_date - seen.effective_date).days) <= limits.witness_days


def apart(one: Decimal, other: Decimal) -> float:
    """Return how far two rates are from one another, in percent of the smaller."""
    small, large = sorted((one, other))
    return float((large - small) / small * 100)
