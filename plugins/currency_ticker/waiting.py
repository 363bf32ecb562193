"""The figures that wait for a second origin or an editor, as text beside the history: a row each, its reason last."""

from collections.abc import Iterable
from pathlib import Path

import msgspec

from .._kit.errors import EditionError, Problem
from . import history
from .model import Held, Observation

HEADER = f"{history.HEADER},reason"


class Waiting(msgspec.Struct, frozen=True):
    """A figure that is held."""

    observation: Observation
    """The figure, as it would stand in the history."""
    reason: str
    """Why it is held, as a clause."""

    def as_held(self) -> Held:
        """Return what the ticker's line needs to know of it."""
        seen = self.observation
        return Held(seen.currency, seen.source, seen.effective_date, self.reason)


def read(file: Path, shown_as: str) -> tuple[Waiting, ...]:
    """Return what waits in ``file``, nothing if there is none; raises EditionError with a problem for each bad row."""
    if not file.exists():
        return ()
    header, *rows = file.read_text("utf-8").removesuffix("\n").split("\n")
    if header != HEADER:
        remedy = f"It must be: {HEADER}"
        raise EditionError([Problem(shown_as, 1, f"the header is {header[:200]!r}", remedy, "rates-held")])
    problems, found = [], []
    for line, row in enumerate(rows, 2):
        *columns, reason = row.split(",", len(history.COLUMNS))
        try:
            (seen,) = history.parse(f"{history.HEADER}\n{','.join(columns)}\n", shown_as)
        except EditionError as error:
            problems += [msgspec.structs.replace(each, line=line) for each in error.problems]
            continue
        found.append(Waiting(seen, reason))
    if problems:
        raise EditionError(problems)
    return tuple(found)


def render(waiting: Iterable[Waiting]) -> str:
    """Return the whole file, in order of date and currency; ``read`` gives the same back."""
    ordered = sorted(waiting, key=lambda each: each.observation.key)
    return "\n".join([HEADER, *(f"{history.row(each.observation)},{each.reason}" for each in ordered), ""])
