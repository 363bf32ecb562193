"""The rules that need all stories: names that nobody else uses, addresses that two have, links between files."""

import difflib
import posixpath
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from . import anchors, stories
from .findings import Finding
from .stories import Edition, Story
from .story_rules import path_of, targets

_KINDS = (("category", "section", "sections"), ("authors", "author", "authors"), ("tags", "topic", "topics"))


class Named(msgspec.Struct, frozen=True):
    """What the others need to know of a story."""

    story: Story
    """The story, without its text."""
    address: str
    """Where it will stand; empty where that cannot be known."""
    links: tuple[tuple[int, str], ...]
    """(line, address) of its links within the edition."""
    places: frozenset[str] = frozenset()
    """The names of the places in its text that a link can lead to."""


def named(story: Story, edition: Edition) -> Named:
    """Return what the rules of this module need of ``story``."""
    links = tuple(
        (story.header.body_line + line, target)
        for line, target in targets(story.header.body)
        if target[0] in "{|/#" and not target.startswith("//")
    )
    places = anchors.places(story.header.body, headings=edition.heading_places)
    return Named(story, stories.address(story, edition), links, places)


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
    by_source = {each.story.source: each for each in all_stories}
    by_address = {each.address: each for each in all_stories if each.address}
    pattern = stories.looks_like_a_story(edition)
    files: Mapping[str, bool] = _Files(edition.content)
    theme = anchors.Theme(edition.theme)
    for each in all_stories:
        for line, target in each.links:
            kind, path = followed(target, each.story.source)
            if kind == "address":
                other, wrong = by_address.get(path), bool(pattern.fullmatch(path)) and path not in by_address
            else:
                other = each if kind == "here" else by_source.get(path)
                wrong = kind in {"filename", "static", "attach"} and not other and not files[path]
            if wrong:
                message = f"the link to {target} leads nowhere"
                yield each.story.finding("link", line, message, "Mend it or take it out.", target)
            elif other and (name := anchors.name_in(target)) and not _has_place(other, name, theme):
                page = "this page" if other is each else other.story.header.path
                message = f"the link to #{name} leads to no place on {page}"
                yield each.story.finding("anchor", line, message, "Mend it or take it out.", target)


def _has_place(named: Named, name: str, theme: anchors.Theme) -> bool:
    template = "page" if named.story.is_page else "article"
    return name in named.places or name in theme.places(str(named.story.values.get("template", template)))


def without_place(all_stories: Sequence[Named], built: Path) -> Iterator[Finding]:
    """Yield each link to a place that a page of the ``built`` edition, a list's included, does not have."""
    by_source = {each.story.source: each.address for each in all_stories}
    pages = anchors.Pages(built)
    for each in all_stories:
        marked = [(line, target) for line, target in each.links if anchors.name_in(target)]
        if not marked or not each.address or pages.places(each.address) is None:
            continue  # what is held back has no page yet
        for line, target in marked:
            kind, path = followed(target, each.story.source)
            url = path if kind == "address" else by_source.get(path, "")
            there = pages.places(url) if url or kind == "address" else None
            name = anchors.name_in(target)
            if there is not None and name not in there:
                message = f"the link to #{name} leads to no place on /{url}"
                yield each.story.finding("anchor", line, message, "Mend it or take it out.", target)


def followed(target: str, source: str) -> tuple[str, str]:
    """Return what a link of the file ``source`` names: a kind and a path.

    The kind is ``here``, ``address`` (the path is an address), or Pelican's ``filename``, ``static`` or ``attach``
    (the path is a file below the content folder).
    """
    if target[0] == "#":
        return "here", source
    if target[0] == "/":
        return "address", path_of(target)[1:]
    kind, _, rest = target[1:].partition("}" if target[0] == "{" else "|")
    return kind, _relative(path_of(rest), source)


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
