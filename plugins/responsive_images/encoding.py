"""Pictures made: upright, in the web's colours, without metadata but the credit."""

import io
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from PIL import Image, ImageCms

from .model import Credit, Order, Original, PictureError, Recipe, Size
from .originals import UNREADABLE

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What sets a picture upright, by EXIF's orientation."""
_SIXTEEN_BITS = {"I", "I;16", "I;16B", "I;16L", "I;16N"}
_ARTIST, _COPYRIGHT = 0x013B, 0x8298


def made(file: Path, original: Original, orders: Iterable[Order]) -> Iterator[tuple[Order, bytes]]:
    """Yield each of ``orders`` with its bytes; the file is decoded once for all that are drawn from one size.

    Raises PictureError if it is broken.
    """
    for drawn_from, todo in groupby(sorted(orders, key=_size, reverse=True), key=lambda order: order.drawn_from):
        try:
            upright = _upright(file, original, drawn_from)
        except UNREADABLE as error:
            raise PictureError(f"is broken: {error}") from error
        for order in todo:
            fitted = _fitted(upright, order.recipe)
            yield order, _smallest(fitted, order.recipe, original)


def _size(order: Order) -> tuple[Size, Size]:
    return order.drawn_from, order.recipe.size


def _upright(file: Path, original: Original, largest: Size) -> Image.Image:
    """Return the picture in plain colours, no larger than ``largest``."""
    with Image.open(file) as image:
        turn = _TURNS.get(original.orientation)
        swapped = original.orientation >= 5
        size = largest[::-1] if swapped else largest
        image.draft("RGB" if image.mode == "RGB" else None, size)  # a JPEG is decoded no larger than is needed
        profile = image.info.get("icc_profile")
        plain = _eight_bits(image, original)
        if plain.size != size:
            plain = plain.resize(size, Image.Resampling.LANCZOS, reducing_gap=3)
        plain = _web_colours(plain, profile)
        return plain if turn is None else plain.transpose(turn)


def _eight_bits(image: Image.Image, original: Original) -> Image.Image:
    if image.mode in _SIXTEEN_BITS:
        return image.point(lambda value: value * (1 / 256)).convert("L").convert("RGB")
    if image.mode == "CMYK":
        return image.copy()  # its profile is for these colours
    return image.convert("RGBA" if original.transparent else "RGB")


def _web_colours(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Return the picture in sRGB, which browsers assume of one without a profile."""
    target = "RGBA" if image.mode == "RGBA" else "RGB"
    if profile:
        try:
            found = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            changed = ImageCms.profileToProfile(image, found, ImageCms.createProfile("sRGB"), outputMode=target)
        except (ImageCms.PyCMSError, OSError):
            changed = None  # a profile for other colours, or a broken one: browsers too go by the colours alone
        if changed is not None:
            return changed
    return image.convert(target)


def _fitted(image: Image.Image, recipe: Recipe) -> Image.Image:
    if image.size == recipe.size:
        return image
    return image.resize(recipe.size, Image.Resampling.LANCZOS, reducing_gap=3)


def _smallest(image: Image.Image, recipe: Recipe, original: Original) -> bytes:
    """Return the file. A drawing that is not resized, and so has few colours, may be smaller if nothing is lost."""
    file = _encoded(image, recipe, quality=recipe.quality)
    drawn = original.format in {"PNG", "GIF", "BMP"} and original.size == recipe.size
    if recipe.format == "WEBP" and drawn:
        return min(file, _encoded(image, recipe, lossless=True, quality=50), key=len)
    return file


def _encoded(image: Image.Image, recipe: Recipe, **options: object) -> bytes:
    if recipe.format == "AVIF":
        options |= {"speed": recipe.speed or 6, "max_threads": 1}  # the pictures are made side by side
    elif recipe.format == "JPEG":
        options |= {"progressive": True, "optimize": True}
    elif recipe.format in {"PNG", "TIFF"}:
        options = {"optimize": True} if recipe.format == "PNG" else {"compression": "tiff_deflate"}
    target = io.BytesIO()
    bare = image.copy()
    bare.info = {}  # what Pillow would carry over: comments, XMP, profiles
    if exif := _credited(recipe.credit):
        options["exif"] = exif
    bare.save(target, recipe.format, **options)
    return target.getvalue()


def _credited(credit: Credit) -> bytes:
    """Return an EXIF block with nothing but the credit, in UTF-8 as most programs write and read it; or nothing."""
    exif = Image.Exif()
    for tag, text in ((_ARTIST, credit.artist), (_COPYRIGHT, credit.copyright)):
        if text:
            exif[tag] = text.encode()
    return exif.tobytes() if exif else b""
