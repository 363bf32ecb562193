"""What waits for its time, and what should be out and is not."""

import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from .._kit import urls
from .checking import stories
from .checking.stories import Edition, Story


class Due(msgspec.Struct, frozen=True, order=True):
    """A story and the instant at which it may be published."""

    at: dt.datetime
    """The later of its date and its embargo, with zone."""
    path: str
    """Its file, as it is named in messages."""
    title: str
    """Its headline."""
    address: str
    """Where it will stand, relative to the site's root; empty where that cannot be known."""


def due(edition: Edition) -> list[Due]:
    """Return every story that is to be published, in order of its time; drafts and unreadable files have none."""
    found = (stories.read(file, edition, is_page=is_page)[0] for file, is_page in edition.files() if not is_page)
    return sorted(each for story in found for each in _of(story, edition))


def _of(story: Story, edition: Edition) -> Iterator[Due]:
    date = story.values.get("date")
    if date is not None and story.values.get("status", "published") in {"published", "hidden"}:
        at = max(date, story.values.get("embargo", date))
        title = str(story.values.get("title", "?"))
        yield Due(at, story.header.path, title, stories.address(story, edition))


def late(all_due: Iterable[Due], now: dt.datetime, output: Path) -> list[Due]:
    """Return what is due at ``now`` and has no page in the folder ``output``, the last edition built."""
    return [
        each
        for each in all_due
        if each.at <= now and each.address and not (output / urls.save_as(each.address)).is_file()
    ]


def told(all_due: Iterable[Due], now: dt.datetime, output: Path) -> Iterator[str]:
    """Yield a line for each story that is late, then for each that waits, the next first."""
    every = list(all_due)
    if output.is_dir():
        for each in late(every, now, output):
            yield f"late     {_line(each, now)}; make publish releases it"
    for each in every:
        if each.at > now:
            yield f"due      {_line(each, now)}"


def _line(each: Due, now: dt.datetime) -> str:
    return f"{each.at.astimezone(now.tzinfo):%Y-%m-%d %H:%M %z}  {each.path}  {each.title}"
