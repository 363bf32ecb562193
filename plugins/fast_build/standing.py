"""What the last build stands on: the files that it read, those that it left, and the clock.

A build that finds all of them as they were has nothing to do; one that finds only stories edited, or the clock moved
on, can go on from what the last one knew. Nothing is imported here that takes time: to look is all that most builds do.
"""

import marshal
import os
import struct
import sys
from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from types import SimpleNamespace

import xxhash

Seen = tuple[int, int]
"""A file's size in bytes and its modification time in nanoseconds."""
NOWHERE: Seen = (-1, -1)
_BYTES = 16  # of a stamp
DIGEST = 16
"""Bytes of the digest that stands before what is told."""
_FORM = 1  # of what is told: of another form it is not whole, to code that is newer or older
_ALL = slice(None)
_MANY = 5_000  # files that a process looks at in the time that it takes to start another, and more
_BEFORE = 45  # one of so many outputs is looked at in the time that it takes to start another process
_AT_ONCE = 9  # the signal; to import its name takes time
_NEWEST = 32  # files, of which one is likely to be edited next
_FEW = 128  # files that are sought one by one
_OF_THE_SHELL = frozenset(
    {
        "_",
        "SHLVL",
        "PWD",
        "OLDPWD",
        "COLUMNS",
        "LINES",
        "MAKELEVEL",
        "MAKEFLAGS",
        "MFLAGS",
        "MAKE_TERMERR",
        "MAKE_TERMOUT",
    }
)


class Stamps(SimpleNamespace):
    """Files and folders, as they were seen; a folder's time tells that something came or went."""

    names: str
    """Their paths, with a zero character after each."""
    seen: bytes
    """Size and time of each, eight bytes each in the machine's order."""

    @classmethod
    def of(cls, seen: Mapping[str, Seen]) -> "Stamps":
        """Return the stamps of what was ``seen``, what is near to one another together: so it is found quicker."""
        names, numbers = sorted(seen), array("q")
        for name in names:
            numbers.extend(seen[name])
        return cls(names="".join(f"{name}\0" for name in names), seen=numbers.tobytes())

    @property
    def count(self) -> int:
        """How many paths there are."""
        return len(self.seen) // _BYTES

    def items(self) -> Iterator[tuple[str, Seen]]:
        """Yield each path and what was seen there."""
        numbers = memoryview(self.seen).cast("q")
        return zip(self.names.split("\0"), zip(numbers[::2], numbers[1::2], strict=True), strict=False)

    def has(self, name: str) -> bool:
        """Return whether ``name`` is among the paths."""
        return f"\0{name}\0" in f"\0{self.names}"

    def differing(self, below: str = "", part: slice = _ALL) -> Iterator[str]:
        """Yield each path, from the folder ``below``, that is not as it was, of all or of a ``part``."""
        numbers = memoryview(self.seen).cast("q")
        sizes, times = numbers[::2][part].tolist(), numbers[1::2][part].tolist()
        names, stat = self.names.split("\0")[:-1][part], os.stat
        with _opened(below) as folder:  # from where the kernel has less way to go
            for name, size, time in zip(names, sizes, times, strict=True):
                try:
                    found = stat(name, dir_fd=folder)
                except OSError:
                    if time != -1:
                        yield name
                else:
                    if found.st_mtime_ns != time or found.st_size != size:
                        yield name

    def are_there(self, below: str = "", part: slice = _ALL) -> bool:
        """Return whether every path, from the folder ``below``, is as it was, of all or of a ``part``."""
        return next(self.differing(below, part), None) is None

    def newest(self) -> "Stamps":
        """Return those of what was edited last, and is likely to be edited next."""
        names, numbers = self.names.split("\0"), memoryview(self.seen).cast("q")
        sizes, times = numbers[::2], numbers[1::2].tolist()
        least = min(sorted(times)[-_NEWEST:], default=0)
        places = [place for place, time in enumerate(times) if time >= least][-_NEWEST:]  # all may be of one time
        return Stamps.of({names[place]: (sizes[place], times[place]) for place in places})

    def renewed(self, seen: Mapping[str, Seen]) -> "Stamps":
        """Return the stamps with those of what was ``seen`` since."""
        if len(seen) > _FEW:
            return Stamps.of({**dict(self.items()), **seen})
        names, numbers = f"\0{self.names}", bytearray(self.seen)
        begins = {name: names.find(f"\0{name}\0") for name in seen}
        passed = number = 0
        for place, name in sorted((place, name) for name, place in begins.items() if place >= 0):
            number += names.count("\0", passed, place)
            passed = place
            struct.pack_into("2q", numbers, number * _BYTES, *seen[name])
        more = Stamps.of({name: seen[name] for name, place in begins.items() if place < 0})
        return Stamps(names=self.names + more.names, seen=bytes(numbers) + more.seen)


