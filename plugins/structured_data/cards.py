"""Pictures to share a story by: cut from its own, or drawn from its headline where it has none.

A picture's name comes from what it is made of, so that a changed one has a new address, and one that was made
before is made no more.
"""

import hashlib
import io
from pathlib import Path

import msgspec
from PIL import Image, ImageDraw, ImageFont, ImageOps

from .._kit.errors import EditionError, Problem

Size = tuple[int, int]

SHARE: Size = (1200, 630)  # pixels: what Facebook, LinkedIn, Telegram and X show whole
SEARCH: tuple[Size, ...] = ((1200, 675), (1200, 900), (1200, 1200))  # 16:9, 4:3 and 1:1, as Google asks of an article
_VERSION = b"1"  # goes up when the same source shall give another picture
_ROTATED = {5, 6, 7, 8}  # values of EXIF's orientation that swap width and height
_PAPER, _INK, _ACCENT = "#fffdf8", "#1c1a17", "#8f2418"
_EDGE = 72  # pixels


class Words(msgspec.Struct, frozen=True):
    """What a drawn card says."""

    headline: str
    """The story's."""
    kicker: str
    """Its country or section."""
    paper: str
    """The edition's name."""
    font: str
    """A TrueType file; empty for Pillow's own, which has little beyond ASCII."""


class Order(msgspec.Struct, frozen=True):
    """A picture to be made."""

    path: str
    """Its address, relative to the site's root."""
    size: Size
    """In pixels."""
    source: Path | Words
    """What it is cut or drawn from."""


def cuts(source: Path) -> tuple[Order, ...]:
    """Return the card to share and the pictures for search that are cut from ``source``.

    None is enlarged: each has its proportions, and at most the pixels that the source has.
    Raises EditionError for a file that is no picture, or one of absurd size.
    """
    with source.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
    digest.update(_VERSION)
    try:
        with Image.open(source) as image:
            width, height = image.size
            turned = image.getexif().get(0x0112) in _ROTATED
    except (OSError, Image.DecompressionBombError) as error:
        raise EditionError([_unreadable(source, error)]) from error
    whole = (height, width) if turned else (width, height)
    sizes = dict.fromkeys(fitted(whole, wanted) for wanted in (SHARE, *SEARCH))
    name = digest.hexdigest()[:16]
    return tuple(Order(f"cards/{name}-{size[0]}x{size[1]}.jpg", size, source) for size in sizes)


def drawing(words: Words) -> Order | None:
    """Return the card to draw, or None if the font lacks a letter of the words."""
    font = _font(words, 40)
    text = {*words.headline, *words.kicker.upper(), *words.paper} - {" "}
    absent = bytes(font.getmask("\uffff"))
    if any(bytes(font.getmask(letter)) == absent for letter in text):
        return None
    said = repr(words).encode()
    return Order(f"cards/{hashlib.sha256(said + _VERSION).hexdigest()[:16]}.png", SHARE, words)


def made(order: Order) -> bytes:
    """Return the picture: a JPEG cut from a file, without its metadata, or a drawn PNG."""
    if isinstance(order.source, Words):
        return _encoded(_drawn(order.source), "PNG", optimize=True)
    try:
        with Image.open(order.source) as image:
            upright = ImageOps.exif_transpose(_opaque(image))
            cut = ImageOps.fit(upright, order.size, Image.Resampling.LANCZOS)
    except (OSError, Image.DecompressionBombError) as error:
        raise EditionError([_unreadable(order.source, error)]) from error
    return _encoded(cut, "JPEG", quality=82, progressive=True)


def fitted(whole: Size, wanted: Size) -> Size:
    """Return the largest size within ``whole`` and ``wanted`` that has the proportions of ``wanted``."""
    scale = min(1.0, whole[0] / wanted[0], whole[1] / wanted[1])
    return max(1, round(wanted[0] * scale)), max(1, round(wanted[1] * scale))


def _opaque(image: Image.Image) -> Image.Image:
    """Return the picture in plain colours, what is transparent as paper; EXIF's orientation stays."""
    if not image.has_transparency_data:
        return image.convert("RGB")
    paper = Image.new("RGBA", image.size, _PAPER)
    paper.alpha_composite(image.convert("RGBA"))
    flat = paper.convert("RGB")
    flat.info.update(image.info)
    return flat


def _drawn(words: Words) -> Image.Image:
    card = Image.new("RGB", SHARE, _PAPER)
    draw = ImageDraw.Draw(card)
    draw.rectangle((0, 0, SHARE[0], 16), fill=_ACCENT)
    draw.text((_EDGE, _EDGE), words.kicker.upper(), fill=_ACCENT, font=_font(words, 34))
    draw.text((_EDGE, SHARE[1] - _EDGE), words.paper, fill=_INK, font=_font(words, 36), anchor="ls")
    size = next((size for size in (76, 68, 60, 52) if len(_lines(words, size)) * size * 1.2 < 380), 44)
    for number, line in enumerate(_lines(words, size)):
        if (top := 132 + number * size * 1.2) < SHARE[1] - _EDGE - 36 - size:
            draw.text((_EDGE, top), line, fill=_INK, font=_font(words, size))
    return card


def _lines(words: Words, size: int) -> list[str]:
    font = _font(words, size)
    lines = [""]
    for word in words.headline.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and font.getlength(longer) > SHARE[0] - 2 * _EDGE:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _font(words: Words, size: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(words.font, size) if words.font else ImageFont.load_default(size)
    if not isinstance(font, ImageFont.FreeTypeFont):
        raise TypeError("Pillow was built without FreeType, which its wheels have")
    return font


def _encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    target = io.BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def _unreadable(source: Path, error: Exception) -> Problem:
    remedy = "Save it anew as JPEG or PNG, no larger than a page needs."
    return Problem(str(source), 0, f"cannot be read as a picture: {error}", remedy, "picture")
