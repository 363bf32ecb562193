"""The front page: a lead, the day's others, and strips of countries and sections, with no story twice."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from .views import FrontView, Strip

Named = tuple[str, str, str | None]
"""A strip's name, address and, for a country, code."""


_YES = frozenset({"true", "yes", "1"})


def led(stories: Sequence[Any], among: int) -> Sequence[Any]:
    """Return ``stories`` (newest first) beginning with the one that leads.

    That is the newest of the first ``among`` that says ``lead: true``; if none does, the newest of all.
    """
    for story in stories[:among]:
        if str(story.metadata.get("lead", "")).lower() in _YES:
            return [story, *(each for each in stories if each is not story)]
    return stories


def front(
    stories: Sequence[Any],
    countries: Iterable[tuple[Named, Iterable[Any]]],
    sections: Iterable[tuple[Named, Iterable[Any]]],
    others: int,
    per_strip: int,
) -> FrontView:
    """Return the front page of ``stories``: the lead, then newest first; each strip has its newest of the rest."""
    top = stories[: others + 1]
    used = {id(story) for story in top}
    return FrontView(
        lead=top[0] if top else None,
        others=tuple(top[1:]),
        countries=_strips(countries, used, per_strip),
        sections=_strips(sections, used, per_strip),
    )


def of_countries(stories: Sequence[Any], countries: Iterable[Any]) -> list[tuple[Named, Iterable[Any]]]:
    """Return each of ``countries``, views with name, address and code, with those of ``stories`` that name it.

    These are found as they are asked for: a strip has a few, and an archive many.
    """
    return [((each.name, each.url, each.code), _naming(stories, each.code)) for each in countries]


def _naming(stories: Iterable[Any], code: str) -> Iterator[Any]:
    for story in stories:
        if any(getattr(country, "code", None) == code for country in getattr(story, "countries", ())):
            yield story


def _strips(groups: Iterable[tuple[Named, Iterable[Any]]], used: set[int], most: int) -> tuple[Strip, ...]:
    strips = []
    for (name, url, code), stories in groups:
        chosen: list[Any] = []
        for story in stories:
            if len(chosen) == most:
                break
            if id(story) not in used:
                chosen.append(story)
        used |= {id(story) for story in chosen}
        if chosen:
            strips.append(Strip(name, url, tuple(chosen), code))
    return tuple(strips)
