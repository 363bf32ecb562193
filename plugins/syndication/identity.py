"""Ids that are minted once and outlive every address (tag URIs, RFC 4151)."""

import re
from collections.abc import Callable, Iterable, Mapping
from urllib.parse import quote, urlsplit

from .._kit.errors import Problem

_URI = re.compile(r"[a-z][a-z0-9+.-]*:\S+", re.IGNORECASE)


def tag_uri(authority: str, since: str, specific: str) -> str:
    """Return ``tag:authority,since:specific``; ``since`` is a date on which the authority held that name."""
    return f"tag:{authority},{since}:{quote(specific, safe='/-._~!$*+=:@')}"


def authority_of(siteurl: str, chosen: str) -> str:
    """Return the chosen authority, else the domain of ``siteurl``, else ``localhost``."""
    return chosen or (urlsplit(siteurl).hostname or "localhost")


def identity(metadata: Mapping[str, object], source: str) -> str:
    """Return what makes an article itself: its ``id`` in the front matter, else its file below the content folder.

    Neither slug, title, date nor section enters, so that each may be corrected. A file that is renamed or moved
    keeps its identity by ``id: <the old path without .md>``; a story that comes from elsewhere with an URI of its
    own keeps that by ``id: <the URI>``.
    """
    return str(metadata.get("id") or source.rsplit(".", 1)[0])


def permanent(identity: str, authority: str, since: str) -> str:
    """Return the id of a feed's entry: the identity where that is an URI already, else a tag URI made of it."""
    return identity if _URI.fullmatch(identity) else tag_uri(authority, since, identity)


def clashes(identities: Iterable[tuple[str, str]], shown: Callable[[str], str]) -> Iterable[Problem]:
    """Return a problem for each of the ``(identity, file)`` pairs whose identity an earlier file has.

    ``shown`` returns a file as people know it.
    """
    seen: dict[str, str] = {}
    for one, file in identities:
        first = seen.setdefault(one, file)
        if first != file:
            message = f"has the id {one!r}, and so has {shown(first)}"
            yield Problem(shown(file), 0, message, "Give one of them an id of its own.", "repeated-id")
