"""The cache: files by the hash of original and recipe, and what was found in each original when it last changed."""

import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import msgspec

from .model import Order, Original

_MEMO = "originals.json"


class Seen(msgspec.Struct, frozen=True):
    """An original as it was found."""

    stamp: tuple[int, int, int, int]
    """Its size in bytes, its times of change in nanoseconds, and its inode: as long as these stay, so does the rest."""
    original: Original
    """What its header says."""


class Cache(msgspec.Struct):
    """A folder of made pictures. Several builds may use one at the same time."""

    folder: Path
    """The folder; made when it is needed."""
    _seen: dict[str, Seen] = msgspec.field(default_factory=dict)
    _files: set[str] = msgspec.field(default_factory=set)

    def __post_init__(self) -> None:
        if self.folder.is_dir():
            self._files = {entry.name for entry in os.scandir(self.folder)}
            self._seen = _memo(self.folder / _MEMO)

    def known(self, file: Path) -> Original | None:
        """Return what was found in ``file``, or None if it is new or has changed."""
        seen = self._seen.get(str(file.resolve()))
        return seen.original if seen and seen.stamp == stamp(file) else None

    def remember(self, found: Iterable[tuple[Path, tuple[int, int, int, int], Original]]) -> None:
        """Note what was found in files, each with its stamp from before it was read."""
        new = {str(file.resolve()): Seen(before, original) for file, before, original in found}
        if new:
            self._seen |= new
            self._write(_MEMO, msgspec.json.encode(dict(sorted(self._seen.items()))))

    def has(self, order: Order) -> bool:
        """Return whether the file is made."""
        return order.kept in self._files

    def put(self, order: Order, content: bytes) -> None:
        """Keep a file; a half-written one is never found under its name."""
        self._write(order.kept, content)
        self._files.add(order.kept)

    def path(self, order: Order) -> Path:
        """Return where the file is kept."""
        return self.folder / order.kept

    def _write(self, name: str, content: bytes) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=self.folder, suffix=".part", delete=False) as unfinished:
            unfinished.write(content)
        Path(unfinished.name).chmod(0o644)
        Path(unfinished.name).replace(self.folder / name)


def stamp(file: Path) -> tuple[int, int, int, int]:
    """Return what changes when the file does."""
    found = file.stat()
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def publish(kept: Path, target: Path) -> bool:
    """Put a kept file into the output, unless it is there: as a second name of it where the file system has that.

    Returns whether it was not there.
    """
    with suppress(FileNotFoundError), target.open("rb"):  # opened: a build may tell its files by what it opens
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(kept, target)
    except OSError:  # another file system
        target.write_bytes(kept.read_bytes())
    return True


def _memo(file: Path) -> dict[str, Seen]:
    try:
        return msgspec.json.decode(file.read_bytes(), type=dict[str, Seen])
    except (FileNotFoundError, msgspec.DecodeError):  # none yet, or of another version: all is looked at again
        return {}
