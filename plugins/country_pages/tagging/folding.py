"""A text as the matcher compares it: the same length, so that every place in one is a place in the other."""

import re

_APOSTROPHES = "ʻ’'`ʼ‘´ʹ"
_PLAIN = str.maketrans(
    {
        **dict.fromkeys(_APOSTROPHES, "'"),
        **dict(
            zip("ýÝşŞçÇäÄöÖüÜňŇžŽğĞıİŭŬñâÂáÁéÉíÍóÓúÚãèêôëïõ", "yYsScCaAoOuUnNzZgGiIuUnaAaAeEiIoOuUaeeoeio", strict=True)
        ),
        **dict.fromkeys('!"#$%&()*+,-./:;<=>?@[\\]^_{|}~«»“”„‟‚‹›—–‑‒―−…№•·©§°\t\r\n\u00a0\u2009\u202f', " "),
        "ё": "е",
        "Ё": "Е",
    }
)
_OPENING_APOSTROPHE = re.compile(r"(?<!\w)'")
_SENTENCE_END = re.compile(r"(?:(?<=[.!?…])|(?<=[.!?…][»”\"')]))\s+(?=[«“\"'(„–—-]?\s?[^\W\d_a-zа-я])|\n+")


def fold(text: str) -> str:
    """Return the text in small letters without diacritics of Latin, apostrophes made one, other marks blanks.

    The answer has exactly the length of the text. Cyrillic letters stay what they are, but for ё.
    """
    plain = text.translate(_PLAIN).lower()
    return _OPENING_APOSTROPHE.sub(" ", plain) if " '" in plain or plain.startswith("'") else plain


def sentences(text: str) -> list[tuple[int, int]]:
    """Return the start and end of each sentence that holds anything; lines end sentences too."""
    spans = []
    start = 0
    for end in [match.span() for match in _SENTENCE_END.finditer(text)] + [(len(text), len(text))]:
        if text[start : end[0]].strip():
            spans.append((start, end[0]))
        start = end[1]
    return spans
