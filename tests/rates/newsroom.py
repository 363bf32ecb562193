"""Publishers that answer on this machine, well or badly, and a newsroom that runs the real command against them."""

import contextlib
import datetime as dt
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path

from plugins.currency_ticker import history
from tests.support import commands
from tests.support.serving import serving
from tests.support.site import ROOT, Build, Site

DATA = ROOT / "tests/data/rates"
DAY = dt.date(2026, 5, 20)
AT = "2026-05-20T09:00:00Z"
PAGES: dict[str, str] = {}
GOOD = {"KGS": "87.4500", "KZT": "471.87", "TJS": "9.3288", "UZS": "12052.70", "TMT": "3.5000"}
BANKS = {"nbkr": "KGS", "nbk": "KZT", "nbt": "TJS", "cbu": "UZS"}
WITNESSES = ("bancaditalia", "cbr")
QUICK = {"timeout": 0.5, "deadline": 3, "retries": 1, "backoff": 0.01}

Answer = Callable[["Publisher"], None]


def nbkr(rate: str, day: dt.date = DAY, nominal: str = "1", code: str = "USD", more: str = "") -> bytes:
    row = f'<Currency ISOCode="{code}"><Nominal>{nominal}</Nominal><Value>{rate.replace(".", ",")}</Value></Currency>'
    head = '<?xml version="1.0" encoding="windows-1251" ?>'
    return f'{head}<CurrencyRates Name="Daily" Date="{day:%d.%m.%Y}">{row}{more}</CurrencyRates>'.encode("windows-1251")


def nbk(rate: str, day: dt.date = DAY) -> bytes:
    item = f"<item><title>USD</title><description>{rate}</description><quant>1</quant></item>"
    return f"<rates><date>{day:%d.%m.%Y}</date>{item}</rates>".encode()


def nbt(rate: str, day: dt.date = DAY) -> bytes:
    row = f"<Valute><CharCode>USD</CharCode><Nominal>1</Nominal><Value>{rate}</Value></Valute>"
    return f'<ValCurs Date="{day}" name="x">{row}</ValCurs>'.encode()


def cbu(rate: str, day: dt.date = DAY, manat: str = "3443.63") -> bytes:
    rows = [
        {"Ccy": code, "Nominal": "1", "Rate": value, "Date": f"{day:%d.%m.%Y}"}
        for code, value in (("USD", rate), ("TMT", manat))
    ]
    return json.dumps(rows).encode()


def bancaditalia(rates: dict[str, str], day: dt.date = DAY - dt.timedelta(days=1)) -> bytes:
    lines = ["Country,Currency,ISO Code,UIC Code,Rate,Rate convention,Reference date (CET)"]
    lines += [
        f"x,x,{code},1,{rate},Foreign currency amount for 1 Euro.,{day}" for code, rate in {"USD": "1", **rates}.items()
    ]
    return "\n".join(lines).encode()


def cbr(rates: dict[str, str], day: dt.date = DAY) -> bytes:
    values = {"USD": 80.0, **{code: 80 / float(rate) * 10000 for code, rate in rates.items()}}
    rows = "".join(
        f"<Valute><CharCode>{code}</CharCode><Nominal>{1 if code == 'USD' else 10000}</Nominal>"
        f"<Value>{value:.6f}</Value></Valute>".replace(".", ",")
        for code, value in values.items()
    )
    return f'<?xml version="1.0" encoding="windows-1251"?><ValCurs Date="{day:%d.%m.%Y}">{rows}</ValCurs>'.encode(
        "windows-1251"
    )


def good(rates: dict[str, str] | None = None) -> dict[str, Answer]:
    """What everybody answers on a good day, at the rates of ``GOOD`` or those given."""
    rates = {**GOOD, **(rates or {})}
    bodies = {
        "nbkr": nbkr(rates["KGS"]),
        "nbk": nbk(rates["KZT"]),
        "nbt": nbt(rates["TJS"]),
        "cbu": cbu(rates["UZS"]),
        "bancaditalia": bancaditalia(rates),
        "cbr": cbr(rates),
    }
    return {source: body(text) for source, text in bodies.items()}


def body(text: bytes, status: int = 200, **headers: str) -> Answer:
    def answer(publisher: "Publisher") -> None:
        publisher.send_response(status)
        for name, value in headers.items():
            publisher.send_header(name.replace("_", "-"), value)
        publisher.send_header("Content-Length", str(len(text)))
        publisher.end_headers()
        publisher.wfile.write(text)

    return answer


def then(*answers: Answer) -> Answer:
    """Answer with the first, then the second …; the last one stays."""
    left = list(answers)

    def answer(publisher: "Publisher") -> None:
        (left.pop(0) if len(left) > 1 else left[0])(publisher)

    return answer


