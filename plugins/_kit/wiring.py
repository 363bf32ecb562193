"""How a plugin meets Pelican: settings read, problems gathered, templates and files added, lists and feeds written.

Pelican calls the receivers of one signal in no fixed order, so nothing here depends on it: problems are added
up to ``article_generator_finalized`` and ``page_generator_finalized``, and whoever works later calls ``halt`` first.
"""

import datetime as dt
import gettext
import logging
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, MutableMapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import msgspec
from babel import Locale, UnknownLocaleError
from jinja2 import FileSystemLoader
from msgspec.structs import replace
from pelican import signals
from pelican.contents import Static
from pelican.generators import Generator

from . import catalogues, clock, output, urls, wording
from . import settings as typed
from .errors import PROBLEMS, EditionError, Problem
from .paging import Listing
from .renewing import Patch

Settings = TypeVar("Settings", bound=msgspec.Struct)
Found = TypeVar("Found", bool, int, str)
Context = MutableMapping[str, Any]

_SETTING_PROBLEMS = "KEREGE_SETTING_PROBLEMS"
_FEEDS = "feeds"
_WORDS = "KEREGE_WORDS"
_UNTIL = "holds_until"
_FOLLOWERS = "kerege_page_followers"
_FOUND = "KEREGE_FOUND_IN_PAGE"


class Feed(msgspec.Struct, frozen=True):
    """A feed that a plugin wants written; the context holds them under ``feeds``."""

    title: str
    """What the feed is about, e.g. ``Uzbekistan``; empty for the whole edition."""
    page_url: str
    """The page that it follows, relative to the site's root."""
    url: str
    """The Atom feed's address, relative to the site's root."""
    articles: tuple[Any, ...]
    """Pelican articles, newest first."""
    by: str = ""
    """Whose it is: the plugin that announces it."""


class PageWritten(msgspec.Struct, frozen=True):
    """A page that a plugin has written."""

    url: str
    """Its address, relative to the site's root."""
    template: str
    """The name of its template, without its ending."""
    given: Mapping[str, Any]
    """What the template is given besides the context."""


Closing = Callable[[], Mapping[str, object]]
Follower = Callable[[Any, PageWritten], None]
"""Gets Pelican's writer and a page."""


def start() -> None:
    """Connect what all plugins share; every plugin's ``register`` calls it, once or many times alike."""
    signals.get_generators.connect(_generators)
    signals.all_generators_finalized.connect(_stop_before_writing)
    signals.generator_init.connect(_prepare_templates)
    logging.getLogger("pelican").addFilter(_without_traceback)


def read_settings(pelican: Any, cls: type[Settings], name: str) -> Settings | None:
    """Replace the dict of the setting ``name`` by its ``cls``, for all to read; None if it has problems.

    The problems of all plugins are told together, before any work starts.
    """
    raw = pelican.settings.get(name, {})
    if isinstance(raw, cls):
        return raw
    try:
        decoded = typed.decode(cls, name, raw)
    except EditionError as error:
        pelican.settings.setdefault(_SETTING_PROBLEMS, []).extend(error.problems)
        return None
    pelican.settings[name] = decoded
    return decoded


def add_static(pelican: Any, package: str) -> None:
    """Serve the ``static`` folder beside the module file ``package`` below ``theme/``; the theme's own files win."""
    folder = str(Path(package).parent / "static")
    paths = pelican.settings["THEME_STATIC_PATHS"]
    if folder not in paths:
        pelican.settings["THEME_STATIC_PATHS"] = [folder, *paths]


def add_templates(generator: Any, package: str) -> None:
    """Offer the ``templates`` folder beside the module file ``package``; a theme overrides it by the same path."""
    generator.env.loader.loaders.append(FileSystemLoader(str(Path(package).parent / "templates")))


def add_problem(context: Context, problem: Problem) -> None:
    """Note a problem of the content; the build ends before anything is written."""
    context.setdefault(PROBLEMS, []).append(problem)


def halt(context: Context) -> None:
    """Raise EditionError if the content has problems."""
    if context.get(PROBLEMS):
        raise EditionError(context[PROBLEMS])


def reread(generator: Any, path: str, cls: type) -> Any:
    """Return what is at ``path`` below the content folder as its file has it now: an article, or a static file.

    The ``generator`` of what is of the class ``cls`` of Pelican's reads it as in a build, and plugins resolve its
    metadata. Raises EditionError for its problems.
    """
    kind, fmt = ("static", "static") if issubclass(cls, Static) else ("article", None)
    told = {f"{when}_signal": getattr(signals, f"{kind}_generator_{when}") for when in ("preread", "context")}
    by = {f"{when}_sender": generator for when in ("preread", "context")}
    given = {"content_class": cls, "fmt": fmt, "context": generator.context, **told, **by}
    read = generator.readers.read_file(base_path=generator.path, path=path, **given)
    tell(generator.context)
    return read


