"""The words that would betray a story that is held back, for a search of what is built."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from .._kit import urls
from . import figures, withholding
from .checking import stories
from .checking.stories import Edition, Story

_TEXTS = frozenset({*stories.SUFFIXES, ".csv", ".json", ".toml", ".txt", ".yaml", ".yml"})
_OPENING = 60
_SHORT = 8
_MARKUP = re.compile(r"[\[\]<>*_`#|{}\\&!]")


def words(edition: Edition, now: dt.datetime, others: Iterable[Path] = ()) -> list[str]:
    """Return what would betray the stories held back at ``now``: headline, standfirst, opening, address, id, pictures.

    A word that is short, or stands in what may be published (the other files of the content folder, and ``others``),
    betrays nothing and is left out. A preview holds nothing back.
    """
    if edition.settings.preview:
        return []
    every = [stories.read(file, edition, is_page=is_page)[0] for file, is_page in edition.files()]
    held = [story for story in every if _is_held(story, now)]
    told = dict.fromkeys(word for story in held for word in _of(story, edition))
    if not told:
        return []
    secret = {edition.content / story.source for story in held}
    files = [file for file in sorted(edition.content.rglob("*")) if file.suffix in _TEXTS and file not in secret]
    public = [file.read_text("utf-8", "replace") for file in (*files, *others)]
    public += [name for story in every if not _is_held(story, now) for name in _names(story, edition)]
    known = "\n".join(public)
    return [word for word in told if word not in known]


def _is_held(story: Story, now: dt.datetime) -> bool:
    values = story.values
    status = values.get("status", "published")
    late = withholding.reason(status, values.get("date", now), values.get("embargo"), now)
    return status == "skip" or bool(late)


def _names(story: Story, edition: Edition) -> Iterator[str]:
    """Yield what a story that is published makes known by other means than its text."""
    yield stories.address(story, edition)
    yield stories.identity(story)
    values = story.values
    for name in (*values.get("tags", ()), *values.get("authors", ()), values.get("category", "")):
        yield urls.slug(name)


def _of(story: Story, edition: Edition) -> Iterator[str]:
    """Yield the words that are this story's own, by their length and their form."""
    title = " ".join(str(story.values.get("title", "")).split())
    if title.count(" ") > 1 and len(title) > _SHORT * 2:
        yield title
    for text in (str(story.values.get("summary", "")), *story.header.body.split("\n\n")[:3]):
        yield from _opening(text)
    address = stories.address(story, edition)
    slug = PurePosixPath(address).name
    for name in (address, slug if slug.count("-") > 1 else "", stories.identity(story), *_pictures(story)):
        if len(name) >= _SHORT:
            yield name


def _opening(text: str) -> Iterator[str]:
    """Yield the first words of a text, as far as no markup changes them."""
    plain = " ".join(_MARKUP.split(text.strip(), maxsplit=1)[0].split())
    cut = plain[:_OPENING].rpartition(" ")[0] if len(plain) > _OPENING else plain
    if cut.count(" ") > 3:
        yield cut


def _pictures(story: Story) -> Iterator[str]:
    """Yield the names of its pictures without ending: what is made of them has others."""
    image = story.values.get("image")
    shown = [image.src] if image else []
    for src in (*shown, *(each.src for each in figures.in_text(story.header.body) if figures.is_own(each.src))):
        yield PurePosixPath(unquote(src)).stem
