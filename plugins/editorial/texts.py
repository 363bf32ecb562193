"""What there is to say of a story's text."""

import re
from collections.abc import Iterator
from html import unescape
from math import ceil
from urllib.parse import unquote

from . import figures, links
from .figures import Figure
from .header import Header
from .views import Heading

_HEADING = re.compile(r'<h2 id="([^"]+)"[^>]*>(.*?)</h2>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


def reading_minutes(html: str, words_a_minute: int) -> int:
    """Return how many minutes ``html`` takes to read, at least one."""
    return max(1, ceil(len(html.split()) / words_a_minute))


def headings(html: str, least: int) -> tuple[Heading, ...]:
    """Return the subheads of the second level that have a place of their own; none where they are fewer than ``least``.

    Of long reads a reader wants to know what comes; what has two parts shows them by itself.
    """
    if "<h2" not in html:
        return ()
    found = tuple(Heading(unescape(place), _words(inner)) for place, inner in _HEADING.findall(html))
    return found if len(found) >= least else ()


def _words(html: str) -> str:
    return " ".join(unescape(_TAG.sub("", html)).split())


def pictures(header: Header) -> list[tuple[str, str, str]]:
    """Return the pictures of the text below ``header``: of each its address, and what is said of it."""
    return [(each.src, each.alt, each.title) for each in figures.in_text(header.body)]


def files(html: str, source: str, image: object) -> Iterator[str]:
    """Yield the files that a story shows or links to, in ``html`` and as its ``image``.

    All are relative to the content folder, as is ``source``, the story's own file.
    """
    for link in links.in_html(html, source):
        if link.kind != "filename":
            yield link.path
    if isinstance(image, Figure):
        yield unquote(image.src)
