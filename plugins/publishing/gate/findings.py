"""What one file tells: its problems, and what can be judged only when all files are known."""

import msgspec

from ..._kit.errors import Problem

Anchor = tuple[int, str, str]
"""The line of a link, the file it leads to, and the anchor there."""


class Findings(msgspec.Struct):
    """What was found in one file."""

    path: str
    problems: list[Problem] = msgspec.field(default_factory=list)
    anchors: list[Anchor] = msgspec.field(default_factory=list)
    ids: frozenset[str] = frozenset()

    def add(self, code: str, line: int, message: str, remedy: str) -> None:
        """Note one problem of this file."""
        self.problems.append(Problem(self.path, line, message, remedy, code))
