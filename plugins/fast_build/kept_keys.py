"""What was read for all that one build made, as it is kept: its keys, with the number and the digest of each."""

from array import array
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from .numbering import Key

_BYTES = 16  # of most digests


class KeptKeys(msgspec.Struct, frozen=True, array_like=True):
    """The keys of what was read."""

    keys: list[Key] = []
    numbers: bytes = b""
    """The number of each, four bytes each in the machine's order."""
    digests: bytes = b""
    """The digest of each, one after the other by their numbers."""
    others: dict[int, bytes] = {}
    """Those by their numbers that are of another length."""

    @classmethod
    def of(cls, digests: Mapping[Key, bytes], numbers: Mapping[Key, int]) -> "KeptKeys":
        """Return what is kept of things with ``digests`` that have ``numbers``."""
        own = array("I", map(numbers.__getitem__, digests))
        by_number = bytearray(_BYTES * (max(own, default=-1) + 1))
        others: dict[int, bytes] = {}
        for number, digest in zip(own, digests.values(), strict=True):
            if len(digest) == _BYTES:
                by_number[_BYTES * number : _BYTES * (number + 1)] = digest
            else:
                others[number] = digest
        return cls(list(digests), own.tobytes(), bytes(by_number), others)

    def found(self, renewed: Iterable[tuple[int, Key, bytes]]) -> tuple["KnownDigests", dict[Key, int]]:
        """Return digest and number of each, with those that were ``renewed`` since in the place of former ones."""
        numbers = dict(zip(self.keys, memoryview(self.numbers).cast("I"), strict=True))
        new = {number: (key, digest) for number, key, digest in renewed}
        for key in [key for key, number in numbers.items() if number in new] if new else ():
            del numbers[key]
        numbers.update((key, number) for number, (key, _) in new.items())
        others = self.others | {number: digest for number, (_, digest) in new.items()}
        return KnownDigests(numbers, self.digests, others), numbers


class KnownDigests(Mapping[Key, bytes]):
    """Digests by key, found by their ``numbers`` among all that are ``kept``, but for some ``others``."""

    def __init__(self, numbers: Mapping[Key, int], kept: bytes, others: Mapping[int, bytes]) -> None:
        self._numbers = numbers
        self._kept = kept
        self._others = others

    def __getitem__(self, key: Key) -> bytes:
        number = self._numbers[key]
        found = self._others.get(number)
        return self._kept[_BYTES * number : _BYTES * (number + 1)] if found is None else found

    def __iter__(self) -> Iterator[Key]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)
