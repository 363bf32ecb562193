"""What the things are, by digest, that a page can have read."""

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Protocol

from . import forking
from .contexts import ANSWER
from .digests import Digests, UndigestibleError
from .numbering import Key
from .slots import Slot

_LINK = re.compile(r"[{|](?:filename|static|attach)[}|]([^\"'#?]*)")
_NOT_ON_THE_CARD = frozenset({"_content", "_context", "settings"})
_ABSENT = b"absent"
_MANY = 5_000  # things that a process reads in the time that it takes to start another, and more


class Content(Protocol):
    """A story or page of Pelican's."""

    relative_source_path: str
    """Its file, below the content folder."""
    _content: str


class Sources(Protocol):
    """Where templates come from."""

    def digest(self, name: str) -> bytes:
        """Return the digest of the template ``name``, or of its absence."""


class Inputs:
    """The digests of one build's inputs; each is found once.

    ``context`` is what every page gets; ``contents`` are stories, pages and other files by path; ``known`` are the
    digests of the last build.
    """

    def __init__(
        self,
        context: Mapping[str, Any],
        contents: Mapping[str, Any],
        templates: Sources,
        digests: Digests,
        known: Mapping[Key, bytes],
    ) -> None:
        self._context = context
        self._contents = dict(contents)
        self._known = known
        self._templates = templates
        self._digests = digests
        self._found: dict[Key, bytes] = {}
        self._begun: tuple[Sequence[Key], forking.Awaited[list[bytes]]] | None = None
        self.slots: dict[Key, Slot] = {}
        """The slots that pages hold, by their keys."""

    def admit(self, contents: Mapping[str, Any]) -> None:
        """Let ``contents``, by path, be among what can be read."""
        self._contents |= contents

    def content(self, path: str) -> Any:  # noqa: ANN401 - Pelican's own
        """Return what can be read by its ``path``; None if nothing is there."""
        return self._contents.get(path)

    def of_contents(self) -> list[Key]:
        """Return what can be read of all contents."""
        return read_of(self._contents)

    def digest(self, key: Key) -> bytes:
        """Return the digest of what ``key`` stands for; empty, which equals nothing, if nobody can say."""
        found = self._found.get(key)
        if found is None:
            try:
                found = self._read(key)
            except UndigestibleError:
                found = b""
            self._found[key] = found
        return found

    def begin(self, keys: Iterable[Key], processes: int) -> None:
        """Begin to read ``keys`` beside what else is to be done, if there may be two processes and it is worth it."""
        self._end()
        new = [key for key in keys if key not in self._found]
        if len(new) >= _MANY and processes > 1:
            self._begun = new, forking.beside(lambda: list(map(self.digest, new)), processes)

    def _end(self) -> None:
        if self._begun:
            keys, others = self._begun
            self._begun = None
            self._found.update(zip(keys, others(), strict=True))

    def digests(self, keys: Iterable[Key], processes: int) -> dict[Key, bytes]:
        """Return the digest of each of ``keys``; where there is much, two of ``processes`` read."""
        self._end()
        keys, digest = tuple(keys), self.digest
        ours, theirs = _halves([key for key in keys if key not in self._found])
        others = forking.beside(lambda: [digest(key) for key in theirs], processes if theirs else 1)
        for key in ours:
            digest(key)
        self._found.update(zip(theirs, others(), strict=True))
        return {key: digest(key) for key in keys}

    def renew(self, key: Key) -> bool:
        """Read again what ``key`` stands for; return whether it may be another than before."""
        before = self._found.pop(key, None) or self._known.get(key, b"")
        return not before or self.digest(key) != before

    def given(self, values: Mapping[str, Any]) -> bytes:
        """Return the digest of what one page was given; empty if nobody can say."""
        try:
            return self._digests.once(values)
        except UndigestibleError:
            return b""

    def _read(self, key: Key) -> bytes:
        kind, name, *rest = key
        read = {
            "card": partial(self._card, name),
            "text": partial(self._text, name),
            "template": partial(self._templates.digest, name),
            "slot": partial(self._slot, key),
            "kind": partial(self._kind, name),
            "name": partial(self._named, name, rest),
        }
        return read[kind]()

    def _named(self, name: str, rest: list[str]) -> bytes:
        if name not in self._context:
            return _ABSENT
        value = self._context[name]
        for place, attribute in enumerate(rest):
            if attribute == ANSWER:
                return self._digests.of(value(*rest[place + 1 :]))
            if not hasattr(value, attribute):
                return _ABSENT
            value = getattr(value, attribute)
        return self._digests.of(value)

    def _slot(self, key: Key) -> bytes:
        found = [self.digest(each) for each in sorted(self.slots[key].keys)]
        return self._digests.once(tuple(found)) if all(found) else b""

    def _kind(self, name: str) -> bytes:
        return type(self._context[name]).__qualname__.encode() if name in self._context else _ABSENT

    def _card(self, path: str) -> bytes:
        content = self._contents.get(path)
        if content is None:
            return _ABSENT
        return self._digests.once({name: each for name, each in vars(content).items() if name not in _NOT_ON_THE_CARD})

    def _text(self, path: str) -> bytes:
        content = self._contents.get(path)
        if content is None:
            return _ABSENT
        text = str(content._content)  # noqa: SLF001 - the text before links are resolved
        return self._digests.once((text, tuple(self._links(text, posixpath.dirname(path)))))

    def _links(self, text: str, folder: str) -> Iterator[bool]:
        """Yield for each link to a file of the edition whether it is there."""
        for match in _LINK.finditer(text) if "{" in text or "|" in text else ():
            named = match[1]
            path = named[1:] if named.startswith("/") else posixpath.normpath(posixpath.join(folder, named))
            yield path in self._contents


def read_of(paths: Iterable[str]) -> list[Key]:
    """Return what can be read of the contents at ``paths``."""
    return [(kind, path) for path in paths for kind in ("text", "card")]


def _halves(keys: Sequence[Key]) -> tuple[list[Key], list[Key]]:
    """Return two parts of ``keys`` that take about as long: texts and half of the cards are the second."""
    if len(keys) < _MANY:
        return list(keys), []
    second = {"text": (0, 1), "card": (1,)}
    parts: tuple[list[Key], list[Key]] = [], []
    for place, key in enumerate(keys):
        parts[place % 2 in second.get(key[0], ())].append(key)
    return parts
