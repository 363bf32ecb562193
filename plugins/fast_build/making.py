"""One edition in the making."""

from collections.abc import Callable, Collection, Iterable, Mapping, MutableMapping
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import xxhash
from msgspec.structs import replace

from . import addresses, forking, garbage, resuming, templating, tracing, untouched, writing
from .audit import OutputFiles
from .digests import Digests
from .engine import Asked, Engine, Generator
from .fragments import Wood
from .inputs import Inputs
from .jobs import Owner
from .leaving import Leaving
from .memory import Built, opened
from .parsing import Reader, Shelf
from .rendering import Renderer
from .settings import FastBuildSettings
from .standing import Seen, Standing
from .texts import Aside


class Making:
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
        self._wood = Wood(self.recorder)
        self._templates: templating.Templates | None = None
        self._renderer: Renderer | None = None
        self._aside = Aside()
        self._contents: dict[str, Any] = {}
        self._statics: dict[str, Any] = {}
        self._inputs: dict[str, Any] = {}
        self._generators: dict[type, Any] = {}
        self._lists: MutableMapping[Owner, Any] = {}
        self._left: set[Owner] = set()
        self._is_whole = False
        self._added: frozenset[int] = frozenset()
        """The identities of the stories that were new last, since all was built."""
        self._leaving = Leaving(settings, engine, self._memory, output.folder, self._processes)
        output.begin()

    @cached_property
    def _before(self) -> Built:
        return self._memory.built()

    @property
    def _known(self) -> Built:
        """What is kept of the last build; where all is made anew, only how things are numbered."""
        before = self._before
        return before if self._same else Built(numbers=before.numbers)

    def prepare(self, generator: Generator) -> None:
        """Take part in the environment of ``generator``, and learn the context that all generators share."""
        self.context = generator.context
        self._generators.setdefault(type(generator), generator)
        self._templates = templating.prepare(generator.env, self.recorder, self._bytecode, self._wood)

    def renderer(self) -> Renderer:
        """Return what makes pages; at the first call all stories are ready."""
        if self._renderer is None:
            context = self.context
            self._contents = {path: each for path, each in context["generated_content"].items() if each is not None}
            self._statics = {path: each for path, each in context["static_content"].items() if each is not None}
            self._inputs = context.copy()
            self._settle(self._contents.values())
            self._aside.put(self._contents.values(), self.store.parent)
            garbage.give_back()
            tracing.trace(self._statics.values(), self.recorder)
            self._renderer = self._new_renderer()
            self._renderer.compare()
        return self._renderer

    def _settle(self, contents: Collection[Any]) -> None:
        """Have addresses of ``contents`` stand, and what is read of them noted."""
        addresses.attach(contents)
        for each in contents:
            each.override_url = each.url  # asked for by every list that names it, and worked out only here
        tracing.trace(contents, self.recorder, self._aside.of)

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
        self._is_whole = True
        renderer, snapshot = self._renderer, None
        if sources and renderer and renderer.can_renew:
            snapshot = self._leaving.begin(self._edition(renderer), self._memory.digests_of_texts())
        built = renderer.built() if renderer else Built()
        of_jobs = (name for each in built.made.values() for name in each.files)
        statics = (each.save_as for each in self.context.get("staticfiles", ()))
        built = replace(built, files=frozenset([*of_jobs, *self._files.opened(), *statics]))
        leftover: Iterable[str] = self._memory.files() - built.files
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
        self._memory.keep_built(built)
        standing = self._leaving.standing(self.context, asked, sources, built) if sources and snapshot else None
        stands = self._leaving.keep(asked, snapshot and snapshot(), standing, self._contents)
        self.shelf.tidy()
        self._end(asked, stands)

    def _end(self, asked: Asked, stands: Standing | None) -> None:
        """Commit the memory, and let the same command find what its last build ``stands`` on."""
        told = stands.encoded() if stands else None
        self._memory.keep_told(told)
        self._memory.commit()
        untouched.keep(self.store, asked.looked.digest, told)

    def close(self) -> None:
        """End, whether the build was whole or not; of one that was not, nobody asks for texts any more."""
        self._files.end()
        self._memory.close()
        if self._renderer:
            self._renderer.let_go()
        if not self._is_whole:
            self._aside.close()

    def forget(self) -> None:
        """Let go of the edition, whose things hold each other: this is the quick way to be rid of them."""
        for each in (*self._contents.values(), *self._statics.values()):
            if tracing.is_awake(each):
                vars(each).clear()
        self.context.clear()
        self._generators.clear()
        self._aside.close()
        self._lists = {}
        if self._renderer:
            self._renderer.let_go()
        self._renderer = None

    def _edition(self, renderer: Renderer) -> resuming.Edition:
        own = (self.context, self._inputs, self._contents, self._statics)
        return resuming.Edition(*own, renderer.jobs, renderer.contexts(), renderer.unqueued, self._lists, self._aside)

    def is_due(self, story: Any) -> bool:  # noqa: ANN401 - Pelican's own
        """Return whether the page of ``story`` has to be asked for: all have, until the build is whole."""
        return not self._is_whole or object.__hash__(story) in self._added

    def leaves(self, owner: Owner, written: Any) -> bool:  # noqa: ANN401 - equal if it would be written alike
        """Return whether the list of ``owner`` need not be ``written``, as it was written so and nothing is removed."""
        before, self._lists[owner] = self._lists.get(owner), written
        same = bool(self._is_whole and before == written)
        if same:
            self._left.add(owner)
        return same
