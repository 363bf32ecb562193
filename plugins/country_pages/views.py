"""What a template shows of the countries: names, addresses, counts and words, in order."""

from collections.abc import Mapping
from typing import Literal

import msgspec

from .desks import Fact
from .model import Story


class LinkView(msgspec.Struct, frozen=True, kw_only=True):
    """Something with an address and a number of stories: a section, topic, author or country seen from a country."""

    name: str
    """What readers call it."""
    url: str
    """Its address, relative to the site's root."""
    count: int
    """How many stories it shares with the country."""
    code: str = ""
    """A country's ISO 3166-1 alpha-2 code; empty for all else."""


class MonthView(msgspec.Struct, frozen=True, kw_only=True):
    """The stories of one month."""

    month: int
    """From 1 to 12."""
    name: str
    """The month with its year, e.g. ``April 2025``."""
    short_name: str
    """The month alone, short, e.g. ``Apr``."""
    count: int
    """How many stories of the country it has."""
    url: str
    """The month in the archive, relative to the site's root; empty where there is no archive."""


class YearView(msgspec.Struct, frozen=True, kw_only=True):
    """The stories of one year."""

    year: int
    """Of the common era."""
    count: int
    """How many stories of the country it has."""
    url: str
    """The year in the archive, relative to the site's root; empty where there is no archive."""
    months: tuple[MonthView, ...]
    """The months with a story, in order."""


class LanguageView(msgspec.Struct, frozen=True, kw_only=True):
    """A language in which the country is governed."""

    code: str
    """The language's tag for the attribute ``lang``, e.g. ``uz``."""
    name: str
    """Its name in the edition's language, e.g. ``Uzbek``."""
    native_name: str
    """The country's name in that language, from CLDR, e.g. ``Oʻzbekiston``; empty where CLDR has none."""


class ShapeView(msgspec.Struct, frozen=True, kw_only=True):
    """A country on a map."""

    code: str
    """ISO 3166-1 alpha-2."""
    name: str
    """The name in the edition's language."""
    url: str
    """Its front page, relative to the site's root; empty where it has none."""
    path: str
    """Its outline as SVG path data, in units of the map."""
    label_x: int
    """Where its name may stand: the middle, from the left."""
    label_y: int
    """The same, from the top."""
    is_here: bool
    """Whether it is the one that the map points out."""


class MapView(msgspec.Struct, frozen=True, kw_only=True):
    """A drawing of the edition's countries, for inline SVG."""

    width: int
    """In units of the drawing."""
    height: int
    """In units of the drawing."""
    text: str
    """What it shows, for those who do not see it."""
    shapes: tuple[ShapeView, ...]
    """The countries, in the order of the navigation."""


class CountryView(msgspec.Struct, frozen=True, kw_only=True):
    """One country's page: ``country`` on its pages and those of its sections, and ``subject`` on its own.

    On closed pages, which stay as they are whatever is added, and on those of its sections and topics it has no counts,
    its sections are in the order of the alphabet, and its topics, authors, companions, timeline and latest are empty.
    """

    kind: Literal["country"] = "country"
    """What the list is of, as in the lists of sections, topics and authors."""
    code: str
    """ISO 3166-1 alpha-2, e.g. ``UZ``."""
    name: str
    """The name in the edition's language."""
    slug: str
    """Its part of an address."""
    url: str
    """Its front page, relative to the site's root."""
    count: int
    """How many stories name it."""
    feed_url: str
    """Its Atom feed, relative to the site's root; empty where it has none."""
    description: str
    """The desk's sentence on the country; may be empty."""
    desk: str
    """What the desk is called; empty where there is none."""
    words: str
    """The desk's own words, as HTML; may be empty."""
    facts: tuple[Fact, ...]
    """What the desk knows, each with ``label``, ``value`` and ``source``."""
    capital: str
    """The capital's name, from the desk; may be empty."""
    currency: str
    """ISO 4217 code, from the desk or CLDR; may be empty."""
    currency_name: str
    """The money's name in the edition's language; may be empty."""
    languages: tuple[LanguageView, ...]
    """The official languages, from the desk or CLDR."""
    map: MapView | None
    """The edition's countries with this one pointed out; None without a map, and for countries not on it."""
    sections: tuple[LinkView, ...]
    """Its sections, the one with most stories first; the addresses are those of the sections of this country."""
    topics: tuple[LinkView, ...]
    """Its topics, the one with most stories first; a topic with enough of them leads to its page for this country."""
    authors: tuple[LinkView, ...]
    """Who writes of it, the one with most stories first."""
    companions: tuple[LinkView, ...]
    """The countries most often named together with it."""
    timeline: tuple[YearView, ...]
    """Its stories by year and month, the newest year first."""
    latest: tuple[Story, ...]
    """Its newest stories (Pelican's articles), up to three."""


