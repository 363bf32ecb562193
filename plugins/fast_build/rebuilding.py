"""Build an edition for preview, in a folder of its own, with Pelican's command."""

import itertools
import json
import runpy
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

from watchfiles import watch
from watchfiles.main import FileChange

from .editions import Editions

WATCHED = ("content", "theme", "plugins", "pelicanconf.py", "publishconf.py")


class Builder:
    """Builds the project in ``project`` (with ``pelicanconf.py`` and ``content``) again and again."""

    def __init__(self, project: Path, editions: Editions) -> None:
        self._project = project
        self._editions = editions
        self._folders = project / "build" / "preview"
        self._numbers = itertools.count(1)
        shutil.rmtree(self._folders, ignore_errors=True)

    def build(self) -> None:
        """Build once; on success the edition is shown and the one before it removed, on failure the reason is told."""
        previous = self._editions.current.folder
        folder = self._folders / str(next(self._numbers))
        run = subprocess.run(  # noqa: S603 -- our own interpreter and arguments
            [sys.executable, "-m", "pelican", *_arguments(self._project, folder)],
            cwd=self._project,
            capture_output=True,
            text=True,
            check=False,
        )
        sys.stdout.write(run.stdout)
        sys.stderr.write(run.stderr)
        if run.returncode:
            shutil.rmtree(folder, ignore_errors=True)
            self._editions.fail(run.stderr.strip())
        else:
            self._editions.publish(folder)
            if previous:
                shutil.rmtree(previous, ignore_errors=True)

    def follow(self, stop: threading.Event) -> None:
        """Build now and after each change of a watched file, until ``stop`` is set.

        The watch begins before the first build, so that what is saved meanwhile is not missed.
        """
        built = False
        for changes in self._changes(stop):
            if changes or not built:
                self.build()
                built = True

    def _changes(self, stop: threading.Event) -> Iterator[set[FileChange]]:
        paths = [self._project / name for name in WATCHED if (self._project / name).exists()]
        return watch(*paths, stop_event=stop, debounce=200, step=30, rust_timeout=300, yield_on_timeout=True)


def _arguments(project: Path, folder: Path) -> list[str]:
    settings = runpy.run_path(str(project / "pelicanconf.py")) if (project / "pelicanconf.py").exists() else {}
    editorial = {**settings.get("EDITORIAL", {}), "preview": True}  # drafts and embargoed stories are shown, marked
    extra = ["-e", f"EDITORIAL={json.dumps(editorial)}"] if "EDITORIAL" in settings else []
    common = ["-s", "pelicanconf.py", "-o", str(folder), "--fatal=errors", "--log-handler", "plain"]
    return ["content", *common, *extra]
