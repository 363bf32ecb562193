"""Originals read and pictures made, side by side: Pillow works outside of Python's lock."""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock

import msgspec

from .._kit.errors import Problem
from . import encoding, originals
from .keeping import Cache, stamp
from .model import Order, Original, PictureError
from .settings import ResponsiveImagesSettings

Stamp = tuple[int, int, int, int]
_TIMES = {"AVIF": 4}  # as long as others take
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
    return sorted(_parted(found), key=lambda job: -job.original.size[0] * job.original.size[1])


def _parted(jobs: Sequence[Job]) -> list[Job]:
    """Return the same work in as many jobs as there are cores: of few originals files are made side by side."""
    parts = max(1, _cores() // max(1, len(jobs)))
    return [part for job in jobs for part in _dealt(job, parts)]


def _dealt(job: Job, parts: int) -> Iterator[Job]:
    """Yield the work of a job in ``parts`` that take about as long, if there is so much."""
    dealt: list[tuple[int, list[Order]]] = [(0, []) for _ in range(parts)]
    for order in sorted(job.orders, key=_work, reverse=True):
        place = min(range(parts), key=lambda place: dealt[place][0])
        taken, orders = dealt[place]
        dealt[place] = taken + _work(order), [*orders, order]
    for _, orders in dealt:
        if orders:
            yield Job(job.file, job.original, tuple(orders))


def _work(order: Order) -> int:
    """Return how long a file takes to be made, compared with others."""
    width, height = order.recipe.size
    return width * height * _TIMES.get(order.recipe.format, 1)


def work(todo: Sequence[Job], cache: Cache, done: Callable[[], None]) -> tuple[Problem, ...]:
    """Make the files of all jobs and keep them; ``done`` is called after each original, by any thread.

    Returns a problem for each original that is broken.
    """
    left, one_by_one = Counter(job.file for job in todo), Lock()

    def make(job: Job) -> Problem | None:
        try:
            for order, content in encoding.made(job.file, job.original, job.orders):
                cache.put(order, content)
        except PictureError as error:
            return _problem(job.file, error)
        finally:
            with one_by_one:
                left[job.file] -= 1
                is_last = not left[job.file]
            if is_last:
                done()
        return None

    with ThreadPoolExecutor(_cores()) as pool:
        return tuple(dict.fromkeys(problem for problem in pool.map(make, todo) if problem))


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _problem(file: Path, error: PictureError) -> Problem:
    return Problem(os.path.relpath(file), 0, f"the picture {error}", _REMEDY, "picture")
