"""A folder on this machine: a folder for each release, and a link to the live one that changes in one step."""

import contextlib
import os
import shutil
from contextlib import AbstractContextManager
from pathlib import Path

from .. import lock, records
from .. import manifest as manifests
from ..errors import PublishingError
from ..manifest import Entry, Manifest
from ..records import Record
from .contract import Upload

FILE_MODE = 0o644


class Folder:
    """``releases/<id>/``, ``state/<id>.json`` and ``state/<id>.manifest.json``, and ``current`` → ``releases/<id>``."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.releases = root / "releases"
        self.incoming = root / "incoming"
        self.state = root / "state"
        self.current = root / "current"

    @property
    def place(self) -> str:
        """Return the folder that a web server serves."""
        return str(self.current)

    def lock(self, holder: str, wait: float, say: lock.Say) -> AbstractContextManager[None]:
        """Return the lock of the folder."""
        return lock.held(self.root / "lock", holder, wait, say)

    def live(self) -> str | None:
        """Return what the link names."""
        if not self.current.is_symlink():
            if self.current.exists():
                raise PublishingError(f"{self.current} is no link: something else made it. Move it away, then publish.")
            return None
        return self.current.readlink().name

    def records(self) -> tuple[Record, ...]:
        """Return the record of each release that was live once."""
        files = sorted(self.state.glob("*Z.json"))
        return tuple(records.read(file.read_bytes(), str(file)) for file in files if self._dir(file.stem).is_dir())

    def manifest(self, release: str) -> Manifest:
        """Return the release's manifest, as it was written beside it."""
        file = self.state / f"{release}.manifest.json"
        if not file.is_file():
            raise PublishingError(f"{file} is missing. Publish with FULL=1: it compares nothing and writes all anew.")
        return manifests.read(file.read_bytes(), str(file))

    def publish(self, upload: Upload) -> None:
        """Make the release beside the live one, its unchanged files as further names of the live one's, and switch."""
        name = upload.record.id
        made = self.incoming / name
        self._clear(self.incoming)
        live = self.live()
        old = self._dir(live) if live else None
        for folder in sorted({str(Path(path).parent) for path in upload.manifest.files}):
            (made / folder).mkdir(parents=True, exist_ok=True)
        for path in upload.plan.uploaded:
            _copy(upload.source / path, made / path, upload.manifest.files[path])
        for path in upload.plan.unchanged:
            _link((old or upload.source) / path, made / path)
        _write(self.state / f"{name}.manifest.json", upload.manifest.encoded())
        os.sync()  # a power cut after the switch must not find files without their bytes
        self.releases.mkdir(exist_ok=True)
        self._clear(self._dir(name))  # one that an interrupted publish of the same second left
        made.rename(self._dir(name))
        self.restore(name)

    def restore(self, release: str) -> None:
        """Let the link name the release; a reader's server follows either the old link or the new one."""
        if not (self._dir(release) / "index.html").is_file():
            raise PublishingError(f"There is no release {release} in {self.releases}. make releases lists them.")
        link = self.root / "current.new"
        link.unlink(missing_ok=True)
        link.symlink_to(Path("releases") / release)
        link.replace(self.current)

    def note(self, record: Record) -> None:
        """Write the record beside the release."""
        _write(self.state / f"{record.id}.json", records.encoded(record))

    def prune(self, keep: int) -> tuple[str, ...]:
        """Remove what is too old, and what an interrupted publish left."""
        kept = records.kept((record.id for record in self.records()), self.live(), keep)
        gone = [folder.name for folder in self._all() if folder.name not in kept]
        for name in gone:
            self._clear(self._dir(name))
        self._clear(self.incoming)
        for file in self.state.glob("*.json"):
            if file.name.split(".")[0] not in kept:
                file.unlink()
        return tuple(gone)

    def _all(self) -> list[Path]:
        return sorted(self.releases.iterdir()) if self.releases.is_dir() else []

    def _dir(self, release: str) -> Path:
        return self.releases / release

    def _clear(self, folder: Path) -> None:
        if folder.exists():
            shutil.rmtree(folder)


def _copy(source: Path, made: Path, entry: Entry) -> None:
    """Copy a file; raises PublishingError if it is not what the manifest says (someone builds at the same time)."""
    shutil.copyfile(source, made)
    made.chmod(FILE_MODE)
    if made.stat().st_size != entry.size:
        raise PublishingError(f"{source} changed during the publish. What is live stays. Publish again.")


def _link(old: Path, made: Path) -> None:
    with contextlib.suppress(OSError):  # a file system without hard links, or too many names for one file: copied
        made.hardlink_to(old)
        return
    shutil.copyfile(old, made)
    made.chmod(FILE_MODE)


def _write(file: Path, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_name(f"{file.name}.partial")
    partial.write_bytes(data)
    partial.replace(file)
