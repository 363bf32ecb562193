"""What a host is asked to prove that it serves a release: files, addresses that have moved or are gone, and nothing."""

import random
from collections.abc import Callable, Iterable, Mapping
from urllib.parse import quote

import msgspec

from .addresses import Addresses
from .manifest import Entry, Manifest
from .plan import Plan

NOT_SERVED = frozenset({"_headers", "_redirects", ".nojekyll", "404.html"})
"""Files that hosts read themselves, or serve under another status."""
GONE = frozenset({301, 302, 307, 308, 403, 404, 410})
"""Statuses of an address at which nothing is served."""

Expected = Callable[[str], Mapping[str, str]]
"""Of a path: the response headers it must come with, names in lower case."""


class Question(msgspec.Struct, frozen=True):
    """What one address has to answer."""

    statuses: frozenset[int]
    """The statuses that are right; none where only a redirect is."""
    entry: Entry | None = None
    """The file that is served; None for any."""
    headers: Mapping[str, str] = msgspec.field(default_factory=dict)
    """The headers it must come with, besides its content type."""
    moved_to: str = ""
    """Where a redirect has to lead, relative to the site; empty where there should be none."""


def chosen(manifest: Manifest, plan: Plan, limits: tuple[int, int], seed: str) -> tuple[str, ...]:
    """Return the paths to ask for: all of them up to ``limits[0]``, else those that travel and ``limits[1]`` others."""
    paths = [path for path in manifest.files if path not in NOT_SERVED]
    if len(paths) <= limits[0]:
        return tuple(paths)
    travelled = {*plan.uploaded, "index.html"}
    others = [path for path in paths if path not in travelled]
    return tuple(sorted({*_drawn(others, limits[1], seed), *(path for path in paths if path in travelled)}))


def of_files(
    manifest: Manifest, paths: Iterable[str], removed: Iterable[str], expected: Expected
) -> dict[str, Question]:
    """Return by address the questions whether ``paths`` are served as in ``manifest``, and ``removed`` are not."""
    found = {address(path): Question(frozenset({200}), manifest.files[path], expected(path)) for path in paths}
    return found | {address(path): Question(GONE) for path in removed if path not in NOT_SERVED}


def of_addresses(asked: Mapping[str, Question], known: Addresses, most: int, seed: str) -> dict[str, Question]:
    """Return the questions of addresses that have moved (a redirect, or the page that leads on) or are gone.

    All that are ``asked`` for already are, and ``most`` others of each kind, chosen by ``seed``.
    """
    moved = {address(old): address(new) for old, new in known.moved.items()}
    those = {*(old for old in moved if old in asked), *_drawn(sorted(moved), most, seed)}
    questions = {
        old: Question(asked[old].statuses, asked[old].entry, asked[old].headers, moved[old])
        if old in asked
        else Question(frozenset({200}), moved_to=moved[old])
        for old in those
    }
    gone = [address(url) for url in known.gone]
    return questions | {url: Question(frozenset({403, 404, 410})) for url in _drawn(sorted(gone), most, seed)}


def of_nothing(manifest: Manifest, expected: str, seed: str) -> dict[str, Question]:
    """Return the question what is answered where nothing is: the page ``404.html``, a status alone, or any."""
    page = manifest.files.get("404.html") if expected == "page" else None
    statuses = frozenset({404} if expected == "page" else {403, 404, 410})
    return {} if expected == "any" else {f"no-such-page-{seed}/": Question(statuses, page)}


def address(path: str) -> str:
    """Return the address of a file relative to the site, escaped: ``a b/index.html`` is ``a%20b/``."""
    return quote(path.removesuffix("index.html") if f"/{path}".endswith("/index.html") else path)


def _drawn(paths: list[str], most: int, seed: str) -> list[str]:
    return random.Random(seed).sample(paths, min(most, len(paths)))  # noqa: S311 - a sample, no secret
