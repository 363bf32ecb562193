"""The history as text: one observation a row, sorted, LF, so that a day's rates are a few added lines in a diff.

The format has no quoting: no field may hold a comma, and none needs one. Rows are in order of effective date,
currency, source and time of fetching. README.md of this plugin describes it for people.
"""

import datetime as dt
import re
import zoneinfo
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from babel.numbers import list_currencies

from .._kit.errors import EditionError, Problem
from .model import BASE, Kind, Observation

COLUMNS = Observation.__struct_fields__
HEADER = ",".join(COLUMNS)

_VALUE = re.compile(r"(?:0|[1-9][0-9]{0,19})(?:\.[0-9]{1,20})?")
_UNIT = re.compile(r"[1-9][0-9]{0,9}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_SHA256 = re.compile(r"[0-9a-f]{64}")


def read(file: Path, shown_as: str) -> tuple[Observation, ...]:
    """Return the observations of ``file``, called ``shown_as`` in messages; raises EditionError as ``parse`` does."""
    try:
        text = file.read_bytes().decode("utf-8")
    except FileNotFoundError:
        problem = _problem(shown_as, 0, "there is no such file", f"Write its header row: {HEADER}")
    except UnicodeDecodeError as error:
        problem = _problem(shown_as, 0, f"byte {error.start} is no UTF-8", "Take the last good version from git.")
    else:
        return parse(text, shown_as)
    raise EditionError([problem])


def parse(text: str, path: str) -> tuple[Observation, ...]:
    """Return the observations that ``text`` holds, in its order.

    Raises EditionError with one problem for every row that is malformed, out of order or there twice;
    each names ``path`` and the line.
    """
    header, *rows = text.split("\n")
    if header != HEADER:
        raise EditionError([_problem(path, 1, f"the header is {header[:200]!r}", f"It must be: {HEADER}")])
    problems = []
    if text.endswith("\n"):
        rows.pop()
    else:
        problems.append(_problem(path, len(rows) + 1, "the last line is cut off", "End it with a line feed."))
    read_row = _RowReader()
    observations: list[Observation] = []
    before = None
    for line, row in enumerate(rows, 2):
        try:
            seen = read_row(row)
        except _BadRowError as error:
            problems += [_problem(path, line, words) for words in error.reasons]
            continue
        if before is not None and (wrong := _misplaced(before, seen)):
            problems.append(_problem(path, line, wrong, "Sort the rows, and keep one of each."))
        observations.append(seen)
        before = seen
    if problems:
        raise EditionError(problems)
    return tuple(observations)


def render(observations: Iterable[Observation]) -> str:
    """Return the whole file for ``observations``, sorted; ``parse`` gives the same observations back."""
    return "\n".join([HEADER, *map(row, sorted(observations, key=lambda seen: seen.key)), ""])


def row(seen: Observation) -> str:
    """Return the row of one observation, without a line feed."""
    return ",".join(map(_text, (getattr(seen, column) for column in COLUMNS)))


def _text(value: object) -> str:
    return f"{value:%Y-%m-%dT%H:%M:%SZ}" if isinstance(value, dt.datetime) else str(value)


def _misplaced(before: Observation, seen: Observation) -> str:
    """Say what is wrong with ``seen`` standing after ``before``, or return an empty string."""
    if seen.key == before.key:
        return f"{seen.currency} of {seen.effective_date} from {seen.source} is there twice"
    if seen.key < before.key:
        return f"{seen.currency} of {seen.effective_date} from {seen.source} stands after a later row"
    if seen.key[:3] == before.key[:3] and (seen.value, seen.unit) == (before.value, before.unit):
        return f"{seen.currency} of {seen.effective_date} from {seen.source} repeats the row above"
    return ""


class _BadRowError(ValueError):
    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__(*reasons)
        self.reasons = reasons


class _Memo(dict[str, Any]):
    """A column's texts and their values: most columns repeat a few texts, and each is checked once."""

    def __init__(self, convert: Callable[[str], Any]) -> None:
        super().__init__()
        self._convert = convert

    def __missing__(self, text: str) -> Any:  # noqa: ANN401 - each column has its own type
        value = self[text] = self._convert(text)
        return value


class _RowReader:
    """Turns rows into observations; raises _BadRowError with everything wrong in a row."""

    def __init__(self) -> None:
        currencies = list_currencies()
        zones = zoneinfo.available_timezones()
        converters: dict[str, Callable[[str], Any]] = {
            "effective_date": _date,
            "currency": lambda text: _one_of(text, currencies, "no currency of ISO 4217"),
            "base": lambda text: _one_of(text, {BASE}, f"not {BASE}"),
            "value": _value,
            "unit": lambda text: _like(text, _UNIT, "no whole number above zero"),
            "kind": _kind,
            "source": lambda text: _like(text, _NAME, "no id such as nbkr"),
            "origin": lambda text: _like(text, _NAME, "no id such as nbkr"),
            "time_zone": lambda text: _one_of(text, zones, "no time zone such as Asia/Bishkek"),
            "fetched_at": _instant,
            "payload_sha256": lambda text: _like(text, _SHA256, "no SHA-256 in lower-case hexadecimal digits"),
        }
        self._columns = [_Memo(converters[column]) for column in COLUMNS]

    def __call__(self, row: str) -> Observation:
        texts = row.split(",")
        if len(texts) != len(COLUMNS):
            raise _BadRowError([f"{len(texts)} columns instead of {len(COLUMNS)}"])
        try:
            return Observation(*[column[text] for column, text in zip(self._columns, texts, strict=True)])
        except ValueError as error:
            raise _BadRowError(list(self._reasons(texts))) from error

    def _reasons(self, texts: Sequence[str]) -> Iterator[str]:
        for name, column, text in zip(COLUMNS, self._columns, texts, strict=True):
            try:
                column[text]
            except ValueError as error:
                yield f"{name} is {text[:80]!r}: {error}"


def _like(text: str, pattern: re.Pattern[str], otherwise: str) -> str:
    if not pattern.fullmatch(text):
        raise ValueError(otherwise)
    return text


def _one_of(text: str, known: set[str], otherwise: str) -> str:
    if text not in known:
        raise ValueError(otherwise)
    return text


def _value(text: str) -> str:
    _like(text, _VALUE, "no plain decimal such as 87.4500")
    if not text.strip("0."):
        raise ValueError("a rate is above zero")
    return text


def _kind(text: str) -> Kind:
    return Kind(_one_of(text, set(Kind), f"none of {', '.join(Kind)}"))


def _date(text: str) -> dt.date:
    return dt.date.fromisoformat(_like(text, _DATE, "no date such as 2026-05-24"))


def _instant(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(_like(text, _INSTANT, "no instant such as 2026-05-23T23:51:00Z"))


def _problem(path: str, line: int, message: str, remedy: str = "Mend the row, or take the file from git.") -> Problem:
    return Problem(path, line, message, remedy, "rates-history")
