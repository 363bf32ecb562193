"""The command ``python -m plugins.publishing``: carry a built edition to its host, or bring one back."""

import argparse
import datetime as dt
import getpass
import os
import platform
import sys
from pathlib import Path

from .._kit.errors import EditionError
from . import addresses, configuration, records, releasing, serving
from .configuration import Configuration
from .errors import PublishingError
from .gate import command as gate
from .programs import Program
from .releasing import Desk, Wish

TOLD = "Status: 0 done; 1 what is live stays; 2 the settings or the edition are wrong; 3 live, not served as it should."


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit status."""
    chosen = _parser().parse_args(arguments)
    try:
        return int(chosen.run(chosen, configuration.read(chosen.settings, os.environ)))
    except (EditionError, PublishingError) as error:
        print(error, file=sys.stderr)
        return error.exitcode
    except KeyboardInterrupt:
        print("Interrupted. What is live is whole; the same command again finishes the work.", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m plugins.publishing", description="The press room.")
    parser.add_argument("--settings", default="publishconf.py", type=Path, help="the edition's settings file")
    commands = parser.add_subparsers(required=True)
    publishing = commands.add_parser("publish", help="carry a built edition to its host", epilog=TOLD)
    publishing.add_argument("built", type=Path, help="the folder of the built edition")
    publishing.add_argument("--dry-run", action="store_true", help="end after the plan")
    publishing.add_argument("--full", action="store_true", help="upload every file, whatever is live")
    publishing.add_argument("--addresses", type=Path, help="a JSON file of the addresses that have moved or are gone")
    gate.add_withheld(publishing)
    publishing.set_defaults(run=_publish)
    patching = commands.add_parser("patch", help="carry only some files, on top of what is live", epilog=TOLD)
    patching.add_argument("built", type=Path, help="the folder in which the files are")
    patching.add_argument("files", nargs="+", help="files or folders in it, relative to it")
    patching.add_argument("--dry-run", action="store_true", help="end after the plan")
    gate.add_withheld(patching)
    patching.set_defaults(run=_patch)
    gate.add_arguments(commands)
    back = commands.add_parser("rollback", help="let readers have an earlier release again", epilog=TOLD)
    back.add_argument("--to", default="", help="the release; without it the one before the live one")
    back.set_defaults(run=_roll_back)
    commands.add_parser("releases", help="list the kept releases, the newest first").set_defaults(run=_releases)
    commands.add_parser("verify", help="ask the host again for what is live", epilog=TOLD).set_defaults(run=_verify)
    return parser


def _publish(chosen: argparse.Namespace, found: Configuration) -> int:
    known = addresses.read(chosen.addresses)
    rules = serving.prepare(chosen.built, found, gate.withheld(chosen.withheld), known)
    wish = Wish(chosen.built, _now(), chosen.dry_run, chosen.full, rules.rules, known)
    releasing.publish(_desk(found), wish)
    return 0


def _patch(chosen: argparse.Namespace, found: Configuration) -> int:
    paths = releasing.files(chosen.built, chosen.files)
    serving.let_through(chosen.built, paths, found, gate.withheld(chosen.withheld))
    releasing.publish(_desk(found), Wish(chosen.built, _now(), dry=chosen.dry_run, only=paths))
    return 0


def _roll_back(chosen: argparse.Namespace, found: Configuration) -> int:
    releasing.roll_back(_desk(found), _now(), chosen.to)
    return 0


def _releases(_chosen: argparse.Namespace, found: Configuration) -> int:
    target = configuration.target(found, os.environ)
    lines = list(records.listed(target.records(), target.live()))
    print("\n".join(lines) if lines else f"Nothing was published to {target.place} yet.")
    return 0


def _verify(_chosen: argparse.Namespace, found: Configuration) -> int:
    releasing.verify(_desk(found), _now())
    return 0


def _desk(found: Configuration) -> Desk:
    target = configuration.target(found, os.environ)
    commit = Program(("git",), os.environ).attempt(["-C", str(found.folder), "rev-parse", "HEAD"])
    return Desk(
        target=target,
        settings=found.settings,
        by=f"{getpass.getuser()}@{platform.node()} (process {os.getpid()})",
        source=commit[1].decode().strip() if commit[0] == 0 else "",
        say=_say,
        host=configuration.host(found),
        served=found.folder / found.settings.folder.path / "current",
    )


def _say(line: str) -> None:
    print(line, flush=True)


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


if __name__ == "__main__":
    sys.exit(main())
