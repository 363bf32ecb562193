"""From publishers' answers to verdicts: who is asked, what their answers say, and what the gate makes of it."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from zoneinfo import ZoneInfo

import msgspec

from .fetching import Answer, Outcome
from .gate import GateSettings, Judgement, Verdict, Witness, apart, judge
from .model import BASE, Kind, Observation
from .sources import pegs
from .sources.quotation import REGION, PayloadError, Quotation
from .sources.source import Request, Source


class Asked(msgspec.Struct, frozen=True):
    """One question to one source."""

    source: Source
    """Who is asked."""
    day: dt.date | None
    """The day that is asked for; None for the newest."""
    request: Request
    """How."""


class Heard(msgspec.Struct, frozen=True):
    """What one source said, or why nothing can be made of it."""

    asked: Asked
    """The question."""
    quotations: tuple[Quotation, ...] = ()
    """What it says."""
    answer: Answer | None = None
    """The answer that it stands in."""
    failure: str = ""
    """Why there are none, as a clause."""


def question(source: Source, day: dt.date | None, now: dt.datetime, addresses: Mapping[str, str]) -> Asked:
    """Return the question to ``source`` for ``day``, or at ``now`` for the newest; ``addresses`` has mirrors by id."""
    day = day or source.newest(now.astimezone(ZoneInfo(source.time_zone)).date())
    return Asked(source, day, source.request(addresses.get(source.id, source.address), day))


def hear(asked: Asked, outcome: Outcome) -> Heard:
    """Return what the outcome of a question says; an answer for another day than the asked one is a failure."""
    if not isinstance(outcome, Answer):
        return Heard(asked, failure=str(outcome))
    try:
        quotations = asked.source.read(outcome.body)
    except PayloadError as error:
        return Heard(asked, answer=outcome, failure=str(error))
    days = {seen.effective_date for seen in quotations}
    if asked.day and asked.source.echoes_day and days != {asked.day}:
        return Heard(asked, answer=outcome, failure=f"it was asked for {asked.day} and answers for {min(days)}")
    return Heard(asked, quotations, outcome)


def own(heard: Heard) -> tuple[Observation, ...]:
    """Return the dollar rates that the source sets itself, for the history."""
    source, answer = heard.asked.source, heard.answer
    if answer is None:
        return ()
    wanted = REGION if source.kind is Kind.MARKET else {source.own}
    return tuple(
        Observation(
            effective_date=seen.effective_date,
            currency=seen.currency,
            base=BASE,
            value=seen.value,
            unit=seen.unit,
            kind=source.kind,
            source=source.id,
            origin=source.origin,
            time_zone=source.time_zone,
            fetched_at=answer.fetched_at,
            payload_sha256=answer.sha256,
        )
        for seen in heard.quotations
        if seen.base == BASE and seen.currency in wanted
    )


def witnesses(all_heard: Iterable[Heard]) -> Iterator[Witness]:
    """Yield each official source's dollar rates of the region's currencies, crossed over its own pivot.

    A bank's crosses of its neighbours' currencies are not taken: they are rounded to few digits, and were wrong before.
    """
    for heard in all_heard:
        source = heard.asked.source
        if source.kind is Kind.OFFICIAL and heard.quotations:
            for currency in sorted(REGION if source.own is None else {source.own}):
                if (rate := _cross(heard.quotations, currency)) is not None:
                    yield Witness(source.origin, currency, heard.quotations[0].effective_date, rate)


def _cross(quotations: Sequence[Quotation], currency: str) -> Decimal | None:
    """Return units of ``currency`` for one dollar, or None if the table does not have both."""
    pairs = {(seen.base, seen.currency): seen.rate for seen in quotations}
    dollar = next(seen for seen in quotations if BASE in (seen.base, seen.currency))
    pivot = dollar.currency if dollar.base == BASE else dollar.base
    if (BASE, currency) in pairs:
        return pairs[BASE, currency]
    if (pivot, BASE) in pairs and (pivot, currency) in pairs:  # both for one euro
        return pairs[pivot, currency] / pairs[pivot, BASE]
    if (BASE, pivot) in pairs and (currency, pivot) in pairs:  # roubles for each
        return pairs[BASE, pivot] / pairs[currency, pivot]
    return None


def verdicts(
    candidates: Iterable[Observation],
    known: Sequence[Observation],
    testimony: Sequence[Witness],
    now: dt.datetime,
    limits: GateSettings,
) -> tuple[Judgement, ...]:
    """Return the gate's word on each candidate, the oldest first; what is accepted is known to those after it.

    How far ahead a date is goes by the day of its receipt: a wrong date does not become right by waiting for it.
    """
    believed, found = list(known), []
    for seen in sorted(candidates, key=lambda seen: seen.key):
        received = min(now, seen.fetched_at).astimezone(ZoneInfo(seen.time_zone)).date()
        judged = judge(seen, believed, testimony, received, limits)
        if judged.verdict is Verdict.ACCEPTED:
            believed.append(seen)
        found.append(judged)
    return tuple(found)


def overtaken(judged: Iterable[Judgement], known: Sequence[Observation]) -> tuple[Judgement, ...]:
    """Return ``judged``, where a held figure is dropped if its source has gone on to a later day that is believed.

    A later day that was known before the figure came is no sign of that: then the past is being filled in, or the
    source went back, and an editor has to look.
    """
    everything = tuple(judged)
    believed = [*known, *(each.observation for each in everything if each.verdict is Verdict.ACCEPTED)]
    return tuple(_overtaken(each, believed) if each.verdict is Verdict.HELD else each for each in everything)


def _overtaken(judged: Judgement, believed: Iterable[Observation]) -> Judgement:
    seen = judged.observation
    later = [
        each
        for each in believed
        if (each.currency, each.source) == (seen.currency, seen.source) and each.effective_date > seen.effective_date
    ]
    if not later or min(each.fetched_at for each in later) <= seen.fetched_at:
        return judged
    newest = max(each.effective_date for each in later)
    words = f"{seen.source} has gone on, and its rate of {newest} is believed; nobody confirmed this one"
    return Judgement(seen, Verdict.DROPPED, words)


def past(known: Iterable[Observation], day: dt.date) -> tuple[Observation, ...]:
    """Return what was known by ``day``: against this a day of the past is judged when gaps are filled."""
    return tuple(seen for seen in known if seen.effective_date <= day)


def new_pegs(known: Iterable[Observation], currencies: Iterable[str], now: dt.datetime) -> tuple[Judgement, ...]:
    """Return the decreed rate of each of ``currencies`` that has one, if no decreed rate of it is ``known`` yet."""
    wanted = set(currencies) - {seen.currency for seen in known if seen.kind is Kind.FIXED}
    decreed = (pegs.read(peg, now) for peg in pegs.PEGS)
    words = "it is decreed, and asked of nobody"
    return tuple(Judgement(seen, Verdict.ACCEPTED, words) for seen in decreed if seen.currency in wanted)


def broken_pegs(known: Iterable[Observation], testimony: Iterable[Witness], limits: GateSettings) -> tuple[str, ...]:
    """Return a sentence for each fixed rate that two origins or more deny: then an editor has to look."""
    said = tuple(testimony)
    found = []
    for peg in (seen for seen in known if seen.kind is Kind.FIXED):
        denying = {each.origin: each.rate for each in said if each.currency == peg.currency}
        denying = {origin: rate for origin, rate in denying.items() if apart(rate, peg.rate) > limits.disagreement}
        if len(denying) > 1:
            words = ", ".join(f"{origin} {rate:.6g}" for origin, rate in sorted(denying.items()))
            found.append(f"{peg.currency}: the fixed rate {peg.value} is denied by {words}.")
    return tuple(found)
