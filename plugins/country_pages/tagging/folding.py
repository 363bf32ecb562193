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
_SENTENCE_END = re.compile(
    r"[.!?…\n](?:(?<=\n)\n*|(?<!\n)[»”\"')]?(\s+)(?=[«“\"'(„–—-]?\s?[^\W\d_a-zа-я]))"  # its first letter finds it fast
)


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
    for found in _SENTENCE_END.finditer(text):
        end = found.start(1 if found[1] else 0)
        if text[start:end].strip():
            spans.append((start, end))
        start = found.end()
    if text[start:].strip():
        spans.append((start, len(text)))
    return spans
