"""The audit over a folder of articles, on several cores."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TypeVar

import msgspec

from ..._kit.errors import Problem
from .auditing import Article, Finding, findings
from .front_matter import FrontMatterError, fields, listed, split, text, with_countries
from .naming import codes_by_name, written
from .suggestions import Tagger

_CHUNK = 32
T = TypeVar("T")


class Audited(msgspec.Struct, frozen=True):
    """What the audit of one file found."""

    path: str
    findings: tuple[Finding, ...] = ()
    problem: Problem | None = None
    """The file could not be read."""

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the codes of the countries to add."""
        return tuple(each.country for each in self.findings if each.kind == "missing")


@cache
def _instruments() -> tuple[Tagger, Mapping[str, str]]:
    return Tagger(), codes_by_name()


def articles_in(folder: Path) -> list[Path]:
    """Return the Markdown files below a folder, in order."""
    return sorted(path for path in folder.rglob("*.md") if path.is_file())


def read_article(path: str, source: str) -> Article:
    """Return the article of a file's text; raises FrontMatterError."""
    matter = split(source)
    found = fields(matter)
    return Article(
        path,
        text(found.get("title")),
        text(found.get("summary")),
        matter.text,
        listed(found.get("countries")),
        listed(found.get("ignore_countries")),
        matter.field_line,
    )


def audited(path: str) -> Audited:
    """Return what the audit of one file finds."""
    tagger, names = _instruments()
    try:
        article = read_article(path, Path(path).read_bytes().decode("utf-8"))
    except FrontMatterError as error:
        return Audited(path, problem=Problem(path, 1, str(error), code="front-matter"))
    except UnicodeDecodeError as error:
        said = Problem(path, 1, f"is not UTF-8 at byte {error.start}", "Save it as UTF-8.", "encoding")
        return Audited(path, problem=said)
    except OSError as error:
        return Audited(
            path, problem=Problem(path, 0, f"cannot be read ({error.strerror})", "See its rights.", "unreadable")
        )
    return Audited(path, tuple(findings(article, tagger, names)))


def written_out(path: str) -> bytes:
    """Return what the audit of one file finds as JSON, one finding a line; nothing for a file that cannot be read."""
    return b"".join(msgspec.json.encode(each.problem()) + b"\n" for each in audited(path).findings)


@contextmanager
def audits(paths: Sequence[Path], processes: int, audit: Callable[[str], T]) -> Iterator[Iterator[T]]:
    """Give the ``audit`` of files in their order, made in several processes; one process works without any other."""
    names = [str(path) for path in paths]
    if processes < 2 or len(names) < _CHUNK * 2:
        yield map(audit, names)
        return
    _instruments()  # made once, before the others are forked from this process
    with get_context("fork" if hasattr(os, "fork") else "spawn").Pool(processes) as pool:
        yield pool.imap(audit, names, _CHUNK)


def mend(one: Audited) -> Problem | None:
    """Write an article's missing countries into its front matter; the file is whole at every moment.

    Returns why it could not be done, or nothing.
    """
    path = Path(one.path)
    try:
        source = path.read_bytes().decode("utf-8")
        beside = listed(fields(split(source)).get("countries"))
        edited = with_countries(source, [written(code, beside) for code in one.missing])
        _replace(path, edited.encode("utf-8"))
    except FrontMatterError as error:
        return Problem(one.path, 1, str(error), code="front-matter")
    except OSError as error:
        return Problem(one.path, 0, f"cannot be written ({error.strerror})", "See its rights.", "unwritable")
    return None


def _replace(path: Path, content: bytes) -> None:
    """Write beside the file, with its rights, and put that in its place."""
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as beside:
        beside.write(content)
    temporary = Path(beside.name)
    try:
        temporary.chmod(path.stat().st_mode & 0o7777)
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
