"""Pictures that are new, or stand in another story, are taken over without a whole build."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from . import walks
from .newsroom import BuildServer, Newsroom, Story
from .residence import Residence

LEAD = {"alt": "A well.", "caption": "A well", "credit": "The Ledger"}
Stock = Callable[[Newsroom], int]


def draw(room: Newsroom, name: str, shade: int = 90) -> Path:
    """Draw a picture that says where it was taken, as a telephone's does."""
    file = room.content / "images" / name
    file.parent.mkdir(exist_ok=True)
    exif = Image.Exif()
    exif[0x0110] = "A telephone"
    Image.new("RGB", (900, 600), (shade, 90, 60)).save(file, exif=exif)
    return file


def originals(room: Newsroom) -> set[str]:
    return {name for name in room.files("fast") if name.startswith("images/")}


def made(room: Newsroom, stem: str) -> set[str]:
    return {name for name in room.files("fast") if name.startswith(f"media/{stem}-")}


def save(story: Story, picture: str | None, text: str = "") -> None:
    """Save a story with a lead picture, or none, and a text."""
    story.header.pop("image", None)
    if picture:
        story.header["image"] = {"src": picture, **LEAD}
    story.body = text or story.body
    story.save()


@pytest.fixture
def alike(room: Newsroom, stock: Stock) -> Callable[[], None]:
    def check() -> None:
        assert stock(room) == 0
        assert walks.differences(room) == []

    return check


def test_a_picture_is_published_and_then_shown_as_the_lead_and_in_texts_and_no_more(
    room: Newsroom, residence: Residence, alike: Callable[[], None]
) -> None:
    assert residence.ask()["problem"] == ""
    one, other = room.stories[2:4]
    page = next((room.folder / "fast").glob(f"20*/*/{one.header['slug']}/index.html"))
    draw(room, "well.jpg")
    assert residence.ask() == {"problem": "", "alone": True}
    assert "images/well.jpg" in originals(room)
    alike()
    save(one, "well.jpg")
    looks: list[tuple[bool, bool]] = []
    look = lambda: looks.append(("media/well-" in page.read_text("utf-8"), bool(made(room, "well"))))  # noqa: E731
    assert residence.ask(look) == {"problem": "", "alone": True}
    assert looks == [(True, True)], "it is seen on its story's page before it is in all lists"
    assert "images/well.jpg" not in originals(room)
    assert b"A well" in room.files("fast")["pictures/index.html"]
    alike()
    shown = '![A well](well.jpg "A well. Image: Somebody")'
    save(other, None, f"{shown}\n\nSee [it](/images/well.jpg) [whole]({{static}}/images/well.jpg).")
    assert residence.ask() == {"problem": "", "alone": True}
    assert "images/well.jpg" in originals(room), "a text links to it"
    assert len({name.split(".")[1] for name in made(room, "well")}) == 2, "one set for each owner"
    alike()
    save(other, None, f"{shown}\n\nNo more.")
    save(one, None)
    assert residence.ask() == {"problem": "", "alone": True}
    assert "images/well.jpg" not in originals(room)
    alike()
    save(other, None, "No more.")
    assert residence.ask() == {"problem": "", "alone": True}
    assert (made(room, "well"), "images/well.jpg" in originals(room)) == (set(), True)
    alike()


def test_other_words_for_a_picture_and_another_date_of_its_story_are_told_at_once(
    room: Newsroom, residence: Residence, alike: Callable[[], None]
) -> None:
    assert residence.ask()["problem"] == ""
    story = room.stories[5]
    save(story, "cat-house.png", '![A house](barley-ears.png "A house. Image: One")')
    assert residence.ask() == {"problem": "", "alone": True}
    alike()
    year, rest = story.header["date"][:8], story.header["date"][10:]
    story.header |= {"date": f"{year}27{rest}", "tags": ["Wells"]}
    story.header["image"] |= {"caption": "Another caption", "credit": "Another"}
    story.body = '![A house](barley-ears.png "Two. Image: Another")\n\n![A house](barley-ears.png "Three")'
    story.save()
    assert residence.ask() == {"problem": "", "alone": True}
    listed = room.files("fast")["pictures/index.html"]
    assert all(words in listed for words in (b"Another caption", b"Two", b"Three"))
    alike()
    room.add_story(41_100)
    other = room.stories[-1]
    other.header |= {"date": f"{year}20{rest}"}
    save(other, "cat-house.png", "Another house.")
    other.header["image"]["credit"] = "Another"
    other.save()
    assert residence.ask() == {"problem": "", "alone": True}
    for day in ("05", "25"):
        story.header |= {"date": f"{year}{day}{rest}", "countries": ["KG"]}
        story.save()
        assert residence.ask() == {"problem": "", "alone": True}
        alike()


