"""What templates get of the editorial plugin."""

import datetime as dt
from typing import Any

import msgspec


class Strip(msgspec.Struct, frozen=True):
    """A country or a section on the front page."""

    name: str
    """Its name."""
    url: str
    """Its page."""
    stories: tuple[Any, ...]
    """Its newest articles that stand nowhere else on the page, newest first."""
    code: str | None = None
    """A country's ISO code; None for a section."""


class FrontView(msgspec.Struct, frozen=True):
    """The front page, under the key ``front``."""

    lead: Any
    """The article that leads; None in an empty edition."""
    others: tuple[Any, ...]
    """The articles beside it, newest first."""
    countries: tuple[Strip, ...]
    """A strip for each country of the edition that has a story left."""
    sections: tuple[Strip, ...]
    """A strip for each section that has a story left."""


class Heading(msgspec.Struct, frozen=True):
    """A subhead that links can lead to."""

    id: str
    """Its place on the page."""
    words: str
    """What it says."""


class ShareView(msgspec.Struct, frozen=True):
    """How a story is passed on: an article's ``share``."""

    address: str
    """The story's own, as it is passed on."""
    mail: str
    """The link that begins a letter."""
    services: tuple[tuple[str, str], ...]
    """The name and the link of each service, in the order of the setting."""


class Corrected(msgspec.Struct, frozen=True):
    """One correction, with its story."""

    article: Any
    """The story that was wrong."""
    date: dt.datetime
    """When it was mended."""
    text: str
    """What was wrong, and what is right."""


class CorrectionsView(msgspec.Struct, frozen=True):
    """The page of all corrections, under the key ``corrections``; absent where the edition has none."""

    url: str
    """The page."""
    feed_url: str
    """The feed of the stories that were corrected; empty where there is none yet."""
    items: tuple[Corrected, ...]
    """Every correction, the latest first."""


class CreditedPicture(msgspec.Struct, frozen=True):
    """One picture in one story."""

    src: str
    """Its address."""
    alt: str
    """What it shows."""
    caption: str
    """The words below it; may be empty."""
    article: Any
    """The story."""


class Credits(msgspec.Struct, frozen=True):
    """The pictures of one owner."""

    name: str
    """Whose they are; empty where no credit is given."""
    pictures: tuple[CreditedPicture, ...]
    """In order of their stories, the newest first."""


class PicturesView(msgspec.Struct, frozen=True):
    """The page of all pictures by credit, under the key ``pictures``; absent where the edition has none."""

    url: str
    """The page."""
    credits: tuple[Credits, ...]
    """By name, those without one last."""
