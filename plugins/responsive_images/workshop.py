"""Originals read and pictures made, side by side: Pillow works outside of Python's lock."""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec

from .._kit.errors import Problem
from . import encoding, originals
from .keeping import Cache, stamp
from .model import Order, Original, PictureError
from .settings import ResponsiveImagesSettings

Stamp = tuple[int, int, int, int]
_REMEDY = "Save it anew as JPEG or PNG, no larger than a page needs."


class Job(msgspec.Struct, frozen=True):
    """The files to be made of one original."""

    file: Path
    """The original."""
    original: Original
    """What is known of it."""
    orders: tuple[Order, ...]
    """What is to be made."""


def described(
    files: Mapping[str, Path], cache: Cache, settings: ResponsiveImagesSettings
) -> tuple[dict[str, Original], tuple[Problem, ...]]:
    """Return what is known of each of ``files``, and what is wrong with others; only new or changed ones are opened."""
    known = {name: cache.known(file) for name, file in files.items()}
    new = [name for name, original in known.items() if original is None]

    def look(name: str) -> tuple[Stamp, Original | Problem]:
        before = stamp(files[name])
        try:
            return before, originals.read(files[name], settings.most_pixels, settings.most_bytes)
        except PictureError as error:
            return before, _problem(files[name], error)

    with ThreadPoolExecutor(_cores()) as pool:
        answers = dict(zip(new, pool.map(look, new), strict=True))
    found = {name: (before, one) for name, (before, one) in answers.items() if isinstance(one, Original)}
    cache.remember((files[name], before, one) for name, (before, one) in found.items())
    known |= {name: one for name, (_, one) in found.items()}
    problems = tuple(one for _, one in answers.values() if isinstance(one, Problem))
    return {name: one for name, one in known.items() if one}, problems


def jobs(wanted: Mapping[Path, Iterable[Order]], known: Mapping[Path, Original], cache: Cache) -> list[Job]:
    """Return what is not in the cache yet, each file once, the originals with most pixels first."""
    taken: set[str] = set()
    found = []
    for file, orders in wanted.items():
        missing = {order.kept: order for order in orders if not cache.has(order) and order.kept not in taken}
        if missing:
            taken |= missing.keys()
            found.append(Job(file, known[file], tuple(missing.values())))
    return sorted(found, key=lambda job: -job.original.size[0] * job.original.size[1])


def work(todo: Sequence[Job], cache: Cache, done: Callable[[], None]) -> tuple[Problem, ...]:
    """Make the files of all jobs and keep them; ``done`` is called after each job, by any thread.

    Returns a problem for each original that is broken.
    """

    def make(job: Job) -> Problem | None:
        try:
            for order, content in encoding.made(job.file, job.original, job.orders):
                cache.put(order, content)
        except PictureError as error:
            return _problem(job.file, error)
        finally:
            done()
        return None

    with ThreadPoolExecutor(_cores()) as pool:
        return tuple(problem for problem in pool.map(make, todo) if problem)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _problem(file: Path, error: PictureError) -> Problem:
    return Problem(os.path.relpath(file), 0, f"the picture {error}", _REMEDY, "picture")
