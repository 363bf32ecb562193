"""A story as the check sees it: the file read, nothing rendered."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from ..._kit import urls
from .. import fields, header
from ..header import Header
from ..settings import EditorialSettings
from .findings import Finding, Severity
from .rules import rule_of

SUFFIXES = frozenset({".md", ".markdown", ".mkd", ".mdown"})


class Edition(msgspec.Struct, frozen=True):
    """Where the stories are, and what Pelican's settings say of them."""

    content: Path
    """The content folder."""
    shown: str
    """How it is named in messages."""
    settings: EditorialSettings
    """The setting EDITORIAL."""
    zone: str
    """The edition's time zone, IANA."""
    lang: str = "en"
    """The edition's language."""
    article_paths: tuple[str, ...] = ("articles",)
    """The folders of articles, relative to the content folder."""
    page_paths: tuple[str, ...] = ("pages",)
    """The folders of pages, likewise."""
    article_url: str = "{date:%Y}/{date:%m}/{slug}/"
    """Pelican's ARTICLE_URL."""
    page_url: str = "{slug}/"
    """Pelican's PAGE_URL."""
    article_lang_url: str = ""
    """Pelican's ARTICLE_LANG_URL, for stories in other languages; empty if their addresses cannot be known."""
    page_lang_url: str = ""
    """Pelican's PAGE_LANG_URL, likewise."""
    theme: Path | None = None
    """The theme's folder, if it is known."""
    heading_places: bool = False
    """Whether Markdown's extension ``toc`` is in use, which makes each subhead a place that links can lead to."""

    def files(self) -> Iterator[tuple[Path, bool]]:
        """Yield each story's file, in order, and whether it is a page."""
        for folders, is_page in ((self.article_paths, False), (self.page_paths, True)):
            for folder in folders:
                for file in sorted((self.content / folder).rglob("*")):
                    if file.suffix in SUFFIXES and file.is_file():
                        yield file, is_page


class Story(msgspec.Struct, frozen=True):
    """One file, read."""

    source: str
    """The file, relative to the content folder."""
    header: Header
    """Its header and its text."""
    values: Mapping[str, Any]
    """The header's values, each in its type."""
    is_page: bool
    """Whether it is a page and not an article."""
    text: tuple[str, ...]
    """All its lines."""

    def finding(self, code: str, line: int, message: str, remedy: str = "", part: str = "") -> Finding:
        """Return a finding at ``line``, in the column where ``part`` stands there."""
        written = self.text[line - 1] if 0 < line <= len(self.text) else ""
        column = max(0, written.find(part)) + 1 if part else 1
        severity: Severity = rule_of(code).severity
        return Finding(self.header.path, line, column, code, severity, message, remedy)

    def of_field(self, code: str, name: str, message: str, remedy: str = "") -> Finding:
        """Return a finding at the header's field ``name``, or at the first line where it is not there."""
        return self.finding(code, self.header.lines.get(name, 1), message, remedy)


def read(file: Path, edition: Edition, *, is_page: bool) -> tuple[Story, list[Finding]]:
    """Return the story in ``file`` and what is wrong with its header."""
    source = file.relative_to(edition.content).as_posix()
    data = file.read_bytes()
    found = header.read(data, f"{edition.shown}/{source}")
    values, problems = fields.read(found, ZoneInfo(edition.zone), edition.settings.extra_fields)
    found.problems[:] = problems
    needed = ("title",) if is_page else dict.fromkeys(("title", "date", *edition.settings.required))
    absent = fields.missing(found, values, needed) if found.values else []
    text = data.decode("utf-8", "replace").splitlines() if len(data) <= header.MOST_BYTES else ()
    story = Story(source, found, values, is_page, tuple(text))
    told = [story.finding(each.code, each.line, each.message, each.remedy) for each in [*problems, *absent]]
    return story, told


def identity(story: Story) -> str:
    """Return what makes the story itself, whatever its address: its ``id``, or its file without ending."""
    return str(story.values.get("id") or story.source.rpartition(".")[0])


def address(story: Story, edition: Edition) -> str:
    """Return the story's address by Pelican's settings, or nothing where it cannot be known."""
    slug = story.values.get("slug") or urls.slug(Path(story.source).stem)
    values = {
        "slug": slug,
        "lang": story.values.get("lang", edition.lang),
        "date": story.values.get("date", dt.datetime(1970, 1, 1, tzinfo=dt.UTC)),
        "category": urls.slug(story.values.get("category", "")),
        "author": urls.slug(next(iter(story.values.get("authors", ())), "")),
    }
    pattern = edition.page_url if story.is_page else edition.article_url
    if values["lang"] != edition.lang:
        pattern = edition.page_lang_url if story.is_page else edition.article_lang_url
    try:
        return str(story.values.get("url") or pattern.format(**values))
    except (KeyError, ValueError):
        return ""


def looks_like_a_story(edition: Edition) -> re.Pattern[str]:
    """Return a pattern that matches what an article's address looks like, without the leading slash."""
    escaped = re.escape(edition.article_url).replace(r"\{date:%Y\}", r"\d{4}")
    escaped = re.sub(r"\\\{date:%[md]\\\}", r"\\d\\d", escaped)
    return re.compile(re.sub(r"\\\{\w+(?::[^}]*)?\\\}", r"[^/]+", escaped))
