"""Object storage: no switch, but an order. What pages need goes first, then pages, then what names them; removals last.

The state (manifests, records, what earlier releases need) lies where readers cannot reach it: withdrawn stories too.
"""

import contextlib
import datetime as dt
import hashlib
import os
import platform
import secrets
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path

import msgspec

from .. import headers, lock, records
from .. import manifest as manifests
from ..errors import PublishingError
from ..headers import HeaderRules
from ..manifest import Entry, Manifest
from ..records import Record
from ..settings import ObjectTarget
from .contract import Upload
from .storage import Pending, Storage

NOTICES = frozenset({"atom", "csv", "json", "rss", "txt", "xml"})
"""Suffixes of what names pages, or is read by scripts of pages: feeds, sitemaps, data."""
UNKNOWN = Entry("", 0, "")


class Holder(msgspec.Struct, frozen=True):
    """Who holds the lock."""

    words: str
    machine: str
    at: dt.datetime
    token: str


class ObjectStore:
    """A bucket that readers are served from, and a state beside it: ``current.json``, ``pending.json``, ``kept/`` …."""

    def __init__(self, settings: ObjectTarget, environment: Mapping[str, str]) -> None:
        self.settings = settings
        self.storage = Storage(settings, environment)

    @property
    def place(self) -> str:
        """Return the remote."""
        return self.settings.remote

    @contextlib.contextmanager
    def lock(self, holder: str, wait: float, say: lock.Say) -> Iterator[None]:
        """Hold the lock of this machine's user, then the one in the state.

        Object storage has no lock of its own: the file in the state keeps other machines out, but for those that
        begin within the same second; it is read again before the work begins.
        """
        key = hashlib.sha256(self.storage.identity.encode()).hexdigest()[:16]
        user = os.getuid()
        with lock.held(Path(tempfile.gettempdir()) / f"publish-{user}-{key}.lock", holder, wait, say):
            mine = Holder(holder, f"{platform.node()} {user}", dt.datetime.now(dt.UTC), secrets.token_hex(8))
            self._refuse(mine)
            self.storage.write("lock.json", msgspec.json.encode(mine))
            self._refuse(mine)
            try:
                with self.storage.alone():
                    yield
            finally:
                self.storage.remove(["lock.json"], self.storage.state)

    def _refuse(self, mine: Holder) -> None:
        """Raise PublishingError if another machine holds the lock; one of this machine has ended without a word."""
        data = self.storage.read("lock.json")
        other = msgspec.json.decode(data, type=Holder) if data else mine
        old = mine.at - other.at > dt.timedelta(minutes=self.settings.lock_minutes)
        if other.machine != mine.machine and not old:
            raise PublishingError(
                f"Another publish is at work: {other.words}. Nothing was uploaded. If that machine is no more: "
                f"rclone deletefile {self.storage.state}/lock.json"
            )

    def live(self) -> str | None:
        """Return what the state says."""
        data = self.storage.read("current.json")
        return msgspec.json.decode(data, type=str) if data else None

    def records(self) -> tuple[Record, ...]:
        """Return the record of each release that was live once."""
        data = self.storage.read("records.json")
        return msgspec.json.decode(data, type=tuple[Record, ...]) if data else ()

    def manifest(self, release: str) -> Manifest:
        """Return the release's manifest; what an interrupted publish may have changed since is there as unknown."""
        found = self._raw(release)
        pending = self._pending()
        if pending is None or release != self.live() or release == pending.release:
            return found
        return manifests.with_changes(found, dict.fromkeys(pending.paths, UNKNOWN))

    def publish(self, upload: Upload) -> None:
        """Keep what the live release loses, carry the difference in order, and say that it is done."""
        name, wanted = upload.record.id, upload.manifest
        surplus = upload.plan.removed
        if not upload.plan.unchanged:
            surplus = tuple(path for path in self._served() if path not in wanted.files)
        touched = (*upload.plan.uploaded, *surplus)
        self._keep(wanted, touched)
        self._begin(name, wanted, touched)
        rules = HeaderRules(upload.record.rules, "", ())
        for names in _phases(upload.plan.uploaded, upload.plan.new):
            for served, group in _by_headers(names, wanted, rules):
                self.storage.upload(upload.source, group, served)
        self._end(name, surplus)

    def restore(self, release: str) -> None:
        """Copy back what the release has and the live one has not, in the same order."""
        wanted = self._raw(release)
        live = self.live()
        had = self.manifest(live) if live else manifests.EMPTY
        missing = [path for path, entry in wanted.files.items() if had.files.get(path) != entry]
        surplus = tuple(path for path in had.files if path not in wanted.files)
        sources = self._sources(wanted, missing)
        touched = (*missing, *surplus)
        self._keep(wanted, touched)
        self._begin(release, wanted, touched)
        new = [path for path in missing if path not in had.files]
        for names in _phases(missing, new):
            for source, group in groupby(sorted(names, key=sources.__getitem__), key=sources.__getitem__):
                self.storage.copy(f"{self.storage.state}/{source}", self.storage.public, group, "--no-check-dest")
        self._end(release, surplus)

    def note(self, record: Record) -> None:
        """Keep the record with the others."""
        others = [each for each in self.records() if each.id != record.id]
        every = sorted([*others, record], key=lambda each: each.id)
        self.storage.write("records.json", msgspec.json.encode(every))

    def prune(self, keep: int) -> tuple[str, ...]:
        """Forget what is too old, but for the files that a kept release has in common with it and nowhere else."""
        every = self.records()
        kept = records.kept((record.id for record in every), self.live(), keep)
        gone = [record.id for record in every if record.id not in kept]
        if gone:
            self._forget(kept)
            self.storage.write("records.json", msgspec.json.encode([each for each in every if each.id in kept]))
        return tuple(gone)

    def _forget(self, kept: frozenset[str]) -> None:
        needed = {pair for name in kept for pair in _pairs(self._raw(name))}
        names = {file.partition(".")[0] for file in self.storage.files(f"{self.storage.state}/manifests")}
        files = self.storage.files(f"{self.storage.state}/kept")
        for name in sorted(names - kept):
            before = self._raw(name)
            mine = [file for file in files if file.startswith(f"{name}/")]
            useless = [file for file in mine if (path := file.partition("/")[2], _digest(before, path)) not in needed]
            self.storage.remove(useless, f"{self.storage.state}/kept")
            if len(useless) == len(mine):
                self.storage.remove([f"{name}.json"], f"{self.storage.state}/manifests")

    def _keep(self, wanted: Manifest, touched: Iterable[str]) -> None:
        """Copy what the live release has and loses; an earlier copy is right, what is served now may not be."""
        if live := self.live():
            had = self._raw(live)
            lost = [path for path in touched if path in had.files and had.files[path] != wanted.files.get(path)]
            source, target = self.storage.public, f"{self.storage.state}/kept/{live}"
            self.storage.copy(source, target, lost, "--ignore-existing")

    def _begin(self, name: str, wanted: Manifest, touched: Iterable[str]) -> None:
        before = self._pending()
        unknown = {*touched, *(before.paths if before and before.release != self.live() else ())}
        self.storage.write(f"manifests/{name}.json", wanted.encoded())
        self.storage.write("pending.json", msgspec.json.encode(Pending(name, tuple(sorted(unknown)))))

    def _end(self, name: str, surplus: tuple[str, ...]) -> None:
        self.storage.remove(surplus, self.storage.public)
        self.storage.write("current.json", msgspec.json.encode(name))
        self.storage.remove(["pending.json"], self.storage.state)

    def _served(self) -> tuple[str, ...]:
        """Return every file of the live release or of an interrupted publish; others' files are none of ours."""
        live = self.live()
        return tuple(self.manifest(live).files) if live else ()

    def _sources(self, wanted: Manifest, missing: Iterable[str]) -> dict[str, str]:
        """Return where in the state each of ``missing`` is; raises PublishingError if one is nowhere."""
        stored = self.storage.files(f"{self.storage.state}/kept")
        raw = {name: self._raw(name) for name in {file.partition("/")[0] for file in stored}}
        where = {}
        for file in stored:
            name, _, path = file.partition("/")
            where[path, _digest(raw[name], path)] = f"kept/{name}"
        found = {path: where.get((path, wanted.files[path].digest), "") for path in missing}
        if lost := [path for path, place in found.items() if not place]:
            raise PublishingError(f"{len(lost)} files are no longer kept, {lost[0]} first. What is live stays.")
        return found

    def _raw(self, release: str) -> Manifest:
        data = self.storage.read(f"manifests/{release}.json")
        if data is None:
            raise PublishingError(f"{self.storage.state}/manifests/{release}.json is missing. Publish with FULL=1.")
        return manifests.read(data, f"{self.storage.state}/manifests/{release}.json")

    def _pending(self) -> Pending | None:
        data = self.storage.read("pending.json")
        return msgspec.json.decode(data, type=Pending) if data else None


