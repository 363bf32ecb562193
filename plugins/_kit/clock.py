"""The moment of a build, and how long what is made of it holds."""

import datetime as dt
from collections.abc import Iterable, Mapping
from zoneinfo import ZoneInfo

from .errors import EditionError, Problem
from .time_set import is_set

ALWAYS = dt.datetime.max.replace(tzinfo=dt.UTC) - dt.timedelta(days=2)
"""Later than any other moment, in whatever zone it is told."""


def instant(setting: str | None, environment: Mapping[str, str]) -> dt.datetime:
    """Return the instant of ``setting``, else of the ``environment``, else the clock's; raises EditionError."""
    chosen, epoch = setting or environment.get("BUILD_TIME"), environment.get("SOURCE_DATE_EPOCH")
    if not is_set(setting, environment):
        return dt.datetime.now(dt.UTC)
    try:
        found = dt.datetime.fromisoformat(chosen) if chosen else dt.datetime.fromtimestamp(int(epoch or 0), dt.UTC)
    except (TypeError, ValueError) as error:
        raise _bad(chosen or epoch) from error
    if found.tzinfo is None:
        raise _bad(chosen)
    return found


def next_day(now: dt.datetime, zones: Iterable[str]) -> dt.datetime:
    """Return when the date turns after ``now`` in the first of ``zones`` (IANA) where it does."""
    return min((_midnight(now.astimezone(ZoneInfo(zone))) for zone in zones), default=ALWAYS)


def _midnight(now: dt.datetime) -> dt.datetime:
    return dt.datetime.combine(now.date() + dt.timedelta(days=1), dt.time(), now.tzinfo).astimezone(dt.UTC)


def _bad(value: object) -> EditionError:
    remedy = "Write 2026-12-01T06:00:00+05:00."
    return EditionError([Problem("BUILD_TIME", 0, f"is {value!r}, no instant with a zone", remedy, "settings")])
