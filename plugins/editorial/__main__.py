"""The command ``python -m plugins.editorial``: check every story, begin a new one, tell what is due, keep addresses."""

import argparse
import datetime as dt
import os
import sys
from collections import Counter
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from .._kit.errors import EditionError
from . import configuration, keeping, new_story, schedule, telling
from .checking.findings import shown
from .checking.running import check
from .checking.stories import Edition


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit status."""
    chosen = _parser().parse_args(arguments)
    try:
        return int(chosen.run(chosen))
    except EditionError as error:
        print(error, file=sys.stderr)
        return error.exitcode
    except (EOFError, KeyboardInterrupt):
        print("Nothing was written.", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m plugins.editorial", description="The writers' desk.")
    parser.add_argument("--settings", default="pelicanconf.py", type=Path, help="the edition's settings file")
    commands = parser.add_subparsers(required=True)
    told = "Exit status: 0 no error; 1 an error, or with --strict a warning; 2 the settings cannot be read."
    checking = commands.add_parser("check", help="tell everything wrong with every story (docs/rules.md)", epilog=told)
    checking.add_argument("--format", choices=("text", "json", "github"), default="text", help="how it is written")
    checking.add_argument("--strict", action="store_true", help="count warnings as errors")
    checking.add_argument("--quiet", action="store_true", help="leave out notes")
    checking.add_argument("--processes", type=int, default=os.cpu_count() or 1, help="how many work side by side")
    checking.set_defaults(run=_check)
    new = commands.add_parser("new", help="begin a story: asks for what is not given, and writes a draft")
    for name, what in (
        ("title", "the headline"),
        ("slug", "the last part of its address"),
        ("section", "its section"),
        ("countries", "what it is about, parted by commas"),
        ("authors", "who signs it, parted by commas"),
        ("topics", "its tags, parted by commas"),
        ("summary", "the standfirst"),
    ):
        new.add_argument(f"--{name}", default="", help=what)
    new.add_argument("--at", type=_instant, help="take this instant as now, e.g. 2026-12-01T06:00:00+05:00")
    new.set_defaults(run=_new)
    waiting = commands.add_parser("due", help="tell what waits for its time", epilog="Exit status: 3 if one is late.")
    waiting.add_argument("--at", type=_instant, help="take this instant as now, e.g. 2026-12-01T06:00:00+05:00")
    waiting.add_argument("--output", default="output", type=Path, help="the last edition, to see what is late")
    waiting.set_defaults(run=_due)
    holding = commands.add_parser("withheld", help="tell the words that would betray a story that is held back")
    holding.add_argument("--at", type=_instant, help="take this instant as now, e.g. 2026-12-01T06:00:00+05:00")
    holding.set_defaults(run=_withheld)
    _add_ledger(commands)
    return parser


def _add_ledger(commands: Any) -> None:  # noqa: ANN401 - argparse names no type for it
    holding = commands.add_parser("hold", help="hold a built edition against the addresses ever published")
    holding.add_argument("built", type=Path, help="the folder of the built edition")
    holding.add_argument("--maps", default="build/redirects.nginx.conf", type=Path, help="where nginx's maps go")
    holding.add_argument("--addresses", type=Path, help="where the list of moved and gone addresses goes, as JSON")
    holding.set_defaults(run=_hold)
    recording = commands.add_parser("record", help="record the addresses of an edition that is published")
    recording.add_argument("built", type=Path, help="the folder of the edition")
    recording.add_argument("--at", type=_instant, help="take this instant as now")
    recording.set_defaults(run=_record)
    moving = commands.add_parser("redirect", help="accept that an address has moved")
    moving.add_argument("url", help="the old address, e.g. /2025/04/old/")
    moving.add_argument("target", help="the new one")
    moving.set_defaults(run=_redirect)
    leaving = commands.add_parser("gone", help="accept that an address is gone")
    leaving.add_argument("url", help="the address, e.g. /2025/04/old/")
    leaving.add_argument("--reason", required=True, help="why")
    leaving.set_defaults(run=_gone)


def _hold(chosen: argparse.Namespace) -> int:
    siteurl = configuration.values(chosen.settings).get("SITEURL", "")
    edition = configuration.edition(chosen.settings)
    count = keeping.hold(edition, chosen.built, siteurl, chosen.maps)
    if chosen.addresses:
        chosen.addresses.write_text(keeping.told(edition), "utf-8")
    print(f"No address is dropped; {count} lead elsewhere.")
    return 0


def _record(chosen: argparse.Namespace) -> int:
    edition = configuration.edition(chosen.settings)
    now = _now(chosen, edition)
    count = keeping.record(edition, chosen.built, now.date())
    print(f"{count} new addresses in {edition.shown}/{keeping.NAME}{': commit it' if count else ''}.")
    return 0


def _redirect(chosen: argparse.Namespace) -> int:
    row = keeping.move(configuration.edition(chosen.settings), chosen.url, chosen.target)
    print(f"/{row.url} leads to /{row.target}.")
    return 0


def _gone(chosen: argparse.Namespace) -> int:
    row = keeping.give_up(configuration.edition(chosen.settings), chosen.url, chosen.reason)
    print(f"/{row.url} is gone: {row.reason}")
    return 0


def _now(chosen: argparse.Namespace, edition: Edition) -> dt.datetime:
    """Return the instant given, else the environment's BUILD_TIME as a build has it, else the clock's."""
    given = chosen.at or (_instant(os.environ["BUILD_TIME"]) if os.environ.get("BUILD_TIME") else None)
    return (given or dt.datetime.now(dt.UTC)).astimezone(ZoneInfo(edition.zone))


def _instant(text: str) -> dt.datetime:
    instant = dt.datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError(text)
    return instant


def _new(chosen: argparse.Namespace) -> int:
    asking = new_story.Asking(input if sys.stdin.isatty() else None, print)
    print(new_story.run(chosen, configuration.edition(chosen.settings), asking))
    return 0


def _due(chosen: argparse.Namespace) -> int:
    edition = configuration.edition(chosen.settings)
    now = _now(chosen, edition)
    lines = list(schedule.told(schedule.due(edition), now, chosen.output))
    print("\n".join(lines) if lines else "Nothing waits for its time.")
    return 3 if any(line.startswith("late") for line in lines) else 0


def _withheld(chosen: argparse.Namespace) -> int:
    edition = configuration.edition(chosen.settings)
    settings = sorted(chosen.settings.parent.glob("*conf.py"))
    for word in telling.words(edition, _now(chosen, edition), settings):
        print(word)
    return 0


def _check(chosen: argparse.Namespace) -> int:
    findings = check(configuration.edition(chosen.settings), chosen.processes)
    if chosen.quiet:
        findings = [finding for finding in findings if finding.severity != "note"]
    if findings or chosen.format == "json":
        print(shown(findings, chosen.format))
    counted = Counter(finding.severity for finding in findings)
    words = ", ".join(f"{counted[each]} {each}{'s' * (counted[each] != 1)}" for each in ("error", "warning", "note"))
    print(f"Stories checked: {words}.", file=sys.stderr)
    return int(bool(counted["error"] or (chosen.strict and counted["warning"])))


if __name__ == "__main__":
    sys.exit(main())
