"""Words that may occur nowhere in an edition, looked for in every form in which a file may spell them."""

import html
import json
import re
import urllib.parse
import zlib
from collections.abc import Iterable, Iterator

import msgspec

_BLANKED = bytes(code if code >= 0x80 or chr(code).isalnum() else 0x20 for code in range(256))
"""Of each byte: itself if it may stand in a word, else a blank."""
_GZIP = b"\x1f\x8b"
_MOST = 64 * 1024 * 1024


class Needle(msgspec.Struct, frozen=True):
    """One word or phrase."""

    word: str
    """As it was given."""
    spellings: tuple[tuple[bytes, frozenset[bytes]], ...]
    """Its spellings in HTML, JSON and addresses, each with the words that it is made of."""


def needles(words: Iterable[str]) -> tuple[Needle, ...]:
    """Return what is looked for, each word once."""
    return tuple(Needle(word, tuple(_with_parts(word))) for word in dict.fromkeys(words))


def found(needles: Iterable[Needle], path: str, content: bytes) -> Iterator[str]:
    """Yield each word that stands in the file ``path`` or in its name, as a whole word or phrase.

    A file that gzip has packed (the search's) is unpacked. The words of a file are gathered once, so that hundreds of
    phrases cost no more than one.
    """
    if not needles:
        return
    text = b" %s %s " % (_unpacked(content), path.encode())
    there = frozenset(text.translate(_BLANKED).split())
    for needle in needles:
        if any(parts <= there and _whole(spelling, text) for spelling, parts in needle.spellings):
            yield needle.word


def _with_parts(word: str) -> Iterator[tuple[bytes, frozenset[bytes]]]:
    plain = [html.escape(word), html.escape(word).replace("&#x27;", "&#39;"), html.escape(word, quote=False), word]
    plain += [json.dumps(word)[1:-1], json.dumps(word, ensure_ascii=False)[1:-1], urllib.parse.quote(word)]
    for spelling in dict.fromkeys(text.encode() for text in plain):
        yield spelling, frozenset(spelling.translate(_BLANKED).split())


def _whole(spelling: bytes, text: bytes) -> bool:
    """Tell whether ``spelling`` stands in ``text`` with no letter or digit beside it."""
    if spelling not in text:
        return False
    return bool(re.search(rb"(?<![0-9A-Za-z\x80-\xff])" + re.escape(spelling) + rb"(?![0-9A-Za-z\x80-\xff])", text))


def _unpacked(content: bytes) -> bytes:
    if not content.startswith(_GZIP):
        return content
    try:
        return zlib.decompressobj(wbits=31).decompress(content, _MOST)
    except zlib.error:
        return content
