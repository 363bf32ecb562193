"""The HTML of a story as text with headings, lists, tables and links: nothing that a browser would have to fetch."""

import re
from collections.abc import Callable, Collection, Iterable
from typing import Any
from urllib.parse import urlsplit

from lxml import html

Links = Callable[[str], str]
"""Returns where a link leads in the text edition."""

_KEPT = {
    "": ("id", "lang", "dir", "title"),
    "a": ("href", "hreflang"),
    "ol": ("start", "reversed", "type"),
    "li": ("value",),
    "td": ("colspan", "rowspan", "headers"),
    "th": ("colspan", "rowspan", "headers", "scope"),
    "time": ("datetime",),
    "details": ("open",),
}
_CODE = {"script", "style", "noscript", "template", "canvas", "object", "link", "meta"}
_FORMS = {"form", "button", "input", "select", "textarea"}
_DROPPED = frozenset({*_CODE, *_FORMS})
_VOID = {"source", "track", "embed", "wbr"}  # libxml2 takes what follows them for their content
_UNWRAPPED = frozenset({*_VOID, "picture", "font", "center", "label", "map", "area"})
_RENAMED = {"figure": "div", "figcaption": "p", "section": "div", "article": "div", "header": "div", "footer": "div"}
_LINKED = frozenset({"iframe", "video", "audio"})
_TAGS = "p|h[1-6]|ul|ol|li|blockquote|strong|em|b|i|code"
_PLAIN = re.compile(rf"""<(?:/({_TAGS}|a)|({_TAGS})(?: id="[^"<>&]*")?|(a) href="([^"<>&]*)")>""")
_LINK = re.compile(r"""<a href="([^"]*)">""")
_BLOCKS = ("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote")
_AROUND: dict[str, Collection[str]] = {**dict.fromkeys(_BLOCKS, ("", "li", "blockquote")), "li": ("ul", "ol")}
"""What a tag stands in directly; a parser would move it out of others, and links out of links."""
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt);)")  # libxml2 writes others, and these letters, in its own way
_EMPTY = re.compile(r"""<li(?: id="[^"]*")?></li>""")  # of which it leaves the end away
_LETTERS = "\r\0\u00a0"
_ADDRESS = re.compile(r"[\w./:#?=%+~,;@-]*", re.ASCII)


def simplified(markup: str, picture: str, links: Links) -> str:
    """Return ``markup`` without all that is no text: a picture becomes its alternative, a player a link to it.

    ``picture`` is the pattern of what stands for a picture, ``[Picture: %(alt)s]``; one without alternative goes.
    """
    if not markup.strip():
        return ""
    plain = _plainly(markup, links)
    if plain is not None:
        return plain
    root = html.fragment_fromstring(markup, create_parent="div")
    for element in list(root.iter()):
        if element.getparent() is not None:
            _simplify(element, picture, links)
    return str(html.tostring(root, encoding="unicode")).removeprefix("<div>").removesuffix("</div>")


def _plainly(markup: str, links: Links) -> str | None:
    """Return ``markup`` with its links led elsewhere, if it is plain text already: most are, and need no parser."""
    tags = _PLAIN.findall(markup)
    if not len(tags) == markup.count("<") == markup.count(">") or any(each in markup for each in _LETTERS):
        return None
    if ("&" in markup and _ENTITY.search(markup)) or markup[0].isspace() or _EMPTY.search(markup):
        return None
    opened = [""]
    there: dict[str, str] = {}
    for closed, plain, link, address in tags:
        if closed:
            if opened.pop() != closed:
                return None
        else:
            if opened[-1] not in _AROUND.get(plain, opened) or (link and link in opened):
                return None
            opened.append(plain or link)
            if link:
                there[address] = links(address)
    if opened != [""] or not all(_ADDRESS.fullmatch(each) for way in there.items() for each in way):
        return None
    return _LINK.sub(lambda found: f'<a href="{there[found[1]]}">', markup) if there else markup


def led(link: str, siteurl: str, address: Callable[[str], str]) -> str:
    """Return ``link`` to the text of the page that it leads to, if the site at ``siteurl`` has one.

    ``address`` gives a text's address by its page's, both from the root; empty if there is none.
    """
    for here in (f"{siteurl}/", f"{urlsplit(siteurl).path}/"):
        if link.startswith(here) and not link.startswith("//"):
            parts = urlsplit(link[len(here) :])
            text = address(parts.path)
            return f"{here}{parts._replace(path=text).geturl()}" if text else link
    return link


def _simplify(element: Any, picture: str, links: Links) -> None:  # noqa: ANN401 - lxml's own
    tag = element.tag
    if not isinstance(tag, str) or tag in _DROPPED:
        element.drop_tree()
    elif tag in {"img", "svg"}:
        _replace(element, _alternative(element, picture))
    elif tag in _LINKED:
        _link(element, links)
    else:
        _keep(element, ("", tag))
        if tag == "a" and element.get("href") is not None:
            element.set("href", links(element.get("href")))
        if tag in _UNWRAPPED or (tag == "span" and not element.attrib):
            element.drop_tag()
        element.tag = _RENAMED.get(tag, tag)


def _keep(element: Any, names: Iterable[str]) -> None:  # noqa: ANN401 - lxml's own
    kept = {each for name in names for each in _KEPT.get(name, ())}
    for name in list(element.attrib):
        if name not in kept:
            del element.attrib[name]


def _alternative(element: Any, picture: str) -> str:  # noqa: ANN401 - lxml's own
    alt = element.get("alt") or element.get("aria-label") or element.findtext(".//title") or ""
    words = " ".join(alt.split())
    return picture % {"alt": words} if words else ""


def _replace(element: Any, text: str) -> None:  # noqa: ANN401 - lxml's own
    element.tail = f"{text}{element.tail or ''}"
    element.drop_tree()


def _link(element: Any, links: Links) -> None:  # noqa: ANN401 - lxml's own
    source = element.get("src") or next((each.get("src") for each in element.iter("source")), None)
    name = element.get("title") or element.get("aria-label") or source
    tail = element.tail
    element.clear()
    element.tail = tail
    if source:
        element.tag, element.text = "a", name
        element.set("href", links(source))
    else:
        element.drop_tree()
