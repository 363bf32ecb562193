"""An edition taken up again by another process, as the last build left it."""

import pickle
from collections.abc import Callable, Collection, Mapping, MutableMapping, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import msgspec
import xxhash
from jinja2 import Template

from . import addresses, snapshots, telling, tracing
from .jobs import Job, Owner
from .numbering import Key
from .shelving import Part, Shelved, dormant
from .texts import Aside
from .tracing import AWAKE, Recorder, Remembering, is_awake

_TOGETHER = 256  # jobs that are read together
_NUMBER = "number"  # the one attribute of a story that is asleep

Start = Callable[[type, dict[str, Any]], Any]
"""Returns a generator of a class, with a context."""


class Edition(msgspec.Struct, frozen=True, dict=True):
    """What a build knows of its edition when it is whole."""

    context: Mapping[str, Any]
    """What generators share."""
    inputs: Mapping[str, Any]
    """What pages got of it, and may have read."""
    contents: Mapping[str, Any]
    """Stories and pages, by path."""
    statics: Mapping[str, Any]
    """Other files, by path."""
    jobs: Shelved[str, Job]
    """All that is made, by what it goes by."""
    contexts: Collection[dict[str, Any]]
    """What those get."""
    unqueued: frozenset[Key]
    """What was read for pages that are none of the jobs."""
    lists: MutableMapping[Owner, Any]
    """All lists as they were written, by whose they are."""
    aside: Aside = msgspec.field(default_factory=Aside)
    """The texts of stories that have none of their own, but for those that are kept already."""

    @cached_property
    def by_file(self) -> dict[str, Any]:
        """Stories and pages by the absolute path of their file."""
        return {vars(each)["source_path"]: each for each in self.contents.values()}


def keep(edition: Edition, settings: Mapping[str, Any], things: snapshots.Things, file: Path) -> list[Any]:
    """Keep ``edition`` in ``file``; return its stories, whose texts are not in it. Raises PicklingError."""
    places = {object.__hash__(each): place for place, each in enumerate(edition.contexts)}
    contexts = [_own(each, settings) for each in edition.contexts]
    told = map(msgspec.structs.astuple, edition.jobs.values())
    jobs = [(key, places[object.__hash__(context)], *rest) for key, context, *rest in told]
    parts = [jobs[place : place + _TOGETHER] for place in range(0, len(jobs), _TOGETHER)]
    names = [[key for key, *_ in part] for part in parts]
    own = (_own(edition.context, settings), _own(edition.inputs, settings), contexts)
    contents = (edition.contents, list(edition.by_file), edition.statics)
    values = (*own, *contents, names, edition.unqueued, list(edition.lists))
    newest = edition.context.get("articles", ())  # often asked for together
    stories = [*newest, *edition.contents.values(), *edition.statics.values()]
    whole = snapshots.Whole(values, [*parts, list(edition.lists.values())], stories)
    return snapshots.keep(whole, edition.context, settings, things, file)


class Snapshot(msgspec.Struct, frozen=True):
    """An edition as it is kept."""

    objects: str
    """The name of the file of its objects, but for the texts of stories."""
    stories: frozenset[str]
    """The paths of all stories that have a text, or had one that is kept."""
    texts: Mapping[str, tuple[bytes, str | None]]
    """Those texts by path that are not kept yet, after their digests; None for one that a story of the contents has."""


