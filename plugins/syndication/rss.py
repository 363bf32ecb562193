"""RSS 2.0 as the Best Practices Profile of the RSS Advisory Board has it, with Media RSS for the pictures."""

from email.utils import format_datetime
from functools import lru_cache
from html import escape

from .markup import Element, add, exchanged, part, root, serialised
from .model import MOST, Entry, FeedDocument, Picture

_NAMESPACES = {
    "xmlns:atom": "http://www.w3.org/2005/Atom",
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:media": "http://search.yahoo.com/mrss/",
}


def document(feed: FeedDocument, address: str) -> bytes:
    """Return ``feed`` as RSS, published at the absolute ``address``."""
    top = root("rss", {"version": "2.0", **_NAMESPACES})
    channel = add(top, "channel")
    add(channel, "title", feed.title)
    add(channel, "link", feed.home)
    add(channel, "description", feed.subtitle or feed.title)
    add(channel, "language", feed.lang)
    add(channel, "lastBuildDate", format_datetime(feed.updated))
    add(channel, "atom:link", attributes={"rel": "self", "type": "application/rss+xml", "href": address})
    if feed.hub:
        add(channel, "atom:link", attributes={"rel": "hub", "href": feed.hub})
    return serialised(top, feed.style, [_item(entry) for entry in feed.entries])


def patched(document: bytes, place: int, entry: Entry, _lang: str) -> bytes:
    """Return a ``document`` with ``entry`` as its one at ``place``."""
    return exchanged(document, "item", place, _item(entry))


@lru_cache(maxsize=MOST)
def _item(entry: Entry) -> bytes:
    item = root("item", {})
    add(item, "title", entry.title)
    add(item, "link", entry.url)
    add(item, "guid", entry.id, {"isPermaLink": "false"})
    add(item, "pubDate", format_datetime(entry.published))
    if entry.updated != entry.published:
        add(item, "atom:updated", entry.updated.isoformat())
    for author in entry.authors:
        add(item, "dc:creator", author.name)
    for category in entry.categories:
        add(item, "category", category)
    if entry.picture:
        _picture(item, entry.picture)
    if entry.summary:
        add(item, "description", escape(entry.summary, quote=False))  # readers take it for HTML
    add(item, "content:encoded", entry.content)
    return part(item)


def _picture(item: Element, picture: Picture) -> None:
    """Add the enclosure (a length that is not known is 0, says the profile) and the picture's size and credit.

    What it shows is left out: feed readers take a ``media:description`` for the story's own.
    """
    add(item, "enclosure", attributes={"url": picture.url, "length": str(picture.length), "type": picture.type})
    size = {"width": str(picture.width), "height": str(picture.height)} if picture.width and picture.height else {}
    media = add(item, "media:content", attributes={"url": picture.url, "type": picture.type, "medium": "image", **size})
    if picture.credit:
        add(media, "media:credit", picture.credit)
