"""The adapter: Pelican, with its pages made over all cores, and only where an input has changed."""

import gc
import io
import logging
import os
import sys
from argparse import Namespace
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pelican
from jinja2 import Environment
from pelican import LOG_HANDLERS, Pelican, get_config, init_logging, parse_arguments, signals
from pelican.contents import Content, Static
from pelican.generators import ArticlesGenerator, Generator, PagesGenerator, StaticGenerator
from pelican.paginator import Page, Paginator
from pelican.settings import read_settings
from pelican.urlwrappers import URLWrapper
from pelican.utils import sanitised_join
from pelican.writers import FileOverwriteFailedError, Writer

from .._kit import renewing, wiring
from . import addresses, audit, garbage, locking, paging, parsing, residing, retelling, surroundings, writing
from .audit import OutputFiles
from .building import Build
from .digests import Digests
from .engine import Asked, Engine
from .jobs import Job, Owner, files, page
from .queueing import Queue
from .settings import FastBuildSettings
from .snapshots import Things
from .telling import tell
from .untouched import Looked

_SETTING = "FAST_BUILD"
_OPTIONS = ("relative_urls", "paginated", "template_name", "override_output", "url")  # of Pelican's writer
_FAST = "KEREGE_FAST_BUILD"
# What is leaned on though no documentation promises it; where one is absent, Pelican builds in its own way
_LEANED_ON = {
    "Pelican._get_generator_classes": Pelican,
    "Pelican._get_writer": Pelican,
    "Writer._open_w": Writer,
    "Writer._written_files": Writer("", {}),
    "Writer._overridden_files": Writer("", {}),
    "Content.get_content": Content,
    "Content._expand_settings": Content,
    "URLWrapper._normalize_key": URLWrapper,
    "Environment.getattr": Environment,
    "Environment.context_class": Environment,
}
_log = logging.getLogger(pelican.__name__)  # whose filter tells what is wrong with an edition without a traceback