def _phases(names: Iterable[str], new: Iterable[str]) -> Iterator[list[str]]:
    """Yield files in the order in which they travel: what pages need, new pages, changed pages, what names them."""
    fresh = set(new)
    kinds: dict[int, list[str]] = {0: [], 1: [], 2: [], 3: []}
    for name in names:
        suffix = name.rpartition(".")[2].lower()
        page = suffix == "html"
        kinds[3 if suffix in NOTICES else 0 if not page else 1 if name in fresh else 2].append(name)
    yield from kinds.values()


def _by_headers(
    names: Iterable[str], wanted: Manifest, rules: HeaderRules
) -> Iterator[tuple[dict[str, str], list[str]]]:
    """Yield files that are served with the same content type and cache time together, with these headers."""
    groups: dict[tuple[str, str], list[str]] = {}
    for name in names:
        cache = headers.expected(rules, name).get("Cache-Control", "") if rules.rules else ""
        groups.setdefault((wanted.files[name].content_type, cache), []).append(name)
    for (kind, cache), group in groups.items():
        yield {"Content-Type": kind, **({"Cache-Control": cache} if cache else {})}, group


def _pairs(manifest: Manifest) -> Iterator[tuple[str, str]]:
    return ((path, entry.digest) for path, entry in manifest.files.items())


def _digest(manifest: Manifest, path: str) -> str:
    return manifest.files[path].digest if path in manifest.files else ""
