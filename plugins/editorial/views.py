"""What templates get of the editorial plugin."""

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
