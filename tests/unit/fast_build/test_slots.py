"""Texts put in the place of others, in files that are whole."""

from pathlib import Path

import pytest

from plugins.fast_build import slots
from plugins.fast_build.slots import Slot


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a OLD z", "a NEW z"),
        ("a \r\n OLD", "a \r\n NEW"),
        ("a z", None),
        ("OLD OLD", None),
        ("OLD NEW", None),
    ],
)
def test_a_text_is_put_where_the_old_one_stood_once_or_nothing_is_done(
    before: str, after: str | None, tmp_path: Path
) -> None:
    file = tmp_path / "index.html"
    file.write_bytes(before.encode())
    assert slots.put(file, {b"OLD": b"NEW"}) is (after is not None)
    assert file.read_bytes() == (before if after is None else after).encode()


def test_a_slot_gives_way_to_one_that_asks_for_nothing_else() -> None:
    old = Slot.of("strip", frozenset({"rates", "site"}), "Rates of Monday", frozenset())
    new = Slot.of("strip", frozenset({"rates"}), "Rates of Tuesday", frozenset())
    for other in (
        Slot.of("strip", frozenset({"rates", "article"}), "Rates of Tuesday", frozenset()),
        Slot.of("footer", frozenset({"rates"}), "Rates of Tuesday", frozenset()),
    ):
        assert slots.replaced([old], [other]) is None
        assert slots.replaced([old], [other, new]) == {old: new}


def test_slots_are_one_where_they_say_the_same_and_asked_for_the_same() -> None:
    keys = {
        Slot.of(name, frozenset(asked), text, frozenset({("name", "x")})).key
        for name, asked, text in (
            ("a", "xy", "one"),
            ("a", "yx", "one"),
            ("a", "x", "one"),
            ("b", "xy", "one"),
            ("a", "xy", "two"),
        )
    }
    assert len(keys) == 4
