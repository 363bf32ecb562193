"""What stands between Pelican and the files of its output."""

import io
import os
from collections.abc import Collection, Iterable
from pathlib import Path

from .._kit import output


class Text(io.StringIO):
    """A text file open for writing, which is compared with what is there when it is closed."""

    def __init__(self, path: Path, encoding: str) -> None:
        super().__init__(newline="")
        self._path = path
        self._encoding = encoding

    def close(self) -> None:
        """Write the file if it differs."""
        if not self.closed:
            output.write(self._path, self.getvalue().encode(self._encoding))
        super().close()


def clears(wanted: bool, output: str, content: str) -> bool:  # noqa: FBT001 - a setting
    """Return whether the output is to hold nothing else; as Pelican has it, never a folder that holds the content."""
    output = os.path.realpath(output)
    return wanted and os.path.commonpath([output, os.path.realpath(content)]) != output


def strangers(folder: Path, known: Collection[str], retained: Collection[str]) -> list[str]:
    """Return the names of all files below ``folder`` but those that are ``known``, and those in ``retained`` places.

    Names are relative to the folder; what is retained is named by its first part, as in ``OUTPUT_RETENTION``.
    """
    found = []
    for place, folders, files in os.walk(folder):
        here = os.path.relpath(place, folder)
        if here == ".":
            folders[:] = [name for name in folders if name not in retained]
            files = [name for name in files if name not in retained]  # noqa: PLW2901 - what is left to look at
            here = ""
        found += [name for each in files if (name := os.path.join(here, each)) not in known]  # noqa: PTH118 - many
    return found


def folders(names: Iterable[str]) -> set[str]:
    """Return the folders above the files ``names``, which are below one, as names likewise; the one itself is ``.``."""
    found = {"."}
    for name in names:
        while (name := os.path.dirname(name)) and name not in found:  # noqa: PTH120 - many, step by step
            found.add(name)
    return found


def remove(folder: Path, names: Iterable[str]) -> None:
    """Remove the files ``names`` from ``folder``, with the folders that are empty then."""
    for name in names:
        path = folder / name
        path.unlink(missing_ok=True)
        for parent in path.relative_to(folder).parents:
            here = folder / parent
            if here == folder or not here.is_dir() or any(here.iterdir()):
                break
            here.rmdir()
