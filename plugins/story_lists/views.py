"""What a template shows of the lists: names, addresses and counts, in order."""

from collections.abc import Iterable
from typing import Literal

import msgspec

Kind = Literal["section", "topic", "author", "archive"]


class SubjectView(msgspec.Struct, frozen=True):
    """What a list is of: one section, topic or author, or the stories of all time, of a year or of a month.

    A closed page, which stays as it is whatever is added, gets it and those near it with a ``count`` of 0.
    """

    kind: Kind
    """``section``, ``topic``, ``author`` or ``archive``."""
    name: str
    """What readers call it."""
    url: str
    """The front of the list, relative to the site's root."""
    count: int
    """How many stories it has."""
    description: str = ""
    """A sentence about it; may be empty."""
    feed_url: str = ""
    """Its Atom feed, relative to the site's root; empty where it has none."""


class YearView(msgspec.Struct, frozen=True):
    """A year of the archive."""

    subject: SubjectView
    """The year itself."""
    months: tuple[SubjectView, ...]
    """The months with stories, January first."""


class MenuItem(msgspec.Struct, frozen=True):
    """A list as a menu names it: what stands on every page says nothing that a new story changes."""

    kind: Kind
    """``section``, ``topic`` or ``author``."""
    name: str
    """What readers call it."""
    url: str
    """The front of the list, relative to the site's root."""


class ListsView(msgspec.Struct, frozen=True):
    """Every list of the edition."""

    sections: tuple[SubjectView, ...]
    """In the order of the setting, then by name."""
    topics: tuple[SubjectView, ...]
    """By name."""
    authors: tuple[SubjectView, ...]
    """By name."""
    archive: SubjectView
    """All stories."""
    years: tuple[YearView, ...]
    """The years with stories, the newest first."""
    indexes: tuple[SubjectView, ...]
    """The pages that name all sections, all topics and all authors; their ``count`` is of those."""

    @property
    def section_menu(self) -> tuple[MenuItem, ...]:
        """The sections, for a menu."""
        return _menu(self.sections)

    @property
    def index_menu(self) -> tuple[MenuItem, ...]:
        """The pages that name all sections, all topics and all authors, for a menu."""
        return _menu(self.indexes)


def _menu(lists: Iterable[SubjectView]) -> tuple[MenuItem, ...]:
    return tuple(MenuItem(each.kind, each.name, each.url) for each in lists)
