"""The two places of object storage, by rclone: what readers are served, and the state beside it."""

import contextlib
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from ..errors import PublishingError
from ..programs import Program
from ..settings import ObjectTarget

_ABSENT = frozenset({3, 4})  # rclone: directory not found, file not found


class Storage:
    """Files in object storage. Each call ends when all its files are carried, or raises PublishingError."""

    def __init__(self, settings: ObjectTarget, environment: Mapping[str, str]) -> None:
        self.public = settings.remote.rstrip("/") if not settings.remote.endswith(":") else settings.remote
        self.state = settings.state.rstrip("/")
        remote = self.state.partition(":")[0].upper().replace("-", "_")
        self.identity = f"{self.state} {environment.get(f'RCLONE_CONFIG_{remote}_ENDPOINT', '')}"
        self.common = ("--transfers", str(settings.transfers), "--checkers", str(settings.transfers))
        patience = ("--quiet", "--contimeout", "15s", "--timeout", "60s", "--low-level-retries", "4", "--retries", "3")
        self.program = Program((_rclone(), *patience), environment)
        self._known: dict[str, bytes | None] | None = None

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Ask for no file of the state twice while the block runs, in which nobody else may write it."""
        self._known = {}
        try:
            yield
        finally:
            self._known = None

    def read(self, name: str) -> bytes | None:
        """Return a file of the state; None if it is not there."""
        if self._known is None:
            return self._read(name)
        if name not in self._known:
            self._known[name] = self._read(name)
        return self._known[name]

    def _read(self, name: str) -> bytes | None:
        status, out, said = self.program.attempt(["cat", f"{self.state}/{name}"])
        if status in _ABSENT or (status == 0 and not out):
            return None
        if status:
            raise PublishingError(f"{self.state}/{name} cannot be read: {said.strip() or f'status {status}'}")
        return out

    def write(self, name: str, data: bytes) -> None:
        """Write a file of the state; readers of it find the old one or the new one."""
        self.program.run(["rcat", f"{self.state}/{name}", "--size", str(len(data))], data)
        if self._known is not None:
            self._known[name] = data

    def remove(self, names: Iterable[str], place: str) -> None:
        """Remove files below ``place``; those that are not there are passed over."""
        self._each(["delete", place], names)
        if self._known is not None and place != self.public:
            self._known.clear()

    def files(self, place: str) -> tuple[str, ...]:
        """Return every file below ``place``, in order."""
        status, out, said = self.program.attempt(["lsf", place, "--recursive", "--files-only"])
        if status and status not in _ABSENT:
            raise PublishingError(f"{place} cannot be listed: {said.strip()}")
        return tuple(sorted(out.decode().splitlines()))

    def upload(self, source: Path, names: Iterable[str], headers: Mapping[str, str]) -> None:
        """Carry files of this machine to the public place, to be served with ``headers``."""
        words = [word for name, value in headers.items() for word in ("--header-upload", f"{name}: {value}")]
        self._each(["copy", str(source), self.public, "--no-check-dest", *words], names)

    def copy(self, source: str, target: str, names: Iterable[str], *options: str) -> None:
        """Copy files within the storage, with their headers."""
        self._each(["copy", source, target, "--metadata", *options], names)

    def _each(self, arguments: list[str], names: Iterable[str]) -> None:
        listed = "".join(f"{name}\n" for name in names)
        if listed:
            self.program.run([*arguments, *self.common, "--files-from-raw", "-"], listed.encode())


class Pending(msgspec.Struct, frozen=True):
    """What a publish was about to change: until it is done, nobody knows what these files hold."""

    release: str
    paths: tuple[str, ...]


def _rclone() -> str:
    beside = Path(sys.executable).with_name("rclone")
    return str(beside) if beside.is_file() else shutil.which("rclone") or "rclone"
