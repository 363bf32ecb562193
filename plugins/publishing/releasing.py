"""The order of a publish: plan, upload, switch, prune, verify, record; and the way back."""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

import msgspec

from . import manifest as manifests
from . import plan as plans
from . import questions, records, serving, verification
from .addresses import NONE, Addresses
from .errors import NotServedError, PublishingError
from .headers import Rule
from .lock import Say
from .manifest import Manifest
from .plan import Plan
from .records import Record
from .settings import PublishingSettings
from .targets.contract import Target, Upload


class Desk(msgspec.Struct, frozen=True):
    """Who publishes, where to, and how it is told."""

    target: Target
    settings: PublishingSettings
    by: str
    source: str
    """The commit of the newsroom's repository; may be empty."""
    say: Say
    host: verification.Host | None
    """Where to verify over HTTP; None to read ``served`` on the disk."""
    served: Path | None = None


class Wish(msgspec.Struct, frozen=True):
    """What is to be done with a built tree."""

    built: Path
    at: dt.datetime
    dry: bool = False
    full: bool = False
    """Take nothing from what is live."""
    rules: tuple[Rule, ...] = ()
    """Which headers the whole tree is served with."""
    addresses: Addresses = NONE
    """Which addresses have moved, and which are gone."""
    only: tuple[str, ...] = ()
    """Only these files, on top of what is live; empty for the whole tree."""


def publish(desk: Desk, wish: Wish) -> bool:
    """Carry the edition to its host; return whether a release is live that was not before.

    Raises PublishingError if what is live stays as it is, NotServedError if the new release is live and is not
    served as it should.
    """
    wanted = manifests.of_tree(wish.built) if not wish.only else None
    with desk.target.lock(f"{desk.by}, since {wish.at:%Y-%m-%d %H:%M:%S %Z}", desk.settings.wait, desk.say):
        _heal(desk, wish.at)
        live = desk.target.live()
        had = desk.target.manifest(live) if live and not wish.full else manifests.EMPTY
        goal = manifests.succeeding(had, wanted, desk.settings.assets) if wanted else _patched(had, wish)
        plan = plans.between(had, goal)
        desk.say(f"To {desk.target.place}, where {f'release {live}' if live else 'nothing'} is live:")
        for line in plans.table(plan):
            desk.say(line)
        if wish.dry:
            desk.say("DRY_RUN: nothing was uploaded.")
            return False
        if plan.is_empty and live:
            desk.say(f"Nothing differs: release {live} stays.")
            _verify(desk, live, goal, plan)
            return False
        _release(desk, Upload(_named(desk, wish, plan), wish.built, goal, had, plan))
    return True


def roll_back(desk: Desk, at: dt.datetime, to: str = "") -> str:
    """Let readers have the release ``to`` again, or the one before the live one; return its id."""
    with desk.target.lock(f"{desk.by}, since {at:%Y-%m-%d %H:%M:%S %Z}", desk.settings.wait, desk.say):
        _heal(desk, at)
        live = desk.target.live()
        name = to or _before(desk, live)
        if name == live:
            raise PublishingError(f"Release {name} is live already.")
        if name not in {record.id for record in desk.target.records()}:
            raise PublishingError(f"There is no release {name} to go back to. make releases lists those that are kept.")
        _restore(desk, name)
    return name


def verify(desk: Desk, at: dt.datetime) -> None:
    """Ask the host again for what is live; raises NotServedError if it serves anything else."""
    with desk.target.lock(f"{desk.by}, since {at:%Y-%m-%d %H:%M:%S %Z}", desk.settings.wait, desk.say):
        live = desk.target.live()
        if not live:
            raise PublishingError(f"Nothing is live at {desk.target.place}.")
        manifest = desk.target.manifest(live)
        _verify(desk, live, manifest, plans.between(manifest, manifest))


def files(built: Path, names: Iterable[str]) -> tuple[str, ...]:
    """Return the files below ``built`` that ``names`` stand for: files, or folders with all that is in them.

    Raises PublishingError for a name that is not there, or leads out of ``built``.
    """
    root = built.resolve()
    found: set[str] = set()
    for name in names:
        path = (root / name).resolve()
        if not path.is_relative_to(root) or not path.exists():
            raise PublishingError(f"{name} is not in {built}. Nothing was uploaded.")
        inside = [path] if path.is_file() else path.rglob("*")
        found.update(each.relative_to(root).as_posix() for each in inside if each.is_file())
    return tuple(sorted(found))


