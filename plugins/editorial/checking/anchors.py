"""Links to a place on a page (``…#name``): the place must be there, on the story's own page or on another's."""

import re
from collections.abc import Iterable
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

import msgspec
from markdown.extensions.toc import slugify, unique

from ..._kit import urls
from .. import figures

_ID = re.compile(r"id(?<!\wid)\s*=\s*[\"']?([^\"'\s>]+)|\{:?[^}\n]*#([^\s}]+)[^}\n]*\}")
_FOOTNOTE = re.compile(r"^\[\^([^\]\n]+)\]:", re.MULTILINE)
_HEADING = re.compile(r"^#{1,6}[ \t]+(.+?)[ \t]*#*$", re.MULTILINE)
_TEMPLATE = re.compile(r"\{%-?\s*(?:include|extends|from|import)\s+[\"']([^\"']+)[\"']")
_TEMPLATE_ID = re.compile(r"\bid=\"([^\"{}]+)\"")
_SERVED_ID = re.compile(r"\bid=\"([^\"]+)\"")
_ALWAYS = frozenset({"", "top"})  # HTML: both mean the page's beginning


def places(body: str, *, headings: bool) -> frozenset[str]:
    """Return the names of the places in a story's text; with ``headings`` its subheads have some of their own."""
    found = set()
    if "id" in body or "#" in body:
        found |= {each[1] or each[2] for each in _ID.finditer(body)}
    if "[^" in body:
        found |= {f"{kind}:{name}" for name in _FOOTNOTE.findall(body) for kind in ("fn", "fnref")}
    if headings:
        for words in _HEADING.findall(figures.without_code(body)):
            unique(slugify(re.sub(r"[*_`]|\{.*\}", "", words), "-"), found)
    return frozenset(found)


def name_in(target: str) -> str:
    """Return the place that a link's address names; empty for none, or for one that every page has."""
    name = unquote(urlsplit(target).fragment) if "#" in target else ""
    return "" if name.startswith(":~:") or name in _ALWAYS else name


class Theme(msgspec.Struct, frozen=True):
    """The places that a theme gives to every story, from its templates."""

    folder: Path | None
    """The theme; None where it is not known."""
    _known: dict[str, frozenset[str]] = msgspec.field(default_factory=dict)

    def places(self, template: str) -> frozenset[str]:
        """Return the names of the places in the pages of ``template``, e.g. ``article``."""
        if template not in self._known:
            self._known[template] = frozenset(self._of([f"{template}.html"]))
        return self._known[template]

    def _of(self, waiting: list[str]) -> Iterable[str]:
        seen: set[str] = set()
        while waiting and self.folder:
            name = waiting.pop()
            file = self.folder / "templates" / name
            if name not in seen and file.is_file():
                seen.add(name)
                text = file.read_text("utf-8")
                waiting += _TEMPLATE.findall(text)
                yield from _TEMPLATE_ID.findall(text)


class Pages:
    """The places on the pages of a built edition, each page read once."""

    def __init__(self, built: Path) -> None:
        self._built = built
        self._known: dict[str, frozenset[str] | None] = {}

    def places(self, url: str) -> frozenset[str] | None:
        """Return the names of the places on the page at ``url``; None where there is no such page."""
        if url not in self._known:
            file = self._built / urls.save_as(url)
            is_page = file.suffix == ".html" and file.is_file()
            found = _SERVED_ID.findall(file.read_text("utf-8")) if is_page else ()
            self._known[url] = frozenset(map(unescape, found)) if is_page else None
        return self._known[url]
