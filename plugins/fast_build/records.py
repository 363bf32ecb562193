"""What was made, as it is kept: a record for each page, found when it is asked for."""

import itertools
from array import array
from collections.abc import Collection, Mapping
from typing import Any

import msgspec

from .numbering import Packed
from .shelving import Waiting
from .standing import Seen

_MANY = 1_000  # records that are others than those that are kept, so that all are looked at anew


class Made(msgspec.Struct, frozen=True):
    """A page, or files that belong together: what they were made from, and what they were then."""

    given: bytes
    """The digest of what was given."""
    keys: bytes
    """What was read besides: the numbers of keys, four bytes each in the machine's order."""
    files: Mapping[str, Seen]
    """The files, by name below the output folder."""
    found: Mapping[str, Any] = msgspec.field(default_factory=dict)
    """What was found in a page by those who were told of it."""


class Kept(msgspec.Struct, frozen=True, array_like=True):
    """All that one build made, but for the stamps of files."""

    names: list[str] = []
    """What each goes by."""
    given: list[bytes] = []
    """The digest of what each was given."""
    numbers: bytes = b""
    """What all of them read besides, packed, one after the other."""
    ends: bytes = b""
    """Where the numbers of each end, eight bytes each in the machine's order."""
    files: dict[int, list[str]] = {}
    """The files of those, by their places, that are not one that is called the same."""
    found: dict[int, dict[str, Any]] = {}
    """What was found in some pages, by their places."""

    @classmethod
    def of(cls, made: Mapping[str, Made]) -> "Kept":
        """Return what is kept of all that was ``made``."""
        names, found = list(made), {}
        given: list[bytes] = []
        numbers: list[bytes] = []
        files: dict[int, list[str]] = {}
        for place, (name, each) in enumerate(made.items()):
            given.append(each.given)
            numbers.append(each.keys)
            if each.files.keys() != {name}:
                files[place] = list(each.files)
            if each.found:
                found[place] = dict(each.found)
        ends = array("Q", itertools.accumulate(map(len, numbers)))
        return cls(names, given, b"".join(numbers), ends.tobytes(), files, found)

    def of_files(self) -> list[int]:
        """Return how many files are before those of each, and at the end how many there are."""
        counts = [1] * len(self.names)
        for place, names in self.files.items():
            counts[place] = len(names)
        return list(itertools.accumulate(counts, initial=0))


class Records(Waiting[str, Made]):
    """All that was made, by what it goes by: records that are ``kept``, and the ``stamps`` of their files, or new ones.

    The stamps are size and time of each file, eight bytes each in the machine's order.
    """

    def __init__(
        self,
        kept: Kept | None = None,
        stamps: bytes = b"",
        own: dict[str, Any] | None = None,
        others: Collection[str] = (),
    ) -> None:
        """Hold all that are ``kept``, or what is ``own``: a record, or the place of one that was not asked for yet.

        Of ``others`` no record is kept, or another.
        """
        self._kept = kept or Kept()
        self._stamps = stamps
        self._own = dict(zip(self._kept.names, itertools.count(), strict=False)) if own is None else own
        self._others = set(others)
        self._begins: list[int] = []

    def copy(self) -> "Records":
        """Return others that hold the same."""
        return Records(self._kept, self._stamps, dict(self._own), self._others)

    def __getitem__(self, name: str) -> Made:
        if isinstance(place := self._own[name], int):
            self._own[name] = self._record(place)
        found: Made = self._own[name]
        return found

    def __setitem__(self, name: str, made: Made) -> None:
        super().__setitem__(name, made)
        self._others.add(name)

    def __delitem__(self, name: str) -> None:
        super().__delitem__(name)
        self._others.add(name)

    def _record(self, place: int) -> Made:
        kept = self._kept
        ends = memoryview(kept.ends).cast("Q")
        begin = ends[place - 1] if place else 0
        names = kept.files[place] if place in kept.files else [kept.names[place]]
        stamps = memoryview(self._stamps).cast("q")
        first = 2 * self._first(place)
        seen = {name: (stamps[first + 2 * each], stamps[first + 2 * each + 1]) for each, name in enumerate(names)}
        return Made(kept.given[place], kept.numbers[begin : ends[place]], seen, kept.found.get(place, {}))

    def _first(self, place: int) -> int:
        """Return how many files are before those of the record at ``place``."""
        if not self._begins:
            self._begins.extend(self._kept.of_files())
        return self._begins[place]

    def packed(self) -> Packed:
        """Return the numbers of all, as they are kept, and whose may be others."""
        if len(self._others) > _MANY or not self._kept.names:
            return Packed.of(self)
        return Packed(self._kept.names, self._kept.numbers, memoryview(self._kept.ends).cast("Q"), set(self._others))

    def restamped(self, made: Mapping[str, Made], names: Collection[str]) -> bytes:
        """Return the stamps as they are, with those of what was ``made`` by ``names``, of which records are kept."""
        places = dict(zip(self._kept.names, itertools.count(), strict=False))
        found = array("q", self._stamps)
        for name in names:
            files = made[name].files
            first = 2 * self._first(places[name])
            found[first : first + 2 * len(files)] = array("q", itertools.chain(*files.values()))
        return found.tobytes()

    def are_kept(self, names: Collection[str]) -> set[str]:
        """Return of which of ``names`` records are kept, and no others are there."""
        return {name for name in self._own.keys() & names if name not in self._others}


def stamps(made: Mapping[str, Made]) -> bytes:
    """Return the stamps of the files of all that was ``made``."""
    found = array("q")
    for each in made.values():
        for pair in each.files.values():
            found.extend(pair)
    return found.tobytes()
