"""What the words right before and behind a mention make of it, by the rules of ``contexts.yaml``.

Most mentions meet no rule, and there are millions of them in an archive. So the words before one are read backwards
from it, and by the last two of them alone it is first asked whether any rule could fit at all: both is what the
library ``regex`` knows and ``re`` does not.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import msgspec
import regex

from .lexicon import Found

_WINDOW = 60
_REMEMBERED = 50_000


class Rule(msgspec.Struct, frozen=True):
    """One line of ``contexts.yaml``."""

    name: str
    kinds: frozenset[str]
    before: str
    """An expression for what ends right before the mention, or nothing."""
    after: str
    """An expression for what begins right behind it, or nothing."""
    worth: float


class Surroundings:
    """The rules for one kind of word, in their order."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = [(_backwards([rule.before]), _forwards([rule.after]), rule.worth) for rule in rules]
        self._before = _backwards([rule.before for rule in rules])
        self._after = _forwards([rule.after for rule in rules])
        self._could_end = lru_cache(_REMEMBERED)(self._could_end_so)

    def worth(self, folded: str, found: Found) -> float:
        """Return what the first rule that fits makes of the mention, 1 where none does."""
        before = folded[max(0, found.start - _WINDOW) : found.start]
        farther = before.rsplit(None, 2)[0] if " " in before.strip() else ""
        if not self._could_end(before[len(farther) :]) and not self._after.match(folded, found.end):
            return 1.0
        for behind, following, worth in self._rules:
            if behind.match(before) or following.match(folded, found.end):
                return worth
        return 1.0

    def _could_end_so(self, words: str) -> bool:
        """Tell whether any words, if they end in these, could be what a rule wants before a mention."""
        return self._before.match(words, partial=True) is not None


def surroundings_of(lines: Iterable[Mapping[str, Any]]) -> dict[str, Surroundings]:
    """Return the rules for each kind of word."""
    rules = [
        Rule(
            line["name"],
            frozenset(line["kinds"]),
            written(line.get("before")),
            written(line.get("after")),
            line["worth"],
        )
        for line in lines
    ]
    kinds = sorted({kind for rule in rules for kind in rule.kinds})
    return {kind: Surroundings([rule for rule in rules if kind in rule.kinds]) for kind in kinds}


def written(expression: str | None) -> str:
    """Return an expression as it is meant: YAML's folded lines leave a blank before each ``|``."""
    return re.sub(r"\s+\|", "|", (expression or "").strip())


def _backwards(expressions: Iterable[str]) -> Any:  # noqa: ANN401 - the library names its pattern differently by version
    return regex.compile(f"(?r)(?:{'|'.join(filter(None, expressions)) or '(?!)'})")


def _forwards(expressions: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(filter(None, expressions)) or "(?!)")
