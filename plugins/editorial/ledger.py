"""The ledger of addresses: every page that was ever published, and what became of it.

It is a text that is committed, ``content/urls.csv``: an address once given out is a promise to readers, to those who
linked to it, and to search engines.
"""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Literal, get_args

import msgspec
from msgspec.structs import replace

from .._kit.errors import EditionError, Problem

State = Literal["live", "moved", "gone"]
_COLUMNS = ("url", "identity", "since", "state", "target", "reason")


class Row(msgspec.Struct, frozen=True, order=True):
    """One address."""

    url: str
    """Relative to the site's root, e.g. ``2025/04/a-story/``."""
    identity: str
    """The story that stood there, by its ``id`` or its file without ending; empty for a list."""
    since: dt.date
    """The day on which it was first recorded."""
    state: State = "live"
    """Whether it is there, has moved to ``target``, or is gone for ``reason``."""
    target: str = ""
    """The address that it moved to; empty otherwise."""
    reason: str = ""
    """Why it is gone; empty otherwise."""


def read(file: Path, shown: str) -> dict[str, Row]:
    """Return the ledger's rows by address; none where there is no file. Raises EditionError for bad rows."""
    if not file.is_file():
        return {}
    rows: dict[str, Row] = {}
    problems = []
    reader = csv.DictReader(io.StringIO(file.read_text("utf-8"), newline=""))
    for cells in reader:
        row = _row(cells)
        if isinstance(row, str) or row.url in rows:
            what = row if isinstance(row, str) else f"the address {row.url} stands twice"
            problems.append(Problem(shown, reader.line_num, what, "Mend the row; git has the last good one.", "ledger"))
        else:
            rows[row.url] = row
    if problems:
        raise EditionError(problems)
    return rows


def _row(cells: Mapping[str | None, object]) -> Row | str:
    if tuple(cells) != _COLUMNS or not all(isinstance(cell, str) for cell in cells.values()):
        return f"the row has not the columns {', '.join(_COLUMNS)}"
    url, identity, since, state, target, reason = (str(cell) for cell in cells.values())
    if state not in get_args(State):
        return f"{state!r} is no state"
    if bool(target) != (state == "moved") or bool(reason) != (state == "gone"):
        return "what moved has a target, what is gone a reason, and nothing else has either"
    try:
        return Row(url, identity, dt.date.fromisoformat(since), state, target, reason)  # type: ignore[arg-type]  # checked above
    except ValueError:
        return f"{since!r} is no date"


def write(file: Path, rows: Iterable[Row]) -> None:
    """Write the ledger, sorted by address; the file is whole at any moment."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows(
        (row.url, row.identity, row.since.isoformat(), row.state, row.target, row.reason) for row in sorted(rows)
    )
    unfinished = file.with_suffix(".part")
    unfinished.write_text(text.getvalue(), "utf-8", newline="")
    unfinished.replace(file)


def pages(edition: Path, mirrors: tuple[str, ...] = ()) -> set[str]:
    """Return the addresses of the pages in the folder of a built edition.

    The numbered pages of lists, the page for what is not there, and pages that only lead elsewhere are left out; and so
    is what stands in the folders ``mirrors``, which follows the rest.
    """
    found = set()
    for file in edition.rglob("*.html"):
        url = file.relative_to(edition).as_posix()
        follows = "/page/" in f"/{url}" or url.startswith(mirrors)
        if not follows and url != "404.html" and b'http-equiv="refresh"' not in file.read_bytes()[:1024]:
            found.add(url.removesuffix("index.html") if url == "index.html" or url.endswith("/index.html") else url)
    return found


def final(url: str, rows: Mapping[str, Row]) -> str:
    """Return where ``url`` leads to in the end; itself if it has not moved, empty if it turns in a circle."""
    seen = set()
    while url in rows and rows[url].state == "moved":
        if url in seen:
            return ""
        seen.add(url)
        url = rows[url].target
    return url


def problems(rows: Mapping[str, Row], there: set[str], identities: Mapping[str, str], shown: str) -> Iterator[Problem]:
    """Yield what an edition with the pages ``there`` would break; ``identities`` has each story's address now."""
    for number, row in enumerate(sorted(rows.values()), 2):
        if row.state == "live" and row.url not in there:
            now = identities.get(row.identity, "")
            moved = f"make redirect FROM=/{row.url} TO=/{now if now in there else '…'}"
            message = f"/{row.url} was published and this edition has it no more"
            remedy = f'Accept that by {moved}, or by make gone URL=/{row.url} REASON="…".'
            yield Problem(shown, number, message, remedy, "dropped-address")
        elif row.state == "moved" and row.url not in there:
            end = final(row.url, rows)
            if end not in there and (end not in rows or rows[end].state != "gone"):
                message = f"/{row.url} leads to /{row.target}, and this edition has no such page"
                yield Problem(shown, number, message, "Mend the target.", "redirect-to-nowhere")


def recorded(
    rows: Mapping[str, Row], there: Iterable[str], identities: Mapping[str, str], day: dt.date
) -> dict[str, Row]:
    """Return the ledger after ``there`` was published on ``day``: what is new is added, what is back is live."""
    owner = {url: identity for identity, url in identities.items()}
    after = dict(rows)
    for url in there:
        old = rows.get(url)
        if old is None:
            after[url] = Row(url, owner.get(url, ""), day)
        elif old.state != "live" or (url in owner and old.identity != owner[url]):
            after[url] = replace(old, identity=owner.get(url, old.identity), state="live", target="", reason="")
    return after


def changed(rows: Mapping[str, Row], url: str, state: State, words: str) -> dict[str, Row]:
    """Return the ledger with ``url`` moved to, or gone because of, ``words``; raises EditionError if it cannot be."""
    if url not in rows:
        raise EditionError([Problem(f"/{url}", 0, "was never published", "Look it up in content/urls.csv.", "ledger")])
    if not words:
        raise EditionError(
            [Problem(f"/{url}", 0, "has neither target nor reason", "Say where it went, or why.", "ledger")]
        )
    moved = state == "moved"
    row = replace(rows[url], state=state, target=words if moved else "", reason="" if moved else words)
    after = {**rows, url: row}
    if moved and not final(url, after):
        raise EditionError([Problem(f"/{url}", 0, f"would lead to itself by /{words}", "Choose another.", "ledger")])
    return after
