"""Which files a theme and the plugins bring, each under the path it would be published at."""

from collections.abc import Iterable, Mapping
from fnmatch import fnmatch
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


def stylesheets(sources: Mapping[str, Path], first: str) -> tuple[str, ...]:
    """Return the stylesheets in the order of the bundle: ``first``, then by path."""
    return (first, *(path for path in sources if path.endswith(".css") and path != first))


def scripts(sources: Mapping[str, Path]) -> tuple[str, ...]:
    """Return the scripts, by path."""
    return tuple(path for path in sources if PurePosixPath(path).suffix in {".js", ".mjs"})


def _files(path: Path) -> list[Path]:
    return sorted(file for file in path.rglob("*") if file.is_file()) if path.is_dir() else [path]
