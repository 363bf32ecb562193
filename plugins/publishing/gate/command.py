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
    gate.add_argument("--withheld", type=Path, help="a file of words and paths, one a line, that may occur nowhere")
    gate.set_defaults(run=_run)


def _run(chosen: argparse.Namespace, found: Configuration) -> int:
    words = chosen.withheld.read_text("utf-8").splitlines() if chosen.withheld else []
    withheld = tuple(word.strip() for word in words if word.strip())
    rules = describe(chosen.built, found.settings.policy)
    problems = inspect(chosen.built, rules, found.siteurl, found.settings.inspection, withheld)
    print(report(problems, chosen.most))  # noqa: T201 - a command prints
    return int(bool(problems))
