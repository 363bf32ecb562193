"""The command ``python -m plugins.publishing gate FOLDER``."""

import argparse
from pathlib import Path
from typing import Any

from ..configuration import Configuration
from ..headers import describe
from .inspection import inspect
from .reporting import report


def add_arguments(commands: Any) -> None:  # noqa: ANN401 - argparse names no type for it
    """Add the command to those of the package."""
    told = "Status: 0 nothing is wrong; 1 something is; 2 the settings are wrong."
    gate = commands.add_parser("gate", help="tell what is wrong with a built edition", epilog=told)
    gate.add_argument("built", type=Path, help="the folder of the built edition")
    gate.add_argument("--most", type=int, default=10, help="how many problems of a kind are told")
    add_withheld(gate)
    gate.set_defaults(run=_run)


def add_withheld(command: argparse.ArgumentParser) -> None:
    """Add the option that names what is withheld."""
    command.add_argument("--withheld", type=Path, help="a file of words and paths, one a line, that may occur nowhere")


def withheld(file: Path | None) -> tuple[str, ...]:
    """Return the words in ``file``, one a line; none without a file."""
    lines = file.read_text("utf-8").splitlines() if file else []
    return tuple(line.strip() for line in lines if line.strip())


def _run(chosen: argparse.Namespace, found: Configuration) -> int:
    rules = describe(chosen.built, found.settings.policy)
    problems = inspect(chosen.built, rules, found.siteurl, found.settings.inspection, withheld(chosen.withheld))
    print(report(problems, chosen.most))  # noqa: T201 - a command prints
    return int(bool(problems))
