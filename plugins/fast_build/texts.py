"""The texts of stories, found when they are asked for."""

import os
import sqlite3
from pathlib import Path


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
