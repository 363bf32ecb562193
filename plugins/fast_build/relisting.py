"""Stories that are new, or stand elsewhere among others: the lists are asked for again, and nothing else of a build."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from operator import itemgetter
from pathlib import PurePath
from types import SimpleNamespace
from typing import Any, NamedTuple

from .._kit.errors import PROBLEMS
from .._kit.renewing import LABELS, PLACES, TOLD, Moved, StoryStep, Touched, placing, relabelling
from . import tracing
from .jobs import Job, Owner
from .parsing import Reader
from .retelling import Renewed

_OF_AUTHORS = frozenset({"author", "authors"})
_OF_MORE = LABELS | PLACES | TOLD  # than words
_RESTATED = LABELS | PLACES | {"locale_date", "locale_modified"}
_FEW = 32
_BY_DATE = ("date", "reversed-date")
_OWN_LISTS = ("CATEGORY_SAVE_AS", "TAG_SAVE_AS", "AUTHOR_SAVE_AS")  # if Pelican writes them itself

Lister = tuple[AbstractSet[str], Callable[[Any], Iterable[type] | None]]
"""By which names metadata concern it, and what is to be done then.

That gets the generator of articles; returns the classes of those that have to write anew, None if all must be built.
"""
Placer = tuple[AbstractSet[str], StoryStep]
"""By which names metadata concern it, and what is to be done for stories that have others by them, or are new."""
Read = Callable[[Any, str, type], Any]
"""Reads a story as its file is now: gets the generator of articles, a path below the content folder, and a class."""


class Change(NamedTuple):
    """Of which stories more than words is new."""

    labels: AbstractSet[str]
    """By which names labels are others."""
    moved: Sequence[Moved]
    """Those that have other labels, or other places."""
    added: Sequence[Any]
    """Those that are new."""

    def __bool__(self) -> bool:
        """Return whether there is one."""
        return bool(self.moved or self.added)

    @property
    def names(self) -> AbstractSet[str]:
        """By which names a story has others than before, but for words; if one is new, by all."""
        return _OF_MORE if self.added else _OF_MORE & frozenset[str]().union(*(each.names for each in self.moved))

    @property
    def reorders(self) -> bool:
        """Whether all stories stand in another order then."""
        return bool(self.added) or any("date" in each.names for each in self.moved)

    @property
    def relabelled(self) -> Sequence[Moved] | None:
        """Those with other labels, if that is all and they are few: else all are listed in less time. None if not."""
        more = self.reorders or any(each.names & (PLACES | TOLD) for each in self.moved)
        return None if more or len(self.moved) > _FEW else self.moved

    def by(self, names: AbstractSet[str]) -> Sequence[Moved]:
        """Return those of them that have others by any of ``names``."""
        return [each for each in self.moved if each.names & names]


NOTHING = Change(frozenset(), (), ())


class Placed(NamedTuple):
    """What came of putting stories in their places."""

    before: Mapping[str, Any]
    """The context as it was."""
    touched: list[Any]
    """Stories that were given something else because of others."""
    writers: list[type]
    """The classes of generators that have to write anew."""


UNMOVED = Placed({}, [], [])


class Listed(NamedTuple):
    """What came of listing all stories anew."""

    names: set[str]
    """By which names something else is in the context."""
    jobs: list[Job]
    """All that those have to be made who had to write anew."""
    by: Collection[type]
    """The classes of these generators."""

    def renews(self, owner: Owner, left: Collection[Owner]) -> bool:
        """Return whether all was asked for anew that is of this ``owner``, who is not among those ``left``."""
        return owner[0] in self.by and owner not in left


class Relisting:
    """Has an edition listed anew: ``articles`` is the generator of its stories, ``start`` returns others by class."""

    def __init__(self, articles: Any, start: Callable[[type], Any]) -> None:  # noqa: ANN401 - Pelican's own
        self.articles = articles
        """The generator."""
        self.articles.articles, self.articles.dates = articles.context["articles"], articles.context["dates"]
        self._context = articles.context
        self._start = start

    def can_take(self, stories: Iterable[Any]) -> bool:
        """Return whether these are stories that lists name, and no list stands in the order of labels."""
        order = str(self.articles.settings["ARTICLE_ORDER_BY"]).removeprefix("reversed-")
        return order not in LABELS and all(object.__hash__(story) in self._listed for story in stories)

    @cached_property
    def _listed(self) -> set[int]:
        return {object.__hash__(story) for story in self.articles.articles}

    def is_new(self, file: str) -> bool:
        """Return whether at the absolute path ``file`` there is a story of which nothing is known."""
        settings, path = self.articles.settings, PurePath(file)
        if not self.articles.articles or not path.is_relative_to(settings["PATH"]):
            return False
        below = path.relative_to(settings["PATH"])
        others = (*settings["ARTICLE_EXCLUDES"], *settings["PAGE_PATHS"], *settings["STATIC_PATHS"])
        if any(below.is_relative_to(each) for each in others) or str(below) in self._context["generated_content"]:
            return False
        among = any(below.is_relative_to(each) for each in settings["ARTICLE_PATHS"])
        return among and bool(self.articles.get_files([str(below)]))

    def reader(self, file: str) -> Reader:
        """Return what reads ``file``."""
        found: Reader = self.articles.readers.readers[PurePath(file).suffix[1:]]
        return found

    def change(self, renewed: Sequence[tuple[Any, Renewed]], new: Iterable[str], read: Read) -> Change | None:
        """Return what more than words is new in stories ``renewed``, and which stories ``new`` files hold.

        They are ``read`` for it. None if one is in no list, or if it is not plain to see where one stands now. Raises
        what ``read`` raises.
        """
        others = [(story, each.names) for story, each in renewed if each.names & _OF_MORE]
        if not self.can_take(story for story, _ in others):
            return None
        moved = [Moved(story, self.reread(story, read), names, _labels(story)) for story, names in others]
        added = [self._first_read(file, read) for file in new]
        elsewhere = any(each.now.save_as != each.story.save_as or each.now.url != each.story.url for each in moved)
        dated = [each for each in moved if "date" in each.names]
        translated = any(each.story.translations for each in dated)
        if elsewhere or translated or not self._can_order([*added, *(each.now for each in dated)]):
            return None
        change = Change(LABELS & frozenset[str]().union(*(names for _, names in others)), moved, added)
        written = any(self.articles.settings[name] for name in _OWN_LISTS)
        return None if written and change.labels and not change.reorders else change  # then they are written anyway

    def reread(self, story: Any, read: Read) -> Any:  # noqa: ANN401 - Pelican's own
        """Return ``story`` as it is ``read`` now."""
        return read(self.articles, story.relative_source_path, tracing.untraced(type(story))[0])

    def _first_read(self, file: str, read: Read) -> Any:  # noqa: ANN401 - Pelican's own
        path = PurePath(file).relative_to(self.articles.settings["PATH"])
        return read(self.articles, str(path), tracing.untraced(type(self.articles.articles[0]))[0])

    def _can_order(self, stories: Sequence[Any]) -> bool:
        """Return whether each of these stands alone: at an instant of its own, and as no translation of another."""
        if not stories:
            return True
        known = {each.relative_source_path for each in stories}
        others = [vars(each) for path, each in self._context["generated_content"].items() if each and path not in known]
        slugs, dates = ({vars(each)[name] for each in stories} for name in ("slug", "date"))
        alone = not any(each.get("slug") in slugs or each.get("date") in dates for each in others)
        plain = all(each.in_default_lang for each in stories)
        apart = len(slugs) == len(dates) == len(stories)
        return alone and plain and apart and self.articles.settings["ARTICLE_ORDER_BY"] in _BY_DATE

    def place(self, change: Change, steps: Iterable[Placer]) -> Placed | None:
        """Put all stories in order after a ``change``, and have those that are new or moved placed by ``steps``.

        None if all must be built.
        """
        before = dict(self._context)
        if change.reorders:
            self._order(change.added)
        touched: list[Any] = []
        writers: list[type] = [type(self.articles)] if change.reorders else []
        for names, step in steps:
            moved = change.by(names)
            done = step(self.articles, change.added, moved) if change.added or moved else Touched()
            if done is None:
                return None
            touched += done.stories
            writers += done.writers
        plain = all(each.status == "published" for each in change.added)
        return Placed(before, touched, writers) if plain else None

    def list_again(
        self, change: Change, placed: Placed, steps: Iterable[Lister], output: Callable[[Any], list[Job]]
    ) -> Listed | None:
        """Have all stories, that are ``placed`` after a ``change``, listed anew by ``steps`` and generators.

        What these write is ``output``, as jobs. None if all must be built.
        """
        writers = list(placed.writers)
        self._group(change)
        with relabelling(self._context, change.relabelled):
            for names, step in steps:
                asked = () if names.isdisjoint(change.names) else step(self.articles)
                if asked is None:
                    return None
                writers += asked
        if self._context.get(PROBLEMS):
            return None
        before = placed.before
        names = {name for name, value in self._context.items() if name not in before or before[name] is not value}
        names |= {"generated_content"} if change.added else set()
        classes = dict.fromkeys(writers)
        return Listed(names, [job for cls in classes for job in output(self._writer(cls))], classes.keys())

    def _order(self, added: Iterable[Any]) -> None:
        """Put stories that are ``added``, and those of another date, where they belong."""
        articles, settings = self.articles, self.articles.settings
        for each in added:
            articles.add_source_path(each)
            self._listed.add(object.__hash__(each))
        found = [*articles.articles, *added]
        articles.articles = sorted(found, key=_date, reverse=settings["ARTICLE_ORDER_BY"] != "date")
        articles.dates = sorted(articles.articles, key=_date, reverse=settings["NEWEST_FIRST_ARCHIVES"])
        self._context |= {"articles": articles.articles, "dates": articles.dates}

    def _writer(self, cls: type) -> Any:  # noqa: ANN401 - Pelican's own
        return self.articles if cls is type(self.articles) else self._start(cls)

    def _group(self, change: Change) -> None:
        """Group the articles by section, topic and author, as Pelican does, as far as labels are others."""
        articles: Any = self.articles
        labels = LABELS if change.reorders else change.labels
        if "category" in labels:
            sections = self._by("category", "categories", change)
            articles.categories = sorted(sections.items(), reverse=articles.settings["REVERSE_CATEGORY_ORDER"])
            self._context["categories"] = articles.categories
        if "tags" in labels:
            articles.tags = self._by("tags", "tags", change)
            self._context["tags"] = list(articles.tags.items())
        if not labels.isdisjoint(_OF_AUTHORS):
            articles.authors = sorted(self._by("authors", "authors", change).items())
            self._context["authors"] = articles.authors

    def _by(self, name: str, known: str, change: Change) -> dict[Any, list[Any]]:
        """Return the articles by each of their labels, which they have by ``name``, in the order of their first.

        They are in the context by the name ``known``, as they were before a ``change``.
        """
        moved = change.relabelled
        return self._grouped(name) if moved is None else self._regrouped(name, dict(self._context[known]), moved)

    def _grouped(self, name: str) -> dict[Any, list[Any]]:
        """Return them from scratch."""
        found: defaultdict[Any, list[Any]] = defaultdict(list)
        for story in self.articles.articles:
            for label in _several(vars(story).get(name)):
                found[label].append(story)
        return found

    def _regrouped(self, name: str, found: dict[Any, list[Any]], moved: Iterable[Moved]) -> dict[Any, list[Any]]:
        """Return them from what was ``found`` before those that are ``moved``."""
        place_of = placing(self.articles.articles)
        for each in moved:
            was, now = (_several(vars(it).get(name)) for it in (each.before, each.story))
            for label in {*was, *now}:
                own = [each.story] * now.count(label)  # Pelican lists it as often
                others = [story for story in found.pop(label, ()) if story is not each.story]
                if members := sorted([*others, *own], key=place_of):
                    found[label] = members
        placed: list[tuple[int, int, Any, list[Any]]] = []
        for label, members in found.items():
            labels = _several(vars(members[0])[name])
            place = labels.index(label)
            placed.append((place_of(members[0]), place, labels[place], members))
        return {label: members for _, _, label, members in sorted(placed, key=itemgetter(0, 1))}


def restate(moved: Moved) -> None:
    """Give a story the labels and places that it has now, and what else of it is another; all in that order."""
    story, now, restated = moved.story, moved.now, _RESTATED | (TOLD & moved.names)
    for mine, others in ((vars(story), vars(now)), (story.metadata, now.metadata)):
        kept = dict(mine)
        known = kept.keys() | restated
        mine.clear()
        mine.update({name: (others if name in restated else kept)[name] for name in others if name in known})
        mine.update({name: value for name, value in kept.items() if name not in restated})


def _labels(story: Any) -> SimpleNamespace:  # noqa: ANN401 - Pelican's own
    """Return what has the labels of ``story``."""
    return SimpleNamespace(**{name: vars(story)[name] for name in LABELS if name in vars(story)})


def _several(labels: Any) -> list[Any]:  # noqa: ANN401 - one, several or none
    return labels if isinstance(labels, list) else [] if labels is None else [labels]


def _date(story: Any) -> Any:  # noqa: ANN401 - Pelican's own
    return vars(story)["date"]
