"""What templates show of the feeds."""

from dataclasses import dataclass

from .model import FeedLinks

_TYPES = (("atom", "application/atom+xml"), ("rss", "application/rss+xml"), ("json", "application/feed+json"))


@dataclass(frozen=True)
class Discovery:
    """One feed that a page names in its head."""

    type: str
    """The media type."""
    title: str
    """What the feed is called."""
    url: str
    """Relative to the site's root."""


@dataclass(frozen=True)
class FeedsView:
    """Feeds of the edition."""

    edition: FeedLinks
    """The feed of all stories: `title`, `page_url`, and the addresses `atom`, `rss` and `json`."""
    others: tuple[FeedLinks, ...]
    """The feeds of countries, sections and other lists, in the order of their addresses."""

    def of(self, page_url: str) -> FeedLinks | None:
        """Return the feed that follows the page at `page_url` (relative to the site's root), if there is one."""
        return next((feed for feed in self.others if feed.page_url == page_url), None)

    def discovery(self, page_url: str = "") -> tuple[Discovery, ...]:
        """Return what a page's head names: the page's own feed in each format, then the edition's."""
        feeds = [feed for feed in (self.of(page_url), self.edition) if feed]
        return tuple(
            Discovery(kind, feed.title, getattr(feed, name))
            for feed in feeds
            for name, kind in _TYPES
            if getattr(feed, name)
        )
