"""Numbers that stand for what pages read: a page reads hundreds of things, and there are many pages."""

import itertools
import struct
import sys
from bisect import bisect
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

Key = tuple[str, ...]
"""What was read: ``("name", "front", "lead")``, ``("card", "articles/a.md")`` or ``("text", "articles/a.md")``."""
_BYTES = 4
_FEW = 8  # so many are looked for one by one
_AT_ONCE = 256  # so many are looked through in a millisecond or two
_MANY = 1_000  # so many that hold others than before are not looked through one by one


class Numbers:
    """The numbers of things that were read; ``known`` are those of the last build."""

    def __init__(self, known: Mapping[Key, int]) -> None:
        self._known = dict(known)
        self._keys = {number: key for key, number in known.items()}
        self._next = max(known.values(), default=-1) + 1

    def of(self, key: Key) -> int:
        """Return the number of ``key``."""
        number = self._known.get(key)
        if number is None:
            number = self._known[key] = self._next
            self._keys[number] = key
            self._next += 1
        return number

    def key(self, number: int) -> Key:
        """Return what ``number`` stands for."""
        return self._keys[number]

    def follow(self, key: Key, former: Key) -> None:
        """Let ``key`` go by the number of ``former``, which has none from now on."""
        number = self._known[key] = self._known.pop(former)
        self._keys[number] = key

    def known(self) -> Collection[Key]:
        """Return all that have a number."""
        return self._known.keys()

    def parted(self, keys: Collection[Key]) -> tuple[bytes, list[Key]]:
        """Return the numbers of those of ``keys`` that have one, as ``packed`` does, and the others."""
        numbers, new = list(map(self._known.get, keys)), []
        if None in numbers:
            new = [key for key in keys if key not in self._known]
            numbers = [number for number in numbers if number is not None]
        return struct.pack(f"{len(numbers)}I", *numbers), new

    def packed(self, keys: Collection[Key]) -> bytes:
        """Return the numbers of ``keys``, four bytes each in the machine's order."""
        return struct.pack(f"{len(keys)}I", *map(self.of, keys))

    def used(self, packed: Iterable[bytes]) -> dict[Key, int]:
        """Return the numbers that occur in any of ``packed``, by their keys."""
        found = set(memoryview(b"".join(packed)).cast("I"))
        return {self._keys[number]: number for number in found}


class Holder(Protocol):
    """What was made of things that have numbers."""

    @property
    def keys(self) -> bytes:
        """The numbers, packed."""


class Packed(NamedTuple):
    """The numbers of many, one after the other."""

    names: Sequence[str]
    """What each goes by."""
    numbers: bytes
    ends: Sequence[int]
    """Where those of each end."""
    noted: set[str]
    """Whose numbers may be others, or who is not there."""

    @classmethod
    def of(cls, made: Mapping[str, Holder]) -> "Packed":
        """Return the numbers of all that was ``made``."""
        parts = [each.keys for each in made.values()]
        return cls(list(made), b"".join(parts), list(itertools.accumulate(map(len, parts))), set())

    def of_each(self) -> Iterator[tuple[str, bytes]]:
        """Yield what each goes by and its numbers, but for those that may be others."""
        begins = itertools.chain((0,), self.ends)
        for name, begin, end in zip(self.names, begins, self.ends, strict=False):
            if name not in self.noted:
                yield name, self.numbers[begin:end]


class Holders:
    """Who holds a number, among those ``made`` by name; who changes what stands there has to ``note`` it.

    ``pack`` returns the numbers of all, when they are looked for first, and again when many were noted.
    """

    def __init__(self, made: Mapping[str, Holder], pack: Callable[[], Packed]) -> None:
        self._made = made
        self._pack = pack
        self._packed: Packed | None = None
        self._found: dict[int, set[str]] = {}
        """Who held a number that was looked for, when all were packed."""
        self._chosen: frozenset[int] = frozenset()
        self._few: Packed | None = None
        """Of those that were packed, the numbers that are among the chosen."""

    def note(self, name: str) -> None:
        """Note that another stands at ``name``, or nothing any more."""
        if self._packed is not None:
            self._packed.noted.add(name)

    def of(self, numbers: Collection[int]) -> set[str]:
        """Return the names of those that hold any of ``numbers``."""
        if not numbers:
            return set()
        packed = self._packed
        if packed is None or len(packed.noted) > _MANY:
            packed = self._pack_anew()
        noted = {name for name in packed.noted if name in self._made and holds_any(self._made[name].keys, numbers)}
        if len(numbers) > _FEW:
            return noted | {name for name, each in packed.of_each() if holds_any(each, numbers)}
        for number in set(numbers).difference(self._found):
            among = self._few if self._few and number in self._chosen else packed
            places = _places(among.numbers, number)
            self._found[number] = {among.names[bisect(among.ends, place)] for place in places}
        return noted | (set[str]().union(*map(self._found.__getitem__, numbers)) - packed.noted)

    def _pack_anew(self) -> Packed:
        self._packed, self._found, self._few = self._pack(), {}, None
        return self._packed

    def choose(self, numbers: Iterable[int], until: Callable[[], bool]) -> None:
        """Have it found sooner from now on who holds any of ``numbers``, if ``until`` is not true before."""
        chosen, packed = frozenset(numbers), self._packed or self._pack_anew()
        names: list[str] = []
        parts: list[bytes] = []
        for place, (name, each) in enumerate(packed.of_each()):
            if place % _AT_ONCE == 0 and until():
                return
            if found := chosen.intersection(memoryview(each).cast("I")):
                names.append(name)
                parts.append(struct.pack(f"{len(found)}I", *found))
        ends = list(itertools.accumulate(map(len, parts)))
        self._chosen, self._few = chosen, Packed(names, b"".join(parts), ends, set())


def holds_any(packed: bytes, numbers: Collection[int]) -> bool:
    """Return whether any of ``numbers`` is among those that are ``packed``."""
    if len(numbers) > _FEW:
        return not frozenset(numbers).isdisjoint(memoryview(packed).cast("I"))
    return any(_holds(packed, number) for number in numbers)


def held(packed: bytes, numbers: Collection[int]) -> frozenset[int]:
    """Return which of ``numbers`` are among those that are ``packed``."""
    if len(numbers) > _FEW:
        return frozenset(memoryview(packed).cast("I")).intersection(numbers)
    return frozenset(number for number in numbers if _holds(packed, number))


def exchanged(packed: bytes, others: Mapping[int, int]) -> bytes:
    """Return the numbers that are ``packed``, with others in the place of some."""
    found = bytearray(packed)
    for number, other in others.items():
        place = _place(packed, number)
        if place >= 0:
            found[place : place + _BYTES] = other.to_bytes(_BYTES, sys.byteorder)
    return bytes(found)


def _holds(packed: bytes, number: int) -> bool:
    return _place(packed, number) >= 0


def _place(packed: bytes, number: int) -> int:
    """Return where ``number`` begins; -1 if it is not there."""
    return next(_places(packed, number), -1)


def _places(packed: bytes, number: int) -> Iterator[int]:
    """Yield each place where ``number`` begins."""
    sought = number.to_bytes(_BYTES, sys.byteorder)
    place = packed.find(sought)
    while place >= 0:
        if place % _BYTES == 0:
            yield place
        place = packed.find(sought, place + 1)
