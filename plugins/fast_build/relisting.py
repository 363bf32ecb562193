"""Stories with other topics, authors or another section: the lists are asked for again, and nothing else of a build."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from typing import Any, NamedTuple

from .._kit.errors import PROBLEMS
from .._kit.renewing import LABELS
from . import tracing
from .jobs import Job, Owner

_OF_AUTHORS = frozenset({"author", "authors"})

Lister = Callable[[Any], Iterable[type] | None]
"""Gets the generator of articles; returns the classes of those that have to write anew, None if all must be built."""


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
        self._articles = articles
        self._articles.articles = articles.context["articles"]
        self._context = articles.context
        self._start = start

    def can_take(self, stories: Iterable[Any]) -> bool:
        """Return whether these are stories that lists name, and no list stands in the order of labels."""
        order = str(self._articles.settings["ARTICLE_ORDER_BY"]).removeprefix("reversed-")
        return order not in LABELS and all(object.__hash__(story) in self._listed for story in stories)

    @cached_property
    def _listed(self) -> frozenset[int]:
        return frozenset(object.__hash__(story) for story in self._articles.articles)

    def renewed(self, stories: Iterable[Any], read: Callable[[Any, str, type], Any]) -> list[tuple[Any, Any]] | None:
        """Return ``stories`` with what they are as they are ``read`` now, by a generator, from a path, of a class.

        None if one is in no list, or stands elsewhere now. Raises what ``read`` raises.
        """
        stories = list(stories)
        if not self.can_take(stories):
            return None
        found = [(story, self.reread(story, read)) for story in stories]
        moved = any(now.save_as != story.save_as or now.url != story.url for story, now in found)
        return None if moved else found

    def reread(self, story: Any, read: Callable[[Any, str, type], Any]) -> Any:  # noqa: ANN401 - Pelican's own
        """Return ``story`` as it is ``read`` now."""
        return read(self._articles, story.relative_source_path, tracing.untraced(type(story))[0])

    def list_again(
        self, labels: AbstractSet[str], steps: Sequence[Lister], output: Callable[[Any], list[Job]]
    ) -> Listed | None:
        """Have all stories listed anew, of which some have other ``labels``, by ``steps`` and generators.

        The ``output`` of these are jobs. None if all must be built.
        """
        before = dict(self._context)
        self._group(labels)
        classes: dict[type, None] = {}
        for step in steps:
            asked = step(self._articles)
            if asked is None:
                return None
            classes |= dict.fromkeys(asked)
        if self._context.get(PROBLEMS):
            return None
        names = {name for name, value in self._context.items() if name not in before or before[name] is not value}
        return Listed(names, [job for cls in classes for job in output(self._start(cls))], classes.keys())

    def _group(self, labels: AbstractSet[str]) -> None:
        """Group the articles by section, topic and author, as Pelican does, as far as such ``labels`` are others."""
        articles: Any = self._articles
        if "category" in labels:
            sections = self._by(lambda own: [own["category"]] if "category" in own else ())
            articles.categories = sorted(sections.items(), reverse=articles.settings["REVERSE_CATEGORY_ORDER"])
            self._context["categories"] = articles.categories
        if "tags" in labels:
            articles.tags = self._by(lambda own: own.get("tags", ()))
            self._context["tags"] = list(articles.tags.items())
        if not labels.isdisjoint(_OF_AUTHORS):
            articles.authors = sorted(self._by(lambda own: own.get("authors", ())).items())
            self._context["authors"] = articles.authors

    def _by(self, labels: Callable[[dict[str, Any]], Iterable[Any]]) -> dict[Any, list[Any]]:
        """Return the articles by each of their ``labels``, which are found in their attributes."""
        found: defaultdict[Any, list[Any]] = defaultdict(list)
        for story in self._articles.articles:
            for label in labels(vars(story)):
                found[label].append(story)
        return found


def relabel(story: Any, now: Any) -> None:  # noqa: ANN401 - Pelican's own
    """Give ``story`` the labels of ``now``, in their order among its attributes."""
    for mine, others in ((vars(story), vars(now)), (story.metadata, now.metadata)):
        kept = dict(mine)
        known = kept.keys() | LABELS
        mine.clear()
        mine.update({name: (others if name in LABELS else kept)[name] for name in others if name in known})
        mine.update({name: value for name, value in kept.items() if name not in LABELS})
