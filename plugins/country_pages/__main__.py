"""The commands ``python -m plugins.country_pages suggest`` and ``audit``."""

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from .tagging.archive import Audited, articles_in, audited, audits, mend, written_out
from .tagging.jsonl import answers
from .tagging.suggestions import Tagger


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit status."""
    chosen = _parser().parse_args(arguments)
    if chosen.command == "suggest":
        return _suggest()
    return _audit(chosen)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m plugins.country_pages",
        description="Say which countries stories are about, and hold an archive's tags against it (docs/tagging.md).",
    )
    commands = parser.add_subparsers(dest="command", required=True)
    suggest = commands.add_parser(
        "suggest",
        help="read stories from standard input, write their countries",
        description='Reads a JSON object a line, {"id", "title", "text"}, and writes {"id", "countries", "why"} a '
        "line, in order and at once. Bad lines are named on standard error, and the status is then 1.",
    )
    suggest.add_argument("--jsonl", action="store_true", required=True, help="one JSON object a line, in and out")
    audit = commands.add_parser(
        "audit",
        help="tell the countries that articles miss, and those nothing supports",
        description="Prints path:line: and the sentence for each finding. Status 1 when a country is missing, else 0.",
    )
    default = [Path("content/articles")]
    audit.add_argument("folders", nargs="*", type=Path, default=default, help="default: content/articles")
    audit.add_argument("--jsonl", action="store_true", help="write one JSON object a line, for the check on stories")
    audit.add_argument("--fix", action="store_true", help="write missing countries into the front matter")
    audit.add_argument("--processes", type=int, default=os.cpu_count() or 1, help="default: every core (%(default)s)")
    return parser


def _suggest() -> int:
    status = 0
    for answer in answers(iter(sys.stdin.buffer.readline, b""), Tagger()):
        if answer.complaint:
            status = 1
            print(answer.complaint, file=sys.stderr, flush=True)
        else:
            sys.stdout.buffer.write(answer.line.encode() + b"\n")
            sys.stdout.buffer.flush()
    return status


def _audit(chosen: argparse.Namespace) -> int:
    for folder in chosen.folders:
        if not folder.is_dir():
            print(f"{folder}: is no folder. Name the folder of the articles.", file=sys.stderr)
            return 2
    paths = [path for folder in chosen.folders for path in articles_in(folder)]
    if chosen.jsonl:
        return _write_lines(paths, chosen.processes)
    left = unread = mended = 0
    with audits(paths, chosen.processes, audited) as results:
        for one in _with_progress(results, len(paths)):
            problem = one.problem or (mend(one) if chosen.fix and one.missing else None)
            unread += problem is not None
            is_mended = bool(chosen.fix and one.missing and problem is None)
            mended += is_mended
            left += 0 if is_mended else len(one.missing)
            _tell(one, problem)
    done = f", {mended} mended" if chosen.fix else ""
    print(f"{len(paths)} articles audited, {left} countries missing{done}.", file=sys.stderr)
    return 1 if left or unread else 0


def _write_lines(paths: list[Path], processes: int) -> int:
    """Write each finding as JSON; a file that cannot be read is for the check that reads this to tell."""
    with audits(paths, processes, written_out) as results:
        sys.stdout.buffer.writelines(results)
    return 0


def _tell(one: Audited, problem: object) -> None:
    for finding in one.findings:
        print(finding.problem())
    if problem is not None:
        print(problem)


def _with_progress(results: Iterator[Audited], count: int) -> Iterator[Audited]:
    """Pass results on, with a bar on standard error where that is a terminal."""
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        yield from progress.track(results, total=count, description="Auditing")


if __name__ == "__main__":
    sys.exit(main())
