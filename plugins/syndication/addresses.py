"""Addresses in a story's HTML made absolute, since a feed is read far from the page."""

import re
from html import escape, unescape
from urllib.parse import urljoin

_TAG = re.compile(r"""<[a-z][^\s/>]*(?:[^"'>]|"[^"]*"|'[^']*')*>""", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"""(?P<before>[\s"'](?P<name>href|src|srcset|imagesrcset|poster|cite|data|action)\s*=\s*)"""
    r"""(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'>]+))""",
    re.IGNORECASE,
)
_CANDIDATE = re.compile(r"\s*(?P<url>[^\s,]\S*[^\s,])(?P<size>\s[^,]*)?,?")


def absolute(html: str, base: str) -> str:
    """Return ``html`` with every address resolved against ``base``, the page's own absolute address.

    A fragment alone (``#note``) is resolved too: in a feed reader it would lead nowhere. Anything but the
    addresses stays as it is, byte for byte.
    """
    return _TAG.sub(lambda tag: _ATTRIBUTE.sub(lambda found: _resolved(found, base), tag[0]), html)


def _resolved(found: re.Match[str], base: str) -> str:
    value = unescape(next(text for text in (found["double"], found["single"], found["bare"]) if text is not None))
    name = found["name"].lower()
    new = _candidates(value, base) if name.endswith("srcset") else urljoin(base, value.strip())
    return f'{found["before"]}"{escape(new)}"'


def _candidates(value: str, base: str) -> str:
    """Resolve a ``srcset``: addresses with a width or density each (an address may hold a comma, but end in none)."""
    found = [(urljoin(base, each["url"]), each["size"] or "") for each in _CANDIDATE.finditer(value)]
    return ", ".join(f"{url}{size.rstrip()}" for url, size in found)
