"""The adapter: Pelican, with its pages made over all cores, and only where an input has changed."""

import gc
import io
import logging
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pelican
import xxhash
from jinja2 import FileSystemBytecodeCache
from pelican import LOG_HANDLERS, Pelican, get_config, parse_arguments, signals
from pelican.contents import Content
from pelican.generators import ArticlesGenerator, Generator, PagesGenerator
from pelican.log import init as init_logging
from pelican.settings import read_settings
from pelican.urlwrappers import URLWrapper
from pelican.utils import file_suffix, sanitised_join
from pelican.writers import FileOverwriteFailedError, Writer

from .._kit import wiring
from . import forking, locking, rendering, surroundings, templating, tracing, writing
from .audit import OutputFiles
from .digests import Digests, UndigestibleError
from .inputs import Inputs
from .memory import Built, Memory
from .parsing import Shelf
from .rendering import Job, Renderer
from .settings import FastBuildSettings

_SETTING = "FAST_BUILD"
_OPTIONS = ("relative_urls", "paginated", "template_name", "override_output", "url")  # of Pelican's writer
_FAST = "KEREGE_FAST_BUILD"
_log = logging.getLogger(__name__)


class FastPelican(Pelican):
    """Pelican with a memory: the same output, without making again what is there."""

    def run(self) -> None:
        """Build; at its end the memory is committed, and what is made no longer is removed."""
        own = wiring.read_settings(self, FastBuildSettings, _SETTING) or FastBuildSettings()
        with locking.held(Path(own.cache, "lock")):
            self.settings[_FAST] = build = Build(self, own)
            gc.collect()
            gc.freeze()
            try:
                super().run()
                build.finish()
            finally:
                gc.unfreeze()
                del self.settings[_FAST]
                build.close()

    def _get_generator_classes(self) -> list[type[Generator]]:
        taken = {ArticlesGenerator: RememberingArticles, PagesGenerator: RememberingPages}
        return [*(taken.get(each, each) for each in super()._get_generator_classes()), LastPages]

    def _get_writer(self) -> Writer:
        chosen = super()._get_writer()
        build: Build = self.settings[_FAST]
        if type(chosen) is not Writer or self.settings["RELATIVE_URLS"]:
            _log.warning("Every page is made again: addresses are relative, or another plugin writes the pages.")
            return chosen
        return build.writer


class Build:
    """What one run shares among its parts."""

    def __init__(self, pelican: Pelican, own: FastBuildSettings) -> None:
        self.output = Path(pelican.output_path)
        self.context: dict[str, Any] = {}
        self._processes = own.processes or forking.cores()
        self.recorder = tracing.Recorder()
        self.writer = QueueingWriter(pelican.output_path, pelican.settings, self)
        self._files = OutputFiles(self.output)
        self._memory = _memory(Path(own.cache), self.output)
        now = _surroundings(pelican)
        self._known = self._memory.built()
        if self._memory.fact("surroundings") != now:
            self._known = Built({}, {}, self._known.files)  # all is made anew, and what is left over is removed still
        self._memory.note("surroundings", now)
        self.shelf = Shelf(self._memory, now, pelican.settings, self._processes)
        self._bytecode = _bytecode(Path(own.cache), now)
        self._templates: templating.Templates | None = None
        self._renderer: Renderer | None = None
        self._statics: list[str] = []

    def prepare(self, generator: Generator) -> None:
        """Take part in the environment of ``generator``, and learn the context that all generators share."""
        self.context = generator.context
        self._templates = templating.prepare(generator.env, self.recorder, self._bytecode)

    def renderer(self) -> Renderer:
        """Return what makes pages; at the first call all stories are ready."""
        if self._renderer is None:
            context = self.context
            contents = _there(context["generated_content"])
            statics = _there(context["static_content"])
            _attach(contents.values())
            self._statics = [each.save_as for each in context["staticfiles"]]
            for each in contents.values():
                each.override_url = each.url  # asked for by every list that names it, and worked out only here
            _trace([*contents.values(), *statics.values()], self.recorder)
            assert self._templates  # noqa: S101 - every generator has an environment
            inputs = Inputs(context.copy(), contents, statics, self._templates, Digests(_simpler))
            self._renderer = Renderer(self.output, self.recorder, inputs, self._known, self._processes)
        return self._renderer

    def finish(self) -> None:
        """Remove what this build did not make any more, and commit."""
        made, digests = self._renderer.made() if self._renderer else ({}, {})
        of_jobs = (name for each in made.values() for name in each.files)
        files = frozenset([*of_jobs, *self._files.opened(), *self._statics])
        writing.remove(self.output, self._known.files - files)
        self._memory.keep_built(Built(made, digests, files))
        self.shelf.tidy()
        self._memory.commit()

    def close(self) -> None:
        """End, whether the build was whole or not."""
        self._files.close()
        self._memory.close()


