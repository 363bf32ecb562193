"""A new story's file: what it needs, asked against what the edition knows, and its text."""

import datetime as dt
import difflib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from babel import Locale

from .._kit import urls
from .._kit.errors import Problem
from . import fields, header, yaml_values
from .settings import EditorialSettings

_LEAST_MINUTES = 5
_DESKS = "countries"


class Known(msgspec.Struct, frozen=True):
    """What stories of the edition name, the most frequent first."""

    sections: tuple[str, ...]
    """Their sections."""
    authors: tuple[str, ...]
    """Who signs them."""
    topics: tuple[str, ...]
    """Their tags."""
    countries: tuple[str, ...]
    """The names of the edition's desks, and then those that stories use."""


class Draft(msgspec.Struct, frozen=True):
    """A story to be written."""

    title: str
    """The headline."""
    slug: str
    """The last part of its address."""
    section: str
    """Where it stands."""
    countries: tuple[str, ...]
    """What it is about."""
    authors: tuple[str, ...]
    """Who signs it."""
    topics: tuple[str, ...]
    """Its tags."""
    summary: str
    """The standfirst."""
    date: dt.datetime
    """When it is published, with zone."""


def known(content: Path, folders: Iterable[str]) -> Known:
    """Return what the stories in ``folders`` of the content folder name; files that cannot be read count nothing."""
    counted: dict[str, Counter[str]] = {name: Counter() for name in ("category", "authors", "tags", "countries")}
    for folder in folders:
        for file in sorted((content / folder).rglob("*.md")):
            values = _values(file)
            for name, counts in counted.items():
                value = values.get(name, ())
                counts.update([value] if isinstance(value, str) else [each for each in value if isinstance(each, str)])
    desks = [str(_values(file).get("name", file.stem)) for file in sorted((content / _DESKS).glob("*.md"))]
    found = {name: [each for each, _ in counts.most_common()] for name, counts in counted.items()}
    countries = tuple(dict.fromkeys([*desks, *found["countries"]]))
    return Known(tuple(found["category"]), tuple(found["authors"]), tuple(found["tags"]), countries)


def allowed(there: Known, settings: EditorialSettings) -> Known:
    """Return ``there`` with the sections, authors and topics that the settings allow, where they name any."""
    return Known(
        settings.sections or there.sections,
        settings.authors or there.authors,
        settings.topics or there.topics,
        there.countries,
    )


def _values(file: Path) -> Mapping[str, Any]:
    found = header.read(file.read_bytes(), str(file))
    values, _ = fields.read(found, ZoneInfo("UTC"))
    return {**values, **({"name": found.values["name"]} if "name" in found.values else {})}


def slug(title: str) -> str:
    """Return a slug for ``title``: its first words, up to 60 letters."""
    words = urls.slug(title).split("-")
    chosen = words[0][:60]
    for word in words[1:]:
        if len(chosen) + len(word) >= 60:
            break
        chosen = f"{chosen}-{word}"
    return chosen


def is_country(name: str, known_names: Sequence[str]) -> bool:
    """Return whether ``name`` is a country: one that stories use, or a name or ISO code of CLDR's in English."""
    territories = {code: named for code, named in Locale("en").territories.items() if len(code) == 2}
    names = {each.casefold() for each in (*known_names, *territories, *territories.values(), "Central Asia")}
    return name.casefold() in names


def chosen(name: str, existing: Sequence[str]) -> str | None:
    """Return how the edition writes ``name``, or None if it does not know it; where nothing exists all is good."""
    if not existing:
        return name
    return next((each for each in existing if each.casefold() == name.casefold()), None)


def near(name: str, existing: Sequence[str]) -> str:
    """Return a sentence with the nearest existing name, or with those that there are."""
    found = difflib.get_close_matches(name, existing, n=1)
    return f"Did you mean {found[0]!r}?" if found else f"There are: {', '.join(existing[:12])}."


def wrong(draft: Draft, there: Known) -> list[Problem]:
    """Return what the edition does not know of the draft, and what it lacks."""
    problems = [
        Problem(name, 0, "is missing", "Give it a value.", "missing")
        for name in ("title", "slug", "section", "summary", "countries", "authors")
        if not getattr(draft, name)
    ]
    if draft.section and chosen(draft.section, there.sections) is None:
        problems.append(Problem("section", 0, f"{draft.section!r} is none", near(draft.section, there.sections)))
    problems += [
        Problem("authors", 0, f"{name!r} is none", near(name, there.authors))
        for name in draft.authors
        if chosen(name, there.authors) is None
    ]
    problems += [
        Problem("countries", 0, f"{name!r} is no country", near(name, there.countries))
        for name in draft.countries
        if not is_country(name, there.countries)
    ]
    if draft.slug and draft.slug != urls.slug(draft.slug):
        problems.append(Problem("slug", 0, f"{draft.slug!r} is none", f"Write {urls.slug(draft.slug)!r}."))
    return problems


def file_of(draft: Draft, articles: Path) -> Path:
    """Return the draft's file below the folder of articles: year, month, slug."""
    return articles / f"{draft.date:%Y}" / f"{draft.date:%m}" / f"{draft.slug}.md"


def soon(now: dt.datetime) -> dt.datetime:
    """Return the next whole five minutes."""
    over = dt.timedelta(minutes=now.minute % _LEAST_MINUTES, seconds=now.second, microseconds=now.microsecond)
    return now - over + (dt.timedelta(minutes=_LEAST_MINUTES) if over else dt.timedelta())


def document(draft: Draft) -> str:
    """Return the file's text: a draft until its writer takes the line with the status out."""
    zone = f"{draft.date:%z}"
    lines = [
        "---",
        f"title: {quoted(draft.title)}",
        f"date: {draft.date:%Y-%m-%d %H:%M} {zone[:3]}:{zone[3:5]}",
        "status: draft  # take this line out when the story may be published",
        f"slug: {draft.slug}",
        f"category: {quoted(draft.section)}",
        *_listed("countries", draft.countries),
        *_listed("tags", draft.topics),
        *_listed("authors", draft.authors),
        f"summary: {quoted(draft.summary)}",
        "---",
        "",
    ]
    return "\n".join([*lines, ""])


def _listed(name: str, values: Sequence[str]) -> Iterable[str]:
    return [f"{name}:", *(f"  - {quoted(value)}" for value in values)] if values else []


def quoted(text: str) -> str:
    """Return ``text`` as a YAML value: as it is where YAML reads it so, else in double quotes."""
    try:
        plain = yaml_values.read(f"a: {text}\n").value == {"a": text} and yaml_values.read(f"- {text}\n").value == [
            text
        ]
    except yaml_values.YamlError:
        plain = False
    return text if plain else json.dumps(text, ensure_ascii=False)