def silent(publisher: "Publisher") -> None:
    time.sleep(1.2)
    publisher.close_connection = True


def trickle(publisher: "Publisher") -> None:
    publisher.send_response(200)
    publisher.end_headers()
    with contextlib.suppress(OSError):
        for _ in range(100):
            publisher.wfile.write(b"<")
            publisher.wfile.flush()
            time.sleep(0.1)
    publisher.close_connection = True


def cut_off(text: bytes) -> Answer:
    def answer(publisher: "Publisher") -> None:
        publisher.send_response(200)
        publisher.send_header("Content-Length", str(len(text)))
        publisher.end_headers()
        publisher.wfile.write(text[: len(text) // 2])
        publisher.close_connection = True

    return answer


class Publisher(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    answers: dict[str, Answer]
    asked: list[str]

    def do_GET(self) -> None:
        source = self.path.split("/")[1].split("?")[0]
        self.asked.append(self.path)
        self.answers.get(source, body(b"", 404))(self)

    def log_message(self, *_args: object) -> None:
        pass


class Newsroom:
    """A folder with an edition, its history at yesterday's good rates, and publishers at 127.0.0.1."""

    def __init__(self, folder: Path) -> None:
        self.answers: dict[str, Answer] = good()
        self.asked: list[str] = []
        handler = type("Handler", (Publisher,), {"answers": self.answers, "asked": self.asked})
        self._serving = serving(handler)
        self.base = self._serving.__enter__().url
        self.addresses = {
            name: f"{self.base}/{name}" for name in (*BANKS, *WITNESSES, *(f"frankfurter-{bank}" for bank in BANKS))
        }
        self.site = Site(
            folder, PLUGINS=["plugins.currency_ticker"], THEME="simple", BUILD_TIME="2026-05-20T18:00:00+05:00"
        )
        self.settings: dict[str, object] = {"inject": True, "fetch": QUICK}
        self.history = folder / "content/rates/history.csv"
        self.seed(DAY - dt.timedelta(days=1))

    def close(self) -> None:
        """Let the publishers answer no more."""
        self._serving.__exit__(None, None, None)

    def seed(self, day: dt.date, **rates: str) -> None:
        """Let the history hold each bank's good rate of ``day``, and the peg."""
        rows = [f"2015-01-01,TMT,USD,3.5,1,fixed,cbt-peg,cbt,Asia/Ashgabat,2026-01-01T00:00:00Z,{'0' * 64}"]
        zones = {"nbkr": "Asia/Bishkek", "nbk": "Asia/Almaty", "nbt": "Asia/Dushanbe", "cbu": "Asia/Tashkent"}
        for source, code in BANKS.items():
            rate = rates.get(code, GOOD[code])
            rows.append(
                f"{day},{code},USD,{rate},1,official,{source},{source},{zones[source]},{day}T05:00:00Z,{'0' * 64}"
            )
        self.site.write("content/rates/history.csv", "\n".join([history.HEADER, *rows, ""]))

    def settings_text(self) -> str:
        return self.site.settings_text(CURRENCY_TICKER={**self.settings, "addresses": self.addresses})

    def command(self) -> list[str]:
        (self.site.folder / "pelicanconf.py").write_text(self.settings_text(), "utf-8")
        return [sys.executable, "-m", "plugins.currency_ticker"]

    def environment(self) -> dict[str, str]:
        return {**os.environ, "PYTHONPATH": f"{self.site.folder}:{ROOT}", "NO_PROXY": "*"}

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the real command in the newsroom's folder."""
        _, _, module = self.command()
        return commands.run(module, *arguments, cwd=self.site.folder, environment=self.environment())

    def rates(self, at: str = AT, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self.run("rates", "--at", at, *arguments)

    def known(self) -> set[str]:
        """The rows of the history, which must parse."""
        history.read(self.history, "history.csv")
        return set(self.history.read_text("utf-8").splitlines())

    def believed(self) -> dict[str, str]:
        """The newest value of each currency in the history."""
        return {seen.currency: seen.value for seen in history.read(self.history, "history.csv")}

    def page(self) -> str:
        """The built rates page, as a reader gets it; the same content and settings are built once."""
        files = sorted(file for file in (self.site.folder / "content").rglob("*") if file.is_file())
        known = repr((self.site.settings, self.settings, [(file.name, file.read_bytes()) for file in files]))
        if known not in PAGES:
            PAGES[known] = self.built().read("rates/index.html")
        return PAGES[known]

    def built(self) -> Build:
        """The whole edition, built."""
        made = self.site.build(CURRENCY_TICKER={**self.settings, "addresses": self.addresses})
        assert made.status == 0, made.log
        return made
