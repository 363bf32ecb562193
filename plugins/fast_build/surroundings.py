"""What every page and every source file depends on: the code, the libraries, the settings, the words."""

import os
import re
import sys
import sysconfig
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import xxhash
from babel import UnknownLocaleError

from .._kit import catalogues
from . import standing, telling
from .digests import Digests, UndigestibleError
from .standing import Seen

_PASSED_OVER = frozenset({"OUTPUT_PATH", "CACHE_PATH", "PORT", "BIND", "DEBUG", "PELICAN_CLASS", "FAST_BUILD"})
_NO_FILES = re.compile(r"/(proc|sys|dev(?!/shm/))/")  # what is below these is no file that somebody keeps


def of_settings(settings: Mapping[str, Any], digests: Digests) -> bytes:
    """Return the digest of the settings as the edition chose them; a run adds others.

    Raises UndigestibleError, with the setting's name, for a setting of which nobody can say whether it is the same.
    """
    found = xxhash.xxh3_128()
    for name in sorted(settings):
        if name not in _PASSED_OVER:
            try:
                found.update(name.encode() + digests.of(settings[name]))
            except UndigestibleError as error:
                words = f"the setting {name} holds a {error}"
                raise UndigestibleError(words) from error
    return found.digest()


def chosen(settings: Mapping[str, Any], digests: Digests) -> Callable[[], bytes]:
    """Return what tells whether the settings are the same, by what they are now, before a run adds to them."""
    try:
        digest = of_settings(settings, digests)
    except UndigestibleError as error:
        telling.tell(f"Everything is made anew in each build, since {error}.")
        return lambda: os.urandom(16)
    return lambda: digest


def of_files(settings: Mapping[str, Any], plugins: Iterable[Any]) -> bytes:
    """Return the digest of plugins' code, libraries, and the catalogues of the edition's language."""
    found = xxhash.xxh3_128(f"{sys.version} {standing.libraries()}".encode())
    for folder in sorted(folders(plugins)):
        found.update(code(folder))
    for file in catalogue_files(settings):
        found.update(file.read_bytes())
    return found.digest()


def catalogue_files(settings: Mapping[str, Any]) -> tuple[Path, ...]:
    """Return the catalogues of the edition's language; none for a language of which nobody knows."""
    try:
        return catalogues.files(settings["DEFAULT_LANG"], settings["THEME"])
    except (KeyError, UnknownLocaleError, ValueError):
        return ()


def folders(plugins: Iterable[Any]) -> set[Path]:
    """Return the folders of the suite's code and of every other plugin's."""
    found = {Path(__file__).parents[1]}
    for plugin in plugins:
        file = getattr(plugin, "__file__", None)
        if file:
            found.add(Path(file).parent)
    return {folder for folder in found if not any(other in folder.parents for other in found)}


def sources(settings: Mapping[str, Any], plugins: Iterable[Any], read: Iterable[str]) -> dict[str, Seen]:
    """Return what is seen of the files and folders that a build reads; the settings came of those that were ``read``.

    What is installed is left out: ``libraries`` tells whether it is the same.
    """
    trees = [settings["PATH"], settings["THEME"], *settings["THEME_TEMPLATES_OVERRIDES"], *map(str, folders(plugins))]
    modules = (getattr(module, "__file__", None) for module in list(sys.modules.values()))
    elsewhere = tuple(f"{os.path.abspath(each)}{os.sep}" for each in (*_installed(), *trees))  # noqa: PTH100 - a string
    files = {os.path.abspath(each) for each in (*read, *filter(None, modules))}  # noqa: PTH100 - as above
    kept = (each for each in files if not _NO_FILES.match(each) and "__pycache__" not in each)
    return standing.trees([*trees, *sorted(each for each in kept if not each.startswith(elsewhere))])


def _installed() -> Iterable[str]:
    """Return the folders of Python and of what is installed for it."""
    return (path for name, path in sysconfig.get_paths().items() if "lib" in name)


def code(folder: Path) -> bytes:
    """Return the digest of the Python files below ``folder``."""
    found = xxhash.xxh3_128()
    for file in sorted(folder.rglob("*.py")):
        found.update(str(file.relative_to(folder)).encode() + b"\0" + file.read_bytes())
    return found.digest()
