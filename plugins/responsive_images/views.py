"""What a template shows of a picture."""

from collections.abc import Mapping

import msgspec


class Candidate(msgspec.Struct, frozen=True):
    """One file of a picture."""

    url: str
    """Its address, relative to the site's root."""
    width: int
    """In pixels."""


class Source(msgspec.Struct, frozen=True):
    """A picture in one format."""

    type: str
    """The format, such as ``image/avif``."""
    candidates: tuple[Candidate, ...]
    """Its files, the narrowest first: a ``srcset``."""


class Slot(msgspec.Struct, frozen=True):
    """A place where a theme shows pictures, as the settings have it."""

    sizes: str
    """How wide they are shown there, in the form of HTML's ``sizes``."""
    widest: int
    """The widest file that is offered there, in pixels."""


class Placed(msgspec.Struct, frozen=True):
    """A picture as it stands in one place."""

    sources: tuple[Source, ...]
    """The formats in the order in which a browser shall try them."""
    sizes: str
    """How wide it is shown, in the form of HTML's ``sizes``."""


class Picture(msgspec.Struct, frozen=True):
    """A picture in every format and width; the lead picture's is an article's attribute ``picture``."""

    sources: tuple[Source, ...]
    """The formats in the order in which a browser shall try them, with all their files."""
    src: str
    """The address of the file for all others, relative to the site's root."""
    width: int
    """Of that file, in pixels."""
    height: int
    """Of that file, in pixels."""
    slots: Mapping[str, Slot]
    """The places of the theme by their names."""

    def at(self, slot: str) -> Placed:
        """Return what is offered in the place of that name; one without settings is as wide as the window."""
        place = self.slots.get(slot)
        if place is None:
            return Placed(self.sources, "100vw")
        return Placed(tuple(_narrowed(source, place.widest) for source in self.sources), place.sizes)


class PicturesMade(msgspec.Struct, frozen=True):
    """Every picture of the edition, under the key ``responsive_images``, for pages that show those of many stories."""

    pictures: Mapping[str, Picture]
    """By the original's address, relative to the site's root."""


def _narrowed(source: Source, widest: int) -> Source:
    """Return the source without what is wider than that; the narrowest is always there."""
    kept = tuple(each for each in source.candidates if each.width <= widest)
    return Source(source.type, kept or source.candidates[:1])
