"""Which stories are translations of each other: those of one slug, in different languages.

Two stories of one slug in one language are no translations: they are two stories, of different months perhaps, and if
they would stand at one address that is told as such.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import Any


def groups(stories: Iterable[Any], names: Sequence[str]) -> Iterator[list[Any]]:
    """Yield the stories that share the attributes ``names``, in different languages; every other one alone."""
    if not names:
        yield from ([story] for story in stories)
        return
    for together in _by(stories, lambda story: tuple(getattr(story, name, None) for name in names)):
        if _apart(together):
            yield together
            continue
        for of_month in _by(together, lambda story: (story.date.year, story.date.month)):
            if _apart(of_month):
                yield of_month
            else:
                yield from ([story] for story in of_month)


def _apart(stories: Sequence[Any]) -> bool:
    return len({story.lang for story in stories}) == len(stories)


def _by(stories: Iterable[Any], key: Callable[[Any], Hashable]) -> Iterable[list[Any]]:
    found: dict[Hashable, list[Any]] = defaultdict(list)
    for story in stories:
        found[key(story)].append(story)
    return found.values()
