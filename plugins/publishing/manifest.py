"""The manifest of a built tree: every file's path, digest, size and content type."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec

from .._kit.errors import EditionError, Problem
from .headers.content_types import content_type
from .headers.kinds import HASHED

_ASSET = re.compile(rf"{HASHED}\.(?:css|js|mjs|woff2?)")


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """One file."""

    digest: str
    """The SHA-256 of its bytes, in hexadecimal."""
    size: int
    """Its bytes, counted."""
    content_type: str
    """The Content-Type it is served with."""


class Manifest(msgspec.Struct, frozen=True):
    """Every file of one edition, by its path with forward slashes, in the order of paths."""

    files: dict[str, Entry]
    format: int = 1
    former: dict[str, int] = {}
    """Of the files: stylesheets and scripts that only earlier releases name, each with for how many releases."""

    @property
    def size(self) -> int:
        """The bytes of all files."""
        return sum(entry.size for entry in self.files.values())

    def encoded(self) -> bytes:
        """Return the manifest as JSON, always the same bytes for the same files."""
        return msgspec.json.format(msgspec.json.encode(self), indent=0)


EMPTY = Manifest({})


def read(data: bytes, source: str) -> Manifest:
    """Return the manifest in ``data``; raises EditionError if it is none, naming ``source``."""
    try:
        found = msgspec.json.decode(data, type=Manifest)
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise EditionError(
            [Problem(source, 0, f"is no manifest: {error}", "Publish with FULL=1 to write it anew.")]
        ) from error
    if found.format != 1 or any(not _plain(path) for path in found.files):
        raise EditionError([Problem(source, 0, "is a manifest of another kind", "Publish with FULL=1.")])
    return found


def of_tree(folder: Path) -> Manifest:
    """Return the manifest of the files below ``folder``.

    Raises EditionError for a folder without ``index.html``, a link, and a name that no host serves alike.
    """
    if not (folder / "index.html").is_file():
        raise EditionError([Problem(str(folder), 0, "is no built edition: it has no index.html", "Run make publish.")])
    paths = sorted(_files(folder))
    if odd := [path for path in paths if not _plain(path)]:
        raise EditionError([Problem(path, 0, "has a name that not every host can serve") for path in odd])
    with ThreadPoolExecutor() as pool:
        return Manifest(dict(zip(paths, pool.map(lambda path: entry(folder, path), paths), strict=True)))


def entry(folder: Path, path: str) -> Entry:
    """Return the entry of the file ``path`` below ``folder``."""
    with (folder / path).open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256")
        return Entry(digest.hexdigest(), stream.tell(), content_type(path))


def with_changes(manifest: Manifest, changes: Mapping[str, Entry]) -> Manifest:
    """Return ``manifest`` with the entries ``changes`` in place of its own."""
    return msgspec.structs.replace(manifest, files=dict(sorted({**manifest.files, **changes}.items())))


def succeeding(live: Manifest, wanted: Manifest, releases: int) -> Manifest:
    """Return ``wanted`` with the stylesheets and scripts that a cached page of an earlier release names.

    They stay for ``releases`` further ones. Pictures do not: one may have been withdrawn. If ``wanted`` is what is live
    but for them, it is ``live``.
    """
    if wanted.files == {path: entry for path, entry in live.files.items() if path not in live.former}:
        return live
    ages = {p: live.former.get(p, 0) + 1 for p in live.files if p not in wanted.files and _ASSET.fullmatch(p)}
    former = {path: age for path, age in ages.items() if age <= releases and live.files[path].digest}
    return msgspec.structs.replace(with_changes(wanted, {path: live.files[path] for path in former}), former=former)


def _files(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*"):
        if path.is_symlink():
            raise EditionError([Problem(str(path), 0, "is a link", "Put the file itself into the edition.")])
        if path.is_file():
            yield path.relative_to(folder).as_posix()


def _plain(path: str) -> bool:
    """Tell whether ``path`` stays in its folder and holds nothing that separates names in a list."""
    parts = path.split("/")
    return path.isprintable() and "\\" not in path and all(part not in {"", ".", ".."} for part in parts)