class FastPelican(Pelican):
    """Pelican with a memory: the same output, without making again what is there."""

    def __init__(self, settings: dict[str, Any], looked: Looked, files: OutputFiles, warnings: Collection[str]) -> None:
        super().__init__(settings)
        self._read = files.paths()
        self._warned = warnings
        self._own = wiring.read_settings(self, FastBuildSettings, _SETTING) or FastBuildSettings()
        files.turn_to(Path(self.output_path))
        steps = (renewing.word_steps, renewing.file_steps, renewing.story_steps, renewing.label_steps)
        things = Things(Content, Generator, RememberingArticles, (StaticGenerator, Static))
        engine = Engine(_simpler, _tell_written, *steps, wiring.reread, self._start, _output, wiring.span, things)
        self._begin = partial(Build, self.settings, self._own, output=files, engine=engine)
        self._last: Build | None = None
        self._held = ExitStack()  # what is to be done yet after a build, and what is held until then
        self._asked = Asked(looked, writing.clears(settings["DELETE_OUTPUT_DIRECTORY"], self.output_path, self.path))
        self.delete_outputdir = False  # what does not belong there is removed at the end, the rest is compared
        self._chosen = surroundings.chosen(self.settings, Digests(_simpler))

    def run(self) -> None:
        """Build, and remove what is made no longer; to ``settle`` has to follow."""
        self.settle()
        if self._last:
            self._last.forget()
        self._last = None
        gc.unfreeze()
        with ExitStack() as held:
            held.enter_context(locking.held(Path(self._own.cache, "lock")))
            now = self._chosen() + surroundings.of_files(self.settings, self.plugins)
            self._last = self._go_on(now) or self._build(now, held)
            self._held = held.pop_all()

    def settle(self) -> None:
        """Commit the memory of what was made last, if that is not done yet."""
        self._held.close()

    def get_ready(self, until: Callable[[], bool]) -> None:
        """Do what makes the next ``renew``, or the next process, quicker, ``until`` that is true."""
        if self._last:
            self._last.get_ready(until)

    def _go_on(self, now: bytes) -> Build | None:
        """Make again what new words or the time ask for; None if all must be built."""
        if not self._of_files_alone:
            return None
        with garbage.left(), closing(self._begin(now)) as build, self._at(build):
            made = build.go_on(self._asked)
        if made is None:
            return None
        sys.stdout.write(f"Done: {made or 'nothing'} made again; all else is as it was.\n")
        return build

    def _build(self, now: bytes, held: ExitStack) -> Build:
        sources = surroundings.sources(self.settings, self.plugins, self._read)
        held.enter_context(garbage.left())
        build = held.enter_context(closing(self._begin(now)))
        with self._at(build), residing.told() as warnings:
            Pelican.run(self)
            may = self._of_files_alone and not warnings and not self._warned
            held.callback(build.finish(self._asked, self.output_retention, sources if may else None))
        return build

    @contextmanager
    def _at(self, build: Build) -> Iterator[None]:
        """Let generators take part in ``build``."""
        self.settings[_FAST] = build
        try:
            yield
        finally:
            del self.settings[_FAST]

    def _start(self, cls: type[Generator], context: dict[str, Any]) -> Generator:
        """Return a generator, as a run begins with it."""
        return cls(
            context=context, settings=self.settings, path=self.path, theme=self.theme, output_path=self.output_path
        )

    def renew(self, files: Collection[str], look: Callable[[], None]) -> bool:
        """Make again what reads ``files``, if words alone are new or plugins take over what is; return if it was so.

        If it was, to ``settle`` has to follow. ``look`` is called before when a story can be seen already.
        """
        if self._last is None or not self._of_files_alone:
            return False
        self.settle()
        with ExitStack() as held:
            held.enter_context(locking.held(Path(self._own.cache, "lock")))
            with garbage.left(), self._at(self._last):
                commit = self._last.renew(files, look)
            if commit:
                held.callback(commit)
                self._held = held.pop_all()
        return commit is not None

    @property
    def _of_files_alone(self) -> bool:
        return retelling.is_told_by_files((each.__name__ for each in self.plugins), self.settings)

    def _get_generator_classes(self) -> list[type[Generator]]:
        taken = {ArticlesGenerator: RememberingArticles, PagesGenerator: RememberingPages}
        return [*(taken.get(each, each) for each in super()._get_generator_classes()), LastPages]

    def _get_writer(self) -> Writer:
        chosen = super()._get_writer()
        if type(chosen) is not Writer or self.settings["RELATIVE_URLS"]:
            tell("Every page is made again: addresses are relative, or another plugin writes the pages.")
            return chosen
        return QueueingWriter(self.output_path, self.settings, self.settings[_FAST])


class StockPelican(residing.Forgetful, Pelican):
    """Pelican as it is."""


class QueueingWriter(Writer):
    """Gathers pages, to make them together; what depends on the order of things is written as Pelican does."""

    def __init__(self, output_path: str, settings: dict[str, Any], build: Build) -> None:
        super().__init__(output_path, settings)
        self._build = build
        self.queue = Queue(build, _tell_written)
        self.by: Owner | None = None
        self.leaves, self.is_due = build.leaves, build.is_due

    def write_file(self, name: str, template: Any, context: dict[str, Any], *rest: Any, **named: Any) -> None:
        """Queue the page, or write it at once, after all that are queued; the arguments are those of Pelican's own."""
        if not name:
            return
        options = {**dict(zip(_OPTIONS, rest, strict=False)), **{key: named[key] for key in _OPTIONS if key in named}}
        given = {key: value for key, value in named.items() if key not in _OPTIONS}
        sole = paging.sole_page(name, options, given, self.settings, Paginator)
        special = sole is None or options.get("relative_urls") or options.get("override_output")
        if not sole or special or context is not self._build.context:
            self.queue.flush()
            with self.queue.noted(context, given):
                super().write_file(name, template, context, **options, **given)
        elif self._claim(sanitised_join(self.output_path, sole[0]), override=False):
            self.queue.add(sole[0], sole[1], page, template=template, by=self.by)

    def write_feed(self, elements: Any, context: dict[str, Any], *rest: Any, **named: Any) -> Any:
        """Write a feed as Pelican does."""
        with self.queue.noted(context, {}):
            return super().write_feed(elements, context, *rest, **named)

    def queue_files(self, key: str, given: Any, make: Callable[[], Any], **more: Any) -> None:
        """Queue files that ``make`` returns, by name; it reads nothing but ``given`` and stories."""
        self.queue.add(f"files:{key}", given, partial(files, make), **more, by=self.by)

    def remember(self, function: Callable[[Any], Any]) -> Callable[[Any], Any]:
        """Return ``function`` with a memory, for what is asked for by several that are queued."""
        return self._build.recorder.remembering(function)

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
        found = self.get_files(self.settings[f"{self.kind}_PATHS"], self.settings[f"{self.kind}_EXCLUDES"])
        build: Build = self.settings[_FAST]
        build.readers.update(build.shelf.lend(self.readers.readers, (os.path.join(self.path, each) for each in found)))  # noqa: PTH118 - many
        parsing.leave_unused(self.settings, self, self.readers)
        self.readers.read_file = addresses.reading(self.readers.read_file, Content)
        super().generate_context()


