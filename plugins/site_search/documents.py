"""A story as the document that Pagefind reads: what is said in it, and what its results are shown and chosen by."""

from html import escape

import msgspec


class Entry(msgspec.Struct, frozen=True):
    """One story or page."""

    url: str
    """Its address, relative to the site's root."""
    language: str
    """The language of its text, as in ``en``."""
    title: str
    """Its headline, plain."""
    text: str
    """Its text, HTML."""
    day: str
    """The day of a story in words; empty for a page."""
    section: str
    """The section of a story; empty for a page."""
    countries: tuple[str, ...]
    """The names of its countries."""


def document(entry: Entry) -> str:
    """Return the document of ``entry``.

    Attributes of empty elements hold what is no part of the text: Pagefind would find their words in it.
    """
    meta = [_held("meta", "day", entry.day), _held("filter", "section", entry.section)]
    meta += [_held("filter", "country", country) for country in entry.countries]
    return (
        f'<!DOCTYPE html><html lang="{escape(entry.language)}"><body data-pagefind-body>'
        f"{''.join(meta)}<h1>{escape(entry.title)}</h1>{entry.text}</body></html>"
    )


def _held(kind: str, name: str, value: str) -> str:
    return f'<i data-pagefind-{kind}="{name}[data-of]" data-of="{escape(value)}"></i>' if value else ""
