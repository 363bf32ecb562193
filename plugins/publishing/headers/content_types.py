"""What each file says it is."""

from collections.abc import Mapping
from types import MappingProxyType

UTF8 = "; charset=utf-8"
TYPES: Mapping[str, str] = MappingProxyType(
    {
        "html": "text/html",
        "css": "text/css",
        "js": "text/javascript",
        "mjs": "text/javascript",
        "json": "application/json",
        "webmanifest": "application/manifest+json",
        "atom": "application/atom+xml",
        "rss": "application/rss+xml",
        "xml": "application/xml",
        "xsl": "application/xslt+xml",
        "txt": "text/plain",
        "csv": "text/csv",
        "svg": "image/svg+xml",
        "avif": "image/avif",
        "webp": "image/webp",
        "png": "image/png",
        "jpg": "image/jpeg",
        "jpeg": "image/jpeg",
        "gif": "image/gif",
        "ico": "image/x-icon",
        "woff2": "font/woff2",
        "wasm": "application/wasm",
        "pdf": "application/pdf",
        "mp3": "audio/mpeg",
        "mp4": "video/mp4",
        "epub": "application/epub+zip",
        "zip": "application/zip",
        **dict.fromkeys(("pagefind", "pf_meta", "pf_index", "pf_filter", "pf_fragment"), "application/octet-stream"),
    }
)
"""Each suffix that an edition has. RFC 4287, RFC 9239 (scripts), RFC 4180; WHATWG for the others."""
TEXTS = frozenset({"html", "css", "js", "mjs", "atom", "rss", "xml", "xsl", "txt", "csv", "svg"})
"""Suffixes whose type names the charset; JSON has none but UTF-8 (RFC 8259)."""
UNKNOWN = "application/octet-stream"
JSON_FEED = "application/feed+json"


def content_type(path: str) -> str:
    """Return the Content-Type of the file at ``path``; a folder's is that of its page."""
    name = path.rpartition("/")[2] or "index.html"
    if name == "feed.json":
        return JSON_FEED
    suffix = name.rpartition(".")[2].lower() if "." in name else ""
    return TYPES.get(suffix, UNKNOWN) + (UTF8 if suffix in TEXTS else "")
