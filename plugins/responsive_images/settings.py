"""What an edition may choose about its pictures: the setting RESPONSIVE_IMAGES."""

import re
from typing import Annotated

import msgspec

Positive = Annotated[int, msgspec.Meta(ge=1)]
Quality = Annotated[int, msgspec.Meta(ge=1, le=100)]


class ResponsiveImagesSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The widths that pictures are made in, and how wide the theme shows them in each place."""

    widths: tuple[Positive, ...] = (280, 400, 800, 1200, 1600)
    """The widths in pixels that each picture is made in, as far as its original has them."""

    fallback_width: Positive = 1200
    """The width in pixels of the JPEG or PNG for feeds, and for browsers that know neither AVIF nor WebP."""

    slots: dict[str, str] = {}
    """How wide the theme shows a picture in each of its places, by the place's name, in the form of HTML's `sizes`.
    `figure` is the place of a picture in the text; a place that is not named is as wide as the window."""

    slot_widths: dict[str, Positive] = {}
    """The widest file that is offered in a place, in pixels, by the place's name: a list of small pictures is shorter
    if it names none that nobody needs."""

    avif_quality: Quality = 50
    """The quality of AVIF, of 100."""

    avif_speed: Annotated[int, msgspec.Meta(ge=0, le=10)] = 7
    """How much care AVIF is made with: 0 is smallest and slowest, 10 fastest."""

    webp_quality: Quality = 72
    """The quality of WebP, of 100."""

    jpeg_quality: Quality = 80
    """The quality of JPEG, of 100."""

    folder: str = "media/"
    """Where the pictures are published, relative to the site's root; ends with a slash."""

    cache: str = ".cache/pictures"
    """Where pictures are kept between builds, relative to the folder of the build."""

    most_pixels: Positive = 64_000_000
    """The pixels of the largest original; a larger one stops the build, before it fills the memory."""

    most_bytes: Positive = 50_000_000
    """The bytes of the largest original."""

    originals: tuple[str, ...] = ()
    """Originals that are published although stories show only what was made of them, as patterns of their addresses.
    One that a story links to is published in any case, without its metadata."""

    def __post_init__(self) -> None:
        """Raise ValueError for widths out of order, a place that is not there, or a folder that is none."""
        if unknown := sorted(self.slot_widths.keys() - self.slots.keys()):
            raise ValueError(f"slot_widths names {unknown[0]!r}, which slots does not")
        if not self.widths or list(self.widths) != sorted(set(self.widths)):
            raise ValueError(f"widths {self.widths!r} are not in order, each once, and at least one")
        if not re.fullmatch(r"(?:[\w-]+/)+", self.folder, re.ASCII):
            raise ValueError(f"folder {self.folder!r} is no address such as 'media/'")