def snapshot(
    edition: Edition, settings: Mapping[str, Any], things: snapshots.Things, known: Mapping[str, bytes], file: Path
) -> Snapshot | None:
    """Keep the objects of ``edition`` in ``file``; return what else is to be kept, or None if it cannot be.

    Texts with the digests ``known`` are kept already. What stands in the way is told.
    """
    try:
        stories = keep(edition, settings, things, file)
    except pickle.PicklingError as error:
        telling.tell(f"The next build cannot go on from this one: {error}.")
        return None
    has, texts = edition.aside.has, dict[str, tuple[bytes, str | None]]()
    paths = {each.relative_source_path for each in stories}
    for each in stories:
        path, own = each.relative_source_path, vars(each)
        if isinstance(text := own.get("_content", edition.aside.of(path) if has(path) else None), str):
            texts[path] = xxhash.xxh3_128_digest(text.encode()), None if edition.contents.get(path) is each else text
    new = {path: text for path, text in texts.items() if known.get(path) != text[0]}
    waiting = paths & known.keys()  # those of an edition that was taken up are not read before they are asked for
    return Snapshot(file.name, frozenset(texts.keys() | waiting), new)


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
        self._objects: snapshots.Objects
        self._things: snapshots.Things
        self._shared: list[Any] = []
        self._stories: dict[int, Any] = {}
        self._generators: dict[type, Any] = {}
        self._classes: dict[tuple[type, bool], type] = {}
        """Those of stories that are asleep, by what they are like and whether it is noted what is read of them."""

    def edition(self, objects: snapshots.Objects, things: snapshots.Things, now: Mapping[str, Any]) -> Edition:
        """Return the edition that was kept as ``objects``, with what is other ``now`` in all contexts."""
        self._objects = objects
        self._things = things
        self._any = self.generator(things.generators)  # whose templates are those of all pages
        values, self._shared, stories = objects.main(self)
        for number, state in enumerate(stories, objects.asleep):
            self._tell(self._stories[number], state)
        context, inputs, contexts, contents, files, statics, names, unqueued, owners = values
        anew = dict(self._context)
        self._context.update({**context, **now})
        shared = [{**anew, **each, **now} for each in contexts]
        jobs = Shelved([Part(each, partial(self._jobs, place, shared)) for place, each in enumerate(names)])
        lists = Shelved([Part(owners, partial(self._part, len(names)))])
        inputs = {**anew, **inputs, **now}
        edition = Edition(self._context, inputs, contents, statics, jobs, shared, unqueued, lists)
        vars(edition)["by_file"] = dict(zip(files, contents.values(), strict=True))
        return edition

    def _jobs(self, place: int, contexts: Sequence[dict[str, Any]]) -> list[Job]:
        return [Job(key, contexts[of], *rest) for key, of, *rest in self._part(place)]

    def _part(self, place: int) -> list[Any]:
        with self._recorder.paused():
            found: list[Any] = self._objects.part(place, self)
            return found

    def shared(self, number: int) -> Any:  # noqa: ANN401 - any thing
        """Return what all parts share, by its number."""
        return self._shared[number]

    def story(self, number: int, base: type, noted: bool) -> Any:  # noqa: ANN401, FBT001 - Pelican's own
        """Return a story, page or file, by its number; it has its attributes when it is asked for one."""
        story = self._stories.get(number)
        if story is None:
            cls = self._classes.get((base, noted)) or self._asleep(base, noted)
            self._stories[number] = story = object.__new__(cls)
            object.__getattribute__(story, "__dict__")[_NUMBER] = number
        return story

    def _asleep(self, base: type, noted: bool) -> type:  # noqa: FBT001 - as above
        content, (_, static) = self._things.stories, self._things.statics
        is_plain = base is content or issubclass(base, static)
        quick = base if is_plain else addresses.quickened(base, content)
        awake = tracing.traced(quick, self._recorder, self._text) if noted else quick
        found: type = dormant(awake, self._wake)
        self._classes[base, noted] = found
        return found

    def _wake(self, story: Any) -> None:  # noqa: ANN401 - Pelican's own
        """Give a story its attributes, and those that are found with it."""
        number = object.__getattribute__(story, "__dict__")[_NUMBER]
        with self._recorder.paused():
            first, states = self._objects.states(number, self)
            for place, state in enumerate(states, first):
                if place in self._stories and not is_awake(self._stories[place]):
                    self._tell(self._stories[place], state)

    def _tell(self, story: Any, state: dict[str, Any]) -> None:  # noqa: ANN401 - Pelican's own
        object.__setattr__(story, "__class__", vars(type(story))[AWAKE])
        del vars(story)[_NUMBER]
        self.holder(story, state)
        story._context = self._context  # noqa: SLF001 - as Pelican made it

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
