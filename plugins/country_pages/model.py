"""What a country is to an article, and what is read of an article."""

import datetime as dt
from typing import Protocol

import msgspec


class Country(msgspec.Struct, frozen=True):
    """A country that an article names: one item of its ``countries``."""

    code: str
    """ISO 3166-1 alpha-2, e.g. ``UZ``."""
    name: str
    """The name in the edition's language, e.g. ``Uzbekistan``."""
    slug: str
    """The country's part of an address, e.g. ``uzbekistan``."""
    url: str
    """Its page, relative to the site's root; empty where no such page is written (only a draft names the country)."""

    def __str__(self) -> str:
        """Return the name, for templates that know nothing more."""
        return self.name


class Label(Protocol):
    """A section, topic or author: Pelican's Category, Tag or Author."""

    name: str
    """What the writer wrote."""
    slug: str
    """The name as a part of an address; two names may share one."""
    url: str
    """The address of its list, relative to the site's root."""


class Story(Protocol):
    """What is read of an article."""

    date: dt.datetime
    """The publication, with a zone."""
    countries: tuple[Country, ...]
    """The countries that it names, each once."""
    category: Label
    """The section."""
    relative_source_path: str
    """The file, below the content folder."""
