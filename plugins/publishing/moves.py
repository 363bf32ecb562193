"""Addresses that have moved or are gone, as web servers that read a file of rules are told of them."""

from collections.abc import Iterator
from urllib.parse import quote

from .addresses import Addresses

_HEAD = "# Addresses that have moved, and those that are gone"


def nginx(known: Addresses, base: str) -> str:
    """Return lines for nginx's ``server`` block: one exact location each, so that thousands cost no time."""
    lines = [f'location = "{_literal(old, base)}" {{ return 301 {_path(new, base)}; }}' for old, new in _moved(known)]
    lines += [f'location = "{_literal(url, base)}" {{ return 410; }}' for url in sorted(known.gone)]
    return "\n".join([_HEAD, *lines, ""]) if lines else ""


def caddy(known: Addresses, base: str) -> str:
    """Return Caddy's snippet ``edition_moves``, which may be empty, for a site to import."""
    lines = []
    for name, pairs, then in (
        ("moved", [(old, _path(new, base)) for old, new in _moved(known)], "redir @edition_moved {edition_moved} 301"),
        ("gone", [(url, "yes") for url in sorted(known.gone)], "error @edition_gone 410"),
    ):
        if pairs:
            lines += [f"map {{path}} {{edition_{name}}} {{"]
            lines += [f'\t"{_literal(url, base)}" "{value}"' for url, value in pairs]
            lines += ['\tdefault ""', "}", f'@edition_{name} expression `{{edition_{name}}} != ""`', then]
    return "\n".join([_HEAD, "(edition_moves) {", *(f"\t{line}" for line in lines), "}", ""])


def _moved(known: Addresses) -> Iterator[tuple[str, str]]:
    yield from sorted(known.moved.items())


def _path(url: str, base: str) -> str:
    return f"{base}/{quote(url, safe='/-._~')}"


def _literal(url: str, base: str) -> str:
    """Return a path as servers see it, decoded, with what would end or begin something in quotes escaped."""
    return f"{base}/{url}".replace("\\", "\\\\").replace('"', '\\"')
