"""Texts put in the place of others, in files that are whole."""

from pathlib import Path

import pytest

from plugins.fast_build import slots
from plugins.fast_build.slots import Slot
from plugins.fast_build.standing import seen


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
    assert slots.put(str(file), {b"OLD": b"NEW"}) == (None if after is None else seen(file))
    assert file.read_bytes() == (before if after is None else after).encode()


@pytest.mark.parametrize("new", ["longer than it was", "N"])
def test_a_text_of_another_length_moves_what_follows_and_another_name_of_the_file_keeps_the_old(
    new: str, tmp_path: Path
) -> None:
    file, copy = tmp_path / "index.html", tmp_path / "copy.html"
    file.write_bytes(b"a OLD z 1 \r\n")
    texts = {b"1": b"2", b"OLD": new.encode()}
    assert slots.put(str(file), texts) == seen(file)
    assert file.read_bytes() == f"a {new} z 2 \r\n".encode()
    copy.hardlink_to(file)
    assert slots.put(str(file), {b"2": b"34"}) == seen(file)
    assert (file.read_bytes(), copy.read_bytes()) == (f"a {new} z 34 \r\n".encode(), f"a {new} z 2 \r\n".encode())


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
