"""Folders out of the way, and removed only when all is measured.

For each new file the file system ext4 looks through those that were removed in the last minutes, whose places it does
not give away yet: who builds after a removal pays for it, and nobody else does.
"""

import itertools
import shutil
from pathlib import Path

_ASIDE = ".aside"


def put(folder: Path) -> None:
    """Let there be no ``folder`` any more, if there is one."""
    if folder.exists():
        aside = folder.parent / _ASIDE
        aside.mkdir(exist_ok=True)
        names = (aside / f"{folder.name}-{number}" for number in itertools.count())
        folder.rename(next(name for name in names if not name.exists()))


def remove(root: Path) -> None:
    """Remove all that was put aside below ``root``."""
    for aside in [*root.rglob(_ASIDE)]:
        shutil.rmtree(aside)
