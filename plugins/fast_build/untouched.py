"""Whether a build would leave all as it is: asked before anything of Pelican is there, in a fraction of a second.

For each output folder there is a file, beside its memory, of the command that was given last and what its build stands
on. It is written when the memory is there: of a build that ends before, the output is not as this file has it.
"""

import os
import time
from collections.abc import Collection

from .._kit import clock
from . import standing
from .standing import Standing

CACHE = ".cache/fast_build"
"""Where the files are looked for: the settings, whose ``cache`` this is unless they say another, are not known yet."""
_ENDING = ".standing"
_DIGEST = 16  # bytes


def is_untouched(arguments: Collection[str]) -> bool:
    """Return whether the last build of this command left all as a build would now."""
    asked = standing.asked(arguments)
    now = None if clock.is_set(None, os.environ) else time.time()
    for name in os.listdir(CACHE) if os.path.isdir(CACHE) else ():  # noqa: PTH112, PTH208 - quicker
        if name.endswith(_ENDING):
            with open(f"{CACHE}/{name}", "rb") as file:  # noqa: PTH123 - quicker
                stands = Standing.decoded(file.read()) if file.read(_DIGEST) == asked else None
            if stands and stands.is_untouched(now):
                return True
    return False


def keep(memory: str | os.PathLike[str], asked: bytes, stands: Standing | None) -> None:
    """Keep beside ``memory`` what the build of a command, by its digest, stands on; if nothing, that is kept too."""
    name = f"{os.fspath(memory).removesuffix('.sqlite')}{_ENDING}"
    if stands:
        with open(f"{name}.part", "wb") as file:  # noqa: PTH123 - quicker
            file.write(asked + stands.encoded())
        os.replace(f"{name}.part", name)  # noqa: PTH105 - as above
    elif os.path.exists(name):  # noqa: PTH110 - as above
        os.remove(name)  # noqa: PTH107 - as above
