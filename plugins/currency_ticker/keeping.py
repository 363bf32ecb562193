"""The rates folder: changed under a lock, each file replaced whole, so that a crash leaves the last good state."""

import contextlib
import datetime as dt
import fcntl
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from . import history, waiting
from .gate import Judgement, Verdict
from .model import Observation
from .waiting import Waiting

CONFIRMED_HEADER = "confirmed_at,effective_date,currency,source,value,reason"


class Store:
    """The history (``history``), beside it ``held.csv`` and ``confirmed.csv``, in one folder."""

    def __init__(self, file: Path) -> None:
        self.history = file
        self.held = file.with_name("held.csv")
        self.confirmed = file.with_name("confirmed.csv")

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the folder's lock: whoever comes second waits. The system lets go of it if the process dies."""
        folder = os.open(self.history.parent, os.O_RDONLY)
        try:
            fcntl.flock(folder, fcntl.LOCK_EX)
            yield
        finally:
            os.close(folder)

    def observations(self) -> tuple[Observation, ...]:
        """Return what is believed; raises EditionError as ``history.read`` does."""
        return history.read(self.history, str(self.history))

    def waiting(self) -> tuple[Waiting, ...]:
        """Return what is held; raises EditionError as ``waiting.read`` does."""
        return waiting.read(self.held, str(self.held))

    def keep(self, judged: Iterable[Judgement]) -> None:
        """Put what is accepted into the history and what is held beside it; call it under the lock.

        The history is written first: between the two a figure may be both believed and waiting, never neither.
        Whatever else is known of its day, a figure that was held gives way to it.
        """
        everything = tuple(judged)
        accepted = [each.observation for each in everything if each.verdict is Verdict.ACCEPTED]
        if accepted:
            _replace(self.history, history.render([*self.observations(), *accepted]))
        others = {each.observation.place: each for each in self.waiting()}
        for each in everything:
            others.pop(each.observation.place, None)
        held = [Waiting(each.observation, each.reason) for each in everything if each.verdict is Verdict.HELD]
        left = [*others.values(), *held]
        if left or self.held.exists():
            _replace(self.held, waiting.render(left))

    def confirm(self, released: Waiting, at: dt.datetime, reason: str) -> None:
        """Believe ``released`` on an editor's word, given ``at`` (UTC) for ``reason``; call it under the lock."""
        seen = released.observation
        row = f"{at:%Y-%m-%dT%H:%M:%SZ},{seen.effective_date},{seen.currency},{seen.source},{seen.value},{reason}"
        before = self.confirmed.read_text("utf-8") if self.confirmed.exists() else CONFIRMED_HEADER + "\n"
        _replace(self.confirmed, f"{before}{row}\n")
        self.keep([Judgement(seen, Verdict.ACCEPTED, reason)])


def _replace(file: Path, text: str) -> None:
    """Replace ``file`` by ``text`` so that after a crash it holds either the old or the new, whole."""
    new = file.with_name(f".{file.name}.new")
    with new.open("w", encoding="utf-8", newline="") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    new.replace(file)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