def test_what_was_taken_over_goes_with_the_next_whole_build_if_nobody_shows_it(
    room: Newsroom, residence: Residence, alike: Callable[[], None]
) -> None:
    assert residence.ask()["problem"] == ""
    story, footer = room.stories[8], room.folder / "theme/templates/partials/footer.html"
    draw(room, "passing.jpg", 30)
    save(story, "passing.jpg")
    assert residence.ask() == {"problem": "", "alone": True}
    assert made(room, "passing")
    save(story, None)
    footer.write_text(footer.read_text("utf-8") + "<p>Another footer</p>", "utf-8")
    assert residence.ask() == {"problem": "", "alone": False}
    assert not made(room, "passing")
    alike()


def test_a_new_story_comes_with_its_pictures_and_its_corrections(
    room: Newsroom, residence: Residence, alike: Callable[[], None]
) -> None:
    assert residence.ask()["problem"] == ""
    for number, name in ((41_000, "spring.jpg"), (41_001, "2026/source.png")):
        draw(room, name, number % 200)
        room.add_story(number)
        new = room.stories[-1]
        new.header["corrections"] = [{"date": "2026-09-20", "text": "It was four."}]
        save(new, name, f'Water.\n\n![Water]({name} "Water. Image: The Ledger")')
        assert residence.ask() == {"problem": "", "alone": True}, name
        assert made(room, Path(name).stem)
        alike()


def test_a_broken_picture_is_told_and_taken_over_when_it_is_mended(
    room: Newsroom, residence: Residence, alike: Callable[[], None]
) -> None:
    assert residence.ask()["problem"] == ""
    before, story = room.files("fast"), room.stories[6]
    file = draw(room, "broken.jpg")
    whole = file.read_bytes()
    file.write_bytes(whole[:300])
    assert "content/images/broken.jpg: the picture cannot be read as a picture" in residence.ask()["problem"]
    save(story, "broken.jpg")
    assert "broken.jpg" in residence.ask()["problem"]
    assert room.files("fast") == before
    file.write_bytes(whole)
    assert residence.ask() == {"problem": "", "alone": True}
    alike()
    save(story, "none.jpg")
    assert f"{story.file.relative_to(room.folder)}:" in residence.ask()["problem"]
    draw(room, "none.jpg", 7)
    assert residence.ask() == {"problem": "", "alone": True}
    alike()


def test_all_is_built_where_more_hangs_on_a_picture(
    room: Newsroom, residence: Residence, alike: Callable[[], None]
) -> None:
    assert residence.ask()["problem"] == ""
    file = draw(room, "changing.jpg", 1)
    save(room.stories[7], "changing.jpg")
    assert residence.ask() == {"problem": "", "alone": True}
    draw(room, "changing.jpg", 2)
    assert residence.ask() == {"problem": "", "alone": False}, "another picture of the same name"
    alike()
    save(room.stories[7], None)
    file.unlink()
    assert residence.ask() == {"problem": "", "alone": False}, "a file that is gone"
    alike()
    draw(room, "attached.jpg", 3)
    save(room.stories[7], None, "See [it]({attach}/images/attached.jpg).")
    assert residence.ask() == {"problem": "", "alone": False}, "it is published beside the story"
    alike()
    save(room.stories[7], None, "No more.")
    assert residence.ask() == {"problem": "", "alone": False}
    alike()
    (room.content / "images/note.md").write_text("title: None\n\nNo story.", "utf-8")
    assert residence.ask() == {"problem": "", "alone": False}, "what could be read as a story"
    alike()


def test_all_is_built_for_the_picture_of_a_story_that_another_reader_reads(
    room: Newsroom, residence: Residence, alike: Callable[[], None]
) -> None:
    story = room.content / "articles" / "other.rst"
    text = "A well\n######\n\n:date: 2026-09-03 09:00\n:category: Life\n:slug: other\n:image: {}\n\nIt has water.\n"
    for name in ("cat-house.png", "barley-ears.png"):
        story.write_text(text.format(f"images/{name}"), "utf-8")
        assert residence.ask() == {"problem": "", "alone": False}
        alike()
    story.unlink()
    assert residence.ask()["problem"] == ""


def test_commands_go_on_from_pictures_that_another_took_over(
    tmp_path: Path, servers: tuple[BuildServer, BuildServer]
) -> None:
    room = Newsroom(tmp_path / "room", stories=5, plugins=(), search=False)
    room.choose(siteurl="")

    def build(words: str) -> None:
        (fast, log), (stock, _) = walks.both(room, servers)
        assert (fast, stock) == (0, 0), log
        assert words in log
        assert walks.differences(room) == []

    build("Processed")
    draw(room, "well.jpg")
    build("made again")
    save(room.stories[0], "well.jpg", '![A cat](cat-house.png "A cat")')
    build("made again")
    room.stories[1].body += "\n\nA word more."
    room.stories[1].save()
    build("made again")
    save(room.stories[1], "well.jpg")
    save(room.stories[0], None, "No more.")
    build("made again")
    save(room.stories[1], None)
    build("made again")
    build("nothing has changed")
