"""What ``fields.py`` says of the header, for others: a JSON Schema for editors, and a table for writers."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from .fields import FIELDS, STATUSES, Field

_TEXT = {"type": "string", "minLength": 1}
_DATE_PATTERN = r"^\d{4}-\d{1,2}-\d{1,2}([T ]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$"
_DATE = {"type": "string", "pattern": _DATE_PATTERN}
_LIST = {"anyOf": [_TEXT, {"type": "array", "items": {"type": "string"}}]}
KINDS: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "text": {"type": ["string", "number"]},
        "date": _DATE,
        "list": _LIST,
        "slug": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
        "status": {"enum": [*STATUSES]},
        "flag": {"type": ["boolean", "string"]},
        "rules": {"type": "object", "additionalProperties": _TEXT},
        "image": {
            "type": "object",
            "properties": {name: {"type": "string"} for name in ("src", "alt", "caption", "credit")},
            "required": ["src", "alt"],
            "additionalProperties": False,
        },
        "corrections": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"date": _DATE, "text": _TEXT},
                "required": ["date", "text"],
                "additionalProperties": False,
            },
        },
    }
)
NAMES = MappingProxyType(
    {
        "text": "text",
        "date": "date",
        "list": "list",
        "slug": "small letters, digits, hyphens",
        "status": "one word",
        "flag": "true or false",
        "rules": "reasons by rule",
        "image": "src, alt, caption, credit",
        "corrections": "list of date and text",
    }
)


def json_schema(required: Iterable[str], extra: Iterable[str] = ()) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a header in YAML; ``extra`` are fields of other plugins."""
    properties = {name: {**KINDS[field.kind], "description": _described(field)} for name, field in FIELDS.items()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The header of a story",
        "type": "object",
        "properties": {**properties, **{name: {} for name in extra}},
        "required": list(dict.fromkeys(("title", "date", *required))),
        "additionalProperties": False,
    }


def table(required: Iterable[str]) -> str:
    """Return the table of all fields in Markdown, those first that every story needs."""
    needed = tuple(dict.fromkeys(("title", "date", *required)))
    names = [*needed, *(name for name in FIELDS if name not in needed)]
    head = ["| field | what it is | its form | example | needed |", "| --- | --- | --- | --- | --- |"]
    return "\n".join([*head, *(_row(name, FIELDS[name], needed=name in needed) for name in names), ""])


def _row(name: str, field: Field, *, needed: bool) -> str:
    said = "yes" if needed else "no"
    return f"| `{name}` | {field.what} | {NAMES[field.kind]} | `{field.example}` | {said} |"


def _described(field: Field) -> str:
    return f"{field.what} Example: {field.example}"
