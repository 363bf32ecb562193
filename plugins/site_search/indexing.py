"""A part of the index, made by Pagefind's program from documents."""

import gzip
import hashlib
import subprocess
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import cbor2
import pagefind_bin

from .._kit.errors import EditionError, Problem

_MARK = b"pagefind_dcd"
"""What everything that Pagefind packs begins with."""
ENGINE = "pagefind.js"
"""The program that a browser loads."""
_PARTS = ("pagefind-entry.json", "pagefind.*.pf_meta", "*/*.pf_*")


def part(documents: Mapping[str, str], language: str, *, newest: bool) -> dict[str, bytes]:
    """Return the files of the part whose ``documents``, by the file that each would be, are in ``language``.

    The ``newest`` part has the engine, too: a browser begins with it. The same documents give the same bytes.
    Raises EditionError if Pagefind refuses.
    """
    with TemporaryDirectory(prefix="search-") as folder:
        site, made = Path(folder, "site"), Path(folder, "made")
        for name, text in documents.items():
            (site / name).parent.mkdir(parents=True, exist_ok=True)
            (site / name).write_text(text, "utf-8")
        _run(site, made, language)
        patterns = [*_PARTS, *(("wasm.*.pagefind", ENGINE) if newest else ())]
        files = {path.relative_to(made).as_posix(): path.read_bytes() for each in patterns for path in made.glob(each)}
    spare = "wasm.unknown.pagefind"
    if len([name for name in files if name.startswith("wasm.")]) > 1:
        del files[spare]  # for languages that the program cannot stem; this one it can
    return _settled(files)


def _run(site: Path, made: Path, language: str) -> None:
    command = [str(pagefind_bin.get_executable()), "--site", str(site), "--output-path", str(made), "--silent"]
    ended = subprocess.run(  # noqa: S603 - a program that a package brings, and our own arguments
        [*command, "--force-language", language], capture_output=True, text=True, check=False
    )
    if ended.returncode:
        said = (ended.stderr or ended.stdout).strip().splitlines() or [f"status {ended.returncode}"]
        remedy = "SITE_SEARCH = {'index': False} builds without a search."
        raise EditionError([Problem("SITE_SEARCH", 0, f"Pagefind made no index: {said[-1]}", remedy, "search")])


def _settled(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return ``files`` with the values of each filter in order: Pagefind has them in another at each run.

    That changes the filters' bytes and names, and so those of what names them.
    """
    settled = dict(files)
    (meta_name,) = (name for name in files if name.endswith(".pf_meta"))
    meta = _unpacked(settled.pop(meta_name))
    filters = meta[3]
    for named in filters:
        before = f"filter/{named[1]}.pf_filter"
        name, values = _unpacked(settled.pop(before))
        content = _packed([name, sorted(values)])
        named[1] = f"{named[1].partition('_')[0]}_{_digest(content)}"
        settled[f"filter/{named[1]}.pf_filter"] = content
    filters.sort()
    content = _packed(meta)
    before = meta_name.removeprefix("pagefind.").removesuffix(".pf_meta")
    now = f"{before.partition('_')[0]}_{_digest(content)}"
    settled[f"pagefind.{now}.pf_meta"] = content
    entry = "pagefind-entry.json"
    settled[entry] = files[entry].replace(before.encode(), now.encode())
    return settled


def _unpacked(content: bytes) -> list[Any]:
    unpacked: list[Any] = cbor2.loads(gzip.decompress(content).removeprefix(_MARK))
    return unpacked


def _packed(value: object) -> bytes:
    return gzip.compress(_MARK + cbor2.dumps(value), mtime=0)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:10]
