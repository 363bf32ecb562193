"""Every picture of the edition under whose it is, gathered from its stories."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote, unquote

from . import figures
from .figures import Figure
from .views import CreditedPicture, Credits, PicturesView

_LABEL = re.compile(r"^(?:Image|Photo|Drawing|Picture):\s*")


def gathered(stories: Iterable[tuple[Any, str]], folder: str, url: str) -> PicturesView:
    """Return the page at ``url`` of the pictures of ``stories``: articles, newest first, each with its Markdown text.

    ``folder`` is where the edition's own pictures are. Pictures without a credit stand last.
    """
    found: dict[str, dict[tuple[str, str], CreditedPicture]] = defaultdict(dict)
    for article, text in stories:
        for credit, picture in _of(article, text, folder):
            found[credit].setdefault((picture.src, str(article.url)), picture)
    names = sorted(found, key=lambda name: (not name, name.casefold()))
    return PicturesView(url, tuple(Credits(name, tuple(found[name].values())) for name in names))


def _of(article: Any, text: str, folder: str) -> Iterator[tuple[str, CreditedPicture]]:  # noqa: ANN401 - Pelican's own
    if isinstance(image := getattr(article, "image", None), Figure):
        yield _name(image.credit), CreditedPicture(image.src, image.alt, image.caption, article)
    for shown in figures.in_text(text):
        if figures.is_own(shown.src):
            caption, credit = figures.caption_and_credit(shown.title)
            yield _name(credit), CreditedPicture(f"{folder}/{quote(unquote(shown.src))}", shown.alt, caption, article)


def _name(credit: str) -> str:
    return _LABEL.sub("", credit)
