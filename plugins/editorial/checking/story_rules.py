"""The rules that one story alone can break, but for its pictures and its sums."""

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from .. import figures
from ..settings import EditorialSettings
from .findings import Finding
from .rules import known
from .stories import Story

_HOUR_WITHOUT_ZONE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}[T ]+\d{1,2}:\d{2}(:\d{2})?$")
_HEADING = re.compile(r"(#{1,6})[ \t]+\S")
_EMBED = re.compile(r"<(iframe|script|object|embed)\b", re.IGNORECASE)
_TARGET = re.compile(  # each part begins with its own letter, so that a text without it is passed over fast
    r"\[(?<!!\[)(?:[^\[\]]|\[[^\[\]]*\])*\]\(\s*<?([^\s)>]+)"  # [words](address)
    r"|\[(?:(?<=^\[)|(?<=^[ ]\[)|(?<=^[ ]{2}\[)|(?<=^[ ]{3}\[))[^\]^\n][^\]\n]*\]:[ \t]*<?([^\s>]+)"  # [name]: address
    r"|href(?<!\whref)\s*=\s*[\"']([^\"'\n]+)[\"']",  # <a href="address">
    re.MULTILINE,
)


def header_rules(story: Story, settings: EditorialSettings) -> Iterator[Finding]:
    """Yield what is wrong with the fields, beyond their form."""
    yield from _lengths(story, settings)
    yield from _zones(story)
    for name in story.values.get("ignore_rules", {}):
        if not known(name):
            yield story.of_field(
                "unknown-rule", f"ignore_rules.{name}", f"there is no rule {name}", "See docs/rules.md."
            )
    if story.is_page or not story.values:
        return
    if not story.header.values.get("authors") and not story.values.get("author"):
        yield story.of_field("missing-author", "authors", "the story has no authors", "Write authors: [Tashkent desk]")
    if not story.header.values.get("countries"):
        remedy = "Write countries: [Uzbekistan]"
        yield story.of_field("missing-country", "countries", "the story names no country", remedy)


def _lengths(story: Story, settings: EditorialSettings) -> Iterator[Finding]:
    for name, most in (("title", settings.title_most), ("summary", settings.summary_most)):
        length = len(story.values.get(name, ""))
        if length > most:
            message = f"the {name} has {length} letters, {length - most} more than lists can show"
            yield story.of_field(f"long-{name}", name, message, "Shorten it.")


def _zones(story: Story) -> Iterator[Finding]:
    raw = story.header.values
    for name in ("date", "modified", "embargo"):
        written = raw.get(name)
        if name in story.values and isinstance(written, str) and _HOUR_WITHOUT_ZONE.match(written.strip()):
            message = f"{name}: {written} has no zone; it counts as {story.values[name]:%z}"
            yield story.of_field("zone-less-date", name, message, f"Write {written} +05:00, with the desk's zone.")


def text_rules(story: Story) -> Iterator[Finding]:
    """Yield what is wrong with the subheads and the embeds of the text."""
    level = 1
    for number, line in enumerate(figures.without_code(story.header.body).split("\n")):
        if found := _HEADING.match(line):
            now = len(found[1])
            at = story.header.body_line + number
            if now == 1:
                yield story.finding("heading", at, "the page's headline is its title alone", "Begin with two ##.")
            elif now > level + 1:
                message = f"a subhead of level {now} follows one of level {level}"
                yield story.finding("heading", at, message, f"Write {'#' * (level + 1)} before it.")
            level = max(2, now)
    yield from _embeds(story)


def _embeds(story: Story) -> Iterator[Finding]:
    for number, line in enumerate(figures.without_code(story.header.body).split("\n")):
        if found := _EMBED.search(line):
            message = f"<{found[1].lower()}> loads another site before the reader asks for it"
            remedy = "Write a picture with a link: [![What it shows](still.png)](https://…)"
            yield story.finding("embed", story.header.body_line + number, message, remedy, found[0])


def targets(body: str) -> Iterator[tuple[int, str]]:
    """Yield (line from 0, address) of each link in ``body`` that is no image, outside code; the address as written."""
    blanked = figures.without_code(body)
    for found in _TARGET.finditer(blanked):
        place = found.lastindex or 1
        yield blanked.count("\n", 0, found.start(place)), found[place]


def path_of(target: str) -> str:
    """Return the path of a link's address, without what follows ``?`` and ``#``."""
    return unquote(urlsplit(target).path)
