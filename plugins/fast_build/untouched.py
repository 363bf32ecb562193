"""Whether a build would leave all as it is: asked before anything of Pelican is there, in a fraction of a second.

For each output folder there is a file, beside its memory, of the command that was given last and what its build stands
on. It is written when the memory is there: of a build that ends before, the output is not as this file has it.
"""

import marshal
import mmap
import os
import time
from collections.abc import Collection, Iterator

from .._kit import time_set
from . import standing
from .standing import DIGEST, Seen, Standing, Told

CACHE = ".cache/fast_build"
"""Where the files are looked for: the settings, whose ``cache`` this is unless they say another, are not known yet."""
_ENDING = ".standing"


class Looked:
    """What is seen of what the last build of a command, with ``arguments``, stands on."""

    def __init__(self, arguments: Collection[str]) -> None:
        self.digest = standing.asked(arguments)
        """Tells the command from others."""
        self.told: Told | None = None
        """What its last build has told, if it was looked at."""
        self.is_untouched = False
        """Whether it left all as a build would now."""
        self._answer: int | None = None

    def look(self) -> None:
        """Find out whether all is untouched; if not, begin to see in another process which files were edited."""
        now = None if time_set.is_set(None, os.environ) else time.time()
        for told in _told(self.digest):
            self.told = told
            if told.standing.is_untouched(now):
                self.is_untouched = True
                return
        if self.told:
            self._begin(self.told.standing)

    def _begin(self, stands: Standing) -> None:
        self._answer, answer = os.pipe()
        if os.fork() == 0:
            try:
                with os.fdopen(answer, "wb") as pipe:
                    marshal.dump(stands.edited(), pipe)
            finally:
                os._exit(0)
        os.close(answer)

    def edited(self, stands: Standing) -> dict[str, Seen] | None:
        """Return what ``stands.edited`` does; where one has looked at the same already, as it was seen then."""
        if self._answer is not None and self.told and self.told.standing is stands:
            with os.fdopen(self._answer, "rb") as pipe:
                answer, self._answer = pipe.read(), None
            if answer:  # else who looked was ended
                found: dict[str, Seen] | None = marshal.loads(answer)  # noqa: S302 - our own process's
                return found
        return stands.edited()


def look(arguments: Collection[str]) -> Looked:
    """Look at what the last build of this command stands on."""
    found = Looked(arguments)
    found.look()
    return found


def _told(asked: bytes) -> Iterator[Told]:
    """Yield what was told by builds of the command with this digest."""
    for name in os.listdir(CACHE) if os.path.isdir(CACHE) else ():  # noqa: PTH112, PTH208 - quicker
        if name.endswith(_ENDING):
            with open(f"{CACHE}/{name}", "rb") as file:  # noqa: PTH123 - quicker
                kept = memoryview(_mapped(file.fileno()))
            told = kept[DIGEST:] if kept[:DIGEST] == asked else None
            if stands := Standing.decoded(told):
                yield Told(digest=bytes(kept[DIGEST : 2 * DIGEST]), standing=stands)


def _mapped(number: int) -> bytes | mmap.mmap:
    """Return what stands in an open file, with its ``number``, without copying it."""
    try:
        return mmap.mmap(number, 0, access=mmap.ACCESS_READ)
    except ValueError:  # an empty file
        return b""


def keep(memory: str | os.PathLike[str], asked: bytes, told: bytes | None) -> None:
    """Keep beside ``memory`` what the build of a command, by its digest, has told; if nothing, that is kept too."""
    name = f"{os.fspath(memory).removesuffix('.sqlite')}{_ENDING}"
    if told:
        with open(f"{name}.part", "wb") as file:  # noqa: PTH123 - quicker
            file.write(asked + told)
        os.replace(f"{name}.part", name)  # noqa: PTH105 - as above
    elif os.path.exists(name):  # noqa: PTH110 - as above
        os.remove(name)  # noqa: PTH107 - as above
