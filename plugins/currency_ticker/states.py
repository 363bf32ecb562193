"""How old a rate is and what that means: counted in its publisher's zone, with weekends and the new year's rest."""

import datetime as dt
import enum
from functools import lru_cache
from zoneinfo import ZoneInfo

from .model import Kind, Observation


class State(enum.StrEnum):
    """What a reader has to know about a line's rate."""

    FRESH = "fresh"  # of today, or of yesterday on a working day (today's is set during the day)
    CARRIED = "carried"  # no newer one has been published, as at a weekend or holiday
    STALE = "stale"  # older than is allowed: the value stands with its date, its change does not
    HELD = "held"  # a newer figure exists but is not believed yet; this is the last good one
    FIXED = "fixed"  # decreed; does not move and does not age
    MISSING = "missing"  # nothing is known


@lru_cache(maxsize=64)
def today(now: dt.datetime, time_zone: str) -> dt.date:
    """Return the date at the instant ``now`` in ``time_zone`` (IANA)."""
    return now.astimezone(ZoneInfo(time_zone)).date()


def age_days(seen: Observation, now: dt.datetime) -> int:
    """Return how many days lie between the effective date and today where it was published; negative in the future."""
    return (today(now, seen.time_zone) - seen.effective_date).days


def is_stale(seen: Observation, now: dt.datetime, after_days: int) -> bool:
    """Return whether ``seen`` is older than ``after_days``, not counting 1 to 8 January; a fixed rate never is."""
    if seen.kind is Kind.FIXED:
        return False
    return outlived(seen.effective_date, today(now, seen.time_zone), after_days)


def outlived(effective_date: dt.date, day: dt.date, after_days: int) -> bool:
    """Return whether a rate of ``effective_date`` is out of date on ``day``, by the same count."""
    age = (day - effective_date).days
    if not after_days < age <= after_days + 8:
        return age > after_days
    days = (effective_date + dt.timedelta(number) for number in range(1, age + 1))
    return sum(not _new_year(each) for each in days) > after_days


def state(seen: Observation, now: dt.datetime, after_days: int) -> State:
    """Return the state of ``seen`` by its kind and age alone."""
    if seen.kind is Kind.FIXED:
        return State.FIXED
    if is_stale(seen, now, after_days):
        return State.STALE
    age, day = age_days(seen, now), today(now, seen.time_zone)
    return State.FRESH if age == 0 or (age == 1 and _working(day)) else State.CARRIED


def _working(day: dt.date) -> bool:
    return day.isoweekday() < 6 and not _new_year(day)


def _new_year(day: dt.date) -> bool:
    """Whether no bank of the region can be expected to publish: 1 to 8 January."""
    return day.month == 1 and day.day <= 8
