"""What one sees while pictures are made: a bar on a terminal, plain lines in a log."""

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

import msgspec

_WORDS = "Making pictures"


@contextmanager
def shown(total: int, stream: TextIO | None = None) -> Iterator[Callable[[], None]]:
    """Yield what is called after each of ``total`` originals, by any thread; the words go to the standard error."""
    if not total:  # as in most builds, which need not import what draws a bar
        yield lambda: None
        return
    from rich.console import Console  # noqa: PLC0415 - see above
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    console = Console(file=stream or sys.stderr)
    if console.is_terminal:
        columns = (TextColumn(_WORDS), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=console, transient=True) as bar:
            task = bar.add_task(_WORDS, total=total)
            yield lambda: bar.advance(task)
    else:
        yield _Lines(total, stream or sys.stderr).done


class _Lines(msgspec.Struct):
    """Ten lines at most, so that the log of a long build shows that it goes on."""

    total: int
    stream: TextIO
    _count: int = 0
    _lock: threading.Lock = msgspec.field(default_factory=threading.Lock)

    def done(self) -> None:
        with self._lock:
            self._count += 1
            if self._count * 10 // self.total > (self._count - 1) * 10 // self.total:
                print(f"{_WORDS}: {self._count} of {self.total} originals", file=self.stream, flush=True)
