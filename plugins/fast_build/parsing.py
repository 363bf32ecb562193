"""Source files, read once: what a file was read as is kept by its bytes and by all else that reading depends on."""

import io
import json
import os
import pickle
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol

import xxhash

from . import forking
from .memory import Memory

Read = tuple[Any, dict[str, Any]]
"""A file's content as HTML, and its metadata."""
_SETTINGS = "settings"


class Reader(Protocol):
    """What Pelican reads files with.

    One that looks at other files too names them, after each reading, in its attribute ``consulted``. It may name in
    ``of_words`` the metadata that go with the text: where these alone differ, nothing but the words are new.
    """

    def read(self, source_path: str) -> Read:
        """Return the content and metadata of a file."""


class Shelf:
    """What files were read as; ``surroundings`` is the digest of all that reading depends on but the files."""

    def __init__(self, memory: Memory, surroundings: bytes, settings: Mapping[str, Any], processes: int) -> None:
        self._memory = memory
        self._surroundings = surroundings
        self._settings = settings
        self._processes = processes
        self._stamps: dict[str, bytes] = {}  # of every file that was asked for, taken once, before it is read

    def fill(self, files: Mapping[str, Reader]) -> None:
        """Read every file that is not known, over all cores."""
        new = [(path, reader) for path, reader in files.items() if self._find(path, reader) is None]
        for (path, _), kept in zip(new, forking.each(self._read, new, self._processes), strict=True):
            if kept is not None:
                self._memory.keep_parsed(path, self._stamps[path], *kept)

    def reading(self, reader: Reader) -> Callable[[str], Read]:
        """Return what reads as ``reader`` does, but no file twice."""
        really = reader.read

        def read(source_path: str) -> Read:
            known = self._find(source_path, reader)
            return really(source_path) if known is None else self._unpickled(known)

        return read

    def renewed(self, path: str, reader: Reader) -> tuple[Read, Read] | None:
        """Return what a file was read as when it was kept, and what it is read as now; None if nobody can say.

        Both are one if the file is the same.
        """
        kept = self._memory.last_parsed(path)
        try:
            self._stamps[path] = stamp = self._stamp(path, reader)
            if kept is None or kept[0] == stamp:
                return kept and (self._unpickled(kept[1]),) * 2
            now = self._read((path, reader))
        except OSError:
            return None  # removed meanwhile, or not readable
        if now is None:
            return None
        self._memory.keep_parsed(path, stamp, *now)
        return self._unpickled(kept[1]), self._unpickled(now[1])

    def kept(self, path: str) -> Read:
        """Return what the file was read as last."""
        kept = self._memory.last_parsed(path)
        assert kept  # noqa: S101 - asked only of a file that was read
        return self._unpickled(kept[1])

    def tidy(self) -> None:
        """Forget the files that no build asked for since this shelf was made."""
        self._memory.forget_parsed(self._stamps)

    def _find(self, path: str, reader: Reader) -> bytes | None:
        if path not in self._stamps:
            self._stamps[path] = self._stamp(path, reader)
        known = self._memory.parsed(path, self._stamps[path])
        if known is None or any(_seen(other) != seen for other, seen in json.loads(known[0]).items()):
            return None
        return known[1]

    def _read(self, item: tuple[str, Reader]) -> tuple[str, bytes] | None:
        """Return what other files were looked at, and what the file was read as; None if it cannot be kept."""
        path, reader = item
        content = self._pickled(type(reader).read(reader, path))  # its own way, not what ``reading`` put over it
        if content is None or self._stamp(path, reader) != self._stamps[path]:  # saved again meanwhile
            return None
        return json.dumps({other: _seen(other) for other in getattr(reader, "consulted", ())}), content

    def _stamp(self, path: str, reader: Reader) -> bytes:
        digest = xxhash.xxh3_128(self._surroundings)
        digest.update(type(reader).__qualname__.encode())
        digest.update(Path(path).read_bytes())
        return digest.digest()

    def _pickled(self, read: Read) -> bytes | None:
        """Return ``read`` as bytes, or None for one that cannot be kept: it is read anew each time."""
        kept = io.BytesIO()
        try:
            _Pickler(kept, self._settings).dump(read)
        except (pickle.PicklingError, TypeError, AttributeError):
            return None
        return kept.getvalue()

    def _unpickled(self, content: bytes) -> Read:
        read: Read = _Unpickler(io.BytesIO(content), self._settings).load()
        return read


def _seen(path: str) -> str:
    try:
        found = os.stat(path)  # noqa: PTH116 - quicker, and there are many
    except OSError:
        return ""
    return f"{found.st_size} {found.st_mtime_ns}"


class _Pickler(pickle.Pickler):
    """Leaves out the settings, which the wrappers of categories and authors hold."""

    def __init__(self, file: io.BytesIO, settings: Mapping[str, Any]) -> None:
        super().__init__(file, protocol=5)
        self._settings = settings

    def persistent_id(self, value: object) -> str | None:
        """Return a name for the settings."""
        return _SETTINGS if value is self._settings else None


class _Unpickler(pickle.Unpickler):
    """Puts this build's settings where the last one's were."""

    def __init__(self, file: io.BytesIO, settings: Mapping[str, Any]) -> None:
        super().__init__(file)
        self._settings = settings

    def persistent_load(self, name: str) -> Any:  # noqa: ANN401 - pickle's own signature
        """Return the settings."""
        if name != _SETTINGS:
            raise pickle.UnpicklingError(name)
        return self._settings
