"""What templates get of the editorial plugin."""

import datetime as dt
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Strip:
    """A country or a section on the front page."""

    name: str
    """Its name."""
    url: str
    """Its page."""
    stories: tuple[Any, ...]
    """Its newest articles that stand nowhere else on the page, newest first."""
    code: str | None = None
    """A country's ISO code; None for a section."""


@dataclass(frozen=True)
class FrontView:
    """The front page, under the key ``front``."""

    lead: Any
    """The article that leads; None in an empty edition."""
    others: tuple[Any, ...]
    """The articles beside it, newest first."""
    countries: tuple[Strip, ...]
    """A strip for each country of the edition that has a story left."""
    sections: tuple[Strip, ...]
    """A strip for each section that has a story left."""


@dataclass(frozen=True)
class Heading:
    """A subhead that links can lead to."""

    id: str
    """Its place on the page."""
    words: str
    """What it says."""


@dataclass(frozen=True)
class ShareView:
    """How a story is passed on: an article's ``share``."""

    address: str
    """The story's own, as it is passed on."""
    mail: str
    """The link that begins a letter."""
    services: tuple[tuple[str, str], ...]
    """The name and the link of each service, in the order of the setting."""


@dataclass(frozen=True)
class Corrected:
    """One correction, with its story."""

    article: Any
    """The story that was wrong."""
    date: dt.datetime
    """When it was mended."""
    text: str
    """What was wrong, and what is right."""


@dataclass(frozen=True)
class CorrectionsView:
    """The page of all corrections, under the key ``corrections``; absent where the edition has none."""

    url: str
    """The page."""
    feed_url: str
    """The feed of the stories that were corrected; empty where there is none yet."""
    items: tuple[Corrected, ...]
    """Every correction, the latest first."""


@dataclass(frozen=True)
class CreditedPicture:
    """One picture in one story."""

    src: str
    """Its address."""
    alt: str
    """What it shows."""
    caption: str
    """The words below it; may be empty."""
    article: Any
    """The story."""


@dataclass(frozen=True)
class Credits:
    """The pictures of one owner."""

    name: str
    """Whose they are; empty where no credit is given."""
    pictures: tuple[CreditedPicture, ...]
    """In order of their stories, the newest first."""


@dataclass(frozen=True)
class PicturesView:
    """The page of all pictures by credit, under the key ``pictures``; absent where the edition has none."""

    url: str
    """The page."""
    credits: tuple[Credits, ...]
    """By name, those without one last."""
