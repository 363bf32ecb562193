"""Whatever is edited, the fast build leaves what stock Pelican makes of the same sources in an empty folder.

``STEPS=500 pytest tests/fast_build/test_same_bytes.py`` takes longer walks; ``SEED`` chooses another.
"""

import json
import os
import random
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from plugins.fast_build.memory import Memory
from plugins.fast_build.numbering import Key

from .newsroom import SITEURL, BuildServer, Newsroom

STEPS = int(os.environ.get("STEPS", "30"))
STORIES = 14
SEED = int(os.environ.get("SEED", "20260929"))
Edit = Callable[[Newsroom, random.Random], str]


def _story(room: Newsroom, chance: random.Random) -> Any:
    return chance.choice(room.stories)


def _set(name: str, choose: Callable[[random.Random], Any]) -> Edit:
    def edit(room: Newsroom, chance: random.Random) -> str:
        story = _story(room, chance)
        value = choose(chance)
        story.header[name] = value
        story.save()
        return f"{name} of {story.file.name} is {value}"

    return edit


def body(room: Newsroom, chance: random.Random) -> str:
    story = _story(room, chance)
    story.body += f"\n\nA sentence number {chance.randrange(1000)}."
    story.save()
    return f"body of {story.file.name}"


def long_body(room: Newsroom, chance: random.Random) -> str:
    story = _story(room, chance)
    story.body += "\n\n" + "Word after word. " * 400
    story.save()
    return f"reading time of {story.file.name}"


def link(room: Newsroom, chance: random.Random) -> str:
    story, other = _story(room, chance), _story(room, chance)
    place = other.file.relative_to(room.content)
    story.body += f"\n\nSee [that]({{filename}}/{place})."
    story.save()
    return f"link from {story.file.name} to {place}"


def figure(room: Newsroom, chance: random.Random) -> str:
    story = _story(room, chance)
    story.body += '\n\n![A cat](cat-house.png "A cat. Image: The Ledger")'
    story.save()
    return f"figure in {story.file.name}"


def picture(room: Newsroom, chance: random.Random) -> str:
    name = chance.choice(("cat-house.png", "barley-ears.png"))
    room.draw(name, chance.randrange(400, 900))
    return f"picture {name}"


def add(room: Newsroom, chance: random.Random) -> str:
    number = chance.randrange(100, 100_000)
    room.add_story(number)
    story = room.stories[-1]
    story.body = story.body.split("See [what")[0]
    story.save()
    return f"added {number}"


def delete(room: Newsroom, chance: random.Random) -> str:
    if len(room.stories) < 6:
        return "nothing"
    story = _story(room, chance)
    room.stories.remove(story)
    story.file.unlink()
    return f"deleted {story.file.name}"


def touch(room: Newsroom, chance: random.Random) -> str:
    story = _story(room, chance)
    os.utime(story.file)
    return f"touched {story.file.name}"


def page(room: Newsroom, chance: random.Random) -> str:
    file = room.content / "pages" / "about.md"
    file.write_text(file.read_text("utf-8") + f"\nLine {chance.randrange(1000)}.\n", "utf-8")
    return "page"


def desk(room: Newsroom, chance: random.Random) -> str:
    file = room.content / "countries" / "uzbekistan.md"
    file.write_text(file.read_text("utf-8") + f"\nLine {chance.randrange(1000)}.\n", "utf-8")
    return "desk"


def template(room: Newsroom, chance: random.Random) -> str:
    name = chance.choice(("partials/footer.html", "partials/story_card.html", "page.html", "404.html", "base.html"))
    file = room.folder / "theme" / "templates" / name
    text = file.read_text("utf-8")
    begin = "{% block content %}"
    word = f"<!-- {chance.randrange(1000)} -->\n"
    file.write_text(text.replace(begin, begin + word) if "{% extends" in text else text + word, "utf-8")
    return f"template {name}"


def words(room: Newsroom, chance: random.Random) -> str:
    file = room.folder / "theme" / "translations" / "en.po"
    file.parent.mkdir(exist_ok=True)
    word = f"Skip {chance.randrange(1000)}"
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    file.write_text(f'{head}msgid "Skip to the content"\nmsgstr "{word}"\n', "utf-8")
    return f"words {word}"


