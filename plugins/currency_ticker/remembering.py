"""Answers kept with their validators, so that a publisher who has nothing new need not send it again (RFC 9110, 13)."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

import msgspec

from .sources.source import Request


class Remembered(msgspec.Struct, frozen=True):
    """An answer and what its publisher gave to ask for changes by."""

    etag: str
    """The header ETag; empty if there was none."""
    last_modified: str
    """The header Last-Modified; empty if there was none."""
    body: bytes
    """The answer's body."""

    def conditions(self) -> dict[str, str]:
        """Return the headers of a conditional request."""
        headers = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: text for name, text in headers.items() if text}


class Memory:
    """Answers by request, a file each in ``folder``; a damaged file is as good as none."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def recall(self, request: Request) -> Remembered | None:
        """Return the remembered answer to ``request``, if there is one."""
        try:
            return msgspec.msgpack.decode(self._file(request).read_bytes(), type=Remembered)
        except (FileNotFoundError, msgspec.DecodeError):
            return None

    def keep(self, request: Request, headers: Mapping[str, str], body: bytes) -> None:
        """Remember ``body`` as the answer to ``request`` if its headers allow to ask for changes."""
        answer = Remembered(headers.get("ETag", ""), headers.get("Last-Modified", ""), body)
        if answer.conditions():
            self._folder.mkdir(parents=True, exist_ok=True)
            new = self._file(request).with_suffix(".new")
            new.write_bytes(msgspec.msgpack.encode(answer))
            new.replace(self._file(request))

    def _file(self, request: Request) -> Path:
        return self._folder / hashlib.sha256(msgspec.msgpack.encode(request)).hexdigest()
