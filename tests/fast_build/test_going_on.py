"""A build goes on from the last one where nothing but words and the hour are new, and does nothing where nothing is."""

import copy
import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from .newsroom import BuildServer, Newsroom

UNTOUCHED, WHOLE = "nothing has changed since the last build", "Processed"
Build = Callable[..., str]


@pytest.fixture(scope="module")
def server() -> Iterator[BuildServer]:
    made = BuildServer(7)
    yield made
    made.stop()


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory, server: BuildServer) -> Newsroom:
    """An edition that was built once."""
    room = Newsroom(tmp_path_factory.mktemp("first") / "room", plugins=(), search=False)
    assert WHOLE in _build(server, room)
    assert UNTOUCHED in _build(server, room)
    return room


@pytest.fixture
def room(first: Newsroom) -> Iterator[Newsroom]:
    """That edition, in the same place, and put back afterwards with all its times."""
    kept, itself = first.folder.with_name("kept"), copy.deepcopy(vars(first))
    shutil.copytree(first.folder, kept)
    yield first
    shutil.rmtree(first.folder)
    kept.rename(first.folder)
    vars(first).update(itself)


@pytest.fixture
def build(room: Newsroom, server: BuildServer) -> Build:
    return lambda *options, now=room.now, **environment: _build(server, room, *options, BUILD_TIME=now, **environment)


def _build(server: BuildServer, room: Newsroom, *options: str, **environment: str) -> str:
    server.ask(room, *options, fast=True, **environment)
    status, log = server.answer()
    assert status == 0, log
    return log


def _refused(server: BuildServer, room: Newsroom) -> str:
    """Return what a build says that must fail."""
    server.ask(room, fast=True)
    status, log = server.answer()
    assert status, log
    return log


def _check_bytes(server: BuildServer, room: Newsroom) -> None:
    """Compare what is there with a clean build by stock Pelican."""
    server.ask(room, fast=False)
    status, log = server.answer()
    assert status == 0, log
    assert room.files("fast") == room.files("stock")


def edit(path: Path, words: str = "") -> None:
    path.write_text(f"{path.read_text('utf-8')}\n{words}", "utf-8")


def rename(desk: Path) -> None:
    desk.write_text(desk.read_text("utf-8").replace("name: Uzbekistan", "name: The Uzbek republic"), "utf-8")


@pytest.mark.parametrize(
    "change",
    [
        lambda room: edit(room.folder / "fast/rates/index.html"),
        lambda room: (room.folder / "fast/robots.txt").unlink(),
        lambda room: (room.content / "new.txt").write_text("no story yet", "utf-8"),
        lambda room: rename(room.content / "countries/uzbekistan.md"),
        lambda room: edit(room.content / "rates/README.md"),
        lambda room: edit(room.folder / "theme/templates/base.html"),
        lambda room: edit(room.folder / "settings.py"),
    ],
    ids=["output", "no output", "new file", "desk", "unread", "template", "settings"],
)
def test_what_is_not_words_alone_is_built_as_a_whole(
    room: Newsroom, server: BuildServer, change: Callable[[Newsroom], object]
) -> None:
    change(room)
    server.ask(room, fast=True)
    _, log = server.answer()
    assert UNTOUCHED not in log
    assert "made again" not in log


def test_the_words_of_two_edits_in_two_commands_are_both_there(room: Newsroom, build: Build) -> None:
    for story, headline in zip(room.stories, ("A first headline", "A second headline"), strict=False):
        story.header["title"] = headline
        story.save()
        assert "made again" in build()
        assert UNTOUCHED in build()
    front = (room.folder / "fast/index.html").read_text("utf-8")
    assert ("A first headline" in front, "A second headline" in front) == (True, True)


