"""What the fields of a header may hold: one definition, from which a header is read into an article's values."""

import datetime as dt
import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from .._kit.errors import Problem
from .header import Header
from .yaml_values import Value

STATUSES = ("published", "draft", "hidden", "skip")
_DATE = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?"
)
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class _WrongError(ValueError):
    """A value of the wrong form; the text is a clause, ``remedy`` a sentence, ``part`` where in the value it is."""

    def __init__(self, message: str, remedy: str = "", part: str = "") -> None:
        super().__init__(message)
        self.remedy = remedy
        self.part = part


class Correction(msgspec.Struct, frozen=True):
    """One correction of a story."""

    date: dt.datetime
    """When it was made, with zone."""
    text: str
    """What was wrong and what is right."""


class ImageFields(msgspec.Struct, frozen=True):
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
        if name not in FIELDS and name not in extra:
            problems.append(_unknown(header, name, [*FIELDS, *extra]))
        elif raw not in (None, "", []):
            try:
                value = FIELDS[name].read(raw, zone) if name in FIELDS else raw
            except _WrongError as error:
                place = f"{name}.{error.part}" if error.part else name
                problems.append(header.problem(place, f"{name}: {error}", error.remedy, f"bad-{name}"))
            else:
                values.update({name: value} if value not in ("", ()) else {})
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
        raise _WrongError(f"an image has no {strange[0]}", "It has src, alt, caption and credit.", strange[0])
    parts = {key: _text(value, zone) for key, value in raw.items() if value is not None}
    for needed in ("src", "alt"):
        if not parts.get(needed):
            remedy = "alt says what it shows, for who does not see it; src is the file."
            raise _WrongError(f"the image has no {needed}", remedy, needed)
    return ImageFields(parts["src"], parts["alt"], parts.get("caption", ""), parts.get("credit", ""))


def _corrections(raw: Value, zone: ZoneInfo) -> tuple[Correction, ...]:
    """Return the corrections, oldest first."""
    remedy = "Write - date: …, and below it text: …"
    if not isinstance(raw, list):
        raise _WrongError("a list of date and text is expected", remedy)
    found = []
    for number, each in enumerate(raw):
        if not isinstance(each, dict) or {"date", "text"} != set(each):
            raise _WrongError("a correction has a date and a text", remedy, str(number))
        try:
            found.append(Correction(moment(each["date"], zone), _text(each["text"], zone)))
        except _WrongError as error:
            raise _WrongError(str(error), error.remedy, f"{number}") from error
    return tuple(sorted(found, key=lambda each: each.date))


def _rules(raw: Value, zone: ZoneInfo) -> dict[str, str]:
    """Return reasons by the name of a rule."""
    if not isinstance(raw, dict):
        raise _WrongError("each rule's name and a reason are expected", "Write ignore_rules: {long-title: the reason}")
    for name, why in raw.items():
        if not why:
            raise _WrongError(f"no reason is given for {name}", "Say why this story may break the rule.", name)
    return {name: _text(why, zone) for name, why in raw.items()}


def _as_it_is(raw: Value, _zone: ZoneInfo) -> Value:
    return raw


class Field(msgspec.Struct, frozen=True):
    """One field of a header."""

    read: Reader
    """Makes the value of what is written; raises _WrongError."""
    kind: str
    """The name of what is expected: text, date, list, image, corrections, slug, status or flag."""
    what: str
    """What it is, for a writer; a clause or more, ending with a full stop."""
    example: str
    """A good value, as YAML."""


FIELDS: Mapping[str, Field] = MappingProxyType(
    {
        "title": Field(_text, "text", "The headline.", '"Rates: what changed"'),
        "date": Field(moment, "date", "When the story is published, with the zone.", "2026-11-24 09:00 +05:00"),
        "modified": Field(moment, "date", "When its text was last changed.", "2026-11-24 15:00 +05:00"),
        "slug": Field(_slug, "slug", "Its name in the address; never changed after publication.", "rates-changed"),
        "category": Field(_text, "text", "Its section.", "Economy"),
        "countries": Field(_as_it_is, "list", "The countries it is about: names or ISO codes.", "[Uzbekistan, KZ]"),
        "tags": Field(_texts, "list", "Its topics.", "[banks, trade]"),
        "authors": Field(_texts, "list", "The names of the byline.", "[Tashkent desk]"),
        "author": Field(_texts, "list", "The same where there is one.", "Tashkent desk"),
        "summary": Field(_text, "text", "The standfirst: one sentence below the headline.", "Two banks act on a day."),
        "image": Field(_image, "image", "The lead picture.", "{src: bank.png, alt: A closed door}"),
        "lead": Field(_text, "flag", "Whether it leads the front page, until a newer one does.", "true"),
        "sources": Field(_sources, "list", "Where its facts come from.", "[The central bank]"),
        "corrections": Field(_corrections, "corrections", "What was wrong, and is right now.", "- date: … text: …"),
        "embargo": Field(moment, "date", "Before this instant nothing of it is published.", "2026-12-01 06:00 +05:00"),
        "status": Field(_status, "status", "published (if it is not there), draft, hidden or skip.", "draft"),
        "lang": Field(_text, "text", "The language, where it is not the edition's.", "uz"),
        "translation": Field(_text, "flag", "Whether it translates the story of the same slug.", "true"),
        "template": Field(_text, "text", "Another template of the theme.", "article"),
        "id": Field(_text, "text", "Its identity in feeds, for a file that was renamed.", "articles/2026/11/old-name"),
        "noindex": Field(_text, "flag", "Whether search engines leave it out.", "true"),
        "ignore_countries": Field(_as_it_is, "list", "Countries it names in passing: no tag is missing.", "[Japan]"),
        "ignore_rules": Field(
            _rules, "rules", "Rules it may break, each with the reason.", "{long-title: A quotation.}"
        ),
        "save_as": Field(_text, "text", "Another file of the output.", "about/index.html"),
        "url": Field(_text, "text", "Another address.", "about/"),
    }
)
EXAMPLES = MappingProxyType(
    {
        "title": "Write title: and the headline.",
        "date": "Write date: 2026-11-24 09:00 +05:00",
        "category": "Write category: and the section, e.g. Politics.",
        "summary": "Write summary: and one sentence that stands below the headline.",
    }
)
