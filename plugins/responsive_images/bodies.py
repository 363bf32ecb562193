"""Pictures in a text: each ``img`` of an own file becomes a ``picture`` element; all else stays byte for byte."""

import posixpath
import re
from collections.abc import Callable, Iterator
from html import escape, unescape
from urllib.parse import unquote, urlsplit

import msgspec

from .views import Picture

_ATTRIBUTE = r"""[^"'<>]|"[^"]*"|'[^']*'"""
_IMAGES = re.compile(
    rf"""<!--.*?-->|<(?P<left>script|style|template|textarea|picture|svg)\b.*?</(?P=left)\s*>"""
    rf"""|<img\b(?P<attributes>(?:{_ATTRIBUTE})*)>""",
    re.IGNORECASE | re.DOTALL,
)
_PAIR = re.compile(
    r"""(?P<name>[^\s"'=<>/]+)(?:\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'>]+)))?"""
)
_CREDIT = re.compile(r"""(?:(?!</?figure\b).)*?<span class="figure-credit">(?P<credit>[^<]*)</span>""", re.DOTALL)
_LABEL = re.compile(r"^(?:Image|Photo|Drawing|Picture):\s*")
_STATIC = re.compile(r"[{|]static[|}](?P<path>.*)", re.DOTALL)
_INNER = re.compile(r"[{|](?:static|attach|filename)[|}](?P<path>.*)", re.DOTALL)
_REFERENCE = re.compile(
    r"""\b(?:href|src|poster|data)\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)')""", re.IGNORECASE
)


class Shown(msgspec.Struct, frozen=True, order=True):
    """An own picture in a text."""

    path: str
    """The file, relative to the content folder."""
    credit: str
    """Whose it is, by the figure that it stands in; may be empty."""


class Place(msgspec.Struct, frozen=True):
    """Where a text stands."""

    source: str
    """Its file, relative to the content folder."""
    root: str
    """What leads from its page to the site's root; ends with a slash."""
    slot: str = "figure"
    """The name of the place where the theme shows its pictures."""


def shown(html: str, source: str) -> Iterator[Shown]:
    """Yield the own pictures in ``html``, the text of the file ``source`` (relative to the content folder)."""
    for found in _IMAGES.finditer(html) if _has_images(html) else ():
        if own := _shown(found, html, source):
            yield own


def rewritten(html: str, place: Place, picture_of: Callable[[Shown], Picture | None]) -> str:
    """Return ``html`` with each own picture in all its formats; one that ``picture_of`` has none for stays."""

    def replaced(found: re.Match[str]) -> str:
        own = _shown(found, html, place.source)
        picture = picture_of(own) if own else None
        return _element(_pairs(found["attributes"]), picture, place) if picture else found[0]

    return _IMAGES.sub(replaced, html) if _has_images(html) else html


def _has_images(html: str) -> bool:
    """Return whether ``html`` may show a picture: by far the most texts do not."""
    return "<img" in html or (("<i" in html or "<I" in html) and "<img" in html.lower())


def references(html: str, source: str, siteurl: str) -> Iterator[str]:
    """Yield each file that ``html`` links to or shows, relative to the content folder (or to ``siteurl``)."""
    for found in _REFERENCE.finditer(html):
        value = unescape(found["double"] or found["single"] or "")
        if inner := _INNER.match(value):
            yield _path(inner["path"], source)
        else:
            yield unquote(urlsplit(value.removeprefix(siteurl)).path).lstrip("/")


def owner(credit: str) -> str:
    """Return whose a picture is, by the credit that readers see: the same without its label."""
    return _LABEL.sub("", credit.strip())


def _shown(found: re.Match[str], html: str, source: str) -> Shown | None:
    if found["attributes"] is None:
        return None
    static = _STATIC.match(_pairs(found["attributes"]).get("src") or "")
    if not static:
        return None
    credit = _CREDIT.match(html, found.end())
    return Shown(_path(static["path"], source), owner(unescape(credit["credit"])) if credit else "")


def _path(written: str, source: str) -> str:
    path = unquote(urlsplit(written).path)
    return posixpath.normpath(path[1:] if path.startswith("/") else posixpath.join(posixpath.dirname(source), path))


def _pairs(attributes: str) -> dict[str, str | None]:
    """Return the attributes by their names; of two with one name the first counts, as in a browser."""
    pairs: dict[str, str | None] = {}
    for found in _PAIR.finditer(attributes):
        value = next((each for each in (found["double"], found["single"], found["bare"]) if each is not None), None)
        pairs.setdefault(found["name"].lower(), None if value is None else unescape(value))
    return pairs


def _element(pairs: dict[str, str | None], picture: Picture, place: Place) -> str:
    placed = picture.at(place.slot)
    sources = "".join(
        _tag("source", {"type": each.type, "srcset": srcset, "sizes": placed.sizes})
        for each in placed.sources
        for srcset in [", ".join(f"{place.root}{one.url} {one.width}w" for one in each.candidates)]
    )
    own: dict[str, str | None] = {
        "src": place.root + picture.src,
        "width": str(picture.width),
        "height": str(picture.height),
    }
    late = {"loading": "lazy", "decoding": "async"}
    return f"<picture>{sources}{_tag('img', {**late, **pairs, **own})}</picture>"


def _tag(name: str, pairs: dict[str, str | None]) -> str:
    written = (key if value is None else f'{key}="{escape(value)}"' for key, value in pairs.items())
    return f"<{name} {' '.join(written)}>"