class QueueingWriter(Writer):
    """Gathers pages, to make them together; what depends on the order of things is written as Pelican does."""

    def __init__(self, output_path: str, settings: dict[str, Any], build: Build) -> None:
        super().__init__(output_path, settings)
        self._build = build
        self._jobs: list[Job] = []
        self._snapshot: dict[str, Any] = {}

    def write_file(self, name: str, template: Any, context: dict[str, Any], *rest: Any, **named: Any) -> None:
        """Queue the page, or write it at once, after all that are queued; the arguments are those of Pelican's own."""
        if not name:
            return
        options = {**dict(zip(_OPTIONS, rest, strict=False)), **{key: named[key] for key in _OPTIONS if key in named}}
        given = {key: value for key, value in named.items() if key not in _OPTIONS}
        paged = options.get("paginated") or options.get("template_name") in self.settings["PAGINATED_TEMPLATES"]
        special = paged or options.get("relative_urls") or options.get("override_output")
        if special or context is not self._build.context:
            self.flush()
            super().write_file(name, template, context, **options, **given)
        elif self._claim(sanitised_join(self.output_path, name), override=False):
            self._jobs.append(Job(name, self._now(), given, rendering.page, template))

    def queue_files(self, key: str, given: Mapping[str, Any], make: Callable[[], Mapping[str, bytes]]) -> None:
        """Queue files that ``make`` returns, by name; it reads nothing but ``given`` and stories."""
        self._jobs.append(Job(f"files:{key}", self._now(), given, lambda _: make()))

    def remember(self, function: Callable[[Any], Any]) -> Callable[[Any], Any]:
        """Return ``function`` with a memory, for what is asked for by several that are queued."""
        return self._build.recorder.remembering(function)

    def flush(self) -> None:
        """Make what is queued."""
        jobs, self._jobs = self._jobs, []
        if jobs:
            self._build.renderer().make(jobs, _tell_written)

    def _now(self) -> dict[str, Any]:
        """Return the shared context as it is now: generators take things out of it while they write."""
        if self._snapshot != self._build.context:
            self._snapshot = self._build.context.copy()
        return self._snapshot

    def _claim(self, path: str, *, override: bool) -> bool:
        """Return whether ``path`` may be written, by Pelican's rules; raises FileOverwriteFailedError."""
        overridden = path in self._overridden_files
        if overridden if override else path in self._written_files and not overridden:
            raise FileOverwriteFailedError(path)
        self._written_files.add(path)
        if override:
            self._overridden_files.add(path)
        return not overridden

    def _open_w(self, filename: str, encoding: str, override: bool = False) -> io.StringIO:  # noqa: FBT001, FBT002
        """Return a file that is written when it is closed, if it differs; or one that goes nowhere."""
        may = self._claim(filename, override=override)
        return writing.Text(Path(filename), encoding) if may else io.StringIO()


