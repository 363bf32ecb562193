"""The command ``python -m plugins.editorial``: check every story."""

import argparse
import os
import sys
from collections import Counter
from pathlib import Path

from .._kit.errors import EditionError
from . import configuration
from .checking.findings import shown
from .checking.running import check


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit status."""
    chosen = _parser().parse_args(arguments)
    try:
        return int(chosen.run(chosen))
    except EditionError as error:
        print(error, file=sys.stderr)
        return error.exitcode


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
    return parser


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
