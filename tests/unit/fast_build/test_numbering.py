"""Numbers that stand for what pages read."""

from array import array

from plugins.fast_build.numbering import Numbers


def test_what_has_a_number_is_told_by_it_and_all_else_by_its_name() -> None:
    numbers = Numbers({("name", "a"): 0, ("name", "b"): 7})
    for keys, known, new in (
        ([("name", "b"), ("name", "a")], [7, 0], []),
        ([("name", "c"), ("name", "a"), ("card", "c")], [0], [("name", "c"), ("card", "c")]),
        ([], [], []),
    ):
        assert numbers.parted(keys) == (array("I", known).tobytes(), new)
    assert numbers.packed([("name", "c"), ("name", "a")]) == array("I", [8, 0]).tobytes()
    assert numbers.parted([("name", "c")]) == (array("I", [8]).tobytes(), [])
