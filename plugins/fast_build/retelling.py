"""A story's words, which may be given to it without building all: they decide nothing but what readers are told."""

import os
from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from .digests import Digests, UndigestibleError
from .parsing import Read
from .standing import Seen

HEAD = frozenset({"title", "summary"})
"""The metadata that are words: not what there is, nor where, nor in which order."""


class Renewed(NamedTuple):
    """What a file was read as, and what it is read as now."""

    before: Read
    """The same as now, if the file is."""
    now: Read
    """The content and the metadata."""
    names: frozenset[str]
    """By which names the metadata are others."""


class Sources(NamedTuple):
    """Files that have changed, or may have."""

    seen: Mapping[str, Seen]
    """What is seen of all of them now."""
    read: Mapping[str, Renewed]
    """What those were read as, and are, that are known stories."""
    new: Collection[str] = ()
    """Those that are stories of which nothing is known."""

    @property
    def others(self) -> list[str]:
        """Those that are no stories, nor folders."""
        return [
            file
            for file in self.seen
            if file not in self.read and file not in self.new and not os.path.isdir(file)  # noqa: PTH112 - quicker
        ]


def is_told_by_files(plugins: Iterable[str], settings: Mapping[str, Any]) -> bool:
    """Return whether a story comes of what its reader returns, and of what the suite's plugins do to it, alone.

    ``plugins`` are the names of the plugins in use. No list may stand in the order of words, either.
    """
    ours = all(name.startswith(f"{__name__.removesuffix('.fast_build.retelling')}.") for name in plugins)
    whole = not settings["TYPOGRIFY"] and settings.get("DEFAULT_DATE") != "fs"
    orders = (settings["ARTICLE_ORDER_BY"], settings["PAGE_ORDER_BY"])
    in_order = all(isinstance(order, str) and order.removeprefix("reversed-") not in HEAD for order in orders)
    return ours and whole and in_order


def retell(story: Any, read: Read) -> bool:  # noqa: ANN401 - Pelican's own
    """Give ``story`` the words that were read; return whether its address does not hang on them."""
    address, headline = story.save_as, story.title
    head = {name: value for name, value in read[1].items() if name in HEAD}
    story._content = read[0]  # noqa: SLF001 - the one way to give a story of Pelican's another text
    story.metadata = {**story.metadata, **head}
    for name, value in head.items():
        setattr(story, name, value)
    named = "slug" in read[1] or story.settings["SLUGIFY_SOURCE"] != "title" or story.title == headline
    return bool(named and story.save_as == address)


def differing(before: Read, now: Read, own: Collection[str], digests: Digests) -> frozenset[str] | None:
    """Return by which names a story's metadata are others, but for ``own``, which go with its text.

    None if nobody can say, if words came or went, or if the metadata stand in another order.
    """
    if before is now:
        return frozenset()
    one, other = ({name: value for name, value in read[1].items() if name not in own} for read in (before, now))
    in_both = [name for name in one if name in other]
    if in_both != [name for name in other if name in one] or HEAD.intersection(one.keys() ^ other.keys()):
        return None
    try:
        others = {name for name in in_both if digests.of(one[name]) != digests.of(other[name])}
    except UndigestibleError:
        return None
    return frozenset(others | (one.keys() ^ other.keys()))
