"""Atom (RFC 4287), with the hub's link of WebSub."""

from functools import lru_cache

from .markup import Element, add, exchanged, part, root, serialised
from .model import MOST, Entry, FeedDocument


def document(feed: FeedDocument, address: str) -> bytes:
    """Return ``feed`` as Atom, published at the absolute ``address``."""
    top = root("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": feed.lang})
    add(top, "id", feed.id)
    add(top, "title", feed.title)
    if feed.subtitle:
        add(top, "subtitle", feed.subtitle)
    add(top, "updated", feed.updated.isoformat())
    add(top, "link", attributes={"rel": "alternate", "type": "text/html", "href": feed.home})
    add(top, "link", attributes={"rel": "self", "type": "application/atom+xml", "href": address})
    if feed.hub:
        add(top, "link", attributes={"rel": "hub", "href": feed.hub})
    add(add(top, "author"), "name", feed.publisher)  # an entry without its own has this one (4.2.1)
    return serialised(top, feed.style, [_entry(entry, feed.lang) for entry in feed.entries])


def patched(document: bytes, place: int, entry: Entry, lang: str) -> bytes:
    """Return a ``document`` in the language ``lang``, with ``entry`` as its one at ``place``."""
    return exchanged(document, "entry", place, _entry(entry, lang))


@lru_cache(maxsize=MOST)
def _entry(entry: Entry, lang: str) -> bytes:
    element = root("entry", {} if entry.lang == lang else {"xml:lang": entry.lang})
    add(element, "id", entry.id)
    add(element, "title", entry.title)
    add(element, "link", attributes={"rel": "alternate", "type": "text/html", "href": entry.url})
    add(element, "published", entry.published.isoformat())
    add(element, "updated", entry.updated.isoformat())
    for author in entry.authors:
        person = add(element, "author")
        add(person, "name", author.name)
        if author.url:
            add(person, "uri", author.url)
    for category in entry.categories:
        add(element, "category", attributes={"term": category})
    if entry.picture:
        _enclosure(element, entry)
    if entry.summary:
        add(element, "summary", entry.summary)
    add(element, "content", entry.content, {"type": "html"})
    return part(element)


def _enclosure(element: Element, entry: Entry) -> None:
    if entry.picture:
        named = {"rel": "enclosure", "type": entry.picture.type, "href": entry.picture.url}
        size = {"length": str(entry.picture.length)} if entry.picture.length else {}
        add(element, "link", attributes={**named, **size})
