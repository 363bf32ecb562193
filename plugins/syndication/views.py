"""What templates show of the feeds."""

from collections.abc import Mapping
from functools import cached_property

import msgspec

from .model import FeedLinks

_TYPES = (("atom", "application/atom+xml"), ("rss", "application/rss+xml"), ("json", "application/feed+json"))


class Discovery(msgspec.Struct, frozen=True):
    """One feed that a page names in its head."""

    type: str
    """The media type."""
    title: str
    """What the feed is called."""
    url: str
    """Relative to the site's root."""


class FeedsView(msgspec.Struct, frozen=True, dict=True):
    """Feeds of the edition."""

    edition: FeedLinks
    """The feed of all stories: `title`, `page_url`, and the addresses `atom`, `rss` and `json`."""
    others: tuple[FeedLinks, ...]
    """The feeds of countries, sections and other lists, in the order of their addresses."""
    style: str = ""
    """The stylesheet by which a browser shows a feed, relative to the site's root; empty if there is none."""

    def of(self, page_url: str) -> FeedLinks | None:
        """Return the feed that follows the page at `page_url` (relative to the site's root), if there is one."""
        return self._by_page.get(page_url)

    def discovery(self, page_url: str = "") -> tuple[Discovery, ...]:
        """Return what a page's head names: the page's own feed in each format, then the edition's."""
        own = self.of(page_url)
        feeds = [own, self.edition] if own else [self.edition]
        return tuple(
            Discovery(kind, feed.title, getattr(feed, name))
            for feed in feeds
            for name, kind in _TYPES
            if getattr(feed, name)
        )

    @cached_property
    def _by_page(self) -> Mapping[str, FeedLinks]:
        return {feed.page_url: feed for feed in self.others}
