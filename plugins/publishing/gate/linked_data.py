"""JSON-LD: that it can be read, and that a story's says what search engines ask of one."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from .findings import Findings

ARTICLES = frozenset({"NewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle", "ReportageNewsArticle", "Article"})
NEEDED = ("headline", "datePublished", "author", "image", "publisher")


def look(found: Findings, elements: Iterable[Any]) -> None:
    """Add to ``found`` what is wrong with the JSON-LD among a page's ``elements``."""
    for each in elements:
        if each.tag == "script" and each.get("type") == "application/ld+json":
            try:
                data = json.loads(each.text or "")
            except json.JSONDecodeError as error:
                found.add("json-ld", each.sourceline, f"JSON-LD cannot be read: {error}", "Write valid JSON.")
                continue
            for article in _articles(data):
                _article(found, each.sourceline, article)


def _articles(data: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - any JSON
    for thing in data if isinstance(data, list) else [data]:
        if isinstance(thing, dict):
            if thing.get("@type") in ARTICLES:
                yield thing
            yield from _articles(thing.get("@graph", []))


def _article(found: Findings, line: int, article: dict[str, Any]) -> None:
    missing = [name for name in NEEDED if not article.get(name)]
    if missing:
        told = f"the {article['@type']} of the JSON-LD has no {', '.join(missing)}"
        found.add("json-ld", line, told, "Give the story what is missing.")
