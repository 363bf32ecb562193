"""Pages, made only if something that they read has changed."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from . import standing
from .digests import Sameness
from .inputs import Inputs
from .jobs import Job, Owner
from .memory import Built
from .numbering import Holders, Key, Numbers, held, holds_any
from .patching import Patcher
from .press import Given, Press, Printed, not_asked, record
from .putting import Put, Putter, by_slots, exchanged
from .records import Made, Records
from .shelving import Shelved
from .slots import Slot
from .standing import Seen
from .tracing import Recorder

_PATCHED = 64  # files that are patched in the time that it takes to fork a process
_ALL = ("all",)  # what is read by a page that must be made each time

Written = Callable[[str, dict[str, Any], dict[str, Any]], None]
"""Gets the file of a page, its context, and what was found in it, to which more may be added."""
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
        self._changed = self._changed_slots = frozenset[int]()
        self._slots: dict[Key, Slot] = inputs.slots
        self._slots.update(known.slots)
        self._press = press = Press(output, recorder, self._numbers, self._slots, processes)
        press.is_first = not known.made
        self.let_go = press.let_go  # of what files were before
        self._patcher = Patcher(output, recorder, self._numbers, inputs.content)
        self._putter = Putter(output, self._numbers, self._slots, processes)
        self._jobs = Shelved[str, Job]()
        self._contexts: Collection[dict[str, Any]] = ()
        """What jobs get that were taken up from the last build."""
        self._given: dict[str, bytes] = {}
        """The digest of what those were given that are to be made by other jobs than before."""
        self._was = Records.of(known.made)
        """What was made by the last build."""
        self._hold(Records())
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
        self._press.holds_little = True
        self._hold(self._was)
        self._unqueued = set(unqueued)

    def _hold(self, made: Records) -> None:
        """Begin with what was ``made``."""
        self._made = made
        self._holders = Holders(made, made.packed)

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
        return self._contexts_of(self._jobs.found())

    def _contexts_of(self, jobs: Iterable[Job]) -> Collection[dict[str, Any]]:
        found = [*self._contexts, *[job.context for job in jobs]]
        return dict(zip(map(object.__hash__, found), found, strict=True)).values()

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
        known = self._jobs.items()
        leaving = {owner for owner in {job.by for _, job in known} if owner and gone(owner)}
        for key in [key for key, job in known if job.by in leaving and key not in new]:
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
            self._press.make(job)

    def keys_of(self, names: Collection[str]) -> set[Key]:
        """Return what was read of the context by ``names``."""
        read = (*self._numbers.known(), *(key for slot in self._slots.values() for key in slot.keys)) if names else ()
        return {key for key in read if key[0] in ("name", "kind") and key[1] in names}

    def make(self, jobs: Sequence[Job], written: Written) -> None:
        """Make those of ``jobs`` that are due, and call ``written`` for each page in order, made or not.

        A page whose file ``written`` changes is always made again.
        """
        self._recorder.forget(())  # generators may change what they share between their turns
        contents = self._inputs.of_contents()
        self._numbers.packed(contents)  # workers tell of what has no number by its name, each time
        must: list[str] = []
        differing: dict[frozenset[int], list[str]] = {}
        for job in jobs:
            slots = self._differing(job)
            if slots is _MUST:
                must.append(job.key)
            elif slots:
                differing.setdefault(slots, []).append(job.key)
        by_name = {job.key: job for job in jobs}
        if len(must) > len(jobs) // 2:
            self._inputs.begin(contents, self._processes)  # else most of them are known
        made, put = self._bring_up(by_name, self._was, must, differing, self._inputs.given)
        self._inputs.begin(self._numbers.used(keys for keys, *_ in made.values()), self._processes)
        others = {name: each.others for each in put for name in each.names}
        for job in by_name.values():
            if job.key in made:
                printed = made.pop(job.key)
                self._keep(job, record(job.key, printed, printed[2]), written)
            else:
                self._keep(job, exchanged(self._was[job.key], others.get(job.key, {})), written)

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
        must, differing = self._due()
        patched = self._press.print(self._patching(must), fewest=_PATCHED)
        made, put = self._bring_up(self._jobs, self._made, [each for each in must if each not in patched], differing)
        made |= patched
        before = {name: self._made[name] for name in made if name in self._made} | self._gone
        self._gone = {}
        for name, printed in sorted(made.items()):
            given = self._given[name] if name in self._given else before[name].given
            self._keep(self._jobs[name], record(name, printed, given), written)
        followed = self._follow(made, put)
        if self._always:
            return None
        holding = {name for each in put for name in each.names} - made.keys()
        again = {name: self._made[name] for name in [*made, *(holding - self._made.are_kept(holding))]}
        gone = frozenset(name for each in before.values() for name in each.files)
        if gone := gone.difference(*(each.files for each in again.values())):
            gone -= self._made.holding(gone)
        new = self._numbers.used(self._made[name].keys for name in made).keys() - self._kept
        now = self._built(again, new | changed - followed.keys())
        if put:
            restamped = {file: seen for each in put for file, seen in each.stamped.seen()}
            now = replace(now, restamped=restamped, stamps=self._made.stamps)
        return now, Built(before, files=gone, slots=followed)

    def _follow(self, anew: Iterable[str], put: Sequence[Put]) -> dict[Key, Slot]:
        """Let what other texts were ``put`` into hold what stands there now; return the slots that are no more."""
        if not put:
            return {}
        followed, others = self._putter.follow({name: self._made[name] for name in anew}, put, self._kept)
        for name, each in others.items():
            self._put_down(name, each)
        self._kept -= followed.keys()
        for of_one in () if followed else put:
            for name in of_one.names:
                if name not in anew:
                    self._put_down(name, exchanged(self._made[name], of_one.others))
        return followed

    def rehearse(self, keys: Collection[Key], until: Callable[[], bool]) -> None:
        """Make what reads any of ``keys`` in this process, as it is, in their order and ``until`` that is true.

        Who reads the text of a story, as is asked most, is found sooner then.
        """
        self._holders.choose((self._numbers.of(key) for key in self._numbers.known() if key[0] == "text"), until)
        left = set(self._jobs)
        for number in memoryview(self._numbers.parted(keys)[0]).cast("I"):
            for name in sorted(left.intersection(self._holders.of([number]))):
                if until():
                    return
                self._press.make(self._jobs[name])
                left.remove(name)

    def _due(self) -> tuple[list[str], dict[frozenset[int], list[str]]]:
        """Return what must be made as it reads what has changed, and else by slots that differ what holds these."""
        must = self._holders.of(self._changed)
        made = {name: self._made[name].given if name in self._made else b"" for name in self._given}
        must |= {name for name, given in self._given.items() if not given or given != made[name]}
        holders = {number: self._holders.of([number]) - must for number in self._changed_slots}
        return sorted(filter(self._jobs.__contains__, must)), {
            numbers: sorted(filter(self._jobs.__contains__, names)) for numbers, names in by_slots(holders).items()
        }

    def built(self) -> Built:
        """Return what belongs to this build, but for the list of all files."""
        self._kept.clear()
        self._hold(self._made.settled())
        return self._built(self._made, self._numbers.used([self._made.kept.numbers]))

    def _built(self, made: Mapping[str, Made], read: Collection[Key]) -> Built:
        """Return what was ``made``, with the number and the digest of each thing that was ``read``."""
        digests = self._inputs.digests((key for key in read if key != _ALL), self._processes)
        if _ALL in read:
            digests[_ALL] = b""
        self._kept.update(digests)
        standing_there = {key: self._slots[key] for key in digests if key in self._slots}
        return Built(made, digests, {key: self._numbers.of(key) for key in digests}, slots=standing_there)

    def _patching(self, must: Iterable[str]) -> list[Job]:
        """Return jobs that make those again of ``must`` of which nothing but texts of stories is another."""
        changed = self._changed | self._changed_slots
        known = ((name, self._made[name]) for name in must if name in self._made)
        given = ((self._jobs[name], made, self._given.get(name, made.given)) for name, made in known)
        return [job for each in given if (job := self._patcher.patching(*each, changed))]

    def _bring_up(
        self,
        jobs: Mapping[str, Job],
        was: Records,
        must: Iterable[str],
        differing: Mapping[frozenset[int], Sequence[str]],
        given: Given = not_asked,
    ) -> tuple[dict[str, Printed], list[Put]]:
        """Make those again that ``must`` be, and put new texts into the slots, that are ``differing``, of others.

        Of those with the same slots, that find the same in all contexts, the first is made, to know the new texts.
        Returns what was made, and what was put into what there ``was``.
        """
        found = (jobs.found() if isinstance(jobs, Shelved) else jobs.values()) if differing else ()
        contexts = self._contexts_of(found)
        alike = self._putter.groups(differing, contexts, lambda name: jobs[name].context)
        made = self._press.print([jobs[names[0]] for _, names in alike], given)
        must, groups = list(must), []
        for numbers, (first, *names) in alike:
            if group := self._putter.group(names, numbers, made[first][0]):
                groups.append(group)
            else:
                must += names
        end = self._putter.begin(was, groups)
        try:
            made |= self._press.print([jobs[name] for name in must], given)
        finally:
            put, left = end()  # nobody writes any more when a build has failed, and the next may begin
        for each in put:
            was.restamp(each.names, each.stamped)
        return made | self._press.print([jobs[name] for name in left], given), put

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

    def _differing(self, job: Job) -> frozenset[int] | None:
        """Return which slots of what was made differ, by number: none if it is current; ``_MUST`` if more differs."""
        made = self._was.get(job.key)
        if made is None or not made.given or made.given != self._inputs.given(job.given):
            return _MUST
        if holds_any(made.keys, self._changed):
            return _MUST
        if any(self._seen(name) != seen for name, seen in made.files.items()):
            return _MUST
        return held(made.keys, self._changed_slots)

    def _seen(self, name: str) -> Seen:
        return standing.seen(f"{self._output}/{name}")
