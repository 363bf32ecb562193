"""One process and all that it starts: how long it took, what it cost, how much memory it held."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

EVERY = 0.25  # seconds between two looks at the memory
SPARING = 40  # times as long as a look took, at least: to look at gigabytes takes the kernel a while
TICKS = os.sysconf("SC_CLK_TCK")


class Failed(Exception):  # noqa: N818 - it is what has happened to the command
    """A command that did not do its work, with the end of what it said."""


@dataclass(frozen=True)
class Measure:
    """What one run cost."""

    wall: float
    """Seconds from start to end."""
    cpu: float
    """Seconds of work on any core, in programs and the kernel, of the process and all that it started."""
    peak: float
    """Megabytes (10⁶) of the largest of its processes, at most."""
    tree: float
    """Megabytes of all its processes together, at most, as sampled; what they share is counted once."""


@dataclass(frozen=True)
class Work:
    """How commands are run."""

    folder: Path
    environment: Mapping[str, str]
    log: Path
    """Gets what the commands say."""
    limit: float
    """Seconds after which a command is ended."""


def run(command: Sequence[str], work: Work) -> Measure:
    """Run the command and return its cost; Failed if it fails or takes longer than the limit."""
    with work.log.open("ab") as log:
        began = time.perf_counter()
        process = start(command, work, log.fileno())
        ending = threading.Timer(work.limit, os.killpg, (process.pid, signal.SIGKILL))
        ending.start()
        memory = Memory(process.pid)
        memory.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        ending.cancel()
        memory.end()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise Failed(f"{' '.join(command)}: exit status {process.returncode}\n{said(work.log)}")
    peak = usage.ru_maxrss * 1024 / 1e6
    return Measure(wall, usage.ru_utime + usage.ru_stime, peak, max(peak, memory.highest))


def start(command: Sequence[str], work: Work, output: int) -> subprocess.Popen[bytes]:
    """Start the command in a process group of its own."""
    return subprocess.Popen(  # noqa: S603 - the bench's own commands
        command,
        cwd=work.folder,
        env=dict(work.environment),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        start_new_session=True,
    )


def said(log: Path, letters: int = 2000) -> str:
    """Return the end of a log."""
    return log.read_text("utf-8", "replace")[-letters:]


class Memory(threading.Thread):
    """Looks at the memory of a process and its descendants until it is ended."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self._process = process
        self._ended = threading.Event()
        self.highest = 0.0
        """Megabytes, the most that was seen."""

    def run(self) -> None:
        """Look, and look again."""
        pause = EVERY
        while not self._ended.wait(pause):
            began = time.perf_counter()
            self.highest = max(self.highest, sum(map(held, family(self._process))))
            pause = max(EVERY, SPARING * (time.perf_counter() - began))

    def end(self) -> None:
        """Stop looking."""
        self._ended.set()
        self.join()


def family(process: int) -> list[int]:
    """Return the process and all its descendants that still run."""
    found = [process]
    for file in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(OSError):  # that thread, or all of it, has just ended
            found += (one for child in file.read_text("ascii").split() for one in family(int(child)))
    return found


def held(process: int) -> float:
    """Return the megabytes that a process holds, its share of what it shares included; 0 when it has ended."""
    return _megabytes(process, "smaps_rollup", "Pss:")


def largest(process: int) -> float:
    """Return the megabytes that a process held at most; 0 when it has ended."""
    return _megabytes(process, "status", "VmHWM:")


def _megabytes(process: int, file: str, label: str) -> float:
    """Return what the kernel tells in kibibytes after ``label``."""
    try:
        lines = Path(f"/proc/{process}/{file}").read_text("utf-8").splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) * 1024 / 1e6 for line in lines if line.startswith(label))


def worked(process: int) -> float:
    """Return the seconds of work of a process and of those children of it that have ended."""
    try:
        text = Path(f"/proc/{process}/stat").read_text("utf-8", "replace")
    except OSError:
        return 0.0
    return sum(map(int, text.rpartition(")")[2].split()[11:15])) / TICKS
