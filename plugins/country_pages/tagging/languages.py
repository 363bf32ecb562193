"""The language of a text, from its letters and its commonest small words, and the endings its names may take."""

import re
from collections.abc import Mapping

import msgspec

# Letters that tell the languages of the region apart, after the alphabets in force in 2025.
_LETTERS = {
    "kk": "әіұһғқ",
    "ky": "өү",
    "tg": "ҷӣӯҳ",
    "uzc": "ўҳ",
}
_WORDS = {
    "ru": {"и", "в", "на", "с", "по", "из", "о", "для", "что", "не", "от", "к", "его", "как", "за"},
    "kk": {"және", "мен", "үшін", "деп", "бұл", "туралы", "болды", "екі", "бойынша", "бен", "еді"},
    "ky": {"жана", "менен", "үчүн", "деп", "бул", "боюнча", "болду", "эки", "тууралуу", "айтты", "өттү", "эле"},
    "tg": {"ва", "дар", "аз", "бо", "ба", "барои", "ки", "бар", "шуд", "кард", "аст", "ин"},
    "uzc": {"ва", "билан", "учун", "бу", "деб", "бўйича", "эди", "ҳам"},
    "uz": {"va", "bilan", "uchun", "bu", "deb", "ham", "bo'yicha", "edi", "haqida", "esa", "bo'ldi", "etdi", "dedi"},
    "tk": {
        "we",
        "bilen",
        "ucin",
        "bu",
        "boldy",
        "hem",
        "diydi",
        "boyunca",
        "barada",
        "etdi",
        "hakynda",
        "ulke",
        "gecirildi",
    },
    "en": {"the", "of", "and", "in", "to", "a", "for", "on", "with", "its", "said", "from", "at", "by", "as"},
}
_TURKIC_END = re.compile(r"(?:дагы|деги|лар|лер|лор|нын|нин|дын|дин|шты|шти|ганы|тын|ылды|илди|ашты|ушту|нда|нде)\Z")
_RUSSIAN_END = re.compile(r"(?:ого|ому|ов|ев|ые|ий|ая|ами|ах|ться|ется|или|ала|ует|ции|ыли|ость|ский|ской|ют|ла)\Z")
_TURKMEN = re.compile("[ýňžşäÝŇŽŞÄ]")
_UZBEK = re.compile("[oOgG][ʻ’'`ʼ‘]|q")


_CYRILLIC, _LATIN = re.compile("[Ѐ-ӿ]"), re.compile("[a-z]")
_SAMPLE = 700
"""So many letters from the beginning tell the language."""


class Endings(msgspec.Struct, frozen=True):
    """What may follow the stem of a word in one language."""

    any_case: re.Pattern[str]
    people: re.Pattern[str]
    """The endings that turn a people's name into the people themselves (plural), not an adjective."""
    derived: re.Pattern[str]
    """How the endings begin that make words written small of a name: citizens, adjectives."""


def compiled(rules: Mapping[str, Mapping[str, str]]) -> dict[str, Endings]:
    """Return the endings of each language from ``endings.yaml``: verbose regular expressions."""
    return {
        language: Endings(*(re.compile(rule[key], re.VERBOSE) for key in ("any", "people", "derived")))
        for language, rule in rules.items()
    }


def language_of(text: str, folded: str) -> str:
    """Return one of en, ru, kk, ky, tg, tk, uz and uzc (Uzbek in Cyrillic); English where nothing tells."""
    sample, words = text[:_SAMPLE].lower(), folded[:_SAMPLE].split()
    cyrillic, latin = len(_CYRILLIC.findall(sample)), len(_LATIN.findall(sample))
    candidates = ("ru", "kk", "ky", "tg", "uzc") if cyrillic > latin else ("en", "uz", "tk")
    return max(candidates, key=lambda language: _likeness(language, sample, words))


def _likeness(language: str, sample: str, words: list[str]) -> float:
    known = _WORDS[language]
    score = float(sum(word in known for word in words))
    if language == "tk":
        return score + len(_TURKMEN.findall(sample)) * 0.5
    if language == "uz":
        return score + len(_UZBEK.findall(sample)) * 0.6
    letters = _LETTERS.get(language, "")
    score += 0.5 * sum(sample.count(letter) for letter in letters)
    if language == "ru":
        score += 0.7 * sum(_RUSSIAN_END.search(word) is not None for word in words)
    if language == "ky":
        score += 0.7 * sum(_TURKIC_END.search(word) is not None for word in words)
        score -= 2.0 * sum(sample.count(letter) for letter in "әіұһғқҷӣӯҳў")
    if language == "kk":
        score -= 2.0 * sum(sample.count(letter) for letter in "ҷӣӯҳў")
    if language == "tg":
        score -= 2.0 * sum(sample.count(letter) for letter in "ўіңөүщы")
    if language == "uzc":
        score -= 2.0 * sum(sample.count(letter) for letter in "ҷӣӯңөүіщы")
    return score + 0.1 * (language == "ru")
