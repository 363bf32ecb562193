"""Files that are no stories, taken over by the plugins that read them."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

Taker = tuple[Collection[str], Callable[[Any], Iterable[type] | None]]
"""The absolute paths of files, and what puts into the context of a generator what it makes of them now; it returns the
classes of those that have to write anew, None if it cannot."""


def take(
    files: Collection[str], context: Mapping[str, Any], takers: Iterable[Taker], start: Callable[..., Any]
) -> tuple[set[str], list[Any]] | None:
    """Have ``takers`` take over ``files``; return by which names something else is in the ``context``, and generators.

    These, which ``start`` returns by their class, have to write anew. None if a file is nobody's, or one cannot.
    """
    before = dict(context)
    due = [taker for taker in takers if not set(files).isdisjoint(taker[0])]
    if set(files).difference(*(claimed for claimed, _ in due)):
        return None
    classes: list[type] = []
    generator = start() if due else None
    for _, step in due:
        asked = step(generator)
        if asked is None:
            return None
        classes += asked
    names = {name for name, value in context.items() if name not in before or before[name] is not value}
    return names, [start(cls) for cls in classes]
