"""Where a reader may pass a story on: plain links, which tell nobody anything before they are followed."""

import string
from collections.abc import Iterable
from urllib.parse import quote

from .views import ShareView

PARTS = frozenset({"url", "title"})


def view(services: Iterable[tuple[str, str]], title: str, url: str) -> ShareView:
    """Return the links that pass on the story ``title`` at ``url``; ``services`` are names, and addresses with gaps."""
    gaps = {"url": quote(url, safe=""), "title": quote(title, safe="")}
    links = tuple((name, address.format(**gaps)) for name, address in services)
    return ShareView(url, "mailto:?subject={title}&body={url}".format(**gaps), links)


def problem(address: str) -> str:
    """Return what is wrong with a service's address; empty where nothing is."""
    try:
        gaps = {name for _, name, _, _ in string.Formatter().parse(address) if name is not None}
    except ValueError as error:
        return str(error)
    if not address.startswith("https://"):
        return "does not begin with https://"
    if "url" not in gaps or gaps - PARTS:
        return "must have {url}, may have {title}, and no other gap"
    return ""
