"""What is asked of an edition that is there: by a preview, or by the next build."""

from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

from .._kit.errors import PROBLEMS, EditionError
from . import forking, leaving, locking, resuming
from .digests import Digests
from .engine import Asked
from .leaving import MOMENT
from .looking import Looking
from .memory import Memory
from .numbering import Key
from .parsing import Read, Shelf
from .rendering import Renderer
from .renewal import Renewal
from .retelling import Renewed, Sources, retell
from .standing import NOWHERE, Seen, seen
from .texts import Texts

_FEW = 24  # files that are looked at before all is built, for mistakes and to be seen; more take as long as that
_NEWEST = 24  # so many of the newest stories are likely to be edited next


class Build(Renewal):
    """One edition in the making, and what the preview or the next build asks of it afterwards."""

    def __init__(self, *parts: Any, **named: Any) -> None:  # noqa: ANN401 - as ``Making`` has them
        super().__init__(*parts, **named)
        self._is_rehearsed = False

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
        edition = world.edition(objects, self._engine.things, {"build_time": instant})
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
        renderer, published = self._renderer, self.context.get("staticfiles", ())
        if not stories or renderer is None:
            return False

        def conclude(*_: object) -> bool:
            return self._conclude(renderer, published) is not None

        steps, digests = [*self._engine.steps(self.context), conclude], Digests(self._engine.simpler)
        looking = Looking(self._start(), steps, digests, self.output)
        jobs = {job.key: job for job in renderer.of(each.save_as for each in stories.values())}
        read = {file: shelf.renewed(file, self.readers[file]) for file in stories}
        return True in [looking.look(story, read[file], jobs.get(story.save_as)) for file, story in stories.items()]
