"""One run of ``make rates``: ask, judge, keep. It is told its instant, and says in lines what it did."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext

import msgspec

from . import collecting
from .collecting import Asked, Heard
from .fetching import Outcome, fetch_all
from .gate import Judgement
from .keeping import Store
from .model import Observation
from .remembering import Memory
from .settings import RELAYS, TickerSettings
from .sources.catalogue import SOURCES

HELD, FAILED = 1, 4  # added up to the exit status

Say = Callable[[str], None]
Watch = Callable[[int], AbstractContextManager[Callable[[], None]]]


def _unwatched(_asked: int) -> AbstractContextManager[Callable[[], None]]:
    return nullcontext(lambda: None)


class Run(msgspec.Struct, frozen=True):
    """What a run works with."""

    settings: TickerSettings
    """The edition's choices."""
    store: Store
    """Where the history is kept."""
    memory: Memory
    """Answers of earlier runs."""
    now: dt.datetime
    """The instant that it takes as now, in UTC."""
    say: Say
    """Takes each line of the report."""
    watch: Watch = _unwatched
    """Opened with the number of publishers that are asked at once; what it gives is called as each has answered."""


def update(run: Run, days: Sequence[dt.date] = ()) -> int:
    """Fetch the newest rates, or those of ``days`` of the past; return 0, or HELD and FAILED added up.

    Raises EditionError if the history or what waits beside it cannot be read; nothing is fetched then.
    """
    run.store.observations()
    run.store.waiting()
    status = 0
    for day in days or (None,):
        heard = _ask(run, day)
        failed = [each for each in heard if each.failure]
        for each in failed:
            run.say(f"{each.asked.source.id}: refused, {each.failure}")
        status |= FAILED * bool(failed)
        with run.store.locked():
            status |= _keep(run, heard, day)
    return status


def _ask(run: Run, day: dt.date | None) -> tuple[Heard, ...]:
    """Ask every chosen source, and the relay of each bank that failed."""
    chosen = [SOURCES[name] for name in run.settings.ask if SOURCES[name].dated or not day]
    heard = _answers(run, [_question(run, source.id, day) for source in chosen])
    silent = {each.asked.source.origin for each in heard if each.failure and each.asked.source.own}
    relays = [name for name in RELAYS if SOURCES[name].origin in silent] if run.settings.relays else []
    return heard + _answers(run, [_question(run, name, day) for name in relays]) if relays else heard


def _question(run: Run, source: str, day: dt.date | None) -> Asked:
    return collecting.question(SOURCES[source], day, run.now, run.settings.addresses)


def _answers(run: Run, asked: Sequence[Asked]) -> tuple[Heard, ...]:
    outcomes: dict[int, Outcome] = {}
    requests = [each.request for each in asked]
    with run.watch(len(asked)) as answered:
        for place, outcome in fetch_all(requests, run.settings.fetch, lambda: run.now, run.memory):
            outcomes[place] = outcome
            answered()
    return tuple(collecting.hear(each, outcomes[place]) for place, each in enumerate(asked))


def _keep(run: Run, heard: Iterable[Heard], day: dt.date | None) -> int:
    """Judge what was heard, and again what waits; put it where it belongs; return HELD if something waits now.

    While ``day`` of the past is filled in, of what waits only that day's is judged: what is known by then, and what the
    witnesses say of it, is no measure for another day.
    """
    heard = tuple(heard)
    known = run.store.observations()
    fresh = [seen for each in heard for seen in collecting.own(each)]
    places = {seen.place for seen in fresh}
    waiting = [each.observation for each in run.store.waiting() if each.observation.place not in places]
    again = [seen for seen in waiting if day in {None, seen.effective_date}]
    testimony = tuple(collecting.witnesses(heard))
    by_then = collecting.past(known, day) if day else known
    judged = collecting.verdicts([*fresh, *again], by_then, testimony, run.now, run.settings.gate)
    judged = collecting.overtaken(judged, known)
    judged += collecting.new_pegs(known, run.settings.currencies, run.now)
    for each in judged:
        run.say(sentence(each))
    run.store.keep(judged)
    denied = collecting.broken_pegs(by_then, testimony, run.settings.gate)
    for words in denied:
        run.say(words)
    return HELD if denied or run.store.waiting() else 0


def sentence(judged: Judgement) -> str:
    """Return one line of the report."""
    reason = f": {judged.reason}" if judged.reason else ""
    return f"{described(judged.observation)} {judged.verdict}{reason}"


def described(seen: Observation) -> str:
    """Return a figure in words: ``KGS 87.4500 for 1 USD of 2026-05-24 from nbkr``."""
    return f"{seen.currency} {seen.value} for {seen.unit} {seen.base} of {seen.effective_date} from {seen.source}"
