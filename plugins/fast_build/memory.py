"""What is remembered from one build to the next: what each file was read as, what each page was made from.

One SQLite file for each output folder. It is written in one transaction, the last thing a build does: a build that
ends before leaves the memory of the last one, whose pages it can tell from its own by their size and time.
"""

import itertools
import os
import sqlite3
import struct
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

import msgspec
from msgspec.structs import replace

from . import telling
from .kept_keys import KeptKeys
from .numbering import Key
from .records import Kept, Made, Records
from .slots import Slot
from .snapshots import Objects
from .standing import DIGEST, Seen, Standing, Told

_KEY = msgspec.json.Decoder(Key)
_SLOT = msgspec.json.Decoder(Slot)
_MADE = msgspec.msgpack.Decoder(Made)
_KEPT = msgspec.msgpack.Decoder(Kept)
_OBJECTS = ".objects"
_FEW = 100
_MANY = 1_000  # files that are no longer kept as rows beside what the build stands on
_WAYS = "pragma mmap_size = 4000000000; pragma journal_mode = wal; pragma synchronous = normal;"
_WAYS_OF_THE_FIRST = "pragma mmap_size = 4000000000; pragma journal_mode = off; pragma synchronous = off;"
"""Nobody finds it before it is whole, and none is lost if it never is."""
_TABLES = """
create table if not exists noted (name text primary key, value blob);  -- looked up by its index: values are long
create table if not exists parsed (path text primary key, stamp blob, consulted text, content blob) without rowid;
create table if not exists keys (id integer primary key, key text, digest blob);
create table if not exists renewed (name text primary key, made blob) without rowid;
delete from noted where name in ('keys', 'made');  -- of older code, as are these
drop table if exists facts;
drop table if exists jobs;
drop table if exists outputs;
drop table if exists stamped;
create table if not exists files (name text primary key) without rowid;
create table if not exists texts (path text primary key, digest blob, text text) without rowid;
create table if not exists retold (path text primary key) without rowid;
create table if not exists slots (key text primary key, slot blob) without rowid;
create table if not exists seen (source integer, name text, size integer, time integer, primary key (source, name));
"""


_KEYS = msgspec.msgpack.Decoder(KeptKeys)


