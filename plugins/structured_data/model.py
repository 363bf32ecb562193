"""What a page says of itself, as plain values; addresses are absolute."""

import datetime as dt
from collections.abc import Mapping
from typing import Literal

import msgspec

Kind = Literal["home", "story", "list", "page"]


class Picture(msgspec.Struct, frozen=True):
    """A picture that stands for a page."""

    url: str
    """Where it is."""
    alt: str = ""
    """What it shows."""
    width: int | None = None
    """In pixels, where known."""
    height: int | None = None
    """In pixels, where known."""


class Author(msgspec.Struct, frozen=True):
    """Who wrote a story."""

    name: str
    """As in the byline."""
    url: str
    """The author's page, or empty."""
    organization: bool
    """A desk rather than a person."""


class Link(msgspec.Struct, frozen=True):
    """A name with an address."""

    name: str
    """For a translation its language."""
    url: str
    """Where it leads."""


class Correction(msgspec.Struct, frozen=True):
    """A mistake that a story owns up to."""

    date: dt.date
    """When it was corrected; a date or an instant."""
    text: str
    """What was wrong."""


class Edition(msgspec.Struct, frozen=True):
    """Who publishes."""

    name: str
    """The paper's name."""
    description: str
    """Its subtitle."""
    siteurl: str
    """Its public address without a final slash; empty in a preview."""
    lang: str
    """Its language, a BCP 47 tag."""
    locale: str
    """Its language and country as Open Graph writes them: ``en_GB``."""
    card: Picture | None = None
    """The picture for pages that have none."""
    logo: Picture | None = None
    """The publisher's logo."""
    corrections_policy: str = ""
    """The page on corrections, or empty."""
    same_as: tuple[str, ...] = ()
    """Its profiles elsewhere."""
    cards: Mapping[str, tuple[Picture, ...]] = msgspec.field(default_factory=dict)
    """Pictures made for sharing (the first) and for search (the others), by the address of a story's lead picture,
    or by the story's own where it has none."""


class Story(msgspec.Struct, frozen=True):
    """What only an article has."""

    type: str
    """``NewsArticle`` or one of its kinds."""
    published: dt.datetime
    """With a zone."""
    modified: dt.datetime
    """The last change that readers are told of; the publication where there is none."""
    authors: tuple[Author, ...]
    """All of the byline, in its order."""
    section: str
    """The section's name, or empty."""
    keywords: tuple[str, ...]
    """The topics."""
    corrections: tuple[Correction, ...]
    """As listed on the page."""
    free: bool
    """Whether it can be read without paying."""


class Page(msgspec.Struct, frozen=True):
    """What the head speaks of."""

    kind: Kind
    """What kind of page."""
    title: str
    """Without the edition's name."""
    description: str
    """The same as in the page's description."""
    url: str
    """The canonical address."""
    lang: str
    """The page's language."""
    picture: Picture | None
    """What it is shared by: a card made for it, else its lead picture, else the edition's card."""
    images: tuple[Picture, ...] = ()
    """What search engines may show: the lead picture in several proportions where they were made."""
    error: bool = False
    """Whether a host shows it where nothing is."""
    noindex: bool = False
    """Whether search engines shall leave it out."""
    trail: tuple[Link, ...] = ()
    """From the home page to this one, both included; empty on the home page."""
    translations: tuple[Link, ...] = ()
    """The page in other languages."""
    items: tuple[str, ...] = ()
    """A list's stories in the order shown."""
    country: str = ""
    """The country that the page is about, or empty."""
    story: Story | None = None
    """What an article adds."""

    def original(self, lang: str) -> Link:
        """Return, of this page and its translations, the one in ``lang``, else the first by language: alike on all."""
        every = sorted([Link(self.lang, self.url), *self.translations], key=lambda link: link.name)
        return next((link for link in every if link.name == lang), every[0])
