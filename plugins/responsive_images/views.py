"""What a template shows of a picture."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Candidate:
    """One file of a picture."""

    url: str
    """Its address, relative to the site's root."""
    width: int
    """In pixels."""


@dataclass(frozen=True)
class Source:
    """A picture in one format."""

    type: str
    """The format, such as ``image/avif``."""
    candidates: tuple[Candidate, ...]
    """Its files, the narrowest first: a ``srcset``."""


@dataclass(frozen=True)
class Picture:
    """A picture in every format and width; the lead picture's is an article's attribute ``picture``."""

    sources: tuple[Source, ...]
    """The formats in the order in which a browser shall try them."""
    src: str
    """The address of the file for all others, relative to the site's root."""
    width: int
    """Of that file, in pixels."""
    height: int
    """Of that file, in pixels."""
    sizes: Mapping[str, str]
    """How wide it is shown, in the form of HTML's ``sizes``, by the name of the place (setting ``slots``)."""


@dataclass(frozen=True)
class PicturesMade:
    """Every picture of the edition, under the key ``responsive_images``, for pages that show those of many stories."""

    pictures: Mapping[str, Picture]
    """By the original's address, relative to the site's root."""
