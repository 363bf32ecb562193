"""The commands of the ledger of addresses: hold an edition against it, record it, move or give up an address."""

import datetime as dt
import json
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

from .._kit.errors import EditionError, Problem
from . import ledger, redirects
from .checking import edition_rules, stories
from .checking.edition_rules import Named
from .checking.stories import Edition
from .ledger import Row

NAME = "urls.csv"


def hold(edition: Edition, built: Path, siteurl: str, maps: Path) -> int:
    """Hold the ``built`` edition against the ledger, and put redirects into it and nginx's into ``maps``.

    Returns how many addresses are served by a redirect; raises EditionError if an address would be dropped.
    """
    rows, named = _rows(edition), _named(edition)
    found = ledger.problems(rows, _pages(edition, built), _identities(named), _shown(edition))
    astray = edition_rules.without_place(named, built)
    if problems := [*found, *(Problem(at.path, at.line, at.message, at.remedy, at.code) for at in astray)]:
        raise EditionError(problems)
    base = urlsplit(siteurl).path
    everywhere = redirects.mirrored(rows, edition.settings.mirrors)
    redirects.write(everywhere, built, siteurl, base)
    maps.parent.mkdir(parents=True, exist_ok=True)
    maps.write_text(redirects.nginx(everywhere, base), "utf-8")
    return len(list(redirects.moved(rows)))


def told(edition: Edition) -> str:
    """Return as JSON which addresses have ``moved``, each with its new one, and which are ``gone``."""
    rows = redirects.mirrored(_rows(edition), edition.settings.mirrors)
    return json.dumps({"moved": dict(redirects.moved(rows)), "gone": list(redirects.gone(rows))}, indent=1)


def record(edition: Edition, built: Path, day: dt.date) -> int:
    """Record the addresses of the ``built`` edition as published on ``day``; return how many are new."""
    rows = _rows(edition)
    after = ledger.recorded(rows, _pages(edition, built), identities(edition), day)
    if after != rows:
        ledger.write(edition.content / NAME, after.values())
    return len(after) - len(rows)


def move(edition: Edition, url: str, target: str) -> Row:
    """Accept that ``url`` has moved to ``target``, and return the new row."""
    return _change(edition, url, "moved", target.lstrip("/"))


def give_up(edition: Edition, url: str, reason: str) -> Row:
    """Accept that ``url`` is gone because of ``reason``, and return the new row."""
    return _change(edition, url, "gone", " ".join(reason.split()))


def identities(edition: Edition) -> dict[str, str]:
    """Return each story's address now, by its identity: its ``id``, or its file without ending."""
    return _identities(_named(edition))


def _named(edition: Edition) -> list[Named]:
    read = (stories.read(file, edition, is_page=is_page)[0] for file, is_page in edition.files())
    return [edition_rules.named(story, edition) for story in read]


def _identities(named: Iterable[Named]) -> dict[str, str]:
    return {stories.identity(each.story): each.address for each in named}


def _change(edition: Edition, url: str, state: ledger.State, words: str) -> Row:
    rows = ledger.changed(_rows(edition), url.lstrip("/"), state, words)
    ledger.write(edition.content / NAME, rows.values())
    return rows[url.lstrip("/")]


def _pages(edition: Edition, built: Path) -> set[str]:
    return ledger.pages(built, edition.settings.mirrors)


def _rows(edition: Edition) -> dict[str, Row]:
    return ledger.read(edition.content / NAME, _shown(edition))


def _shown(edition: Edition) -> str:
    return f"{edition.shown}/{NAME}"
