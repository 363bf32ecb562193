"""What an edition may choose about its articles: the setting EDITORIAL."""

from typing import Annotated

import msgspec

Count = Annotated[int, msgspec.Meta(ge=0)]


class EditorialSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The setting ``EDITORIAL``."""

    images: str = "images"
    """The folder of pictures, relative to the content folder; they are published under the same name."""
    required: tuple[str, ...] = ("title", "date", "category", "summary")
    """Fields that every article needs; title and date always are."""
    extra_fields: tuple[str, ...] = ()
    """Fields of other plugins, which are let through as they are written."""
    preview: bool = False
    """Whether drafts and stories whose time has not come are shown, marked; never when publishing."""
    updated_after_minutes: Count = 60
    """How long after publication a story must be modified for that to be shown as an update."""
    words_a_minute: Annotated[int, msgspec.Meta(ge=1)] = 220
    """How fast a reader reads, for the reading time."""
    front_others: Count = 4
    """How many stories stand beside the lead on the front page."""
    front_per_strip: Count = 2
    """How many stories a country's or section's strip on the front page holds at most."""
