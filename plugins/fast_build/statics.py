"""Files that are published as they are: new ones found and read, and the output brought up to date with all."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path, PurePath
from typing import Any

from .._kit import output, renewing

Read = Callable[[Any, str, type], Any]
"""Reads a file: gets the generator of static files, a path below the content folder, and a class."""
_LISTS = ("PATHS", "EXCLUDES")  # of the settings


class Statics:
    """The static files of an edition with ``settings``; ``start`` returns Pelican's generator of them."""

    def __init__(self, settings: Mapping[str, Any], start: Callable[[], Any]) -> None:
        self._settings = settings
        self._start = start

    @cached_property
    def _generator(self) -> Any:  # noqa: ANN401 - Pelican's own
        return self._start()

    def new(self, files: Iterable[str]) -> dict[str, str]:
        """Return those of ``files`` (absolute paths) that are new below the static paths, with their paths there."""
        below = {file: path for file in files if (path := self._below(file)) and not Path(file).is_dir()}
        return {file: path for file, path in below.items() if self._is_new(path)}

    def _below(self, file: str) -> str | None:
        """Return the path below the content folder of a ``file`` that static paths name."""
        settings, path = self._settings, PurePath(file)
        if not path.is_relative_to(settings["PATH"]):
            return None
        below = path.relative_to(settings["PATH"])
        named, excluded = (any(below.is_relative_to(each) for each in settings[f"STATIC_{of}"]) for of in _LISTS)
        return str(below) if named and not excluded else None

    def _is_new(self, path: str) -> bool:
        generator = self._generator
        is_source = PurePath(path).suffix[1:] in generator.readers.extensions
        known = path in generator.context["static_content"] or is_source
        return not known and bool(generator.get_files([path], extensions=False))

    def read(self, paths: Iterable[str], read: Read, cls: type) -> dict[str, Any]:
        """Return what is at ``paths``, which are new, as ``read`` of the class ``cls``."""
        return {path: read(self._generator, path, cls) for path in paths}

    def add(self, found: Mapping[str, Any]) -> None:
        """Let files by path be among those of the edition, and published."""
        context = self._generator.context
        for each in found.values():
            self._generator.add_source_path(each, static=True)
        context["staticfiles"] = [*context["staticfiles"], *found.values()]


def publish(folder: Path, before: Sequence[Any], now: Sequence[Any]) -> renewing.Put:
    """Put into the output ``folder`` what is published as it is ``now``, and was not ``before``, or of another file."""
    if now is before:
        return renewing.Put()
    was, is_now = ({each.save_as: str(each.source_path) for each in some} for some in (before, now))
    new = {name: file for name, file in is_now.items() if was.get(name) != file}
    for name, file in new.items():
        output.write(folder / name, Path(file).read_bytes())
    return renewing.Put(frozenset(new), was.keys() - is_now.keys())
