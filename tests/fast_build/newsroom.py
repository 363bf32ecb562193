"""A small newsroom that changes, and both builds of it: the fast one, and a clean one by stock Pelican."""

import copy
import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image

from tests.support import archive, commands, edition

ROOT = commands.ROOT
PICTURES = edition.PICTURES / "newsroom"
"""What the stories of a newsroom show, as some newsroom before has made it."""
SITEURL = "https://steppe-ledger.example"
SETTINGS = """
import sys
sys.path.insert(0, "local")
from pelicanconf import *
SITEURL = "{siteurl}"
SITESUBTITLE = "Steppe news"
THEME = "theme"
PLUGINS = [*PLUGINS, *{plugins}]
STRUCTURED_DATA = {{**STRUCTURED_DATA, "cards": False}}
STORY_LISTS = {{**STORY_LISTS, "per_page": 5, "orphans": 2}}
EDITORIAL = {{**EDITORIAL, "preview": {preview}}}
SITE_SEARCH = {{"index": {search}}}
"""
PLUGIN = """
from pelican import signals

def mark(generator):
    generator.context["mark"] = "{mark}"

def register():
    signals.article_generator_finalized.connect(mark)
"""


@dataclass
class Story:
    """A story that can be changed; its header's values are JSON, which is YAML."""

    file: Path
    header: dict[str, Any]
    body: str

    def save(self) -> None:
        """Write the file."""
        lines = "".join(f"{name}: {json.dumps(value)}\n" for name, value in self.header.items())
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.write_text(f"---\n{lines}---\n{self.body}\n", "utf-8")


class BuildServer:
    """A process that builds in forks, with a hash seed of its own."""

    def __init__(self, seed: int) -> None:
        self._server = commands.Server(str(seed))

    def ask(self, room: "Newsroom", *options: str, fast: bool, **environment: str) -> None:
        """Begin a build of ``room`` into ``fast`` or, after that is emptied, into ``stock``."""
        self._room = room
        arguments = ("content", "-s", "settings.py", "-o", "fast" if fast else "stock", "--log-handler", "plain")
        engine = ("plugins.fast_build", "build") if fast else ("pelican",)
        if not fast:
            shutil.rmtree(room.folder / "stock", ignore_errors=True)
        self._server.ask(
            *engine,
            *arguments,
            *options,
            "--fatal=errors",
            cwd=room.folder,
            environment={"BUILD_TIME": room.now, **environment},
            compiled=("", ()) if fast else (f"{room.folder}-compiled", (f"{room.folder}/", *commands.SHARED)),
        )

    def answer(self) -> tuple[int, str]:
        """Return its status and its log."""
        done = self._server.answer()
        if done.returncode == 0:
            self._room.lend_pictures()
        return done.returncode, done.stdout + done.stderr

    def stop(self) -> None:
        """End the process."""
        self._server.stop()


class Newsroom:
    """A project in ``folder``: the sample's desks, pages, rates and theme, and stories made for the purpose."""

    def __init__(
        self, folder: Path, stories: int = 14, plugins: tuple[str, ...] = ("marking",), *, search: bool = True
    ) -> None:
        self.folder = folder
        self._settings: dict[str, object] = {"preview": False, "plugins": plugins, "search": search, "siteurl": SITEURL}
        self.content = folder / "content"
        self.now = "2026-09-29T18:00:00+05:00"
        shutil.copytree(ROOT / "theme", folder / "theme")
        shutil.copytree(ROOT / "content", self.content, ignore=shutil.ignore_patterns("urls.csv", "articles"))
        footer = folder / "theme" / "templates" / "partials" / "footer.html"
        footer.write_text(footer.read_text("utf-8") + "<p>{{ mark }}</p>\n", "utf-8")
        self._pictures = folder / ".cache" / "pictures"
        if PICTURES.is_dir():
            shutil.copytree(PICTURES, self._pictures, ignore=shutil.ignore_patterns("*.part"))
        self._has_drawn = False
        self.set_code(0)
        self.choose()
        self.stories = [self._story(number, stories) for number in range(stories)]
        for story in self.stories:
            story.save()

    def set_code(self, number: int) -> None:
        """Let the local plugin say another word."""
        (self.folder / "local").mkdir(exist_ok=True)
        (self.folder / "local" / "marking.py").write_text(PLUGIN.format(mark=f"mark {number}"), "utf-8")

    def choose(self, **settings: object) -> None:
        """Choose whether drafts are shown (``preview``), other ``plugins``, a ``search``, a ``siteurl``."""
        self._settings |= settings
        (self.folder / "settings.py").write_text(SETTINGS.format(**self._settings), "utf-8")

    def draw(self, name: str, size: int) -> None:
        """Put a picture of another size in the place of ``name``."""
        self._has_drawn = True
        Image.new("RGB", (size, size // 2), (size % 255, 90, 60)).save(self.content / "images" / name)

    def add_story(self, number: int) -> None:
        """Add a story."""
        self.stories.append(self._story(number, 110_000))
        self.stories[-1].save()

    def files(self, output: str) -> dict[str, bytes]:
        """Return every file of an output folder."""
        folder = self.folder / output
        found = (path for path in folder.rglob("*") if path.is_file())
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}

    def lend_pictures(self) -> None:
        """Let newsrooms that begin later have the pictures that were made for this one, if none was drawn for it."""
        if self._has_drawn or not self._pictures.is_dir():
            return
        PICTURES.mkdir(parents=True, exist_ok=True)
        kept = {each.name for each in PICTURES.iterdir()}
        for made in self._pictures.iterdir():
            if made.suffix not in {".json", ".part"} and made.name not in kept:
                half = Path(shutil.copy(made, PICTURES / f"{made.name}.{os.getpid()}.part"))
                half.rename(PICTURES / made.name)

    def keep(self) -> None:
        """Keep the sources as they are, to go back to."""
        self._kept = copy.deepcopy((self.stories, self.now))
        kept = self.folder.with_name(f"{self.folder.name}-kept")
        shutil.rmtree(kept, ignore_errors=True)
        shutil.copytree(self.folder, kept, ignore=shutil.ignore_patterns("fast", "stock", ".cache"))

    def go_back(self) -> None:
        """Take the sources that were kept."""
        self.stories, self.now = copy.deepcopy(self._kept)
        kept = self.folder.with_name(f"{self.folder.name}-kept")
        for name in ("content", "theme", "local"):
            shutil.rmtree(self.folder / name)
        shutil.copytree(kept, self.folder, dirs_exist_ok=True)

    def _story(self, number: int, count: int) -> Story:
        sentences = [f"The council of district {place} met and agreed on the road." for place in range(30)]
        path, text = archive.story(number, count, sentences)
        _, header, body = text.split("---\n", 2)
        values = {name: json.loads(value) for name, value in (line.split(": ", 1) for line in header.splitlines())}
        values["tags"] = [f"Topic {number % 4}"]
        short = "\n\n".join(body.split("\n\n")[:7])
        return Story(self.content / "articles" / path, values, short)
