"""Slots: what an included template made of the context alone, and what stands in many pages as it is.

A page that holds one does not hang on what was read for it: when the text is another, it is put in the old one's place.
"""

import os
from collections.abc import Collection, Iterable, Mapping, Sequence

import msgspec
import xxhash

from .._kit import output
from .numbering import Key
from .standing import Seen, seen

_SHORTEST = 64  # letters that are surely the slot and not by chance the same
_HEAD = 8 * 1024  # bytes that most slots stand in: a file is as it was made, and there how a slot begins stood once


class Slot(msgspec.Struct, frozen=True):
    """A text that stands in pages."""

    key: Key
    """What stands for it among the keys of a page: the same for the same text, asked for by the same names."""
    name: str
    """The template that made it."""
    asked: frozenset[str]
    """The names that it asked for, none of which a page that holds it was given, or has set."""
    text: str
    keys: frozenset[Key]
    """What was read for it."""

    @classmethod
    def of(cls, name: str, asked: frozenset[str], text: str, keys: frozenset[Key]) -> "Slot":
        """Return the slot with its own key."""
        told = "\0".join([name, *sorted(asked), text])
        return cls(("slot", xxhash.xxh3_128_hexdigest(told.encode())), name, asked, text, keys)

    def gives_way_to(self, other: "Slot") -> bool:
        """Return whether ``other``, in one page that held this, would be made for every page that held it.

        It is so if it asks for nothing else; for pages may have been given another thing.
        """
        return other.name == self.name and other.asked <= self.asked


def sorted_out(keys: set[Key], slots: Sequence[Slot], texts: Collection[bytes]) -> tuple[set[Key], list[Slot]]:
    """Return what was read, and those of ``slots`` that stand once, and only once, in each of ``texts``."""
    kept: list[Slot] = []
    others = {slot.key: slot for slot in slots}.values()  # of several texts each has included it
    names = [slot.name for slot in others]
    for slot in others:
        alone = texts and len(slot.text) >= _SHORTEST and names.count(slot.name) == 1
        if alone and _stands_once(slot.text.encode(), texts):
            kept.append(slot)
        else:
            keys |= slot.keys
    return keys, kept


class Exchange:
    """Texts that take the place of others in files; ``texts`` are the new ones by the old."""

    def __init__(self, texts: Mapping[bytes, bytes]) -> None:
        self._texts = [(_sought(old, new), old, new) for old, new in texts.items()]
        self._same_length = all(len(old) == len(new) for old, new in texts.items())
        self._needs_no_more = self._same_length and all(len(sought) == 1 for sought, _, _ in self._texts)

    def __bool__(self) -> bool:
        """Return whether there are such."""
        return bool(self._texts)

    def put(self, file: str, known: Seen) -> Seen | None:
        """Put them in ``file``, which is as it is ``known``, and return what is seen of it then.

        None if it is not so, or if not each old one stood there once and no new one did. It is written in place, and
        where all stay as long as they were, nothing but them; where the file has another name too, which may be
        somebody's copy, that keeps what it had.
        """
        number = os.open(file, os.O_RDWR)
        try:
            found = os.fstat(number)
            if found.st_size != known[0] or found.st_mtime_ns != known[1]:
                return None
            content = os.read(number, _HEAD) if self._needs_no_more and found.st_nlink == 1 else b""
            places = self._places(content, is_head=True) if content else None
            if places is None:
                content += os.read(number, found.st_size)
                places = self._places(content) if len(content) == found.st_size else None
            if places is None:
                return None
            if found.st_nlink > 1:
                output.write(file, _exchanged(content, places))
                return seen(file)
            if not self._same_length:
                content, first = _exchanged(content, places), places[0][0]
                places = [(first, b"", content[first:])]
            for place, _, text in places:
                if os.pwrite(number, text, place) != len(text):
                    return None
            if not self._same_length and len(content) < found.st_size:
                os.ftruncate(number, len(content))
            found = os.fstat(number)
        finally:
            os.close(number)
        return found.st_size, found.st_mtime_ns

    def _places(self, content: bytes, *, is_head: bool = False) -> list[tuple[int, bytes, bytes]] | None:
        """Return where old texts stand, and the new ones; None if what is sought does not stand once in ``content``.

        If that ``is_head``, how a file begins, what is sought is the beginning of old ones and new: it stands once.
        """
        found: list[tuple[int, bytes, bytes]] = []
        for sought, old, new in self._texts:
            place = content.find(sought[0])
            if place < 0 or not content.startswith(old, place):
                return None
            if not is_head and content.find(sought[0], place + 1) >= 0:
                return None
            rest = (content[:place], content[place + len(old) :]) if len(sought) > 1 else ()
            if any(sought[1] in each for each in rest):
                return None
            found.append((place, old, new))
        return sorted(found)


def _exchanged(content: bytes, places: Iterable[tuple[int, bytes, bytes]]) -> bytes:
    """Return ``content`` with new texts in the ``places`` of old ones."""
    parts: list[bytes] = []
    end = 0
    for place, old, new in places:
        parts += [content[end:place], new]
        end = place + len(old)
    return b"".join([*parts, content[end:]])


def _sought(old: bytes, new: bytes) -> list[bytes]:
    """Return what stands once where ``old`` does, and not beside it where ``new`` does not: one where both begin alike.

    A short text is found in less time, and where it stands once neither of them stands elsewhere.
    """
    begin = old[:_SHORTEST]
    return [begin] if len(begin) == _SHORTEST and new.startswith(begin) else [old, new[:_SHORTEST]]


def _stands_once(text: bytes, texts: Iterable[bytes]) -> bool:
    """Return whether ``text``, which is not short, stands in each of ``texts``, and how it begins stands there once."""
    begin = text[:_SHORTEST]
    for each in texts:
        place = each.find(begin)
        if place < 0 or each.find(begin, place + 1) >= 0 or not each.startswith(text, place):
            return False
    return True


def replaced(slots: Collection[Slot], by: Collection[Slot]) -> dict[Slot, Slot] | None:
    """Return what each of ``slots`` gives way to among ``by``; None if one of them does to none."""
    found = {old: new for old in slots for new in by if old.gives_way_to(new)}
    return found if len(found) == len(slots) else None
