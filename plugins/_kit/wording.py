"""Dates and numbers as a reader of a locale expects them, from CLDR."""

import datetime as dt
from collections.abc import Callable
from functools import lru_cache

from babel import Locale, UnknownLocaleError, dates, numbers

Filter = Callable[..., str]


def locale(tag: str) -> Locale:
    """Return CLDR's locale of a tag such as ``en_GB`` or ``uz-Cyrl``; raises UnknownLocaleError or ValueError."""
    return Locale.parse(tag.replace("-", "_"))


def filters(chosen: Locale) -> dict[str, Filter]:
    """Return the filters of a language: ``day``, ``short_day``, ``month``, ``moment``, ``number``, ``language``.

    The last takes a tag, and answers in the language that the tag names.
    """

    def moment(value: dt.datetime) -> str:
        time = dates.format_skeleton("Hm", value, value.tzinfo, locale=chosen)
        joined = str(chosen.datetime_formats["medium"]).format(time, day(value, chosen))
        return f"{joined} {dates.get_timezone_gmt(value, 'long', chosen)}"

    def number(value: int) -> str:
        return numbers.format_decimal(value, locale=chosen)

    return {
        "day": lambda value: day(value, chosen),
        "short_day": lambda value: short_day(value, chosen),
        "month": lambda value: month(value, chosen),
        "moment": moment,
        "number": number,
        "language": language,
    }


def day(value: dt.date, chosen: Locale) -> str:
    """Return a day in full: ``25 April 2025``, ``25 апреля 2025 г.``."""
    return _day(value.year, value.month, value.day, chosen)


@lru_cache(10_000)  # the days of an archive: each stands on many pages
def _day(year: int, month: int, number: int, chosen: Locale) -> str:
    return dates.format_date(dt.date(year, month, number), "long", chosen)


def short_day(value: dt.date, chosen: Locale) -> str:
    """Return a day in few letters, without its year: ``25 Apr``."""
    return dates.format_skeleton("MMMd", _midnight(value), locale=chosen)


def short_date(value: dt.date, chosen: Locale) -> str:
    """Return a day in few letters: ``25 Apr 2025``."""
    return dates.format_skeleton("yMMMd", _midnight(value), locale=chosen)


def month(value: dt.date, chosen: Locale) -> str:
    """Return a month with its year, as a name that stands alone: ``April 2025``, ``Апрель 2025 г.``."""
    return capital(dates.format_skeleton("yMMMM", _midnight(value), locale=chosen))


def short_month(value: dt.date, chosen: Locale) -> str:
    """Return a month with its year in few letters: ``Apr 2025``."""
    return dates.format_skeleton("yMMM", _midnight(value), locale=chosen)


def language(tag: str) -> str:
    """Return what those who read a language call it: ``Русский`` for ``ru``; the tag itself if CLDR has no name."""
    try:
        return capital(locale(tag).get_display_name() or tag)
    except (UnknownLocaleError, ValueError):
        return tag


def capital(text: str) -> str:
    """Return ``text`` with a capital at its beginning, for CLDR's names where they are headings."""
    return text[:1].upper() + text[1:]


def _midnight(value: dt.date) -> dt.datetime:
    """Return the day's beginning: CLDR's skeletons take instants, and a zone would move the day."""
    return dt.datetime(value.year, value.month, value.day)  # noqa: DTZ001 - see above
