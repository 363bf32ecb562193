"""Pages, made only if something that they read has changed, over all cores."""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Template

from .._kit.output import write
from . import forking
from .inputs import Inputs
from .memory import Built, Made, Seen
from .tracing import Key, Recorder

_ALL = ("all",)  # what is read by a page that must be made each time
_NOWHERE = (-1, -1)


@dataclass(frozen=True)
class Job:
    """Something to be made: a page, or files that belong together."""

    key: str
    """What it goes by: for a page its file's name below the output folder."""
    context: Mapping[str, Any]
    """What every page gets, as it is at this moment."""
    given: Mapping[str, Any]
    """What this one is given besides."""
    make: Callable[["Job"], Mapping[str, bytes]]
    """Returns the files, by name below the output folder."""
    template: Template | None = None
    """What makes it, if it is a page."""

    def values(self) -> dict[str, Any]:
        """Return all that a page's template gets, as Pelican's writer puts it together."""
        return {**self.context, "output_file": self.key, **self.given}


def page(job: Job) -> Mapping[str, bytes]:
    """Make a page."""
    return {job.key: job.template.render(job.values()).encode()} if job.template else {}


class Renderer:
    """Makes the pages and files of one build in ``output``, by what is ``known`` of the last one."""

    def __init__(self, output: Path, recorder: Recorder, inputs: Inputs, known: Built, processes: int) -> None:
        self._output = output
        self._recorder = recorder
        self._inputs = inputs
        self._known = known
        self._processes = processes
        self._changed = {key for key, digest in known.digests.items() if not digest or inputs.digest(key) != digest}
        self._jobs: dict[str, Job] = {}
        self._made: dict[str, Made] = {}
        self._unqueued: set[Key] = set()

    def note_unqueued(self, keys: Iterable[Key]) -> None:
        """Note what was read for a page that is none of the jobs."""
        self._unqueued.update(keys)

    def make(self, jobs: Sequence[Job], written: Callable[[Path, dict[str, Any]], None]) -> None:
        """Make those of ``jobs`` that are due, and call ``written`` for each page in order, made or not.

        A page whose file ``written`` changes is always made again.
        """
        self._recorder.forget(())  # generators may change what they share between their turns
        given = [self._inputs.given(job.given) for job in jobs]
        due = [place for place, job in enumerate(jobs) if not self._is_current(job, given[place])]
        results = dict(zip(due, self._make_all([jobs[place] for place in due]), strict=True))
        for place, job in enumerate(jobs):
            keys, files = results[place] if place in results else self._as_known(job)
            self._keep(job, Made(given[place], keys, files), written)

    def renew(self, keys: Iterable[Key], written: Callable[[Path, dict[str, Any]], None]) -> bool:
        """Make again what reads any of ``keys``, which may be other than they were; return whether that can be told."""
        if any(_ALL in made.keys for made in self._made.values()):
            return False
        changed = {key for key in keys if self._inputs.renew(key)}
        if not changed.isdisjoint(self._unqueued):
            return False
        self._recorder.forget(changed)
        due = [job for name, job in self._jobs.items() if not changed.isdisjoint(self._made[name].keys)]
        for job, (read, files) in zip(due, self._make_all(due), strict=True):
            if self._made[job.key].files.keys() != files.keys():
                return False  # which files there are is for a whole build to settle
            self._keep(job, Made(self._made[job.key].given, read, files), written)
        return True

    def made(self) -> tuple[dict[str, Made], dict[Key, bytes]]:
        """Return what belongs to this build, and the digest of each thing that was read for it."""
        keys = {key for made in self._made.values() for key in made.keys}
        return self._made, {key: b"" if key == _ALL else self._inputs.digest(key) for key in keys}

    def _make_all(self, jobs: Sequence[Job]) -> list[tuple[frozenset[Key], dict[str, Seen]]]:
        """Make all of ``jobs``; return what each read, and its files."""
        results = forking.each(lambda place: self._make(jobs[place]), range(len(jobs)), self._processes)
        return [(keys, {name: self._seen(name) for name in names}) for keys, names in results]

    def _as_known(self, job: Job) -> tuple[frozenset[Key], dict[str, Seen]]:
        known = self._known.made[job.key]
        return known.keys, dict(known.files)

    def _keep(self, job: Job, made: Made, written: Callable[[Path, dict[str, Any]], None]) -> None:
        """Keep what was made, after others have had their chance to change a page."""
        if job.template:
            files = dict(made.files)
            written(self._output / job.key, job.values())
            after = self._seen(job.key)
            keys = made.keys if after == files[job.key] else frozenset([_ALL])
            made = Made(made.given, keys, {**files, job.key: after})
        self._jobs[job.key], self._made[job.key] = job, made

    def _is_current(self, job: Job, given: bytes) -> bool:
        made = self._known.made.get(job.key)
        if made is None or not given or made.given != given or not self._changed.isdisjoint(made.keys):
            return False
        return all(self._seen(name) == seen for name, seen in made.files.items())

    def _make(self, job: Job) -> tuple[frozenset[Key], tuple[str, ...]]:
        self._recorder.begin(job.context, job.given)
        try:
            if job.template:
                self._recorder.note(("template", job.template.name or ""))
            files = job.make(job)
        finally:
            keys = self._recorder.end()
        for name, content in files.items():
            write(self._output / name, content)
        return frozenset(keys), tuple(files)

    def _seen(self, name: str) -> Seen:
        try:
            found = os.stat(self._output / name)  # noqa: PTH116 - quicker, and there are many
        except OSError:
            return _NOWHERE
        return found.st_size, found.st_mtime_ns
