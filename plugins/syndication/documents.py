"""Feeds put together: from an announced list of articles to the files of each format."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping

import msgspec

from .._kit import urls
from . import atom, identity, json_feed, rss
from .entries import Article, Reader
from .model import Entry, FeedDocument, FeedLinks


class Publisher(msgspec.Struct, frozen=True):
    """What all feeds of an edition have in common."""

    name: str
    """The paper's name."""
    subtitle: str
    """The paper's subtitle."""
    lang: str
    """Its language."""
    reader: Reader
    """Whose settings and public address hold."""
    entry: Callable[[Article], Entry]
    """The entry of an article; an edition's newest stand in many feeds, so the adapter gives one that remembers."""
    style: str = ""
    """Where the CSS is that a browser shows feeds by; empty for none."""


def links(title: str, page_url: str, url: str, formats: Iterable[str]) -> FeedLinks:
    """Return the addresses of a feed whose Atom is at ``url``: RSS and JSON stand beside it, by their suffixes."""
    stem, chosen = url.removesuffix(".atom"), set(formats)
    return FeedLinks(
        title=title,
        page_url=page_url,
        atom=url,
        rss=f"{stem}.rss" if "rss" in chosen else "",
        json=f"{stem}.json" if "json" in chosen else "",
    )


def feed(publisher: Publisher, feed: FeedLinks, articles: Iterable[Article], build_time: dt.datetime) -> FeedDocument:
    """Return the feed of the newest of ``articles`` (newest first); ``build_time`` dates it only if it is empty."""
    reader = publisher.reader
    settings = reader.settings
    entries = tuple(publisher.entry(article) for article in list(articles)[: settings.entries])
    authority = identity.authority_of(reader.siteurl, settings.authority)
    return FeedDocument(
        id=identity.tag_uri(authority, settings.since, f"feeds/{feed.atom.removesuffix('.atom')}"),
        title=feed.title,
        subtitle=publisher.subtitle,
        lang=publisher.lang,
        publisher=publisher.name,
        home=urls.absolute(reader.siteurl, feed.page_url),
        updated=max((entry.updated for entry in entries), default=build_time),
        entries=entries,
        hub=settings.hub,
        style=publisher.style,
    )


def files(document: FeedDocument, links: FeedLinks, siteurl: str) -> dict[str, bytes]:
    """Return what is written for a feed, by file."""
    formats = ((links.atom, atom.document), (links.rss, rss.document), (links.json, json_feed.document))
    return {name: write(document, urls.absolute(siteurl, name)) for name, write in formats if name}


def patched(before: Mapping[str, bytes], links: FeedLinks, entries: Mapping[int, Entry], lang: str) -> dict[str, bytes]:
    """Return the files of a feed as they were ``before``, with other ``entries`` by their places."""
    formats = ((links.atom, atom.patched), (links.rss, rss.patched), (links.json, json_feed.patched))
    found = dict(before)
    for name, patch in formats:
        for place, entry in entries.items() if name else ():
            found[name] = patch(found[name], place, entry, lang)
    return found
