"""What a host is told of the edition's headers, what it is expected to answer, and the gate's word before that."""

from pathlib import Path

from . import headers, marking, moves
from .addresses import NONE, Addresses
from .configuration import Configuration
from .errors import PublishingError
from .gate import inspect, inspect_files, opened, report
from .headers import HeaderRules, Rule, caddy, describe, netlify, nginx
from .questions import Expected

STORED = ("Cache-Control",)
"""The headers that object storage keeps with each file, but for the content type, which is always expected."""


def prepare(built: Path, found: Configuration, withheld: tuple[str, ...] = (), known: Addresses = NONE) -> HeaderRules:
    """Write the headers' files for every kind of host, mark pages on staging, and return the rules.

    ``_headers`` goes into the edition; nginx's and Caddy's files, which also lead on from addresses ``known`` to have
    moved, beside it. ``withheld`` are words and paths that may occur nowhere. Raises PublishingError for what the gate
    refuses: then nothing may be uploaded.
    """
    settings = found.settings
    if settings.policy.noindex:
        marking.mark(built)
    (built / "_headers").unlink(missing_ok=True)
    rules = describe(built, settings.policy)
    (built / "_headers").write_text(netlify(rules), "utf-8")
    folder = found.folder / settings.server_files
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "headers.nginx.conf").write_text(nginx(rules) + moves.nginx(known, rules.base), "utf-8")
    (folder / "headers.caddy").write_text(caddy(rules) + moves.caddy(known, rules.base), "utf-8")
    if settings.gate and (problems := inspect(built, rules, found.siteurl, settings.inspection, withheld)):
        raise PublishingError(f"{report(problems)}\nNothing was uploaded.")
    return rules


def let_through(built: Path, paths: tuple[str, ...], found: Configuration, withheld: tuple[str, ...] = ()) -> None:
    """Hold ``paths`` of the edition in ``built`` against the gate, as they are to go out without the others.

    Raises PublishingError for what it refuses.
    """
    settings = found.settings
    if settings.gate:
        rules = describe(built, settings.policy)
        edition = opened(built, rules, found.siteurl, settings.inspection, withheld)
        if problems := inspect_files(edition, paths):
            raise PublishingError(f"{report(problems)}\nNothing was uploaded.")


def expected(kind: str, rules: tuple[Rule, ...]) -> Expected:
    """Return which headers each path must come with: ``all``, those that are ``stored``, or ``none``."""
    every = HeaderRules(rules, "", ())

    def of(path: str) -> dict[str, str]:
        if kind == "none" or not rules:
            return {}
        wanted = headers.expected(every, path)
        return wanted if kind == "all" else {name: wanted[name] for name in STORED if name in wanted}

    return of
