"""Which files a theme and the plugins bring, each under the path it would be published at."""

from collections.abc import Iterable, Mapping
from fnmatch import fnmatch
from itertools import groupby
from pathlib import Path, PurePosixPath


def find(paths: Iterable[Path], ignored: Iterable[str] = ()) -> dict[str, Path]:
    """Return the files in the folders (or files) ``paths`` by their path in the theme's folder, in order of that path.

    Of two with one path the later wins, as in Pelican. A name that matches a pattern of ``ignored`` is left out.
    """
    patterns = tuple(ignored)
    found = {}
    for path in paths:
        for file in _files(path):
            inner = file.relative_to(path if path.is_dir() else path.parent)
            if not any(fnmatch(part, pattern) for part in inner.parts for pattern in patterns):
                found[inner.as_posix()] = file
    return dict(sorted(found.items()))


def stylesheets(sources: Mapping[str, Path], first: str, page_folder: str) -> tuple[str, ...]:
    """Return the stylesheets of every page in the order of the bundle: ``first``, then by path."""
    others = (path for path in sources if path.endswith(".css") and not path.startswith(page_folder))
    return (first, *(path for path in others if path != first))


def page_stylesheets(sources: Mapping[str, Path], page_folder: str) -> dict[str, tuple[str, ...]]:
    """Return the stylesheets of some pages, by path, under the name of the folder that they have in ``page_folder``."""
    found = [path for path in sources if path.startswith(page_folder) and path.endswith(".css")]
    by_name = groupby(found, key=lambda path: path.removeprefix(page_folder).split("/")[0].removesuffix(".css"))
    return {name: tuple(paths) for name, paths in by_name}


def scripts(sources: Mapping[str, Path]) -> tuple[str, ...]:
    """Return the scripts, by path."""
    return tuple(path for path in sources if PurePosixPath(path).suffix in {".js", ".mjs"})


def _files(path: Path) -> list[Path]:
    return sorted(file for file in path.rglob("*") if file.is_file()) if path.is_dir() else [path]
