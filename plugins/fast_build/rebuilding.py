"""Keep an edition for preview up to date with its sources, by a process of its own that stays."""

import json
import logging
import os
import runpy
import subprocess
import sys
import threading
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from watchfiles import watch
from watchfiles.main import FileChange

from .editions import Editions

_LOG = logging.getLogger(__name__)
WATCHED = ("content", "theme", "plugins", "pelicanconf.py", "publishconf.py")


class Builder:
    """Builds the project in ``project`` (with ``pelicanconf.py`` and ``content``) again and again."""

    def __init__(self, project: Path, editions: Editions) -> None:
        self._project = project
        self._editions = editions
        self._folder = project / "build" / "preview" / "edition"
        self._resident: Resident | None = None

    def build(self, changed: Collection[str] = ()) -> None:
        """Bring the edition up to date with the files ``changed``, or with all; what is wrong is told over it."""
        if self._resident is None or any(map(self._is_code, changed)):
            self.close()
            self._resident, changed = Resident(self._project, _arguments(self._project, self._folder)), ()
        problem = self._resident.ask(changed, lambda: self._editions.publish(self._folder))
        if problem is None:
            self.close()
            problem = "The builder has ended; its last words are in the terminal. The next change starts it again."
        if problem:
            _LOG.error(problem)
            self._editions.fail(problem)
        else:
            self._editions.publish(self._folder)

    def follow(self, stop: threading.Event) -> None:
        """Build now and after each change of a watched file, until ``stop`` is set.

        The watch begins before the first build, so that what is saved meanwhile is not missed.
        """
        built = False
        try:
            for changes in self._changes(stop):
                changed = sorted({path for _, path in changes if not Path(path).name.startswith(".")})
                if changed or not built:  # what editors, and `make rates`, write beside a file is none of the edition
                    self.build(changed)
                    built = True
        finally:
            self.close()

    def close(self) -> None:
        """End the process that builds."""
        if self._resident:
            self._resident.end()
            self._resident = None

    def _changes(self, stop: threading.Event) -> Iterator[set[FileChange]]:
        paths = [self._project / name for name in WATCHED if (self._project / name).exists()]
        return watch(*paths, stop_event=stop, debounce=200, step=5, rust_timeout=300, yield_on_timeout=True)

    def _is_code(self, file: str) -> bool:
        """Return whether a process that runs cannot take the change over."""
        return file.endswith(".py")


class Resident:
    """The process that builds, as ``residing`` says."""

    def __init__(self, project: Path, arguments: Collection[str]) -> None:
        ours, theirs = os.pipe()
        self._process = subprocess.Popen(  # noqa: S603 -- our own interpreter and arguments
            [sys.executable, "-m", __package__ or "", "reside", str(theirs), *arguments],
            cwd=project,
            stdin=subprocess.PIPE,
            pass_fds=[theirs],
            text=True,
        )
        os.close(theirs)
        self._answers = os.fdopen(ours, encoding="utf-8")

    def ask(self, changed: Collection[str], look: Callable[[], None]) -> str | None:
        """Have the edition brought up to date; return what is wrong, or None if the process has ended.

        ``look`` is called when some of it can be seen before.
        """
        asked = self._process.stdin
        assert asked  # noqa: S101 - it has a pipe
        try:
            asked.write(f"{json.dumps(list(changed))}\n")
            asked.flush()
        except BrokenPipeError:
            return None
        for line in self._answers:
            answer = json.loads(line)
            if "problem" in answer:
                return str(answer["problem"])
            look()
        return None

    def end(self) -> None:
        """End the process; a build that it is at is given up."""
        self._process.terminate()
        self._process.communicate()
        self._answers.close()


def _arguments(project: Path, folder: Path) -> list[str]:
    settings = runpy.run_path(str(project / "pelicanconf.py")) if (project / "pelicanconf.py").exists() else {}
    editorial = {**settings.get("EDITORIAL", {}), "preview": True}  # drafts and embargoed stories are shown, marked
    search = {**settings.get("SITE_SEARCH", {}), "index": False}  # it would be made again at every save
    extra = ["-e", f"EDITORIAL={json.dumps(editorial)}"] if "EDITORIAL" in settings else []
    common = ["-s", "pelicanconf.py", "-o", str(folder), "--fatal=errors", "--log-handler", "plain"]
    return ["content", *common, *extra, "-e", f"SITE_SEARCH={json.dumps(search)}"]
