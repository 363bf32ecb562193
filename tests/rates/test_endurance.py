"""Crashes at any moment, and the 101 real days one by one."""

import csv
import json
import os
import random
import subprocess
import time

from plugins.currency_ticker import __main__ as command
from plugins.currency_ticker import history
from tests.rates.newsroom import AT, DATA, body, good

KILLS = int(os.environ.get("KILLS", "12"))  # docs/rates.md says how the hundred were run


def test_a_kill_at_any_moment_leaves_a_readable_history_and_loses_no_row(newsroom):
    chance = random.Random(os.environ.get("SEED", "kerege"))  # noqa: S311 -- moments, not secrets
    started = time.monotonic()
    assert newsroom.rates().returncode == 0
    lasts = time.monotonic() - started
    base = newsroom.known()
    for number in range(KILLS):
        value = 470 + number % 20 / 10
        newsroom.answers.update(good({"KZT": f"{value:.2f}"}))
        with subprocess.Popen(
            [*newsroom.command(), "rates", "--at", f"2026-05-20T{10 + number // 60:02d}:{number % 60:02d}:00Z"],
            cwd=newsroom.site.folder,
            env=newsroom.environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as process:
            time.sleep(chance.uniform(lasts * 0.3, lasts * 1.1))
            process.kill()
        rows = newsroom.known()
        assert base <= rows, "an accepted row is lost"
        base = rows
    newsroom.answers.update(good())
    assert newsroom.rates("2026-05-20T20:00:00Z").returncode == 0, "the next run finishes the work"


def test_the_101_real_days_one_fetch_a_day(newsroom, monkeypatch, capsys):
    with (DATA / "currency-api/usd-history.csv").open(encoding="utf-8", newline="") as stream:
        days = list(csv.DictReader(stream))
    newsroom.site.write("content/rates/history.csv", history.HEADER + "\n")
    newsroom.settings = {**newsroom.settings, "ask": ["currency-api"], "sources": ["currency-api"]}
    newsroom.addresses["currency-api"] = f"{newsroom.base}/currency-api/{{release}}"
    newsroom.command()
    monkeypatch.chdir(newsroom.site.folder)
    codes = {name: name.upper() for name in days[0] if name.upper() in {"KGS", "KZT", "TJS", "UZS"}}
    for day in days:
        usd = "".join(f'"{name.lower()}":{day[name]},' for name in codes) + '"tmt":3.5'
        newsroom.answers["currency-api"] = body(f'{{"date":"{day["date"]}","usd":{{{usd}}}}}'.encode())
        status = command.main(["rates", "--at", f"{day['date']}T12:00:00Z"])
        if day is days[0]:
            assert status == 1, "the first of its kind has no witness"
            for code in codes.values():
                assert command.main(["confirm", code, day["date"], "--reason", "first row", "--at", AT]) == 0
    out = capsys.readouterr().out
    kept = history.read(newsroom.history, "history.csv")
    held = [line for line in out.splitlines() if " held: " in line]
    unkept = {line.split(" held: ")[0] for line in held[len(codes) :]}
    dates = {day["date"] for day in days}
    assert len(kept) == len(dates) * len(codes) - len(unkept), unkept
    published = {(day["date"], codes[name], day[name]) for day in days for name in codes}
    assert {(str(seen.effective_date), seen.currency, seen.value) for seen in kept} <= published
    newsroom.site.settings["BUILD_TIME"] = f"{days[-1]['date']}T18:00:00+00:00"
    assert json.dumps(kept[-1].value).strip('"')[:4] in newsroom.page().replace(",", "")
