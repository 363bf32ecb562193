"""The plan of a publish: what is new, what has changed, what goes, and how many bytes travel."""

from collections.abc import Iterator

import msgspec

from .manifest import Entry, Manifest

SHOWN = 12


class Plan(msgspec.Struct, frozen=True):
    """The difference between what is live and what shall be; paths in order."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: tuple[str, ...]
    uploaded_bytes: int
    """The size of all new and changed files."""
    removed_bytes: int
    total_bytes: int
    """The size of the edition that shall be."""

    @property
    def uploaded(self) -> tuple[str, ...]:
        """The files that travel: new and changed ones, in order."""
        return tuple(sorted(self.new + self.changed))

    @property
    def is_empty(self) -> bool:
        """Whether what shall be is what is live."""
        return not (self.new or self.changed or self.removed)


def between(live: Manifest, wanted: Manifest) -> Plan:
    """Return how ``live`` becomes ``wanted``."""
    new = tuple(path for path in wanted.files if path not in live.files)
    changed = tuple(p for p, entry in wanted.files.items() if p in live.files and not same(live.files[p], entry))
    removed = tuple(path for path in live.files if path not in wanted.files)
    differ = {*new, *changed}
    return Plan(
        new=new,
        changed=changed,
        removed=removed,
        unchanged=tuple(path for path in wanted.files if path not in differ),
        uploaded_bytes=_size(wanted, new + changed),
        removed_bytes=_size(live, removed),
        total_bytes=wanted.size,
    )


def same(one: Entry, other: Entry) -> bool:
    """Tell whether two entries are of the same bytes, served as the same type."""
    return one == other


def table(plan: Plan) -> Iterator[str]:
    """Yield the plan's lines: a table, then the first paths of each kind."""
    rows = (
        ("new", len(plan.new), None),
        ("changed", len(plan.changed), None),
        ("to upload", len(plan.new) + len(plan.changed), plan.uploaded_bytes),
        ("removed", len(plan.removed), plan.removed_bytes),
        ("unchanged", len(plan.unchanged), plan.total_bytes - plan.uploaded_bytes),
        ("the edition", len(plan.unchanged) + len(plan.new) + len(plan.changed), plan.total_bytes),
    )
    yield f"{'':12} {'files':>9} {'bytes':>15}"
    for name, files, size in rows:
        yield f"{name:12} {files:>9,} {'' if size is None else format(size, ','):>15}".rstrip()
    for sign, paths in (("+", plan.new), ("~", plan.changed), ("-", plan.removed)):
        yield from (f"  {sign} {path}" for path in paths[:SHOWN])
        if len(paths) > SHOWN:
            yield f"  {sign} and {len(paths) - SHOWN:,} more"


def _size(manifest: Manifest, paths: tuple[str, ...]) -> int:
    return sum(manifest.files[path].size for path in paths)
