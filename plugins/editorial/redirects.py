"""What serves an address that has moved or is gone: rules for hosts that read them, nginx's maps, small pages."""

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from pathlib import Path
from urllib.parse import quote

from msgspec.structs import replace

from .._kit import urls
from . import ledger
from .ledger import Row

Pair = tuple[str, str]


def moved(rows: Mapping[str, Row]) -> Iterator[Pair]:
    """Yield (old, new) of each address that has moved, the new one being where it leads to in the end."""
    for row in sorted(rows.values()):
        end = ledger.final(row.url, rows)
        if row.state == "moved" and end and not (end in rows and rows[end].state == "gone"):
            yield row.url, end


def gone(rows: Mapping[str, Row]) -> Iterator[str]:
    """Yield each address that is gone, or leads to one."""
    for row in sorted(rows.values()):
        end = ledger.final(row.url, rows)
        if row.state != "live" and (not end or (end in rows and rows[end].state == "gone")):
            yield row.url


def mirrored(rows: Mapping[str, Row], mirrors: Iterable[str]) -> dict[str, Row]:
    """Return ``rows``, and for each story's address that is not live one in each of the folders ``mirrors``."""
    dead = [row for row in rows.values() if row.identity and row.state != "live"]
    more = (
        replace(row, url=f"{folder}{row.url}", target=row.target and f"{folder}{row.target}")
        for folder in mirrors
        for row in dead
    )
    return {**rows, **{row.url: row for row in more}}


def rules(rows: Mapping[str, Row], base: str) -> str:
    """Return ``_redirects`` as Netlify and Cloudflare Pages read it; ``base`` is the site's path on its host."""
    lines = [f"{_path(old, base)} {_path(new, base)} 301" for old, new in moved(rows)]
    return "".join(f"{line}\n" for line in lines)


def nginx(rows: Mapping[str, Row], base: str) -> str:
    """Return two maps of nginx: ``$moved_to`` with the new path or nothing, ``$gone`` with 1 or nothing."""
    lines = ["map $uri $moved_to {", '    default "";']
    lines += [f'    "{_literal(old, base)}" "{_path(new, base)}";' for old, new in moved(rows)]
    lines += ["}", "map $uri $gone {", '    default "";']
    lines += [f'    "{_literal(url, base)}" 1;' for url in gone(rows)]
    return "".join(f"{line}\n" for line in [*lines, "}"])


def page(new: str, siteurl: str) -> str:
    """Return a small page that leads to ``new``: for a host that knows no rules."""
    target = escape(urls.absolute(siteurl, quote(new, safe="/-._~")))
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta http-equiv="refresh" content="0; '
        f'url={target}">\n<meta name="robots" content="noindex">\n<link rel="canonical" href="{target}">\n'
        f'<title>Moved</title>\n</head>\n<body>\n<p>This page is now at <a href="{target}">{target}</a>.</p>\n'
        "</body>\n</html>\n"
    )


def write(rows: Mapping[str, Row], edition: Path, siteurl: str, base: str) -> None:
    """Put into a built edition what serves moved addresses; a page that is there is never replaced."""
    if text := rules(rows, base):
        (edition / "_redirects").write_text(text, "utf-8")
    for old, new in moved(rows):
        file = edition / urls.save_as(old)
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(page(new, siteurl), "utf-8")


def _path(url: str, base: str) -> str:
    return f"{base.rstrip('/')}/{quote(url, safe='/-._~')}"


def _literal(url: str, base: str) -> str:
    r"""Return a path as nginx has it in ``$uri``: decoded, with what would end or begin something escaped."""
    return f"{base.rstrip('/')}/{url}".replace("\\", "\\\\").replace('"', '\\"')