class Built(msgspec.Struct, frozen=True):
    """All that one build made."""

    made: Mapping[str, Made] = msgspec.field(default_factory=dict)
    """Each page or group of files, by what it goes by."""
    digests: Mapping[Key, bytes] = msgspec.field(default_factory=dict)
    """The digest of each thing that was read."""
    numbers: Mapping[Key, int] = msgspec.field(default_factory=dict)
    """The number of each thing that was read; it keeps it from build to build."""
    files: frozenset[str] = frozenset()
    """Every file that the build made, or found as it should be, below the output folder."""
    slots: Mapping[Key, Slot] = msgspec.field(default_factory=dict)
    """What stands in pages, by its key among those that pages hold."""
    restamped: Mapping[str, Seen] = msgspec.field(default_factory=dict)
    """Files of what else has other texts in its slots, as they were seen then; what is kept of it is the same."""
    stamps: bytes = b""
    """The stamps of all whose records are kept, if there are such files."""

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
        self._file = file
        self._place = file if file.exists() else file.with_name(f"{file.name}.part")
        """Where it is until it is committed."""
        self._forget_unfinished()
        self._store = sqlite3.connect(self._place, isolation_level=None)
        try:
            self._store.executescript(f"{_WAYS if self._place is file else _WAYS_OF_THE_FIRST} {_TABLES}")
            self._store.execute("begin immediate")
        except sqlite3.DatabaseError:
            self._store.close()
            raise

    def fact(self, name: str) -> bytes | None:
        """Return what was noted under ``name``."""
        row = self._store.execute("select rowid from noted where name = ? and value is not null", (name,)).fetchone()
        if row is None:
            return None
        with self._store.blobopen("noted", "value", row[0], readonly=True) as value:  # in a fifth of a query's time
            return value.read()

    def note(self, name: str, value: bytes | None) -> None:
        """Note ``value`` under ``name``, or that there is none."""
        self._store.execute("replace into noted values (?, ?)", (name, value))

    def standing(self, told: Told | None = None) -> Standing | None:
        """Return what the last build stands on, if the next can go on from it.

        It need not be read where it is what that build has ``told``.
        """
        if told and self.fact("told") == told.digest:
            self._stands = told.standing
        if self._stands is None:
            self._stands = self._last_standing()
        return self._stands

    def _last_standing(self) -> Standing | None:
        found = Standing.decoded(self.fact("standing"))
        again = self._store.execute("select source, name, size, time from seen").fetchall() if found else ()
        if found is None or not again:
            return found
        (moment,) = struct.unpack("d", self.fact("moment") or b"")
        sources, outputs = ({name: (size, time) for one, name, size, time in again if one == each} for each in (1, 0))
        return found.renewed(moment, sources, outputs)

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

    def objects(self) -> Objects | None:
        """Return the edition's objects, as the last build left them."""
        name = self.fact("objects")
        try:
            return Objects(self._file.with_name(name.decode())) if name else None
        except (OSError, ValueError):
            return None

    def new_objects(self) -> Path:
        """Return the path of a file where the edition's objects may be kept."""
        return self._file.with_name(f"{self._file.stem}.{os.urandom(8).hex()}{_OBJECTS}")

    def keep_objects(self, name: str | None) -> None:
        """Keep that the edition's objects are in the file of this ``name``, or nowhere."""
        self.note("objects", name.encode() if name else None)

    def _tidy(self) -> None:
        """Remove the files of objects that are not those of this build."""
        current = self.fact("objects") or b""
        for file in self._file.parent.glob(f"{self._file.stem}.*{_OBJECTS}"):
            if file.name != current.decode():
                file.unlink(missing_ok=True)

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

    def keep_texts(self, new: Iterable[tuple[str, bytes, str]], paths: Collection[str]) -> None:
        """Keep ``new`` texts of stories: path, digest, text; and none but of ``paths``; none is told anew."""
        gone = ((path,) for path in self.digests_of_texts().keys() - set(paths))
        self._store.executemany("delete from texts where path = ?", gone)
        self._store.executemany("replace into texts values (?, ?, ?)", new)
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

    def all_parsed(self) -> set[str]:
        """Return the path of each file that was read; to look for them maps all that they were read as."""
        return {path for (path,) in self._store.execute("select path from parsed")}

    def forget_parsed(self, paths: Iterable[str]) -> None:
        """Forget what the files at ``paths`` were read as."""
        self._store.executemany("delete from parsed where path = ?", ((path,) for path in paths))

    def built(self) -> Built:
        """Return what the last build made, but for the list of all files."""
        digests, numbers = self._keys()
        slots = {_KEY.decode(key): _SLOT.decode(slot) for key, slot in self._store.execute("select * from slots")}
        return Built(self._made(), digests, numbers, slots=slots)

    def files(self) -> frozenset[str]:
        """Return every file that the last build made, or found as it should be, below the output folder."""
        return frozenset(name for (name,) in self._store.execute("select name from files"))

    def _keys(self) -> tuple[Mapping[Key, bytes], dict[Key, int]]:
        """Return the digest, and the number, of each thing that was read."""
        kept = self.fact("read")
        renewed = self._store.execute("select * from keys")
        return (_KEYS.decode(kept) if kept else KeptKeys()).found(
            (at, _KEY.decode(key), own) for at, key, own in renewed
        )

    def _made(self) -> Records:
        made = self.fact("records")
        kept = replace(_KEPT.decode(made), numbers=self.fact("numbers")) if made else None  # which are long
        found = Records(kept, self.fact("stamps") or b"")
        for name, made in self._store.execute("select * from renewed"):
            if made:
                found[name] = _MADE.decode(made)
            else:
                found.pop(name, None)
        return found

    def keep_built(self, built: Built) -> None:
        """Keep what this build made, and nothing of what others did."""
        self.note("read", msgspec.msgpack.encode(KeptKeys.of(built.digests, built.numbers)))
        records = Records.of(built.made).settled()
        self.note("numbers", records.kept.numbers)
        self.note("records", msgspec.msgpack.encode(replace(records.kept, numbers=b"")))
        self.note("stamps", records.stamps)
        for table in ("keys", "renewed", "slots"):
            self._store.execute(f"delete from {table}")  # noqa: S608 - our own names
        self._keep_slots(built.slots)
        before = self.files()
        self._forget("files", before - built.files)
        self._keep_files(built.files - before)

    def renew_built(self, built: Built, before: Built) -> None:
        """Keep that ``built`` is now what was ``before``, and all else as it is; forget what is only in that."""
        rows = ((built.numbers[key], _text(key), digest) for key, digest in built.digests.items())
        self._store.executemany("replace into keys values (?, ?, ?)", rows)
        if built.restamped:
            self.note("stamps", built.stamps)
        new = ((name, msgspec.msgpack.encode(made)) for name, made in built.made.items())
        gone = ((name, None) for name in before.made.keys() - built.made.keys())
        self._store.executemany("replace into renewed values (?, ?)", itertools.chain(new, gone))
        self._forget_slots(before.slots.keys() - built.slots.keys())
        self._keep_slots({key: slot for key, slot in built.slots.items() if before.slots.get(key) != slot})
        self._forget("files", before.files)
        was = {name for made in before.made.values() for name in made.files}
        self._keep_files(built.files - was)

    def _keep_slots(self, slots: Mapping[Key, Slot]) -> None:
        rows = ((_text(key), _text(slot)) for key, slot in slots.items())
        self._store.executemany("replace into slots values (?, ?)", rows)

    def _forget_slots(self, keys: Iterable[Key]) -> None:
        self._store.executemany("delete from slots where key = ?", ((_text(key),) for key in keys))

    def _keep_files(self, names: Iterable[str]) -> None:
        self._store.executemany("insert or ignore into files values (?)", ((name,) for name in names))

    def _forget(self, table: str, names: Iterable[str]) -> None:
        self._store.executemany(f"delete from {table} where name = ?", ((name,) for name in names))  # noqa: S608 - our own names

    def commit(self) -> None:
        """Let what was kept and noted be what the next build finds."""
        self._store.execute("commit")
        self._tidy()
        self._store.close()
        self._place.replace(self._file)

    def close(self) -> None:
        """Leave the memory as it was before this build."""
        self._store.close()
        self._forget_unfinished()

    def _forget_unfinished(self) -> None:
        """Remove what is left of a first memory that was not committed, and of one that somebody has removed."""
        if self._place is not self._file and not self._file.exists():
            for each in (self._place.name, f"{self._file.name}-wal", f"{self._file.name}-shm"):
                self._file.with_name(each).unlink(missing_ok=True)


def _text(value: object) -> str:
    return msgspec.json.encode(value).decode()


def opened(file: Path) -> Memory:
    """Open a memory; a damaged one gives way to a new one."""
    try:
        return Memory(file)
    except sqlite3.DatabaseError as error:
        file.unlink()
        telling.tell(f"What was remembered of earlier builds is damaged ({error}); everything is made anew.")
        return Memory(file)
