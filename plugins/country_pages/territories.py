"""Every country's names and codes, from CLDR; names are compared by ``key``."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from functools import cache

from babel import Locale
from babel.core import get_global
from babel.languages import get_official_languages
from babel.numbers import get_territory_currencies

from .._kit import urls

# CLDR's two-letter territories that are groups, parts of a country or nothing at all
_NO_COUNTRY = frozenset({"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"})
_CENTRAL_ASIA = "143"  # UN M.49
_APOSTROPHES = re.compile("['`´ʻʼʽˈ‘’ʿʾ]")

# What newsrooms write and CLDR's English does not have
_COMMON_NAMES: Mapping[str, tuple[str, ...]] = {
    "AE": ("UAE", "Emirates"),
    "BA": ("Bosnia",),
    "CI": ("Ivory Coast",),
    "CZ": ("Czech Republic",),
    "GB": ("UK", "Great Britain", "Britain"),
    "HK": ("Hong Kong",),
    "MM": ("Burma",),
    "PS": ("Palestine",),
    "RU": ("Russian Federation",),
    "TR": ("Turkey", "Turkiye"),
    "US": ("USA", "United States of America", "America"),
    "VA": ("Holy See",),
}


@cache  # few names, in all stories
def key(name: str) -> str:
    """Return what two spellings of a name share: letters without marks or case, words parted by hyphens."""
    return urls.slug(_APOSTROPHES.sub("", name))


@cache
def english_names() -> Mapping[str, str]:
    """Return every country's English name by its ISO 3166-1 alpha-2 code."""
    named = Locale("en").territories
    return {code: named[code] for code in sorted(named) if re.fullmatch("[A-Z]{2}", code) and code not in _NO_COUNTRY}


def is_code(code: str) -> bool:
    """Return whether ``code`` is a country's ISO 3166-1 alpha-2 code, in capitals."""
    return code in english_names()


def local_name(code: str, locale: Locale) -> str:
    """Return the country's name in a language, or in English where CLDR has none."""
    return locale.territories.get(code) or english_names()[code]


def region_names(locale: Locale, own: str) -> tuple[str, ...]:
    """Return what the edition's countries are called together, the first for readers: ``own``, else Central Asia."""
    if own:
        return (own,)
    named = (each.territories[_CENTRAL_ASIA] for each in (locale, Locale("en")) if _CENTRAL_ASIA in each.territories)
    return tuple(dict.fromkeys(named))


def codes() -> Iterator[tuple[str, str]]:
    """Yield each code, of two letters or of three, with the alpha-2 code that it stands for."""
    for code in english_names():
        yield code, code
    for other, meant in sorted(get_global("territory_aliases").items()):
        if re.fullmatch("[A-Z]{3}", other) and len(meant) == 1 and is_code(meant[0]):
            yield other, meant[0]


def other_names(locales: tuple[Locale, ...]) -> Iterator[tuple[str, str]]:
    """Yield more names with their country's code: what newsrooms write, and CLDR's in ``locales``."""
    for code, names in _COMMON_NAMES.items():
        for name in names:
            yield name, code
    for locale in locales:
        for code in english_names():
            if local := locale.territories.get(code):
                yield local, code


def official_languages(code: str) -> tuple[str, ...]:
    """Return the languages in which the country is governed, as CLDR codes."""
    return tuple(get_official_languages(code))


def currency(code: str, day: dt.date) -> str:
    """Return the ISO 4217 code of the country's money on a day; empty where CLDR knows none."""
    found = get_territory_currencies(code, start_date=day, tender=True)
    return str(found[0]) if found else ""
