"""What is remembered from one build to the next: what each file was read as, what each page was made from.

One SQLite file for each output folder. It is written in one transaction, the last thing a build does: a build that
ends before leaves the memory of the last one, whose pages it can tell from its own by their size and time.
"""

import os
import sqlite3
import struct
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from . import telling
from .numbering import Key
from .slots import Slot
from .standing import DIGEST, NOWHERE, Seen, Stamps, Standing, Told

_KEY = msgspec.json.Decoder(Key)
_SLOT = msgspec.json.Decoder(Slot)
_FOUND = msgspec.json.Decoder(dict[str, Any])
_FILES = msgspec.json.Decoder(list[str])
_FEW = 100
_MANY = 1_000  # files that are no longer kept as rows beside what the build stands on
_WAYS = "pragma mmap_size = 4000000000; pragma journal_mode = wal; pragma synchronous = normal;"
_TABLES = """
create table if not exists facts (name text primary key, value blob) without rowid;
create table if not exists parsed (path text primary key, stamp blob, consulted text, content blob) without rowid;
create table if not exists keys (id integer primary key, key text, digest blob);
create table if not exists outputs (name text primary key, given blob, keys blob, files text, found text) without rowid;
drop table if exists jobs;
create table if not exists stamped (name text primary key, size integer, time integer) without rowid;
create table if not exists files (name text primary key) without rowid;
create table if not exists texts (path text primary key, digest blob, text text) without rowid;
create table if not exists retold (path text primary key) without rowid;
create table if not exists slots (key text primary key, slot blob) without rowid;
create table if not exists seen (source integer, name text, size integer, time integer, primary key (source, name));
"""


class Made(msgspec.Struct, frozen=True):
    """A page, or files that belong together: what they were made from, and what they were then."""

    given: bytes
    """The digest of what was given."""
    keys: bytes
    """What was read besides: the numbers of keys, four bytes each in the machine's order."""
    files: Mapping[str, Seen]
    """The files, by name below the output folder."""
    found: Mapping[str, Any] = msgspec.field(default_factory=dict)
    """What was found in a page by those who were told of it."""

    def is_like(self, other: "Made | None") -> bool:
        """Return whether nothing but the stamps of files is another in ``other``."""
        return other is not None and (self.given, self.keys, self.files.keys(), self.found) == (
            other.given,
            other.keys,
            other.files.keys(),
            other.found,
        )


@dataclass(frozen=True)
class Built:
    """All that one build made."""

    made: Mapping[str, Made] = field(default_factory=dict)
    """Each page or group of files, by what it goes by."""
    digests: Mapping[Key, bytes] = field(default_factory=dict)
    """The digest of each thing that was read."""
    numbers: Mapping[Key, int] = field(default_factory=dict)
    """The number of each thing that was read; it keeps it from build to build."""
    files: frozenset[str] = frozenset()
    """Every file that the build made, or found as it should be, below the output folder."""
    slots: Mapping[Key, Slot] = field(default_factory=dict)
    """What stands in pages, by its key among those that pages hold."""

    def has_read(self, key: Key) -> bool:
        """Return whether anything was made of what goes by ``key``."""
        return key in self.numbers or any(key in slot.keys for slot in self.slots.values())


