"""JSON Feed 1.1 (jsonfeed.org)."""

from functools import lru_cache
from typing import Any

import msgspec

from .model import MOST, Entry, FeedDocument, Picture

_NONE = "[]\n}"
_ITEMS, _BEGIN, _END = b'\n "items": [', b"\n  {\n", b"\n  }"  # of an item; what is within it stands further in


def document(feed: FeedDocument, address: str) -> bytes:
    """Return ``feed`` as JSON, published at the absolute ``address``."""
    top = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.subtitle,
        "home_page_url": feed.home,
        "feed_url": address,
        "language": feed.lang,
        "authors": [{"name": feed.publisher}],
        "hubs": [{"type": "WebSub", "url": feed.hub}] if feed.hub else [],
    }
    kept = {key: value for key, value in top.items() if value}
    told = _text({**kept, "items": []})
    items = ",\n".join(_item(entry, feed.lang) for entry in feed.entries)
    whole = f"{told.removesuffix(_NONE)}[\n{items}\n ]\n}}" if items else told
    return f"{whole}\n".encode()


def patched(document: bytes, place: int, entry: Entry, lang: str) -> bytes:
    """Return a ``document`` in the language ``lang``, with ``entry`` as its one at ``place``."""
    end = document.index(_ITEMS)
    for _ in range(place + 1):
        begin = document.index(_BEGIN, end) + 1
        end = document.index(_END, begin) + len(_END)
    return document[:begin] + _item(entry, lang).encode() + document[end:]


@lru_cache(maxsize=MOST)
def _item(entry: Entry, lang: str) -> str:
    """Return the item as it stands in a document, two steps further in."""
    return "\n".join(f"  {line}" for line in _text(_told(entry, lang)).split("\n"))


def _text(value: object) -> str:
    """Return ``value`` as JSON, a line for each field."""
    return msgspec.json.format(msgspec.json.encode(value), indent=1).decode()


def _told(entry: Entry, lang: str) -> dict[str, Any]:
    picture = entry.picture
    item = {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "summary": entry.summary,
        "content_html": entry.content,
        "image": picture.url if picture else "",
        "date_published": entry.published.isoformat(),
        "date_modified": entry.updated.isoformat() if entry.updated != entry.published else "",
        "authors": [
            {"name": author.name, "url": author.url} if author.url else {"name": author.name}
            for author in entry.authors
        ],
        "attachments": [_attachment(picture)] if picture else [],
        "tags": list(entry.categories),
        "language": entry.lang if entry.lang != lang else "",
    }
    return {key: value for key, value in item.items() if value or key == "content_html"}


def _attachment(picture: Picture) -> dict[str, Any]:
    size = {"size_in_bytes": picture.length} if picture.length else {}
    return {"url": picture.url, "mime_type": picture.type, **size}
