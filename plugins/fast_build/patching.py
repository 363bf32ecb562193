"""Files of which nothing is another but the texts of some stories: these are put into what is there."""

import os
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any

import msgspec

from .jobs import Job
from .numbering import Numbers, held
from .records import Made
from .standing import Seen
from .tracing import Recorder


class Patcher:
    """Finds what can be patched in ``output``; ``story`` returns one by its path."""

    def __init__(self, output: Path, recorder: Recorder, numbers: Numbers, story: Callable[[str], Any]) -> None:
        self._output = output
        self._recorder = recorder
        self._numbers = numbers
        self._story = story

    def patching(self, job: Job, made: Made, given: bytes, changed: Collection[int]) -> Job | None:
        """Return a job that makes what ``job`` would, of what it ``made``; None if more than texts is another.

        ``given`` is the digest of what it is given, and ``changed`` is what may be another of all that is read.
        Of its files as they were it takes what stands in them, and so it has read what was read for them; if they are
        not so any more, all is made anew.
        """
        if job.patch is None or not given or given != made.given:
            return None
        patch, keys = job.patch, [self._numbers.key(number) for number in held(made.keys, changed)]
        if not all(key[0] == "text" for key in keys):
            return None
        stories = [self._story(key[1]) for key in keys]
        if None in stories:
            return None

        def make(_: Job) -> Mapping[str, bytes]:
            files = _as_they_were(self._output, made.files)
            patched = patch(files, stories) if files else None
            if patched is None:
                return job.make(job)
            for number in memoryview(made.keys).cast("I"):
                self._recorder.note(self._numbers.key(number))
            return patched

        return msgspec.structs.replace(job, make=make)


def _as_they_were(output: Path, known: Mapping[str, Seen]) -> dict[str, bytes] | None:
    """Return files below ``output`` by name; None if one is not as it is ``known``."""
    found: dict[str, bytes] = {}
    for name, stamp in known.items():
        try:
            with open(f"{output}/{name}", "rb") as file:  # noqa: PTH123 - quicker
                seen = os.fstat(file.fileno())
                found[name] = file.read()
        except OSError:
            return None
        if (seen.st_size, seen.st_mtime_ns) != stamp:
            return None
    return found
