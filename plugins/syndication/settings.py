"""The setting ``SYNDICATION``."""

import re
from typing import Literal

import msgspec

Format = Literal["atom", "rss", "json"]

TRAINING_ROBOTS = (
    "Amazonbot",
    "Applebot-Extended",
    "Bytespider",
    "CCBot",
    "ClaudeBot",
    "Diffbot",
    "GPTBot",
    "Google-Extended",
    "Meta-ExternalAgent",
    "cohere-training-data-crawler",
)
SEARCH_ROBOTS = (
    "Applebot",
    "Bingbot",
    "Claude-SearchBot",
    "DuckDuckBot",
    "Googlebot",
    "Googlebot-News",
    "OAI-SearchBot",
    "PerplexityBot",
    "YandexBot",
)
FETCH_ROBOTS = (
    "ChatGPT-User",
    "Claude-User",
    "DuckAssistBot",
    "Meta-ExternalFetcher",
    "MistralAI-User",
    "Perplexity-User",
)


class SyndicationSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How feeds, sitemaps and robots.txt are written."""

    authority: str = ""
    """The domain (or mail address) in whose name ids are minted. Empty: the domain of `SITEURL`. Once readers have
    the feeds it must never change again, not even with the domain: every story would come to them anew."""

    since: str = "2024"
    """A year, month or day (`2024`, `2024-05`, `2024-05-01`) on which `authority` was the edition's: part of ids."""

    formats: tuple[Format, ...] = ("atom", "rss", "json")
    """What is written of each feed. Atom always is, since the pages' links name it."""

    style: bool = True
    """Whether a browser shows Atom and RSS as a page, by the template `syndication/feed.css`."""

    entries: int = 30
    """The most stories that a feed has, the newest first."""

    edition_feed: str = "feed.atom"
    """The Atom feed of all stories, relative to the site's root; RSS and JSON stand beside it."""

    hub: str = ""
    """The WebSub hub that is told of new stories. Empty: none."""

    sitemap: str = "sitemap.xml"
    """The index of the sitemaps, relative to the site's root. Empty: no sitemaps."""

    unlisted: tuple[str, ...] = ("404.html",)
    """Files that no sitemap names, besides those with `noindex`: pages of errors."""

    news_sitemap: str = "news-sitemap.xml"
    """The stories of the last two days, for news search. Empty: none."""

    robots: bool = True
    """Whether robots.txt is written."""

    allow_training: bool = False
    """Whether robots may take the stories to train language models."""

    allow_search: bool = True
    """Whether robots may take them to build a search index, whose results lead readers here."""

    allow_fetch: bool = True
    """Whether robots may take a page at the moment a person asks for it."""

    training_robots: tuple[str, ...] = TRAINING_ROBOTS
    """Robots that collect for training, by the names they answer to in robots.txt."""

    search_robots: tuple[str, ...] = SEARCH_ROBOTS
    """Robots that collect for search."""

    fetch_robots: tuple[str, ...] = FETCH_ROBOTS
    """Robots that act for one person."""

    disallow: tuple[str, ...] = ("/drafts/",)
    """Paths that no robot shall take."""

    def __post_init__(self) -> None:
        """Raise ValueError for what no id could be made of, and for a feed without entries."""
        if not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", self.since):
            raise ValueError(f"since is {self.since!r}, neither year, month nor day (2024, 2024-05, 2024-05-01)")
        if self.entries < 1:
            raise ValueError(f"entries is {self.entries}; a feed needs at least 1")
        if not self.edition_feed.endswith(".atom"):
            raise ValueError(f"edition_feed is {self.edition_feed!r} and does not end in .atom")
