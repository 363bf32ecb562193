"""XML trees and their bytes. Names carry their prefix; the root declares it."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from html import escape

Element = ET.Element
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # what XML 1.0, 2.2 does not list


def root(name: str, attributes: Mapping[str, str]) -> Element:
    """Return a new document's root."""
    return ET.Element(name, dict(attributes))


def add(parent: Element, name: str, text: str = "", attributes: Mapping[str, str] | None = None) -> Element:
    """Append an element to ``parent``; letters that XML forbids are left out of its text and attributes."""
    clean = {key: _FORBIDDEN.sub("", value) for key, value in (attributes or {}).items()}
    element = ET.SubElement(parent, name, clean)
    element.text = _FORBIDDEN.sub("", text) or None
    return element


def part(element: Element) -> bytes:
    """Return what stands in a document for ``element``, to be given to ``serialised``."""
    return _bytes(element) + b"\n"


def serialised(root: Element, style: str = "", parts: Sequence[bytes] = ()) -> bytes:
    """Return the document in UTF-8 with its declaration, an element a line.

    ``style`` is the address of the CSS that browsers show it by; none if it is empty. ``parts`` stand at its end,
    in RSS at the end of its channel.
    """
    body = _bytes(root)
    if parts:
        closing = b"</channel>\n</rss>" if root.tag == "rss" else f"</{root.tag}>".encode()
        body = b"".join([body.removesuffix(closing), *parts, closing])
    shown = f'<?xml-stylesheet type="text/css" href="{escape(style)}"?>\n'.encode() if style else b""
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + shown + body + b"\n"


def exchanged(document: bytes, name: str, place: int, part: bytes) -> bytes:
    """Return a ``document`` with another ``part`` for its element ``name`` at ``place``; none is in another."""
    closing = f"</{name}>\n".encode()
    end = document.index(f"<{name}".encode())
    for _ in range(place + 1):
        begin, end = end, document.index(closing, end) + len(closing)
    return document[:begin] + part + document[end:]


def _bytes(element: Element) -> bytes:
    ET.indent(element, space="")
    text: str = ET.tostring(element, encoding="unicode")  # in half the time that it takes to bytes
    return text.encode()
