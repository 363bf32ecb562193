"""The field ``countries`` of an article, as a writer wrote it, and where it stands in the file."""

import re
from collections.abc import Iterable, Iterator

from .._kit.errors import Problem
from .gazetteer import Gazetteer
from .model import Country

_FIELD = re.compile(r"""^\s*(?::|<meta\s+name=["'])?countries\b""", re.IGNORECASE)
_HEADER_LINES = 200


def words(raw: object) -> Iterator[str]:
    """Yield each name in ``raw``: a list, or the text of one parted by commas or semicolons, in brackets or not."""
    if raw is None:
        return
    if isinstance(raw, str):
        text = re.sub(r"^\s*\[(.*)\]\s*$", r"\1", raw, flags=re.DOTALL)
        for part in text.split(";" if ";" in text else ","):
            name = part.strip().removeprefix("- ").strip().strip("'\"").strip()
            if name:
                yield name
    elif isinstance(raw, Iterable):
        for item in raw:
            yield from words(item) if isinstance(item, str) else (repr(item),)
    else:
        yield repr(raw)


def resolve(raw: object, gazetteer: Gazetteer) -> tuple[tuple[Country, ...], tuple[str, ...]]:
    """Return the countries that ``raw`` names, each once and in order, and the names that nobody knows."""
    found: dict[str, Country] = {}
    unknown = []
    for name in words(raw):
        meant = gazetteer.find(name)
        found.update({country.code: found.get(country.code, country) for country in meant})
        if not meant:
            unknown.append(name)
    return tuple(found.values()), tuple(unknown)


def problems(unknown: Iterable[str], text: str, path: str, gazetteer: Gazetteer) -> Iterator[Problem]:
    """Yield a problem for each unknown name of the article whose file ``path`` holds ``text``."""
    lines = text.splitlines()[:_HEADER_LINES]
    field = next((number for number, line in enumerate(lines) if _FIELD.match(line)), None)
    for name in unknown:
        yield Problem(path, _line(lines, field, name), *_said(name, gazetteer), "unknown-country")


def _said(name: str, gazetteer: Gazetteer) -> tuple[str, str]:
    if name == "False":
        return "countries: a bare NO is YAML's word for false", "Put it in quotes, 'NO', or write Norway."
    near = gazetteer.nearest(name)
    remedy = f"Did you mean {near!r}?" if near else "Write a country's name in English or its ISO code."
    return f"countries: {name!r} is no country that this edition knows", remedy


def _line(lines: list[str], field: int | None, name: str) -> int:
    """Return the line, from 1, of the name within its field, else the field's own; 0 where there is no field."""
    if field is None:
        return 0
    for number in range(field, len(lines)):
        if number > field and not re.match(r"\s*-\s|\s+\S|\s*$", lines[number]):
            break
        if name in lines[number]:
            return number + 1
    return field + 1