class CountrySectionView(msgspec.Struct, frozen=True, kw_only=True):
    """The ``subject`` of a page of one section of one country."""

    kind: Literal["section"] = "section"
    """What the list is of; ``country`` tells it from the section's own list."""
    name: str
    """Both, e.g. ``Uzbekistan: Politics``."""
    url: str
    """Its front page, relative to the site's root."""
    count: int
    """How many stories it has."""
    description: str
    """A sentence about it; empty."""
    feed_url: str
    """Its Atom feed, relative to the site's root; empty where it has none."""
    country: CountryView
    """The country."""
    section: LinkView
    """The section; its address is the section's of all countries."""


class CountryTopicView(msgspec.Struct, frozen=True, kw_only=True):
    """The ``subject`` of a page of one topic in one country."""

    kind: Literal["topic"] = "topic"
    """What the list is of; ``country`` tells it from the topic's own list."""
    name: str
    """Both, e.g. ``Uzbekistan: railways``."""
    url: str
    """Its front page, relative to the site's root."""
    count: int
    """How many stories it has."""
    description: str
    """A sentence about it; empty."""
    feed_url: str
    """Empty: it has no feed."""
    country: CountryView
    """The country."""
    topic: LinkView
    """The topic; its address is the topic's of all countries."""


class RegionCountryView(msgspec.Struct, frozen=True, kw_only=True):
    """One country among all."""

    code: str
    """ISO 3166-1 alpha-2."""
    name: str
    """The name in the edition's language."""
    slug: str
    """Its part of an address."""
    url: str
    """Its front page, relative to the site's root."""
    count: int
    """How many stories name it."""
    feed_url: str
    """Its Atom feed, relative to the site's root; empty where it has none."""
    description: str
    """The desk's sentence on the country; may be empty."""
    latest: tuple[Story, ...]
    """Its newest stories (Pelican's articles), up to three."""


class MenuItem(msgspec.Struct, frozen=True):
    """A country as a menu names it: what stands on every page says nothing that a new story changes."""

    code: str
    """ISO 3166-1 alpha-2."""
    name: str
    """The name in the edition's language."""
    url: str
    """Its front page, relative to the site's root."""


class RegionView(msgspec.Struct, frozen=True, kw_only=True):
    """The context's ``country_pages``, and the ``subject`` of the page of all countries."""

    kind: Literal["country"] = "country"
    """What the page names, as the pages of all sections, topics and authors say."""
    name: str
    """What the page is called, e.g. ``Countries``."""
    region: str
    """What the edition's countries are called together, e.g. ``Central Asia``."""
    url: str
    """The page of all countries, relative to the site's root."""
    count: int
    """How many stories name a country."""
    description: str
    """A sentence about the page."""
    feed_url: str
    """The Atom feed of all stories that name a country, relative to the site's root; may be empty."""
    countries: tuple[RegionCountryView, ...]
    """The edition's countries, in its own order."""
    others: tuple[RegionCountryView, ...]
    """The other countries that stories name, by name."""
    map: MapView | None
    """The edition's countries; None without a map."""
    topics: Mapping[str, tuple[LinkView, ...]]
    """The countries of a topic's stories, by the topic's address; the one with most stories first. A country with
    enough of them leads to the topic's page for it. Empty in ``subject``."""

    @property
    def menu(self) -> tuple[MenuItem, ...]:
        """The edition's countries, for a menu."""
        return tuple(MenuItem(each.code, each.name, each.url) for each in self.countries)

    def countries_of(self, topic_url: str) -> tuple[LinkView, ...]:
        """Return the countries of the stories of the topic at `topic_url`, as in `topics`; none for another address."""
        return self.topics.get(topic_url, ())
