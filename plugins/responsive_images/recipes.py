"""Which files are made of an original, under which names, and what a template gets of them."""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

import msgspec

from .._kit import urls
from .model import Credit, Order, Original, Recipe, Size
from .settings import ResponsiveImagesSettings
from .views import Candidate, Picture, Slot, Source

_VERSION = "1"  # goes up when the same recipe shall give another picture
_TYPES = {"AVIF": "image/avif", "WEBP": "image/webp"}
_SUFFIXES = {"AVIF": "avif", "WEBP": "webp", "JPEG": "jpg", "MPO": "jpg", "PNG": "png", "TIFF": "tif"}
_NEAR = 0.9  # a width this near to the original's is left out for it
_CLEAN_QUALITY = 90


class Plan(msgspec.Struct, frozen=True):
    """The files of one picture."""

    sources: Mapping[str, tuple[Order, ...]]
    """By the format, the narrowest first."""
    fallback: Order
    """For all others."""

    @property
    def orders(self) -> Iterator[Order]:
        """Every file."""
        for orders in self.sources.values():
            yield from orders
        yield self.fallback

    def picture(self, slots: Mapping[str, Slot]) -> Picture:
        """Return what a template gets."""
        sources = [
            Source(_TYPES[name], tuple(Candidate(order.url, order.recipe.size[0]) for order in orders))
            for name, orders in self.sources.items()
        ]
        return Picture(tuple(sources), self.fallback.url, *self.fallback.recipe.size, slots)


def slots(settings: ResponsiveImagesSettings) -> dict[str, Slot]:
    """Return the places of the theme by their names."""
    most = settings.widths[-1]
    return {name: Slot(sizes, settings.slot_widths.get(name, most)) for name, sizes in settings.slots.items()}


def plan(name: str, original: Original, credit: str, settings: ResponsiveImagesSettings) -> Plan:
    """Return the files to make of the original at the address ``name``; none is wider than it.

    ``credit`` is what the files say of their owner; if it is empty they say what the original says.
    """
    owner = Credit(credit, credit) if credit else original.credit

    def recipe(kind: str, width: int, quality: int, speed: int = 0) -> Recipe:
        size = (width, max(1, round(width * original.size[1] / original.size[0])))
        return Recipe(kind, size, quality, speed, owner)

    chosen = widths(original.size, settings.widths)
    sources = {
        "AVIF": [recipe("AVIF", width, settings.avif_quality, settings.avif_speed) for width in chosen],
        "WEBP": [recipe("WEBP", width, settings.webp_quality) for width in chosen],
    }
    last, quality = ("PNG", 0) if original.transparent else ("JPEG", settings.jpeg_quality)
    fallback = recipe(last, min(original.size[0], settings.fallback_width), quality)
    common = _digest(original, sources, fallback)[:12]  # one for all files: a page is smaller by what is repeated
    stem = f"{settings.folder}{_stem(name)}"
    largest = max(each.size for each in (fallback, *sources["AVIF"]))

    def order(each: Recipe) -> Order:
        return _order(f"{stem}-{each.size[0]}.{common}.{_SUFFIXES[each.format]}", original, each, largest)

    return Plan({kind: tuple(map(order, each)) for kind, each in sources.items()}, order(fallback))


def clean(name: str, original: Original) -> Order | None:
    """Return the original as it is published where something links to it; None if it can be published as it is."""
    if not original.private or original.moving or original.format not in _SUFFIXES:
        return None
    quality = 0 if original.format in {"PNG", "TIFF"} else _CLEAN_QUALITY
    kind = "JPEG" if original.format == "MPO" else original.format
    return _order(name, original, Recipe(kind, original.size, quality, 0, original.credit), original.size)


def widths(size: Size, wanted: tuple[int, ...]) -> tuple[int, ...]:
    """Return those of the widths ``wanted`` that a picture of ``size`` has, and its own as the last."""
    own = size[0]
    if own >= wanted[-1]:
        return wanted
    return (*(width for width in wanted if width < own * _NEAR), own)


def _order(url: str, original: Original, recipe: Recipe, drawn_from: Size) -> Order:
    return Order(f"{_digest(original, recipe)[:32]}.{_SUFFIXES[recipe.format]}", url, recipe, drawn_from)


def _digest(original: Original, *recipes: object) -> str:
    return hashlib.sha256(f"{_VERSION} {original.digest} {recipes!r}".encode()).hexdigest()


def _stem(name: str) -> str:
    return urls.slug(PurePosixPath(name).stem) or "picture"
