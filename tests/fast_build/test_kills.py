"""A build killed at any moment, with all its processes: the next one leaves what a clean stock build makes.

``KILLS=100 SEED=7 pytest tests/fast_build/test_kills.py`` kills a hundred.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from . import walks
from .newsroom import ROOT, BuildServer, Newsroom

KILLS = int(os.environ.get("KILLS", "3"))
EDITS = (walks.body, walks.figure, walks.picture, walks.add, walks.template, walks.style, walks.rates, walks.page)
"""Edits after which an edition can always be built."""


@pytest.fixture
def servers() -> Iterator[tuple[BuildServer, BuildServer]]:
    made = (BuildServer(walks.SEED % 1000), BuildServer(walks.SEED % 1000 + 1))
    yield made
    for server in made:
        server.stop()


def begin(room: Newsroom) -> subprocess.Popen[bytes]:
    """Begin the real command, in a process group of its own."""
    options = ("-s", "settings.py", "-o", "fast", "--fatal=errors")
    return subprocess.Popen(
        [sys.executable, "-m", "plugins.fast_build", "build", "content", *options],
        cwd=room.folder,
        env={**os.environ, "BUILD_TIME": room.now, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def forget(room: Newsroom) -> None:
    """Let the next build be the first."""
    shutil.rmtree(room.folder / "fast", ignore_errors=True)
    shutil.rmtree(room.folder / ".cache" / "fast_build", ignore_errors=True)


def seconds_of(room: Newsroom) -> float:
    """Build to the end; return how long it takes."""
    began = time.monotonic()
    with begin(room) as process:
        assert process.wait(120) == 0
    return time.monotonic() - began


def kill(room: Newsroom, after: float) -> bool:
    """Begin a build and kill all its processes ``after`` so many seconds; return whether it was still at work."""
    with begin(room) as process:
        time.sleep(after)
        at_work = process.poll() is None
        if at_work:
            os.killpg(process.pid, signal.SIGKILL)
        assert process.wait(60) in {0, -signal.SIGKILL}
    return at_work


def test_after_a_kill_at_any_moment_a_build_leaves_what_a_clean_one_makes(
    tmp_path: Path, servers: tuple[BuildServer, BuildServer], capsys: pytest.CaptureFixture[str]
) -> None:
    chance = random.Random(walks.SEED)  # noqa: S311 - repeatable, not secret
    room = Newsroom(tmp_path / "room", stories=6)
    lasts, told = {True: seconds_of(room)}, []
    walks.template(room, chance)
    lasts[False] = seconds_of(room)
    for number in range(KILLS):
        cold = number % 3 == 0
        if cold:
            forget(room)
        edits = [chance.choice(EDITS)(room, chance) for _ in range(chance.randrange(3))]
        at_work = kill(room, chance.uniform(0, lasts[cold]))
        told.append(f"{'first build' if cold else edits}, {'killed' if at_work else 'done'}")
        (fast, log), (stock, stock_log) = walks.both(room, servers)
        assert (fast, stock) == (0, 0), f"{told[-1]}\n{log}\n{stock_log}"
        assert walks.differences(room) == [], told[-3:]
    with capsys.disabled():
        if KILLS > 10:
            killed = sum(each.endswith("killed") for each in told)
            sys.stdout.write(f"\nKilled at work: {killed} of {KILLS}, seed {walks.SEED}.\n")
