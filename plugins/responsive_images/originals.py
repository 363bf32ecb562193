"""Originals: what their headers say. Pixels are looked at only when a picture is made."""

import contextlib
import hashlib
import io
import struct
import zlib
from pathlib import Path

from PIL import Image

from .model import Credit, Original, PictureError

UNREADABLE = (
    OSError,
    SyntaxError,  # Pillow's word for a broken PNG
    ValueError,
    EOFError,
    IndexError,
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)
"""What Pillow raises for a file that is broken."""

RASTER = frozenset(
    {".avif", ".bmp", ".gif", ".heic", ".heif", ".jpe", ".jpeg", ".jpg", ".png", ".tif", ".tiff", ".webp"}
)
"""Names of files with pixels; a drawing (SVG) has none, and fits every screen as it is.

Pillow does not read HEIC: it is told as unreadable, rather than published with the place where it was taken."""

_ORIENTATION, _ARTIST, _COPYRIGHT = 0x0112, 0x013B, 0x8298
_HARMLESS = {_ORIENTATION, _ARTIST, _COPYRIGHT, 0x011A, 0x011B, 0x0128, 0x0213}  # resolution, place of the chroma
_SWAPPED = {5, 6, 7, 8}  # orientations that turn the picture by a quarter
_TEXTS = {"xmp", "XML:com.adobe.xmp", "photoshop", "comment"}  # Pillow's names for other metadata
_PNG_TEXTS = (b"tEXt", b"zTXt", b"iTXt", b"eXIf")
_MANY_STILLS = {"MPO", "TIFF"}  # further frames are a camera's previews, or pages


def read(file: Path, most_pixels: int, most_bytes: int) -> Original:
    """Return what the header of ``file`` says; raises PictureError if it is broken, or larger than given."""
    size = file.stat().st_size
    if size > most_bytes:
        raise PictureError(f"has {size / 1e6:.0f} million bytes; {most_bytes / 1e6:.0f} are the most")
    data = file.read_bytes()
    try:
        with Image.open(io.BytesIO(data)) as image:
            return _described(image, data, most_pixels)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureError("has more pixels than any picture") from error
    except PictureError:
        raise
    except UNREADABLE as error:
        raise PictureError("cannot be read as a picture") from error


def _described(image: Image.Image, data: bytes, most_pixels: int) -> Original:
    width, height = image.size
    if width * height > most_pixels:
        raise PictureError(f"is {width} × {height} pixels; {most_pixels / 1e6:g} million are the most")
    exif = image.getexif()
    orientation = exif.get(_ORIENTATION, 1)
    return Original(
        digest=hashlib.sha256(data).hexdigest(),
        format=str(image.format),
        size=(height, width) if orientation in _SWAPPED else (width, height),
        orientation=orientation if orientation in range(1, 9) else 1,
        transparent=image.has_transparency_data,
        moving=getattr(image, "n_frames", 1) > 1 and image.format not in _MANY_STILLS,
        credit=Credit(_text(exif.get(_ARTIST)), _text(exif.get(_COPYRIGHT))),
        private=_is_private(image, exif, data),
    )


def _is_private(image: Image.Image, exif: Image.Exif, data: bytes) -> bool:
    texts = image.format == "PNG" and any(name in data for name in _PNG_TEXTS)
    return texts or bool(set(exif) - _HARMLESS) or bool(_TEXTS & set(image.info))


def _text(value: object) -> str:
    """Return a field of EXIF as text: Pillow reads its bytes as Latin-1, but they are mostly UTF-8."""
    text = value.decode("latin-1") if isinstance(value, bytes) else str(value or "")
    with contextlib.suppress(UnicodeError):  # else it is Latin-1 indeed
        text = text.encode("latin-1").decode("utf-8")
    return " ".join(text.replace("\0", " ").split())
