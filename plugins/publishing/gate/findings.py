"""What one file tells: its problems, and what can be judged only when all files are known."""

from dataclasses import dataclass, field

from ..._kit.errors import Problem

Anchor = tuple[int, str, str]
"""The line of a link, the file it leads to, and the anchor there."""


@dataclass
class Findings:
    """What was found in one file."""

    path: str
    problems: list[Problem] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)
    ids: frozenset[str] = frozenset()

    def add(self, code: str, line: int, message: str, remedy: str) -> None:
        """Note one problem of this file."""
        self.problems.append(Problem(self.path, line, message, remedy, code))
