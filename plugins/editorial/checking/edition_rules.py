"""The rules that need all stories: names that nobody else uses, addresses that two have, links between files."""

import difflib
import posixpath
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import stories
from .findings import Finding
from .stories import Edition, Story
from .story_rules import path_of, targets

_KINDS = (("category", "section", "sections"), ("authors", "author", "authors"), ("tags", "topic", "topics"))


@dataclass(frozen=True)
class Named:
    """What the others need to know of a story."""

    story: Story
    """The story, without its text."""
    address: str
    """Where it will stand; empty where that cannot be known."""
    links: tuple[tuple[int, str], ...]
    """(line, address) of its links within the edition."""


def named(story: Story, edition: Edition) -> Named:
    """Return what the rules of this module need of ``story``."""
    links = tuple(
        (story.header.body_line + line, target)
        for line, target in targets(story.header.body)
        if target[:1] in "{|/" and not target.startswith("//")
    )
    return Named(story, stories.address(story, edition), links)


def rules(all_stories: Sequence[Named], edition: Edition) -> Iterator[Finding]:
    """Yield what is wrong with the stories together."""
    for field, word, setting in _KINDS:
        yield from _names(all_stories, field, word, getattr(edition.settings, setting))
    yield from _addresses(all_stories)
    yield from _links(all_stories, edition)


def _values(story: Story, field: str) -> tuple[str, ...]:
    value: Any = story.values.get(field, ())
    return (value,) if isinstance(value, str) else tuple(value)


def _names(all_stories: Sequence[Named], field: str, word: str, allowed: Sequence[str]) -> Iterator[Finding]:
    counted = Counter(name for each in all_stories for name in _values(each.story, field))
    commonest: dict[str, str] = {}
    for name, _ in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])):
        commonest.setdefault(name.casefold(), name)
    often = [name for name, count in counted.items() if count > 1]
    told: dict[str, tuple[str, str, str]] = {}
    for name, count in counted.items():
        if (twin := commonest[name.casefold()]) != name:
            told[name] = "case-twin", f"the {word} {name!r} is elsewhere written {twin!r}", f"Write {twin}."
        elif allowed and name not in allowed:
            near = difflib.get_close_matches(name, allowed, n=1)
            told[name] = f"unknown-{word}", f"there is no {word} {name!r}", _instead(near)
        elif not allowed and count == 1 and (near := difflib.get_close_matches(name, often, n=1, cutoff=0.85)):
            told[name] = f"unknown-{word}", f"no other story has the {word} {name!r}", _instead(near)
    for each in all_stories:
        for name in _values(each.story, field):
            if name in told:
                code, message, remedy = told[name]
                yield each.story.of_field(code, field, message, remedy)


def _instead(near: Sequence[str]) -> str:
    return f"Did you mean {near[0]!r}?" if near else ""


def _addresses(all_stories: Iterable[Named]) -> Iterator[Finding]:
    first: dict[str, Named] = {}
    for each in all_stories:
        if each.address and each.story.values.get("status") != "skip":
            other = first.setdefault(each.address, each)
            if other is not each:
                message = f"its address /{each.address} is also that of {other.story.header.path}"
                yield each.story.of_field("shared-address", "slug", message, "Give one of them another slug.")


def changed_addresses(all_stories: Iterable[Named], live: Mapping[str, Sequence[str]]) -> Iterator[Finding]:
    """Yield each story that stands no more where it was published; ``live`` has the addresses by identity."""
    for each in all_stories:
        for old in live.get(stories.identity(each.story), ()):
            if each.address and old != each.address:
                message = f"the story was published at /{old} and would now stand at /{each.address}"
                remedy = f"Restore the slug and the date, or accept it: make redirect FROM=/{old} TO=/{each.address}"
                yield each.story.of_field("changed-address", "slug", message, remedy)


def _links(all_stories: Sequence[Named], edition: Edition) -> Iterator[Finding]:
    sources = {each.story.source for each in all_stories}
    addresses = {each.address for each in all_stories}
    pattern = stories.looks_like_a_story(edition)
    places: Mapping[str, bool] = _Files(edition.content)
    for each in all_stories:
        for line, target in each.links:
            path = path_of(target)
            if target.startswith("/"):
                wrong = bool(pattern.fullmatch(path[1:])) and path[1:] not in addresses
            else:
                kind, _, rest = target[1:].partition("}" if target[0] == "{" else "|")
                file = _relative(path_of(rest), each.story.source)
                wrong = kind in {"filename", "static", "attach"} and file not in sources and not places[file]
            if wrong:
                message = f"the link to {target} leads nowhere"
                yield each.story.finding("link", line, message, "Mend it or take it out.", target)


def _relative(path: str, source: str) -> str:
    return posixpath.normpath(path[1:] if path.startswith("/") else posixpath.join(posixpath.dirname(source), path))


class _Files(defaultdict[str, bool]):
    """Whether there is a file, by its path below the content folder."""

    def __init__(self, content: Path) -> None:
        super().__init__()
        self._content = content

    def __missing__(self, path: str) -> bool:
        self[path] = (self._content / path).is_file()
        return self[path]
