"""Which stories the world must not know of yet."""

import datetime as dt
from typing import Any

from .._kit import clock

_DRAFT = "draft"


def reason(status: str, date: dt.datetime, embargo: dt.datetime | None, now: dt.datetime) -> str:
    """Return why a story is held back at ``now``, as a phrase, or an empty string if it is not."""
    if status == _DRAFT:
        return _DRAFT
    due = _due(date, embargo)
    return f"until {due:%Y-%m-%d %H:%M %z}" if due > now else ""


def until(status: str, date: dt.datetime, embargo: dt.datetime | None, now: dt.datetime) -> dt.datetime:
    """Return to when the answer of ``now`` holds."""
    due = _due(date, embargo)
    return due if status != _DRAFT and due > now else clock.ALWAYS


def _due(date: dt.datetime, embargo: dt.datetime | None) -> dt.datetime:
    return max(date, embargo) if embargo else date


def shows_as_before(story: Any, read: Any, now: dt.datetime, *, preview: bool) -> bool:  # noqa: ANN401 - Pelican's own
    """Return whether ``story`` as it was ``read`` again is shown for the same reason as before, and for good.

    One that is new gets what tells it; a draft, which a ``preview`` shows, will be at the address of a published one.
    """
    found = reason(read.status, read.date, getattr(read, "embargo", None), now)
    if found != getattr(story, "withheld", found) or (found and not (preview and found == _DRAFT)):
        return False
    story.withheld = found
    story.status = "published" if found else story.status
    return True
