"""The process that stays, asked by a test."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from .newsroom import ROOT, Newsroom

Stamps = dict[str, tuple[int, int]]


class Residence:
    """The command that stays, and what it has been told of the sources."""

    def __init__(self, room: Newsroom) -> None:
        self._room = room
        ours, theirs = os.pipe()
        command = f"-m plugins.fast_build reside {theirs} content -s settings.py -o fast --fatal=errors"
        self._process = subprocess.Popen(
            [sys.executable, *command.split(), "--log-handler", "plain"],
            cwd=room.folder,
            env={**os.environ, "BUILD_TIME": room.now, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=[theirs],
            text=True,
        )
        os.close(theirs)
        self._answers = os.fdopen(ours)
        self._seen: Stamps = {}

    def ask(self, look: Callable[[], object] = lambda: None, also: Sequence[Path] = ()) -> dict[str, Any]:
        """Tell of all that has changed since the last time, and ``also`` of files that came and went.

        Returns the answer. ``look`` is called where some of it can be seen before.
        """
        before, self._seen = self._seen, self._stamps()
        changed = sorted(name for name, _ in before.items() ^ self._seen.items()) if before else []
        assert self._process.stdin
        self._process.stdin.write(json.dumps(sorted({*changed, *map(str, also)})) + "\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._answers.readline())
        while answer == {"ahead": True}:
            look()
            answer = json.loads(self._answers.readline())
        return answer

    def open_without_name(self) -> int:
        """Return how many files without a name, or that lost theirs, the process has open."""
        opened = Path(f"/proc/{self._process.pid}/fd").iterdir()
        names = [os.readlink(each) for each in opened]  # noqa: PTH115 - they are no paths any more
        return sum(name.startswith(str(self._room.folder)) and name.endswith(" (deleted)") for name in names)

    def end(self, how: int = signal.SIGTERM) -> None:
        """End the process."""
        self._process.send_signal(how)
        self._process.communicate(timeout=60)
        self._answers.close()

    def _stamps(self) -> Stamps:
        files = (file for name in ("content", "theme") for file in (self._room.folder / name).rglob("*"))
        found = ((file, file.stat()) for file in files if file.is_file())
        return {str(file): (seen.st_size, seen.st_mtime_ns) for file, seen in found}
