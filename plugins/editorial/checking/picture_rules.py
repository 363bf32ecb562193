"""The rules for pictures: there, readable, wide and light enough, with alternative text, caption and credit."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote

from .. import figures
from ..figures import PictureError
from ..settings import EditorialSettings
from .findings import Finding
from .stories import Story

_MOST_BYTES = 8_000_000


class Pictures:
    """Looks at each picture of the folder once."""

    def __init__(self, folder: Path, settings: EditorialSettings) -> None:
        self._folder = folder
        self._settings = settings
        self._wrong = lru_cache(maxsize=None)(self._look)

    def rules(self, story: Story) -> Iterator[Finding]:
        """Yield what is wrong with the story's pictures."""
        if image := story.values.get("image"):
            line = story.header.lines.get("image", 1)
            yield from self._told(story, story.header.lines.get("image.src", line), image.src)
            yield from _words(story, line, image.src, image.caption, image.credit)
        for shown in figures.in_text(story.header.body):
            line = story.header.body_line + shown.line
            if not shown.alt.strip():
                message = f"the picture {shown.src} has no alternative text"
                yield story.finding("alt", line, message, "Say in the square brackets what it shows.", shown.src)
            yield from self._told(story, line, shown.src)
            yield from _words(story, line, shown.src, *figures.caption_and_credit(shown.title))

    def _told(self, story: Story, line: int, src: str) -> Iterator[Finding]:
        if figures.is_own(src):
            for code, message, remedy in self._wrong(src):
                yield story.finding(code, line, message, remedy, src)

    def _look(self, src: str) -> tuple[tuple[str, str, str], ...]:
        try:
            width, _ = figures.size(self._folder, src)
        except PictureError as error:
            return (("picture", str(error), f"Put it into {self._folder.name}/, or mend its name."),)
        file = self._folder / unquote(src)
        found = []
        if width < self._settings.picture_least and file.suffix.lower() != ".svg":
            message = f"the picture {src} is {width} pixels wide, less than {self._settings.picture_least}"
            found.append(("small-picture", message, "Take a wider one."))
        if (size := file.stat().st_size) > _MOST_BYTES:
            message = f"the picture {src} has {size / 1e6:.1f} MB, more than 8"
            found.append(("heavy-picture", message, "Make it smaller: 2,400 pixels are enough."))
        return tuple(found)


def _words(story: Story, line: int, src: str, caption: str, credit: str) -> Iterator[Finding]:
    if not caption:
        yield story.finding("no-caption", line, f"the picture {src} has no caption", "Say what, where and when.", src)
    if not credit:
        remedy = "End the caption with Image: and whose it is."
        yield story.finding("no-credit", line, f"the picture {src} has no credit", remedy, src)
