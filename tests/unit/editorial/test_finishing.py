"""Stories know their neighbours, and who has others is told."""

from types import SimpleNamespace
from typing import Any

from plugins.editorial import finishing


def _stories(names: str) -> list[Any]:
    return [SimpleNamespace(name=name) for name in names]


def _neighbours(stories: list[Any]) -> list[str]:
    return ["".join(each.name if each else "-" for each in (one.newer, one, one.older)) for one in stories]


def test_each_story_knows_the_next_newer_and_the_next_older() -> None:
    stories = _stories("abc")
    assert finishing.set_neighbours(stories) == stories
    assert _neighbours(stories) == ["-ab", "abc", "bc-"]
    assert finishing.set_neighbours([]) == []


def test_of_a_new_story_those_beside_it_alone_have_others() -> None:
    stories = _stories("abcd")
    finishing.set_neighbours(stories)
    (new,) = _stories("x")
    stories.insert(3, new)
    assert [each.name for each in finishing.set_neighbours(stories)] == ["c", "x", "d"]
    assert _neighbours(stories) == ["-ab", "abc", "bcx", "cxd", "xd-"]
    assert finishing.set_neighbours(stories) == []
