"""All terms in one automaton, and where they are found in a text."""

import re
from collections import defaultdict
from collections.abc import Iterable

import msgspec
from ahocorasick_rs import AhoCorasick, MatchKind

from .folding import fold
from .gazetteer import bulk_terms
from .languages import Endings, compiled
from .terms import Term, data, written_terms

_REST_OF_WORD = re.compile(r"[\w']*")


class Found(msgspec.Struct, frozen=True):
    """A term where it stands in a text."""

    start: int
    """Of the word itself."""
    end: int
    """Of the word with its ending."""
    ending: str
    term: Term


class Lexicon:
    """The matcher: made once in a process, then only read."""

    def __init__(self, terms: Iterable[Term], endings: dict[str, Endings]) -> None:
        by_stem: dict[str, list[Term]] = defaultdict(list)
        for term in terms:
            by_stem[term.stem].append(term)
        self._terms = list(by_stem.values())
        self._automaton = AhoCorasick(list(by_stem), matchkind=MatchKind.Standard)
        self.endings = endings

    def find(self, text: str, folded: str, language: str) -> list[Found]:
        """Return what is found, in order; of words one inside another only the longest.

        ``folded`` is ``fold(text)`` with the language of the text beside it.
        """
        endings = self.endings[language]
        found = []
        for number, start, end in self._automaton.find_matches_as_indexes(" " + folded, overlapping=True):
            stop = end - 1  # the blank in front was added
            rest = _REST_OF_WORD.match(folded, stop)
            ending = rest.group() if rest else ""
            for term in self._terms[number]:
                if _fits(term, text[start:stop], ending, language, endings):
                    found.append(Found(start, stop + len(ending), ending, term))
                    break
        return _longest(found)


def _fits(term: Term, written: str, ending: str, language: str, endings: Endings) -> bool:
    if term.languages and language not in term.languages:
        return False
    small = not written[:1].isupper() and (term.exact or not endings.derived.match(ending))
    if term.capital and small:
        return False
    if term.exact:
        return ending in {"", "'s", "'"} and written.isupper()
    if term.cut and not ending:
        return False
    return not ending or endings.any_case.fullmatch(ending) is not None


def _longest(found: list[Found]) -> list[Found]:
    kept: list[Found] = []
    for one in sorted(found, key=lambda each: (each.start, -each.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def full_lexicon() -> Lexicon:
    """Return the lexicon of everything this package knows; a second's work, so keep it.

    What is written by hand stands before what comes in bulk.
    """
    written = list(written_terms())
    stop = {fold(word) for word in data("noise.yaml")["words"]}
    known = {term.stem for term in written if not term.languages}
    bulk = [term for term in bulk_terms() if term.stem not in known and term.stem.strip() not in stop]
    return Lexicon([*written, *bulk], compiled(data("endings.yaml")))
