"""YAML as it is written: every scalar stays the text that stands there, and every value has its line.

So no *Norway* is read as false, and a date is a date only to who asks for one. Aliases and tags are refused: a
header needs none, and ten lines of them can stand for gigabytes.
"""

from collections.abc import Iterator
from typing import Any

import msgspec
import yaml

Value = str | list[Any] | dict[str, Any] | None

_DEPTH = 6
_PARSER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
CURLY = "\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}\
\N{RIGHT SINGLE QUOTATION MARK}"


class YamlError(ValueError):
    """Text that is no YAML for a header: a clause, with ``line`` from 0 and a ``remedy`` that is a sentence."""

    def __init__(self, line: int, message: str, remedy: str) -> None:
        super().__init__(message)
        self.line = line
        self.remedy = remedy


class Twice(msgspec.Struct, frozen=True):
    """A key that stands twice in one table."""

    path: str
    """The keys above it and its own, joined by points, e.g. ``image.alt``."""
    line: int
    """Where it stands again, from 0."""


class Written(msgspec.Struct, frozen=True):
    """What a YAML text holds."""

    value: Value
    """Its table, list or text; None for an empty one."""
    lines: dict[str, int] = msgspec.field(default_factory=dict)
    """The line, from 0, of each value by its path, e.g. ``corrections.0.date``."""
    keys: dict[str, str] = msgspec.field(default_factory=dict)
    """How each key of the outermost table is written, by its name in small letters without curly quotes."""
    twice: list[Twice] = msgspec.field(default_factory=list)
    """The keys that stand twice; the first one counts."""


def read(text: str) -> Written:
    """Return what ``text`` holds; raises YamlError."""
    try:
        return _Builder(yaml.parse(text, Loader=_PARSER)).document()
    except yaml.YAMLError as error:
        raise _explained(_spoken(text, error), text) from error


class _Builder:
    """Makes values of the parser's events; there is no recursion deeper than ``_DEPTH``."""

    def __init__(self, events: Iterator[Any]) -> None:
        self._events = events
        self._written = Written(None)

    def document(self) -> Written:
        value: Value = None
        begun = False
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                if begun:
                    raise YamlError(_line(event), "a second document begins here", "Write one story in one file.")
                begun = True
            elif isinstance(event, yaml.NodeEvent):
                value = self._value(event, "", 0)
        return Written(value, self._written.lines, self._written.keys, self._written.twice)

    def _value(self, event: Any, path: str, depth: int) -> Value:  # noqa: ANN401 - the parser carries no types
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) or getattr(event, "tag", None):
            message = "a value begins with &, * or !, which YAML keeps for itself"
            raise YamlError(_line(event), message, "Put it into quotes.")
        self._written.lines.setdefault(path, _line(event))
        if depth > _DEPTH:
            raise YamlError(_line(event), "lists and tables stand too deep within each other", "Make it simpler.")
        if isinstance(event, yaml.SequenceStartEvent):
            return self._items(path, depth)
        if isinstance(event, yaml.MappingStartEvent):
            return self._table(path, depth)
        plain = event.style is None or not event.style
        return None if plain and event.value in {"", "~", "null"} else str(event.value)

    def _items(self, path: str, depth: int) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._value(event, f"{path}.{len(items)}", depth + 1))
        return items

    def _table(self, path: str, depth: int) -> dict[str, Any]:
        table: dict[str, Any] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                raise YamlError(_line(event), "a field's name is a text, not a list", "Write name: value.")
            name = str(event.value).strip(CURLY).lower()
            own = f"{path}.{name}" if path else name
            if name in table:
                self._written.twice.append(Twice(own, _line(event)))
                self._value(next(self._events), f"{own} again", depth + 1)
                continue
            self._written.lines[own] = _line(event)
            if not path:
                self._written.keys[name] = str(event.value)
            table[name] = self._value(next(self._events), own, depth + 1)
        return table


def _line(event: Any) -> int:  # noqa: ANN401 - the parser carries no types
    return int(event.start_mark.line)


def _spoken(text: str, error: yaml.YAMLError) -> yaml.YAMLError:
    """Return the error in the words of PyYAML's own parser, which says more than the one in C."""
    try:
        for _ in yaml.parse(text, Loader=yaml.BaseLoader):
            pass
    except yaml.YAMLError as better:
        return better
    return error


def _explained(error: yaml.YAMLError, text: str) -> YamlError:
    lines = text.split("\n")
    if isinstance(error, yaml.reader.ReaderError):
        line = text.count("\n", 0, int(error.position))
        return YamlError(line, "the line has a character that cannot be seen or printed", "Take it out.")
    mark, begun = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    line = min(mark.line if mark else 0, len(lines) - 1)
    what, context = (str(getattr(error, name, "") or "").replace("\n", " ") for name in ("problem", "context"))
    written = lines[line]
    if "\t" in written[: len(written) - len(written.lstrip())]:
        return YamlError(line, "the line begins with a tab", "Indent with spaces.")
    opened = begun.line if begun else line
    if "quoted scalar" in context:
        return YamlError(opened, "a quotation mark is opened and not closed", "Close it on its line.")
    if "flow" in context:
        return YamlError(opened, "a bracket is opened and not closed", "Close it on its line, or use quotes.")
    return _of_line(line, lines, what)


def _of_line(line: int, lines: list[str], what: str) -> YamlError:
    """Return what most likely is wrong with one line: a colon, a quotation mark, a missing colon, or what YAML says."""
    written = lines[line].strip()
    _, _, value = written.partition(":")
    value = value.strip()
    if "mapping values are not allowed" in what:
        if ": " in value or value.endswith(":"):
            return YamlError(line, f"the line {written!r} has a second colon", 'Use quotes: title: "One: two"')
        return YamlError(line, f"the line {written!r} is indented, or the one above is not ended", "Align the fields.")
    if value[:1] in {'"', "'"}:
        message = f"in the line {written!r} more words follow the closing quotation mark"
        return YamlError(line, message, "Use the other kind of quotation mark around the whole value.")
    if "could not find expected ':'" in what:
        at = max(0, line - 1) if not written or ":" in written else line
        message = f"the line {lines[at].strip()!r} has no colon"
        return YamlError(at, message, "Write name: value, or indent what belongs to the line above.")
    if "cannot start any token" in what:
        return YamlError(line, f"a value cannot begin as in {written!r}", "Put the value into quotes.")
    return YamlError(line, f"the header is no valid YAML: {what}", "docs/writing.md shows its form.")
