"""Payloads as documents: XML with entities off, JSON with its numbers as written; whatever else is refused in words."""

import json
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from .quotation import PayloadError

LIMIT = 1_000_000  # bytes; the largest real payload has 30,000


def xml(body: bytes) -> Element:
    """Return the root element of ``body``; PayloadError if it is empty, too large, no XML, or has entities or a DTD."""
    _check_size(body)
    try:
        return fromstring(body, forbid_dtd=True)
    except (ParseError, ValueError, LookupError) as error:
        if isinstance(error, DefusedXmlException):
            raise PayloadError("it declares a DTD or entities, which no rate table needs") from error
        raise PayloadError(f"it is no XML: {error}{_beginning(body)}") from error


def json_value(body: bytes) -> Any:  # noqa: ANN401 -- a document's shape is the caller's to check
    """Return the JSON document, each number as the text that was published; PayloadError if it is none."""
    _check_size(body)
    try:
        return json.loads(body.decode("utf-8"), parse_float=str, parse_int=str, parse_constant=str)
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise PayloadError(f"it is no JSON: {error}{_beginning(body)}") from error


def rows(document: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 -- as above
    """Return the objects of a JSON list; PayloadError if it is not a list of objects."""
    if not isinstance(document, list) or not all(isinstance(row, dict) for row in document):
        raise PayloadError("it is no list of rows")
    return iter(document)


def text(row: dict[str, Any], key: str) -> str | None:
    """Return the text under ``key``, or None if there is none or it is something else."""
    found = row.get(key)
    return found if isinstance(found, str) else None


def _check_size(body: bytes) -> None:
    if not body.strip():
        raise PayloadError("it is empty")
    if len(body) > LIMIT:
        raise PayloadError(f"it has more than {LIMIT:,} bytes")


def _beginning(body: bytes) -> str:
    return f" (it begins {body.lstrip()[:40].decode('utf-8', 'replace')!r})"
