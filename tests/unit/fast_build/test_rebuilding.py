"""What starts a build in the preview."""

import threading
from collections.abc import Collection, Iterator
from pathlib import Path

from watchfiles import Change
from watchfiles.main import FileChange

from plugins.fast_build.editions import Editions
from plugins.fast_build.rebuilding import Builder


class Watching(Builder):
    """A builder that is told of changes, and notes what it would build."""

    def __init__(self, project: Path, told: Collection[Collection[str]]) -> None:
        super().__init__(project, Editions())
        self._told = told
        self.built: list[list[str]] = []

    def build(self, changed: Collection[str] = ()) -> None:
        self.built.append(list(changed))

    def _changes(self, _stop: threading.Event) -> Iterator[set[FileChange]]:
        yield from ({(Change.modified, path) for path in paths} for paths in self._told)


def test_what_is_written_beside_a_file_for_a_moment_starts_no_build(tmp_path: Path) -> None:
    told = ((), ("/p/content/.a.md.swp",), ("/p/content/a.md", "/p/content/.a.md.swp"), ("/p/rates/.history.csv.new",))
    builder = Watching(tmp_path, told)
    builder.follow(threading.Event())
    assert builder.built == [[], ["/p/content/a.md"]]
