"""When Python looks for what nobody holds any more: hardly ever in a build, which keeps what it makes."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_KEPT: list[object] = []


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
    gc.freeze()
    gc.enable()
    try:
        yield
    finally:
        gc.disable()
