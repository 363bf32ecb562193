"""All corrections of the edition, gathered from its stories."""

from collections.abc import Iterable, Sequence
from typing import Any

from .views import Corrected, CorrectionsView


def gathered(articles: Iterable[Any], url: str) -> CorrectionsView:
    """Return the page at ``url`` of every correction of ``articles``, the latest first."""
    found = [Corrected(article, each.date, each.text) for article in articles for each in article.corrections]
    items = tuple(sorted(found, key=lambda each: (each.date, str(each.article.url)), reverse=True))
    return CorrectionsView(url, f"{url}feed.atom" if items else "", items)


def corrected(view: CorrectionsView) -> Sequence[Any]:
    """Return the stories that were corrected, each once, the one last corrected first."""
    return tuple({id(each.article): each.article for each in view.items}.values())
