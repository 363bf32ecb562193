"""What templates say in a reader's language: the site's own words, and dates and numbers as CLDR has them."""

import datetime as dt
import gettext
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from babel import Locale, UnknownLocaleError, dates, numbers
from jinja2 import Environment

Filter = Callable[..., str]
_EXTENSION = "jinja2.ext.i18n"


def prepare(environment: Environment, words: gettext.NullTranslations, chosen: Locale) -> None:
    """Give an environment of Jinja's the ``words``, as ``_`` and ``ngettext``, and the filters of a language.

    They are the same functions for all, so that who compares environments finds them alike.
    """
    environment.add_extension(_EXTENSION)
    install: Any = environment
    install.install_gettext_translations(words, newstyle=True)
    environment.globals.update(_functions(words))
    environment.filters.update(filters(chosen))


@lru_cache(1)
def _functions(words: gettext.NullTranslations) -> Mapping[str, Any]:
    environment: Any = Environment(extensions=[_EXTENSION])  # noqa: S701 - nothing is made with it
    before = dict(environment.globals)
    environment.install_gettext_translations(words, newstyle=True)
    return {name: value for name, value in environment.globals.items() if before.get(name) is not value}


def locale(tag: str) -> Locale:
    """Return CLDR's locale of a tag such as ``en_GB`` or ``uz-Cyrl``; raises UnknownLocaleError or ValueError."""
    return Locale.parse(tag.replace("-", "_"))


@lru_cache(1)
def filters(chosen: Locale) -> dict[str, Filter]:
    """Return the filters of a language: ``day``, ``short_day``, ``month``, ``moment``, ``number``, ``language``.

    The last takes a tag, and answers in the language that the tag names.
    """

    def moment(value: dt.datetime) -> str:
        time = dates.format_skeleton("Hm", value, value.tzinfo, locale=chosen)
        joined = str(chosen.datetime_formats["medium"]).format(time, day(value, chosen))
        return f"{joined} {dates.get_timezone_gmt(value, 'long', chosen)}"

    @lru_cache(10_000)  # the counts of lists: each stands on many pages
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
