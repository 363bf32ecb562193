"""Addresses of an edition that have moved or are gone, as the editorial desk hands them over."""

from pathlib import Path

import msgspec

from .._kit.errors import EditionError, Problem


class Addresses(msgspec.Struct, frozen=True):
    """What became of addresses, relative to the site's root."""

    moved: dict[str, str] = {}
    """The new address by the old one."""
    gone: tuple[str, ...] = ()
    """Those at which nothing is any more."""


NONE = Addresses()


def read(file: Path | None) -> Addresses:
    """Return what ``file`` says, JSON with the keys ``moved`` and ``gone``; nothing without a file.

    Raises EditionError for a file that is none.
    """
    if file is None:
        return NONE
    try:
        return msgspec.json.decode(file.read_bytes(), type=Addresses)
    except (msgspec.DecodeError, msgspec.ValidationError, OSError) as error:
        remedy = "python -m plugins.editorial hold --addresses writes it."
        raise EditionError([Problem(str(file), 0, f"tells no addresses: {error}", remedy)]) from error
