"""The inline data of pages that a browser acts on, and that its policy must therefore name by hash."""

import base64
import hashlib
from collections.abc import Iterable
from pathlib import Path

from lxml import etree, html

MOST = 12
"""How many hashes fit into a header that a host's limits (2,000 characters at Cloudflare) let through."""


def speculation_hashes(root: Path, paths: Iterable[str]) -> frozenset[str]:
    """Return the hash of every ``<script type="speculationrules">`` of the pages among ``paths`` below ``root``.

    Such rules name addresses to load ahead and run nothing. A browser refuses them without their hash; data that it
    does not act on, such as JSON-LD, needs none (HTML Standard, "prepare the script element").
    """
    found: set[str] = set()
    for path in paths:
        if path.endswith(".html"):
            content = (root / path).read_bytes()
            if b"speculationrules" in content:
                found |= {sha256(text) for text in _speculation_rules(content)}
    return frozenset(found)


def sha256(text: str) -> str:
    """Return the source expression, without quotes, that allows the inline script or style ``text``."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _speculation_rules(content: bytes) -> list[str]:
    try:
        tree = html.document_fromstring(content, parser=html.HTMLParser(encoding="utf-8"))
    except etree.ParserError:
        return []
    return [str(each.text_content()) for each in tree.iterfind(".//script[@type='speculationrules']")]
