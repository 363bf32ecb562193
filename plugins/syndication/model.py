"""What a feed and a sitemap hold, as plain values; addresses are absolute unless said otherwise."""

import datetime as dt

import msgspec

MOST = 1_000
"""As many stories are kept as each format tells them: the newest stand in many feeds."""


class Author(msgspec.Struct, frozen=True):
    """Who wrote an entry."""

    name: str
    """As in the byline."""
    url: str
    """The author's page, or empty."""


class Picture(msgspec.Struct, frozen=True):
    """An entry's lead picture."""

    url: str
    """Where it is."""
    type: str
    """Its media type, e.g. ``image/png``."""
    length: int
    """Its size in bytes; 0 where it is not known."""
    credit: str = ""
    """Whose it is."""
    width: int | None = None
    """In pixels, where known."""
    height: int | None = None
    """In pixels, where known."""


class Entry(msgspec.Struct, frozen=True):
    """One story."""

    id: str
    """Permanent: an URI that outlives every address of the story."""
    url: str
    """The story's page."""
    title: str
    """The headline, plain."""
    summary: str
    """The standfirst, plain; empty where there is none."""
    content: str
    """The whole text in HTML, every address absolute."""
    published: dt.datetime
    """With a zone."""
    updated: dt.datetime
    """The last change that readers are told of."""
    authors: tuple[Author, ...]
    """All of the byline."""
    categories: tuple[str, ...]
    """Section, countries and topics, each once."""
    lang: str
    """The story's language."""
    picture: Picture | None = None
    """The lead picture."""


class FeedLinks(msgspec.Struct, frozen=True):
    """A feed's addresses, relative to the site's root."""

    title: str
    """What the feed is called."""
    page_url: str
    """The page that it follows."""
    atom: str
    """The Atom feed."""
    rss: str
    """The RSS feed beside it; empty where that is not written."""
    json: str
    """The JSON Feed beside it; empty where that is not written."""


class FeedDocument(msgspec.Struct, frozen=True):
    """All that a feed says, in whatever format."""

    id: str
    """Permanent."""
    title: str
    """What the feed is called."""
    subtitle: str
    """What it is about."""
    lang: str
    """The edition's language."""
    publisher: str
    """The edition's name."""
    home: str
    """The page that it follows."""
    updated: dt.datetime
    """The newest change of an entry; where there is no entry, the time of the build."""
    entries: tuple[Entry, ...]
    """Newest first."""
    hub: str
    """The WebSub hub, or empty."""
    style: str = ""
    """Where the CSS is that a browser shows it by, or empty."""


class SitePage(msgspec.Struct, frozen=True):
    """A page that was written and may be found."""

    url: str
    """Its address, relative to the site's root."""
    group: str
    """The sitemap it belongs to, e.g. ``stories-2025``."""
    changed: dt.datetime | None
    """When what it shows last changed, where that is known."""


class NewsItem(msgspec.Struct, frozen=True):
    """A story for the news sitemap."""

    url: str
    """Its address."""
    title: str
    """Its headline."""
    published: dt.datetime
    """With a zone."""
    lang: str
    """Its language."""
