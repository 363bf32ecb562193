"""What an edition may choose about its text edition: the setting TEXT_EDITION."""

import re
from typing import Annotated

import msgspec


class TextEditionSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The setting ``TEXT_EDITION``; raises ValueError for values that cannot be."""

    url: str = "text/"
    """Where it stands; ends with a slash. A page's text has the page's own address below it."""
    without: tuple[str, ...] = ("404.html", "rates/embed/", "search/")
    """Addresses, and folders with all below them, that have no text: what is nothing without its script or frame."""
    most_bytes: Annotated[int, msgspec.Meta(ge=2048)] = 8192
    """How large a page may be when gzip has packed it; a longer one is cut into parts between its paragraphs."""

    def __post_init__(self) -> None:
        if not re.fullmatch(r"(?:[\w-]+/)+", self.url, re.ASCII):
            raise ValueError(f"url: {self.url!r} is no address such as 'text/'")
