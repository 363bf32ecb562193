"""What is to be made, gathered, to be made together."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from . import garbage
from .building import Build
from .jobs import Job
from .rendering import Written


class Queue:
    """The jobs of one ``build`` that wait; ``written`` tells whom it concerns that a page is there."""

    def __init__(self, build: Build, written: Written) -> None:
        self._build = build
        self._written = written
        self._jobs: list[Job] = []
        self._snapshot: dict[str, Any] = {}

    def add(self, key: str, given: Mapping[str, Any], make: Callable[[Job], Mapping[str, bytes]], **more: Any) -> None:  # noqa: ANN401 - of a job
        """Let a job wait, with the shared context as it is now."""
        self._jobs.append(Job(key, self._now(), given, make, **more))

    def flush(self) -> None:
        """Make what waits."""
        if jobs := self.taken():
            renderer = self._build.renderer()
            with garbage.collected():
                renderer.make(jobs, self._written)

    def taken(self) -> list[Job]:
        """Return what waits; it does no longer."""
        jobs, self._jobs = self._jobs, []
        return jobs

    @contextmanager
    def noted(self, context: dict[str, Any], given: dict[str, Any]) -> Iterator[None]:
        """Note what is read by a page or feed that Pelican makes itself: nobody can make that one alone again."""
        renderer = self._build.renderer()
        self._build.recorder.begin(context, given)
        try:
            yield
        finally:
            renderer.note_unqueued(self._build.recorder.end())

    def _now(self) -> dict[str, Any]:
        """Return the shared context as it is now: generators take things out of it while they write."""
        if self._snapshot != self._build.context:
            self._snapshot = self._build.context.copy()
        return self._snapshot
