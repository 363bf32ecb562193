"""The sample edition, built once for all tests that look at it."""

import fcntl
import hashlib
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import PIL

from tests.support import commands
from tests.support.site import ROOT, Build

BUILD_TIME = "2026-09-29T18:00:00+05:00"
SITEURL = "https://steppe-ledger.example"


def _kept_pictures() -> Path:
    """Return the folder of the pictures that the same code made in earlier runs of the tests, and no other."""
    code = b"".join(file.read_bytes() for file in sorted((ROOT / "plugins/responsive_images").glob("*.py")))
    folder = ROOT / ".cache/pictures-of-tests" / hashlib.sha256(code + PIL.__version__.encode()).hexdigest()[:16]
    for other in folder.parent.glob("*"):
        if other != folder:
            shutil.rmtree(other, ignore_errors=True)
    (folder / "originals.json").unlink(missing_ok=True)  # which speaks of copies in other runs' folders
    return folder


PICTURES = _kept_pictures()
"""All pictures made are kept there, since they are nine tenths of a build's work; one in eight is made in each run."""


def build(
    folder: Path,
    base: str,
    pictures: Path,
    seed: str = "0",
    overrides: Mapping[str, str] | None = None,
    *,
    now: str = BUILD_TIME,
) -> Build:
    """Build the edition below ``folder`` with the settings of ``base`` (pelicanconf or publishconf).

    ``pictures`` keeps those that are made. ``overrides`` are Python expressions by setting, and may use those of
    ``base``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    chosen = {"PATH": repr(str(ROOT / "content")), "THEME": repr(str(ROOT / "theme")), **(overrides or {})}
    chosen.setdefault("RESPONSIVE_IMAGES", f"{{**RESPONSIVE_IMAGES, 'cache': {str(pictures)!r}}}")
    lines = ["import sys", f"sys.path.insert(0, {str(ROOT)!r})", f"from {base} import *"]
    lines += [f"{name} = {value}" for name, value in chosen.items()]
    (folder / "conf.py").write_text("\n".join([*lines, ""]), "utf-8")
    options = ("-s", "conf.py", "-o", "output", "--log-handler", "plain", "--fatal=warnings")
    run = commands.run("pelican", *options, cwd=folder, environment={"BUILD_TIME": now}, seed=seed)
    assert run.returncode == 0, run.stdout + run.stderr
    return Build(run.returncode, run.stdout + run.stderr, folder / "output")


def once(root: Path, name: str, make: Callable[[Path], object]) -> Path:
    """Return a folder that all processes of one test run share: the first one to ask lets it be made.

    One is made at a time, so that no picture is made twice.
    """
    folder = root / name
    with (root / "editions.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "done").is_file():
            make(folder)
            (folder / "done").touch()
    return folder


def shared(root: Path, name: str, base: str, overrides: Mapping[str, str] | None = None) -> Path:
    """Return the output of a build that all processes of one test run share."""
    return once(root, name, lambda folder: build(folder, base, PICTURES, overrides=overrides)) / "output"