def style(room: Newsroom, chance: random.Random) -> str:
    file = room.folder / "theme" / "static" / "css" / "base.css"
    file.write_text(file.read_text("utf-8") + f"\n.x{chance.randrange(1000)} {{ color: inherit }}\n", "utf-8")
    return "style"


def settings(room: Newsroom, chance: random.Random) -> str:
    file = room.folder / "settings.py"
    file.write_text(file.read_text("utf-8") + f'SITESUBTITLE = "News {chance.randrange(1000)}"\n', "utf-8")
    return "settings"


def preview(room: Newsroom, chance: random.Random) -> str:
    on = chance.random() < 0.5
    room.choose(preview=on)
    return f"preview {on}"


def suite(room: Newsroom, chance: random.Random) -> str:
    plugins, search = chance.choice(((), ("marking",))), chance.random() < 0.3
    room.choose(plugins=plugins, search=search)
    return f"plugins {plugins}, search {search}"


def public(room: Newsroom, chance: random.Random) -> str:
    siteurl = chance.choice((SITEURL, ""))
    room.choose(siteurl=siteurl)
    return f"at {siteurl or 'no address'}"


def code(room: Newsroom, chance: random.Random) -> str:
    number = chance.randrange(1000)
    room.set_code(number)
    return f"code {number}"


def rates(room: Newsroom, chance: random.Random) -> str:
    file = room.content / "rates" / "history.csv"
    lines = file.read_text("utf-8").splitlines()
    dropped = chance.randrange(1, 12)
    file.write_text("\n".join(lines[:-dropped]) + "\n", "utf-8")
    return f"rates without the last {dropped}"


def clock(room: Newsroom, chance: random.Random) -> str:
    day = chance.choice(("09-29", "09-30", "10-02", "12-05"))
    room.now = f"2026-{day}T{chance.randrange(24):02}:{chance.randrange(60):02}:00+05:00"
    return f"now {room.now}"


def _made_files(room: Newsroom, pattern: str) -> list[Path]:
    return sorted(path for path in (room.folder / "fast").rglob(pattern) if path.is_file())


def spoil(room: Newsroom, chance: random.Random) -> str:
    file = chance.choice(_made_files(room, "*.html"))
    file.write_text("spoiled", "utf-8")
    return f"spoiled {file.relative_to(room.folder)}"


def lose(room: Newsroom, chance: random.Random) -> str:
    file = chance.choice(_made_files(room, "*"))
    file.unlink()
    return f"lost {file.relative_to(room.folder)}"


tags = _set("tags", lambda chance: [f"Topic {chance.randrange(4)}", f"Topic {chance.randrange(4, 6)}"])
category = _set("category", lambda chance: chance.choice(("Politics", "Economy", "Life")))
authors = _set("authors", lambda chance: [f"Desk {chance.randrange(3)}"])
countries = _set("countries", lambda chance: chance.sample(("KZ", "KG", "TJ", "TM", "UZ"), chance.randrange(1, 4)))
date = _set("date", lambda chance: f"2026-0{chance.randrange(1, 10)}-1{chance.randrange(10)}T09:00:00+05:00")
modified = _set("modified", lambda chance: f"2026-09-2{chance.randrange(9)}T09:00:00+05:00")
EDITS: tuple[Edit, ...] = (
    body,
    body,
    long_body,
    link,
    figure,
    picture,
    add,
    delete,
    touch,
    page,
    desk,
    template,
    words,
    style,
    settings,
    preview,
    suite,
    public,
    code,
    rates,
    clock,
    spoil,
    lose,
    _set("title", lambda chance: f"A headline {chance.randrange(1000)}"),
    _set("title", lambda chance: f"A headline {chance.randrange(1000)}"),
    _set("summary", lambda chance: f"A standfirst {chance.randrange(1000)}."),
    tags,
    countries,
    category,
    authors,
    date,
    modified,
    _set("slug", lambda chance: f"slug-{chance.randrange(10_000)}"),
    _set("status", lambda chance: chance.choice(("draft", "published", "published", "hidden"))),
    _set("embargo", lambda chance: f"2026-{chance.choice(('08', '10', '12'))}-01T06:00:00+05:00"),
    _set("corrections", lambda chance: [{"date": "2026-09-20", "text": f"It was {chance.randrange(9)}."}]),
    _set("image", lambda _: {"src": "cat-house.png", "alt": "A cat.", "caption": "A cat", "credit": "Ledger"}),
)


