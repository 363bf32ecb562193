"""What is remembered from one build to the next: what each file was read as, what each page was made from.

One SQLite file for each output folder. It is written in one transaction, the last thing a build does: a build that
ends before leaves the memory of the last one, whose pages it can tell from its own by their size and time.
"""

import json
import sqlite3
from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from .tracing import Key

FORMAT = "1"
_TABLES = """
create table if not exists facts (name text primary key, value blob) without rowid;
create table if not exists parsed (path text primary key, stamp blob, consulted text, content blob) without rowid;
create table if not exists keys (id integer primary key, key text, digest blob);
create table if not exists made (name text primary key, given blob, keys blob, files text) without rowid;
create table if not exists files (name text primary key) without rowid;
"""


Seen = tuple[int, int]
"""A file's size in bytes and its modification time in nanoseconds."""


@dataclass(frozen=True)
class Made:
    """A page, or files that belong together: what they were made from, and what they were then."""

    given: bytes
    """The digest of what was given."""
    keys: frozenset[Key]
    """What was read besides."""
    files: Mapping[str, Seen]
    """The files, by name below the output folder."""


@dataclass(frozen=True)
class Built:
    """All that one build made."""

    made: Mapping[str, Made]
    """Each page or group of files, by what it goes by."""
    digests: Mapping[Key, bytes]
    """The digest of each thing that was read."""
    files: frozenset[str]
    """Every file that the build made, or found as it should be, below the output folder."""


class Memory:
    """One output folder's memory, open for the length of a build."""

    def __init__(self, file: Path) -> None:
        """Open ``file``; raises sqlite3.DatabaseError if it is none of ours."""
        file.parent.mkdir(parents=True, exist_ok=True)
        self._store = sqlite3.connect(file, isolation_level=None)
        try:
            self._store.executescript(f"pragma journal_mode = wal; pragma synchronous = normal; {_TABLES}")
            self._store.execute("begin immediate")
        except sqlite3.DatabaseError:
            self._store.close()
            raise

    def fact(self, name: str) -> bytes | None:
        """Return what was noted under ``name``."""
        row = self._store.execute("select value from facts where name = ?", (name,)).fetchone()
        return row[0] if row else None

    def note(self, name: str, value: bytes) -> None:
        """Note ``value`` under ``name``."""
        self._store.execute("replace into facts values (?, ?)", (name, value))

    def parsed(self, path: str, stamp: bytes) -> tuple[str, bytes] | None:
        """Return which files were consulted, and what the file ``path`` was read as, when its stamp was ``stamp``."""
        row = self._store.execute("select stamp, consulted, content from parsed where path = ?", (path,)).fetchone()
        return (row[1], row[2]) if row and row[0] == stamp else None

    def last_parsed(self, path: str) -> tuple[bytes, bytes] | None:
        """Return the stamp that the file ``path`` had when it was read last, and what it was read as."""
        row = self._store.execute("select stamp, content from parsed where path = ?", (path,)).fetchone()
        return (row[0], row[1]) if row else None

    def keep_parsed(self, path: str, stamp: bytes, consulted: str, content: bytes) -> None:
        """Keep what the file was read as."""
        self._store.execute("replace into parsed values (?, ?, ?, ?)", (path, stamp, consulted, content))

    def forget_parsed(self, kept: Iterable[str]) -> None:
        """Forget every file that is not among ``kept``."""
        known = {path for (path,) in self._store.execute("select path from parsed")}
        self._store.executemany("delete from parsed where path = ?", ((path,) for path in known - set(kept)))

    def built(self) -> Built:
        """Return what the last build made."""
        keys: dict[int, Key] = {}
        digests: dict[Key, bytes] = {}
        for number, text, digest in self._store.execute("select id, key, digest from keys"):
            keys[number] = key = tuple(json.loads(text))
            digests[key] = digest
        made = {
            name: Made(given, frozenset(keys[number] for number in array("I", numbers)), _files(json.loads(files)))
            for name, given, numbers, files in self._store.execute("select * from made")
        }
        return Built(made, digests, frozenset(name for (name,) in self._store.execute("select name from files")))

    def keep_built(self, built: Built) -> None:
        """Keep what this build made instead."""
        for table in ("keys", "made", "files"):
            self._store.execute(f"delete from {table}")  # noqa: S608 - our own names
        numbers = {key: number for number, key in enumerate(built.digests)}
        rows = ((numbers[key], json.dumps(key), digest) for key, digest in built.digests.items())
        self._store.executemany("insert into keys values (?, ?, ?)", rows)
        self._store.executemany(
            "insert into made values (?, ?, ?, ?)",
            (
                (name, made.given, array("I", (numbers[key] for key in made.keys)).tobytes(), json.dumps(made.files))
                for name, made in built.made.items()
            ),
        )
        self._store.executemany("insert into files values (?)", ((name,) for name in built.files))

    def commit(self) -> None:
        """Let what was kept and noted be what the next build finds."""
        self._store.execute("commit")
        self._store.close()

    def close(self) -> None:
        """Leave the memory as it was before this build."""
        self._store.close()


def _files(kept: Mapping[str, list[int]]) -> dict[str, Seen]:
    return {name: (size, time) for name, (size, time) in kept.items()}