def test_new_rates_are_shown_without_a_whole_build_and_stay_there(
    room: Newsroom, server: BuildServer, build: Build
) -> None:
    rates, story = room.content / "rates/history.csv", room.stories[0].file
    rows = rates.read_text("utf-8").splitlines(keepends=True)
    for dropped in (4, 9):
        rates.write_text("".join(rows[:-dropped]), "utf-8")
        assert "made again" in build()
        assert UNTOUCHED in build()
    edit(story, "One sentence more.")
    assert "made again" in build()
    _check_bytes(server, room)
    for _ in range(2):
        rates.write_text("".join([*rows, "no row\n"]), "utf-8")
        log = _refused(server, room)
        assert "content/rates/history.csv:" in log
        assert "Traceback" not in log
    rates.write_text("".join(rows[:-2]), "utf-8")
    edit(story, "And another.")
    assert "made again" in build()
    _check_bytes(server, room)


def test_what_a_desk_says_is_shown_without_a_whole_build_and_told_once_if_it_is_wrong(
    room: Newsroom, server: BuildServer, build: Build
) -> None:
    desk = room.content / "countries/uzbekistan.md"
    text = desk.read_text("utf-8")
    edit(desk, "A river comes from the south.")
    assert "made again" in build()
    assert b"A river" in room.files("fast")["countries/uzbekistan/index.html"]
    assert UNTOUCHED in build()
    desk.write_text(text.replace("\ncapital:", "\ncapitol:"), "utf-8")
    assert _refused(server, room).count("content/countries/uzbekistan.md:") == 1
    desk.write_text(text.replace("Tashkent desk", "The river desk"), "utf-8")
    assert "made again" in build()
    _check_bytes(server, room)


def test_stories_with_other_labels_are_listed_anew_without_a_whole_build_and_the_next_goes_on_from_there(
    room: Newsroom, server: BuildServer, build: Build
) -> None:
    room.choose(siteurl="")  # no sitemap names all pages then
    assert WHOLE in build()
    one, other, third = room.stories[:3]
    for tags, category, author in ((["Dams", "Wells"], "Water", "Nobody"), (["Wells"], "Life", "Nobody Else")):
        one.header |= {"tags": tags, "title": f"{tags[0]} in {category}"}
        other.header |= {"category": category, "authors": [author]}
        for story in (one, other):
            story.save()
        assert "made again" in build()
        assert UNTOUCHED in build()
    edit(third.file, "One sentence more.")
    assert "made again" in build()
    _check_bytes(server, room)
    one.header["tags"] = ["?!"]
    one.save()
    log = _refused(server, room)
    assert f"{one.file.relative_to(room.folder)}:" in log
    assert room.files("fast") == room.files("stock")


def test_new_stories_are_listed_without_a_whole_build_and_told_of_if_they_are_wrong(
    room: Newsroom, server: BuildServer, build: Build
) -> None:
    room.choose(siteurl="")
    assert WHOLE in build()
    for number in (40_000, 40_001):
        room.add_story(number)
        new = room.stories[-1]
        new.header.pop("image", None)
        new.file.unlink()
        new.file = new.file.parent.with_name(f"0{number % 2 + 1}-new") / new.file.name  # in a folder that is new too
        category, new.body = new.header.pop("category"), "A well was dug."
        new.save()
        log = _refused(server, room)
        assert f"{new.file.relative_to(room.folder)}:" in log
        new.header["category"] = category
        new.save()
        assert "made again" in build()
        assert UNTOUCHED in build()
    edit(new.file, "One sentence more.")
    assert "made again" in build()
    _check_bytes(server, room)
    new.file.unlink()
    assert WHOLE in build()


def test_where_sitemaps_name_all_pages_a_story_with_other_topics_is_built_as_a_whole(
    room: Newsroom, build: Build
) -> None:
    room.stories[0].header["tags"] = ["Dams"]
    room.stories[0].save()
    assert WHOLE in build()


def test_a_file_that_was_saved_and_is_the_same_makes_nothing_again(room: Newsroom, build: Build) -> None:
    room.stories[0].file.touch()
    assert "nothing made again" in build()
    assert UNTOUCHED in build()


