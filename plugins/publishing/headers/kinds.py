"""The kinds of files an edition has, each known by its path."""

import re
from collections.abc import Iterator

import msgspec

from .settings import Policy

HASHED = r"(?:(?:theme|media)/(?:[^/]+/)*[^/]*\.[0-9a-f]{12}|(?:[^/]+/)*(?:[^/]*[._-])?[0-9a-f]{16,64}(?:[._-][^/]*)?)"
"""The path, up to its suffix, of a file whose name holds the hash of its content: twelve digits below ``theme/`` and
``media/``, elsewhere sixteen or more, as twelve may be a camera's date. Without look-ahead, which Caddy has not."""
PAGEFIND = r"(?:[^/]+/)*pagefind/(?:[^/]+/)*[^/]*_[0-9a-f]{6,}\.pf_[a-z]+"
SEARCH = r"(?:[^/]+/)*pagefind/.*"
"""What leads to those: the search's program, and the names of what it may ask for now."""
PICTURE_SUFFIXES = "avif|webp|png|jpe?g|gif|ico"
PICTURE = rf".*\.(?:{PICTURE_SUFFIXES})"
PAGE = r"(?:.*/)?(?:[^/]+\.html)?"
FEED = r".*\.(?:atom|rss)|(?:.*/)?feed\.json"
MAP = r".*\.xml|robots\.txt"
DATA = r".*\.(?:json|csv|atom|rss|xml)"


class Pattern(msgspec.Struct, frozen=True):
    """Paths of one kind."""

    kind: str
    """The kind's name."""
    expression: str
    """A regular expression for the whole path, without the leading slash."""


def patterns(policy: Policy) -> Iterator[Pattern]:
    """Yield the patterns in order: the first that matches a path tells its kind; the last matches any."""
    for kind, folders, below in (
        ("text", policy.text, PAGE),
        ("frame", policy.framed, PAGE),
        ("search", policy.wasm, PAGE),
        ("rates-data", policy.rates, DATA),
        ("rates", policy.rates, PAGE),
    ):
        for folder in folders:
            yield Pattern(kind, f"{re.escape(folder)}(?:{below})")
    yield Pattern("kept-picture", rf"{HASHED}\.(?:{PICTURE_SUFFIXES})")
    yield Pattern("kept", rf"{HASHED}\.[a-z0-9_]+|{PAGEFIND}")
    yield Pattern("search-data", SEARCH)
    yield Pattern("feed", FEED)
    yield Pattern("map", MAP)
    yield Pattern("page", PAGE)
    yield Pattern("picture", PICTURE)
    yield Pattern("file", ".*")
