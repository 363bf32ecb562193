"""The strip put into a finished page whose theme knows nothing of it."""

import re

_MARK = '<section class="ticker'
_PLACES = re.compile(
    r"<!--.*?-->"
    r"|<(?P<raw>script|style|title|textarea)\b.*?</(?P=raw)\s*>"
    r"|(?P<head></head\s*>)"
    r"""|(?P<body><body(?:\s(?:"[^"]*"|'[^']*'|[^"'>])*)?>)""",
    re.DOTALL | re.IGNORECASE,
)


def insert(page: str, strip: str, stylesheet: str) -> str:
    """Return the HTML ``page`` with ``strip`` after its ``<body>`` and a link to ``stylesheet`` in its head.

    A page without a ``<body>`` tag, or with a strip already, comes back as it was. ``strip`` and
    ``stylesheet`` are HTML, escaped where they need it.
    """
    if _MARK in page:
        return page
    places = {match.lastgroup: match for match in reversed(list(_PLACES.finditer(page)))}
    body = places.get("body")
    if not body:
        return page
    page = f"{page[: body.end()]}\n{strip}{page[body.end() :]}"
    end = places["head"].start() if "head" in places and places["head"].start() < body.start() else body.start()
    return f'{page[:end]}<link rel="stylesheet" href="{stylesheet}">\n{page[end:]}'
