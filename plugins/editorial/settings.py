"""What an edition may choose about its articles: the setting EDITORIAL."""

import re
from typing import Annotated

import msgspec

from . import sharing

Count = Annotated[int, msgspec.Meta(ge=0)]


class EditorialSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The setting ``EDITORIAL``."""

    images: str = "images"
    """The folder of pictures, relative to the content folder; they are published under the same name."""
    required: tuple[str, ...] = ("title", "date", "category", "summary")
    """Fields that every article needs; title and date always are."""
    extra_fields: tuple[str, ...] = ()
    """Fields of other plugins, which are let through as they are written."""
    sections: tuple[str, ...] = ()
    """If any are given, the only sections that a story may stand in, for ``make lint-content``."""
    authors: tuple[str, ...] = ()
    """If any are given, the only names in bylines."""
    topics: tuple[str, ...] = ()
    """If any are given, the only tags."""
    title_most: Count = 75
    """The longest headline, in letters."""
    summary_most: Count = 160
    """The longest standfirst, in letters."""
    picture_least: Count = 800
    """The width in pixels below which a picture is told as too small."""
    off: dict[str, str] = {}
    """Rules of docs/rules.md that are switched off for all stories, each with the reason."""
    corrections_url: str = "corrections/"
    """The address of the page of all corrections; ends with a slash. Empty for none."""
    pictures_url: str = "pictures/"
    """The address of the page of all pictures by credit; ends with a slash. Empty for none."""
    mirrors: tuple[str, ...] = ()
    """Folders, such as `text/`, in which every page stands once more, below its own address. The ledger of addresses
    does not record them; a story that has moved or is gone has done so there as well."""
    checkers: tuple[str, ...] = ()
    """Modules whose own findings ``make lint-content`` tells with its own, e.g. ``kerege.country_pages`` for the tags
    of countries. Of each is run ``python -m MODULE audit --jsonl FOLDER…``, which writes one finding a line."""
    rates: str = "rates/history.csv"
    """The rates by which sums in dollars are checked, relative to the content folder; none if the file is not there."""
    preview: bool = False
    """Whether drafts and stories whose time has not come are shown, marked; never when publishing."""
    updated_after_minutes: Count = 60
    """How long after publication a story must be modified for that to be shown as an update."""
    contents_from: Annotated[int, msgspec.Meta(ge=1)] = 3
    """How many subheads a story must have to begin with a list of them. They need places of their own: MARKDOWN with
    the extension ``markdown.extensions.toc``."""
    share: tuple[tuple[str, str], ...] = (
        ("Telegram", "https://t.me/share/url?url={url}&text={title}"),
        ("WhatsApp", "https://wa.me/?text={title}%20{url}"),
    )
    """Where a story can be passed on beside e-mail: names and addresses with the gaps ``{url}`` and ``{title}``."""
    words_a_minute: Annotated[int, msgspec.Meta(ge=1)] = 220
    """How fast a reader reads, for the reading time."""
    front_others: Count = 4
    """How many stories stand beside the lead on the front page."""
    front_lead_among: Count = 20
    """Among how many of the newest stories one with `lead: true` leads the front page; 0: always the newest."""
    front_per_strip: Count = 2
    """How many stories a country's or section's strip on the front page holds at most."""

    def __post_init__(self) -> None:
        for name in ("corrections_url", "pictures_url"):
            if (url := getattr(self, name)) and not re.fullmatch(r"(?:[\w-]+/)+", url, re.ASCII):
                raise ValueError(f"{name}: {url!r} is no address such as '{name.partition('_')[0]}/'")
        for name, address in self.share:
            if wrong := sharing.problem(address):
                raise ValueError(f"share: {address!r}, for {name}, {wrong}")
