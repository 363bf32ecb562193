"""A file's header: YAML between ``---`` lines, or Pelican's ``Key: value`` lines; every value with its line.

Scalars stay the text that was written: no *Norway* is read as false, and a date is a date only to who asks for one.
"""

import re
from collections.abc import Iterator

import msgspec

from .._kit.errors import Problem
from . import yaml_values
from .yaml_values import CURLY, Value, Written, YamlError

MOST_BYTES = 1_000_000
_KEY = re.compile(r"([A-Za-z][\w-]*):(?:[ \t]+(.*))?$")


class Header(msgspec.Struct, frozen=True):
    """What stands before a story's text."""

    path: str
    """The file, as it is named in messages."""
    values: dict[str, Value]
    """Each field's value under its lower-case name."""
    lines: dict[str, int]
    """The line, from 1, of each field, and of its parts by path, e.g. ``image.alt`` or ``corrections.0.date``."""
    body: str
    """The text after the header."""
    body_line: int
    """The line on which the text begins."""
    problems: list[Problem] = msgspec.field(default_factory=list)
    """What is wrong with the header's form."""

    def problem(self, name: str, message: str, remedy: str, code: str) -> Problem:
        """Return a problem at the line of ``name``, a field or a part of it such as ``image.alt``.

        Where the part is not there, the field's line is told; where that is not there, the first line.
        """
        while name and name not in self.lines:
            name = name.rpartition(".")[0]
        return Problem(self.path, self.lines.get(name, 1) if name else 1, message, remedy, code)


def read(data: bytes, path: str) -> Header:
    """Return the header of a file and its text; it never raises, it notes problems."""
    if len(data) > MOST_BYTES:
        words = f"the file has {len(data):,} bytes, more than any story"
        return Header(path, {}, {}, "", 1, [Problem(path, 1, words, "Is it the right one?", "too-long")])
    text, unreadable = decode(data, path)
    return Header(path, {}, {}, "", 1, unreadable) if unreadable else split(text, path)


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
    header = Header(path, {}, {}, "\n".join(lines[end + 1 :]), end + 2)
    try:
        written = yaml_values.read("\n".join(lines[start + 1 : end]))
    except YamlError as error:
        header.problems.append(Problem(path, error.line + start + 2, str(error), error.remedy, "yaml"))
        return header
    header.problems.extend(_second_story(lines, end, path))
    if isinstance(written.value, dict):
        _take(written, start + 2, header)
    else:
        remedy = "Write one a line: title: The headline"
        header.problems.append(Problem(path, start + 2, "the header has no fields", remedy, "header"))
    return header


def _take(written: Written, first: int, header: Header) -> None:
    """Put what stands in the YAML, whose first line is ``first``, into ``header``."""
    header.lines.update({path: line + first for path, line in written.lines.items()})
    header.values.update(written.value if isinstance(written.value, dict) else {})
    for twice in written.twice:
        message = f"the field {twice.path} stands twice, first in line {header.lines[twice.path]}"
        header.problems.append(Problem(header.path, twice.line + first, message, "Keep one.", "duplicate-field"))
    for name, key in written.keys.items():
        if key != key.strip(CURLY):
            remedy = f"Write {name}: without quotes."
            header.problems.append(header.problem(name, f"the field {key} is in curly quotes", remedy, "curly-quotes"))


def _second_story(lines: list[str], end: int, path: str) -> Iterator[Problem]:
    """Yield a problem where a line of three hyphens in the text is followed by a title, as in a header."""
    for number in range(end + 1, len(lines) - 1):
        if lines[number].rstrip() == "---" and lines[number + 1].lower().startswith(("title:", "date:")):
            yield Problem(
                path, number + 1, "a second story begins here", "Move it to a file of its own.", "two-stories"
            )


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
