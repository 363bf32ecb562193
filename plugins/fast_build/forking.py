"""Work over the machine's cores, by forks that see all that the parent has, without copying it."""

import gc
import logging
import multiprocessing
import os
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, TypeVar, cast

Item = TypeVar("Item")
Result = TypeVar("Result")
_GLANCE = 0.02  # seconds between two looks whether to wait on
_TOGETHER = 32  # answers of a worker that are sent at once
_FEWEST = 16  # for less work than this a fork costs more than it saves


class WorkerError(RuntimeError):
    """A worker met an error; its traceback is the message."""


@dataclass
class _Answer(Generic[Result]):
    """What a worker sends for one item."""

    result: Result | None = None
    failure: str = ""
    records: list[logging.LogRecord] = field(default_factory=list)


def cores() -> int:
    """Return how many processes this one may run at once."""
    return len(os.sched_getaffinity(0))


def each(work: Callable[[Item], Result], items: Sequence[Item], processes: int) -> list[Result]:
    """Return ``work`` of every item, in order; results must be picklable.

    What workers log is logged here, in the order of the items, as if the work had been done in this process.
    Raises WorkerError for an error in a worker, whatever it was.
    """
    count = min(processes, len(items) // _FEWEST)
    if count < 2:
        return [work(item) for item in items]
    answers: list[_Answer[Result]] = _collect(
        [_start(work, items[number::count]) for number in range(count)], len(items)
    )
    for answer in answers:
        for record in answer.records:
            logging.getLogger(record.name).log(record.levelno, "%s", record.getMessage())
        if answer.failure:
            raise WorkerError(answer.failure)
    return [answer.result for answer in answers]  # type: ignore[misc]  # one that did not fail has its result


class Awaited(Generic[Result]):
    """Work in another process, if there may be two. What it says is lost: it should log nothing."""

    def __init__(self, work: Callable[[], Result], processes: int) -> None:
        self._work = work
        self._pipe = _start(lambda _: work(), [None]) if processes > 1 else None

    def __call__(self) -> Result:
        """Wait for the result; raises WorkerError for an error in another process, whatever it was."""
        if self._pipe is None:
            return self._work()
        answer: _Answer[Result] = _received(self._pipe)[0]
        if answer.failure:
            raise WorkerError(answer.failure)
        return cast("Result", answer.result)

    def is_there(self, until: Callable[[], bool]) -> bool:
        """Wait for the result ``until`` that is true; return whether it need not be waited for any more."""
        while self._pipe is not None and not self._pipe.poll(_GLANCE):
            if until():
                return False
        return not until()


def beside(work: Callable[[], Result], processes: int) -> Awaited[Result]:
    """Begin ``work`` beside what else is to be done; return what waits for its result."""
    return Awaited(work, processes)


def _start(work: Callable[[Item], Result], items: Sequence[Item]) -> Connection:
    fork = multiprocessing.get_context("fork")
    ours, theirs = fork.Pipe(duplex=False)
    fork.Process(target=_run, args=(work, items, theirs, ours), daemon=True).start()
    theirs.close()
    return ours


def _run(work: Callable[[Item], Result], items: Sequence[Item], pipe: Connection, end: Connection) -> None:
    end.close()  # the parent's: where nobody else holds it, its end is noticed, and no lock outlives it for long
    with suppress(BrokenPipeError):
        _answer(work, items, pipe)


def _answer(work: Callable[[Item], Result], items: Sequence[Item], pipe: Connection) -> None:
    gc.freeze()  # what the parent holds stays its own, not copied by being looked at
    gc.enable()
    answers: list[_Answer[Result]] = [_Answer()]
    logging.getLogger().handlers[:] = [kept := _Kept(answers[0])]
    try:
        for place, item in enumerate(items, 1):
            answers[-1].result = work(item)
            if len(answers) == _TOGETHER or place == len(items):
                pipe.send(answers)
                answers.clear()
            answers.append(_Answer())
            kept.answer = answers[-1]
    except Exception:  # noqa: BLE001 - told in the parent, whatever it is
        answers[-1].failure = traceback.format_exc()
        pipe.send(answers)


def _collect(pipes: Sequence[Connection], count: int) -> list[_Answer[Result]]:
    """Return the workers' answers in the order of the items, which were dealt round; after a failure no more."""
    answers: dict[int, _Answer[Result]] = {}
    places = {pipe: number for number, pipe in enumerate(pipes)}
    while places:
        for pipe in cast("list[Connection]", wait(list(places))):
            received: list[_Answer[Result]] = _received(pipe)
            for answer in received:
                answers[places[pipe]] = answer
                places[pipe] += len(pipes)
            if received[-1].failure or places[pipe] >= count:
                del places[pipe]
    return [answers[place] for place in sorted(answers)]


def _received(pipe: Connection) -> list[_Answer[Result]]:
    """Return the next answers of a worker, one at least."""
    try:
        answers: list[_Answer[Result]] = pipe.recv()
    except EOFError:
        return [_Answer(failure="A worker ended before its work did; is there enough memory?")]
    return answers


class _Kept(logging.Handler):
    """Keeps records with the answer that the worker is at."""

    def __init__(self, answer: _Answer[Any]) -> None:
        super().__init__()
        self.answer = answer

    def emit(self, record: logging.LogRecord) -> None:
        """Keep ``record``, in words, so that it can be sent."""
        record.msg, record.args, record.exc_info = record.getMessage(), None, None
        self.answer.records.append(record)
