"""Names that are also something else, cities that are only a venue, and the dateline."""

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from .lexicon import Found
from .surroundings import written

_DATELINE = re.compile(r"\s*([^—–\n]{2,70}?)\s*(?:[—–]|--|\s-\s)\s*(?=[\"“«„]?[^\W\d_])")
_AGENCY_DATELINE = re.compile(
    r"\s*[^\W\d_][\w-]+(?: [^\W\d_][\w-]+)?[.,] (?:\d{1,2} [^\W\d_]+[.,]? )?[A-ZА-Я][A-ZА-Я]{2,}[\w-]*(?:\.\w+)?[.:] "
)
_SIGNS_OF_A_DATELINE = re.compile(r"\d|\(|/")
_CAPITALISED = re.compile(r"[^\W\d_]+")
_GIVEN_NAME_BEFORE = re.compile(r"\b([A-Z][a-z]+|[A-Z]\.) $")
_SURNAME_BEHIND = re.compile(r" ([A-Z][a-z]+)")
_NO_GIVEN_NAMES = frozenset(
    (
        "In",
        "From",
        "The",
        "To",
        "And",
        "Of",
        "With",
        "For",
        "At",
        "By",
        "Western",
        "Eastern",
        "Northern",
        "Southern",
        "Neighbouring",
        "Modern",
        "King",
        "Queen",
        "Republic",
        "President",
        "Minister",
        "Prime",
        "Visit",
        "Visits",
        "Why",
        "How",
        "As",
        "If",
        "While",
        "When",
        "After",
        "Before",
        "Between",
        "Both",
        "Across",
        "Inside",
        "But",
        "Via",
    )
)
_NO_SURNAMES = frozenset(
    ("River", "Valley", "Basin", "Said", "And", "Says", "Government", "President", "Foreign", "Army")
)


class Doubt(msgspec.Struct, frozen=True):
    """A name that is also something else."""

    person: bool
    veto: re.Pattern[str]
    instead: str


def doubts_of(lines: Mapping[str, Mapping[str, Any]]) -> dict[str, Doubt]:
    """Return the doubtful names by their stem."""
    return {
        f" {stem}": Doubt(bool(line.get("person")), re.compile(line["veto"]), str(line.get("instead", "")))
        for stem, line in lines.items()
    }


class Locative(msgspec.Struct, frozen=True):
    """How one language says that something takes place in a city."""

    before: re.Pattern[str] | None
    ending: re.Pattern[str] | None

    def fits(self, folded: str, found: Found) -> bool:
        """Tell whether the city is only a place here."""
        if self.ending is not None:
            return self.ending.fullmatch(found.ending) is not None
        return self.before is not None and self.before.search(folded[max(0, found.start - 6) : found.start]) is not None


def locatives_of(lines: Mapping[str, Mapping[str, str]]) -> dict[str, Locative]:
    """Return each language's way of saying where."""
    return {key: Locative(_pattern(one.get("before")), _pattern(one.get("ending"))) for key, one in lines.items()}


def _pattern(expression: str | None) -> re.Pattern[str] | None:
    return re.compile(written(expression)) if expression else None


def dateline_end(text: str) -> int:
    """Return where the text's dateline ends ("TASHKENT, April 5 (Reuters) —"); 0 where there is none."""
    agency = _AGENCY_DATELINE.match(text)
    if agency:
        return agency.end()
    found = _DATELINE.match(text)
    if not found:
        return 0
    place = found[1]
    first = _CAPITALISED.search(place)
    if not first or not first.group()[0].isupper():
        return 0
    if (first.group().isupper() and len(first.group()) > 2) or _SIGNS_OF_A_DATELINE.search(place):
        return found.end()
    begins_a_sentence = text[found.end() :].lstrip('"“«„')[:1].isupper()
    return found.end() if begins_a_sentence and len(place.split()) <= 3 else 0


def is_person(text: str, found: Found) -> bool:
    """Tell whether a given name stands before the word or a surname behind it ("Michael Jordan", "Jordan Smith")."""
    before = _GIVEN_NAME_BEFORE.search(text[max(0, found.start - 20) : found.start])
    if before and before[1] not in _NO_GIVEN_NAMES and not _opens_a_sentence(text, found.start - len(before[0])):
        return True
    behind = _SURNAME_BEHIND.match(text, found.end)
    return bool(behind and behind[1] not in _NO_SURNAMES and not found.ending)


def _opens_a_sentence(text: str, place: int) -> bool:
    return text[:place].rstrip()[-1:] in {"", ".", "!", "?", ":"}
