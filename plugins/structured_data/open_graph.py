"""The page as others show it when it is shared: Open Graph (ogp.me) and its Twitter card."""

from collections.abc import Iterator

import msgspec
from babel.core import get_global

from .model import Edition, Page, Picture, Story


class Meta(msgspec.Struct, frozen=True):
    """One ``meta`` element."""

    attribute: str
    """``property`` or ``name``."""
    name: str
    """E.g. ``og:title``."""
    content: str
    """The value, not escaped."""


def metas(page: Page, edition: Edition, twitter_site: str = "") -> tuple[Meta, ...]:
    """Return the elements for ``page``, in order."""
    named = [
        ("og:site_name", edition.name),
        ("og:type", "article" if page.story else "website"),
        ("og:title", page.title),
        ("og:description", page.description),
        ("og:url", page.url),
        ("og:locale", locale(page.lang, edition)),
        *(("og:locale:alternate", locale(other.name, edition)) for other in page.translations),
        *(_picture(page.picture) if page.picture else ()),
        *(_story(page.story) if page.story else ()),
    ]
    cards = [("twitter:card", "summary_large_image" if page.picture else "summary"), ("twitter:site", twitter_site)]
    return tuple(
        Meta(attribute, name, content)
        for attribute, pairs in (("property", named), ("name", cards))
        for name, content in pairs
        if content
    )


def locale(lang: str, edition: Edition) -> str:
    """Return ``lang`` (BCP 47) as Open Graph's ``language_COUNTRY``, the country from CLDR where it is not said."""
    if lang.lower() == edition.lang.lower() and edition.locale:
        return edition.locale.replace("-", "_")
    parts = lang.replace("-", "_").split("_")
    country = next((part.upper() for part in parts[1:] if len(part) == 2), "")
    likely = str(get_global("likely_subtags").get(parts[0].lower(), "")).split("_")[-1]
    return f"{parts[0].lower()}_{country or likely}".rstrip("_")


def _picture(picture: Picture) -> Iterator[tuple[str, str]]:
    yield "og:image", picture.url
    if picture.width and picture.height:
        yield "og:image:width", str(picture.width)
        yield "og:image:height", str(picture.height)
    yield "og:image:alt", picture.alt


def _story(story: Story) -> Iterator[tuple[str, str]]:
    yield "article:published_time", story.published.isoformat()
    if story.modified != story.published:
        yield "article:modified_time", story.modified.isoformat()
    yield from (("article:author", author.url) for author in story.authors)
    yield "article:section", story.section
    yield from (("article:tag", keyword) for keyword in story.keywords)
