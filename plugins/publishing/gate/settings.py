"""What the gate lets through."""

from typing import Annotated

import msgspec

Kilobytes = Annotated[int, msgspec.Meta(ge=1)]


class Inspection(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the gate lets through: `PUBLISHING["inspection"]`."""

    page_kilobytes: Kilobytes = 2000
    """How much a page may make a browser load at once: itself, styles, scripts, and pictures that are not lazy."""
    frame_kilobytes: Kilobytes = 60
    """How much a page may that other sites show in a frame."""
    text_bytes: Annotated[int, msgspec.Meta(ge=1)] = 8192
    """How many bytes a page of text alone may have, packed by gzip."""
    allow: tuple[str, ...] = ()
    """Codes of rules that are not held, such as `heading-order`."""
