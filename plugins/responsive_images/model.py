"""What is known of an original, and what is to be made of it."""

import msgspec

Size = tuple[int, int]


class Credit(msgspec.Struct, frozen=True, order=True):
    """Whose a picture is, as its files say; both may be empty."""

    artist: str = ""
    """EXIF's Artist."""
    copyright: str = ""
    """EXIF's Copyright."""


class Original(msgspec.Struct, frozen=True):
    """An original, as its header describes it."""

    digest: str
    """The SHA-256 of its bytes, in hexadecimal."""
    format: str
    """Pillow's name of its format, e.g. ``JPEG``."""
    size: Size
    """Width and height in pixels, upright."""
    orientation: int
    """EXIF's: 1 is upright."""
    transparent: bool
    """Whether something of it may be transparent."""
    moving: bool
    """Whether it has more than one frame."""
    credit: Credit
    """Whose it says it is."""
    private: bool
    """Whether it holds metadata that nobody decided to publish, such as where it was taken and with what."""


class Recipe(msgspec.Struct, frozen=True):
    """How one file is made. Equal recipes give equal files."""

    format: str
    """Pillow's name."""
    size: Size
    """Width and height in pixels, upright."""
    quality: int
    """Of 100; 0 where the format loses nothing."""
    speed: int
    """AVIF's; 0 elsewhere."""
    credit: Credit
    """What it says of its owner."""


class Order(msgspec.Struct, frozen=True):
    """One file to be made."""

    kept: str
    """Its name in the cache: a hash of original and recipe."""
    url: str
    """Its address, relative to the site's root."""
    recipe: Recipe
    """How it is made."""
    drawn_from: Size
    """How large the picture is that it is made of: so it has the same bytes, whichever others are made beside it."""


class PictureError(ValueError):
    """An original of which no picture can be made; the text is a clause."""
