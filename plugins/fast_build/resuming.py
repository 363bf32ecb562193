"""An edition taken up again by another process, as the last build left it."""

import pickle
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import xxhash
from jinja2 import Template

from . import snapshots, telling, tracing
from .jobs import Job, Owner
from .numbering import Key
from .tracing import Recorder, Remembering

Start = Callable[[type, dict[str, Any]], Any]
"""Returns a generator of a class, with a context."""


@dataclass(frozen=True)
class Edition:
    """What a build knows of its edition when it is whole."""

    context: Mapping[str, Any]
    """What generators share."""
    inputs: Mapping[str, Any]
    """What pages got of it, and may have read."""
    contents: Mapping[str, Any]
    """Stories and pages, by path."""
    statics: Mapping[str, Any]
    """Other files, by path."""
    jobs: Iterable[Job]
    """All that is made."""
    unqueued: frozenset[Key]
    """What was read for pages that are none of the jobs."""
    lists: Mapping[Owner, Any]
    """All lists as they were written, by whose they are."""


def kept(edition: Edition, settings: Mapping[str, Any], things: snapshots.Things) -> tuple[bytes, list[Any]]:
    """Return ``edition`` as bytes, and its stories, whose texts are not in them; raises PicklingError."""
    places: dict[int, int] = {}
    contexts: list[dict[str, Any]] = []
    for job in edition.jobs:
        if places.setdefault(object.__hash__(job.context), len(contexts)) == len(contexts):
            contexts.append(_own(job.context, settings))
    jobs = [
        (job.key, places[object.__hash__(job.context)], job.given, job.make, job.template, job.vouched, job.by)
        for job in edition.jobs
    ]
    own = (_own(edition.context, settings), _own(edition.inputs, settings), contexts)
    values = (*own, edition.contents, edition.statics, jobs, edition.unqueued, edition.lists)
    return snapshots.kept(values, edition.context, settings, things)


class Snapshot(msgspec.Struct, frozen=True):
    """An edition as it is kept."""

    objects: bytes
    """Its objects, but for the texts of stories."""
    stories: frozenset[str]
    """The paths of all stories that have a text, or had one that is kept."""
    texts: Mapping[str, tuple[bytes, str]]
    """Those texts by path that are not kept yet, with their digests."""


def snapshot(
    edition: Edition, settings: Mapping[str, Any], things: snapshots.Things, known: Mapping[str, bytes]
) -> Snapshot | None:
    """Return ``edition`` to be kept, where texts with the digests ``known`` are; None, and a word of why, if not."""
    try:
        objects, stories = kept(edition, settings, things)
    except pickle.PicklingError as error:
        telling.tell(f"The next build cannot go on from this one: {error}.")
        return None
    own = {each.relative_source_path: vars(each).get("_content") for each in stories}
    texts = {path: (xxhash.xxh3_128_digest(text.encode()), text) for path, text in own.items() if isinstance(text, str)}
    new = {path: text for path, text in texts.items() if known.get(path) != text[0]}
    waiting = own.keys() & known.keys()  # those of an edition that was taken up are not read before they are asked for
    return Snapshot(objects, frozenset(texts.keys() | waiting), new)


def _own(context: Mapping[str, Any], settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a context has besides the settings, which each process has anew."""
    return {
        name: value
        for name, value in context.items()
        if not name.startswith(snapshots.OF_ONE_RUN) and not (name in settings and settings[name] is value)
    }


class Readers(dict[str, Any]):
    """Pelican's readers by the file that each reads, found ``by_suffix``."""

    def __init__(self, by_suffix: Mapping[str, Any]) -> None:
        super().__init__()
        self._by_suffix = by_suffix

    def __missing__(self, file: str) -> Any:  # noqa: ANN401 - Pelican's own
        """Return the reader of ``file``."""
        return self._by_suffix[Path(file).suffix[1:]]


class World:
    """What this process has of its own: ``context`` is what its generators share."""

    def __init__(
        self,
        settings: Mapping[str, Any],
        context: dict[str, Any],
        recorder: Recorder,
        text: Callable[[str], str],
        start: Start,
    ) -> None:
        self._settings = settings
        self._context = context
        self._recorder = recorder
        self._text = text
        self._start = start
        self._stories: dict[int, Any] = {}
        self._generators: dict[type, Any] = {}
        self._classes: dict[type, type] = {}

    def edition(self, snapshot: bytes, generator: type, now: Mapping[str, Any]) -> Edition:
        """Return the edition that was kept as ``snapshot``, with what is other ``now`` in all contexts.

        ``generator`` is the class whose templates are those of all pages.
        """
        self._any = self.generator(generator)
        values, stories = snapshots.Unpickler(snapshot, self).found()
        for number, state in enumerate(stories):
            self.holder(self._stories[number], state)
            self._stories[number]._context = self._context  # noqa: SLF001 - as Pelican made it
        context, inputs, contexts, contents, statics, jobs, unqueued, lists = values
        anew = dict(self._context)
        self._context.update({**context, **now})
        shared = [{**anew, **each, **now} for each in contexts]
        made = [Job(key, shared[place], *rest) for key, place, *rest in jobs]
        return Edition(self._context, {**anew, **inputs, **now}, contents, statics, made, unqueued, lists)

    def story(self, number: int, base: type, noted: bool) -> Any:  # noqa: ANN401, FBT001 - Pelican's own
        """Return a story, page or file, by its number; it has its attributes when all are found."""
        if number not in self._stories:
            cls = self._noting(base) if noted else base
            self._stories[number] = object.__new__(cls)
        return self._stories[number]

    def _noting(self, base: type) -> type:
        if base not in self._classes:
            self._classes[base] = tracing.traced(base, self._recorder, self._text)
        return self._classes[base]

    def template(self, name: str) -> Template:
        """Return a template."""
        found: Template = self._any.env.get_template(name)
        return found

    def generator(self, cls: type) -> Any:  # noqa: ANN401 - Pelican's own
        """Return the generator of a class."""
        if cls not in self._generators:
            self._generators[cls] = self._start(cls, self._context)
        return self._generators[cls]

    def named(self, name: str) -> Any:  # noqa: ANN401 - any thing
        """Return what is in the context of this run under ``name``."""
        return self._context[name]

    def remembering(self, function: Callable[[Any], Any]) -> Remembering:
        """Return ``function`` with a memory."""
        return self._recorder.remembering(function)

    def holder(self, value: Any, state: dict[str, Any]) -> None:  # noqa: ANN401 - Pelican's own
        """Give ``value`` its attributes, and the settings or the context in their place."""
        vars(value).update(state, settings=self._context if state["settings"] else self._settings)
