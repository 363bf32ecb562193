"""Work over the machine's cores, by forks that see all that the parent has, without copying it."""

import fcntl
import logging
import multiprocessing
import os
import traceback
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from operator import itemgetter
from typing import Any, Generic, TypeVar, cast

import msgspec

from . import garbage

Item = TypeVar("Item")
Result = TypeVar("Result")
_PIPE = 1 << 20  # bytes of answers that can wait while this process does something else; no user may have more
_GLANCE = 0.02  # seconds between two looks whether to wait on
_TOGETHER = 32  # items that a worker takes at once, and the answers that it sends
_TURNS = 8  # so often each worker comes for more, at least, so that none is long at work when the others have ended
_MOST_TURNS = 8_000  # places that fit in a pipe
_BYTES = 4  # of one of them
_ENDED = "A worker ended before its work did; is there enough memory?"
_FEWEST = 16  # of most things; for less a fork costs more than it saves


class WorkerError(RuntimeError):
    """A worker met an error; its traceback is the message."""


class _Answer(msgspec.Struct, Generic[Result]):
    """What a worker sends for items that follow one another, up to one with an error."""

    results: list[Result] = []
    failure: str = ""
    """The traceback of the error."""
    records: list[tuple[int, logging.LogRecord]] = []
    """What was logged, with the item's place among these."""


class _Collected(msgspec.Struct, Generic[Result]):
    """What workers have sent, by the places of the items."""

    results: dict[int, Result] = {}
    failures: dict[int, str] = {}
    records: list[tuple[int, logging.LogRecord]] = []


def cores() -> int:
    """Return how many processes this one may run at once."""
    return len(os.sched_getaffinity(0))


def each(work: Callable[[Item], Result], items: Sequence[Item], processes: int, fewest: int = _FEWEST) -> list[Result]:
    """Return ``work`` of every item, in order; results must be picklable. A process is worth it for the ``fewest``.

    Each worker has a run of items that follow one another, and helps another when it has none left. What workers log is
    logged here, in the order of the items, as if the work had been done in this process.
    Raises WorkerError for an error in a worker, whatever it was.
    """
    return begin(work, items, processes, fewest)()


def begin(
    work: Callable[[Item], Result], items: Sequence[Item], processes: int, fewest: int = _FEWEST
) -> Callable[[], list[Result]]:
    """Begin what ``each`` does, beside what else is to be done; return what waits for its results."""
    count = min(processes, len(items) // fewest)
    if count < 2:
        return lambda: [work(item) for item in items]
    together = max(1, min(_TOGETHER, len(items) // (count * _TURNS)), len(items) // (count * _MOST_TURNS))
    firsts = range(0, len(items), together)
    share = -(-len(firsts) // count)
    turns = [_turns(firsts[first : first + share]) for first in range(0, len(firsts), share)]
    started = [_start(work, items, together, (*turns[own:], *turns[:own])) for own in range(count)]
    for each_run in turns:
        os.close(each_run)
    return lambda: _results(_collect(started, len(items)))


def _results(collected: _Collected[Result]) -> list[Result]:
    """Return what was sent, and log what was logged; raise WorkerError for an error."""
    failed = min(collected.failures, default=len(collected.results))
    for place, record in sorted(collected.records, key=itemgetter(0)):
        if place <= failed:
            logging.getLogger(record.name).log(record.levelno, "%s", record.getMessage())
    if collected.failures:
        raise WorkerError(collected.failures[failed])
    return [collected.results[place] for place in range(len(collected.results))]


class Awaited(Generic[Result]):
    """Work in another process, if there may be two. What it says is lost: it should log nothing."""

    def __init__(self, work: Callable[[], Result], processes: int) -> None:
        self._work = work
        self._pipe = _begin(work) if processes > 1 else None

    def __call__(self) -> Result:
        """Wait for the result; raises WorkerError for an error in another process, whatever it was."""
        if self._pipe is None:
            return self._work()
        found: _Collected[Result] = _collect([self._pipe], 1)
        return _results(found)[0]

    def is_there(self, until: Callable[[], bool]) -> bool:
        """Wait for the result ``until`` that is true; return whether it need not be waited for any more."""
        while self._pipe is not None and not self._pipe.poll(_GLANCE):
            if until():
                return False
        return not until()


def beside(work: Callable[[], Result], processes: int) -> Awaited[Result]:
    """Begin ``work`` beside what else is to be done; return what waits for its result."""
    return Awaited(work, processes)


def _turns(places: Iterable[int]) -> int:
    """Return a pipe from which workers take ``places``, one after the other, until there are none.

    Who has more to do with one takes fewer. All of them fit in it, and what is read is a whole number each time.
    """
    turns, filling = os.pipe()
    os.write(filling, b"".join(place.to_bytes(_BYTES, "little") for place in places))
    os.close(filling)
    return turns


def _begin(work: Callable[[], Result]) -> Connection:
    turns = _turns([0])
    try:
        return _start(lambda _: work(), [None], 1, [turns])
    finally:
        os.close(turns)


def _start(work: Callable[[Item], Result], items: Sequence[Item], together: int, turns: Sequence[int]) -> Connection:
    fork = multiprocessing.get_context("fork")
    ours, theirs = fork.Pipe(duplex=False)
    with suppress(OSError):  # there may be less for each
        fcntl.fcntl(theirs.fileno(), fcntl.F_SETPIPE_SZ, _PIPE)

    def run() -> None:
        ours.close()  # where nobody else holds it, its end is noticed, and no lock outlives it for long
        with suppress(BrokenPipeError):
            _answer(work, items, (together, turns), theirs)

    fork.Process(target=run, daemon=True).start()
    theirs.close()
    return ours


def _answer(
    work: Callable[[Item], Result], items: Sequence[Item], dealt: tuple[int, Sequence[int]], pipe: Connection
) -> None:
    garbage.look_at_young()  # what the parent holds stays its own, not copied by being looked at
    together, turns = dealt
    logging.getLogger().handlers[:] = [kept := _Kept()]
    while turn := next(filter(None, (os.read(each_run, _BYTES) for each_run in turns)), b""):
        first = int.from_bytes(turn, "little")
        kept.answer = answer = _Answer[Result]()
        try:
            for item in items[first : first + together]:
                answer.results.append(work(item))
        except Exception:  # noqa: BLE001 - told in the parent, whatever it is
            answer.failure = traceback.format_exc()
        pipe.send((first, answer))
        if answer.failure:
            return


def _collect(pipes: Sequence[Connection], count: int) -> _Collected[Result]:
    """Return the workers' answers; after a failure no more."""
    found = _Collected[Result]()
    waiting = list(pipes)
    while waiting and len(found.results) < count:
        for pipe in cast("list[Connection]", wait(waiting)):
            try:
                first, answer = pipe.recv()
            except EOFError:  # it found no more to do, or was ended
                waiting.remove(pipe)
            else:
                found.results.update(enumerate(answer.results, first))
                found.records += ((first + place, record) for place, record in answer.records)
                if answer.failure:
                    found.failures[first + len(answer.results)] = answer.failure
    if len(found.results) < count and not found.failures:
        found.failures[count] = _ENDED
    return found


class _Kept(logging.Handler):
    """Keeps records with the answer that the worker is at, for the item that comes next in it."""

    def __init__(self) -> None:
        super().__init__()
        self.answer: _Answer[Any] = _Answer()

    def emit(self, record: logging.LogRecord) -> None:
        """Keep ``record``, in words, so that it can be sent."""
        record.msg, record.args, record.exc_info = record.getMessage(), None, None
        self.answer.records.append((len(self.answer.results), record))