def _patched(live: Manifest, wish: Wish) -> Manifest:
    """Return what is live with the files of ``wish.only`` as they are in the built tree."""
    if not live.files:
        raise PublishingError("Nothing is live, so nothing can be patched. Run make publish first.")
    return manifests.with_changes(live, {path: manifests.entry(wish.built, path) for path in wish.only})


def _named(desk: Desk, wish: Wish, plan: Plan) -> Record:
    kept = desk.target.records()
    record = records.of_plan(records.name(wish.at, (each.id for each in kept)), wish.at, plan)
    record = msgspec.structs.replace(record, by=desk.by, source=desk.source)
    if not wish.only:
        return msgspec.structs.replace(record, rules=wish.rules, addresses=wish.addresses)
    live = next((each for each in kept if each.id == desk.target.live()), record)
    return msgspec.structs.replace(record, kind="patch", rules=live.rules, addresses=live.addresses)


def _release(desk: Desk, upload: Upload) -> None:
    before = desk.target.live()
    plan = upload.plan
    desk.target.publish(upload)
    desk.target.note(upload.record)
    desk.say(
        f"Release {upload.record.id} is live: {len(plan.uploaded):,} files uploaded ({plan.uploaded_bytes:,} bytes), "
        f"{len(plan.removed):,} removed, {len(plan.unchanged):,} unchanged."
    )
    try:
        _verify(desk, upload.record.id, upload.manifest, plan)
    except NotServedError as error:
        if not (desk.settings.roll_back and before):
            raise
        desk.say(str(error))
        _restore(desk, before)
        raise PublishingError(f"Release {upload.record.id} was withdrawn: {before} is live again.") from error
    for name in desk.target.prune(desk.settings.keep):
        desk.say(f"Release {name} is no longer kept.")


def _restore(desk: Desk, name: str) -> None:
    live = desk.target.live()
    goal = desk.target.manifest(name)
    plan = plans.between(desk.target.manifest(live) if live else manifests.EMPTY, goal)
    desk.target.restore(name)
    desk.say(f"Release {name} is live again.")
    _verify(desk, name, goal, plan)


def _verify(desk: Desk, name: str, manifest: Manifest, plan: Plan) -> None:
    settings = desk.settings
    paths = questions.chosen(manifest, plan, (settings.verify_all_up_to, settings.sample), name)
    record = next((each for each in desk.target.records() if each.id == name), None)
    if desk.host is not None:
        expected = serving.expected(settings.expected_headers, record.rules if record else ())
        asked = questions.of_files(manifest, paths, plan.removed, expected)
        asked |= questions.of_addresses(asked, record.addresses if record else NONE, settings.sample, name)
        asked |= questions.of_nothing(manifest, settings.expected_missing, name)
        report = verification.over_http(asked, desk.host)
    elif desk.served is not None:
        report = verification.on_disk(manifest, paths, desk.served)
    else:
        return
    if record:
        desk.target.note(msgspec.structs.replace(record, verified=report.words))
    if report.wrong:
        raise NotServedError("\n".join(_told(desk, name, report)))
    desk.say(f"Verified: {report.words}.")


def _told(desk: Desk, name: str, report: verification.Report) -> list[str]:
    lines = [f"Release {name} is live, but is not served as it should: {report.words}."]
    lines += [f"  {line}" for line in report.wrong[:10]]
    if len(report.wrong) > 10:
        lines.append(f"  and {len(report.wrong) - 10:,} more")
    before = [record.id for record in desk.target.records() if record.id < name]
    back = f"make rollback TO={before[-1]} brings back the release before. " if before else ""
    return [*lines, f"{back}make verify asks again; make publish FULL=1 uploads every file anew."]


def _before(desk: Desk, live: str | None) -> str:
    older = [record.id for record in desk.target.records() if live and record.id < live]
    if not older:
        raise PublishingError("No release before the live one is kept. make releases lists those that are.")
    return older[-1]


def _heal(desk: Desk, at: dt.datetime) -> None:
    """Record the live release if the publish that made it ended between its switch and its record."""
    live = desk.target.live()
    if live and live not in {record.id for record in desk.target.records()}:
        manifest = desk.target.manifest(live)
        desk.target.note(
            Record(id=live, at=at, by=desk.by, kind="recovered", files=len(manifest.files), size=manifest.size)
        )
        desk.say(f"The publish of release {live} was interrupted after its switch; it is recorded now.")
