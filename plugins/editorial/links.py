"""Links of one file to another, as they stand in HTML before Pelican makes addresses of them."""

import posixpath
import re
from collections.abc import Callable, Iterator
from functools import partial
from html import unescape
from urllib.parse import unquote, urlsplit

import msgspec

_LINK = re.compile(
    r"""\b(?P<attribute>href|src|poster|data)\s*=\s*(?P<quote>["'])[{|](?P<kind>filename|static|attach)[|}](?P<target>.*?)(?P=quote)"""
)
_FILE = re.compile(r"""[{|](?:filename|static|attach)[|}]""")
_MARKS = "{|"  # what a file begins with: rarer by far than quotes, or the words of attributes
_ATTRIBUTE = re.compile(r"\b(?:href|src|poster|data)\s*=\s*\Z")
_BEFORE = 40  # characters before a file in which its attribute is looked for


class Link(msgspec.Struct, frozen=True):
    """A link to a file of the content folder."""

    attribute: str
    """Where it stands: ``href`` for a link, ``src`` for a picture."""
    kind: str
    """``filename`` for a story or a page, ``static`` or ``attach`` for any other file."""
    written: str
    """The file as it is written, without what follows ``?`` or ``#``."""
    path: str
    """The file, relative to the content folder."""

    @property
    def is_to_story(self) -> bool:
        """Return whether it is meant to lead a reader to a story or a page."""
        return self.attribute == "href" and self.kind == "filename"


def in_html(html: str, source: str) -> Iterator[Link]:
    """Yield the links in ``html``, the text of the file ``source`` (relative to the content folder)."""
    end = 0
    for place in filter(partial(_FILE.match, html), _places(html)):
        quote = place - 1
        is_quoted = html[quote : quote + 1] in {'"', "'"}
        attribute = _ATTRIBUTE.search(html, max(end, quote - _BEFORE), quote) if is_quoted else None
        found = attribute and _LINK.match(html, attribute.start())
        if found:
            end = found.end()
            written = urlsplit(unescape(found["target"])).path
            path = unquote(written)
            whole = path[1:] if path.startswith("/") else posixpath.join(posixpath.dirname(source), path)
            yield Link(found["attribute"], found["kind"], written, posixpath.normpath(whole))


def _places(html: str) -> list[int]:
    """Return where a file may begin: a single letter is found in a fraction of the time that a pattern takes."""
    found: list[int] = []
    for mark in _MARKS:
        place = html.find(mark)
        while place >= 0:
            found.append(place)
            place = html.find(mark, place + 1)
    return sorted(found)


def line_of(written: str, body: str, body_line: int) -> int:
    """Return the line on which ``written`` first stands in ``body``, which begins on ``body_line``."""
    return body_line + body.count("\n", 0, max(0, body.find(written)))


def broken(html: str, source: str, wrong: Callable[[Link], str]) -> Iterator[tuple[Link, str]]:
    """Yield each link in ``html`` that ``wrong`` has something to say of, once, with what it says."""
    told = set()
    for link in in_html(html, source):
        if link.attribute == "href" and link not in told and (words := wrong(link)):
            told.add(link)
            yield link, words


def new_to_stories(before: str, now: str, source: str) -> set[str]:
    """Return the stories that the text ``now`` of the file ``source`` links to, by links that it had not ``before``.

    They are as Pelican looks for them: from the content folder as it is written, and else relative to that folder.
    """
    former, found = ({each for each in in_html(html, source) if each.is_to_story} for html in (before, now))
    new = found - former
    return {unquote(each.written[1:]) if each.written.startswith("/") else each.path for each in new}
