"""One edition in the making, and what is asked of it afterwards: by a preview, or by the next build."""

import os
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import ExitStack, closing
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import xxhash

from . import addresses, forking, resuming, taking, templating, tracing, untouched, writing
from .audit import OutputFiles
from .digests import Digests
from .engine import Asked, Engine, Generator
from .inputs import Inputs
from .looking import Looking
from .memory import Built, Memory, Texts, opened
from .numbering import Key
from .parsing import Read, Reader, Shelf
from .rendering import Renderer
from .retelling import differ_in_words_alone, retell
from .settings import FastBuildSettings
from .standing import NOWHERE, Seen, Stamps, Standing, seen

_MOMENT: Key = ("name", "build_time")
_NEWEST = 24  # so many of the newest stories are likely to be edited next


class Build:
    """What one run shares among its parts; ``surroundings`` is the digest of all that everything depends on."""

    def __init__(
        self,
        settings: Mapping[str, Any],
        own: FastBuildSettings,
        surroundings: bytes,
        output: OutputFiles,
        engine: Engine,
    ) -> None:
        self.output = output.folder
        self.context: dict[str, Any] = {}
        self.recorder = tracing.Recorder()
        self.readers: dict[str, Reader] = {}
        self._settings = settings
        self._surroundings = surroundings
        self._files = output
        self._engine = engine
        self._processes = own.processes or forking.cores()
        self.store = Path(own.cache, f"{xxhash.xxh3_64_hexdigest(str(self.output.resolve()).encode())}.sqlite")
        self._memory = opened(self.store)
        self._same = self._memory.fact("surroundings") == surroundings
        self._memory.note("surroundings", surroundings)
        self.shelf = Shelf(self._memory, surroundings, settings, self._processes)
        self._bytecode = templating.bytecode(Path(own.cache), surroundings)
        self._templates: templating.Templates | None = None
        self._renderer: Renderer | None = None
        self._contents: dict[str, Any] = {}
        self._statics: dict[str, Any] = {}
        self._inputs: dict[str, Any] = {}
        output.begin()

    @cached_property
    def _before(self) -> Built:
        return self._memory.built()

    @property
    def _known(self) -> Built:
        """What is kept of the last build; where all is made anew, only what is to be removed if it is left over."""
        before = self._before
        return before if self._same else Built(numbers=before.numbers, files=before.files)

    def prepare(self, generator: Generator) -> None:
        """Take part in the environment of ``generator``, and learn the context that all generators share."""
        self.context = generator.context
        self._templates = templating.prepare(generator.env, self.recorder, self._bytecode)

    def renderer(self) -> Renderer:
        """Return what makes pages; at the first call all stories are ready."""
        if self._renderer is None:
            context = self.context
            self._contents = {path: each for path, each in context["generated_content"].items() if each is not None}
            self._statics = {path: each for path, each in context["static_content"].items() if each is not None}
            self._inputs = context.copy()
            addresses.attach(self._contents.values())
            for each in self._contents.values():
                each.override_url = each.url  # asked for by every list that names it, and worked out only here
            tracing.trace([*self._contents.values(), *self._statics.values()], self.recorder)
            self._renderer = self._new_renderer()
            self._renderer.compare()
        return self._renderer

    def _new_renderer(self) -> Renderer:
        assert self._templates  # noqa: S101 - every generator has an environment
        contents, digests = {**self._statics, **self._contents}, Digests(self._engine.simpler)
        inputs = Inputs(self._inputs, contents, self._templates, digests, self._known.digests)
        return Renderer(self.output, self.recorder, inputs, self._known, self._processes)

    def finish(self, asked: Asked, retained: Collection[str], sources: Mapping[str, Seen] | None) -> Callable[[], None]:
        """Remove what this build did not make any more; return what commits, and may be called a little later.

        If the output is to hold nothing else, ``retained`` are the exceptions. The next build can go on from this one
        if there are ``sources``: all files that it can have read, as they were seen before.
        """
        snapshot = self._begin_snapshot() if sources else None
        built = self._renderer.built() if self._renderer else Built()
        of_jobs = (name for each in built.made.values() for name in each.files)
        statics = (each.save_as for each in self.context.get("staticfiles", ()))
        built = replace(built, files=frozenset([*of_jobs, *self._files.opened(), *statics]))
        leftover: Iterable[str] = self._before.files - built.files
        if asked.alone:
            leftover = writing.strangers(self.output, built.files, retained)
        writing.remove(self.output, leftover)
        return partial(self._commit, asked, built, sources, snapshot)

    def _commit(
        self,
        asked: Asked,
        built: Built,
        sources: Mapping[str, Seen] | None,
        snapshot: Callable[[], resuming.Snapshot | None] | None,
    ) -> None:
        self._memory.keep_built(built, self._before)
        standing = self._standing(asked, sources, built) if sources and snapshot else None
        stands = self._keep_standing(asked, snapshot and snapshot(), standing)
        self.shelf.tidy()
        self._memory.commit()
        untouched.keep(self.store, asked.digest, stands)

    def close(self) -> None:
        """End, whether the build was whole or not."""
        self._files.end()
        self._memory.close()

    def forget(self) -> None:
        """Let go of the edition, whose things hold each other: this is the quick way to be rid of them."""
        for each in (*self._contents.values(), *self._statics.values()):
            vars(each).clear()
        self.context.clear()
        self._renderer = None

    def go_on(self, asked: Asked) -> int | None:
        """Take up the edition as the last build left it, and make again what new words or the time ask for.

        Returns how many pages and groups of files that were; None if all must be built, by another.
        """
        standing = self._memory.standing()
        if not self._same or standing is None or (asked.alone and not standing.alone):
            return None
        context = dict(self._settings)
        instant, _ = self._engine.moment(context)
        edited = standing.edited() if standing.holds_at(instant.timestamp()) else None
        if edited is None:
            return None
        world = resuming.World(self._settings, context, self.recorder, Texts(self.store).of, self._engine.start)
        self.readers = resuming.Readers(world.generator(self._engine.things.generators).readers.readers)
        shelf = Shelf(self._memory, self._surroundings, self._settings, 1)
        read = self._read(shelf, edited)
        snapshot = self._memory.fact("snapshot") if read is not None else None
        if read is None or snapshot is None:
            return None
        if not self._take_up(world.edition(snapshot, self._engine.things.generators, {"build_time": instant})):
            return None
        shelf.keep_renewed()
        renewed = self._renew(self._memory, read, edited, [_MOMENT])
        if renewed is None:
            return None
        renewed[1]()
        stands = self._memory.standing()
        self._memory.commit()
        untouched.keep(self.store, asked.digest, stands)
        return renewed[0]

    def _take_up(self, edition: resuming.Edition) -> bool:
        """Take up the edition, and what was made again since; return whether it is whole."""
        self._inputs, self._statics = dict(edition.inputs), dict(edition.statics)
        self._contents = dict(edition.contents)
        self._renderer = self._new_renderer()
        self._renderer.go_on(edition.jobs, edition.unqueued)
        retold = self._memory.retold()
        for file in self._by_file.keys() & set(retold):
            story, read = self._by_file[file], self.shelf.kept(file)
            retell(story, read)
            for step in self._engine.steps(self.context):
                step(story, read, read)
        return self._take(self._renderer, set(retold) - self._by_file.keys()) is not None

    def _take(self, renderer: Renderer, files: Collection[str]) -> set[str] | None:
        """Have plugins take over ``files``; return by which names something else is in the context.

        None if all must be built.
        """
        until = self._engine.moment(self.context)[1]
        taken = taking.take(files, self.context, self._engine.takers(self.context), self._start)
        if taken is None or self._engine.moment(self.context)[1] != until:
            return None
        names, generators = taken
        now = {name: self.context[name] for name in names}
        for context in (self._inputs, *renderer.contexts()) if now else ():
            context.update({name: value for name, value in now.items() if name in context})
        jobs = [job for each in generators for job in self._engine.output(each, self)]
        return names if renderer.replace(jobs) else None

    def _start(self, cls: type | None = None) -> Any:  # noqa: ANN401 - Pelican's own
        """Return a generator of the class ``cls``, or of any."""
        return self._engine.start(cls or self._engine.things.generators, self.context)

    @cached_property
    def _by_file(self) -> dict[str, Any]:
        """Stories and pages by the absolute path of their file."""
        return {each.source_path: each for each in self._contents.values()}

    def renew(self, files: Collection[str], look: Callable[[], None]) -> Callable[[], None] | None:
        """Take over the words of the source ``files``, and make again what reads them, in an edition that was whole.

        Returns what commits, as ``finish`` does; None if something else of them is new, and all must be built: then
        ``look`` is called before if there are stories that can be seen already, each on its own page.
        """
        if self._renderer is None:
            return None
        with ExitStack() as opened:
            memory = opened.enter_context(closing(Memory(self.store)))
            seen_now = {file: seen(file) for file in files}
            shelf = Shelf(memory, self._surroundings, self._settings, 1)
            read = self._read(shelf, files)
            renewed = None if read is None else self._renew(memory, read, seen_now, [])
            if renewed is None:
                if self._look(shelf, files):
                    look()
                return None
            held = opened.pop_all()

        def commit() -> None:
            with held:
                renewed[1]()
                shelf.keep_renewed()
                memory.commit()

        return commit

    def rehearse(self, until: Callable[[], bool]) -> None:
        """Make what shows the newest stories, ``until`` that is true, so that a save finds ready what it needs."""
        if self._renderer is None:
            return
        newest = [each for each in self.context.get("articles", ())[:_NEWEST] if each.source_path in self._by_file]
        texts: list[Key] = [("text", each.relative_source_path) for each in reversed(newest)]  # what is last stays
        self._renderer.rehearse([*(("card", path) for _, path in texts[-1:]), *texts], until)

    def _look(self, shelf: Shelf, files: Collection[str]) -> bool:
        """Show stories among ``files``, each on its own page; return whether there are such."""
        stories = {file: self._by_file[file] for file in files if file in self._by_file}
        if not stories or self._renderer is None:
            return False
        steps, digests = self._engine.steps(self.context), Digests(self._engine.simpler)
        looking = Looking(self._start(), steps, digests, self.output)
        jobs = {job.key: job for job in self._renderer.jobs}
        read = {file: shelf.renewed(file, self.readers[file]) for file in stories}
        return True in [looking.look(story, read[file], jobs.get(story.save_as)) for file, story in stories.items()]

    def _read(self, shelf: Shelf, files: Collection[str]) -> dict[str, tuple[Read, Read]] | None:
        """Return what stories among ``files`` were read as, and are read as now; None if more than words is new."""
        found: dict[str, tuple[Read, Read]] = {}
        for file in filter(shelf.has, files):
            both = shelf.renewed(file, self.readers[file])
            own: Collection[str] = getattr(self.readers[file], "of_words", ())
            if both is None or not differ_in_words_alone(*both, own, Digests(self._engine.simpler)):
                return None
            found[file] = both
        return found

    def _renew(
        self,
        memory: Memory,
        read: Mapping[str, tuple[Read, Read]],
        seen_now: Mapping[str, Seen],
        keys: Iterable[Key],
    ) -> tuple[int, Callable[[], None]] | None:
        """Take over the words of files ``read``, and make again what reads them or ``keys``.

        Returns how much it was, and what keeps that in ``memory``; None if all must be built.
        """
        renderer, stories = self._renderer, self._by_file
        others = [file for file in seen_now if file not in read and not os.path.isdir(file)]  # noqa: PTH112 - quicker
        names = self._take(renderer, others) if renderer and stories.keys() >= read.keys() else None
        if renderer is None or names is None:
            return None
        keys = [*keys, *renderer.keys_of(names)]
        for file, (before, now) in read.items():
            if before is not now:
                story = stories[file]
                if not retell(story, now) or not all(
                    step(story, before, now) for step in self._engine.steps(self.context)
                ):
                    return None
                keys += [(kind, story.relative_source_path) for kind in ("text", "card")]
        renewed = renderer.renew(keys, self._engine.written)
        if renewed is None:
            return None
        built, former = renewed
        gone, outputs = former.files, {name: each for made in built.made.values() for name, each in made.files.items()}
        writing.remove(self.output, gone)

        def keep() -> None:
            memory.renew_built(replace(built, files=frozenset(outputs)), former)
            memory.keep_retold([*read, *others])
            folders = writing.folders([*outputs, *gone]) if memory.fact("alone") else ()
            left = outputs | dict.fromkeys(gone, NOWHERE) | {name: seen(self.output / name) for name in folders}
            memory.stand_on(self.context["build_time"].timestamp(), seen_now, left)

        return len(built.made), keep

    def _begin_snapshot(self) -> Callable[[], resuming.Snapshot | None] | None:
        """Begin to keep the edition's objects, beside what else is to be done; None if nobody can go on from them."""
        renderer = self._renderer
        if renderer is None or not renderer.can_renew:
            return None
        jobs = tuple(renderer.jobs)
        edition = resuming.Edition(self.context, self._inputs, self._contents, self._statics, jobs, renderer.unqueued)
        settings, things, known = self._settings, self._engine.things, self._memory.digests_of_texts()
        return forking.beside(lambda: resuming.snapshot(edition, settings, things, known), self._processes)

    def _keep_standing(
        self, asked: Asked, snapshot: resuming.Snapshot | None, standing: Standing | None
    ) -> Standing | None:
        """Keep what the next build may go on from; return what this one stands on, if that is so."""
        memory = self._memory
        if snapshot:
            memory.keep_texts(snapshot.texts, snapshot.stories)
        stands = standing if snapshot else None
        memory.stand(stands)
        memory.note("snapshot", snapshot.objects if snapshot else None)
        memory.note("alone", b"yes" if snapshot and asked.alone else None)
        return stands

    def _standing(self, asked: Asked, sources: Mapping[str, Seen], built: Built) -> Standing:
        instant, until = self._engine.moment(self.context)
        outputs = {name: each for made in built.made.values() for name, each in made.files.items()}
        others = (built.files - outputs.keys()) | (writing.folders(built.files) if asked.alone else set())
        outputs |= {name: seen(self.output / name) for name in others}
        return Standing(
            moment=instant.timestamp(),
            until=until,
            fixed=bool(self._settings.get("BUILD_TIME")),
            timeless=not built.has_read(_MOMENT),
            alone=asked.alone,
            output=str(self.output),
            sources=Stamps.of(sources),
            outputs=Stamps.of(outputs),
        )
