"""The inline code of pages that a browser acts on, and that its policy must therefore name by hash."""

import base64
import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

import msgspec
from lxml import etree, html

MOST = 12
"""How many hashes fit into a header that a host's limits (2,000 characters at Cloudflare) let through."""
RUN = frozenset({"", "text/javascript", "application/javascript", "module", "importmap", "speculationrules"})
"""Types of inline scripts that a browser acts on; all others are data."""

_HEAD = re.compile(rb"(?:(?!<body).)*?</head>", re.DOTALL)
_CODE = re.compile(rb"<(script|style)\b([^>]*)>(.*?)</\1>", re.DOTALL)
_TYPE = re.compile(rb"""\btype=["']?([\w/+.-]*)""")


class Hashes(msgspec.Struct, frozen=True):
    """The hashes of the inline code that pages may run."""

    scripts: frozenset[str] = frozenset()
    """Those of scripts and of speculation rules."""
    styles: frozenset[str] = frozenset()
    """Those of styles."""


def hashes(root: Path, paths: Iterable[str]) -> Hashes:
    """Return the hashes of the code in the heads of the pages among ``paths`` below ``root``, and of speculation rules.

    A page's head is the theme's alone, so that code which came in with a text has no hash here and is refused. Rules
    may stand anywhere: they name addresses to load ahead and run nothing. A browser refuses both without their hash;
    data that it does not act on, such as JSON-LD, needs none (HTML Standard, "prepare the script element").
    """
    code: set[tuple[bytes, bytes]] = set()
    rules: set[str] = set()
    for path in paths:
        if path.endswith(".html"):
            content = (root / path).read_bytes()
            code |= _in_head(content)
            if b"speculationrules" in content:
                rules |= set(_speculation_rules(content))
    found = {
        kind: frozenset(sha256(text.decode()) for tag, text in code if tag == kind) for kind in (b"script", b"style")
    }
    return Hashes(found[b"script"] | {sha256(text) for text in rules}, found[b"style"])


def sha256(text: str) -> str:
    """Return the source expression, without quotes, that allows the inline script or style ``text``."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _in_head(content: bytes) -> set[tuple[bytes, bytes]]:
    """Return the code in a page's head: each with its tag."""
    head = _HEAD.match(content)
    return {
        (tag, text)
        for tag, attributes, text in _CODE.findall(head[0] if head else b"")
        if tag == b"style" or (b" src=" not in attributes and _type(attributes) in RUN)
    }


def _type(attributes: bytes) -> str:
    found = _TYPE.search(attributes)
    return found[1].decode().lower() if found else ""


def _speculation_rules(content: bytes) -> list[str]:
    try:
        tree = html.document_fromstring(content, parser=html.HTMLParser(encoding="utf-8"))
    except etree.ParserError:
        return []
    return [str(each.text_content()) for each in tree.iterfind(".//script[@type='speculationrules']")]