class Standing(SimpleNamespace):
    """What one build stands on."""

    moment: float
    """When it was, in seconds since 1970."""
    until: float
    """To which moment it would come out the same but for what shows the time itself."""
    fixed: bool
    """Whether the settings set the time."""
    timeless: bool
    """Whether nothing shows the time itself."""
    alone: bool
    """Whether its output holds nothing else."""
    output: str
    """The folder of its output."""
    sources: Stamps
    """All that it was made from."""
    outputs: Stamps
    """All that it left, below the folder of its output."""

    def encoded(self) -> bytes:
        """Return it as bytes, which tell when they are not whole."""
        told = marshal.dumps({**vars(self), "sources": vars(self.sources), "outputs": vars(self.outputs)})
        return _digest(told) + told

    @classmethod
    def decoded(cls, kept: bytes | memoryview | None) -> "Standing | None":
        """Return what was kept as bytes, if anything was, by this version of the code."""
        if not kept or _digest(memoryview(kept)[DIGEST:]) != kept[:DIGEST]:
            return None
        found = marshal.loads(memoryview(kept)[DIGEST:])  # noqa: S302 - our own bytes, and whole
        if found.keys() != cls.__annotations__.keys():
            return None
        return cls(**{**found, "sources": Stamps(**found["sources"]), "outputs": Stamps(**found["outputs"])})

    def is_untouched(self, now: float | None) -> bool:
        """Return whether the same command would leave all as it is, at the moment ``now`` or, if None, at the same."""
        if not (self.fixed or now is None or (self.timeless and self.holds_at(now))):
            return False
        few, many, below = self.sources.count, self.outputs.count, f"{self.output}/"
        ours = many
        if few + many >= _MANY:  # with all sources half of all there is, and what is seen before the other has begun
            ours = max(0, many - few) // 2 + many // _BEFORE
        with _beside(lambda: self.outputs.are_there(below, slice(ours, None)), worth=ours < many) as others:
            ready = self.sources.newest().are_there() and self.sources.are_there()
            return ready and self.outputs.are_there(below, slice(ours)) and others()

    def edited(self) -> dict[str, Seen] | None:
        """Return what is seen of files that were edited since, or are new, and of their folders.

        None if files went, or if the output is not as it was left.
        """
        if next(self.outputs.differing(f"{self.output}/"), None) is not None:
            return None
        found = {path: seen(path) for path in self.sources.differing()}
        folders = {path for path in found if os.path.isdir(path)}  # noqa: PTH112 - quicker
        there: dict[str, set[str]] = {path: set() for path in folders}
        for name, _ in self.sources.items() if folders else ():
            if (folder := name.rpartition("/")[0]) in there:
                there[folder].add(name)
        now = {path: _entries(path) for path in there}
        if not all(names <= now[path] for path, names in there.items()):
            return None
        found |= trees(name for path, names in there.items() for name in now[path] - names)
        return found if NOWHERE not in found.values() else None

    def holds_at(self, now: float) -> bool:
        """Return whether nothing but what shows the time itself is another at the moment ``now``."""
        return now == self.moment or self.moment <= now < self.until

    def renewed(self, now: float, sources: Mapping[str, Seen], outputs: Mapping[str, Seen]) -> "Standing":
        """Return what the output stands on after ``outputs`` were made again at ``now``, from ``sources`` as seen."""
        anew = {"moment": now, "sources": self.sources.renewed(sources), "outputs": self.outputs.renewed(outputs)}
        return Standing(**{**vars(self), **anew})


class Told(SimpleNamespace):
    """What a build has told of what it stands on."""

    digest: bytes
    """The first bytes of what it has told."""
    standing: Standing


def _digest(told: bytes | memoryview) -> bytes:
    return xxhash.xxh3_128_digest(told, seed=_FORM)


def seen(path: str | os.PathLike[str]) -> Seen:
    """Return what is seen of the file or folder at ``path``."""
    try:
        found = os.stat(path)  # noqa: PTH116 - quicker, and there are many
    except OSError:
        return NOWHERE
    return found.st_size, found.st_mtime_ns


def trees(roots: Iterable[str | os.PathLike[str]]) -> dict[str, Seen]:
    """Return what is seen of all files and folders at and below ``roots``."""
    found: dict[str, Seen] = {}
    for root in roots:
        found[str(root)] = seen(root)
        for place, folders, files in os.walk(root, followlinks=True):
            folders[:] = [name for name in folders if name != "__pycache__"]
            for name in (*folders, *files):
                path = f"{place}/{name}"
                found[path] = seen(path)
    return found


@contextmanager
def _opened(folder: str) -> Iterator[int | None]:
    """Give the number of an open ``folder``: None for the one of work; if it is not there, one with nothing below."""
    number = None
    if folder:
        try:
            number = os.open(folder, os.O_PATH | os.O_DIRECTORY)
        except OSError:
            number = -1
    try:
        yield number
    finally:
        if number is not None and number >= 0:
            os.close(number)


@contextmanager
def _beside(look: Callable[[], bool], *, worth: bool) -> Iterator[Callable[[], bool]]:
    """Have another process ``look``, if it is ``worth`` one; give what waits for its answer, if that is wanted."""
    if not worth:
        yield look
        return
    child = os.fork()
    if child == 0:
        found = False
        try:
            found = look()
        finally:
            os._exit(not found)
    left = [child]
    try:
        yield lambda: os.waitpid(left.pop(), 0)[1] == 0
    finally:
        for one in left:
            os.kill(one, _AT_ONCE)
            os.waitpid(one, 0)


def _entries(folder: str) -> set[str]:
    return {f"{folder}/{name}" for name in os.listdir(folder) if name != "__pycache__"}  # noqa: PTH208 - quicker


def asked(arguments: Collection[str]) -> bytes:
    """Return the digest of a command with ``arguments``, as it is given here and now, to what is installed."""
    environment = sorted((name, value) for name, value in os.environ.items() if name not in _OF_THE_SHELL)
    given = (os.getcwd(), list(arguments), environment, sys.version, libraries())  # noqa: PTH109 - quicker
    return xxhash.xxh3_128_digest(repr(given).encode("utf-8", "surrogateescape"))


def libraries() -> str:
    """Return the names and versions of all that is installed."""
    names: set[str] = set()
    for folder in sys.path:
        if os.path.isdir(folder):  # noqa: PTH112 - an entry may be empty
            names.update(name for name in os.listdir(folder) if name.endswith(".dist-info"))  # noqa: PTH208
    return " ".join(sorted(names))
