"""Source files, read once: what a file was read as is kept by its bytes and by all else that reading depends on."""

import io
import json
import os
import pickle
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any, Protocol

import msgspec
import xxhash

from . import forking
from .memory import Memory

Read = tuple[Any, dict[str, Any]]
"""A file's content as HTML, and its metadata."""
_Kept = tuple[bytes, str, bytes]
"""A file's stamp, which other files were looked at when it was read, and what it was read as."""
_SETTINGS = "settings"
_OF_A_NAME = ("_name", "_slug", "_slug_from_name")
"""What a section, a topic or an author has besides the settings, as Pelican makes it."""
_CONSULTED = msgspec.json.Decoder(dict[str, str])


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
        self._before: set[str] | None = None  # what was known of the last build, before anything else is
        self._stamps: dict[str, bytes] = {}  # of every file that was asked for, taken before it is read
        self._current: dict[str, bytes] = {}  # what files are read as that are known, until they are asked for
        self._new: dict[str, _Kept] = {}
        self._classes: dict[tuple[str, str], Any] = {}
        self._shared: dict[Any, Any] = {}
        self._slugs: dict[tuple[type, str], str | None] = {}

    def lend(self, readers: Mapping[str, Reader], files: Iterable[str]) -> dict[str, Reader]:
        """Have ``readers``, by suffix, read no file twice; return those of ``files`` that they read, by their paths.

        What is not known is read here, over all cores.
        """
        paths = sorted(map(os.path.abspath, files))
        found = {path: readers[suffix] for path in paths if (suffix := os.path.splitext(path)[1][1:]) in readers}  # noqa: PTH122 - many
        self.fill(found)
        for reader in readers.values():
            reader.read = self.lent(reader)  # type: ignore[assignment, method-assign]
        return found

    def fill(self, files: Mapping[str, Reader]) -> None:
        """Read every file that is not known, over all cores."""
        seen = cache(_seen)
        if self._before is None:
            self._before = self._memory.all_parsed()
        for path, stamp, consulted, content in self._memory.parsed(files.keys()):
            if path not in files:
                continue
            self._stamps[path] = now = self._stamp(path, files[path])
            looked_at = _CONSULTED.decode(consulted) if now == stamp else None
            if looked_at is not None and all(seen(other) == then for other, then in looked_at.items()):
                self._current[path] = content
        new = [(path, reader) for path, reader in files.items() if path not in self._current]
        for (path, _), kept in zip(new, forking.each(self._read, new, self._processes), strict=True):
            self._stamps[path] = kept[0] if kept else b""
            if kept is not None:
                self._memory.keep_parsed(path, *kept)
                self._current[path] = kept[2]

    def lent(self, reader: Reader) -> Callable[[str], Read]:
        """Return what reads as ``reader`` does, but what is kept."""
        really = reader.read

        def read(source_path: str) -> Read:
            content = self._current.pop(source_path, None)
            return really(source_path) if content is None else self._unpickled(content)

        return read

    def has(self, path: str) -> bool:
        """Return whether the file was read before."""
        return self._memory.last_parsed(path) is not None

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
        self._new[path] = now
        return self._unpickled(kept[1]), self._unpickled(now[2])

    def begin(self, path: str, reader: Reader) -> None:
        """Have what a file is read as, that was not known, kept with those that are ``renewed``."""
        now = self._read((path, reader))
        if now is not None:
            self._new[path] = now

    def keep_renewed(self) -> None:
        """Keep what the files are read as now that were asked for as ``renewed``."""
        for path, new in self._new.items():
            self._memory.keep_parsed(path, *new)

    def kept(self, path: str) -> Read:
        """Return what the file was read as last."""
        kept = self._memory.last_parsed(path)
        assert kept  # noqa: S101 - asked only of a file that was read
        return self._unpickled(kept[1])

    def tidy(self) -> None:
        """Forget the files that no build asked for since this shelf was made."""
        self._current.clear()
        self._memory.forget_parsed((self._before or set()).difference(self._stamps))

    def _read(self, item: tuple[str, Reader]) -> _Kept | None:
        """Return what is kept of a file, which is read; None if it cannot be."""
        path, reader = item
        stamp = self._stamps.get(path) or self._stamp(path, reader)
        read = type(reader).read(reader, path)  # its own way, not what ``lend`` put over it
        self._name(read[1].values())
        content = self._pickled(read)
        if content is None or self._stamp(path, reader) != stamp:  # saved again meanwhile
            return None
        return stamp, json.dumps({other: _seen(other) for other in getattr(reader, "consulted", ())}), content

    def _name(self, values: Iterable[Any]) -> None:
        """Let sections, topics and authors among ``values`` know their slugs, which Pelican finds when asked for them.

        None that has an empty one, of which Pelican warns.
        """
        for value in values:
            for each in value if isinstance(value, list | tuple) else (value,):
                if vars(type(each)).get("slug") is None and getattr(each, "_slug", "") is None:
                    named = (type(each), each.name)
                    if named not in self._slugs:
                        self._slugs[named] = each._normalize_key(each.name) or None  # noqa: SLF001 - what its property does
                    each._slug = self._slugs[named]  # noqa: SLF001 - as above

    def _stamp(self, path: str, reader: Reader) -> bytes:
        digest = xxhash.xxh3_128(self._surroundings)
        digest.update(type(reader).__qualname__.encode())
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - quicker, and there are many
            digest.update(file.readall())
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
        read: Read = _Unpickler(io.BytesIO(content), self._settings, self._classes, self._shared).load()
        return read


