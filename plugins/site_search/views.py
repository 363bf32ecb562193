"""What the page of the search shows."""

import msgspec


class Language(msgspec.Struct, frozen=True):
    """A language in which there are stories."""

    code: str
    """As in ``en``; also the folder of its index below ``SearchView.folder``."""
    name: str
    """Its name in itself."""
    parts: int
    """How many parts its index has, numbered from 1, the oldest; each is a folder."""


class SearchView(msgspec.Struct, frozen=True):
    """The search."""

    url: str
    """The address of its page."""
    folder: str
    """The folder of the index."""
    indexed: bool
    """Whether there is an index."""
    languages: tuple[Language, ...]
    """The languages, the edition's own first."""
    countries: tuple[str, ...]
    """The names of all countries that a story is about, by the alphabet."""
    sections: tuple[str, ...]
    """All sections, by the alphabet."""
