"""Walks through an edition: edits of every kind, chosen by chance, and both builds beside each other.

``STEPS`` in the environment takes longer walks; ``SEED`` chooses another.
"""

import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

from .newsroom import SITEURL, BuildServer, Newsroom

STEPS = int(os.environ.get("STEPS", "30"))
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


def _picture(room: Newsroom, chance: random.Random) -> str:
    drawn = sorted(file.name for file in (room.content / "images").glob("drawn-*.png"))
    return chance.choice(("cat-house.png", "barley-ears.png", *drawn))


def figure(room: Newsroom, chance: random.Random) -> str:
    story, name = _story(room, chance), _picture(room, chance)
    story.body += f'\n\n![A cat]({name} "A cat. Image: Number {chance.randrange(3)}")'
    story.save()
    return f"figure {name} in {story.file.name}"


def no_figure(room: Newsroom, chance: random.Random) -> str:
    story = _story(room, chance)
    story.body = "\n\n".join(part for part in story.body.split("\n\n") if not part.startswith("!["))
    story.header.pop("image", None)
    story.save()
    return f"no picture in {story.file.name}"


def lead(room: Newsroom, chance: random.Random) -> str:
    story, name = _story(room, chance), _picture(room, chance)
    story.header["image"] = {
        "src": name,
        "alt": "A cat.",
        "caption": "A cat",
        "credit": f"Number {chance.randrange(3)}",
    }
    story.save()
    return f"lead {name} of {story.file.name}"


def original(room: Newsroom, chance: random.Random) -> str:
    story, name = _story(room, chance), _picture(room, chance)
    story.body += f"\n\nSee [the whole]({chance.choice(('/', '{static}/'))}images/{name})."
    story.save()
    return f"link to {name} in {story.file.name}"


def picture(room: Newsroom, chance: random.Random) -> str:
    name = chance.choice(("cat-house.png", "barley-ears.png"))
    room.draw(name, chance.randrange(400, 900))
    return f"picture {name}"


def new_picture(room: Newsroom, chance: random.Random) -> str:
    name = f"drawn-{chance.randrange(100)}.png"
    room.draw(name, chance.randrange(400, 900))
    return f"new picture {name}"


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
    no_figure,
    lead,
    original,
    picture,
    new_picture,
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
)


def both(room: Newsroom, servers: tuple[BuildServer, BuildServer]) -> tuple[tuple[int, str], tuple[int, str]]:
    """Build both ways, side by side, under different hash seeds; return each build's status and log."""
    for server, fast in zip(servers, (True, False), strict=True):
        server.ask(room, fast=fast)
    return servers[0].answer(), servers[1].answer()


def differences(room: Newsroom) -> list[str]:
    fast, stock = room.files("fast"), room.files("stock")
    return sorted(name for name in fast.keys() | stock.keys() if fast.get(name) != stock.get(name))
