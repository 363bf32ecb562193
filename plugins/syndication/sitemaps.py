"""Sitemaps (sitemaps.org) and the news sitemap, as bytes by the name of their file."""

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import groupby
from urllib.parse import quote

from .._kit import clock, urls
from .markup import Element, add, root, serialised
from .model import NewsItem, SitePage

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
PAGES_A_FILE = 50_000  # the protocol's limit
NEWS_AGE = dt.timedelta(days=2)
NEWS_ITEMS = 1_000


def sitemaps(pages: Iterable[SitePage], siteurl: str, index: str) -> dict[str, bytes]:
    """Return the index, named ``index``, and a sitemap for each group of pages, in more files if it is large.

    The stories of one year are one group, so that what is published today leaves the past years' files alone.
    """
    ordered = sorted({page.url: page for page in pages}.values(), key=lambda page: (page.group, page.url))
    files: dict[str, bytes] = {}
    top = root("sitemapindex", {"xmlns": _SITEMAP})
    for group, members in groupby(ordered, key=lambda page: page.group):
        for number, part in enumerate(_parts(list(members)), start=1):
            name = f"sitemaps/{group}.xml" if number == 1 else f"sitemaps/{group}-{number}.xml"
            files[name] = _sitemap(part, siteurl)
            _location(top, "sitemap", urls.absolute(siteurl, name), _newest(part))
    return {index: serialised(top), **files} if files else {}


def recent(items: Iterable[NewsItem], now: dt.datetime) -> tuple[NewsItem, ...]:
    """Return what was published in the two days before ``now``, the newest first, at most 1,000."""
    fresh = [item for item in items if is_news(item.published, now)]
    return tuple(sorted(fresh, key=lambda item: item.published, reverse=True)[:NEWS_ITEMS])


def is_news(published: dt.datetime, now: dt.datetime) -> bool:
    """Return whether a story of that time belongs into the news sitemap of ``now``."""
    return now - NEWS_AGE <= published <= now


def news_until(published: Iterable[dt.datetime], now: dt.datetime) -> dt.datetime:
    """Return to when the news of ``now`` are these: until the first of them is two days old, or another comes."""
    changes = [moment for each in published for moment in (each, each + NEWS_AGE) if moment > now]
    return min(changes, default=clock.ALWAYS)


def news_sitemap(items: Sequence[NewsItem], publication: str) -> bytes:
    """Return the news sitemap of at least one of the ``publication``'s stories (the schema allows no empty one)."""
    top = root("urlset", {"xmlns": _SITEMAP, "xmlns:news": _NEWS})
    for item in items:
        news = add(_location(top, "url", item.url, None), "news:news")
        paper = add(news, "news:publication")
        add(paper, "news:name", publication)
        add(paper, "news:language", news_language(item.lang))
        add(news, "news:publication_date", item.published.isoformat())
        add(news, "news:title", item.title)
    return serialised(top)


def news_language(lang: str) -> str:
    """Return ``lang`` as the schema has it: ISO 639, Chinese alone with its script's country."""
    language = lang.lower().replace("_", "-")
    if language.startswith("zh"):
        return "zh-tw" if {"tw", "hk", "mo", "hant"} & set(language.split("-")) else "zh-cn"
    return language.split("-")[0]


def _sitemap(pages: Iterable[SitePage], siteurl: str) -> bytes:
    top = root("urlset", {"xmlns": _SITEMAP})
    for page in pages:
        _location(top, "url", urls.absolute(siteurl, page.url), page.changed)
    return serialised(top)


def _location(top: Element, name: str, url: str, changed: dt.datetime | None) -> Element:
    element = add(top, name)
    add(element, "loc", quote(url, safe="/:%?&=#~!$'()*+,;@-._"))
    if changed:
        add(element, "lastmod", changed.isoformat(timespec="seconds"))
    return element


def _newest(pages: Iterable[SitePage]) -> dt.datetime | None:
    return max((page.changed for page in pages if page.changed), default=None)


def _parts(pages: Sequence[SitePage]) -> Iterable[Sequence[SitePage]]:
    return (pages[start : start + PAGES_A_FILE] for start in range(0, len(pages), PAGES_A_FILE))
