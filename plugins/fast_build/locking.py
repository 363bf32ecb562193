"""One build at a time: a second waits, and says for whom."""

import fcntl
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def held(file: Path) -> Iterator[None]:
    """Hold the lock ``file``; the system lets go of it when the process ends, however it ends."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a+", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            sys.stderr.write(f"Another build is at work here (process {lock.read().strip()}); waiting for it.\n")
            fcntl.flock(lock, fcntl.LOCK_EX)
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield
