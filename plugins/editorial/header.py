"""A file's header: YAML between ``---`` lines, or Pelican's ``Key: value`` lines; every value with its line.

Scalars stay the text that was written: no *Norway* is read as false, and a date is a date only to who asks for one.
"""

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from .._kit.errors import Problem

Value = str | list[Any] | dict[str, Any] | None

_KEY = re.compile(r"([A-Za-z][\w-]*):(?:[ \t]+(.*))?$")
_CURLY = "\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}"


@dataclass(frozen=True)
class Header:
    """What stands before a story's text."""

    path: str
    """The file, as it is named in messages."""
    values: dict[str, Value]
    """Each field's value under its lower-case name."""
    lines: dict[str, int]
    """Each field's line, counted from 1."""
    body: str
    """The text after the header."""
    body_line: int
    """The line on which the text begins."""
    problems: list[Problem] = field(default_factory=list)
    """What is wrong with the header's form."""

    def problem(self, name: str, message: str, remedy: str, code: str) -> Problem:
        """Return a problem at the line of the field ``name``, or at the first line where it is not there."""
        return Problem(self.path, self.lines.get(name, 1), message, remedy, code)


def decode(data: bytes, path: str) -> tuple[str, list[Problem]]:
    """Return the text of a file with LF line ends, and what is wrong with its bytes."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        words = "the file is no text" if b"\0" in data[:4096] else "the file is not written in UTF-8"
        return "", [Problem(path, line, words, "Save it as text in UTF-8.", "encoding")]
    if "\0" in text:
        return "", [Problem(path, text.count("\n", 0, text.index("\0")) + 1, "the file is no text", "", "encoding")]
    return text.replace("\r\n", "\n").replace("\r", "\n"), []


def split(text: str, path: str) -> Header:
    """Return the header of ``text`` (LF line ends) and its body; it never raises, it notes problems."""
    lines = text.split("\n")
    start = next((number for number, line in enumerate(lines) if line.strip()), 0)
    if lines[start].rstrip() == "---":
        return _yaml(lines, start, path)
    return _plain(lines, start, path)


def _yaml(lines: list[str], start: int, path: str) -> Header:
    end = next((n for n in range(start + 1, len(lines)) if lines[n].rstrip() in {"---", "..."}), None)
    if end is None:
        problem = Problem(path, start + 1, "the header is not closed", "End it with a line of three hyphens.", "header")
        return Header(path, {}, {}, "", len(lines), [problem])
    body = "\n".join(lines[end + 1 :])
    header = Header(path, {}, {}, body, end + 2)
    try:
        node = yaml.compose("\n".join(lines[start + 1 : end]), Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        header.problems.append(_malformed(error, lines, start, path))
        return header
    if node is None:
        return header
    if not isinstance(node, yaml.MappingNode):
        header.problems.append(
            Problem(path, start + 2, "the header has no fields", "Write one a line: title: The headline", "header")
        )
        return header
    _take(node, start, header)
    return header


def _take(node: yaml.MappingNode, start: int, header: Header) -> None:
    for key, value in node.value:
        name, line = str(key.value).strip(_CURLY).lower(), key.start_mark.line + start + 2
        if name in header.values:
            message = f"the field {name} stands twice, first in line {header.lines[name]}"
            header.problems.append(Problem(header.path, line, message, "Keep one of them.", "duplicate-field"))
            continue
        if str(key.value) != str(key.value).strip(_CURLY):
            remedy = f"Write {name}: without quotes."
            header.problems.append(
                Problem(header.path, line, f"the field {key.value} is in curly quotes", remedy, "header")
            )
        header.lines[name] = line
        header.values[name] = _value(value)


def _value(node: yaml.Node) -> Value:
    if isinstance(node, yaml.SequenceNode):
        return [_value(item) for item in node.value]
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): _value(value) for key, value in node.value}
    empty = node.tag == "tag:yaml.org,2002:null" and node.value in {"", "~", "null"}
    return None if empty else str(node.value)


def _malformed(error: yaml.YAMLError, lines: list[str], start: int, path: str) -> Problem:
    mark = getattr(error, "problem_mark", None)
    line = min((mark.line if mark else 0) + start + 2, len(lines))
    text = lines[line - 1]
    what = str(getattr(error, "problem", "") or error).replace("\n", " ")
    if "\t" in text[: len(text) - len(text.lstrip())] or "'\\t'" in what:
        return Problem(path, line, "the line begins with a tab", "Indent with spaces.", "yaml")
    if "mapping values are not allowed" in what:
        remedy = 'Put the value into quotes: title: "One: two"'
        return Problem(path, line, f"the line {text.strip()!r} has a second colon", remedy, "yaml")
    context, begun = str(getattr(error, "context", "") or ""), getattr(error, "context_mark", None)
    opened = (begun.line + start + 2) if begun else line
    if "quoted scalar" in context:
        return Problem(path, opened, "a quotation mark is opened and not closed", "Close it on its line.", "yaml")
    if "flow" in context:
        return Problem(path, opened, "a bracket is opened and not closed", "Close it on its line.", "yaml")
    return Problem(path, line, f"the header is no valid YAML: {what}", "Look at docs/writing.md for its form.", "yaml")


def _plain(lines: list[str], start: int, path: str) -> Header:
    values: dict[str, Value] = {}
    places: dict[str, int] = {}
    problems: list[Problem] = []
    name = ""
    number = start
    for number in range(start, len(lines) + 1):
        line = lines[number] if number < len(lines) else ""
        if not line.strip():
            break
        if found := _KEY.match(line):
            name = found[1].lower()
            if name in values:
                problems.append(Problem(path, number + 1, f"the field {name} stands twice", "", "duplicate-field"))
            values[name], places[name] = (found[2] or "").strip(), number + 1
        elif name and line[0] in " \t":
            values[name] = f"{values[name]} {line.strip()}".strip()
        else:
            break
    if not values:
        remedy = "Begin with a line of three hyphens, the fields, and three hyphens again."
        problems.append(Problem(path, start + 1, "the file has no header", remedy, "header"))
    return Header(path, values, places, "\n".join(lines[number:]), number + 1, problems)
