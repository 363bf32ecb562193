"""The words that speak for a country, read from the YAML files beside this module."""

import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any

import msgspec
import yaml

from .folding import fold

REGION = "region"
"""Stands where a country would: Central Asia as a whole."""
NOTHING = "none"
"""Stands where a country would in words that hide one ("South America")."""
CENTRAL_ASIA = ("KZ", "KG", "TJ", "TM", "UZ")

_OWN_LANGUAGES = re.compile(r"^(?P<languages>[a-z,]+):(?P<stem>.+)$")
_SMALL_IN_SENTENCES = frozenset({"ethnonym", "adjective", "currency", "institution", "region", "crop"})
_LOSES_ITS_VOWEL = "аяыиьйо"


class Term(msgspec.Struct, frozen=True):
    """A stem and what it says where it is found."""

    stem: str
    """Folded, with a blank before it."""
    countries: tuple[str, ...]
    """One code as a rule; two where a word is shared (manat)."""
    kind: str
    languages: frozenset[str]
    """Empty: any language."""
    capital: bool
    """Counts only with a capital letter."""
    exact: bool = False
    """Counts only as it stands here, letter for letter in its case."""
    cut: bool = False
    """A Russian stem whose last vowel was cut off: an ending has to follow."""


def data(name: str) -> Any:  # noqa: ANN401 - what a YAML file holds is its reader's to know
    """Return the content of a YAML file of this package."""
    text = files(__package__).joinpath(name).read_text("utf-8")
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe loaders


def written_terms() -> Iterator[Term]:
    """Yield the terms of the four files kept by hand."""
    for name in ("countries.yaml", "places.yaml", "people.yaml", "institutions.yaml"):
        for countries, kinds in data(name).items():
            yield from _of_countries(str(countries), kinds)


def _of_countries(countries: str, kinds: Mapping[str, str]) -> Iterator[Term]:
    codes = tuple(code for code in countries.split("+") if code)
    for kind, words in kinds.items():
        for word in words.split("|"):
            if word.strip():
                yield from terms_of(word.strip(), codes, kind)


def terms_of(word: str, countries: tuple[str, ...], kind: str) -> Iterator[Term]:
    """Yield the terms of one written word: ``ky:казак`` for one language, ``=US`` to the letter."""
    found = _OWN_LANGUAGES.match(word)
    languages = frozenset(found["languages"].split(",")) if found else frozenset[str]()
    stem = found["stem"] if found else word
    exact = stem.startswith("=")
    stem = stem.removeprefix("=")
    capital = (stem[0].isupper() and kind not in _SMALL_IN_SENTENCES) or exact
    if exact:
        yield Term(f" {fold(stem)}", countries, kind, languages, capital, exact=True)
        return
    folded = fold(stem).rstrip()
    spellings = {folded, folded.replace("'", "")} if len(folded) > 4 else {folded}  # without its mark "so'm" is a som
    for spelling in sorted(spellings):
        yield Term(f" {spelling}", countries, kind, languages, capital)
    russian = not languages or "ru" in languages
    if russian and len(folded) > 3 and folded[-1] in _LOSES_ITS_VOWEL:
        yield Term(f" {folded[:-1]}", countries, kind, frozenset({"ru"}), capital, cut=True)
