"""Pictures in the text: an image alone in its paragraph becomes a figure with its caption and credit apart."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit
from xml.etree import ElementTree as ET

import msgspec
from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from PIL import Image, UnidentifiedImageError

from .._kit.errors import Problem
from .fields import ImageFields
from .header import Header

Size = Callable[[str], tuple[int, int] | None]
"""Returns the width and height in pixels of a picture that is the edition's own, None for any other address."""

_CREDIT = re.compile(r"^(?P<caption>.*?)\s*(?P<credit>(?:Image|Photo|Drawing|Picture):\s*\S.*?|@[\w.]+)\.?$", re.DOTALL)
_OWN = re.compile(r"(?![a-z][a-z0-9+.-]*:|/|#|\{)", re.IGNORECASE)
_IN_TEXT = re.compile(
    r"!\[(?P<alt>[^\]]*)\]\(\s*(?:<(?P<angled>[^>\n]+)>|(?P<src>[^\s)<>]+))"
    r"(?:\s+(?P<quote>[\"'])(?P<title>[^\n]*?)(?P=quote)(?=\s*\)))?"
)
_FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"(`+)(?!`)[^\n]*?(?<!`)\1(?!`)")
_VIEW_BOX = re.compile(rb"<svg[^>]*?\bviewBox\s*=\s*[\"']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)")


class Figure(msgspec.Struct, frozen=True):
    """A story's lead picture."""

    src: str
    """Its address, relative to the site's root."""
    alt: str
    """What it shows."""
    caption: str
    """The words below it; may be empty."""
    credit: str
    """Whose it is; may be empty."""
    width: int
    """In pixels."""
    height: int
    """In pixels."""


class PictureError(ValueError):
    """A picture that is not there or cannot be read; the text is a clause."""


def size(folder: Path, src: str) -> tuple[int, int]:
    """Return the width and height in pixels of the picture ``src`` of ``folder``; raises PictureError."""
    file = folder / unquote(src)
    if not file.resolve().is_relative_to(folder.resolve()):
        raise PictureError(f"the picture {src} is outside {folder.name}/")
    return _size(file)


class Sizes:
    """The sizes of the pictures of ``folder``, each of which is looked at once as long as its file stays as it is."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._found: dict[str, tuple[tuple[int, int] | None, tuple[int, int] | PictureError]] = {}
        self.consulted: set[str] = set()
        """The files that were asked for."""

    def or_error(self, src: str) -> tuple[int, int] | PictureError:
        """Return the width and height in pixels of the picture ``src``, or what is wrong with it."""
        file = f"{self.folder}/{unquote(src)}"
        self.consulted.add(file)
        stamp, known = _stamp(file), self._found.get(src)
        if known is None or known[0] != stamp:
            try:
                self._found[src] = known = stamp, size(self.folder, src)
            except PictureError as error:
                self._found[src] = known = stamp, error
        return known[1]

    def of(self, src: str) -> tuple[int, int] | None:
        """Return the width and height in pixels of the picture ``src``; None if something is wrong with it."""
        found = self.or_error(src)
        return None if isinstance(found, PictureError) else found


def _stamp(file: str) -> tuple[int, int] | None:
    try:
        found = os.stat(file)  # noqa: PTH116 - quicker
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns


def _size(file: Path) -> tuple[int, int]:
    try:
        if file.suffix.lower() == ".svg":
            box = _VIEW_BOX.search(file.read_bytes()[:4096])
            if not box:
                raise PictureError(f"the picture {file.name} has no viewBox")
            return round(float(box[1])), round(float(box[2]))
        with Image.open(file) as picture:
            return picture.size
    except FileNotFoundError as error:
        raise PictureError(f"there is no picture {file.name}") from error
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise PictureError(f"the picture {file.name} cannot be read") from error


def problems(found: Header, image: ImageFields | None, sizes: Sizes) -> Iterator[Problem]:
    """Yield what is wrong with the pictures of the text below the header ``found``, and with the lead picture."""
    shown = [(found.body_line + each.line, each.src, each.alt) for each in in_text(found.body)]
    if image:
        shown.append((found.lines.get("image", 1), image.src, image.alt))
    for line, src, alt in shown:
        if not alt.strip():
            remedy = "Say in the square brackets what it shows."
            yield Problem(found.path, line, f"the picture {src} has no alternative text", remedy, "alt")
        if is_own(src) and isinstance(error := sizes.or_error(src), PictureError):
            remedy = f"Put it into {os.path.relpath(sizes.folder)}/, or mend its name."
            yield Problem(found.path, line, str(error), remedy, "picture")


def is_own(src: str) -> bool:
    """Return whether ``src`` names a file of the edition's folder of images."""
    return bool(_OWN.match(src))


