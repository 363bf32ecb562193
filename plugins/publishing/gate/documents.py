"""Feeds, sitemaps, JSON and the index of the search: that they can be read and have what their readers need."""

import gzip
import json
import zlib
from collections.abc import Callable
from typing import Any

from lxml import etree

from .findings import Findings
from .site import Edition

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
PACKED = b"pagefind_dcd"
MOST_ADDRESSES = 50_000  # sitemaps.org


def look(edition: Edition, found: Findings, content: bytes) -> None:
    """Add to ``found`` what is wrong with a file of data, by its suffix."""
    kind = found.path.rpartition(".")[2]
    if kind in {"json", "webmanifest"}:
        _json(found, content)
    if kind in {"atom", "rss", "xml"}:
        _xml(edition, found, content)
    if kind == "pf_fragment":
        _found_page(edition, found, content)


def _json(found: Findings, content: bytes) -> None:
    try:
        data = json.loads(content)
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        found.add("json", 0, f"cannot be read: {error}", "Write valid JSON.")
        return
    if found.path.rpartition("/")[2] == "feed.json":
        missing = [name for name in ("version", "title", "items") if name not in data]
        missing += ["id of an item" for item in data.get("items", []) if not item.get("id")][:1]
        _tell(found, missing)


def _found_page(edition: Edition, found: Findings, content: bytes) -> None:
    """Tell a page that the search would find and that is not there."""
    try:
        address = str(json.loads(gzip.decompress(content).removeprefix(PACKED))["url"])
    except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError) as error:
        found.add("search", 0, f"cannot be read: {error}", "Build the edition again.")
        return
    if f"{address}index.html".lstrip("/") not in edition.sizes and address.lstrip("/") not in edition.sizes:
        found.add("search", 0, f"leads to {address!r}, no page of the edition", "Build the edition again.")


def _xml(edition: Edition, found: Findings, content: bytes) -> None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        tree = etree.fromstring(content, parser=parser)
    except etree.XMLSyntaxError as error:
        found.add("feed", error.lineno or 0, f"is not well-formed: {error.msg}", "Write it again.")
        return
    look_into: dict[str, Callable[[], list[str]]] = {
        f"{ATOM}feed": lambda: _atom(tree),
        "rss": lambda: _rss(tree),
        f"{SITEMAP}urlset": lambda: _map(edition, found, tree, "url"),
        f"{SITEMAP}sitemapindex": lambda: _map(edition, found, tree, "sitemap"),
    }
    _tell(found, look_into.get(tree.tag, list)())


def _atom(tree: Any) -> list[str]:  # noqa: ANN401
    missing = [name for name in ("id", "title", "updated") if not tree.findtext(f"{ATOM}{name}")]
    for entry in tree.iterfind(f"{ATOM}entry"):
        missing += [f"{n} of an entry" for n in ("id", "title", "updated") if not entry.findtext(f"{ATOM}{n}")]
    return missing


def _rss(tree: Any) -> list[str]:  # noqa: ANN401
    missing = [name for name in ("title", "link", "description") if not tree.findtext(f"channel/{name}")]
    for item in tree.iterfind("channel/item"):
        missing += [f"{n} of an item" for n in ("title", "link", "guid") if not item.findtext(n)]
    return missing


def _map(edition: Edition, found: Findings, tree: Any, name: str) -> list[str]:  # noqa: ANN401
    addresses = [each.findtext(f"{SITEMAP}loc") or "" for each in tree.iterfind(f"{SITEMAP}{name}")]
    for address in addresses:
        target = edition.target(found.path, address)
        if target is None or target[0] not in edition.sizes:
            found.add("sitemap", 0, f"{address!r} is no page of the edition", "Leave it out of the sitemap.")
    if len(addresses) > MOST_ADDRESSES:
        found.add("sitemap", 0, f"names {len(addresses)} addresses; 50,000 are taken", "Divide it.")
    return [] if addresses else [f"{name} at all"]


def _tell(found: Findings, missing: list[str]) -> None:
    for name in dict.fromkeys(missing):
        found.add("feed", 0, f"has no {name}", "Give it what its readers need.")
