"""A feed's entries, read from Pelican's articles. What other plugins set on them may be absent."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol

import msgspec
from markupsafe import Markup

from .._kit import urls
from . import addresses, identity
from .model import Author, Entry, Picture
from .settings import SyndicationSettings

_TYPES = {
    "avif": "image/avif",
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "svg": "image/svg+xml",
    "webp": "image/webp",
}


class Article(Protocol):
    """What every article of Pelican has."""

    title: str
    """The headline."""
    date: dt.datetime
    """The publication, with a zone."""
    url: str
    """Relative to the site's root."""
    lang: str
    """The language."""
    metadata: Mapping[str, object]
    """The front matter."""
    relative_source_path: str
    """The file below the content folder."""

    def get_content(self, siteurl: str) -> str:
        """Return the text in HTML."""


class Reader(msgspec.Struct, frozen=True):
    """Reads articles; ``length`` gives the bytes of a picture by its address below the site's root, or 0."""

    siteurl: str
    settings: SyndicationSettings
    length: Callable[[str], int]

    def entry(self, article: Article) -> Entry:
        """Return the entry of ``article``."""
        url = urls.absolute(self.siteurl, article.url)
        return Entry(
            id=self.permanent_id(article),
            url=url,
            title=plain(article.title),
            summary=plain(article.metadata.get("summary")),
            content=addresses.absolute(article.get_content(self.siteurl), url),
            published=article.date,
            updated=updated(article),
            authors=self._authors(article),
            categories=categories(article),
            lang=article.lang,
            picture=self._picture(article),
        )

    def permanent_id(self, article: Article) -> str:
        """Return the id that the article has for good."""
        own = identity.identity(article.metadata, article.relative_source_path)
        authority = identity.authority_of(self.siteurl, self.settings.authority)
        return identity.permanent(own, authority, self.settings.since)

    def _authors(self, article: Article) -> tuple[Author, ...]:
        found = []
        for author in getattr(article, "authors", ()):
            url = str(getattr(author, "url", "") or "")
            found.append(Author(plain(author), urls.absolute(self.siteurl, url) if url else ""))
        return tuple(found)

    def _picture(self, article: Article) -> Picture | None:
        figure = getattr(article, "image", None)
        src = str(getattr(figure, "src", None) or "")
        kind = _TYPES.get(src.rsplit(".", 1)[-1].lower())
        if kind is None:
            return None
        return Picture(
            url=urls.absolute(self.siteurl, src),
            type=kind,
            length=self.length(src),
            credit=str(getattr(figure, "credit", None) or ""),
            width=getattr(figure, "width", None),
            height=getattr(figure, "height", None),
        )


def updated(article: Article) -> dt.datetime:
    """Return the last change that readers are told of: publication, shown update or correction, whichever is last.

    A correction that has only a date counts from the start of its day in the zone of the publication.
    """
    shown = getattr(article, "updated", None) if hasattr(article, "updated") else getattr(article, "modified", None)
    times: list[dt.datetime] = [article.date, *([shown] if shown else [])]
    for correction in _several(article, "corrections"):
        when = correction.date
        times.append(when if isinstance(when, dt.datetime) else dt.datetime.combine(when, dt.time(), times[0].tzinfo))
    return max(times)


def categories(article: Article) -> tuple[str, ...]:
    """Return section, countries and topics in that order, each once."""
    section = [article.category] if getattr(article, "category", None) else []  # type: ignore[attr-defined]
    countries = [getattr(country, "name", country) for country in _several(article, "countries")]
    named = [plain(each) for each in (*section, *countries, *_several(article, "tags"))]
    return tuple(dict.fromkeys(name for name in named if name))


def _several(article: Article, name: str) -> Iterable[Any]:
    """Return the values of an attribute that another plugin makes of the front matter; none if it is not in use."""
    values = getattr(article, name, None)
    return () if values is None or isinstance(values, str) else values


def plain(text: object) -> str:
    """Return ``text`` without tags and entities, its white space single."""
    words = str(text or "")
    if "<" not in words and "&" not in words:
        return " ".join(words.split())
    return Markup(words).striptags()  # noqa: S704 - only to take the markup out
