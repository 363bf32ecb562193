"""From many measures to one table."""

from collections.abc import Mapping, Sequence
from dataclasses import astuple
from statistics import median

from .measuring import Measure

Measures = Mapping[str, Sequence[Measure]]
"""The measures of each step, one a round, by the step's name."""
HEAD = ("step", "wall s", "CPU s", "wall / stock", "CPU / stock", "wall / Hugo", "CPU / Hugo", "largest MB", "all MB")


def middle(measures: Sequence[Measure]) -> Measure:
    """Return the median of each value by itself."""
    return Measure(*(median(values) for values in zip(*map(astuple, measures), strict=True)))


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """Return the median of the ratios within each round, so that what slows a whole round down is not in it."""
    return median(our / their for our, their in zip(ours, theirs, strict=False))


def table(measures: Measures, stock: str, hugo: str) -> str:
    """Return a table in Markdown, a row for each step, with its ratios to the steps named ``stock`` and ``hugo``."""
    rows = [HEAD, ("---", *("---:" for _ in HEAD[1:]))]
    rows += [_row(name, measures, (stock, hugo)) for name in measures]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _row(name: str, measures: Measures, others: Sequence[str]) -> tuple[str, ...]:
    taken = measures[name]
    mid = middle(taken)
    ratios = [word for other in others for word in _ratios(taken, measures.get(other))]
    return (name, f"{mid.wall:.2f}", f"{mid.cpu:.2f}", *ratios, f"{mid.peak:.0f}", f"{mid.tree:.0f}")


def _ratios(ours: Sequence[Measure], theirs: Sequence[Measure] | None) -> tuple[str, str]:
    if not theirs:
        return "", ""
    wall = ratio([one.wall for one in ours], [one.wall for one in theirs])
    cpu = ratio([one.cpu for one in ours], [one.cpu for one in theirs])
    return f"{wall:.3f}", f"{cpu:.3f}"


def documented(document: str, articles: int, words: str) -> str:
    """Return the text of ``document`` with ``words`` in place of what it last said of an archive of so many stories.

    Each archive has a place of its own, from one comment to another; a new one is added at the end.
    """
    begin, end = f"<!-- bench {articles} -->\n", "<!-- end -->\n"
    block = f"{begin}\n{words.strip()}\n\n{end}"
    before, found, rest = document.partition(begin)
    if not found:
        return f"{document.rstrip()}\n\n{block}"
    return f"{before}{block}{rest.partition(end)[2]}"
