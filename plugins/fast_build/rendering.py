"""Pages, made only if something that they read has changed, over all cores."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec

from .._kit.output import write
from . import forking, nearness, standing
from .digests import Sameness
from .inputs import Inputs
from .jobs import Job, Owner
from .memory import Built
from .numbering import Holders, Key, Numbers, held, holds_any
from .putting import Put, Putter
from .records import Made, Records
from .shelving import Shelved
from .slots import Slot
from .standing import Seen
from .tracing import Recorder

_ALL = ("all",)  # what is read by a page that must be made each time


Written = Callable[[str, dict[str, Any], dict[str, Any]], None]
"""Gets the file of a page, its context, and what was found in it, to which more may be added."""
_Result = tuple[bytes, list[Key], list[Slot], tuple[str, ...]]
"""What was read that has a number, what has none yet, the slots not met before, and the files that were made."""
_Kept = tuple[bytes, dict[str, Seen]]
"""What was read, and the files as they were seen."""
_MANY = 128  # pages that are made in more than the time that it takes to fork a process with a whole edition
_MUST = None  # stands for the slots that differ, where it is not slots alone


class Renderer:
    """Makes the pages and files of one build in ``output``, by what is ``known`` of the last one."""

    def __init__(self, output: Path, recorder: Recorder, inputs: Inputs, known: Built, processes: int) -> None:
        self._output = output
        self._recorder = recorder
        self._inputs = inputs
        self._known = known
        self._processes = processes
        self._numbers = Numbers(known.numbers)
        self._kept = set(known.numbers)
        """The things of which the memory has a digest."""
        self._changed: frozenset[int] = frozenset()
        self._changed_slots: frozenset[int] = frozenset()
        self._slots: dict[Key, Slot] = inputs.slots
        self._slots.update(known.slots)
        self._putter = Putter(output, self._numbers, self._slots, processes)
        self._jobs = Shelved[str, Job]()
        self._contexts: Collection[dict[str, Any]] = ()
        """What jobs get that were taken up from the last build."""
        self._given: dict[str, bytes] = {}
        """The digest of what those were given that are to be made by other jobs than before."""
        self._made = Records()
        self._holders = Holders(self._made, self._made.packed)
        self._gone: dict[str, Made] = {}
        """What was made by jobs that are no more, until that is told."""
        self._unqueued: set[Key] = set()
        self._always = False
        """Whether a page is to be made each time."""

    def compare(self) -> None:
        """Find out what is another than in the last build."""
        known = self._known.digests
        now = self._inputs.digests((key for key, digest in known.items() if digest), self._processes)
        self._note_changed({key for key, digest in known.items() if not digest or now[key] != digest})

    def _note_changed(self, changed: Collection[Key]) -> None:
        self._changed_slots = frozenset(self._numbers.of(key) for key in changed if key in self._slots)
        self._changed = frozenset(map(self._numbers.of, changed)) - self._changed_slots

    def go_on(self, jobs: Shelved[str, Job], contexts: Collection[dict[str, Any]], unqueued: Iterable[Key]) -> None:
        """Begin where the last build ended, which left all of ``jobs`` done, that got ``contexts``."""
        self._jobs = jobs
        self._contexts = contexts
        made = self._known.made
        self._made = made.copy() if isinstance(made, Records) else Records(own=dict(made), others=made)
        self._holders = Holders(self._made, self._made.packed)
        self._unqueued = set(unqueued)

    @property
    def jobs(self) -> Shelved[str, Job]:
        """All that is made, by what it goes by."""
        return self._jobs

    @property
    def unqueued(self) -> frozenset[Key]:
        """What was read for pages that are none of the jobs."""
        return frozenset(self._unqueued)

    @property
    def can_renew(self) -> bool:
        """Whether pages can be made again by what is new, and no other."""
        return not self._always

    def note_unqueued(self, keys: Iterable[Key]) -> None:
        """Note what was read for a page that is none of the jobs."""
        self._unqueued.update(keys)

    def contexts(self) -> Collection[dict[str, Any]]:
        """Return what all that is made gets, each once."""
        found = (*self._contexts, *(job.context for job in self._jobs.found()))
        return {object.__hash__(each): each for each in found}.values()

    def replace(self, jobs: Iterable[Job]) -> bool:
        """Take ``jobs`` in the place of those of the same keys; return whether there were such."""
        for job in jobs:
            if job.key not in self._jobs:
                return False
            self._jobs[job.key] = job
            self._given[job.key] = self._inputs.given(job.given)
        return True

    def admit(self, contents: Mapping[str, Any]) -> None:
        """Let new stories, by path, be among what pages read."""
        self._inputs.admit(contents)

    def relist(self, jobs: Iterable[Job], gone: Callable[[Owner], bool]) -> None:
        """Take ``jobs`` in the place of all that is ``gone`` by whose it was, unless they are the same."""
        new, same = {job.key: job for job in jobs}, Sameness()
        for key in [key for key, job in self._jobs.items() if job.by and key not in new and gone(job.by)]:
            del self._jobs[key]
            self._given.pop(key, None)
            self._gone[key] = self._made.pop(key)
            self._holders.note(key)
        for key, job in new.items():
            before = self._jobs.get(key)
            if before is None or not same.of(before.given, job.given):
                self._given[key] = self._inputs.given(job.given)
                self._jobs[key] = job  # else who is there already knows more by heart

    def of(self, names: Iterable[str]) -> list[Job]:
        """Return the pages ``names``, if they are made."""
        return [self._jobs[name] for name in names if name in self._jobs]

    def show(self, jobs: Iterable[Job], changed: Collection[Key]) -> None:
        """Make ``jobs`` ahead of all else that reads what has ``changed``."""
        self._recorder.forget(changed)
        for job in jobs:
            self._make(job)

    def keys_of(self, names: Collection[str]) -> set[Key]:
        """Return what was read of the context by ``names``."""
        if not names:
            return set()
        read = (*self._numbers.known(), *(key for slot in self._slots.values() for key in slot.keys))
        return {key for key in read if key[0] in ("name", "kind") and key[1] in names}

    def make(self, jobs: Sequence[Job], written: Written) -> None:
        """Make those of ``jobs`` that are due, and call ``written`` for each page in order, made or not.

        A page whose file ``written`` changes is always made again.
        """
        self._recorder.forget(())  # generators may change what they share between their turns
        given = [self._inputs.given(job.given) for job in jobs]
        differing = ((place, self._differing(job, given[place])) for place, job in enumerate(jobs))
        made, put = self._bring_up(jobs, {place: each for place, each in differing if each is _MUST or each})
        self._inputs.begin(self._numbers.used(keys for keys, _ in made.values()), self._processes)
        for place, job in enumerate(jobs):
            if place in made:
                self._keep(job, Made(given[place], *made[place]), written)
            else:
                was = self._known.made[job.key]
                self._keep(job, put[place].into(was) if place in put else was, written)

    def renew(self, keys: Iterable[Key], written: Written) -> tuple[Built, Built] | None:
        """Make again what reads any of ``keys``, which may be other than they were; ``written`` as for ``make``.

        Nobody is told of a page in which only slots have another text. Returns what is another now, and what that was
        before, with the files that are made no longer; None if nobody can say what that is.
        """
        changed = {key for key in keys if self._inputs.renew(key)}
        if self._always or not changed.isdisjoint(self._unqueued):
            return None
        self._recorder.forget(changed)
        touched = (key for key, slot in self._slots.items() if not slot.keys.isdisjoint(changed))
        changed |= {key for key in list(touched) if self._inputs.renew(key)}
        self._note_changed(changed)
        due, differing = self._due()
        before = {job.key: self._made[job.key] for job in due if job.key in self._made} | self._gone
        self._gone = {}
        made, put = self._bring_up(due, differing)
        for place, (read, files) in sorted(made.items()):
            key = due[place].key
            given = self._given[key] if key in self._given else before[key].given
            self._keep(due[place], Made(given, read, files), written)
        anew = [due[place].key for place in made]
        followed, others = self._putter.follow({key: self._made[key] for key in anew}, put.values(), self._kept)
        for key, each in others.items():
            self._put_down(key, each)
        self._kept -= followed.keys()
        for place, kept in put.items():
            key = due[place].key
            self._put_down(key, kept.into(before[key], exchange=not followed))
        if self._always:
            return None
        again = {job.key: self._made[job.key] for job in due}
        gone = {name for each in before.values() for name in each.files}
        gone = gone.difference(*(each.files for each in again.values()))
        if gone:
            gone = gone.difference(*(each.files for each in self._made.values()))
        new = self._numbers.used(self._made[key].keys for key in anew).keys() - self._kept
        now = self._built(again, new | changed - followed.keys())
        now = replace(now, restamped=frozenset(due[place].key for place in put) if followed else frozenset())
        return now, Built(before, files=frozenset(gone), slots=followed)

    def rehearse(self, keys: Collection[Key], until: Callable[[], bool]) -> None:
        """Make what reads any of ``keys`` in this process, as it is, in their order and ``until`` that is true."""
        left = set(self._jobs)
        for number in memoryview(self._numbers.parted(keys)[0]).cast("I"):
            for name in sorted(left.intersection(self._holders.of([number]))):
                if until():
                    return
                self._make(self._jobs[name])
                left.remove(name)

    def _due(self) -> tuple[list[Job], dict[int, frozenset[int] | None]]:
        """Return what reads what has changed, and by its place which slots of it differ, or that it must be made."""
        must = self._holders.of(self._changed)
        by_slot = {number: self._holders.of([number]) for number in self._changed_slots}
        holders = set[str]().union(*by_slot.values())
        made = {name: self._made[name].given if name in self._made else b"" for name in self._given}
        must |= {name for name, given in self._given.items() if not given or given != made[name]}
        due = [self._jobs[name] for name in sorted((must | holders) & self._jobs.keys())]
        return due, {
            place: _MUST if job.key in must else frozenset(each for each, names in by_slot.items() if job.key in names)
            for place, job in enumerate(due)
        }

    def built(self) -> Built:
        """Return what belongs to this build, but for the list of all files."""
        self._kept.clear()
        return self._built(self._made, self._numbers.used(each.keys for each in self._made.values()))

    def _built(self, made: Mapping[str, Made], read: Collection[Key]) -> Built:
        """Return what was ``made``, with the number and the digest of each thing that was ``read``."""
        digests = self._inputs.digests((key for key in read if key != _ALL), self._processes)
        if _ALL in read:
            digests[_ALL] = b""
        self._kept.update(digests)
        standing_there = {key: self._slots[key] for key in digests if key in self._slots}
        return Built(made, digests, {key: self._numbers.of(key) for key in digests}, slots=standing_there)

    def _bring_up(
        self, jobs: Sequence[Job], differing: Mapping[int, frozenset[int] | None]
    ) -> tuple[dict[int, _Kept], dict[int, Put]]:
        """Make again those of ``jobs`` that must be; in others put new texts in their slots that are ``differing``.

        Of those with one context and the same slots the first is made, to know the new texts. Returns both, by place.
        """
        due: list[int] = []
        groups: dict[tuple[frozenset[int], int], list[int]] = {}
        for place, numbers in differing.items():
            if numbers is _MUST:
                due.append(place)
            else:
                groups.setdefault((numbers, object.__hash__(jobs[place].context)), []).append(place)
        due = sorted([*due, *(places[0] for places in groups.values())])
        made = dict(zip(due, self._make_all([jobs[place] for place in due]), strict=True))
        put: dict[int, Put] = {}
        for (numbers, _), (first, *places) in groups.items():
            found = self._putter.put([self._was(jobs[place]) for place in places], numbers, made[first][0])
            put.update((place, each) for place, each in zip(places, found, strict=True) if each)
        left = [place for place in differing if place not in made and place not in put]
        return made | dict(zip(left, self._make_all([jobs[place] for place in left]), strict=True)), put

    def _was(self, job: Job) -> Made:
        return self._made.get(job.key) or self._known.made[job.key]

    def _make_all(self, jobs: Sequence[Job]) -> list[_Kept]:
        """Make all of ``jobs``; return what each read, and its files.

        The first of each kind is made here: what most of its kind read has numbers by then, and workers send no names.
        """
        made = {place: self._numbered(self._make(jobs[place])) for place in _firsts(jobs)}
        rest = [place for place in nearness.in_order(jobs) if place not in made]
        processes = self._processes if len(rest) >= _MANY else 1
        results = forking.each(lambda place: self._make(jobs[place]), rest, processes)
        made |= zip(rest, map(self._numbered, results), strict=True)
        in_order = (made[place] for place in range(len(jobs)))
        return [(keys, {name: self._seen(name) for name in names}) for keys, names in in_order]

    def _numbered(self, result: _Result) -> tuple[bytes, tuple[str, ...]]:
        known, new, found, names = result
        self._slots.update((slot.key, slot) for slot in found)
        return known + self._numbers.packed(new), names

    def _keep(self, job: Job, made: Made, written: Written) -> None:
        """Keep what was made, after others have had their chance to change a page."""
        if job.template:
            found = dict(made.found)
            written(f"{self._output}/{job.key}", job.values(), found)
            after = self._seen(job.key)
            if after != made.files[job.key]:
                self._always = True
                made = Made(made.given, self._numbers.packed([_ALL]), {**made.files, job.key: after})
            elif found != made.found:
                made = msgspec.structs.replace(made, found=found)
        self._jobs[job.key] = job
        self._put_down(job.key, made)

    def _put_down(self, name: str, made: Made) -> None:
        if name not in self._made or self._made[name].keys != made.keys:
            self._holders.note(name)
        self._made[name] = made

    def _differing(self, job: Job, given: bytes) -> frozenset[int] | None:
        """Return which slots of what was made differ, by number: none if it is current; ``_MUST`` if more differs."""
        made = self._known.made.get(job.key)
        if made is None or not given or made.given != given or holds_any(made.keys, self._changed):
            return _MUST
        if any(self._seen(name) != seen for name, seen in made.files.items()):
            return _MUST
        return held(made.keys, self._changed_slots)

    def _make(self, job: Job) -> _Result:
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
            write(self._output / name, content)
        return (*self._numbers.parted(keys), new, tuple(made))

    def _seen(self, name: str) -> Seen:
        return standing.seen(f"{self._output}/{name}")


def _firsts(jobs: Sequence[Job]) -> list[int]:
    """Return the place of the first of each kind."""
    first: dict[str | None, int] = {}
    for place, job in enumerate(jobs):
        first.setdefault(job.template.name if job.template else "", place)
    return list(first.values())
