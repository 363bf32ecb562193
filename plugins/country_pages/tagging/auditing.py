"""An article's countries against its words: what is missing, and what nothing supports."""

import re
from collections.abc import Iterator, Mapping

import msgspec

from ..._kit.errors import Problem
from .folding import fold
from .suggestions import Suggestion, Tagger

_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_TAG_OR_ADDRESS = re.compile(r"<[^>\n]{1,400}>|https?://\S+|`[^`\n]*`")
_FIRST_MARK = re.compile(r"\n(?:(?<=\n)\s{0,3}(?:#{1,6}|[-*>]|\d+\.)\s+)+")
_MARK = re.compile(r"[*_]{1,3}")


class Article(msgspec.Struct, frozen=True):
    """What the audit needs of an article."""

    path: str
    title: str
    summary: str
    body: str
    """Markdown."""
    tagged: tuple[str, ...]
    """As written: names, codes or aliases."""
    ignored: tuple[str, ...]
    line: int
    """Of the ``countries`` field."""


class Finding(msgspec.Struct, frozen=True):
    """One country that is missing, or that nothing supports."""

    path: str
    line: int
    kind: str
    """``missing`` or ``unsupported``."""
    country: str
    score: float
    reason: str

    def problem(self) -> Problem:
        """Return it as the suite speaks of mistakes."""
        if self.kind == "missing":
            remedy = f"Add {self.country} to countries, or to ignore_countries to keep it out."
            return Problem(
                self.path, self.line, f"{self.country} is missing: {self.reason}", remedy, "untagged-country"
            )
        remedy = f"Remove {self.country}, or name it in ignore_countries to keep it without this line."
        return Problem(self.path, self.line, self.reason, remedy, "unsupported-country")


def plain(markdown: str) -> str:
    """Return Markdown as the words a reader sees, roughly: no addresses, no marks."""
    words = _TAG_OR_ADDRESS.sub(" ", _LINK.sub(r"\1", markdown))
    return _MARK.sub("", _FIRST_MARK.sub("\n", f"\n{words}")[1:])


def findings(article: Article, tagger: Tagger, names: Mapping[str, str]) -> Iterator[Finding]:
    """Yield what is missing, the strongest first, then what nothing in the text supports.

    ``names`` gives codes by folded name (see naming.py). A tag that is no country's name is another check's business.
    """
    text = f"{article.summary}\n{plain(article.body)}" if article.summary else plain(article.body)
    suggested = tagger.suggest(article.title, text)
    ignored, tagged = _codes(article.ignored, names), _codes(article.tagged, names)
    for each in suggested:
        if each.about and each.country not in tagged | ignored:
            yield _finding(article, "missing", each)
    mentioned = {each.country for each in suggested}
    for code in sorted(tagged - mentioned - ignored):
        reason = f"nothing in the text supports {code}; it begins “{_opening(text)}”"
        yield Finding(article.path, article.line, "unsupported", code, 0.0, reason)


def _codes(written: tuple[str, ...], names: Mapping[str, str]) -> set[str]:
    return {names[fold(each).strip()] for each in written if fold(each).strip() in names}


def _finding(article: Article, kind: str, each: Suggestion) -> Finding:
    reason = f"score {each.score:.1f}, “{each.sentence}” ({', '.join(each.words)})"
    return Finding(article.path, article.line, kind, each.country, each.score, reason)


def _opening(text: str) -> str:
    words = text.split()
    return " ".join(words[:12]) + ("…" if len(words) > 12 else "")
