"""Every picture of the edition under whose it is, gathered from its stories."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import quote, unquote

from . import figures
from .figures import Figure
from .views import CreditedPicture, Credits, PicturesView

_LABEL = re.compile(r"^(?:Image|Photo|Drawing|Picture):\s*")


Pictured = tuple[Any, object, str]
"""An article, its lead picture if that is a ``Figure``, and its Markdown text."""


def gathered(stories: Iterable[Pictured], folder: str, url: str) -> PicturesView:
    """Return the page at ``url`` of the pictures of ``stories``, newest first.

    ``folder`` is where the edition's own pictures are. Pictures without a credit stand last.
    """
    return _listed((each for story in stories for each in _of(*story, folder)), url)


def renewed(view: PicturesView, stories: Collection[Pictured], articles: Sequence[Any], folder: str) -> PicturesView:
    """Return the page with what the ``stories`` show now; ``articles`` are all, newest first, but for translations."""
    told = {object.__hash__(article) for article, *_ in stories}
    kept = [
        (owner.name, picture)
        for owner in view.credits
        for picture in owner.pictures
        if object.__hash__(picture.article) not in told
    ]
    places = {object.__hash__(article): place for place, article in enumerate(articles)}
    new = [each for story in stories for each in _of(*story, folder)]
    last = len(places)  # where translations are, in the order in which they were
    return _listed(sorted([*kept, *new], key=lambda each: places.get(object.__hash__(each[1].article), last)), view.url)


def _listed(pictures: Iterable[tuple[str, CreditedPicture]], url: str) -> PicturesView:
    """Return the page of ``pictures``, each with whose it is, in the order of their stories."""
    found: dict[str, dict[tuple[str, str], CreditedPicture]] = defaultdict(dict)
    for credit, picture in pictures:
        found[credit].setdefault((picture.src, str(picture.article.url)), picture)
    names = sorted(found, key=lambda name: (not name, name.casefold(), name))
    return PicturesView(url, tuple(Credits(name, tuple(found[name].values())) for name in names))


def _of(article: Any, image: object, text: str, folder: str) -> Iterator[tuple[str, CreditedPicture]]:  # noqa: ANN401 - Pelican's own
    if isinstance(image, Figure):
        yield _name(image.credit), CreditedPicture(image.src, image.alt, image.caption, article)
    for shown in figures.in_text(text):
        if figures.is_own(shown.src):
            caption, credit = figures.caption_and_credit(shown.title)
            yield _name(credit), CreditedPicture(f"{folder}/{quote(unquote(shown.src))}", shown.alt, caption, article)


def _name(credit: str) -> str:
    return _LABEL.sub("", credit)
