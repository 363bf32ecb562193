"""Which country is meant by a name, a code or an alias."""

import difflib
from collections.abc import Iterable, Mapping

import msgspec
from babel import Locale

from .._kit import urls
from .._kit.errors import Problem
from . import territories
from .desks import Desk
from .model import Country
from .settings import CountryPagesSettings


class Gazetteer(msgspec.Struct, frozen=True):
    """All that countries are called."""

    countries: Mapping[str, Country]
    """Every country by its alpha-2 code."""
    codes: Mapping[str, tuple[str, ...]]
    """The codes of the countries meant, by the key of a name."""
    spellings: Mapping[str, str]
    """How a name is written, by its key."""

    def find(self, name: str) -> tuple[Country, ...]:
        """Return the countries meant by ``name``; none if it is unknown."""
        return tuple(self.countries[code] for code in self.codes.get(territories.key(name), ()))

    def nearest(self, name: str) -> str | None:
        """Return the known name that is most like ``name``, if any is near."""
        near = difflib.get_close_matches(territories.key(name), self.spellings, n=1)
        return self.spellings[near[0]] if near else None


def build(
    settings: CountryPagesSettings, desks: Iterable[Desk], locale: Locale
) -> tuple[Gazetteer, tuple[Problem, ...]]:
    """Return the gazetteer of an edition in the language ``locale``, and what in its desks contradicts itself.

    A name in the settings goes before all; then come the desks', CLDR's English names and the ISO codes, other common
    names, and CLDR's names in the desks' languages.
    """
    by_code = {desk.head.code: desk for desk in desks}
    countries = {code: _country(code, settings, by_code.get(code), locale) for code in territories.english_names()}
    problems = [*_twice(desks), *_same_address(by_code, countries)]
    names = _Names()
    region = dict.fromkeys(territories.region_names(locale, settings.region), settings.countries)
    for name, codes in {**settings.aliases, **region}.items():
        names.add(name, *codes)
    for code, name in territories.english_names().items():
        names.add(name, code)
    for name, code in territories.codes():
        names.add(name, code)
    for desk in by_code.values():
        problems += names.add_desk(desk)
    languages = sorted({language for desk in by_code.values() for language in desk.head.languages})
    locales = (locale, *(Locale.parse(language, sep="-") for language in languages))
    for name, code in territories.other_names(locales):
        names.add(name, code)
    return Gazetteer(countries, names.codes, names.spellings), tuple(problems)


class _Names:
    """Names as they are gathered: the first to claim one has it."""

    def __init__(self) -> None:
        self.codes: dict[str, tuple[str, ...]] = {}
        self.spellings: dict[str, str] = {}

    def add(self, name: str, *codes: str) -> tuple[str, ...]:
        """Let ``name`` stand for the countries, unless it stands for others; return those that it stands for."""
        key = territories.key(name)
        self.spellings.setdefault(key, name)
        return self.codes.setdefault(key, codes) if key else codes

    def add_desk(self, desk: Desk) -> Iterable[Problem]:
        """Add what a desk calls its country; yield a problem for each name that is another country's."""
        head = desk.head
        places = [(".name", head.name), (".slug", head.slug)]
        places += [(f".aliases[{number}]", alias) for number, alias in enumerate(head.aliases)]
        for place, name in places:
            meant = self.add(name, head.code) if name else (head.code,)
            if head.code not in meant:
                message = f"{name!r} already stands for {', '.join(meant)}"
                yield Problem(desk.path, desk.lines.get(place, 1), message, "Leave it out here or there.", "desk-file")


def _country(code: str, settings: CountryPagesSettings, desk: Desk | None, locale: Locale) -> Country:
    name = (desk and desk.head.name) or territories.local_name(code, locale)
    slug = (desk and desk.head.slug) or urls.slug(territories.english_names()[code])
    return Country(code, name, slug, f"{settings.region_url}{slug}/")


def _twice(desks: Iterable[Desk]) -> Iterable[Problem]:
    first: dict[str, Desk] = {}
    for desk in desks:
        known = first.setdefault(desk.head.code, desk)
        if known is not desk:
            message = f"code: {desk.head.code!r} has its desk in {known.path}"
            yield Problem(desk.path, desk.lines[".code"], message, "Keep one file for a country.", "desk-file")


def _same_address(desks: Mapping[str, Desk], countries: Mapping[str, Country]) -> Iterable[Problem]:
    slugs: dict[str, list[Country]] = {}
    for country in countries.values():
        slugs.setdefault(country.slug, []).append(country)
    for code, desk in desks.items():
        others = [other.name for other in slugs[countries[code].slug] if other.code != code]
        if others:
            message = f"slug: {countries[code].slug!r} is the address of {others[0]}"
            yield Problem(desk.path, desk.lines.get(".slug", 1), message, "Choose another.", "desk-file")
