"""Observations for tests, written short."""

import datetime as dt

from plugins.currency_ticker.model import Kind, Observation

ZONES = {"KGS": "Asia/Bishkek", "KZT": "Asia/Almaty", "TJS": "Asia/Dushanbe", "UZS": "Asia/Tashkent"}


def seen(currency: str, date: str, value: str, source: str = "nbkr", kind: Kind = Kind.OFFICIAL) -> Observation:
    day = dt.date.fromisoformat(date)
    return Observation(
        effective_date=day,
        currency=currency,
        base="USD",
        value=value,
        unit="1",
        kind=kind,
        source=source,
        origin={"cbt-peg": "cbt"}.get(source, source),
        time_zone=ZONES.get(currency, "UTC") if kind is not Kind.MARKET else "UTC",
        fetched_at=dt.datetime.combine(day, dt.time(), dt.UTC),
        payload_sha256="0" * 64,
    )


def at(instant: str) -> dt.datetime:
    """2026-09-30T12:00 in Tashkent, unless a zone is named."""
    moment = dt.datetime.fromisoformat(instant)
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.timezone(dt.timedelta(hours=5)))
