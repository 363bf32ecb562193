"""Which stories stand together in a part of the index.

A part is what is made and uploaded again when one of its stories changes. Parts are spans of time, numbered from the
oldest, so that a new story changes the newest part alone.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

Story = TypeVar("Story")
Month = tuple[int, int]
"""A year and a month; (0, 0) for a page without a date, which comes first."""
_PERIODS: tuple[Callable[[Month], Month], ...] = (
    lambda month: (month[0], 0),
    lambda month: (month[0], (month[1] + 2) // 3),
    lambda month: month,
)
"""The year, the quarter, and the month, each by what it has in common with others of the same length."""


def parts(stories: Iterable[Story], month: Callable[[Story], Month], most: int) -> list[tuple[Story, ...]]:
    """Return the parts, the oldest first, each of at most ``most`` stories unless a month alone has more.

    Whole years are put together as long as they fit; one that does not is taken by quarters, or by months.
    """
    found: list[tuple[Story, ...]] = []
    for period in _divided(list(stories), month, most, _PERIODS):
        if found and len(found[-1]) + len(period) <= most:
            found[-1] += period
        else:
            found.append(period)
    return found


def _divided(
    stories: Sequence[Story],
    month: Callable[[Story], Month],
    most: int,
    periods: Sequence[Callable[[Month], Month]],
) -> Iterator[tuple[Story, ...]]:
    """Yield the stories by period, the oldest first; a period that is too long by shorter ones."""
    grouped: dict[Month, list[Story]] = defaultdict(list)
    for story in stories:
        grouped[periods[0](month(story))].append(story)
    for period in sorted(grouped):
        if len(grouped[period]) > most and len(periods) > 1:
            yield from _divided(grouped[period], month, most, periods[1:])
        else:
            yield tuple(grouped[period])
