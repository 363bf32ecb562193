"""From what writers call a country to its code, and back."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from babel import Locale

from .folding import fold
from .gazetteer import LOCALES
from .terms import written_terms


def codes_by_name() -> Mapping[str, str]:
    """Return every name of a country, folded, with its ISO 3166-1 alpha-2 code; a code is a name too."""
    names: dict[str, str] = {}
    for term in written_terms():
        if term.kind == "name" and not term.cut and len(term.countries[0]) == 2:
            names.setdefault(term.stem.strip(), term.countries[0])
    for locale in LOCALES.values():
        for code, name in Locale.parse(locale).territories.items():
            if len(code) == 2 and code.isalpha():
                names[fold(name).strip()] = code
                names[code.lower()] = code
    return MappingProxyType(names)


def written(code: str, beside: Iterable[str]) -> str:
    """Return a country as a writer would put it beside those already there: by code, or by its English name.

    Norway's code is a "no" in YAML, so Norway always goes by its name.
    """
    others = list(beside)
    by_name = code == "NO" or (others and all(len(other) > 2 for other in others))
    name = Locale.parse("en").territories.get(code, code)
    return name if by_name and all(letter.isalpha() or letter == " " for letter in name) else code
