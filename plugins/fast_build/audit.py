"""Which files of the output this process opened: whoever wrote them, they belong to the build."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def listening() -> "Iterator[OutputFiles]":
    """Note every file that is opened meanwhile; the listener may turn to another folder afterwards."""
    files = OutputFiles(Path(os.sep))
    files.begin()
    try:
        yield files
    finally:
        files.end()


class OutputFiles:
    """Notes every file below ``folder`` that is opened between ``begin`` and ``end``.

    Python tells of each file that it opens, whichever plugin or library does it; so no plugin has to report what it
    writes. The listener stays for the life of the process, as Python wants it; what others do that it forks is not
    heard.
    """

    def __init__(self, folder: Path) -> None:
        self._opened: set[str] | None = None
        self.turn_to(folder)
        sys.addaudithook(self._hear)
        os.register_at_fork(after_in_child=self.end)  # nobody could ask it

    def turn_to(self, folder: Path) -> None:
        """Note files below another folder from now on: a second listener would hear all that Python tells, too."""
        self.folder = folder
        self._folder = f"{folder.absolute()}{os.sep}".replace(os.sep * 2, os.sep)

    def begin(self) -> None:
        """Listen, and know of none yet."""
        self._opened = set()

    def opened(self) -> set[str]:
        """Return the names, below the folder, of the files that were opened and are there."""
        names = {path.removeprefix(self._folder) for path in self._opened or ()}
        return {name for name in names if os.path.isfile(self._folder + name)}  # noqa: PTH113 - many

    def paths(self) -> set[str]:
        """Return the absolute paths of these files."""
        return {self._folder + name for name in self.opened()}

    def end(self) -> None:
        """Listen no more."""
        self._opened = None

    def _hear(self, event: str, arguments: tuple[object, ...]) -> None:
        if event == "open" and self._opened is not None:
            path = arguments[0]
            if isinstance(path, os.PathLike):
                path = os.fspath(path)
            if isinstance(path, str):
                absolute = path if path.startswith(os.sep) else os.path.abspath(path)  # noqa: PTH100 - very often called
                if absolute.startswith(self._folder):
                    self._opened.add(os.path.normpath(absolute))