class RememberingArticles(_Remembering, ArticlesGenerator):
    """Pelican's generator of articles."""

    kind = "ARTICLE"

    def generate_articles(self, write: Any) -> None:
        """Write the articles; where all are listed anew, those that are new."""
        own: Any = self
        own.articles, listed = [each for each in own.articles if self.settings[_FAST].is_due(each)], own.articles
        super().generate_articles(write)
        own.articles = listed

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
            writer.queue.flush()


def build(arguments: list[str], looked: Looked | None = None) -> int:
    """Run Pelican's command with ``arguments`` and a memory, if one has ``looked`` already; return its exit status."""
    chosen = parse_arguments(arguments)
    _begin_logging(chosen, chosen.logs_dedup_min_level)
    try:
        garbage.keep(engine := _engine(chosen, looked or Looked(arguments)))
        engine.run()
        engine.settle()
    except Exception as error:  # noqa: BLE001 - as Pelican's own command does
        _log.critical("%s: %s", type(error).__name__, error, exc_info=True)
        return int(getattr(error, "exitcode", 1))
    return 0


def reside(arguments: list[str], asked: residing.Asking, answer: Callable[[str], None]) -> int:
    """Run Pelican's command with ``arguments`` again and again, as ``residing`` says; return the exit status."""
    chosen = parse_arguments(arguments)
    _begin_logging(chosen, "DEBUG")  # above that, what is wrong twice is told twice
    residing.follow(lambda: _engine(chosen, Looked(arguments)), asked, answer)
    return 0


def _begin_logging(chosen: Namespace, least_told_once: str) -> None:
    init_logging(
        level=chosen.verbosity,
        fatal=chosen.fatal,
        name=pelican.__name__,
        handler=LOG_HANDLERS[chosen.log_handler],
        logs_dedup_min_level=getattr(logging, least_told_once),
    )


def _engine(chosen: Namespace, looked: Looked) -> FastPelican | StockPelican:
    """Return what builds, for the command of which one has ``looked`` at what its last build stands on."""
    with audit.listening() as files, residing.told() as warnings:
        settings = read_settings(chosen.settings, override=get_config(chosen))
        absent = [name for name, owner in _LEANED_ON.items() if not hasattr(owner, name.rpartition(".")[2])]
        if absent:
            tell(f"Pelican builds in its own way, without a memory: it has no {' and no '.join(absent)}.")
            return StockPelican(settings)
        signals.generator_init.connect(_prepare)
        return FastPelican(settings, looked, files, warnings)


def _prepare(generator: Generator) -> None:
    if running := generator.settings.get(_FAST):
        running.prepare(generator)


def _output(generator: Generator, build: Build) -> list[Job]:
    writer = QueueingWriter(str(build.output), generator.settings, build)
    generator.generate_output(writer)
    return writer.queue.taken()


def _simpler(value: object) -> object:
    if isinstance(value, Content):
        return (type(value).__name__, value.relative_source_path)
    if isinstance(value, URLWrapper):
        return (type(value).__name__, value.name, value.slug)
    if isinstance(value, Paginator):
        return (value.name, value.url, value.per_page, value.orphans, value.object_list)
    return (value.number, value.paginator) if isinstance(value, Page) else None


def _tell_written(path: str, context: dict[str, Any], found: dict[str, Any]) -> None:
    signals.content_written.send(path, context=wiring.with_found(context, found))
