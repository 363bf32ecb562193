"""The address rules every plugin shares. An URL is relative to the site's root, without a leading slash."""

import re

from unidecode import unidecode


def absolute(siteurl: str, url: str) -> str:
    """Return ``url`` on ``siteurl`` (``https://host`` or ``https://host/base``, with or without a final slash)."""
    return f"{siteurl.rstrip('/')}/{url.lstrip('/')}"


def save_as(url: str) -> str:
    """Return the file that a static host serves for ``url``: ``rates/`` is ``rates/index.html``."""
    return f"{url}index.html" if not url or url.endswith("/") else url


def numbered(front: str, number: int) -> str:
    """Return the address of page ``number`` (1 is the oldest) of the list whose front is ``front``."""
    return f"{front}page/{number}/"


def slug(text: str) -> str:
    """Return ``text`` as a path segment of lower-case ASCII letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", unidecode(text).lower().replace("'", "")).strip("-")
