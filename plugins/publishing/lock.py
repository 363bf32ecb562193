"""One publish at a time: a lock that the kernel gives back when its holder dies, with words on who holds it."""

import contextlib
import fcntl
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from .errors import PublishingError

Say = Callable[[str], None]


@contextlib.contextmanager
def held(file: Path, holder: str, wait: float, say: Say) -> Iterator[None]:
    """Hold the lock ``file`` in the name of ``holder`` while the block runs.

    Another's lock is waited for ``wait`` seconds, said once; then PublishingError tells who holds it. The lock of a
    process that has ended, however it did, is free: it is the kernel's (flock), not the file's being there.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _take(descriptor, wait, say)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, holder.encode(), 0)
        yield
    finally:
        os.close(descriptor)


def _take(descriptor: int, wait: float, say: Say) -> None:
    until = time.monotonic() + wait
    told = False
    while not _taken(descriptor):
        holder = os.pread(descriptor, 1000, 0).decode("utf-8", "replace")
        words = f"Another publish is at work: {holder or 'just begun'}"
        if time.monotonic() >= until:
            raise PublishingError(f"{words}. Nothing was uploaded. Try again when it has ended.")
        if not told:
            say(f"{words}. Waiting for its end, {wait:.0f} s at most.")
            told = True
        time.sleep(min(0.2, wait))


def _taken(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
