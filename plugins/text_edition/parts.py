"""A page cut into parts that are small enough, between paragraphs, items of lists, and rows of tables."""

import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import msgspec
from lxml import html
from markupsafe import Markup

_HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
_ANCHOR = re.compile(r'href="#([^"]+)"')
_ID = re.compile(r'\sid="([^"]+)"')
_DIVIDED = frozenset({"ul", "ol", "table", "article", "section", "div"})
_RATES = '<p class="rates">', "</p>\n"  # how the line of rates begins and ends
_PLACE_OF_RATES = 400  # bytes, packed: no page is cut in another place because the rates of a day need more letters
_SHORT = 1000  # letters of what is never cut


class Part(msgspec.Struct, frozen=True):
    """One page of the text edition."""

    url: str
    """Its address, relative to the site's root."""
    title: str
    """The heading of the whole."""
    content: Markup
    """The text."""
    number: int = 1
    """From 1."""
    count: int = 1
    """How many there are."""
    before: str = ""
    """The address of the part before; empty if this is the first."""
    after: str = ""
    """The address of the part after it; empty if this is the last."""


class _Wrap(msgspec.Struct, frozen=True, eq=False):
    """What pieces stand in; two that look alike are two."""

    opened: str
    closed: str


class _Piece(msgspec.Struct, frozen=True):
    """What is not cut any more."""

    markup: str
    around: tuple[_Wrap, ...]
    """What it stands in, from outside."""


Show = Callable[[Part], str]
"""Returns a part as a whole page."""


def pages(url: str, content: str, show: Show, most: int) -> dict[str, str]:
    """Return the page at ``url`` (from the root) that shows ``content``, or its parts, by address.

    Packed by gzip none has more than ``most`` bytes, but for a single paragraph that has more by itself. The line of
    rates is taken for ``_PLACE_OF_RATES`` bytes, whatever it says.
    """
    title = _title(content)
    whole = show(Part(url, title, _safe(content)))
    if _fits(whole, most):
        return {url: whole}
    pieces = tuple(_pieces(html.fragment_fromstring(content, create_parent="div"), ()))
    length = len(content) * most // packed(_measured(whole))
    while True:
        texts = tuple(_texts(pieces, length))
        shown = {part.url: show(part) for part in _parts(url, title, texts)}
        if len(texts) == len(pieces) or length < most // 16 or all(_fits(each, most) for each in shown.values()):
            return shown
        length = length * 4 // 5


def packed(page: str) -> int:
    """Return the bytes of ``page`` as gzip packs it."""
    return len(zlib.compress(page.encode(), 6, wbits=31))


def _fits(page: str, most: int) -> bool:
    measured, room = _measured(page), most - _PLACE_OF_RATES
    return len(measured.encode()) <= room or packed(measured) <= room


def _measured(page: str) -> str:
    """Return a page without its line of rates; a story's own HTML may begin one that does not end."""
    first, *others = page.split(_RATES[0])
    return "".join([first, *(each.partition(_RATES[1])[2] if _RATES[1] in each else each for each in others)])


def _title(content: str) -> str:
    found = _HEADING.search(content)
    return _safe(found[1]).striptags() if found else ""


def _safe(markup: str) -> Markup:
    return Markup(markup)  # noqa: S704 - it comes from templates that escape, and from the story's own HTML


def _pieces(element: Any, around: tuple[_Wrap, ...]) -> Iterator[_Piece]:  # noqa: ANN401 - lxml's own
    """Yield the pieces of what is in ``element``; blanks between them go."""
    if (element.text or "").strip():
        yield _Piece(str(Markup.escape(element.text)), around)
    for child in element:
        tail, child.tail = child.tail, None
        if child.tag in _DIVIDED and len(child.text_content()) > _SHORT:
            _count(child)
            yield from _pieces(_body(child), (*around, _wrap(child)))
        else:
            yield _Piece(html.tostring(child, encoding="unicode"), around)
        if (tail or "").strip():
            yield _Piece(str(Markup.escape(tail)), around)


def _count(element: Any) -> None:  # noqa: ANN401 - lxml's own
    """Have the items of a numbered list keep their numbers."""
    if element.tag == "ol" and "reversed" not in element.attrib:
        for number, item in enumerate(element, int(element.get("start", "1"))):
            item.set("value", item.get("value", str(number)))


def _body(element: Any) -> Any:  # noqa: ANN401 - lxml's own
    """Return what holds the pieces of an element: of a table its body."""
    body = element.find("tbody") if element.tag == "table" else None
    return element if body is None else body


def _wrap(element: Any) -> _Wrap:  # noqa: ANN401 - lxml's own
    """Return what is said before and after each part of an element: of a table its caption and head as well."""
    attributes = "".join(f' {name}="{Markup.escape(value)}"' for name, value in element.items())
    opened, closed = f"<{element.tag}{attributes}>", f"</{element.tag}>"
    if _body(element) is element:
        return _Wrap(opened, closed)
    heads = (each for each in element if each.tag in {"caption", "colgroup", "thead"})
    said = "".join(html.tostring(each, encoding="unicode", with_tail=False) for each in heads)
    return _Wrap(f"{opened}{said}<tbody>", f"</tbody>{closed}")


def _texts(pieces: Sequence[_Piece], length: int) -> Iterator[str]:
    """Yield the pieces put together again, about ``length`` letters at a time; a heading never stands last."""
    taken: list[_Piece] = []
    size = 0
    for piece in pieces:
        if taken and size + len(piece.markup) > length:
            headings: list[_Piece] = []
            while len(taken) > 1 and re.match(r"<h[1-6]", taken[-1].markup):
                headings.insert(0, taken.pop())
            yield _joined(taken)
            taken, size = headings, sum(len(each.markup) for each in headings)
        taken.append(piece)
        size += len(piece.markup)
    yield _joined(taken)


def _joined(pieces: Iterable[_Piece]) -> str:
    out: list[str] = []
    around: tuple[_Wrap, ...] = ()
    for piece in pieces:
        shared = 0
        while shared < min(len(around), len(piece.around)) and around[shared] is piece.around[shared]:
            shared += 1
        out += [each.closed for each in reversed(around[shared:])]
        out += [*(each.opened for each in piece.around[shared:]), piece.markup, "\n"]
        around = piece.around
    return "".join([*out, *(each.closed for each in reversed(around))])


def _parts(url: str, title: str, texts: Sequence[str]) -> Iterator[Part]:
    addresses = [url, *(f"{url.removesuffix('.html').rstrip('/')}/part/{n}/" for n in range(2, len(texts) + 1))]
    places: dict[str, str] = {}
    for address, text in zip(addresses, texts, strict=True):
        for name in _ID.findall(text):
            places.setdefault(name, address)
    for place, (address, text) in enumerate(zip(addresses, texts, strict=True)):
        yield Part(
            url=address,
            title=title,
            content=_safe(_ANCHOR.sub(partial(_led, address, places), text)),
            number=place + 1,
            count=len(texts),
            before=addresses[place - 1] if place else "",
            after=addresses[place + 1] if place + 1 < len(texts) else "",
        )


def _led(here: str, places: Mapping[str, str], anchor: re.Match[str]) -> str:
    """Return a link to an anchor, which may stand in another part than the one at ``here``."""
    there = places.get(anchor[1], here)
    way = "" if there == here else "../" * here.count("/") + there
    return f'href="{way}#{anchor[1]}"'
