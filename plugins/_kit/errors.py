"""What is wrong, where, and what to do about it: the one form in which the suite speaks of mistakes."""

from collections.abc import Iterable

import msgspec

PROBLEMS = "problems"
"""The name by which the context holds all that were found in the content."""


class Problem(msgspec.Struct, frozen=True, order=True):
    """One mistake, told to the person who can mend it."""

    path: str
    """The file, relative to the project's folder (or the name of a setting)."""
    line: int
    """The line, counted from 1; 0 where no line can be named."""
    message: str
    """What is wrong, with the offending value; no full stop at the end."""
    remedy: str = ""
    """What to do, as a sentence; may be empty only where the message says it."""
    code: str = ""
    """The rule's stable name, e.g. ``unknown-country``."""

    def __str__(self) -> str:
        """Return ``file:line: message. What to do. [code]``, one line, clickable in editors."""
        place = f"{self.path}:{self.line}" if self.line else self.path
        words = f"{place}: {self.message}." + (f" {self.remedy}" if self.remedy else "")
        return f"{words} [{self.code}]" if self.code else words


class EditionError(Exception):
    """The edition cannot be built; carries every problem found, in order of file and line."""

    exitcode = 2  # read by Pelican's command line

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__(self.problems)

    def __str__(self) -> str:
        """Return a heading with the count, then one line a problem."""
        count = len(self.problems)
        heading = f"{count} problem{'' if count == 1 else 's'} to mend; nothing was written."
        return "\n".join([heading, *map(str, self.problems)])
