"""A copy of the project with an archive, and what a writer, a designer and the bank do to it."""

import datetime as dt
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image

ROOT = Path(__file__).parents[2]
NOW = "2026-09-30T18:00:00+05:00"
"""The moment of every edition: a day after the last rates of the sample."""
FOOTER = "theme/templates/partials/footer.html"
DRAWING = "content/images/shanyrak-assembly.png"
HISTORY = "content/rates/history.csv"
Change = Callable[[Any], Any]
_OWN_IMAGE = re.compile(r"^image: .*\n", re.MULTILINE)


class Newsroom:
    """A project in ``folder`` whose files can be edited and put back."""

    def __init__(self, folder: Path, articles: int) -> None:
        self.folder = folder
        self.articles = articles
        self._before: dict[Path, str | None] = {}

    def set_up(self, pictures: Path | None) -> None:
        """Copy the project and write its archive; ``pictures`` is a cache of pictures to begin with."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        (self.folder / "build").mkdir()
        for name in ("plugins", "theme"):
            shutil.copytree(ROOT / name, self.folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        if pictures:
            shutil.copytree(pictures, self.folder / ".cache" / "pictures")
        for name in ("pelicanconf.py", "publishconf.py"):
            shutil.copy2(ROOT / name, self.folder / name)
        with (self.folder / "pelicanconf.py").open("a", encoding="utf-8") as settings:
            settings.write('SITE_SEARCH = {"index": False}  # it takes the same time whoever builds\n')
        subprocess.run(  # noqa: S603 - our own module
            [sys.executable, "-m", "tests.support.archive", str(self.folder / "content"), str(self.articles)],
            cwd=ROOT,
            check=True,
        )
        for file in (self.folder / "content" / "articles").rglob("*.md"):
            if "\nlang: " in file.read_text("utf-8"):
                file.unlink()  # the sample's translations: Hugo's site has one language

    def story(self, number: int) -> Path:
        """Return the file of a story, counted from the newest of the archive, which is 1."""
        return next((self.folder / "content" / "articles").glob(f"*/*/story-{self.articles - number}.md"))

    def address(self, number: int) -> str:
        """Return the address of a story's page, counted likewise."""
        return self.address_of(self.story(number))

    def address_of(self, story: Path) -> str:
        """Return the address of the page of the file ``story``."""
        return f"{story.parent.parent.name}/{story.parent.name}/{story.stem}/"

    def edit_body(self, word: str) -> None:
        """Add a paragraph to the newest story of the archive: it stands in many feeds."""
        self._write(self.story(1), lambda text: f"{text}\n{word}\n")

    def edit_headline(self, word: str) -> None:
        """Give the story before it a longer headline."""
        self._header(self.story(2), "title", lambda title: f"{title} {word}")

    def edit_tag(self, number: int) -> None:
        """Take the first topic from the story before that, and give it another."""
        self._header(self.story(3), "tags", lambda tags: [*tags[1:], f"Floods {number}"])

    def add_story(self, number: int) -> None:
        """Add a story like the newest of the archive, ``number`` minutes younger."""
        newest = self.story(1)
        file = newest.with_name(f"new-{number}.md")
        later = dt.timedelta(minutes=number)
        text = with_value(newest.read_text("utf-8"), "title", lambda title: f"{title} New {number}")
        text = with_value(text, "slug", lambda _: file.stem)
        text = with_value(text, "date", lambda date: (dt.datetime.fromisoformat(date) + later).isoformat())
        self._before[file] = None
        put(file, text)

    def picture(self, number: int) -> Path:
        """Return the file of a picture that is new."""
        return self.folder / "content" / "images" / f"new-picture-{number}.jpg"

    def add_picture(self, number: int) -> None:
        """Add a picture of 1600 × 900 pixels, and show it above a story that is older with each ``number``."""
        file, shown = self.picture(number), {"alt": "Seen anew.", "caption": "Seen anew", "credit": f"Desk {number}"}
        self._before[file] = None
        with Image.open(self.folder / DRAWING) as drawing:
            drawing.convert("RGB").rotate(number, fillcolor=(90, number % 255, 60)).save(file, quality=90)
        field = f"image: {json.dumps({'src': file.name, **shown})}\n"
        self._write(self.pictured(number), lambda text: _OWN_IMAGE.sub("", text).replace("---\n", f"---\n{field}", 1))

    def pictured(self, number: int) -> Path:
        """Return the file of the story that shows it."""
        return self.story(3 + number)

    def edit_template(self, word: str) -> None:
        """Say something in the footer of every page."""
        self._write(self.folder / FOOTER, lambda text: text.replace("</footer>", f"<p>{word}</p>\n</footer>"))

    def append_rates(self) -> None:
        """Keep a new day's rates, a little higher than those of the day before."""
        self._write(self.folder / HISTORY, next_day)

    def restore(self) -> None:
        """Put back everything that was edited."""
        for file, text in self._before.items():
            if text is None:
                file.unlink()
            else:
                put(file, text)
        self._before.clear()

    def _header(self, file: Path, name: str, change: Change) -> None:
        self._write(file, lambda text: with_value(text, name, change))

    def _write(self, file: Path, change: Change) -> None:
        text = file.read_text("utf-8")
        self._before.setdefault(file, text)
        put(file, change(text))


def put(file: Path, text: str) -> None:
    """Write ``file`` at once, as editors do: a preview that follows it finds no half of it."""
    unfinished = file.with_name(f".{file.name}")
    unfinished.write_text(text, "utf-8")
    unfinished.replace(file)


def with_value(text: str, name: str, change: Change) -> str:
    """Return a story's ``text`` with another value of the field ``name``."""
    lines = text.split("\n")
    place = next(place for place, line in enumerate(lines) if line.startswith(f"{name}: "))
    lines[place] = f"{name}: {json.dumps(change(json.loads(lines[place].partition(': ')[2])))}"
    return "\n".join(lines)


def next_day(history: str) -> str:
    """Return the history of rates with a row more for each that its last day has."""
    rows = [line.split(",") for line in history.splitlines()]
    last = max(row[0] for row in rows[1:])
    day = f"{last[:8]}{int(last[8:]) + 1:02}"
    added = [
        ",".join([day, *row[1:3], f"{float(row[3]) * 1.002:.8f}", *row[4:9], f"{day}T00:00:00Z", row[10]])
        for row in rows
        if row[0] == last
    ]
    return "".join(f"{line}\n" for line in [*history.splitlines(), *added])
