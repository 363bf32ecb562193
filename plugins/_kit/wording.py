"""Dates and numbers as a reader of a locale expects them, from CLDR."""

import datetime as dt
from collections.abc import Callable

from babel import Locale, dates, numbers

Filter = Callable[..., str]


def filters(locale: str) -> dict[str, Filter]:
    """Return the template filters of a language: ``day``, ``short_day``, ``month``, ``moment``, ``number``.

    ``locale`` is a CLDR name such as ``en_GB``; raises babel's UnknownLocaleError or ValueError for another.
    """
    chosen = Locale.parse(locale.replace("-", "_"))

    def day(value: dt.date) -> str:
        return dates.format_date(value, "d MMMM y", chosen)

    def short_day(value: dt.date) -> str:
        return dates.format_date(value, "d MMM", chosen)

    def month(value: dt.date) -> str:
        return dates.format_date(value, "LLLL y", chosen)

    def moment(value: dt.datetime) -> str:
        zone = dates.get_timezone_gmt(value, "long", chosen)
        return f"{dates.format_datetime(value, 'd MMMM y, HH:mm', value.tzinfo, chosen)} {zone}"

    def number(value: int) -> str:
        return numbers.format_decimal(value, locale=chosen)

    return {"day": day, "short_day": short_day, "month": month, "moment": moment, "number": number}
