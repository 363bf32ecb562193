"""From Markdown to HTML: the library with the edition's extensions."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from markdown import Markdown
from markdown.extensions.toc import slugify

from .figures import FigureExtension, Size
from .sparing import SparingExtension

TAKEN = frozenset(
    {
        *("content", "lists"),
        *(f"story-{part}" for part in ("contents", "corrections", "related", "share", "sources", "topics")),
        *(f"footer-{part}" for part in ("countries", "feeds", "paper", "sections")),
    }
)
"""The ids of what stands around a text, in the theme and in the text edition; ``content`` in any theme."""


def converter(options: Mapping[str, Any], picture_size: Size, folder: str) -> Markdown:
    """Return what makes HTML of a text, again and again; ``options`` are those of Pelican's setting ``MARKDOWN``.

    ``picture_size`` and ``folder`` are as in ``FigureExtension``. The header is not looked for. No subhead gets an id
    that is ``TAKEN``.
    """
    names = [name for name in options["extensions"] if name != "markdown.extensions.meta"]
    configured = options["extension_configs"]
    places = {name: _apart(configured.get(name, {})) for name in names if name in {"toc", "markdown.extensions.toc"}}
    return Markdown(
        extensions=[*names, FigureExtension(picture_size, folder), SparingExtension()],
        extension_configs={**configured, **places},
        output_format="html",
    )


def _apart(toc: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the options of the extension that gives subheads their ids, so that none takes that of another thing."""
    return {**toc, "slugify": partial(_place, toc.get("slugify", slugify))}


def _place(mint: Callable[[str, str], str], words: str, separator: str) -> str:
    place = mint(words, separator)
    return f"{place}_1" if place in TAKEN else place  # as the library makes a second of the same words
