"""Which written pages may be found, and when what they show last changed."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from .model import SitePage

_META = re.compile(rb"<meta\s[^>]*>", re.IGNORECASE)
_ROBOTS = re.compile(rb"""name\s*=\s*["']?robots["'\s]""", re.IGNORECASE)
_identity = object.__hash__  # as good as id(), and no event for those who listen to Python's
_REFRESH = re.compile(rb"""http-equiv\s*=\s*["']?refresh["'\s]""", re.IGNORECASE)


class Updates:
    """Tells by ``updated`` when a story last changed; every story stands in many lists."""

    def __init__(self, updated: Callable[[Any], dt.datetime]) -> None:
        self._updated = updated
        self._known: dict[int, tuple[object, dt.datetime | None]] = {}

    def __call__(self, item: object) -> dt.datetime | None:
        """Return the last change of ``item``; None for what has no date."""
        key = _identity(item)
        known = self._known.get(key)
        if known is None:
            self._known[key] = known = (item, self._updated(item) if hasattr(item, "date") else None)
        return known[1]

    def newest(self, items: Iterable[Any]) -> dt.datetime | None:
        """Return the last of all changes; None for what has no dates."""
        known = self._known
        times = [found[1] if (found := known.get(_identity(item))) else self(item) for item in items]
        return max(filter(None, times), default=None)


def is_listed(context: Mapping[str, Any]) -> bool:
    """Return whether the page whose template context is ``context`` is neither a draft nor hidden."""
    content = context.get("article") or context.get("page")
    return bool(getattr(content, "status", "published") == "published")


def findable(head: bytes) -> bool:
    """Return whether a page may be indexed by the beginning of its HTML: it is no redirect, and does not forbid it."""
    lowered = head.lower()
    if b"noindex" not in lowered and b"refresh" not in lowered:
        return True  # as by far the most pages
    for meta in _META.findall(head):
        if _REFRESH.search(meta) or (_ROBOTS.search(meta) and b"noindex" in meta.lower()):
            return False
    return True


def site_page(context: Mapping[str, Any], updated: Updates) -> SitePage:
    """Return the page whose template context is ``context``."""
    article, page, listing = context.get("article"), context.get("page"), context.get("listing")
    file = str(context["output_file"])
    shown = article or page or listing
    own = getattr(shown, "url", None)
    url = _address(file) if own is None else str(own)
    if article is not None:
        return SitePage(url, f"stories-{article.date.year}", updated(article))
    if listing is not None:
        return SitePage(url, "lists", updated.newest(getattr(listing, "items", ())))
    if page is not None:
        return SitePage(url, "pages", getattr(page, "modified", None) or getattr(page, "date", None))
    return SitePage(url, "pages", updated.newest(context.get("articles", ())) if file == "index.html" else None)


def _address(file: str) -> str:
    return file.removesuffix("index.html") if file == "index.html" or file.endswith("/index.html") else file
