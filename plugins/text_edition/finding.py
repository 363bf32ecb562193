"""Whether search engines may look at a page."""

from collections.abc import Iterable
from fnmatch import fnmatch


def findable(content: object, file: str, unfindable: Iterable[str] = ()) -> bool:
    """Return whether the page written to ``file`` may be found: it is published, and nobody asks to leave it out.

    ``unfindable`` are patterns of files; ``content`` is the story or page, or None.
    """
    asked = str(getattr(content, "metadata", {}).get("noindex", "")).lower() in {"true", "yes", "1"}
    unlisted = getattr(content, "status", "published") in {"draft", "hidden"}
    return not (asked or unlisted or any(fnmatch(file, pattern) for pattern in unfindable))
