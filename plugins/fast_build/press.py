"""Where pages and files are made, over all cores."""

import os
import resource
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from .._kit.output import write
from . import forking, nearness
from .jobs import Job
from .numbering import Key, Numbers
from .records import Made
from .slots import Slot
from .standing import Seen, seen
from .tracing import Recorder

_Result = tuple[bytes, Sequence[Key], Sequence[Slot], Seen | dict[str, Seen], bytes]
"""What was read that has a number, what has none yet, the slots not met before; the rest is as of what is printed."""
Given = Callable[[Mapping[str, Any]], bytes]
"""Finds out the digest of what something is given."""
Printed = tuple[bytes, Seen | dict[str, Seen], bytes]
"""What was read, the files as they were seen, and the digest of what was given, if that was asked for.

Of one file that goes by the job's name, as pages do, only what was seen: there are many, and each name takes memory.
"""
_MANY = 128  # pages that are made in more than the time that it takes to fork a process with a whole edition
_FEW = 8  # that is true of when there is little of it in memory
_OPEN = 64  # files that are held open at most, as a process may have a thousand
_FOR_ONE = 25_000_000  # bytes in memory for each of them, if there is more than a little


def _few() -> int:
    """Return how many pages are worth it where little was in memory at first: a fork copies what maps all of it."""
    return min(max(_FEW, _held() // _FOR_ONE), _MANY)


def _held() -> int:
    """Return how much is in memory now, in bytes."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * resource.getpagesize()


def not_asked(_given: Mapping[str, Any]) -> bytes:
    """Return nothing, where nobody asks for it."""
    return b""


class Press:
    """Makes what belongs to the ``output`` folder; ``slots`` are all that were met, by their keys."""

    def __init__(
        self, output: Path, recorder: Recorder, numbers: Numbers, slots: dict[Key, Slot], processes: int
    ) -> None:
        self._output = output
        self._recorder = recorder
        self._numbers = numbers
        self._slots = slots
        self._processes = processes
        self.holds_little = False
        """Whether there is little of the edition in memory."""
        self.is_first = False
        """Whether there was no build before, so that there is likely no file either."""
        self._replaced: list[int] = []

    def let_go(self) -> None:
        """Let the file system forget what the files were before."""
        while self._replaced:
            os.close(self._replaced.pop())

    def print(self, jobs: Sequence[Job], given: Given = not_asked, fewest: int = 0) -> dict[str, Printed]:
        """Make all of ``jobs``; return by what each goes by what came of it. A process is worth it for the ``fewest``.

        The first of each kind is made here: what most of its kind read has numbers by then, and workers send no names.
        Where the edition was taken up, it has them already.
        """

        def make(place: int) -> _Result:
            return self.make(jobs[place], given)

        firsts = () if self.holds_little else nearness.firsts(jobs)
        made = {place: self._numbered(make(place)) for place in firsts}
        rest = [place for place in nearness.in_order(jobs) if place not in made]
        fewest = fewest or (_few() if self.holds_little else _MANY) // 2
        results = forking.each(make, rest, self._processes, fewest)
        made |= zip(rest, map(self._numbered, results), strict=True)
        return {job.key: made[place] for place, job in enumerate(jobs)}

    def _numbered(self, result: _Result) -> Printed:
        known, new, found, files, given = result
        self._slots.update((slot.key, slot) for slot in found)
        return known + self._numbers.packed(new), files, given

    def make(self, job: Job, given: Given = not_asked) -> _Result:
        """Make what ``job`` is to be, here and now."""
        made: Mapping[str, bytes] = {}
        self._recorder.begin(job.context, job.given, None if job.template else job.vouched)
        try:
            if job.template:
                self._recorder.note(("template", job.template.name or ""))
            made = job.make(job)
        finally:
            keys, found = self._recorder.leave(made.values())
        new = [slot for slot in found if slot.key not in self._slots]
        self._slots.update((slot.key, slot) for slot in new)
        keys.update(slot.key for slot in found)
        for name, content in made.items():
            write(f"{self._output}/{name}", content, is_new=self.is_first, replaced=self._replaced)
        if len(self._replaced) > _OPEN:
            self.let_go()
        files = {name: seen(f"{self._output}/{name}") for name in made}
        seen_of_it = files[job.key] if files.keys() == {job.key} else files
        known, unknown = self._numbers.parted(keys)
        return known, unknown or (), new or (), seen_of_it, given(job.given)  # a list takes memory, if empty too


def record(name: str, printed: Printed, given: bytes) -> Made:
    """Return what was ``printed`` as a record of what goes by ``name`` and was ``given`` something of that digest."""
    keys, files, _ = printed
    return Made(given, keys, files if isinstance(files, dict) else {name: files})
