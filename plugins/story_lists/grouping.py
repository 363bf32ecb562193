"""Stories put into groups, in one pass each, however many groups there are."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol

import msgspec
from msgspec.structs import replace
from unidecode import unidecode

from .._kit.errors import Problem


class Story(Protocol):
    """What every article of Pelican has."""

    date: dt.datetime
    """The publication, with a zone."""
    relative_source_path: str
    """The file, below the content folder."""


class Label(Protocol):
    """A section, topic or author as a story names it: Pelican's Category, Tag or Author."""

    name: str
    """What the writer wrote."""
    slug: str
    """The name as a part of an address; two names may share one."""


class Group(msgspec.Struct, frozen=True):
    """The stories of one section, topic or author."""

    name: str
    """What the group is called."""
    slug: str
    """The last part of its address."""
    stories: tuple[Story, ...]
    """Newest first."""


class Use(msgspec.Struct, frozen=True):
    """A name with a file in which it stands; where more do, the first by the alphabet."""

    name: str
    """As written."""
    path: str
    """The file, below the content folder."""
    count: int
    """In how many files it stands."""


def newest_first(stories: Iterable[Story]) -> tuple[Story, ...]:
    """Return ``stories`` by date, those of one instant by their file, so that the order never changes."""
    by_file = sorted(stories, key=lambda story: story.relative_source_path)
    return tuple(sorted(by_file, key=lambda story: story.date, reverse=True))


def groups(stories: Sequence[Story], labels: Callable[[Story], Iterable[Label]]) -> tuple[Group, ...]:
    """Return a group for each address among the ``labels`` of ``stories`` (newest first), by name."""
    names: dict[str, str] = {}
    found: defaultdict[str, list[Story]] = defaultdict(list)
    for story in stories:
        for label in labels(story):
            slug = label.slug
            if slug not in names:
                names[slug] = label.name
            members = found[slug]
            if not members or members[-1] is not story:  # a story may name it twice
                members.append(story)
    listed = [Group(names[slug], slug, tuple(members)) for slug, members in found.items()]
    return tuple(sorted(listed, key=_by_name))


def exchanged(
    groups: Iterable[Group],
    changes: Iterable[tuple[Story, Iterable[Label], Iterable[Label]]],
    place_of: Callable[[Story], int],
) -> tuple[Group, ...] | None:
    """Return ``groups`` after ``changes``: stories, each with the labels that it had, and those that it has.

    Stories are in the order of their places. None if a label has the address of another, or none.
    """
    found = {group.slug: group for group in groups}
    for story, before, after in changes:
        was, now = ({(label.slug, label.name) for label in each} for each in (before, after))
        for slug, _ in was - now:
            group = found.pop(slug)
            if left := tuple(each for each in group.stories if each is not story):
                found[slug] = replace(group, stories=left)
        for slug, name in now - was:
            group = found.get(slug, Group(name, slug, ()))
            if not slug or group.name != name:
                return None
            found[slug] = replace(group, stories=tuple(sorted([*group.stories, story], key=place_of)))
    return tuple(sorted(found.values(), key=_by_name))


def _by_name(group: Group) -> tuple[str, str]:
    return unidecode(group.name).casefold(), group.slug


def periods(stories: Sequence[Story]) -> Mapping[tuple[int, ...], tuple[Story, ...]]:
    """Return the stories (newest first) of each year and each month, under ``(2025,)`` and ``(2025, 4)``.

    The month is the one in the story's own zone, as in its address.
    """
    found: defaultdict[tuple[int, ...], list[Story]] = defaultdict(list)
    for story in stories:
        found[(story.date.year,)].append(story)
        found[story.date.year, story.date.month].append(story)
    return {period: tuple(members) for period, members in found.items()}


def clashes(
    kind: str, stories: Iterable[Story], labels: Callable[[Story], Iterable[Label]], content: str
) -> Iterable[Problem]:
    """Yield a problem for each name whose address is empty or is another's too, at a file that has it.

    ``kind`` is the word for messages: section, topic or author; ``content`` the name of the content folder.
    The name in most files is taken to be right.
    """
    stories = tuple(stories)
    named: dict[str, str] = {}
    all_labels = {object.__hash__(label): label for story in stories for label in labels(story)}.values()
    doubtful = {
        label.slug for label in all_labels if not label.slug or named.setdefault(label.slug, label.name) != label.name
    }
    uses: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for story in stories if doubtful else ():
        for label in labels(story):
            if label.slug in doubtful:
                uses[label.slug][label.name].append(f"{content}/{story.relative_source_path}")
    for slug, names in uses.items():
        told = [Use(name, min(paths), len(paths)) for name, paths in names.items()]
        told.sort(key=lambda use: (-use.count, use.path, use.name))
        if slug:
            yield from (_same_address(kind, told[0], other) for other in told[1:])
        else:
            yield from (_no_address(kind, use) for use in told)


def _same_address(kind: str, right: Use, other: Use) -> Problem:
    message = f"the {kind} {other.name!r} has the address of {right.name!r} in {right.path}"
    return Problem(other.path, 0, message, "Write both alike, or give one another name.", "same-address")


def _no_address(kind: str, use: Use) -> Problem:
    message = f"the {kind} {use.name!r} has no letter or digit to make an address of"
    return Problem(use.path, 0, message, "Give it another name.", "no-address")