@pytest.fixture(scope="module")
def servers() -> Iterator[tuple[BuildServer, BuildServer]]:
    made = (BuildServer(SEED % 1000), BuildServer(SEED % 1000 + 1))
    yield made
    for server in made:
        server.stop()


def both(room: Newsroom, servers: tuple[BuildServer, BuildServer]) -> tuple[tuple[int, str], tuple[int, str]]:
    """Build both ways, side by side, under different hash seeds; return each build's status and log."""
    for server, fast in zip(servers, (True, False), strict=True):
        server.ask(room, fast=fast)
    return servers[0].answer(), servers[1].answer()


def differences(room: Newsroom) -> list[str]:
    fast, stock = room.files("fast"), room.files("stock")
    return sorted(name for name in fast.keys() | stock.keys() if fast.get(name) != stock.get(name))


@pytest.fixture(scope="module")
def first(
    tmp_path_factory: pytest.TempPathFactory, servers: tuple[BuildServer, BuildServer]
) -> tuple[Newsroom, Mapping[str, set[Key]]]:
    """An edition that was built for the first time, and what its pages were made from."""
    room = Newsroom(tmp_path_factory.mktemp("first") / "room", STORIES, plugins=(), search=False)
    (fast, log), (stock, stock_log) = both(room, servers)
    assert (fast, stock) == (0, 0), f"{log}\n{stock_log}"
    (store,) = (room.folder / ".cache" / "fast_build").glob("*.sqlite")
    memory = Memory(store)
    built = memory.built()
    memory.close()
    key_of = {number: key for key, number in built.numbers.items()}
    read = {name: {key_of[number] for number in memoryview(each.keys).cast("I")} for name, each in built.made.items()}
    return room, read


def test_fast_build_gives_the_bytes_of_a_clean_stock_build_after_any_edits(
    first: tuple[Newsroom, Mapping[str, set[Key]]], servers: tuple[BuildServer, BuildServer]
) -> None:
    chance = random.Random(SEED)  # noqa: S311 - repeatable, not secret
    room, told, taken, went_on = first[0], ["first build"], 0, 0
    assert differences(room) == []
    room.keep()
    while taken < STEPS:
        edits = chance.choices(EDITS, k=chance.choice((1, 1, 1, 2, 4)))
        told.append("; ".join(edit(room, chance) for edit in edits))
        servers = servers[::-1]
        before = room.files("fast")
        (fast, fast_log), (stock, stock_log) = both(room, servers)
        assert fast == stock, f"{told[-3:]}\n{fast_log}\n{stock_log}"
        if stock:
            assert room.files("fast") == before, "a build that failed has changed the output"
            room.go_back()
        else:
            assert differences(room) == [], json.dumps(told[-3:])
            taken += 1
            went_on += "made again" in fast_log
            room.keep()
    assert went_on, "no build went on from the last one: what else is shown here is not shown of that"


def test_an_edition_without_a_story_is_built_as_well(tmp_path: Path, servers: tuple[BuildServer, BuildServer]) -> None:
    room = Newsroom(tmp_path / "room", stories=0)
    (fast, fast_log), (stock, _) = both(room, servers)
    assert (fast, stock) == (0, 0), fast_log
    assert differences(room) == []


def test_the_front_page_alone_hangs_on_the_clock_and_no_list_on_a_text(
    first: tuple[Newsroom, Mapping[str, set[Key]]],
) -> None:
    _, made = first
    assert len(made) > 100
    of_the_moment = [name for name, each in made.items() if ("name", "build_time") in each]
    assert of_the_moment == ["index.html", "rates/latest.json"]
    for key in (
        ("story_lists", "sections"),
        ("story_lists", "indexes"),
        ("country_pages", "countries"),
        ("syndication",),
    ):
        readers = [name for name, each in made.items() if ("name", *key) in each]
        assert len(readers) <= 3, f"a new story makes these anew: {readers}"
    texts = {name: sum(key[0] == "text" for key in each) for name, each in made.items() if name.endswith(".html")}
    assert max(texts.values()) == 1, "a page shows one text"
    assert sum(texts.values()) == STORIES + 2, "each story's page and the two pages show their own"