class Shown(msgspec.Struct, frozen=True):
    """An image as it is written in a text."""

    line: int
    """From 0."""
    column: int
    """From 0."""
    src: str
    """Its address."""
    alt: str
    """Its alternative text; may be empty."""
    title: str
    """Its title, with caption and credit; may be empty."""


def without_code(body: str) -> str:
    """Return ``body`` with the lines of its fenced blocks of code empty, and blanks for code within a line."""
    if "`" not in body and "~~~" not in body:
        return body
    blanked = _FENCE.sub(lambda found: "\n" * found[0].count("\n"), body)
    return _CODE.sub(lambda found: " " * len(found[0]), blanked)


def in_text(body: str) -> list[Shown]:
    """Return each Markdown image in ``body``, outside blocks of code."""
    blanked = without_code(body)
    return [
        Shown(
            blanked.count("\n", 0, found.start()),
            found.start() - blanked.rfind("\n", 0, found.start()) - 1,
            found["angled"] or found["src"],
            found["alt"],
            found["title"] or "",
        )
        for found in _IN_TEXT.finditer(blanked)
    ]


def caption_and_credit(title: str) -> tuple[str, str]:
    """Return the caption and the credit of a title such as ``Flowers at the memorial. Image: MFA Russia``."""
    found = _CREDIT.match(title.strip())
    return (found["caption"], found["credit"]) if found else (title.strip(), "")


class FigureExtension(Extension):
    """Makes figures, and gives the edition's own pictures their size and address."""

    def __init__(self, picture_size: Size, folder: str) -> None:
        super().__init__()
        self._size = picture_size
        self._folder = folder

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        """Work after the inline patterns (priority 20)."""
        md.treeprocessors.register(_Figures(md, self._size, self._folder), "figures", 15)


class _Figures(Treeprocessor):
    def __init__(self, md: Markdown, picture_size: Size, folder: str) -> None:
        super().__init__(md)
        self._size = picture_size
        self._folder = folder

    def run(self, root: ET.Element) -> None:
        for image in root.iter("img"):
            self._complete(image)
        for paragraph in root.iter("p"):
            if len(paragraph) == 1 and not _words(paragraph):
                child = paragraph[0]
                if child.tag == "img":
                    _make_figure(paragraph, child)
                elif child.tag == "a" and len(child) == 1 and child[0].tag == "img" and not _words(child):
                    _make_figure(paragraph, child[0], child)

    def _complete(self, image: ET.Element) -> None:
        src = image.get("src", "")
        if not image.get("alt", "").strip():
            image.set("alt", "?")  # the file is refused for it; Pelican's own warning would end the build before that
        if is_own(src) and (found := self._size(src)):  # one that is not there is told, and must be no link for Pelican
            image.set("width", str(found[0]))
            image.set("height", str(found[1]))
            image.set("src", f"{{static}}/{self._folder}/{quote(unquote(src))}")
        image.set("loading", "lazy")
        image.set("decoding", "async")


def _words(paragraph: ET.Element) -> str:
    return f"{paragraph.text or ''}{paragraph[0].tail or ''}".strip()


def _make_figure(paragraph: ET.Element, image: ET.Element, link: ET.Element | None = None) -> None:
    """Make a figure of a paragraph; with a ``link`` it stands for another site's page until a reader asks for that."""
    paragraph.tag = "figure"
    caption, credit = caption_and_credit(image.attrib.pop("title", ""))
    host = (urlsplit(link.get("href", "")).hostname or "") if link is not None else ""
    if host:
        paragraph.set("class", "embed")
    parts = [("figure-credit", credit), ("embed-host", host.removeprefix("www."))]
    spans = [(name, text) for name, text in parts if text]
    if caption or spans:
        below = ET.SubElement(paragraph, "figcaption")
        below.text = f"{caption} " if caption and spans else caption
        for number, (name, text) in enumerate(spans):
            span = ET.SubElement(below, "span", {"class": name})
            span.text = text
            span.tail = " " if number < len(spans) - 1 else None
