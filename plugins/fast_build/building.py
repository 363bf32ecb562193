"""What is asked of an edition that is there: by a preview, or by the next build."""

import os
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import ExitStack, closing
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from .._kit import renewing
from .._kit.errors import PROBLEMS, EditionError
from . import forking, leaving, locking, relisting, resuming, taking, tracing, writing
from .digests import Digests
from .engine import Asked
from .inputs import read_of
from .jobs import Job
from .leaving import MOMENT
from .looking import Looking
from .making import Making
from .memory import Memory
from .numbering import Key
from .parsing import Read, Shelf
from .relisting import Change, Relisting
from .rendering import Renderer
from .retelling import HEAD, Renewed, Sources, differing, retell
from .standing import NOWHERE, Seen, seen
from .texts import Texts

Look = Callable[[], None]
_FEW = 24  # files that are looked at before all is built, for mistakes and to be seen; more take as long as that
_TAKEN = HEAD | renewing.LABELS | renewing.PLACES | renewing.TOLD  # metadata of which others are taken over
_NEWEST = 24  # so many of the newest stories are likely to be edited next


class Build(Making):
    """One edition in the making, and what the preview or the next build asks of it afterwards."""

    def __init__(self, *parts: Any, **named: Any) -> None:  # noqa: ANN401 - as ``Making`` has them
        super().__init__(*parts, **named)
        self._is_relisted = False
        """Whether stories were listed anew since the edition's objects were kept."""
        self._is_rehearsed = False
        self._is_changing = False  # whether something of what is new was taken over

    def go_on(self, asked: Asked) -> int | None:
        """Take up the edition as the last build left it, and make again what new words or the time ask for.

        Returns how many pages and groups of files that were; None if all must be built, by another.
        """
        standing = self._memory.standing(asked.looked.told)
        if not self._same or standing is None or (asked.alone and not standing.alone):
            return None
        context = dict(self._settings)
        instant, _ = self._engine.moment(context)
        edited = asked.looked.edited(standing) if standing.holds_at(instant.timestamp()) else None
        if edited is None:
            return None
        world = resuming.World(self._settings, context, self.recorder, Texts(self.store).of, self._engine.start)
        self.readers = resuming.Readers(world.generator(self._engine.things.generators).readers.readers)
        shelf = Shelf(self._memory, self._surroundings, self._settings, 1)
        read = self._read(shelf, edited)
        objects = self._memory.objects() if read is not None else None
        if read is None or objects is None:
            return None
        edition = world.edition(objects, self._engine.things.generators, {"build_time": instant})
        if not self._take_up(edition, edited):
            return None
        new = self._begin(shelf, edited)
        shelf.keep_renewed()
        renewed = self._renew(self._memory, Sources(edited, read, new), [MOMENT])
        if renewed is None:
            return None
        renewed[1]()
        if self._is_relisted and self._renderer:
            leaving.keep(self._memory, self._objects(self._renderer, self._memory)(), self._contents)
        self._end(asked, self._memory.standing())
        return renewed[0]

    def _take_up(self, edition: resuming.Edition, edited: Collection[str]) -> bool:
        """Take up the edition, and what was made again since, but for what is ``edited``; return if it is whole."""
        self._inputs, self._statics = dict(edition.inputs), dict(edition.statics)
        self._contents, self._lists, self._is_whole = dict(edition.contents), edition.lists, True
        self._by_file = dict(edition.by_file)
        self._renderer = self._new_renderer()
        self._renderer.go_on(edition.jobs, edition.contexts, edition.unqueued)
        retold = self._memory.retold()
        for file in self._by_file.keys() & set(retold):
            story, read = self._by_file[file], self.shelf.kept(file)
            retell(story, read)
            for step in self._engine.steps(self.context):
                step(story, read, read)
        return self._take(self._renderer, set(retold).difference(self._by_file, edited)) is not None

    def _take(self, renderer: Renderer, files: Collection[str]) -> set[str] | None:
        """Have plugins take over ``files``; return by which names something else is in the context.

        None if all must be built.
        """
        until = self._engine.moment(self.context)[1]
        taken = taking.take(files, self.context, self._engine.takers(self.context), self._start)
        if taken is None or self._engine.moment(self.context)[1] != until:
            return None
        names, generators = taken
        self._put(names, renderer)
        jobs = [job for each in generators for job in self._engine.output(each, self)]
        return names if renderer.replace(jobs) else None

    def _put(self, names: Collection[str], renderer: Renderer) -> None:
        """Have all that is made find what the shared context has now by ``names``."""
        now = {name: self.context[name] for name in names if name in self.context}
        for context in (self._inputs, *renderer.contexts()) if now else ():
            context.update({name: value for name, value in now.items() if name in context})

    @cached_property
    def _relisting(self) -> Relisting:
        def start(cls: type) -> Any:  # noqa: ANN401 - Pelican's own
            return self._generators.get(cls) or self._start(cls)

        return Relisting(start(self._engine.things.articles), start)

    def _relist(self, renderer: Renderer, change: Change, look: Look | None) -> Iterable[Key] | None:
        """Have all stories listed anew after a ``change``, if there is one, and return what may be another then.

        Before, each that is new or has other labels is made to be seen on its own page if there is a ``look``. None if
        all must be built.
        """
        if not change:
            return ()
        if change.reorders and renderer.unqueued:
            return None  # Pelican itself has written a list
        self._left.clear()
        for each in change.moved:
            relisting.restate(each)
        moved = [each.story for each in change.moved]
        self._show(renderer, renderer.of(each.save_as for each in moved), moved, look)
        with tracing.unnoted(self._contents.values()):
            placed = self._relisting.place(change, self._engine.placers(self.context))
        if placed is None or not self._admit(renderer, change.added):
            return None
        touched = [*placed.touched, *change.added]
        self._show(renderer, self._pages(change.added) if look and change.added else (), touched, look)
        with tracing.unnoted(self._contents.values()):
            listers = self._engine.listers(self.context)
            listed = self._relisting.list_again(change, placed, listers, lambda each: self._engine.output(each, self))
        if listed is None:
            return None
        self._is_relisted = True
        self._put(listed.names, renderer)
        renderer.relist(listed.jobs, partial(listed.renews, left=self._left))
        return [*renderer.keys_of(listed.names), *read_of(each.relative_source_path for each in touched)]

    def _show(self, renderer: Renderer, jobs: Collection[Job], changed: Iterable[Any], look: Look | None) -> None:
        """Make ``jobs``, pages of stories that have ``changed``, to be seen before others if there is a ``look``."""
        if look and jobs:
            renderer.show(jobs, read_of(each.relative_source_path for each in changed))
            look()

    def _pages(self, added: Collection[Any]) -> list[Job]:
        """Return the pages of stories that are ``added``."""
        names = {each.save_as for each in added}
        return [job for job in self._engine.output(self._relisting.articles, self) if job.key in names]

    def _admit(self, renderer: Renderer, stories: Sequence[Any]) -> bool:
        """Let new ``stories`` be among all others, unless there is something at their addresses."""
        if renderer.of(each.save_as for each in stories):
            return False
        self._settle(stories)
        self._added = frozenset(map(object.__hash__, stories))
        self._by_file.update((each.source_path, each) for each in stories)
        by_path = {each.relative_source_path: each for each in stories}
        self._contents |= by_path
        renderer.admit(by_path)
        return True

    def _start(self, cls: type | None = None) -> Any:  # noqa: ANN401 - Pelican's own
        """Return a generator of the class ``cls``, or of any."""
        return self._engine.start(cls or self._engine.things.generators, self.context)

    @cached_property
    def _by_file(self) -> dict[str, Any]:
        """Stories and pages by the absolute path of their file."""
        return {each.source_path: each for each in self._contents.values()}

    def renew(self, files: Collection[str], look: Callable[[], None]) -> Callable[[], None] | None:
        """Take over what is new in ``files``, and make again what reads it, in an edition that was whole.

        Returns what commits, as ``finish`` does; None if all must be built. ``look`` is called before when there are
        stories that can be seen already, each on its own page. Raises EditionError for mistakes: then all is as it was,
        and ``files`` are to be taken over yet.
        """
        if self._renderer is None:
            return None
        with ExitStack() as opened:
            memory = opened.enter_context(closing(Memory(self.store)))
            seen_now = self._seen(memory, files)
            shelf = Shelf(memory, self._surroundings, self._settings, 1)
            new = self._begin(shelf, seen_now)
            read = self._read(shelf, files)
            if len(files) <= _FEW:
                self._tell_mistakes(files, read or {})
            self._is_changing = False
            try:
                renewed = None if read is None else self._renew(memory, Sources(seen_now, read, new), [], look)
            except EditionError:
                if self._is_changing:
                    self._renderer = None  # half of what is new is taken over: only a whole build can go on from here
                raise
            if renewed is None:
                if len(files) <= _FEW and not self.context.get(PROBLEMS) and self._look(shelf, files):
                    look()
                return None
            held = opened.pop_all()

        def commit() -> None:
            with held:
                renewed[1]()
                shelf.keep_renewed()
                memory.commit()

        return commit

    def _seen(self, memory: Memory, files: Iterable[str]) -> dict[str, Seen]:
        """Return what is seen of ``files``, but of those that came and went since all was built, as editors have it."""
        found = {file: seen(file) for file in files}
        standing = memory.standing() if NOWHERE in found.values() else None
        known = standing.sources.has if standing else bool
        return {file: each for file, each in found.items() if each != NOWHERE or known(file)}

    def _begin(self, shelf: Shelf, files: Iterable[str]) -> list[str]:
        """Return those of ``files`` that are stories of which nothing is known, which the ``shelf`` has then."""
        unknown = (file for file in files if file not in self._by_file and not shelf.has(file))
        new = [file for file in unknown if not os.path.isdir(file) and self._relisting.is_new(file)]  # noqa: PTH112
        for file in new:
            self.readers[file] = self._relisting.reader(file)
            shelf.begin(file, self.readers[file])
        return new

    def _tell_mistakes(self, files: Iterable[str], read: Mapping[str, Renewed]) -> None:
        """Raise EditionError for mistakes in stories among ``files``, but for those that were ``read`` well."""
        for file in self._by_file.keys() & set(files):
            story, reader = self._by_file[file], self.readers[file]
            is_sound: Callable[[Read], bool] = getattr(reader, "is_sound", lambda _: True)
            well = file in read and is_sound(read[file].now)
            if not well and Path(file).is_file() and self._relisting.can_take([story]):
                self._relisting.reread(story, self._engine.reread)

    def _objects(self, renderer: Renderer, memory: Memory) -> forking.Awaited[resuming.Snapshot | None]:
        return self._leaving.begin(self._edition(renderer), memory.digests_of_texts())

    def _keep_objects(self, renderer: Renderer, until: Callable[[], bool]) -> None:
        """Keep the edition's objects as they are now, ``until`` that is true."""
        with closing(Memory(self.store)) as memory:
            objects = self._objects(renderer, memory)
        if objects.is_there(until):
            with locking.held(self.store.with_name("lock")), closing(Memory(self.store)) as memory:
                leaving.keep(memory, objects(), self._contents)
                memory.commit()
            self._is_relisted = False

    def get_ready(self, until: Callable[[], bool]) -> None:
        """Keep what the next process goes on from, if that waits; else rehearse, once; both ``until`` that is true."""
        if self._renderer and self._is_relisted:
            self._keep_objects(self._renderer, until)
        elif self._renderer and not self._is_rehearsed:
            self._is_rehearsed = True
            self._rehearse(self._renderer, until)

    def _rehearse(self, renderer: Renderer, until: Callable[[], bool]) -> None:
        """Make what shows the newest stories, so that a save finds ready what it needs."""
        newest = [each for each in self.context.get("articles", ())[:_NEWEST] if each.source_path in self._by_file]
        texts: list[Key] = [("text", each.relative_source_path) for each in reversed(newest)]  # what is last stays
        renderer.rehearse([*(("card", path) for _, path in texts[-1:]), *texts], until)

    def _look(self, shelf: Shelf, files: Collection[str]) -> bool:
        """Show stories among ``files``, each on its own page; return whether there are such."""
        stories = {file: self._by_file[file] for file in files if file in self._by_file}
        if not stories or self._renderer is None:
            return False
        steps, digests = self._engine.steps(self.context), Digests(self._engine.simpler)
        looking = Looking(self._start(), steps, digests, self.output)
        jobs = {job.key: job for job in self._renderer.of(each.save_as for each in stories.values())}
        read = {file: shelf.renewed(file, self.readers[file]) for file in stories}
        return True in [looking.look(story, read[file], jobs.get(story.save_as)) for file, story in stories.items()]

    def _read(self, shelf: Shelf, files: Collection[str]) -> dict[str, Renewed] | None:
        """Return what stories among ``files`` were read as and are; None if more is new than words and labels."""
        found: dict[str, Renewed] = {}
        for file in filter(shelf.has, files):
            both = shelf.renewed(file, self.readers[file])
            own: Collection[str] = getattr(self.readers[file], "of_words", ())
            names = both and differing(*both, own, Digests(self._engine.simpler))
            if both is None or names is None or not names <= _TAKEN:
                return None
            found[file] = Renewed(*both, names)
        return found

    def _change(self, sources: Sources) -> Change | None:
        """Return of which stories more than words is new; None if all must be built."""
        of_more = [(self._by_file[file], each) for file, each in sources.read.items() if not each.names <= HEAD]
        if not of_more and not sources.new:
            return relisting.NOTHING
        return self._relisting.change(of_more, sources.new, self._engine.reread)

    def _retell(self, read: Mapping[str, Renewed]) -> list[Key] | None:
        """Give stories the words that were ``read``; return what may be another of them, None if all must be built."""
        self._is_changing = True
        told = [(self._by_file[file], each) for file, each in read.items() if each.before is not each.now]
        steps = self._engine.steps(self.context)
        for story, (before, now, _) in told:
            if not retell(story, now) or not all(step(story, before, now) for step in steps):
                return None
        return read_of(story.relative_source_path for story, _ in told)

    def _renew(
        self, memory: Memory, sources: Sources, keys: Iterable[Key], look: Look | None = None
    ) -> tuple[int, Callable[[], None]] | None:
        """Take over what is new in ``sources``, and make again what reads it or ``keys``.

        Returns how much it was, and what keeps that in ``memory``; None if all must be built.
        """
        renderer, read = self._renderer, sources.read
        if renderer is None or not self._by_file.keys() >= read.keys():
            return None
        change = self._change(sources)
        names = None if change is None else self._take(renderer, sources.others)
        retold = None if names is None else self._retell(read)
        relisted = None if retold is None or change is None else self._relist(renderer, change, look)
        if names is None or retold is None or relisted is None:
            return None
        renewed = renderer.renew([*keys, *renderer.keys_of(names), *relisted, *retold], self._engine.written)
        if renewed is None:
            return None
        built, former = renewed
        gone, anew = former.files, {name: each for made in built.made.values() for name, each in made.files.items()}
        outputs = {**built.restamped, **anew}
        writing.remove(self.output, gone)

        def keep() -> None:
            renderer.let_go()
            memory.renew_built(replace(built, files=frozenset(anew)), former)
            memory.keep_retold([*read, *sources.others])
            if change:
                leaving.keep(memory, None, {})  # the objects as they are now are kept when there is time
            folders = writing.folders([*outputs, *gone]) if memory.fact("alone") else ()
            left = outputs | dict.fromkeys(gone, NOWHERE) | {name: seen(self.output / name) for name in folders}
            memory.stand_on(self.context["build_time"].timestamp(), sources.seen, left)

        return len(built.made.keys() | built.restamped), keep
