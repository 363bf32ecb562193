"""How right the suggestions are, on stories whose countries a person has set down."""

from collections.abc import Callable, Iterable, Mapping

import msgspec

Labelled = Mapping[str, object]
"""``{"id": "kk-07", "title", "text", "countries", "kind"}``; the language stands before the hyphen."""


class Figures(msgspec.Struct, frozen=True):
    """Counts of single countries over stories, and what follows from them (micro averages)."""

    stories: int = 0
    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(
            self.stories + other.stories, self.right + other.right, self.wrong + other.wrong, self.missed + other.missed
        )

    @property
    def precision(self) -> float:
        """Return the part of what was suggested that is right; 1 where nothing was suggested."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Return the part of what is right that was suggested; 1 where nothing was to be found."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of both."""
        both = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / both if both else 1.0


def held_back(story: Labelled) -> bool:
    """Tell whether a story is kept out of tuning: those with an even number in their id."""
    return int(str(story["id"]).rpartition("-")[2]) % 2 == 0


def measured(stories: Iterable[Labelled], suggest: Callable[[str, str], Iterable[str]]) -> dict[str, Figures]:
    """Return the figures by language, and of all together under ``all``."""
    figures: dict[str, Figures] = {}
    for story in stories:
        labels = story["countries"]
        expected = set(labels) if isinstance(labels, list) else set()
        given = set(suggest(str(story["title"]), str(story["text"])))
        one = Figures(1, len(given & expected), len(given - expected), len(expected - given))
        for key in (str(story["id"]).partition("-")[0], "all"):
            figures[key] = figures.get(key, Figures()) + one
    return figures


def table(figures: Mapping[str, Figures]) -> str:
    """Return the figures as a table in Markdown, languages in order and all together last."""
    lines = ["| language | stories | precision | recall | F1 |", "|---|---:|---:|---:|---:|"]
    for key in [*sorted(set(figures) - {"all"}), "all"]:
        one = figures[key]
        lines.append(f"| {key} | {one.stories} | {one.precision:.3f} | {one.recall:.3f} | {one.f1:.3f} |")
    return "\n".join(lines)
