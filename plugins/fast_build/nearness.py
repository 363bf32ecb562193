"""In which order pages are made: those of the same time one after the other, as the same stories stand in them.

What was made of a story is remembered for a while (``fragments.py``), and so is met again by all lists of its time.
"""

import datetime as dt
from collections.abc import Sequence

from .._kit.paging import ListPage
from .jobs import Job


def in_order(jobs: Sequence[Job]) -> list[int]:
    """Return the places of ``jobs`` in the order in which they are best made: the newest stories' pages first."""
    return sorted(range(len(jobs)), key=lambda place: _moment(jobs[place]), reverse=True)


def _moment(job: Job) -> float:
    """Return the time of the newest story that a page is given, in seconds since 1970; 0 where it is given none."""
    dates = (getattr(_first(each), "date", None) for each in job.given.values())
    return max((date.timestamp() for date in dates if isinstance(date, dt.datetime)), default=0)


def _first(given: object) -> object:
    return given.items[0] if isinstance(given, ListPage) and given.items else given


def firsts(jobs: Sequence[Job]) -> list[int]:
    """Return the place of the first of each kind: of pages of one template, of files that are given the like."""
    first: dict[object, int] = {}
    for place, job in enumerate(jobs):
        first.setdefault(job.template.name if job.template else (job.by and job.by[0], *job.given), place)
    return list(first.values())
