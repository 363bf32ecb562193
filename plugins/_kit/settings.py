"""Decode a plugin's upper-case dict into its frozen settings class, telling everything wrong at once."""

import difflib
from collections.abc import Mapping
from typing import TypeVar

import msgspec

from .errors import EditionError, Problem

Settings = TypeVar("Settings", bound=msgspec.Struct)


def decode(cls: type[Settings], name: str, raw: object) -> Settings:
    """Return ``cls`` filled from ``raw``, the value of the Pelican setting ``name``.

    Raises EditionError with one problem for each unknown key, missing key and wrong type.
    """
    if not isinstance(raw, Mapping):
        raise EditionError([Problem(name, 0, f"expected a dict, got {raw!r}", f"Write {name} = {{…}}.", "settings")])
    fields = {field.name: field for field in msgspec.structs.fields(cls)}
    problems = [_unknown(name, str(key), list(fields)) for key in raw if key not in fields]
    values = {}
    for key, field in fields.items():
        if key in raw:
            try:
                values[key] = msgspec.convert(raw[key], field.type, strict=True)
            except msgspec.ValidationError as error:
                problems.append(_wrong(name, key, raw[key], str(error)))
        elif field.required:
            problems.append(Problem(f"{name}[{key!r}]", 0, "is missing", "Give it a value.", "settings"))
    if not problems:
        try:
            return cls(**values)
        except ValueError as error:
            problems.append(Problem(name, 0, str(error), "See docs/settings.md.", "settings"))
    raise EditionError(problems)


def _unknown(name: str, key: str, known: list[str]) -> Problem:
    near = difflib.get_close_matches(key, known, n=1)
    remedy = f"Did you mean {near[0]!r}?" if near else f"Known: {', '.join(known)}."
    return Problem(f"{name}[{key!r}]", 0, "is not a setting", remedy, "settings")


def _wrong(name: str, key: str, value: object, why: str) -> Problem:
    return Problem(
        f"{name}[{key!r}]", 0, f"is {value!r}: {why[0].lower()}{why[1:]}", "See docs/settings.md.", "settings"
    )