class _Remembering(Generator):
    """A generator whose source files are read over all cores, and only those that are new."""

    kind = ""

    def generate_context(self) -> None:
        """Read what is new, then go on as Pelican does."""
        shelf: Shelf = self.settings[_FAST].shelf
        readers = self.readers.readers
        found = self.get_files(self.settings[f"{self.kind}_PATHS"], self.settings[f"{self.kind}_EXCLUDES"])
        files = [str(Path(self.path, name).absolute()) for name in sorted(found)]
        shelf.fill({file: readers[suffix] for file in files if (suffix := file_suffix(file)) in readers})
        for reader in readers.values():
            reader.read = shelf.reading(reader)
        super().generate_context()


class RememberingArticles(_Remembering, ArticlesGenerator):
    """Pelican's generator of articles."""

    kind = "ARTICLE"

    def generate_tags(self, write: Any) -> None:
        """Write the pages of tags, unless no setting asks for them: looking for their stories takes quadratic time."""
        if self.settings["TAG_SAVE_AS"]:
            super().generate_tags(write)

    def generate_categories(self, write: Any) -> None:
        """Write the pages of categories, unless no setting asks for them."""
        if self.settings["CATEGORY_SAVE_AS"]:
            super().generate_categories(write)

    def generate_authors(self, write: Any) -> None:
        """Write the pages of authors, unless no setting asks for them."""
        if self.settings["AUTHOR_SAVE_AS"]:
            super().generate_authors(write)


class RememberingPages(_Remembering, PagesGenerator):
    """Pelican's generator of pages."""

    kind = "PAGE"


class LastPages(Generator):
    """Has the pages made that are queued still, when all generators have said what they want."""

    def generate_output(self, writer: Writer) -> None:
        """Make them."""
        if isinstance(writer, QueueingWriter):
            writer.flush()


def build(arguments: list[str]) -> int:
    """Run Pelican's command with ``arguments`` and a memory; return its exit status."""
    chosen = parse_arguments(arguments)
    init_logging(
        level=chosen.verbosity,
        fatal=chosen.fatal,
        name=pelican.__name__,
        handler=LOG_HANDLERS[chosen.log_handler],
        logs_dedup_min_level=getattr(logging, chosen.logs_dedup_min_level),
    )
    try:
        settings = read_settings(chosen.settings, override=get_config(chosen))
        signals.generator_init.connect(_prepare)
        FastPelican(settings).run()
    except Exception as error:  # noqa: BLE001 - as Pelican's own command does
        _log.critical("%s: %s", type(error).__name__, error, exc_info=True)
        return int(getattr(error, "exitcode", 1))
    return 0


def _prepare(generator: Generator) -> None:
    running: Build | None = generator.settings.get(_FAST)
    if running:
        running.prepare(generator)


def _surroundings(pelican: Pelican) -> bytes:
    try:
        return surroundings.digest(pelican.settings, pelican.plugins, Digests(_simpler))
    except UndigestibleError as error:
        _log.warning("Everything is made anew in each build, since %s.", error)
        return os.urandom(16)


def _memory(cache: Path, output: Path) -> Memory:
    """Open the memory of the output folder; a damaged one gives way to a new one."""
    file = Path(cache, f"{xxhash.xxh3_64_hexdigest(str(output.resolve()).encode())}.sqlite")
    try:
        return Memory(file)
    except sqlite3.DatabaseError as error:
        _log.warning("What was remembered of earlier builds is damaged (%s); everything is made anew.", error)
        file.unlink()
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


def _attach(contents: Iterable[Content]) -> None:
    """Resolve the links that move the files which they lead to, as they do when a page is made."""
    for each in contents:
        if "attach" in str(vars(each)["_content"]):
            each.get_content(each.get_siteurl())


def _trace(contents: Iterable[Content], recorder: tracing.Recorder) -> None:
    classes: dict[type, type] = {}
    for each in contents:
        base = type(each)
        if base not in classes:
            classes[base] = tracing.traced(base, recorder)
        each.__class__ = classes[base]


def _simpler(value: object) -> object:
    if isinstance(value, Content):
        return (type(value).__name__, value.relative_source_path)
    if isinstance(value, URLWrapper):
        return (type(value).__name__, value.name, value.slug)
    return None


def _tell_written(path: Path, context: dict[str, Any]) -> None:
    signals.content_written.send(str(path), context=context)
