"""The gate's report, for the person who has to mend what it names."""

from collections import defaultdict
from collections.abc import Iterable

from ..._kit.errors import Problem


def report(problems: Iterable[Problem], most: int = 10) -> str:
    """Return one line a problem, grouped by rule, at most ``most`` of each with the count of the rest."""
    groups: dict[str, list[Problem]] = defaultdict(list)
    for problem in sorted(problems):
        groups[problem.code].append(problem)
    lines: list[str] = []
    for code, group in sorted(groups.items()):
        lines += map(str, group[:most])
        if len(group) > most:
            lines.append(f"… and {len(group) - most} more. [{code}]")
    total = sum(map(len, groups.values()))
    lines.append(f"{total} problem{'' if total == 1 else 's'}." if total else "Nothing is wrong with the edition.")
    return "\n".join(lines)
