"""What is told of each release: when, by whom, from what, how much, and whether the host was seen to serve it."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec

from .._kit.errors import EditionError, Problem
from .addresses import Addresses
from .headers import Rule
from .plan import Plan

Kind = Literal["publish", "patch", "recovered"]


class Record(msgspec.Struct, frozen=True):
    """One release, as the host keeps it."""

    id: str
    """The instant of the publish, UTC: ``20261124T151233Z``; its order is the order of releases."""
    at: dt.datetime
    by: str
    """Who published: user and machine."""
    kind: Kind
    files: int
    size: int
    """The bytes of the whole edition."""
    uploaded: int = 0
    """How many files travelled."""
    uploaded_bytes: int = 0
    removed: int = 0
    source: str = ""
    """The commit of the newsroom's repository, where there is one."""
    rules: tuple[Rule, ...] = ()
    """Which headers its files are served with, so that it can be verified again without its tree."""
    addresses: Addresses = Addresses()
    """Which addresses have moved, and which are gone."""
    verified: str = ""
    """Empty before the verification; else ``yes`` or ``no``, and what was found."""


def of_plan(name: str, at: dt.datetime, plan: Plan) -> Record:
    """Return the record of the release ``name`` that carries out ``plan``."""
    return Record(
        id=name,
        at=at,
        by="",
        kind="publish",
        files=len(plan.unchanged) + len(plan.new) + len(plan.changed),
        size=plan.total_bytes,
        uploaded=len(plan.new) + len(plan.changed),
        uploaded_bytes=plan.uploaded_bytes,
        removed=len(plan.removed),
    )


def name(at: dt.datetime, taken: Iterable[str]) -> str:
    """Return the id of a release at the instant ``at``, later than every id in ``taken``."""
    stamp = at.astimezone(dt.UTC)
    last = max(taken, default="")
    while (found := f"{stamp:%Y%m%dT%H%M%SZ}") <= last:
        stamp = max(stamp, _instant(last)) + dt.timedelta(seconds=1)
    return found


def kept(ids: Iterable[str], live: str | None, keep: int) -> frozenset[str]:
    """Return which of the releases ``ids`` stay: the live one, and the newest others up to ``keep`` in all."""
    others = sorted(set(ids) - {live})
    newest = others[-(keep - 1) :] if keep > 1 else []
    return frozenset([*newest, live] if live else others[-keep:])


def read(data: bytes, source: str) -> Record:
    """Return the record in ``data``; raises EditionError if it is none, naming ``source``."""
    try:
        return msgspec.json.decode(data, type=Record)
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise EditionError([Problem(source, 0, f"is no record of a release: {error}", "Remove the file.")]) from error


def encoded(record: Record) -> bytes:
    """Return the record as JSON."""
    return msgspec.json.format(msgspec.json.encode(record), indent=1)


def listed(records: Iterable[Record], live: str | None) -> Iterator[str]:
    """Yield a line for each release, the newest first, the live one marked."""
    for each in sorted(records, key=lambda record: record.id, reverse=True):
        mark = "live" if each.id == live else ""
        words = f"{each.files:,} files, {each.uploaded:,} uploaded, {each.removed:,} removed"
        seen = f"verified: {each.verified}" if each.verified else "not verified"
        yield "  ".join(filter(None, (f"{mark:4} {each.id}", each.kind, words, each.by, each.source[:12], seen)))


def _instant(found: str) -> dt.datetime:
    return dt.datetime.strptime(found, "%Y%m%dT%H%M%SZ").replace(tzinfo=dt.UTC)
