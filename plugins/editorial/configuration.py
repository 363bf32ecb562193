"""The edition's settings file, read by commands that work without Pelican."""

import runpy
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .._kit.errors import EditionError, Problem
from .._kit.settings import decode
from .checking import rules
from .checking.stories import Edition
from .settings import EditorialSettings


def values(file: Path) -> dict[str, Any]:
    """Return the settings in ``file``, a Python module of assignments; raises EditionError where it is not there."""
    if not file.is_file():
        raise EditionError([Problem(str(file), 0, "there is no such settings file", "Name it with --settings.")])
    return runpy.run_path(str(file))


def edition(file: Path) -> Edition:
    """Return where the stories are, by the settings in ``file``; raises EditionError for settings that are wrong."""
    found = values(file)
    own = decode(EditorialSettings, "EDITORIAL", found.get("EDITORIAL", {}))
    if strange := [name for name in own.off if not rules.known(name)]:
        raise EditionError([Problem("EDITORIAL['off']", 0, f"there is no rule {strange[0]!r}", "See docs/rules.md.")])
    path = str(found.get("PATH", "content"))
    return Edition(
        content=file.parent / path,
        shown=path,
        settings=own,
        zone=found.get("TIMEZONE", "UTC"),
        lang=found.get("DEFAULT_LANG", "en"),
        article_paths=tuple(found.get("ARTICLE_PATHS", ("",))),
        page_paths=tuple(found.get("PAGE_PATHS", ("pages",))),
        article_url=found.get("ARTICLE_URL", "{slug}.html"),
        page_url=found.get("PAGE_URL", "pages/{slug}.html"),
        article_lang_url=found.get("ARTICLE_LANG_URL", "{slug}-{lang}.html"),
        page_lang_url=found.get("PAGE_LANG_URL", "pages/{slug}-{lang}.html"),
        theme=_theme(file.parent / str(found.get("THEME", ""))),
        heading_places=_has_heading_places(found.get("MARKDOWN", {})),
    )


def _theme(folder: Path) -> Path | None:
    return folder if (folder / "templates").is_dir() else None


def _has_heading_places(markdown: Mapping[str, Any]) -> bool:
    named = [*markdown.get("extensions", ()), *markdown.get("extension_configs", ())]
    return any(name in {"toc", "markdown.extensions.toc"} for name in named)
