"""What stands between Pelican and the files of its output."""

import io
from collections.abc import Iterable
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
