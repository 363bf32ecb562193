"""Where only slots have another text, it is put into what holds them, and the numbers of the slots change hands."""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from . import forking, slots
from .numbering import Key, Numbers, exchanged, held
from .records import Made
from .slots import Slot
from .standing import Seen

_AT_ONCE = 64  # pages that a worker tells of together, as each takes no time


class Put(msgspec.Struct, frozen=True):
    """What is known of a page, or of files that belong together, in which slots have another text."""

    files: Mapping[str, Seen]
    """The files, as they were seen then."""
    others: Mapping[int, int]
    """The numbers of the slots, and of those that took their place."""

    def into(self, was: Made, *, exchange: bool = True) -> Made:
        """Return what is known now, with other numbers or, unless these are to ``exchange``, the same."""
        keys = exchanged(was.keys, self.others) if exchange else was.keys
        return msgspec.structs.replace(was, keys=keys, files=self.files)


class Putter:
    """Puts texts into the files of ``output``; ``known`` are all slots, by their keys."""

    def __init__(self, output: Path, numbers: Numbers, known: dict[Key, Slot], processes: int) -> None:
        self._output = output
        self._numbers = numbers
        self._slots = known
        self._processes = processes

    def put(self, all_made: Sequence[Made], differing: frozenset[int], example: bytes) -> list[Put | None]:
        """Put new texts into the slots ``differing`` of what was made; None for each that must be made again.

        ``example`` is what was read by one that had the same slots, now that it is made again.
        """
        by_number = {self._numbers.of(key): slot for key, slot in self._slots.items()}
        now = [by_number[number] for number in held(example, by_number.keys())]
        found = slots.replaced([by_number[number] for number in sorted(differing)], now)
        if found is None:
            return [None] * len(all_made)
        texts = {old.text.encode(): new.text.encode() for old, new in found.items() if old.text != new.text}
        others = {self._numbers.of(old.key): self._numbers.of(new.key) for old, new in found.items() if old != new}

        def put(some: Sequence[Made]) -> list[dict[str, Seen] | None]:
            return [self._put(each, texts) for each in some]

        parts = [all_made[place : place + _AT_ONCE] for place in range(0, len(all_made), _AT_ONCE)]
        done = itertools.chain.from_iterable(forking.each(put, parts, self._processes))
        return [None if files is None else Put(files, others) for files in done]

    def _put(self, made: Made, texts: Mapping[bytes, bytes]) -> dict[str, Seen] | None:
        """Put ``texts`` into the files of what was made; None if they do not stand in all of them."""
        files = dict(made.files)
        for name in files if texts else ():
            found = slots.put(f"{self._output}/{name}", texts)
            if found is None:
                return None
            files[name] = found
        return files

    def follow(
        self, anew: Mapping[str, Made], put: Iterable[Put], kept: frozenset[Key] | set[Key]
    ) -> tuple[dict[Key, Slot], dict[str, Made]]:
        """Have new slots go by the numbers of those whose place they took everywhere, if they took it everywhere.

        Then what they were ``put`` into holds the same numbers as before. Returns the slots that are no more, and what
        was made ``anew``, brought in line. A slot that is ``kept`` already has its own number.
        """
        others: dict[int, int] = {}
        for pairs in {object.__hash__(each.others): each.others for each in put}.values():
            if any(others.setdefault(old, new) != new for old, new in pairs.items()):
                return {}, {}
        keys = {self._numbers.of(key): key for key in self._slots}
        alone = len(set(others.values())) == len(others) and kept.isdisjoint(keys[new] for new in others.values())
        if not alone or any(held(made.keys, others.keys()) for made in anew.values()):
            return {}, {}
        back = {new: old for old, new in others.items()}
        for old, new in others.items():
            self._numbers.follow(keys[new], keys[old])
        gone = {keys[old]: self._slots.pop(keys[old]) for old in others}
        return gone, {
            name: msgspec.structs.replace(made, keys=exchanged(made.keys, back)) for name, made in anew.items()
        }
