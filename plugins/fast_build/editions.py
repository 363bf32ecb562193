"""Which edition the preview shows: the last that was whole, and what is wrong with a newer attempt."""

import threading
from pathlib import Path

import msgspec


class Edition(msgspec.Struct, frozen=True):
    """What the preview shows at one moment."""

    number: int
    """Counts the attempts, from 1; 0 before the first is done."""
    folder: Path | None
    """The last whole edition's files, or None if there has been none yet."""
    problem: str
    """Why the newest attempt failed, as its builder said it; empty when it did not."""


class Editions:
    """The current edition, told to all who wait for the next; safe to use from many threads."""

    def __init__(self) -> None:
        self._current = Edition(0, None, "")
        self._changed = threading.Condition()

    @property
    def current(self) -> Edition:
        """The edition to show now."""
        return self._current

    def publish(self, folder: Path) -> None:
        """Show the whole edition in ``folder`` from now on."""
        self._turn(folder, "")

    def fail(self, problem: str) -> None:
        """Keep the edition that is shown, and tell ``problem`` with it."""
        self._turn(self._current.folder, problem or "The build failed and gave no reason.")

    def wait(self, number: int, seconds: float) -> Edition:
        """Return the current edition, as soon as its number is not ``number``, or after ``seconds``."""
        with self._changed:
            self._changed.wait_for(lambda: self._current.number != number, seconds)
            return self._current

    def _turn(self, folder: Path | None, problem: str) -> None:
        with self._changed:
            self._current = Edition(self._current.number + 1, folder, problem)
            self._changed.notify_all()
