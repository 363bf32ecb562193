"""Texts put in the place of others, in files that are whole."""

import os
from pathlib import Path

import pytest

from plugins.fast_build import slots
from plugins.fast_build.slots import Exchange, Slot
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
    assert Exchange({b"OLD": b"NEW"}).put(str(file), seen(file)) == (None if after is None else seen(file))
    assert file.read_bytes() == (before if after is None else after).encode()


@pytest.mark.parametrize("new", ["longer than it was", "N"])
def test_a_text_of_another_length_moves_what_follows_and_another_name_of_the_file_keeps_the_old(
    new: str, tmp_path: Path
) -> None:
    file, copy = tmp_path / "index.html", tmp_path / "copy.html"
    file.write_bytes(b"a OLD z 1 \r\n")
    texts = {b"1": b"2", b"OLD": new.encode()}
    assert Exchange(texts).put(str(file), seen(file)) == seen(file)
    assert file.read_bytes() == f"a {new} z 2 \r\n".encode()
    copy.hardlink_to(file)
    assert Exchange({b"2": b"34"}).put(str(file), seen(file)) == seen(file)
    assert (file.read_bytes(), copy.read_bytes()) == (f"a {new} z 34 \r\n".encode(), f"a {new} z 2 \r\n".encode())


LONG = b"<section aria-label='Exchange rates'><p class='ticker'>What a dollar is: "


@pytest.mark.parametrize("between", [b"a z", LONG, LONG + b"87.40", LONG + b"87.45"])
@pytest.mark.parametrize("after", [LONG + b"87.45 som", LONG[10:] + b"87.4 som", b"none"])
def test_long_texts_are_found_by_how_they_begin(between: bytes, after: bytes, tmp_path: Path) -> None:
    file = tmp_path / "index.html"
    before = LONG + b"87.40 som"
    file.write_bytes(between + before + b" z")
    can_be = after[: slots._SHORTEST] not in between
    assert Exchange({before: after}).put(str(file), seen(file)) == (seen(file) if can_be else None)
    assert file.read_bytes() == between + (after if can_be else before) + b" z"


def test_what_begins_as_a_long_text_and_goes_on_otherwise_is_not_that(tmp_path: Path) -> None:
    file = tmp_path / "index.html"
    file.write_bytes(LONG + b"87.45 som")
    assert Exchange({LONG + b"87.40 som": LONG + b"87.50 som"}).put(str(file), seen(file)) is None
    assert file.read_bytes() == LONG + b"87.45 som"


@pytest.mark.parametrize("place", [0, slots._HEAD - len(LONG), slots._HEAD - 1, slots._HEAD, 3 * slots._HEAD])
@pytest.mark.parametrize("new", [b"87.50", b"87.5", b"107.50"])
@pytest.mark.parametrize("copies", [(), ("copy.html",)])
def test_a_text_is_put_wherever_it_stands_in_a_long_file(
    place: int, new: bytes, copies: tuple[str, ...], tmp_path: Path
) -> None:
    file = tmp_path / "index.html"
    before, rest = b"x" * place, b"y" * (2 * slots._HEAD)
    former = before + LONG + b"87.40" + rest
    file.write_bytes(former)
    for name in copies:
        (tmp_path / name).hardlink_to(file)
    assert Exchange({LONG + b"87.40": LONG + new}).put(str(file), seen(file)) == seen(file)
    is_as_it_should_be = file.read_bytes() == before + LONG + new + rest  # what differs of so long ones takes long
    assert is_as_it_should_be
    assert all((tmp_path / name).read_bytes() == former for name in copies)


def test_nothing_is_put_into_a_file_that_somebody_has_written(tmp_path: Path) -> None:
    file = tmp_path / "index.html"
    file.write_bytes(b"a OLD z")
    known = seen(file)
    file.write_bytes(b"b OLD z")
    os.utime(file, ns=(0, known[1] + 1))
    assert Exchange({b"OLD": b"NEW"}).put(str(file), known) is None
    assert file.read_bytes() == b"b OLD z"


def test_nothing_is_put_into_a_file_of_which_a_part_alone_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, read = tmp_path / "index.html", os.read
    file.write_bytes(b"a OLD z")
    monkeypatch.setattr(os, "read", lambda number, count: read(number, min(count, 5)))
    assert Exchange({b"OLD": b"NEW"}).put(str(file), seen(file)) is None
    assert file.read_bytes() == b"a OLD z"


def test_a_slot_stands_once_in_each_of_several_files() -> None:
    slot, other = (Slot.of("strip", frozenset(), letter * 64, frozenset({("name", letter)})) for letter in "ab")
    long = Slot.of("strip", frozenset(), f"{slot.text}1", frozenset({("name", "long")}))
    a, b = slot.text.encode(), other.text.encode()
    for found, texts, alone in (
        ([slot, slot], [b"1" + a, a + b"2"], True),
        ([slot, slot], [b"1" + a, b"2"], False),
        ([slot, slot], [a + a], False),
        ([slot, slot], [a[:-1] + b"2"], False),
        ([long, long], [b"2" + long.text.encode()] * 2, True),
        ([long, long], [long.text.encode() + a + b"2"], False),  # how it begins tells it
        ([long, long], [a + b"2" + long.text.encode()] * 2, False),
        ([long, long], [a + b"2"], False),
        ([long, long], [(long.text * 2).encode()], False),
        ([slot, other], [a + b], False),
    ):
        assert slots.sorted_out(set(), found, texts) == (
            (set(), found[:1]) if alone else ({*found[0].keys, *found[1].keys}, [])
        )


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