def announce_feeds(context: Context, by: str, feeds: Iterable[Feed]) -> None:
    """Ask for ``feeds``, in the place of those that the plugin ``by`` asked for before.

    They are written by the syndication plugin, or plainly by Pelican where that is not in use.
    """
    others = [feed for feed in context.get(_FEEDS, ()) if feed.by != by]
    context[_FEEDS] = [*others, *(replace(feed, by=by) for feed in feeds)]


def tell(context: Context) -> None:
    """Raise EditionError if problems are noted, which they are no longer: the edition stays as it was."""
    if problems := context.pop(PROBLEMS, None):
        raise EditionError(problems)


def locale(settings: Mapping[str, Any]) -> Locale:
    """Return CLDR's locale of the edition, for dates, numbers and names: ``EDITION_LOCALE``, else ``DEFAULT_LANG``."""
    return wording.locale(settings.get("EDITION_LOCALE") or settings["DEFAULT_LANG"])


def words(generator: Any) -> gettext.NullTranslations:
    """Return the site's own words in the language of the edition, ``DEFAULT_LANG``.

    Raises EditionError for a catalogue that cannot be read.
    """
    if _WORDS not in generator.context:
        found = catalogues.files(generator.settings["DEFAULT_LANG"], generator.settings["THEME"])
        generator.context[_WORDS] = catalogues.read(found)
    chosen: gettext.NullTranslations = generator.context[_WORDS]
    return chosen


def build_time(context: Context, until: Callable[[dt.datetime], dt.datetime] | None = None) -> dt.datetime:
    """Return the one instant of this build, in the edition's time zone: the only place where a clock is read.

    It is the setting or else the environment variable ``BUILD_TIME`` (ISO 8601 with zone), else the environment's
    ``SOURCE_DATE_EPOCH``, else now. Who makes something of it for readers says ``until`` when it would come out the
    same (``clock.next_day``): without that it holds for this instant alone, and a build a second later makes all anew.
    Raises EditionError for a BUILD_TIME that is no such instant.
    """
    instant = moment(context)
    context[_UNTIL] = min(holds_until(context), until(instant) if until else instant)
    return instant


def moment(context: Context) -> dt.datetime:
    """Return the same instant, for what holds at any other too."""
    if "build_time" not in context:
        instant = clock.instant(context.get("BUILD_TIME"), os.environ)
        context["build_time"] = instant.astimezone(ZoneInfo(context.get("TIMEZONE") or "UTC"))
    found: dt.datetime = context["build_time"]
    return found


def holds_until(context: Mapping[str, Any]) -> dt.datetime:
    """Return until when all that was made of the build's instant comes out the same."""
    until: dt.datetime = context.get(_UNTIL, clock.ALWAYS)
    return until


def span(context: Context) -> tuple[dt.datetime, float]:
    """Return the instant of the build, and to when, in seconds since 1970, what it makes of that holds."""
    return moment(context), holds_until(context).timestamp()


def write_list(
    generator: Any, writer: Any, listing: Listing[Any], template: str, closed: Closing, **extra: object
) -> None:
    """Write every page of a list with ``template`` (no extension), which finds it as ``listing``, and ``extra``.

    A closed page finds in its place what ``closed`` makes of that: what no new item changes, by the same name. A writer
    that knows what was written last may leave out a list of which nothing is another.
    """
    leaves = getattr(writer, "leaves", None)
    if leaves is None or not leaves((type(generator), listing.url), (template, listing, extra)):
        with writing(generator, writer, listing.url):
            front, *others = listing.pages()
            settled = {**extra, **closed()} if others else {}
            for page, given in [(front, extra), *((each, settled) for each in others)]:
                write_page(generator, writer, page.url, template, listing=page, **given)


def write_page(generator: Any, writer: Any, url: str, template: str, **extra: object) -> None:
    """Write the page at ``url`` with ``template`` (no extension), which is given ``extra``, and tell all followers."""
    context, relative = generator.context, generator.settings["RELATIVE_URLS"]
    loaded = generator.get_template(template)
    with writing(generator, writer):
        writer.write_file(urls.save_as(url), loaded, context, relative_urls=relative, url=url, **extra)
        for follow in context.get(_FOLLOWERS, ()):
            follow(writer, PageWritten(url, template, extra))


