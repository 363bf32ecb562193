"""The page in the words of schema.org, as one graph; what it says is what the page shows."""

from collections.abc import Mapping
from typing import Any

from .model import Author, Correction, Edition, Link, Page, Picture, Story

Node = dict[str, Any]
HEADLINE_LIMIT = 110  # characters; more is refused by search engines


def graph(page: Page, edition: Edition) -> Node:
    """Return the JSON-LD of ``page``: its own node, its trail, and on the home page the publisher's site."""
    nodes = {"home": _home, "story": _article, "list": _collection, "page": _page}[page.kind](page, edition)
    if len(page.trail) > 1:
        nodes.append(_breadcrumbs(page.trail))
    return {"@context": "https://schema.org", "@graph": nodes}


def headline(text: str) -> str:
    """Return ``text`` within the limit, cut after a word and with an ellipsis if it is longer."""
    if len(text) <= HEADLINE_LIMIT:
        return text
    kept = text[: HEADLINE_LIMIT - 1]
    return (kept.rsplit(" ", 1)[0] if " " in kept else kept).rstrip(" ,;:.-") + "…"


def _home(page: Page, edition: Edition) -> list[Node]:
    site = {
        "@type": "WebSite",
        "@id": f"{edition.siteurl}/#website",
        "name": edition.name,
        "description": edition.description,
        "url": page.url,
        "inLanguage": edition.lang,
        "publisher": {"@id": _publisher_id(edition)},
    }
    policy = edition.corrections_policy
    return [_kept(_publisher(edition) | {"correctionsPolicy": policy, "sameAs": list(edition.same_as)}), _kept(site)]


def _article(page: Page, edition: Edition) -> list[Node]:
    story = page.story
    if story is None:
        return _page(page, edition)
    return [
        _kept(
            {
                "@type": story.type,
                "@id": f"{page.url}#article",
                "headline": headline(page.title),
                "description": page.description,
                "mainEntityOfPage": page.url,
                "url": page.url,
                "image": [_image(picture) for picture in page.images],
                "inLanguage": page.lang,
                **_translations(page, edition, story.type),
                **_told(story),
                "publisher": _publisher(edition),
            }
        )
    ]


def _translations(page: Page, edition: Edition, name: str) -> Node:
    """Return what the story is translated into, or what it translates: with the edition's language as the original."""
    if not page.translations:
        return {}
    others = [{"@type": name, "@id": f"{link.url}#article", "inLanguage": link.name} for link in page.translations]
    original = page.original(edition.lang)
    if original.url == page.url:
        return {"workTranslation": others}
    return {"translationOfWork": next(each for each in others if each["inLanguage"] == original.name)}


def _told(story: Story) -> Node:
    return {
        "datePublished": story.published.isoformat(),
        "dateModified": story.modified.isoformat(),
        "author": [_author(author) for author in story.authors],
        "articleSection": story.section,
        "keywords": list(story.keywords),
        "isAccessibleForFree": story.free,
        "correction": [_correction(correction) for correction in story.corrections],
    }


def _collection(page: Page, edition: Edition) -> list[Node]:
    stories = [
        {"@type": "ListItem", "position": position, "url": url} for position, url in enumerate(page.items, start=1)
    ]
    about = {"@type": "Country", "name": page.country} if page.country else None
    items = {"@type": "ItemList", "itemListElement": stories} if stories else None
    return [_web_page(page, edition, "CollectionPage") | _kept({"about": about, "mainEntity": items})]


def _page(page: Page, edition: Edition) -> list[Node]:
    return [_web_page(page, edition, "WebPage")]


def _web_page(page: Page, edition: Edition, name: str) -> Node:
    return _kept(
        {
            "@type": name,
            "@id": page.url,
            "url": page.url,
            "name": page.title,
            "description": page.description,
            "inLanguage": page.lang,
            "isPartOf": {
                "@type": "WebSite",
                "@id": f"{edition.siteurl}/#website",
                "name": edition.name,
                "url": f"{edition.siteurl}/",
            },
        }
    )


def _breadcrumbs(trail: tuple[Link, ...]) -> Node:
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": link.name, "item": link.url}
            for position, link in enumerate(trail, start=1)
        ],
    }


def _publisher(edition: Edition) -> Node:
    return _kept(
        {
            "@type": "NewsMediaOrganization",
            "@id": _publisher_id(edition),
            "name": edition.name,
            "url": f"{edition.siteurl}/",
            "logo": _image(edition.logo) if edition.logo else None,
        }
    )


def _publisher_id(edition: Edition) -> str:
    return f"{edition.siteurl}/#publisher"


def _author(author: Author) -> Node:
    kind = "Organization" if author.organization else "Person"
    return _kept({"@type": kind, "name": author.name, "url": author.url})


def _correction(correction: Correction) -> Node:
    return {"@type": "CorrectionComment", "text": correction.text, "datePublished": correction.date.isoformat()}


def _image(picture: Picture) -> Node:
    return _kept(
        {
            "@type": "ImageObject",
            "url": picture.url,
            "width": picture.width,
            "height": picture.height,
            "caption": picture.alt,
        }
    )


def _kept(node: Mapping[str, Any]) -> Node:
    """Leave out what is empty; False is a value."""
    return {key: value for key, value in node.items() if value is False or value}
