"""Where only slots have another text, it is put into what holds them, and the numbers of the slots change hands."""

from array import array
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from . import forking, numbering, slots
from .numbering import Key, Numbers, held
from .records import Made, Records, Stamped
from .slots import Exchange, Slot
from .standing import NOWHERE

_AT_ONCE = 128  # files that a worker takes together, as each takes no time
_FEWEST = 4  # times as many are worth a process
_ABSENT = object()

Others = Mapping[int, int]
"""The numbers of slots, and of those that take their place."""


class Group(NamedTuple):
    """What holds the same slots, of which others take the place."""

    names: Sequence[str]
    """What each goes by."""
    exchange: Exchange
    others: Others


class Put(NamedTuple):
    """What holds the same slots, when other texts were put into it."""

    names: Sequence[str]
    """What each goes by."""
    stamped: Stamped
    """Their files, as they were seen then."""
    others: Others


class Putter:
    """Puts texts into the files of ``output``; ``known`` are all slots, by their keys."""

    def __init__(self, output: Path, numbers: Numbers, known: dict[Key, Slot], processes: int) -> None:
        self._output = output
        self._numbers = numbers
        self._slots = known
        self._processes = processes

    def groups(
        self,
        differing: Mapping[frozenset[int], Sequence[str]],
        contexts: Collection[Mapping[str, Any]],
        context: Callable[[str], Mapping[str, Any]],
    ) -> list[tuple[frozenset[int], list[str]]]:
        """Return the names of those in which the same slots are ``differing``, and alike.

        They are if their ``context`` is the same of all ``contexts``, or if slots find the same in all of these.
        """
        found: list[tuple[frozenset[int], list[str]]] = []
        for numbers, names in differing.items():
            if self._are_alike(numbers, contexts):
                found.append((numbers, list(names)))
                continue
            of_one: dict[int, list[str]] = {}
            for name in names:
                of_one.setdefault(object.__hash__(context(name)), []).append(name)
            found += ((numbers, each) for each in of_one.values())
        return found

    def _are_alike(self, numbers: frozenset[int], contexts: Collection[Mapping[str, Any]]) -> bool:
        asked = {name for key in map(self._numbers.key, numbers) for name in self._slots[key].asked}
        return all(len({object.__hash__(each.get(name, _ABSENT)) for each in contexts}) == 1 for name in asked)

    def group(self, names: Sequence[str], differing: frozenset[int], example: bytes) -> Group | None:
        """Return ``names`` as a group with what takes the place of the slots ``differing``; None if nothing does.

        ``example`` is what was read by one that had the same slots, now that it is made again.
        """
        by_number = {self._numbers.of(key): slot for key, slot in self._slots.items()}
        now = [by_number[number] for number in held(example, by_number.keys())]
        found = slots.replaced([by_number[number] for number in sorted(differing)], now)
        if found is None:
            return None
        texts = {old.text.encode(): new.text.encode() for old, new in found.items() if old.text != new.text}
        others = {self._numbers.of(old.key): self._numbers.of(new.key) for old, new in found.items() if old != new}
        return Group(names, Exchange(texts), others)

    def begin(self, made: Records, groups: Sequence[Group]) -> Callable[[], tuple[list[Put], list[str]]]:
        """Begin to put the texts of ``groups`` into the files of what was ``made``, beside what else is to be done.

        Returns what waits for it and returns what was put, and the names of those that must be made again yet.
        """
        stamped = [made.stamped(group.names) for group in groups]
        parts = [
            (of, slice(first, min(first + _AT_ONCE, len(each.files))))
            for of, each in enumerate(stamped)
            if groups[of].exchange
            for first in range(0, len(each.files), _AT_ONCE)
        ]
        waited = forking.begin(
            lambda part: self._put(groups[part[0]].exchange, stamped[part[0]], part[1]), parts, self._processes, _FEWEST
        )

        def end() -> tuple[list[Put], list[str]]:
            for (of, part), stamps in zip(parts, waited(), strict=True):
                stamped[of].stamps[2 * part.start : 2 * part.stop] = array("q", stamps)
            left = [name for group, each in zip(groups, stamped, strict=True) for name in _without(group.names, each)]
            put = [Put(group.names, each, group.others) for group, each in zip(groups, stamped, strict=True)]
            return put, left

        return end

    def _put(self, exchange: Exchange, stamped: Stamped, part: slice) -> bytes:
        """Put texts into a ``part`` of the files; return their stamps, less than nought where it cannot be."""
        known = stamped.stamps[2 * part.start : 2 * part.stop]
        found = array("q")
        for name, size, time in zip(stamped.files[part], known[::2], known[1::2], strict=True):
            found.extend(exchange.put(f"{self._output}/{name}", (size, time)) or NOWHERE)
        return found.tobytes()

    def follow(
        self, anew: Mapping[str, Made], put: Iterable[Put], kept: Collection[Key]
    ) -> tuple[dict[Key, Slot], dict[str, Made]]:
        """Have new slots go by the numbers of those whose place they took everywhere, if they took it everywhere.

        Then what they were ``put`` into holds the same numbers as before. Returns the slots that are no more, and what
        was made ``anew``, brought in line. A slot that is ``kept`` already has its own number.
        """
        others: dict[int, int] = {}
        for each in put:
            if any(others.setdefault(old, new) != new for old, new in each.others.items()):
                return {}, {}
        keys = {self._numbers.of(key): key for key in self._slots}
        alone = len(set(others.values())) == len(others) and not any(keys[new] in kept for new in others.values())
        if not alone or any(held(made.keys, others.keys()) for made in anew.values()):
            return {}, {}
        back = {new: old for old, new in others.items()}
        for old, new in others.items():
            self._numbers.follow(keys[new], keys[old])
        gone = {keys[old]: self._slots.pop(keys[old]) for old in others}
        return gone, {name: exchanged(made, back) for name, made in anew.items()}


def by_slots(holders: Mapping[int, Collection[str]]) -> dict[frozenset[int], set[str]]:
    """Return by which slots, of those whose ``holders`` are told, they hold, who holds any."""
    found: dict[frozenset[int], set[str]] = {}
    for number, names in holders.items():
        left = set(names)
        for numbers, others in list(found.items()):
            found[numbers | {number}] = others & left
            found[numbers] = others - left
            left -= others
        found[frozenset([number])] = left
    return {numbers: names for numbers, names in found.items() if names}


def exchanged(made: Made, others: Others) -> Made:
    """Return what was ``made``, with other numbers in the place of some."""
    return msgspec.structs.replace(made, keys=numbering.exchanged(made.keys, others)) if others else made


def _without(names: Sequence[str], stamped: Stamped) -> list[str]:
    """Return those of ``names`` that have a file into which nothing could be put."""
    if NOWHERE[1] not in stamped.stamps:
        return []
    parts = zip(names, (0, *stamped.ends), stamped.ends, strict=False)
    return [name for name, first, end in parts if NOWHERE[1] in stamped.stamps[2 * first : 2 * end]]
