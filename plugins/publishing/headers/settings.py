"""What an edition chooses about its response headers."""

import re
from typing import Annotated

import msgspec

Seconds = Annotated[int, msgspec.Meta(ge=0)]

_HOST = re.compile(r"https://[a-z0-9.-]+(?::\d+)?")
_FOLDER = re.compile(r"(?:[A-Za-z0-9._-]+/)+")
_HASH = re.compile(r"sha(?:256|384|512)-[A-Za-z0-9+/]+={0,2}")


class Policy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the edition is served: `PUBLISHING["policy"]`."""

    base: str = ""
    """The path of the site on its host, such as `/news`; empty at the host's root."""
    players: tuple[str, ...] = ()
    """Other sites that a story's page may show in a frame, such as `https://www.youtube-nocookie.com`."""
    framed: tuple[str, ...] = ("rates/embed/",)
    """Folders whose pages any other site may show in a frame."""
    wasm: tuple[str, ...] = ("search/",)
    """Folders whose pages may compile WebAssembly, as the search does."""
    text: tuple[str, ...] = ("text/",)
    """Folders whose pages are text alone, and may load and run nothing."""
    rates: tuple[str, ...] = ("rates/",)
    """Folders whose pages and data change with the rates."""
    inline: tuple[str, ...] = ()
    """Hashes of inline scripts and styles that may run, such as `sha256-…`; any other is refused by the browser."""
    page_seconds: Seconds = 300
    """How long a page may be shown without asking the host again."""
    rates_seconds: Seconds = 60
    """How long rates may be."""
    feed_seconds: Seconds = 900
    """How long a feed or a sitemap may be."""
    file_seconds: Seconds = 86400
    """How long a picture or another file may be whose name does not change with its content."""
    hsts_seconds: Seconds = 31536000
    """How long a browser is to insist on https; 0 says nothing of it."""
    hsts_subdomains: bool = False
    """Whether that holds for all names below the host's as well."""
    noindex: bool = False
    """Whether search engines are asked to leave everything out, as for staging."""

    def __post_init__(self) -> None:
        """Raise ValueError for a value that would break a header or mean something else in it."""
        if self.base and not re.fullmatch(r"(?:/[A-Za-z0-9._~-]+)+", self.base):
            raise ValueError(f"policy: base {self.base!r} is not like /news")
        for name, values, form, example in (
            ("players", self.players, _HOST, "https://player.example"),
            ("framed", self.framed, _FOLDER, "rates/embed/"),
            ("wasm", self.wasm, _FOLDER, "search/"),
            ("text", self.text, _FOLDER, "text/"),
            ("rates", self.rates, _FOLDER, "rates/"),
            ("inline", self.inline, _HASH, "sha256-…"),
        ):
            for value in values:
                if not form.fullmatch(value):
                    raise ValueError(f"policy: {name} {value!r} is not like {example}")
