"""The command that begins a story: it asks for what was not given, if there is someone to ask."""

import argparse
import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

from .._kit import urls
from .._kit.errors import EditionError, Problem
from . import drafting
from .checking.stories import Edition
from .drafting import Draft, Known


class Asking(msgspec.Struct, frozen=True):
    """Asks a person."""

    ask: Callable[[str], str] | None
    """Shows a question and returns the line that is typed; None where there is nobody to ask."""
    show: Callable[[str], None]
    """Shows lines."""

    def text(self, given: str, question: str, proposal: str = "") -> str:
        """Return what was given, else the answer, else the proposal."""
        if given or self.ask is None:
            return given or proposal
        return self.ask(f"{question}{f' [{proposal}]' if proposal else ''}: ").strip() or proposal

    def several(self, given: str, question: str, existing: Sequence[str]) -> tuple[str, ...]:
        """Return names parted by commas, each as the edition writes it; a number stands for one that exists."""
        if not given and self.ask is not None and existing:
            self.show("\n".join(f"  {number}  {name}" for number, name in enumerate(existing, 1)))
        names = (part.strip() for part in self.text(given, question).split(","))
        return tuple(dict.fromkeys(_named(name, existing) for name in names if name))


def run(arguments: argparse.Namespace, edition: Edition, asking: Asking) -> Path:
    """Write the file of a new story and return it; raises EditionError where something is wrong or missing."""
    there = drafting.allowed(drafting.known(edition.content, edition.article_paths), edition.settings)
    now = arguments.at or dt.datetime.now(ZoneInfo(edition.zone))
    draft = _draft(arguments, asking, there, drafting.soon(now))
    if problems := drafting.wrong(draft, there):
        raise EditionError(problems)
    file = drafting.file_of(draft, edition.content / edition.article_paths[0])
    _write(file, drafting.document(draft))
    return file


def _draft(arguments: argparse.Namespace, asking: Asking, there: Known, date: dt.datetime) -> Draft:
    title = asking.text(" ".join(arguments.title.split()), "Headline")
    return Draft(
        title=title,
        slug=asking.text(arguments.slug, "Slug", drafting.slug(title)),
        section=next(iter(asking.several(arguments.section, "Section", there.sections)), ""),
        countries=asking.several(arguments.countries, "Countries", there.countries),
        authors=asking.several(arguments.authors, "Authors", there.authors),
        topics=asking.several(arguments.topics, "Topics, or nothing", there.topics[:20]),
        summary=asking.text(" ".join(arguments.summary.split()), "Standfirst, one sentence"),
        date=date,
    )


def _named(name: str, existing: Sequence[str]) -> str:
    if name.isascii() and name.isdigit() and 0 < int(name) <= len(existing):
        return existing[int(name) - 1]
    return drafting.chosen(name, existing) or name


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        with file.open("x", encoding="utf-8") as opened:
            opened.write(text)
    except FileExistsError as error:
        remedy = f"Choose another slug, e.g. {urls.slug(file.stem + ' 2')}."
        raise EditionError([Problem(str(file), 0, "is there already; nothing was written", remedy)]) from error
