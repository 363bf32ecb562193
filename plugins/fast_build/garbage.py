"""When Python looks for what nobody holds any more: hardly ever in a build, which keeps what it makes."""

import ctypes
import gc
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_KEPT: list[object] = []
_YOUNG, _OLDER, _NEVER = 5_000, 10, 1_000_000_000
"""Things made, and times that the young were looked through, until it is done again; and for the old."""


def leave() -> None:
    """Leave it to the end of the process: once it is looked for again, all that an edition holds is looked through."""
    gc.disable()


@contextmanager
def left() -> Iterator[None]:
    """Leave it meanwhile: to look for it takes an eighth of a run, and finds next to nothing."""
    looked = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looked:
            gc.enable()


def keep(thing: object) -> None:
    """Keep ``thing`` to the end of the process, which ends without taking it apart: for an edition that takes long."""
    _KEPT.append(thing)


@contextmanager
def collected() -> Iterator[None]:
    """Collect what is left from now on while pages are made; what is there already stays, and is not looked at."""
    usual = gc.get_threshold()
    look_at_young()
    try:
        yield
    finally:
        gc.disable()
        gc.set_threshold(*usual)


def look_at_young() -> None:
    """Collect from now on what was made last and nobody holds, as is left of a page.

    What is there, or was held for a while, is what pages share: to look through that takes a tenth of their time.
    """
    gc.freeze()
    gc.set_threshold(_YOUNG, _OLDER, _NEVER)
    gc.enable()


def give_back() -> None:
    """Give the system what memory was needed for a while, where the C library would keep it, as glibc's does."""
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).malloc_trim(0)
