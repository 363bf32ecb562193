"""What was made, as it is kept: a record for each page, found when it is asked for."""

import itertools
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

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


class Stamped(NamedTuple):
    """The files of many pages, one after the other, as they were seen."""

    files: Sequence[str]
    """Their names below the output folder."""
    ends: Sequence[int]
    """How many files there are up to the last one of each page."""
    stamps: "array[int]"
    """Size and time of each file."""

    def seen(self) -> Iterator[tuple[str, Seen]]:
        """Yield each file and what was seen of it."""
        return zip(self.files, zip(self.stamps[::2], self.stamps[1::2], strict=True), strict=True)


class Records(Waiting[str, Made]):
    """All that was made, by what it goes by: records that are ``kept``, and the ``stamps`` of their files, or new ones.

    The stamps are size and time of each file, eight bytes each in the machine's order.
    """

    def __init__(self, kept: Kept | None = None, stamps: bytes = b"", own: Mapping[str, Made] | None = None) -> None:
        """Hold all that are ``kept``, or what is ``own``."""
        self.kept = kept or Kept()
        self._stamps = array("q", stamps)
        self._places = dict(zip(self.kept.names, itertools.count(), strict=False))
        """Where records are kept, of those of which no other is here."""
        self._own: dict[str, Any] = dict(self._places) if own is None else {k: _packed(k, own[k]) for k in own}
        """A record, the place of one that was not asked for yet, or what a record of one file is made of."""
        self._others = set(own or ())
        """Of whom no record is kept, or another."""
        self._begins: list[int] = []

    @classmethod
    def of(cls, made: Mapping[str, Made]) -> "Records":
        """Return all that was ``made`` as records: itself, if it is that."""
        return made if isinstance(made, Records) else cls(own=made)

    def settled(self) -> "Records":
        """Return the same as records that are all kept."""
        return Records(Kept.of(self), stamps(self)) if self._others else self

    @property
    def stamps(self) -> bytes:
        """The stamps of all whose records are kept."""
        return self._stamps.tobytes()

    def __getitem__(self, name: str) -> Made:
        found = self._own[name]
        if isinstance(found, int):
            found = self._own[name] = self._record(found)
        return _unpacked(name, found)

    def __setitem__(self, name: str, made: Made) -> None:
        self._own[name] = _packed(name, made)
        self._note(name)

    def __delitem__(self, name: str) -> None:
        super().__delitem__(name)
        self._note(name)

    def _note(self, name: str) -> None:
        self._others.add(name)
        self._places.pop(name, None)

    def _record(self, place: int) -> Made:
        kept = self.kept
        ends = memoryview(kept.ends).cast("Q")
        begin = ends[place - 1] if place else 0
        first, end = self._files(place)
        names = kept.files[place] if place in kept.files else [kept.names[place]]
        seen = zip(self._stamps[2 * first : 2 * end : 2], self._stamps[2 * first + 1 : 2 * end : 2], strict=True)
        files = dict(zip(names, seen, strict=True))
        return Made(kept.given[place], kept.numbers[begin : ends[place]], files, kept.found.get(place, {}))

    def _files(self, place: int) -> tuple[int, int]:
        """Return how many files there are before those of the record at ``place``, and up to its last one."""
        if not self._begins:
            self._begins.extend(self.kept.of_files())
        return self._begins[place], self._begins[place + 1]

    def packed(self) -> Packed:
        """Return the numbers of all, as they are kept, and whose may be others."""
        if len(self._others) > _MANY or not self.kept.names:
            return Packed.of(self)
        return Packed(self.kept.names, self.kept.numbers, memoryview(self.kept.ends).cast("Q"), set(self._others))

    def stamped(self, names: Iterable[str]) -> Stamped:
        """Return the files of ``names``, without looking for the records of those that are kept."""
        files: list[str] = []
        ends: list[int] = []
        found = Stamped(files, ends, array("q"))
        for name in names:
            place = self._places.get(name)
            if place is None:
                made = self[name].files
                files += made
                found.stamps.extend(itertools.chain(*made.values()))
            else:
                first, end = self._files(place)
                files += self.kept.files.get(place, (name,))
                found.stamps.extend(self._stamps[2 * first : 2 * end])
            ends.append(len(files))
        return found

    def restamp(self, names: Iterable[str], stamped: Stamped) -> None:
        """Let the files of ``names`` be as they are ``stamped`` now, and all else as it is."""
        first = 0
        for name, end in zip(names, stamped.ends, strict=True):
            stamps = stamped.stamps[2 * first : 2 * end]
            place = self._places.get(name)
            if place is None:
                files = dict(zip(stamped.files[first:end], zip(stamps[::2], stamps[1::2], strict=True), strict=True))
                self._own[name] = _packed(name, msgspec.structs.replace(self[name], files=files))
            else:
                begin, _ = self._files(place)
                self._stamps[2 * begin : 2 * begin + len(stamps)] = stamps
                self._own[name] = place
            first = end

    def holding(self, files: frozenset[str]) -> set[str]:
        """Return those of ``files`` that belong to any; records that are kept need not be read for it."""
        several = self.kept.files
        found = {each for each in files if each in self._places and self._places[each] not in several}
        for place, names in several.items():
            if not files.isdisjoint(names) and self.kept.names[place] in self._places:
                found.update(files.intersection(names))
        for name in self._others & self._own.keys():
            found.update(files.intersection(self[name].files))
        return found

    def are_kept(self, names: Iterable[str]) -> set[str]:
        """Return of which of ``names`` records are kept, and no others are there."""
        return self._places.keys() & names


def _packed(name: str, made: Made) -> Any:  # noqa: ANN401 - either
    """Return what takes less memory than ``made``, if that is one file called ``name``, as most are; else itself."""
    seen = made.files.get(name)
    return (made.given, made.keys, *seen) if seen and len(made.files) == 1 and not made.found else made


def _unpacked(name: str, packed: Any) -> Made:  # noqa: ANN401 - as above
    """Return what was packed."""
    if isinstance(packed, Made):
        return packed
    given, keys, size, time = packed
    return Made(given, keys, {name: (size, time)})


def stamps(made: Mapping[str, Made]) -> bytes:
    """Return the stamps of the files of all that was ``made``."""
    found = array("q")
    for each in made.values():
        for pair in each.files.values():
            found.extend(pair)
    return found.tobytes()