def _seen(path: str) -> str:
    try:
        found = os.stat(path)  # noqa: PTH116 - quicker, and there are many
    except OSError:
        return ""
    return f"{found.st_size} {found.st_mtime_ns}"


def leave_unused(settings: Mapping[str, Any], *caches: Any) -> None:  # noqa: ANN401 - of Pelican's
    """Have Pelican's own ``caches``, where no setting asks for them, not look at the time of each file for nothing."""
    if not settings["CACHE_CONTENT"] and not settings["LOAD_CONTENT_CACHE"]:
        for each in caches:
            each.get_cached_data, each.cache_data = _nothing_kept, _keep_nothing


def _nothing_kept(_file: str, default: object = None) -> object:
    return default


def _keep_nothing(_file: str, _data: object) -> None:
    pass


class _Pickler(pickle.Pickler):
    """Leaves out the settings, and what sections, topics and authors are made of but their names."""

    def __init__(self, file: io.BytesIO, settings: Mapping[str, Any]) -> None:
        super().__init__(file, protocol=5)
        self._settings = settings

    def persistent_id(self, value: Any) -> Any:  # noqa: ANN401 - pickle's own signature
        """Return what stands for the settings, and for a section, a topic or an author that has nothing of its own."""
        if value is self._settings:
            return _SETTINGS
        if hasattr(type(value), "_normalize_key"):
            own = dict(vars(value))
            if own.pop("settings", None) is self._settings and tuple(own) == _OF_A_NAME:
                return type(value), *own.values()
        return None


class _Unpickler(pickle.Unpickler):
    """Puts this build's settings where the last one's were; a section, topic or author is one for all stories."""

    def __init__(
        self,
        file: io.BytesIO,
        settings: Mapping[str, Any],
        classes: dict[tuple[str, str], Any],
        shared: dict[Any, Any],
    ) -> None:
        super().__init__(file)
        self._settings = settings
        self._classes = classes
        self._shared = shared

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401 - pickle's own signature
        """Return what the module has under ``name``; looked for once for all files."""
        key = (module, name)
        if key not in self._classes:
            self._classes[key] = super().find_class(module, name)
        return self._classes[key]

    def persistent_load(self, told: Any) -> Any:  # noqa: ANN401 - pickle's own signature
        """Return the settings, or what goes by a name."""
        if told == _SETTINGS:
            return self._settings
        found = self._shared.get(told)
        if found is None:
            cls, *own = told
            self._shared[told] = found = cls.__new__(cls)
            vars(found).update(settings=self._settings, **dict(zip(_OF_A_NAME, own, strict=True)))
        return found
