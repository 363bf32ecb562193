"""Stories that are new, or have another date or other countries, are taken over by a process that stays."""

from collections.abc import Callable
from pathlib import Path

from . import walks
from .newsroom import Newsroom, Story
from .residence import Residence


def _new_story(room: Newsroom, number: int) -> Story:
    """Add a story without a picture; it is not saved yet as it is."""
    room.add_story(number)
    story = room.stories[-1]
    story.header.pop("image", None)
    story.body = "A well was dug."
    return story


def test_stories_that_are_new_or_stand_elsewhere_are_listed_anew_at_once(
    room: Newsroom, residence: Residence, stock: Callable[[Newsroom], int]
) -> None:
    assert residence.ask()["problem"] == ""
    before, moved = set(room.files("fast")), room.stories[2]
    new = _new_story(room, 40_000)
    new.header |= {"tags": ["Springs"], "countries": ["TJ"]}
    new.save()
    looks: list[set[str]] = []
    assert residence.ask(lambda: looks.append(set(room.files("fast")) - before)) == {"problem": "", "alone": True}
    made = set(room.files("fast")) - before
    page = next(name for name in made if name.endswith(f"{new.header['slug']}/index.html") and name[0] == "2")
    (seen,) = looks
    assert page in seen, "before it is in all lists"
    assert {f"text/{page}", "topics/springs/index.html"} <= made
    assert stock(room) == 0
    assert walks.differences(room) == []
    new.body += "\n\nIt has water."
    year, rest = moved.header["date"][:8], moved.header["date"][10:]
    moved.header |= {"date": f"{year}28{rest}", "countries": ["TJ", "UZ"], "sources": ["A map"], "tags": ["Springs"]}
    for story in (new, moved):
        story.save()
    assert residence.ask(lambda: None) == {"problem": "", "alone": True}
    assert b"It has water." in room.files("fast")[page]
    assert stock(room) == 0
    assert walks.differences(room) == []


def test_a_new_story_with_a_mistake_is_told_and_listed_when_that_is_mended(
    room: Newsroom, residence: Residence, stock: Callable[[Newsroom], int]
) -> None:
    before = room.files("fast")
    new = _new_story(room, 40_001)
    category = new.header.pop("category")
    new.save()
    problem = residence.ask()["problem"]
    assert f"{new.file.relative_to(room.folder)}:" in problem
    assert "[missing-category]" in problem
    assert room.files("fast") == before
    new.header["category"] = category
    new.save()
    assert residence.ask() == {"problem": "", "alone": True}
    assert stock(room) == 0
    assert walks.differences(room) == []


def test_all_is_built_for_a_new_story_on_which_more_hangs(
    room: Newsroom, residence: Residence, stock: Callable[[Newsroom], int]
) -> None:
    assert residence.ask()["problem"] == ""
    kinds = {
        "date": room.stories[0].header["date"],
        "status": "hidden",
        "lang": "ru",
    }
    for number, (name, value) in enumerate(kinds.items(), 40_100):
        new = _new_story(room, number)
        new.header[name] = value
        new.save()
        assert residence.ask() == {"problem": "", "alone": False}, name
    assert stock(room) == 0
    assert walks.differences(room) == []


def test_a_new_draft_is_shown_at_once_where_drafts_are(
    tmp_path: Path, begin: Callable[[Newsroom], Residence], stock: Callable[[Newsroom], int]
) -> None:
    room = Newsroom(tmp_path / "room", stories=3, plugins=(), search=False)
    room.choose(siteurl="", preview=True)
    residence = begin(room)
    assert residence.ask()["problem"] == ""
    new = _new_story(room, 40_000)
    new.header["status"] = "draft"
    new.save()
    assert residence.ask() == {"problem": "", "alone": True}
    assert new.header["title"].encode() in room.files("fast")["feed.atom"]
    assert stock(room) == 0
    assert walks.differences(room) == []
