"""A built edition, held against every rule in one pass over its files, on all processors."""

import os
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from ..._kit.errors import Problem
from ..headers import HeaderRules
from . import documents, pages, secrecy
from .findings import Findings
from .settings import Inspection
from .site import Edition

FEW = 400
"""Files for which other processes would cost more than they bring."""


def inspect(
    root: Path,
    rules: HeaderRules,
    siteurl: str,
    allowed: Inspection = Inspection(),  # noqa: B008 - frozen
    withheld: tuple[str, ...] = (),
) -> tuple[Problem, ...]:
    """Return what is wrong with the edition built in ``root`` for the address ``siteurl``, in order of file.

    ``rules`` are the headers it will be served with; ``withheld`` are words and paths that may occur nowhere in it.
    """
    if not (root / "index.html").is_file():
        return (Problem(str(root), 0, "is no edition: it has no index.html", "Build the edition first.", "edition"),)
    edition = opened(root, rules, siteurl, allowed, withheld)
    return inspect_files(edition, edition.sizes)


def opened(
    root: Path, rules: HeaderRules, siteurl: str, allowed: Inspection, withheld: tuple[str, ...] = ()
) -> Edition:
    """Return the edition built in ``root``, for ``inspect_files``; the arguments are those of ``inspect``."""
    return Edition(root, _sizes(root), siteurl.rstrip("/"), rules, allowed, withheld)


def inspect_files(edition: Edition, paths: Collection[str]) -> tuple[Problem, ...]:
    """Return what is wrong with the files ``paths`` of ``edition``; the others are there to be led to."""
    found = list(_spread(partial(_several, edition), sorted(paths)))
    led_to = {file for each in found for _, file, _ in each.anchors} - set(paths)
    around = _several(edition, sorted(led_to))
    problems = [problem for each in found for problem in each.problems]
    problems += _anchors(found, {each.path: each.ids for each in (*found, *around)})
    return tuple(sorted({problem for problem in problems if problem.code not in edition.allowed.allow}))


def _spread(work: Callable[[Sequence[str]], list[Findings]], paths: list[str]) -> Iterator[Findings]:
    processes = os.cpu_count() or 1
    if len(paths) < FEW or processes == 1:
        yield from work(paths)
        return
    parts = [paths[start::processes] for start in range(processes)]
    with ProcessPoolExecutor(processes) as pool:
        for part in pool.map(work, parts):
            yield from part


def _several(edition: Edition, paths: Sequence[str]) -> list[Findings]:
    return [_one(edition, path) for path in paths]


def _one(edition: Edition, path: str) -> Findings:
    found = Findings(path)
    suffix = path.rpartition(".")[2]
    text = suffix in secrecy.TEXTS or suffix.startswith("pf_") or edition.sizes[path] < 100_000
    content = (edition.root / path).read_bytes() if text else b""
    secrecy.look(edition, found, content)
    if suffix == "html":
        pages.look(edition, found, content)
    else:
        documents.look(edition, found, content)
    return found


def _sizes(root: Path) -> dict[str, int]:
    return {path.relative_to(root).as_posix(): path.stat().st_size for path in root.rglob("*") if path.is_file()}


def _anchors(found: Iterable[Findings], ids: Mapping[str, Container[str]]) -> Iterator[Problem]:
    """Yield each link to an anchor that is none of the ``ids`` of its page."""
    for each in found:
        for line, file, anchor in each.anchors:
            if anchor not in ids[file] and anchor != "top":
                told = f"#{anchor} is no anchor of {file}"
                yield Problem(each.path, line, told, "Mend the link, or give the place its id.", "anchor")
