"""From Markdown to HTML: the library with the edition's extensions."""

from collections.abc import Mapping
from typing import Any

from markdown import Markdown

from .figures import FigureExtension, Size
from .sparing import SparingExtension


def converter(options: Mapping[str, Any], picture_size: Size, folder: str) -> Markdown:
    """Return what makes HTML of a text, again and again; ``options`` are those of Pelican's setting ``MARKDOWN``.

    ``picture_size`` and ``folder`` are as in ``FigureExtension``. The header is not looked for.
    """
    return Markdown(
        extensions=[
            *(name for name in options["extensions"] if name != "markdown.extensions.meta"),
            FigureExtension(picture_size, folder),
            SparingExtension(),
        ],
        extension_configs=options["extension_configs"],
        output_format="html",
    )
