"""What a page has in its template context, read as a ``Page``.

The context is Pelican's: an ``article``, a ``page``, a ``listing`` with its ``subject``, or nothing but the name of
the file. Attributes that other plugins set may be absent (docs/architecture.md says which).
"""

import datetime as dt
from collections.abc import Iterable
from fnmatch import fnmatch
from typing import Any, Protocol

from markupsafe import Markup

from .._kit import urls
from .model import Author, Correction, Edition, Link, Page, Picture, Story
from .settings import StructuredDataSettings


class Context(Protocol):
    """Where templates find their values."""

    def get(self, key: str, default: Any = None, /) -> Any:  # noqa: ANN401 - templates know no types
        """Return the value of ``key``, or the default."""

    def __contains__(self, key: str, /) -> bool:
        """Return whether there is a value of ``key``."""


class Article(Protocol):
    """What every article of Pelican has."""

    title: str
    """The headline."""
    date: dt.datetime
    """The publication, with a zone."""


def read(context: Context, edition: Edition, settings: StructuredDataSettings) -> Page:
    """Return what the head says of the page whose context this is."""
    content = context.get("article") or context.get("page")
    listing = context.get("listing")
    file = str(context.get("output_file") or "index.html")
    address = getattr(content or listing, "url", None)
    url = absolute(edition, _address(file) if address is None else str(address))
    title = _title(context, content, edition, settings)
    article = context.get("article")
    story = _story(article, edition, settings) if article else None
    pictures = _pictures(content, edition)
    home = file == "index.html" and not content and not listing
    return Page(
        kind="home" if home else "story" if story else "list" if listing else "page",
        title=title,
        description=_description(context, content, edition),
        url=url,
        lang=str(getattr(content, "lang", None) or edition.lang),
        picture=pictures[0] if pictures else None,
        images=pictures[1:] or pictures,
        error=file in settings.errors,
        noindex=_noindex(content, file, settings),
        trail=() if home else _trail(context, edition, Link(title, url)),
        translations=_translations(content, edition),
        items=tuple(absolute(edition, item.url) for item in getattr(listing, "items", ()) if hasattr(item, "date")),
        country=_country(context.get("subject")),
        story=story,
    )


def absolute(edition: Edition, url: str) -> str:
    """Return ``url`` on the edition's public address; one that has a scheme stays."""
    return url if "://" in url else urls.absolute(edition.siteurl, url)


def plain(text: object) -> str:
    """Return ``text`` without tags and entities, its white space single."""
    words = str(text or "")
    if "<" not in words and "&" not in words:
        return " ".join(words.split())
    return Markup(words).striptags()  # noqa: S704 - only to take the markup out


def _address(file: str) -> str:
    return file.removesuffix("index.html") if file == "index.html" or file.endswith("/index.html") else file


def _title(context: Context, content: object, edition: Edition, settings: StructuredDataSettings) -> str:
    shown = plain(context.get("head_title")).removesuffix(f"{settings.title_separator}{edition.name}")
    own = getattr(content, "title", None) or getattr(context.get("subject"), "name", None)
    return shown or plain(own) or edition.name


def _description(context: Context, content: object, edition: Edition) -> str:
    return plain(context.get("head_description") or getattr(content, "summary", None)) or edition.description


def _noindex(content: object, file: str, settings: StructuredDataSettings) -> bool:
    asked = str(getattr(content, "metadata", {}).get("noindex", "")).lower() in {"true", "yes", "1"}
    unlisted = getattr(content, "status", "published") in {"draft", "hidden"}
    return asked or unlisted or any(fnmatch(file, pattern) for pattern in settings.noindex)


def _pictures(content: object, edition: Edition) -> tuple[Picture, ...]:
    """Return what was made for sharing and search, else the lead picture, else the edition's card."""
    figure = getattr(content, "image", None)
    src = str(getattr(figure, "src", None) or "")
    if edition.cards and (own := edition.cards.get(str(getattr(content, "url", "")))):
        return own
    if not src:
        return (edition.card,) if edition.card else ()
    width, height = getattr(figure, "width", None), getattr(figure, "height", None)
    return (Picture(absolute(edition, src), str(getattr(figure, "alt", "")), width, height),)


def _story(article: Article, edition: Edition, settings: StructuredDataSettings) -> Story:
    section = plain(getattr(article, "category", ""))
    corrections = tuple(Correction(each.date, each.text) for each in _several(article, "corrections"))
    return Story(
        type=settings.article_types.get(section, "NewsArticle"),
        published=article.date,
        modified=_modified(article, corrections),
        authors=tuple(_author(each, edition, settings) for each in _several(article, "authors")),
        section=section,
        keywords=tuple(plain(tag) for tag in _several(article, "tags")),
        corrections=corrections,
        free=settings.free,
    )


def _several(article: Article, name: str) -> Iterable[Any]:
    """Return the values of an attribute that another plugin makes of the front matter; none if it is not in use."""
    values = getattr(article, name, None)
    return () if values is None or isinstance(values, str) else values


def _modified(article: Article, corrections: tuple[Correction, ...]) -> dt.datetime:
    """Return the latest of publication, shown update and corrections (one with only a date counts from its start)."""
    shown = getattr(article, "updated", None) if hasattr(article, "updated") else getattr(article, "modified", None)
    told: list[dt.datetime] = [article.date, *([shown] if shown else [])]
    told += [
        each.date
        if isinstance(each.date, dt.datetime)
        else dt.datetime.combine(each.date, dt.time(), article.date.tzinfo)
        for each in corrections
    ]
    return max(told)


def _author(author: object, edition: Edition, settings: StructuredDataSettings) -> Author:
    name = plain(author)
    words = {word.lower() for word in settings.organization_words}
    url = str(getattr(author, "url", "") or "")
    return Author(name, absolute(edition, url) if url else "", bool(words & set(name.lower().split())))


def _translations(content: object, edition: Edition) -> tuple[Link, ...]:
    found = (Link(each.lang, absolute(edition, each.url)) for each in getattr(content, "translations", ()))
    return tuple(sorted(found, key=lambda link: link.name))


def _country(subject: object) -> str:
    country = subject if getattr(subject, "code", None) else getattr(subject, "country", None)
    return str(getattr(country, "name", ""))


def _trail(context: Context, edition: Edition, here: Link) -> tuple[Link, ...]:
    subject, article = context.get("subject"), context.get("article")
    above = getattr(subject, "country", None)
    if article is not None and ("story_lists" in context or context.get("CATEGORY_SAVE_AS")):
        above = getattr(article, "category", None)
    between = [Link(plain(above.name), absolute(edition, above.url))] if above else []
    return (Link(edition.name, absolute(edition, "")), *between, here)
