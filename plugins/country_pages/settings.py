"""What an edition may choose about its countries: the setting COUNTRY_PAGES."""

import re
from typing import Annotated

import msgspec

from .territories import is_code

Count = Annotated[int, msgspec.Meta(ge=0)]


class CountryPagesSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The setting ``COUNTRY_PAGES``; raises ValueError for values that cannot be."""

    countries: tuple[str, ...] = ("KZ", "KG", "TJ", "TM", "UZ")
    """The edition's own countries by ISO 3166-1 alpha-2 code, in order. Each has a page even before its first story."""
    region: str = ""
    """What the edition's countries are called together; a story that names it names them all. Empty: Central Asia, in
    the edition's language or in English."""
    region_url: str = "countries/"
    """The address of the page of all countries, relative to the site's root; theirs are below it. Ends with a slash."""
    desks: str = "countries"
    """The folder of the desks' own words and facts, relative to the content folder (``PATH``)."""
    map: str = "countries/map.json"
    """The file with the shapes of the edition's countries, relative to the content folder; without it no map is shown.
    ``tools/draw_map.py`` makes one."""
    aliases: dict[str, tuple[str, ...]] = {}
    """More names that stories may use, each for one country or several, e.g. ``{"Turkestan": ("KZ", "UZ")}``."""
    per_page: Annotated[int, msgspec.Meta(ge=1)] = 20
    """Stories on a numbered page."""
    orphans: Count = 5
    """How many more the front of a list may hold before a numbered page is closed; less than ``per_page``."""
    feed: str = "feed.atom"
    """The name of the feed beside each page; empty for no feeds."""
    related: Count = 4
    """The most stories of the same countries that an article is given as ``related``."""
    topic_stories: Annotated[int, msgspec.Meta(ge=1)] = 3
    """How many stories of a country a topic needs to have a page of its own for that country."""
    named: Count = 12
    """The most topics, authors and other countries that a country's page names."""

    def __post_init__(self) -> None:
        used = [*self.countries, *(code for codes in self.aliases.values() for code in codes)]
        if unknown := [code for code in used if not is_code(code)]:
            raise ValueError(f"{unknown[0]!r} is no country's ISO 3166-1 alpha-2 code, such as 'UZ'")
        if not self.countries:
            raise ValueError("countries: at least one is needed")
        if twice := [code for code in self.countries if self.countries.count(code) > 1]:
            raise ValueError(f"countries: {twice[0]!r} is there twice")
        if empty := [name for name, codes in self.aliases.items() if not codes]:
            raise ValueError(f"aliases: {empty[0]!r} stands for no country")
        if self.orphans >= self.per_page:
            raise ValueError(f"orphans: {self.orphans} must be less than per_page, {self.per_page}")
        if not re.fullmatch(r"(?:[\w-]+/)+", self.region_url, re.ASCII):
            raise ValueError(f"region_url: {self.region_url!r} is no address such as 'countries/'")
        if not re.fullmatch(r"(?:[\w-]+\.[\w.-]+)?", self.feed, re.ASCII):
            raise ValueError(f"feed: {self.feed!r} is no file name such as 'feed.atom'")
