"""What is looked at in one page: ids, headings, pictures' alternatives, links, weight; the rest in its own modules."""

import re
import zlib
from collections.abc import Iterable
from typing import Any

from lxml import etree, html

from . import linked_data, policies
from .findings import Findings
from .site import Edition

LINKS = (("href", frozenset({"a", "area", "link"})), ("src", frozenset({"img", "script", "iframe", "source", "video"})))
_HEADING = re.compile(r"h[1-6]")


def look(edition: Edition, found: Findings, content: bytes) -> None:
    """Add to ``found`` what is wrong with the page of which ``content`` are the bytes."""
    try:
        tree = html.document_fromstring(content, parser=html.HTMLParser(encoding="utf-8", huge_tree=False))
    except etree.ParserError:
        found.add("html", 0, "is an empty page", "Write it again, or leave it out.")
        return
    elements = [each for each in tree.iter() if isinstance(each.tag, str)]
    found.ids = frozenset(_ids(found, elements))
    _headings(found, elements)
    _alternatives(found, elements)
    _links(edition, found, elements)
    _weight(edition, found, elements, content)
    linked_data.look(found, elements)
    policies.look(edition, found, elements)


def _ids(found: Findings, elements: Iterable[Any]) -> set[str]:
    seen: set[str] = set()
    for each in elements:
        name = each.get("id")
        if name is not None and name in seen:
            found.add(
                "id", each.sourceline, f"id {name!r} stands more than once", "Give each element an id of its own."
            )
        if name:
            seen.add(name)
    return seen


def _headings(found: Findings, elements: Iterable[Any]) -> None:
    before = 0
    for each in elements:
        if _HEADING.fullmatch(each.tag):
            level = int(each.tag[1])
            if level > before + 1:
                after = f"h{before}" if before else "no heading"
                found.add("heading-order", each.sourceline, f"h{level} comes after {after}", "Leave out no level.")
            before = level


def _alternatives(found: Findings, elements: Iterable[Any]) -> None:
    for each in elements:
        if each.tag == "img" and each.get("alt") is None:
            told = f"the picture {each.get('src', '')!r} has no alt"
            found.add("alt", each.sourceline, told, 'Describe it; alt="" is for decoration.')


def _links(edition: Edition, found: Findings, elements: Iterable[Any]) -> None:
    seen: set[str] = set()
    for each in elements:
        for link in _addresses(each):
            if link not in seen:
                seen.add(link)
                _link(edition, found, each, link)


def _addresses(element: Any) -> Iterable[str]:  # noqa: ANN401 - lxml carries no types
    for name, tags in LINKS:
        if element.tag in tags and (value := element.get(name)) is not None:
            yield value.strip()
    for value in (element.get("srcset") or "").split(","):
        if value.strip():
            yield value.split()[0]


def _link(edition: Edition, found: Findings, element: Any, link: str) -> None:  # noqa: ANN401
    if (target := edition.target(found.path, link)) is None:
        return
    file, anchor = target
    if file not in edition.sizes:
        code = "link" if element.tag in {"a", "area"} else "asset"
        found.add(code, element.sourceline, f"{link!r} leads to no file", "Mend the address, or bring the file.")
    elif anchor and file.endswith(".html"):
        found.anchors.append((element.sourceline, file, anchor))


def _weight(edition: Edition, found: Findings, elements: Iterable[Any], content: bytes) -> None:
    loaded = {file for each in elements for file in _at_once(edition, found.path, each)}
    kind = edition.rules.rule(found.path).kind
    if kind == "text":
        _text_weight(edition, found, content)
    kilobytes = (len(content) + sum(edition.sizes.get(file, 0) for file in loaded)) // 1000
    most = edition.allowed.frame_kilobytes if kind == "frame" else edition.allowed.page_kilobytes
    if kilobytes > most:
        told = f"makes a browser load {kilobytes} kB at once; {most} are allowed"
        found.add("weight", 0, told, "Make its pictures smaller or lazy, or its scripts fewer.")


def _text_weight(edition: Edition, found: Findings, content: bytes) -> None:
    most = edition.allowed.text_bytes
    if len(content) > most and (packed := len(zlib.compress(content, 6, wbits=31))) > most:
        told = f"is a page of text with {packed} bytes, packed by gzip; {most} are allowed"
        found.add("weight", 0, told, "Divide its longest paragraph.")


def _at_once(edition: Edition, path: str, element: Any) -> Iterable[str]:  # noqa: ANN401
    tag, link = element.tag, element.get("src")
    if tag == "link" and element.get("rel") == "stylesheet":
        link = element.get("href")
    elif tag not in {"img", "script"} or element.get("loading") == "lazy":
        return
    if link and (target := edition.target(path, link)):
        yield target[0]
