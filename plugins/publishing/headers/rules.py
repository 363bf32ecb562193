"""The description: which headers each path is served with."""

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from . import inline, security
from .content_types import content_type
from .kinds import Pattern, patterns
from .settings import Policy

PAGES = frozenset({"page", "rates", "search", "frame", "text"})
OPEN = frozenset({"frame", "rates-data", "feed", "map", "picture", "kept-picture"})
"""Kinds that other sites may use: framed pages, data, feeds, and pictures (readers of feeds show them)."""
SHARED = frozenset({"rates-data", "feed"})
"""Kinds that scripts of other sites may read."""
FILES = frozenset({"picture", "file"})


class Rule(msgspec.Struct, frozen=True):
    """The headers of the paths that match, in the order in which they are written."""

    kind: str
    """The kind of file, for whoever reads the result."""
    pattern: str
    """A regular expression for the whole path below the site's base, without the leading slash."""
    headers: tuple[tuple[str, str], ...]
    """Names and values; the content type is told by the suffix."""


class HeaderRules(msgspec.Struct, frozen=True):
    """The ordered rules of one edition: the first that matches a path holds, and the last matches any."""

    rules: tuple[Rule, ...]
    base: str
    """The site's path on its host, without a final slash."""
    paths: tuple[str, ...]
    """Every file of the edition, sorted, for hosts whose rules name folders."""

    def rule(self, path: str) -> Rule:
        """Return the rule of a path below the base, without the leading slash."""
        return next(rule for rule in self.rules if re.fullmatch(rule.pattern, path))

    def common(self) -> tuple[tuple[str, str], ...]:
        """Return the headers that every file has."""
        return tuple(pair for pair in self.rules[0].headers if all(pair in rule.headers for rule in self.rules))

    def varying(self) -> tuple[str, ...]:
        """Return the names of the others, in order."""
        common = {name for name, _ in self.common()}
        return tuple(dict.fromkeys(n for rule in self.rules for n, _ in rule.headers if n not in common))


def describe(root: Path, policy: Policy) -> HeaderRules:
    """Return the rules for the edition built in ``root``.

    Raises ValueError if its pages hold more inline code than a header can name.
    """
    paths = tuple(sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()))
    hashes = inline.hashes(root, paths)
    if (count := len(hashes.scripts | hashes.styles)) > inline.MOST:
        raise ValueError(
            f"{count} different inline scripts, styles or speculation rules: serve them from a file instead"
        )
    return HeaderRules(tuple(_rules(policy, hashes)), policy.base, paths)


def expected(rules: HeaderRules, path: str) -> dict[str, str]:
    """Return the headers of ``path`` (a file or an address below the base), its Content-Type included."""
    inside = path.lstrip("/")
    return {"Content-Type": content_type(inside), **dict(rules.rule(inside).headers)}


def _rules(policy: Policy, hashes: inline.Hashes) -> Iterator[Rule]:
    common = security.everywhere(policy)
    for pattern in patterns(policy):
        yield Rule(pattern.kind, pattern.expression, tuple({**common, **_own(pattern, policy, hashes)}.items()))


def _own(pattern: Pattern, policy: Policy, hashes: inline.Hashes) -> dict[str, str]:
    kind = pattern.kind
    headers = {
        "Cache-Control": cache(kind, policy),
        "Content-Security-Policy": _policy(kind, policy, hashes),
        "Cross-Origin-Resource-Policy": "cross-origin" if kind in OPEN else "same-origin",
    }
    if kind in PAGES - {"frame"}:
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
    if kind in SHARED:
        headers["Access-Control-Allow-Origin"] = "*"
    return headers


def _policy(kind: str, policy: Policy, hashes: inline.Hashes) -> str:
    """Return the Content-Security-Policy of a kind."""
    if kind in PAGES:
        return security.page(policy, hashes, kind)
    return security.FEED if kind in SHARED else security.INERT


def cache(kind: str, policy: Policy) -> str:
    """Return how long a file of the kind may be kept."""
    if kind.startswith("kept"):
        return "public, max-age=31536000, immutable"
    seconds = {
        "rates": policy.rates_seconds,
        "rates-data": policy.rates_seconds,
        "frame": policy.rates_seconds,
        "feed": policy.feed_seconds,
        "map": policy.feed_seconds,
    }.get(kind, policy.file_seconds if kind in FILES else policy.page_seconds)
    return f"public, max-age={seconds}, must-revalidate"
