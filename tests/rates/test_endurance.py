"""Crashes at any moment."""

import os
import random
import subprocess
import time

from tests.rates.newsroom import good

KILLS = int(os.environ.get("KILLS", "12"))  # docs/rates.md says how the hundred were run


def begin(newsroom, hour: str) -> subprocess.Popen[bytes]:
    """Begin the real command as of an hour, and say nothing."""
    return subprocess.Popen(
        [*newsroom.command(), "rates", "--at", f"2026-05-20T{hour}:00Z"],
        cwd=newsroom.site.folder,
        env=newsroom.environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def test_a_kill_at_any_moment_leaves_a_readable_history_and_loses_no_row(newsroom):
    chance = random.Random(os.environ.get("SEED", "kerege"))  # noqa: S311 -- moments, not secrets
    started = time.monotonic()
    with begin(newsroom, "09:00") as process:
        assert process.wait(60) == 0
    lasts = time.monotonic() - started
    base = newsroom.known()
    for number in range(KILLS):
        value = 470 + number % 20 / 10
        newsroom.answers.update(good({"KZT": f"{value:.2f}"}))
        with begin(newsroom, f"{10 + number // 60:02d}:{number % 60:02d}") as process:
            time.sleep(chance.uniform(lasts * 0.3, lasts * 1.1))
            process.kill()
        rows = newsroom.known()
        assert base <= rows, "an accepted row is lost"
        base = rows
    newsroom.answers.update(good())
    assert newsroom.rates("2026-05-20T20:00:00Z").returncode == 0, "the next run finishes the work"
