"""Which stories the world must not know of yet."""

import datetime as dt

from .._kit import clock


def reason(status: str, date: dt.datetime, embargo: dt.datetime | None, now: dt.datetime) -> str:
    """Return why a story is held back at ``now``, as a phrase, or an empty string if it is not."""
    if status == "draft":
        return "draft"
    due = _due(date, embargo)
    return f"until {due:%Y-%m-%d %H:%M %z}" if due > now else ""


def until(status: str, date: dt.datetime, embargo: dt.datetime | None, now: dt.datetime) -> dt.datetime:
    """Return to when the answer of ``now`` holds."""
    due = _due(date, embargo)
    return due if status != "draft" and due > now else clock.ALWAYS


def _due(date: dt.datetime, embargo: dt.datetime | None) -> dt.datetime:
    return max(date, embargo) if embargo else date
