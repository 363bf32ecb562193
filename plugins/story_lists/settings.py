"""What an edition may choose about its lists: the setting STORY_LISTS."""

import re
from typing import Annotated

import msgspec


class StoryListsSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The setting ``STORY_LISTS``; raises ValueError for values that cannot be."""

    per_page: Annotated[int, msgspec.Meta(ge=1)] = 20
    """Stories on a numbered page."""
    orphans: Annotated[int, msgspec.Meta(ge=0)] = 5
    """How many more the front of a list may hold before a numbered page is closed; less than ``per_page``."""
    sections_url: str = "sections/"
    """The address of all sections; ends with a slash, as the others do."""
    topics_url: str = "topics/"
    """The address of all topics."""
    authors_url: str = "authors/"
    """The address of all authors."""
    archive_url: str = "archive/"
    """The address of all stories; years and months stand below it."""
    feed: str = "feed.atom"
    """The name of the feed beside each section, topic and author; empty for no feeds."""
    section_order: tuple[str, ...] = ()
    """Sections by name, in the order of the navigation; those not named follow by the alphabet."""
    descriptions: dict[str, str] = {}
    """A sentence on a section, topic or author, by its name."""

    def __post_init__(self) -> None:
        if self.orphans >= self.per_page:
            raise ValueError(f"orphans: {self.orphans} must be less than per_page, {self.per_page}")
        addresses = (self.sections_url, self.topics_url, self.authors_url, self.archive_url)
        for address in addresses:
            if not re.fullmatch(r"(?:[\w-]+/)+", address, re.ASCII):
                raise ValueError(f"{address!r} is no address such as 'sections/'")
            if addresses.count(address) > 1:
                raise ValueError(f"{address!r} is the address of two kinds of list")
        if not re.fullmatch(r"(?:[\w-]+\.[\w.-]+)?", self.feed, re.ASCII):
            raise ValueError(f"feed: {self.feed!r} is no file name such as 'feed.atom'")
