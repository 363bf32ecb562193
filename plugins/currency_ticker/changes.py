"""The feed of changes: an Atom entry (RFC 4287) for each day on which a rate was set, the newest first."""

import datetime as dt
import html
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from .lines import lines
from .model import Kind, Series
from .settings import TickerSettings
from .views import Language, LineView, day_words, ticker

ENTRIES = 30
"""The most days that the feed has."""


class Channel(msgspec.Struct, frozen=True):
    """What the feed says of itself."""

    authority: str
    """The domain, a comma, the year in which it was the edition's: in whose name ids are minted (RFC 4151)."""
    publisher: str
    """The edition's name."""
    lang: str
    """BCP 47."""
    page: str
    """The address of the page of all rates."""
    address: str
    """The feed's own address."""


class _Day(msgspec.Struct, frozen=True):
    date: dt.date
    views: tuple[LineView, ...]
    updated: dt.datetime


def feed(
    known: Mapping[tuple[str, str], Series],
    settings: TickerSettings,
    language: Language,
    now: dt.datetime,
    channel: Channel,
) -> bytes:
    """Return the feed's bytes, the same for the same history whatever the time; a day that has not come is left out."""
    days = tuple(_days(known, settings, language, now))
    top = ET.Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": channel.lang})
    heading = language.translate("Exchange rates")
    _add(top, "id", f"tag:{channel.authority}:{settings.rates_url}")
    _add(top, "title", f"{heading} | {channel.publisher}")
    _add(top, "updated", _instant(max((day.updated for day in days), default=dt.datetime(1970, 1, 1, tzinfo=dt.UTC))))
    _add(top, "link", rel="alternate", type="text/html", href=channel.page)
    _add(top, "link", rel="self", type="application/atom+xml", href=channel.address)
    _add(_add(top, "author"), "name", channel.publisher)
    for day in days:
        entry = _add(top, "entry")
        _add(entry, "id", f"tag:{channel.authority}:{settings.rates_url}{day.date}")
        _add(entry, "title", language.translate("Rates of %(date)s") % {"date": day_words(day.date, language)})
        _add(entry, "link", rel="alternate", type="text/html", href=channel.page)
        _add(entry, "updated", _instant(day.updated))
        _add(entry, "summary", "; ".join(f"{view.pair} {view.value} {view.change_text}".rstrip() for view in day.views))
        _add(entry, "content", "".join(_items(day.views)), type="html")
    ET.indent(top, space="")
    body: bytes = ET.tostring(top, encoding="utf-8")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + body + b"\n"


def styled(feed: bytes, sheet: str) -> bytes:
    """Return the feed with the address of the stylesheet by which a browser shows it."""
    declaration, end, body = feed.partition(b"?>\n")
    return b"".join(
        [declaration, end, f'<?xml-stylesheet type="text/css" href="{html.escape(sheet)}"?>\n'.encode(), body]
    )


def _days(
    known: Mapping[tuple[str, str], Series], settings: TickerSettings, language: Language, now: dt.datetime
) -> Iterator[_Day]:
    """Yield the last days on which a rate that a page showed was set, with the lines as they stood that evening."""
    all_seen = [seen for past in known.values() for seen in past if seen.kind is not Kind.FIXED]
    found = 0
    for date in sorted({seen.effective_date for seen in all_seen}, reverse=True):
        evening = dt.datetime.combine(date, dt.time(18), dt.UTC)  # still the same day all over the region
        standing = lines(known, settings, min(evening, now))
        fresh = [line for line in standing if line.observation and line.observation.effective_date == date]
        if fresh and found < ENTRIES:
            found += 1
            updated = max(line.observation.fetched_at for line in fresh if line.observation)
            yield _Day(date, ticker(fresh, settings, language).lines, updated)


def _items(views: Sequence[LineView]) -> Iterator[str]:
    yield "<ul>"
    for view in views:
        figures = f"{view.reverse_pair} {view.reverse_value}; {view.pair} {view.value} {view.change_text}".rstrip()
        yield f"<li>{html.escape(f'{figures} ({view.source_name}, {view.kind_words})')}</li>"
    yield "</ul>"


def _add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, name, attributes)
    element.text = text or None
    return element


def _instant(instant: dt.datetime) -> str:
    return f"{instant.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"