def test_an_output_that_is_to_hold_nothing_else_is_gone_on_with_too_and_holds_nothing_else(
    room: Newsroom, build: Build
) -> None:
    alone, stray = "--delete-output-directory", room.folder / "fast/2026/stray.html"
    assert WHOLE in build(alone), "the last build did not look for strangers"
    edit(room.stories[0].file, "One sentence more.")
    assert "made again" in build(alone)
    assert UNTOUCHED in build(alone)
    stray.parent.mkdir(exist_ok=True)
    stray.write_text("stray", "utf-8")
    assert WHOLE in build(alone)
    assert not stray.exists()


def test_a_text_that_grows_by_a_part_and_shrinks_again_leaves_no_part_behind(room: Newsroom, build: Build) -> None:
    story = room.stories[-1]
    short, before = story.body, room.files("fast").keys()
    digits = random.Random(1)  # noqa: S311 - words that nothing makes shorter
    story.body += "".join(f"\n\n{digits.getrandbits(4000)}" for _ in range(40))
    story.save()
    assert "made again" in build()
    more = room.files("fast").keys() - before
    assert {name.partition("/")[0] for name in more} == {"text"}
    story.body = short
    story.save()
    assert "made again" in build()
    assert room.files("fast").keys() == before
    assert UNTOUCHED in build()


def test_an_editor_that_writes_beside_and_renames_has_edited_one_file(room: Newsroom, build: Build) -> None:
    story = room.stories[0]
    unfinished = story.file.with_name(".story.swp")
    unfinished.write_text(story.file.read_text("utf-8") + "\n\nOne sentence more.\n", "utf-8")
    unfinished.replace(story.file)
    assert "made again" in build()


def test_of_another_hour_only_what_shows_it_is_made_and_of_another_day_all_that_hangs_on_it(
    room: Newsroom, build: Build
) -> None:
    assert "2 made again" in build(now="2026-09-29T18:07:00+05:00")
    assert "18:07" in (room.folder / "fast/index.html").read_text("utf-8")
    assert '"as_of": "2026-09-29T18:07:00+05:00"' in (room.folder / "fast/rates/latest.json").read_text("utf-8")
    assert WHOLE in build(now="2026-09-30T18:07:00+05:00")
    assert WHOLE in build(now="2026-09-30T18:06:00+05:00"), "nobody knows how it was before"


def test_when_an_embargo_ends_all_is_built(room: Newsroom, build: Build) -> None:
    room.stories[-1].header["embargo"] = "2026-09-29T18:30:00+05:00"
    room.stories[-1].save()
    assert WHOLE in build()
    assert "made again" in build(now="2026-09-29T18:29:59+05:00")
    assert WHOLE in build(now="2026-09-29T18:30:00+05:00")
    assert room.stories[-1].header["title"] in (room.folder / "fast/index.html").read_text("utf-8")


def test_another_environment_may_make_another_edition(build: Build) -> None:
    for _ in range(2):
        assert UNTOUCHED not in build(NEWSROOM="night")
        assert UNTOUCHED in build(NEWSROOM="night", SHLVL="7", _="make")
        assert UNTOUCHED not in build()


def test_a_build_that_warned_warns_again(room: Newsroom, build: Build) -> None:
    with (room.folder / "settings.py").open("a", encoding="utf-8") as file:
        file.write('import logging\nlogging.getLogger("pelican").warning("from the settings")\n')
    assert [WHOLE in build() for _ in range(2)] == [True, True]


def test_a_memory_of_other_code_is_passed_over(room: Newsroom, build: Build) -> None:
    (store,) = (room.folder / ".cache/fast_build").glob("*.sqlite")
    with sqlite3.connect(store) as memory:
        memory.execute("update noted set value = ? where name = 'standing'", (b"\x93\x01\x02\x03",))
    assert WHOLE in build()
