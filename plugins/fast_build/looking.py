"""A story as its file has it now, on its own page, ahead of the build that brings all others up to date."""

import logging
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import msgspec

from .._kit import output
from . import tracing
from .digests import Digests
from .jobs import Job
from .parsing import Read

Step = Callable[[Any, Read, Read], bool]


class Looking:
    """Makes pages of single stories in the output ``folder``; ``generator`` is any.

    ``steps`` are done for a story with new words. The edition that they come of has to be built anew then: its context
    may be spoiled.
    """

    def __init__(self, generator: Any, steps: Iterable[Step], digests: Digests, folder: Path) -> None:  # noqa: ANN401 - Pelican's own
        self._generator = generator
        self._steps = tuple(steps)
        self._digests = digests
        self._folder = folder

    def look(self, story: Any, read: tuple[Read, Read] | None, job: Job | None) -> bool:  # noqa: ANN401 - as above
        """Make the page of ``story``, which ``job`` made, with what its file says now; return whether it could be done.

        The file was ``read`` as the first, and is now as the second, if it can be. What was found out of all stories it
        has as it was.
        """
        named = [name for name, each in job.given.items() if each is story] if job else []
        if job is None or read is None or not named:
            return False
        disabled = logging.root.manager.disable
        logging.disable()  # what is wrong with a file is told by the build that follows
        try:
            now = self._renewed(story, read)
            if now.save_as != job.key or not all(step(now, *read) for step in self._steps):
                return False
            looked_at = msgspec.structs.replace(job, given={**job.given, **dict.fromkeys(named, now)})
            for name, content in job.make(looked_at).items():
                output.write(self._folder / name, content)
        except Exception:  # noqa: BLE001 - as above
            return False
        finally:
            logging.disable(disabled)
        return True

    def _renewed(self, story: Any, read: tuple[Read, Read]) -> Any:  # noqa: ANN401 - as above
        """Return a story from the file, with all of ``story`` that does not come of what is new in it."""
        base, _ = tracing.untraced(type(story))
        path, readers = vars(story)["relative_source_path"], self._generator.readers
        now = readers.read_file(self._generator.settings["PATH"], path, base, context=self._generator.context)
        (_, before), (_, after) = read
        other = {name for name in {**before, **after} if self._is_another(before.get(name), after.get(name))}
        kept = {name for name in other if not _are_alike(vars(now).get(name), vars(story).get(name))}
        others = (*(other - kept), "_content")
        vars(now).update({name: value for name, value in vars(story).items() if name not in others})
        return now

    def _is_another(self, value: object, former: object) -> bool:
        return self._digests.of(value) != self._digests.of(former)


def _are_alike(value: object, other: object) -> bool:
    """Return whether both are of one kind: what a header holds may have given way to something else."""
    if type(value) is not type(other):
        return False
    if not isinstance(value, list | tuple) or not isinstance(other, list | tuple):
        return True
    kinds, others = ({type(each) for each in one} for one in (value, other))
    return kinds <= others or others <= kinds
