"""Files of the output, written only where they differ, so that times and uploads stay small."""

import io
from collections.abc import Iterable
from pathlib import Path


def write(path: Path, content: bytes) -> bool:
    """Let ``path`` hold ``content``, whole at any moment; return whether it did not before."""
    try:
        if path.read_bytes() == content:
            return False
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.part")
    unfinished.write_bytes(content)
    unfinished.replace(path)
    return True


class Text(io.StringIO):
    """A text file open for writing, which is compared with what is there when it is closed."""

    def __init__(self, path: Path, encoding: str) -> None:
        super().__init__(newline="")
        self._path = path
        self._encoding = encoding

    def close(self) -> None:
        """Write the file if it differs."""
        if not self.closed:
            write(self._path, self.getvalue().encode(self._encoding))
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
