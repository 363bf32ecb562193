"""What becomes of an edition when taking something over fails."""

from pathlib import Path
from typing import Any

import pytest

from plugins._kit.errors import EditionError, Problem
from plugins.fast_build import building


@pytest.mark.parametrize("is_changing", [False, True])
def test_an_edition_that_is_half_taken_over_is_built_as_a_whole_next(
    *, is_changing: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def renew(self: Any, *_: object) -> None:
        self._is_changing = is_changing
        raise EditionError([Problem("a.md", 1, "is wrong")])

    build = object.__new__(building.Build)
    vars(build).update(store=tmp_path / "memory.sqlite", _renderer=object(), _surroundings=b"", _settings={})
    others = {"_begin": lambda *_: [], "_read": lambda *_: {}, "_tell_mistakes": lambda *_: None, "_renew": renew}
    for name, instead in others.items():
        monkeypatch.setattr(building.Build, name, instead)
    with pytest.raises(EditionError):
        build.renew(["a.md"], lambda: None)
    assert (build._renderer is None) == is_changing
    if is_changing:
        assert build.renew(["a.md"], lambda: None) is None


@pytest.mark.parametrize(("count", "looks"), [(3, 1), (300, 0)])
def test_few_stories_are_seen_before_all_is_built_and_of_many_none(
    count: int, looks: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build = object.__new__(building.Build)
    vars(build).update(
        store=tmp_path / "memory.sqlite", _renderer=object(), _surroundings=b"", _settings={}, context={}
    )
    others = {"_begin": lambda *_: [], "_read": lambda *_: None, "_tell_mistakes": lambda *_: None}
    for name, instead in {**others, "_look": lambda *_: True}.items():
        monkeypatch.setattr(building.Build, name, instead)
    seen: list[bool] = []
    assert build.renew([f"{number}.md" for number in range(count)], lambda: seen.append(True)) is None
    assert len(seen) == looks


def test_a_list_is_left_out_as_long_as_it_is_the_same_and_no_longer() -> None:
    build = object.__new__(building.Build)
    vars(build).update(_lists={}, _left=set(), _is_whole=True)
    owner = (building.Build, "topics/rail/")
    assert [build.leaves(owner, stories) for stories in ("ab", "ab", "abc", "abc")] == [False, True, False, True]