def follow_pages(context: Context, follow: Follower) -> None:
    """Have ``follow`` called for each page that a plugin writes from now on, so that it can write one beside it."""
    context.setdefault(_FOLLOWERS, []).append(follow)


def with_found(context: Mapping[str, Any], found: MutableMapping[str, Any]) -> dict[str, Any]:
    """Return the context that receivers of ``content_written`` get of a page in which ``found`` was found before."""
    return {**context, _FOUND: found}


def found_in_page(context: Mapping[str, Any], name: str, find: Callable[[], Found]) -> Found:
    """Return what ``find`` finds in the file of the page with this ``context``, for a receiver of ``content_written``.

    It reads nothing else: in a page that is as it was at the last build nobody looks again. ``name`` is its own.
    """
    known: MutableMapping[str, Any] = context.get(_FOUND, {})
    if name not in known:
        known[name] = find()
    found: Found = known[name]
    return found


@contextmanager
def writing(generator: Any, writer: Any, url: str = "") -> Iterator[None]:
    """Have what is written meanwhile be the ``generator``'s, for a writer that asks whose it is.

    What ``write_page`` writes is so, with all that follows the page; around ``write_files`` this has to be said. It may
    be of the list at ``url``.
    """
    asks = getattr(writer, "by", generator) is None
    if asks:
        writer.by = (type(generator), url)
    try:
        yield
    finally:
        if asks:
            writer.by = None


def write_files(  # noqa: PLR0913, PLR0917 - what is to be made, and by which other ways it can be
    writer: Any,
    key: str,
    given: Mapping[str, Any],
    make: Callable[[], Mapping[str, bytes]],
    vouched: Collection[str] = (),
    patch: Patch | None = None,
) -> None:
    """Write the files that ``make`` returns, by name below the output folder; those that are the same stay untouched.

    ``make`` reads nothing but ``given`` and stories; ``key`` is its own. So a writer that is able to can have it run
    together with others, and leave out what would come out the same. Included templates that are ``vouched`` for come
    into the files as they are, and nothing else hangs on what they make: that alone can be put in by itself. ``patch``
    gets files as they were, and stories of which nothing but the text is another, for what ``make`` would return.
    """
    queue = getattr(writer, "queue_files", None)
    if queue:
        queue(key, given, make, vouched=vouched, patch=patch)
    else:
        for name, content in make().items():
            output.write(Path(writer.output_path, name), content)


def remembered(writer: Any, function: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return ``function`` with a memory, for what several files made by ``write_files`` have in common."""
    remember: Callable[[Callable[[Any], Any]], Callable[[Any], Any]] = getattr(writer, "remember", cache)
    return remember(function)


class AnnouncedFeeds(Generator):
    """Writes the announced feeds with Pelican's own writer, unless the syndication plugin does it."""

    def generate_output(self, writer: Any) -> None:
        """Write one Atom file for each announced feed that has articles."""
        feeds: Sequence[Feed] = self.context.get(_FEEDS, ())
        if "syndication" not in self.context:
            for feed in feeds:
                if feed.articles:
                    writer.write_feed(feed.articles, self.context, feed.url, feed.url, feed_title=feed.title)


def _generators(pelican: Any) -> type[Generator]:
    if problems := [*pelican.settings.pop(_SETTING_PROBLEMS, ()), *_language_problems(pelican.settings)]:
        raise EditionError(problems)
    return AnnouncedFeeds


def _stop_before_writing(generators: Sequence[Any]) -> None:
    moment(generators[0].context)
    halt(generators[0].context)


def _prepare_templates(generator: Any) -> None:
    wording.prepare(generator.env, words(generator), locale(generator.settings))


def _language_problems(settings: Mapping[str, Any]) -> Iterable[Problem]:
    """Yield what is wrong with the two settings of the language."""
    known = {}
    for name in ("DEFAULT_LANG", "EDITION_LOCALE"):
        if tag := settings.get(name):
            try:
                known[name] = wording.locale(tag)
            except (UnknownLocaleError, ValueError):
                remedy = "Write one such as 'ru' or 'en_GB'."
                yield Problem(name, 0, f"is {tag!r}, no language that CLDR knows", remedy, "settings")
    if len({each.language for each in known.values()}) > 1:
        message = f"is {settings['EDITION_LOCALE']!r}, another language than DEFAULT_LANG, {settings['DEFAULT_LANG']!r}"
        yield Problem("EDITION_LOCALE", 0, message, "Let both name one language.", "settings")


def _without_traceback(record: logging.LogRecord) -> bool:
    """Let an EditionError's message stand without a traceback (a filter that returns True keeps the record)."""
    if record.exc_info and isinstance(record.exc_info[1], EditionError):
        record.exc_info = None
    return True
