"""What an edition may choose about its search: the setting SITE_SEARCH."""

import re
from typing import Annotated

import msgspec


class SiteSearchSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The setting ``SITE_SEARCH``; raises ValueError for values that cannot be."""

    url: str = "search/"
    """The address of the page, relative to the site's root; ends with a slash. If it is another, say so in
    `PUBLISHING["policy"]["wasm"]`, too."""
    index: bool = True
    """Whether the index is made. The preview (`make serve`) has none: it would be made again at every save."""
    part: Annotated[int, msgspec.Meta(ge=1)] = 400
    """About how many stories a part of the index holds. A new or corrected story changes its part alone: smaller ones
    are made and uploaded sooner, and fewer of them are asked for sooner."""

    def __post_init__(self) -> None:
        if not re.fullmatch(r"(?:[\w-]+/)+", self.url, re.ASCII):
            raise ValueError(f"{self.url!r} is no address such as 'search/'")
