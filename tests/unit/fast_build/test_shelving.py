"""What is found when it is asked for."""

from plugins.fast_build.shelving import Part, Shelved


def test_a_part_is_found_once_and_gives_way_to_what_came_meanwhile() -> None:
    asked: list[str] = []

    def find(*values: int) -> list[int]:
        asked.append(str(values))
        return list(values)

    shelved = Shelved([Part(["a", "b", "c"], lambda: find(1, 2, 3)), Part(["d"], lambda: find(4))])
    assert (list(shelved), "c" in shelved, len(shelved), shelved.found()) == (["a", "b", "c", "d"], True, 4, [])
    shelved["b"] = 20
    del shelved["c"]
    assert (asked, shelved["b"], "c" in shelved) == ([], 20, False)
    assert shelved["a"] == 1
    assert sorted(shelved.found()) == [1, 20]
    assert (dict(shelved), dict(shelved)) == ({"a": 1, "b": 20, "d": 4}, {"a": 1, "b": 20, "d": 4})
    assert asked == ["(1, 2, 3)", "(4,)"]


def test_all_are_found_at_once_and_each_part_only_once() -> None:
    asked: list[int] = []

    def find(value: int) -> list[int]:
        asked.append(value)
        return [value, value]

    shelved = Shelved([Part(["a", "b"], lambda: find(1)), Part(["c", "d"], lambda: find(2))])
    del shelved["a"]
    shelved["d"] = 20
    assert shelved["b"] == 1
    assert shelved.found() == [1, 20]
    assert [dict(shelved.items()), dict(shelved.items())] == [{"b": 1, "c": 2, "d": 20}] * 2
    assert (asked, shelved.found()) == ([1, 2], [1, 2, 20])
