"""What other plugins have to say of stories: their own commands, run beside the check, that write JSON lines.

A checker is a module named in the setting ``EDITORIAL["checkers"]``. Of it is run ``python -m MODULE audit --jsonl
--processes N FOLDER…``: it writes a ``Problem`` as JSON a line for whatever it finds in the stories below the folders,
and ends with status 0.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

import msgspec

from ..._kit.errors import EditionError, Problem
from .findings import Finding
from .rules import RULES
from .stories import Edition

_LINES = msgspec.json.Decoder(Problem)


class _Running(msgspec.Struct, frozen=True):
    """A checker at work."""

    name: str
    process: subprocess.Popen[bytes]
    said: IO[bytes]
    complained: IO[bytes]


class Checkers:
    """The checkers of an edition, at work beside the check itself."""

    def __init__(self, edition: Edition, running: list[_Running]) -> None:
        self._edition = edition
        self._running = running

    def findings(self) -> Iterator[Finding]:
        """Yield what each has found, waiting for it; raises EditionError for one that failed."""
        for one in self._running:
            status = one.process.wait()
            for file in (one.said, one.complained):
                file.seek(0)
            if status:
                lines = one.complained.read().decode(errors="replace").strip().splitlines() or ["no word"]
                message = f"{one.name!r} failed with status {status}: {lines[-1]}"
                raise EditionError([Problem("EDITORIAL['checkers']", 0, message, "See docs/settings.md.", "settings")])
            shown = cache(self._shown)
            for told in _LINES.decode_lines(one.said.read()):
                severity = RULES[told.code].severity if told.code in RULES else "warning"
                yield Finding(shown(told.path), max(1, told.line), 1, told.code, severity, told.message, told.remedy)

    def _shown(self, path: str) -> str:
        """Return how a file is named in messages."""
        content = self._edition.content
        inside = Path(path).is_relative_to(content)
        return f"{self._edition.shown}/{Path(path).relative_to(content).as_posix()}" if inside else path


@contextmanager
def started(edition: Edition, processes: int) -> Iterator[Checkers]:
    """Start the edition's checkers with ``processes`` each; none outlives the block."""
    folders = [edition.content / folder for folder in edition.article_paths]
    there = [str(folder) for folder in folders if folder.is_dir()]
    with ExitStack() as open_until_told:
        running: list[_Running] = []
        for name in edition.settings.checkers if there else ():
            command = [sys.executable, "-m", name, "audit", "--jsonl", "--processes", str(processes), *there]
            said = open_until_told.enter_context(TemporaryFile())
            complained = open_until_told.enter_context(TemporaryFile())
            process = subprocess.Popen(command, stdout=said, stderr=complained)  # noqa: S603 - no shell; a module by name
            open_until_told.callback(_end, process)
            running.append(_Running(name, process, said, complained))
        yield Checkers(edition, running)


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.kill()
        process.wait()
