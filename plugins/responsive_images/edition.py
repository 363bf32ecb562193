"""All pictures of an edition: what is made of which original, and which originals are still published."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath

import msgspec

from .._kit.errors import EditionError
from . import progress, recipes, workshop
from .bodies import Shown
from .keeping import Cache
from .model import Order, Original
from .originals import RASTER
from .recipes import Plan
from .settings import ResponsiveImagesSettings


class Edition(msgspec.Struct, frozen=True):
    """What is to be made."""

    plans: Mapping[Shown, Plan]
    """The files of each picture that is shown."""
    clean: Mapping[str, Order]
    """What is published in place of an original, by the original's path below the content folder."""
    hidden: frozenset[str]
    """Originals that nothing refers to any more, by the same."""


def has_pixels(path: str) -> bool:
    """Return whether the file is a picture that could be made smaller."""
    return PurePosixPath(path).suffix.lower() in RASTER


def plans(
    shown: Iterable[Shown], known: Mapping[str, Original], settings: ResponsiveImagesSettings
) -> dict[Shown, Plan]:
    """Return the files of each picture; one that moves stays as it is."""
    return {
        each: recipes.plan(each.path, known[each.path], each.credit, settings)
        for each in sorted(shown)
        if each.path in known and not known[each.path].moving
    }


def published(
    made: Mapping[Shown, Plan], known: Mapping[str, Original], linked: Collection[str], kept: Collection[str]
) -> Edition:
    """Return what is to be made, given the originals that texts still link to.

    ``kept`` are patterns of originals that are published in any case. Paths are relative to the content folder.
    """
    replaced = {each.path for each in made}
    hidden = {path for path in replaced if path not in linked and not any(fnmatch(path, pattern) for pattern in kept)}
    clean = {path: recipes.clean(path, original) for path, original in known.items() if path not in hidden}
    return Edition(made, {path: order for path, order in clean.items() if order}, frozenset(hidden))


def make(edition: Edition, files: Mapping[str, Path], known: Mapping[str, Original], cache: Cache) -> None:
    """Make what the cache does not have; raises EditionError with a problem for each original that is broken."""
    wanted: dict[str, list[Order]] = {}
    for path, order in _orders(edition):
        wanted.setdefault(path, []).append(order)
    originals = {files[path]: known[path] for path in wanted}
    todo = workshop.jobs({files[path]: orders for path, orders in wanted.items()}, originals, cache)
    with progress.shown(len({job.file for job in todo})) as done:
        problems = workshop.work(todo, cache, done)
    if problems:
        raise EditionError(problems)


def addresses(edition: Edition, cache: Cache) -> dict[str, Path]:
    """Return each made file by its address, relative to the site's root."""
    orders = (order for plan in edition.plans.values() for order in plan.orders)
    return {order.url: cache.path(order) for order in orders}


def _orders(edition: Edition) -> Iterator[tuple[str, Order]]:
    for shown, plan in edition.plans.items():
        for order in plan.orders:
            yield shown.path, order
    yield from edition.clean.items()
