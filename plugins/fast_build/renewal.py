"""An edition that is there takes over what is new in its sources."""

import os
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cached_property, partial
from typing import Any, NamedTuple

from msgspec.structs import replace

from .._kit import renewing
from . import leaving, relisting, statics, taking, tracing, writing
from .digests import Digests
from .inputs import read_of
from .jobs import Job
from .making import Making
from .memory import Built, Memory
from .numbering import Key
from .parsing import Shelf
from .relisting import Change, Placed, Relisting
from .rendering import Renderer
from .retelling import HEAD, Renewed, Sources, differing, retell
from .standing import NOWHERE, seen
from .statics import Statics

Look = Callable[[], None]
_TAKEN = HEAD | renewing.LABELS | renewing.PLACES | renewing.TOLD  # metadata of which others are taken over


class Taken(NamedTuple):
    """What was taken over."""

    keys: Collection[Key]
    """What may be another than it was."""
    put: renewing.Put
    """What has become of files in the output that are no pages."""
    is_more: bool
    """Whether it is more than words and what plugins read of other files: the objects that were kept say another."""


class Renewal(Making):
    """One edition, and what takes over what is new in its sources."""

    def __init__(self, *parts: Any, **named: Any) -> None:  # noqa: ANN401 - as ``Making`` has them
        super().__init__(*parts, **named)
        self._is_relisted = False
        """Whether stories were listed anew, or others published, since the edition's objects were kept."""
        self._is_changing = False  # whether something of what is new was taken over

    def _take(self, renderer: Renderer, files: Collection[str]) -> set[str] | None:
        """Have plugins take over ``files``; return by which names something else is in the context.

        None if all must be built.
        """
        until, new = self._engine.moment(self.context)[1], self._published.new(files)
        others = [file for file in files if file not in new]
        taken = taking.take(others, self.context, self._engine.takers(self.context), self._start)
        if taken is None or self._engine.moment(self.context)[1] != until:
            return None
        names, generators = taken
        self._put(names, renderer)
        jobs = [job for each in generators for job in self._engine.output(each, self)]
        return names if renderer.replace(jobs) and self._publish(new.values()) else None

    @cached_property
    def _published(self) -> Statics:
        return Statics(self._settings, lambda: self._generator(self._engine.things.statics[0]))

    def _publish(self, paths: Collection[str]) -> bool:
        """Let the new files at ``paths`` be published as they are; return whether all plugins can take them over."""
        if not paths:
            return True
        found = self._published.read(paths, self._engine.reread, self._engine.things.statics[1])
        if not all(step(self.context, found) for step in renewing.static_steps(self.context)):
            return False
        self._published.add(found)
        return True

    def _put(self, names: Collection[str], renderer: Renderer) -> None:
        """Have all that is made find what the shared context has now by ``names``."""
        now = {name: self.context[name] for name in names if name in self.context}
        for context in (self._inputs, *renderer.contexts()) if now else ():
            context.update({name: value for name, value in now.items() if name in context})

    def _generator(self, cls: type) -> Any:  # noqa: ANN401 - Pelican's own
        return self._generators.get(cls) or self._start(cls)

    @cached_property
    def _relisting(self) -> Relisting:
        return Relisting(self._generator(self._engine.things.articles), self._generator)

    def _place(self, renderer: Renderer, change: Change, look: Look | None) -> Placed | None:
        """Have all stories put where they belong after a ``change``; None if all must be built.

        Before, each that has other labels or places is made to be seen on its own page if there is a ``look``.
        """
        if not change:
            return relisting.UNMOVED
        if change.reorders and renderer.unqueued:
            return None  # Pelican itself has written a list
        self._left.clear()
        for each in change.moved:
            relisting.restate(each)
        soon = [each.story for each in change.moved if each.names.isdisjoint(renewing.TOLD)]
        self._show(renderer, renderer.of(each.save_as for each in soon), soon, look)
        with tracing.unnoted(self._contents.values()):
            placed = self._relisting.place(change, self._engine.placers(self.context))
        return placed if placed is not None and self._admit(renderer, change.added) else None

    def _conclude(self, renderer: Renderer, published: Sequence[Any]) -> renewing.Put | None:
        """Have plugins end what they have taken over, and bring up to date what was ``published`` as it is.

        Returns what has become of files in the output; None if all must be built.
        """
        steps = [step(self.context, self.output) for step in renewing.end_steps(self.context)]
        puts = [statics.publish(self.output, published, self.context["staticfiles"])]
        for put in steps:
            if put is None:
                return None
            puts.append(put)
        there, gone = (frozenset[str]().union(*each) for each in zip(*puts, strict=True))
        if there or gone:
            now = {path: each for path, each in self.context["static_content"].items() if each is not None}
            new = {path: each for path, each in now.items() if path not in self._statics}
            tracing.trace(new.values(), self.recorder)
            renderer.admit(new)
            self._statics = now
        return renewing.Put(there, gone - there)

    def _relist(self, renderer: Renderer, change: Change, placed: Placed, look: Look | None) -> Iterable[Key] | None:
        """Have all stories, that are ``placed`` after a ``change``, listed anew, and return what may be another then.

        Before, those that are new, or have another picture, are made to be seen on their own pages if there is a
        ``look``. None if all must be built.
        """
        if not change:
            return ()
        touched, told = [*placed.touched, *change.added], [each.story for each in change.by(renewing.TOLD)]
        if look:
            pages = [*(self._pages(change.added) if change.added else ()), *renderer.of(each.save_as for each in told)]
            self._show(renderer, pages, [*touched, *told], look)
        with tracing.unnoted(self._contents.values()):
            listers = self._engine.listers(self.context)
            listed = self._relisting.list_again(change, placed, listers, lambda each: self._engine.output(each, self))
        if listed is None:
            return None
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

    def _begin(self, shelf: Shelf, files: Iterable[str]) -> list[str]:
        """Return those of ``files`` that are stories of which nothing is known, which the ``shelf`` has then."""
        unknown = (file for file in files if file not in self._by_file and not shelf.has(file))
        new = [file for file in unknown if not os.path.isdir(file) and self._relisting.is_new(file)]  # noqa: PTH112
        for file in new:
            self.readers[file] = self._relisting.reader(file)
            shelf.begin(file, self.readers[file])
        return new

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

    def _take_over(self, renderer: Renderer, sources: Sources, look: Look | None) -> Taken | None:
        """Take over what is new in ``sources``; return what that is, None if all must be built."""
        before, published = dict(self.context), self.context["staticfiles"]
        change = self._change(sources)
        names = None if change is None else self._take(renderer, sources.others)
        retold = None if names is None else self._retell(sources.read)
        placed = None if retold is None or change is None else self._place(renderer, change, look)
        put = None if placed is None else self._conclude(renderer, published)
        if change is None or retold is None or placed is None or put is None:
            return None
        names = {name for name, value in self.context.items() if name not in before or before[name] is not value}
        self._put(names, renderer)
        relisted = self._relist(renderer, change, placed, look)
        if relisted is None:
            return None
        is_more = bool(change or put.there or put.gone)
        self._is_relisted |= is_more
        return Taken([*renderer.keys_of(names), *relisted, *retold], put, is_more)

    def _renew(
        self, memory: Memory, sources: Sources, keys: Iterable[Key], look: Look | None = None
    ) -> tuple[int, Callable[[], None]] | None:
        """Take over what is new in ``sources``, and make again what reads it or ``keys``.

        Returns how much it was, and what keeps that in ``memory``; None if all must be built.
        """
        renderer = self._renderer
        if renderer is None or not self._by_file.keys() >= sources.read.keys():
            return None
        taken = self._take_over(renderer, sources, look)
        renewed = renderer.renew([*keys, *taken.keys], self._engine.written) if taken else None
        return self._keeping(memory, renderer, sources, taken, renewed) if taken and renewed else None

    def _keeping(
        self, memory: Memory, renderer: Renderer, sources: Sources, taken: Taken, renewed: tuple[Built, Built]
    ) -> tuple[int, Callable[[], None]]:
        """Remove what is made no more, and return how much was made, and what keeps all in ``memory``."""
        built, former = renewed
        there, gone = taken.put.there, former.files.union(taken.put.gone)
        anew = {name: each for made in built.made.values() for name, each in made.files.items()}
        outputs = {**built.restamped, **anew}
        writing.remove(self.output, gone)

        def keep() -> None:
            renderer.let_go()
            memory.renew_built(replace(built, files=frozenset([*anew, *there])), replace(former, files=gone))
            memory.keep_retold([*sources.read, *sources.others])
            if taken.is_more:
                leaving.keep(memory, None, {})  # the objects as they are now are kept when there is time
            folders = writing.folders([*outputs, *there, *gone]) if memory.fact("alone") else ()
            left = outputs | dict.fromkeys(gone, NOWHERE)
            left |= {name: seen(self.output / name) for name in (*there, *folders)}
            memory.stand_on(self.context["build_time"].timestamp(), sources.seen, left)

        return len(built.made.keys() | built.restamped) + len(there), keep
