"""Make the history that the sample edition began with from the recorded payloads in tests/data/rates.

Usage: python tools/seed_rates.py > content/rates/history.csv
It reads only the dollar of each bank's own table, and knows nothing of the banks' quirks beyond these files.
"""

import csv
import datetime as dt
import hashlib
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from plugins.currency_ticker import history
from plugins.currency_ticker.model import Kind, Observation

PAYLOADS = Path(__file__).parents[1] / "tests" / "data" / "rates"
BANKS = {  # currency, the tables, the dollar's value, the table's date
    "nbkr": ("KGS", "daily_*", r'"USD">\s*<Nominal>1</Nominal>\s*<Value>([\d,]+)<', r' Date="([\d.]+)"'),
    "nbk": ("KZT", "get_rates_*", r"<title>USD</title>\s*<description>([\d.]+)<", r"<date>([\d.]+)<"),
    "nbt": ("TJS", "*", r"USD</CharCode>\s*<Nominal>1</Nominal>[^V]*<Value>([\d.]+)<", r' Date="([\d-]+)"'),
    "cbu": ("UZS", "*", r'"Ccy": ?"USD"[^}]*"Rate": ?"([\d.]+)"', r'"Date": ?"([\d.]+)"'),
}
ZONES = {"KGS": "Asia/Bishkek", "KZT": "Asia/Almaty", "TJS": "Asia/Dushanbe", "UZS": "Asia/Tashkent"}
RECORDED = {  # when a payload was received; one that is not named here, at the start of its own day (UTC)
    "nbkr/daily_2026-05-24.xml": "2026-05-23T23:51:00Z",
    "nbk/get_rates_2026-04-": "2026-04-08T00:00:00Z",
    "nbt/": "2026-05-22T00:00:00Z",
    "cbu/all_2026-04-": "2026-04-08T00:00:00Z",
}


def main() -> None:
    """Print the history."""
    sys.stdout.write(history.render([*official(), *market(), fixed()]))


def official() -> Iterator[Observation]:
    """Yield the dollar's rate of every table of a central bank."""
    for source, (currency, tables, value, date) in BANKS.items():
        for file in sorted((PAYLOADS / source).glob(tables)):
            text = file.read_text("utf-8")
            day = _date(_found(date, text))
            yield Observation(
                effective_date=day,
                currency=currency,
                base="USD",
                value=_found(value, text).replace(",", "."),
                unit="1",
                kind=Kind.OFFICIAL,
                source=source,
                origin=source,
                time_zone=ZONES[currency],
                fetched_at=_received(f"{source}/{file.name}", day),
                payload_sha256=_sha256(file),
            )


def market() -> Iterator[Observation]:
    """Yield four currencies' market rates of each day that was released."""
    file = PAYLOADS / "currency-api" / "usd-history.csv"
    digest = _sha256(file)
    for row in csv.DictReader(file.read_text("utf-8").splitlines()):
        released = dt.datetime(*map(int, row["package_version"].split(".")), tzinfo=dt.UTC)  # type: ignore[misc, arg-type]
        for currency in ZONES:
            yield Observation(
                effective_date=dt.date.fromisoformat(row["date"]),
                currency=currency,
                base="USD",
                value=row[currency.lower()],
                unit="1",
                kind=Kind.MARKET,
                source="currency-api",
                origin="currency-api",
                time_zone="UTC",
                fetched_at=released,
                payload_sha256=digest,
            )


def fixed() -> Observation:
    """Return the manat's peg."""
    file = PAYLOADS / "cbt-peg" / "peg_tmt.json"
    peg = json.loads(file.read_text("utf-8"))
    return Observation(
        effective_date=dt.date.fromisoformat(peg["since"]),
        currency=peg["quote"],
        base=peg["base"],
        value=str(peg["rate"]),
        unit="1",
        kind=Kind.FIXED,
        source="cbt-peg",
        origin="cbt",
        time_zone="Asia/Ashgabat",
        fetched_at=dt.datetime(2026, 11, 24, tzinfo=dt.UTC),
        payload_sha256=_sha256(file),
    )


def _found(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    if not match:
        raise ValueError(f"nothing like {pattern}")
    return match[1]


def _date(text: str) -> dt.date:
    return dt.date.fromisoformat("-".join(reversed(text.split("."))) if "." in text else text)


def _received(name: str, day: dt.date) -> dt.datetime:
    known = (instant for start, instant in RECORDED.items() if name.startswith(start))
    return dt.datetime.fromisoformat(next(known, f"{day}T00:00:00Z"))


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


if __name__ == "__main__":
    main()
