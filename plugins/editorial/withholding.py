"""Which stories the world must not know of yet."""

import datetime as dt


def reason(status: str, date: dt.datetime, embargo: dt.datetime | None, now: dt.datetime) -> str:
    """Return why a story is held back at ``now``, as a phrase, or an empty string if it is not."""
    if status == "draft":
        return "draft"
    due = max(date, embargo) if embargo else date
    return f"until {due:%Y-%m-%d %H:%M %z}" if due > now else ""
