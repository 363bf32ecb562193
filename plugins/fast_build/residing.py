"""A process that stays: it builds when asked, and new words or rates it takes over at once.

Each line of its input is a JSON list of the files that have changed (absolute paths); for each line it answers with
one, a JSON object ``{"problem": "…", "alone": …}``: what is wrong, empty if the edition is whole, and whether
only pages that read these files, or list them, were made again. Lines ``{"ahead": true}`` may come before: changed
stories can be seen already, each on its own page.
"""

import gc
import json
import logging
import select
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import Protocol, TextIO

from .._kit.errors import EditionError
from . import garbage

_log = logging.getLogger("pelican")  # whose filter tells what is wrong with an edition without a traceback


class Pelican(Protocol):
    """What builds."""

    def run(self) -> None:
        """Build all that has changed."""

    def renew(self, files: Collection[str], look: Callable[[], None]) -> bool:
        """Make again what reads ``files``, if little is new, or plugins take over what is; return if it was so.

        ``look`` is called when stories of ``files`` can be seen already, each on its own page. Raises EditionError for
        mistakes in them: the edition stays without them then.
        """

    def settle(self) -> None:
        """Do what can wait until the edition is shown: keep what the next process goes on from."""

    def get_ready(self, until: Callable[[], bool]) -> None:
        """Do what makes the next ``renew``, or the next process, quicker, ``until`` that is true."""


class Forgetful:
    """Remembers nothing from one run to the next."""

    def renew(self, _files: Collection[str], _look: Callable[[], None]) -> bool:
        """Return that all must be built."""
        return False

    def settle(self) -> None:
        """Do nothing."""

    def get_ready(self, _until: Callable[[], bool]) -> None:
        """Do nothing."""


class Asking:
    """Lines from a stream of which one can tell if there is another already."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[str]:
        return iter(self._stream.readline, "")

    def waits(self) -> bool:
        """Return whether somebody waits for an answer, or there is nobody left to ask."""
        return bool(select.select([self._stream], [], [], 0)[0])


class Resident:
    """Builds with what ``start`` returns, which is asked for until it succeeds."""

    def __init__(self, start: Callable[[], Pelican]) -> None:
        self._start = start
        self._engine: Pelican | None = None
        self._is_whole = False
        self._built_all = False
        self._waiting: set[str] = set()
        """Files with a mistake, and what was changed together with them, that the edition has not taken over."""
        self.took_them_alone = False

    took_them_alone: bool
    """Whether the last change was taken over without a whole run."""

    def take(self, files: Collection[str], look: Callable[[], None]) -> str:
        """Bring the edition up to date with ``files``, or with all if there are none; return what is wrong.

        ``look`` is called when some of it can be seen before.
        """
        self.took_them_alone = self._built_all = False
        with told() as messages:
            try:
                self._build(files, look)
            except Exception as error:  # noqa: BLE001 - told to the writer, whatever it is
                _log.critical("%s: %s", type(error).__name__, error, exc_info=True)
                return "\n".join(messages) or str(error) or type(error).__name__
        return ""

    def settle(self, until: Callable[[], bool]) -> None:
        """Do what can wait until the edition is shown; what goes wrong with that is told in the terminal.

        Then get ready for the next change, ``until`` that is there.
        """
        if self._engine is None:
            return
        try:
            self._engine.settle()
            if self._built_all:
                gc.unfreeze()
            if self._built_all or not until():
                gc.collect()
                gc.freeze()  # what is there stays until the next whole build, and no worker has to copy it
            self._engine.get_ready(until)
        except Exception as error:  # noqa: BLE001 - as above
            self._is_whole = False
            _log.critical("%s: %s", type(error).__name__, error, exc_info=True)

    def _build(self, files: Collection[str], look: Callable[[], None]) -> None:
        if self._engine is None:
            self._engine = self._start()
        whole, self._is_whole = self._is_whole and bool(files), False
        self._waiting.update(files)
        try:
            self.took_them_alone = whole and self._engine.renew(self._waiting, look)
        except EditionError:
            self._is_whole = True  # still, and without what waits
            raise
        if not self.took_them_alone:
            self._engine.run()
            self._built_all = True
        self._waiting.clear()
        self._is_whole = True


def follow(start: Callable[[], Pelican], asked: Asking, answer: Callable[[str], None]) -> None:
    """Do what is ``asked`` for, line by line, and ``answer`` each; garbage is looked for when that is done."""
    resident = Resident(start)
    with garbage.left():
        for line in asked:
            problem = resident.take(json.loads(line), lambda: answer(json.dumps({"ahead": True})))
            answer(json.dumps({"problem": problem, "alone": resident.took_them_alone}))
            resident.settle(asked.waits)


@contextmanager
def told() -> Iterator[list[str]]:
    """Gather what is warned of meanwhile."""
    listener = _Listener()
    root = logging.getLogger()
    root.addHandler(listener)
    try:
        yield listener.messages
    finally:
        root.removeHandler(listener)


class _Listener(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())
