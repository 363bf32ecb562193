"""The texts of stories, found when they are asked for: they are half of what an edition would hold in memory."""

import os
import sqlite3
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any


class Texts:
    """The texts in the memory ``file``, for whoever asks, in this process or one that it forks."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._process = 0
        self._store: sqlite3.Connection

    def of(self, path: str) -> str:
        """Return the text of the story at ``path``."""
        if self._process != os.getpid():  # no connection lives on in another process
            self._store = sqlite3.connect(f"file:{self._file}?mode=ro", uri=True)
            self._process = os.getpid()
        row = self._store.execute("select text from texts where path = ?", (path,)).fetchone()
        return str(row[0])


class Aside:
    """Texts put aside in a file without a name, for whoever asks, in this process or one that it forks."""

    def __init__(self) -> None:
        self._file: int | None = None
        self._places: dict[str, tuple[int, int]] = {}
        """Where in the file the text of each story begins, and how many bytes it has, by path."""

    def put(self, stories: Iterable[Any], folder: Path) -> None:
        """Put aside in ``folder`` the texts of ``stories`` and pages, which have none of their own from now on."""
        with tempfile.TemporaryFile(dir=folder) as file:
            for each in stories:
                own = vars(each)
                if isinstance(text := own.get("_content"), str):
                    encoded = text.encode("utf-8", "surrogatepass")
                    self._places[own["relative_source_path"]] = file.tell(), len(encoded)
                    file.write(encoded)
                    del own["_content"]
            file.flush()
            self._file = os.dup(file.fileno())

    def has(self, path: str) -> bool:
        """Return whether the text of the story at ``path`` was put aside."""
        return path in self._places

    def of(self, path: str) -> str:
        """Return the text of the story at ``path``."""
        assert self._file is not None  # noqa: S101 - something was put aside
        begin, length = self._places[path]
        return os.pread(self._file, length, begin).decode("utf-8", "surrogatepass")

    def close(self) -> None:
        """Let go of them."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
