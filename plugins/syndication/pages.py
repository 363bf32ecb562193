"""Which written pages may be found, and when what they show last changed."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from .model import SitePage

_MENTIONED = re.compile(rb"noindex|refresh", re.IGNORECASE)  # by far the most pages have neither word
_META = re.compile(rb"<meta\s[^>]*>", re.IGNORECASE)
_ROBOTS = re.compile(rb"""name\s*=\s*["']?robots["'\s]""", re.IGNORECASE)
_REFRESH = re.compile(rb"""http-equiv\s*=\s*["']?refresh["'\s]""", re.IGNORECASE)


def findable(head: bytes, context: Mapping[str, Any]) -> bool:
    """Return whether a page may be indexed: no draft, no hidden page, and by the beginning of its HTML no redirect."""
    content = context.get("article") or context.get("page")
    if getattr(content, "status", "published") != "published":
        return False
    if not _MENTIONED.search(head):
        return True
    for meta in _META.findall(head):
        if _REFRESH.search(meta) or (_ROBOTS.search(meta) and b"noindex" in meta.lower()):
            return False
    return True


def site_page(context: Mapping[str, Any], updated: Callable[[Any], dt.datetime]) -> SitePage:
    """Return the page whose template context is ``context``; ``updated`` tells when a story last changed."""
    article, page, listing = context.get("article"), context.get("page"), context.get("listing")
    file = str(context["output_file"])
    shown = article or page or listing
    own = getattr(shown, "url", None)
    url = _address(file) if own is None else str(own)
    if article is not None:
        return SitePage(url, f"stories-{article.date.year}", updated(article))
    if listing is not None:
        return SitePage(url, "lists", _newest(getattr(listing, "items", ()), updated))
    if page is not None:
        return SitePage(url, "pages", getattr(page, "modified", None) or getattr(page, "date", None))
    return SitePage(url, "pages", _newest(context.get("articles", ()), updated) if file == "index.html" else None)


def _address(file: str) -> str:
    return file.removesuffix("index.html") if file == "index.html" or file.endswith("/index.html") else file


def _newest(items: Iterable[Any], updated: Callable[[Any], dt.datetime]) -> dt.datetime | None:
    return max((updated(item) for item in items if hasattr(item, "date")), default=None)