class Memory:
    """One output folder's memory, open for the length of a build."""

    def __init__(self, file: Path) -> None:
        """Open ``file``; raises sqlite3.DatabaseError if it is none of ours."""
        file.parent.mkdir(parents=True, exist_ok=True)
        self._stands: Standing | None = None
        """What the last build stands on, where it was read already."""
        self._store = sqlite3.connect(file, isolation_level=None)
        try:
            self._store.executescript(f"{_WAYS} {_TABLES}")
            self._store.execute("begin immediate")
        except sqlite3.DatabaseError:
            self._store.close()
            raise

    def fact(self, name: str) -> bytes | None:
        """Return what was noted under ``name``."""
        row = self._store.execute("select value from facts where name = ?", (name,)).fetchone()
        return row[0] if row else None

    def note(self, name: str, value: bytes | None) -> None:
        """Note ``value`` under ``name``, or that there is none."""
        self._store.execute("replace into facts values (?, ?)", (name, value))

    def standing(self, told: Told | None = None) -> Standing | None:
        """Return what the last build stands on, if the next can go on from it.

        It need not be read where it is what that build has ``told``.
        """
        if told and self.fact("told") == told.digest:
            self._stands = told.standing
        if self._stands is None:
            self._stands = _standing(self._store)
        return self._stands

    def stand(self, standing: Standing | None) -> None:
        """Keep what this build stands on, and that nothing was made again since."""
        self.note("standing", standing.encoded() if standing else None)
        self._store.execute("delete from seen")
        self._stands = standing
        self.keep_told(None)

    def keep_told(self, told: bytes | None) -> None:
        """Keep by which digest it is known that this build has ``told`` what it stands on, if it has."""
        self.note("told", told[:DIGEST] if told else None)

    def stand_on(self, moment: float, sources: Mapping[str, Seen], outputs: Mapping[str, Seen]) -> None:
        """Keep that ``outputs`` were made again at ``moment``, from ``sources`` as they were seen before."""
        standing = self.standing() if len(outputs) > _MANY else None
        if standing:
            self.stand(standing.renewed(moment, sources, outputs))
            return
        if self._stands:
            self._stands = self._stands.renewed(moment, sources, outputs)
        self.keep_told(None)
        self.note("moment", struct.pack("d", moment))
        for source, each in ((1, sources), (0, outputs)):
            rows = ((source, name, *pair) for name, pair in each.items())
            self._store.executemany("replace into seen values (?, ?, ?, ?)", rows)

    def parsed(self, paths: Collection[str]) -> Iterator[tuple[str, bytes, str, bytes]]:
        """Yield the path of each file, its stamp when it was read last, which files were consulted, and as what.

        Of few ``paths`` they are these; else all that there are, which one look finds quicker than many.
        """
        all_rows = "select path, stamp, consulted, content from parsed"
        if len(paths) > _FEW:
            yield from self._store.execute(all_rows)
        else:
            for path in paths:
                yield from self._store.execute(f"{all_rows} where path = ?", (path,))

    def digests_of_texts(self) -> dict[str, bytes]:
        """Return the digests of the texts of stories, by path."""
        return dict(self._store.execute("select path, digest from texts"))

    def keep_texts(self, new: Mapping[str, tuple[bytes, str]], paths: Collection[str]) -> None:
        """Keep ``new`` texts of stories by path, each with its digest, and none but of ``paths``; none is told anew."""
        gone = ((path,) for path in self.digests_of_texts().keys() - set(paths))
        self._store.executemany("delete from texts where path = ?", gone)
        self._store.executemany("replace into texts values (?, ?, ?)", ((path, *each) for path, each in new.items()))
        self._store.execute("delete from retold")

    def keep_retold(self, paths: Iterable[str]) -> None:
        """Keep that the files at ``paths`` have told their stories anew since the texts were kept."""
        self._store.executemany("replace into retold values (?)", ((path,) for path in paths))

    def retold(self) -> list[str]:
        """Return those files."""
        return [path for (path,) in self._store.execute("select path from retold")]

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
        digests: dict[Key, bytes] = {}
        numbers: dict[Key, int] = {}
        for number, text, digest in self._store.execute("select id, key, digest from keys"):
            key = _KEY.decode(text)
            numbers[key], digests[key] = number, digest
        stamps = self._stamps()
        made: dict[str, Made] = {}
        for name, given, keys, files, found in self._store.execute("select * from outputs"):
            names = _FILES.decode(files) if files else (name,)
            seen = {each: stamps.get(each, NOWHERE) for each in names}
            made[name] = Made(given, keys, seen, _FOUND.decode(found) if found else {})
        slots = {_KEY.decode(key): _SLOT.decode(slot) for key, slot in self._store.execute("select * from slots")}
        files = frozenset(name for (name,) in self._store.execute("select name from files"))
        return Built(made, digests, numbers, files, slots)

    def keep_built(self, built: Built, before: Built) -> None:
        """Keep what this build made; ``before`` is what is kept now."""
        self._keep_rows(built, before)
        self._keep_stamps(_seen(built))
        gone = before.numbers.keys() - built.numbers.keys()
        self._store.executemany("delete from keys where id = ?", ((before.numbers[key],) for key in gone))

    def renew_built(self, built: Built, before: Built) -> None:
        """Keep that ``built`` is now what was ``before``, and all else as it is; forget what is only in that."""
        self._keep_rows(built, before)
        new = _seen(built)
        if len(new) > _MANY:
            self._keep_stamps(self._stamps() | new)
        else:
            rows = ((name, *pair) for name, pair in new.items())
            self._store.executemany("replace into stamped values (?, ?, ?)", rows)

    def _keep_rows(self, built: Built, before: Built) -> None:
        self._store.executemany("replace into keys values (?, ?, ?)", _new_keys(built, before))
        rows = (_row(name, made) for name, made in built.made.items() if not made.is_like(before.made.get(name)))
        self._store.executemany("replace into outputs values (?, ?, ?, ?, ?)", rows)
        self._forget("outputs", before.made.keys() - built.made.keys())
        old = ((_text(key),) for key in before.slots.keys() - built.slots.keys())
        self._store.executemany("delete from slots where key = ?", old)
        slots = ((_text(key), _text(slot)) for key, slot in built.slots.items() if before.slots.get(key) != slot)
        self._store.executemany("replace into slots values (?, ?)", slots)
        self._forget("files", before.files - built.files)
        new = ((name,) for name in built.files - before.files)
        self._store.executemany("insert or ignore into files values (?)", new)

    def _keep_stamps(self, seen: Mapping[str, Seen]) -> None:
        stamps = Stamps.of(seen)
        self.note("stamped", stamps.names.encode("utf-8", "surrogateescape"))
        self.note("stamps", stamps.seen)
        self._store.execute("delete from stamped")

    def _stamps(self) -> dict[str, Seen]:
        """Return what was seen of all files in ``outputs``, and it may be of others."""
        names, seen = self.fact("stamped") or b"", self.fact("stamps") or b""
        found = dict(Stamps(names.decode("utf-8", "surrogateescape"), seen).items())
        found.update((name, (size, time)) for name, size, time in self._store.execute("select * from stamped"))
        return found

    def _forget(self, table: str, names: Iterable[str]) -> None:
        self._store.executemany(f"delete from {table} where name = ?", ((name,) for name in names))  # noqa: S608 - our own names

    def commit(self) -> None:
        """Let what was kept and noted be what the next build finds."""
        self._store.execute("commit")
        self._store.close()

    def close(self) -> None:
        """Leave the memory as it was before this build."""
        self._store.close()


