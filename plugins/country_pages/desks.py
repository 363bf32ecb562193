"""What a country's desk says of its country: front matter in YAML, then words in Markdown."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import markdown
import msgspec
import yaml
from babel import Locale, UnknownLocaleError
from babel.numbers import list_currencies

from .._kit.errors import Problem
from .territories import is_code

_CODE = "desk-file"
_PARTS = re.compile(r"\A---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)(.*)\Z", re.DOTALL | re.MULTILINE)
_PLACE = re.compile(r"^(?P<why>.*?)(?: - at `\$(?P<place>.*)`)?$", re.DOTALL)


class Fact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing known of a country."""

    label: str
    """What it is about, e.g. ``Area``."""
    value: str
    """What is known, as readers see it."""
    source: str
    """Who says so."""


class FrontMatter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The head of a desk's file. What is left out comes from CLDR."""

    code: str
    """ISO 3166-1 alpha-2, e.g. ``UZ``."""
    name: str = ""
    """What the edition calls the country."""
    slug: str = ""
    """The country's part of an address."""
    aliases: tuple[str, ...] = ()
    """More names that stories may use."""
    capital: str = ""
    """The capital's name."""
    currency: str = ""
    """ISO 4217 code."""
    languages: tuple[str, ...] = ()
    """Official languages as CLDR codes, the state language first."""
    desk: str = ""
    """What the desk is called."""
    summary: str = ""
    """One sentence on the country."""
    facts: tuple[Fact, ...] = ()
    """What is known, in order."""


class Desk(msgspec.Struct, frozen=True):
    """A desk's file, read."""

    head: FrontMatter
    """The front matter."""
    words: str
    """The desk's own words, as HTML; may be empty."""
    path: str
    """The file, for messages."""
    lines: Mapping[str, int]
    """The line of each part of the front matter by its place, e.g. ``.facts[1].source``."""

    @property
    def known_by(self) -> tuple[object, ...]:
        """What stories and other pages find the country by, or show of it; the rest is on its own pages alone."""
        head = self.head
        return head.code, head.name, head.slug, head.aliases, head.languages, head.currency


def read(folder: Path, shown: str) -> tuple[tuple[Desk, ...], tuple[Problem, ...]]:
    """Return the desks of ``folder``'s Markdown files by name, and all that is wrong with them.

    ``shown`` is the folder's name for messages. A folder that is not there has no desks.
    """
    desks: list[Desk] = []
    problems: list[Problem] = []
    for file in sorted(folder.glob("*.md")):
        desk, found = parse(file.read_text("utf-8-sig"), f"{shown}/{file.name}")
        problems += found
        if desk:
            desks.append(desk)
    return tuple(desks), tuple(problems)


def parse(text: str, path: str) -> tuple[Desk | None, tuple[Problem, ...]]:
    """Return the desk that ``text`` describes, or None and what is wrong with it."""
    parts = _PARTS.match(text)
    if not parts:
        return None, (_problem(path, 1, "has no front matter", "Begin with a line ---, YAML, and a line ---."),)
    try:
        node = yaml.compose(parts[1], Loader=yaml.SafeLoader)
        values = yaml.safe_load(parts[1])
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        why = f"is not YAML: {error.problem or error.context}"
        return None, (_problem(path, mark.line + 2 if mark else 1, why, "Mend this line or the one before it."),)
    if not isinstance(values, dict):
        return None, (_problem(path, 1, "has no fields in its front matter", "Write at least: code: UZ"),)
    lines = dict(_lines(node))
    head, problems = _decode(values, path, lines)
    if head is None or problems:
        return None, problems
    return Desk(head, markdown.markdown(parts[2], output_format="html"), path, lines), ()


def _decode(
    values: Mapping[Any, Any], path: str, lines: Mapping[str, int]
) -> tuple[FrontMatter | None, tuple[Problem, ...]]:
    fields = {field.name: field for field in msgspec.structs.fields(FrontMatter)}
    problems, decoded = [], {}
    for name, value in values.items():
        if name not in fields:
            known = f"Known: {', '.join(fields)}."
            problems.append(_problem(path, lines.get(f".{name}", 1), f"{name!r} is no field of a desk", known))
            continue
        try:
            decoded[name] = msgspec.convert(value, fields[name].type, strict=True)
        except msgspec.ValidationError as error:
            problems.append(_wrong(path, name, error, lines))
    if "code" not in values:
        problems.append(_problem(path, 1, "has no code", "Write the country's ISO code, e.g. code: UZ"))
    if problems:
        return None, tuple(problems)
    head = FrontMatter(**decoded)
    return head, tuple(_unknown_values(head, path, lines))


def _wrong(path: str, name: str, error: msgspec.ValidationError, lines: Mapping[str, int]) -> Problem:
    told = _PLACE.match(str(error))
    why, place = (told["why"], told["place"] or "") if told else (str(error), "")
    at = f".{name}{place}"
    words = why.replace("`", "'")
    remedy = "Write a text; put what YAML takes for a number, a date or yes and no in quotes."
    return _problem(path, lines.get(at, lines.get(f".{name}", 1)), f"{at[1:]}: {words[0].lower()}{words[1:]}", remedy)


def _unknown_values(head: FrontMatter, path: str, lines: Mapping[str, int]) -> Iterator[Problem]:
    def wrong(place: str, message: str, remedy: str) -> Problem:
        return _problem(path, lines.get(f".{place}", 1), f"{place}: {message}", remedy)

    if not is_code(head.code):
        yield wrong("code", f"{head.code!r} is no ISO 3166-1 alpha-2 code", "Write one in capitals, e.g. UZ.")
    if head.slug and not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", head.slug):
        yield wrong("slug", f"{head.slug!r} cannot stand in an address", "Use lower-case letters, digits and hyphens.")
    if head.currency and head.currency not in list_currencies():
        yield wrong("currency", f"{head.currency!r} is no ISO 4217 code", "Write one in capitals, e.g. UZS.")
    for place, language in enumerate(head.languages):
        try:
            Locale.parse(language, sep="-")
        except (UnknownLocaleError, ValueError):
            yield wrong(f"languages[{place}]", f"{language!r} is no language that CLDR knows", "Write e.g. uz.")


def _lines(node: yaml.Node | None, place: str = "") -> Iterator[tuple[str, int]]:
    """Yield the line in the file of each value; the front matter begins on the file's second line."""
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            inner = f"{place}.{name.value}"
            yield inner, name.start_mark.line + 2
            yield from _lines(value, inner)
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            inner = f"{place}[{number}]"
            yield inner, value.start_mark.line + 2
            yield from _lines(value, inner)


def _problem(path: str, line: int, message: str, remedy: str) -> Problem:
    return Problem(path, line, message, remedy, _CODE)
