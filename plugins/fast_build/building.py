"""One edition in the making, and what a preview asks of it afterwards."""

import shutil
import sqlite3
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import xxhash
from jinja2 import Environment, FileSystemBytecodeCache

from . import forking, templating, tracing, writing
from .audit import OutputFiles
from .digests import Digests, UndigestibleError
from .inputs import Inputs
from .memory import Built, Memory
from .parsing import Read, Reader, Shelf
from .rendering import Renderer
from .retelling import HEAD, retell
from .settings import FastBuildSettings
from .tracing import Key


class Generator(Protocol):
    """What is needed of a generator of Pelican's."""

    context: dict[str, Any]
    env: Environment


@dataclass(frozen=True)
class Engine:
    """What the engine knows of its things."""

    simpler: Callable[[object], object]
    """Returns what stands for one of its things in a digest; None for any other."""
    written: Callable[[Path, dict[str, Any]], None]
    """Tells whom it concerns that a page is there."""
    steps: Callable[[Mapping[str, Any]], Iterable[Callable[[Any, Read, Read], bool]]]
    """Returns, from the context, what is to be done for a story with new words."""


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
        self._store = Path(own.cache, f"{xxhash.xxh3_64_hexdigest(str(self.output.resolve()).encode())}.sqlite")
        self._memory = _memory(self._store)
        self._known = self._memory.built()
        if self._memory.fact("surroundings") != surroundings:
            self._known = Built({}, {}, self._known.files)  # all is made anew, and what is left over is removed still
        self._memory.note("surroundings", surroundings)
        self.shelf = Shelf(self._memory, surroundings, settings, self._processes)
        self._bytecode = _bytecode(Path(own.cache), surroundings)
        self._templates: templating.Templates | None = None
        self._renderer: Renderer | None = None
        self._contents: dict[str, Any] = {}
        self._statics: list[str] = []
        output.begin()

    def prepare(self, generator: Generator) -> None:
        """Take part in the environment of ``generator``, and learn the context that all generators share."""
        self.context = generator.context
        self._templates = templating.prepare(generator.env, self.recorder, self._bytecode)

    def renderer(self) -> Renderer:
        """Return what makes pages; at the first call all stories are ready."""
        if self._renderer is None:
            context = self.context
            self._contents = _there(context["generated_content"])
            statics = _there(context["static_content"])
            _attach(self._contents.values())
            self._statics = [each.save_as for each in context["staticfiles"]]
            for each in self._contents.values():
                each.override_url = each.url  # asked for by every list that names it, and worked out only here
            _trace([*self._contents.values(), *statics.values()], self.recorder)
            assert self._templates  # noqa: S101 - every generator has an environment
            inputs = Inputs(context.copy(), self._contents, statics, self._templates, Digests(self._engine.simpler))
            self._renderer = Renderer(self.output, self.recorder, inputs, self._known, self._processes)
        return self._renderer

    def finish(self, alone_with: Collection[str] | None = None) -> None:
        """Remove what this build did not make any more, and commit.

        If the output is to hold nothing else, ``alone_with`` names the exceptions.
        """
        made, digests = self._renderer.made() if self._renderer else ({}, {})
        of_jobs = (name for each in made.values() for name in each.files)
        files = frozenset([*of_jobs, *self._files.opened(), *self._statics])
        leftover: Iterable[str] = self._known.files - files
        if alone_with is not None:
            leftover = writing.strangers(self.output, files, alone_with)
        writing.remove(self.output, leftover)
        self._memory.keep_built(Built(made, digests, files))
        self.shelf.tidy()
        self._memory.commit()

    def close(self) -> None:
        """End, whether the build was whole or not."""
        self._files.end()
        self._memory.close()

    def renew_words(self, files: Collection[str]) -> bool:
        """Take over the words of the source ``files``, and make again what reads them, in an edition that was whole.

        Returns whether nothing else of them is new; if something is, all must be built.
        """
        stories = {each.source_path: each for each in self._contents.values()}
        if self._renderer is None or not stories.keys() >= set(files):
            return False
        with self._shelf() as shelf:
            read = {file: shelf.renewed(file, self.readers[file]) for file in files}
        keys: list[Key] = []
        for file, both in read.items():
            if both is None or not self._is_words_alone(stories[file], *both):
                return False
            if both[0] is not both[1]:
                keys += [(kind, stories[file].relative_source_path) for kind in ("text", "card")]
        return self._renderer.renew(keys, self._engine.written)

    def _is_words_alone(self, story: Any, before: Read, now: Read) -> bool:  # noqa: ANN401 - Pelican's own
        """Give ``story`` its new words if nothing else is new; return whether it is so."""
        if before is now:
            return True
        own: Collection[str] = getattr(self.readers[story.source_path], "of_words", ())
        digests = Digests(self._engine.simpler)
        try:
            one, other = (
                digests.of({name: name in HEAD or value for name, value in metadata.items() if name not in own})
                for _, metadata in (before, now)
            )
        except UndigestibleError:
            return False
        if one != other or not retell(story, now):
            return False
        return all(step(story, before, now) for step in self._engine.steps(self.context))

    @contextmanager
    def _shelf(self) -> Iterator[Shelf]:
        memory = Memory(self._store)
        try:
            yield Shelf(memory, self._surroundings, self._settings, 1)
            memory.commit()
        finally:
            memory.close()


def _memory(file: Path) -> Memory:
    """Open a memory; a damaged one gives way to a new one."""
    try:
        return Memory(file)
    except sqlite3.DatabaseError as error:
        file.unlink()
        sys.stderr.write(f"What was remembered of earlier builds is damaged ({error}); everything is made anew.\n")
        return Memory(file)


def _bytecode(cache: Path, surroundings: bytes) -> FileSystemBytecodeCache:
    folder = Path(cache, "templates", surroundings.hex())
    for other in folder.parent.glob("*"):
        if other != folder:
            shutil.rmtree(other)
    folder.mkdir(parents=True, exist_ok=True)
    return FileSystemBytecodeCache(str(folder))


def _there(contents: dict[str, Any]) -> dict[str, Any]:
    return {path: each for path, each in contents.items() if each is not None}


def _attach(contents: Iterable[Any]) -> None:
    """Resolve the links that move the files which they lead to, as they do when a page is made."""
    for each in contents:
        if "attach" in str(vars(each)["_content"]):
            each.get_content(each.get_siteurl())


def _trace(contents: Iterable[Any], recorder: tracing.Recorder) -> None:
    classes: dict[type, type] = {}
    for each in contents:
        base = type(each)
        if base not in classes:
            classes[base] = tracing.traced(base, recorder)
        each.__class__ = classes[base]
