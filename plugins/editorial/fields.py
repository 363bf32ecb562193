"""What the fields of a header may hold: one definition, from which a header is read into an article's values."""

import datetime as dt
import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from .._kit.errors import Problem
from .header import Header, Value

STATUSES = ("published", "draft", "hidden", "skip")
_DATE = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?"
)
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class _WrongError(ValueError):
    """A value of the wrong form; the text is a clause, ``remedy`` a sentence."""

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.remedy = remedy


@dataclass(frozen=True)
class Correction:
    """One correction of a story."""

    date: dt.datetime
    """When it was made, with zone."""
    text: str
    """What was wrong and what is right."""


@dataclass(frozen=True)
class ImageFields:
    """The lead picture as the header names it."""

    src: str
    """The file, relative to the folder of images."""
    alt: str
    """What it shows, for who does not see it."""
    caption: str
    """The words below it; may be empty."""
    credit: str
    """Whose it is; may be empty."""


Reader = Callable[[Value, ZoneInfo], Any]


def read(header: Header, zone: ZoneInfo, extra: Iterable[str] = ()) -> tuple[dict[str, Any], list[Problem]]:
    """Return the header's values, each in its type, and a problem for each that has none.

    A date without a zone is in ``zone``. ``extra`` names fields of other plugins, which stay as they are.
    """
    values: dict[str, Any] = {}
    problems = list(header.problems)
    for name, raw in header.values.items():
        reader = FIELDS.get(name, _as_it_is if name in {*extra, *AS_IT_IS} else None)
        if reader is None:
            problems.append(_unknown(header, name, [*FIELDS, *AS_IT_IS, *extra]))
        elif raw not in (None, "", []):
            try:
                values[name] = reader(raw, zone)
            except _WrongError as error:
                problems.append(header.problem(name, f"{name}: {error}", error.remedy, f"bad-{name}"))
    return values, problems


def missing(header: Header, values: Mapping[str, Any], needed: Iterable[str]) -> list[Problem]:
    """Return a problem for each needed field that the header does not name or leaves empty."""
    found = []
    for name in needed:
        if name not in values and not any(problem.code == f"bad-{name}" for problem in header.problems):
            state = "is empty" if name in header.values else "is missing"
            found.append(header.problem(name, f"the field {name} {state}", EXAMPLES.get(name, ""), f"missing-{name}"))
    return found


def _unknown(header: Header, name: str, known: list[str]) -> Problem:
    near = difflib.get_close_matches(name, known, n=1)
    remedy = f"Did you mean {near[0]}?" if near else "Take it out; docs/writing.md lists the fields."
    return header.problem(name, f"there is no field {name}", remedy, "unknown-field")


def _text(raw: Value, _zone: ZoneInfo) -> str:
    if not isinstance(raw, str):
        raise _WrongError("a text is expected, not a list", "Write it on one line, in quotes if it has a colon.")
    return " ".join(raw.split())


def _texts(raw: Value, zone: ZoneInfo) -> tuple[str, ...]:
    """Return a list's texts, or a text's parts between semicolons or commas, as Pelican does."""
    if isinstance(raw, str):
        raw = raw.split(";" if ";" in raw else ",")
    if not isinstance(raw, list):
        raise _WrongError("a list is expected", "Write it as [one, two].")
    return tuple(dict.fromkeys(text for item in raw if item is not None and (text := _text(item, zone))))


def _sources(raw: Value, zone: ZoneInfo) -> tuple[str, ...]:
    """Return a list's texts; a single text is one source, whatever commas it has."""
    return _texts([raw] if isinstance(raw, str) else raw, zone)


def moment(raw: Value, zone: ZoneInfo) -> dt.datetime:
    """Return the instant that ``raw`` names; _WrongError if it names none."""
    remedy = "Write it as 2026-11-24 09:00 +05:00."
    found = _DATE.fullmatch(raw.strip()) if isinstance(raw, str) else None
    if not found:
        raise _WrongError(f"{str(raw)[:60]!r} is no date", remedy)
    numbers = [int(part or 0) for part in found.groups()[:6]]
    try:
        instant = dt.datetime(*numbers, tzinfo=zone)  # type: ignore[arg-type,misc]  # six numbers
        if offset := found[7]:
            iso = "+00:00" if offset == "Z" else f"{offset[:3]}:{offset[-2:]}"
            instant = dt.datetime.fromisoformat(f"{instant:%Y-%m-%dT%H:%M:%S}{iso}")
    except ValueError as error:
        raise _WrongError(f"{raw!r} does not exist ({error})", remedy) from error
    return instant


def _slug(raw: Value, zone: ZoneInfo) -> str:
    text = _text(raw, zone)
    if not _SLUG.fullmatch(text):
        raise _WrongError(f"{text!r} is no slug", "Use small letters a to z, digits and single hyphens.")
    return text


def _status(raw: Value, zone: ZoneInfo) -> str:
    text = _text(raw, zone).lower()
    if text not in STATUSES:
        raise _WrongError(f"{text!r} is no status", f"Write one of {', '.join(STATUSES)}.")
    return text


def _image(raw: Value, zone: ZoneInfo) -> ImageFields:
    if isinstance(raw, str):
        raw = {"src": raw}
    if not isinstance(raw, dict):
        raise _WrongError("src, alt, caption and credit are expected", "Indent them below image:.")
    if strange := sorted(raw.keys() - {"src", "alt", "caption", "credit"}):
        raise _WrongError(f"an image has no {strange[0]}", "It has src, alt, caption and credit.")
    parts = {key: _text(value, zone) for key, value in raw.items() if value is not None}
    for needed in ("src", "alt"):
        if not parts.get(needed):
            raise _WrongError(f"the image has no {needed}", "alt says what it shows, for who does not see it.")
    return ImageFields(parts["src"], parts["alt"], parts.get("caption", ""), parts.get("credit", ""))


def _corrections(raw: Value, zone: ZoneInfo) -> tuple[Correction, ...]:
    if not isinstance(raw, list) or not all(isinstance(each, dict) and {"date", "text"} == set(each) for each in raw):
        raise _WrongError("a list of date and text is expected", "Write - date: …, and below it text: …")
    return tuple(Correction(moment(each["date"], zone), _text(each["text"], zone)) for each in raw)


def _as_it_is(raw: Value, _zone: ZoneInfo) -> Value:
    return raw


FIELDS: Mapping[str, Reader] = MappingProxyType(
    {
        "title": _text,
        "date": moment,
        "modified": moment,
        "slug": _slug,
        "category": _text,
        "tags": _texts,
        "authors": _texts,
        "author": _texts,
        "summary": _text,
        "status": _status,
        "lang": _text,
        "translation": _text,
        "template": _text,
        "image": _image,
        "corrections": _corrections,
        "sources": _sources,
        "embargo": moment,
        "id": _text,
        "noindex": _text,
    }
)
AS_IT_IS = ("countries", "ignore_countries", "save_as", "url")
EXAMPLES = MappingProxyType(
    {
        "title": "Write title: and the headline.",
        "date": "Write date: 2026-11-24 09:00 +05:00",
        "category": "Write category: and the section, e.g. Politics.",
        "summary": "Write summary: and one sentence that stands below the headline.",
    }
)