def _seen(built: Built) -> dict[str, Seen]:
    return {name: each for made in built.made.values() for name, each in made.files.items()}


def _row(name: str, made: Made) -> tuple[str, bytes, bytes, str | None, str | None]:
    """Return what is kept of what goes by ``name``, but for the stamps of its files."""
    files = None if made.files.keys() == {name} else _text(list(made.files))
    return name, made.given, made.keys, files, _text(made.found) if made.found else None


def _text(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _new_keys(built: Built, before: Built) -> Iterator[tuple[int, str, bytes]]:
    for key, digest in built.digests.items():
        if before.digests.get(key) != digest or before.numbers.get(key) != built.numbers[key]:
            yield built.numbers[key], _text(key), digest


def opened(file: Path) -> Memory:
    """Open a memory; a damaged one gives way to a new one."""
    try:
        return Memory(file)
    except sqlite3.DatabaseError as error:
        file.unlink()
        telling.tell(f"What was remembered of earlier builds is damaged ({error}); everything is made anew.")
        return Memory(file)


def _standing(store: sqlite3.Connection) -> Standing | None:
    rows = store.execute("select value from facts where name = 'standing'").fetchone()
    found = Standing.decoded(rows[0]) if rows else None
    again = store.execute("select source, name, size, time from seen").fetchall() if found else ()
    if found is None or not again:
        return found
    (moment,) = store.execute("select value from facts where name = 'moment'").fetchone()
    sources, outputs = ({name: (size, time) for one, name, size, time in again if one == each} for each in (1, 0))
    return found.renewed(struct.unpack("d", moment)[0], sources, outputs)


class Texts:
    """The texts in the memory ``file``, for whoever asks, in this process or one that it forks."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._process = 0
        self._store: sqlite3.Connection

    def of(self, path: str) -> str:
        """Return the text of the story at ``path``."""
        if self._process != os.getpid():  # no connection lives on in another process
            self._store = sqlite3.connect(f"file:{self._file}?mode=ro", uri=True)
            self._process = os.getpid()
        row = self._store.execute("select text from texts where path = ?", (path,)).fetchone()
        return str(row[0])
