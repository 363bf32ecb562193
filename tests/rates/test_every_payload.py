"""Every recorded payload, sent by every publisher at once, through the command: only a bank's own table is believed."""

import datetime as dt
import re

import pytest

from plugins.currency_ticker import __main__ as command
from tests.rates.newsroom import BANKS, DATA, DAY, WITNESSES, Newsroom, body

FILES = sorted(
    file.relative_to(DATA).as_posix() for file in DATA.rglob("*") if file.is_file() and file.name != "README.md"
)
BELIEVED = {
    "cbu/all_2026-04-01.json": ("UZS", "12194.21"),
    "cbu/all_2026-04-02.json": ("UZS", "12142.10"),
    "cbu/all_2026-04-03.json": ("UZS", "12149.84"),
    "nbk/get_rates_2026-04-01.xml": ("KZT", "478.77"),
    "nbk/get_rates_2026-04-02.xml": ("KZT", "475.09"),
    "nbk/get_rates_2026-04-03.xml": ("KZT", "472.31"),
    "nbk/get_rates_2026-07-31.trimmed.xml": ("KZT", "474.2"),
    "nbkr/daily_2026-05-24.xml": ("KGS", "87.4500"),
    "nbt/export_xml_2026-05-18.xml": ("TJS", "9.3450"),
    "nbt/export_xml_2026-05-19.xml": ("TJS", "9.3371"),
    "nbt/export_xml_2026-05-20.xml": ("TJS", "9.3288"),
}
HELD = {
    "cbu/common_json_2020-07-14.json": ["UZS"],
    "cbu/common_json_2022-08-05.json": ["UZS"],
    "currency-api/usd_2026-09-28.min.json": ["KGS", "KZT", "TJS", "UZS"],
    "currency-api/usd_2026-09-29.min.json": ["KGS", "KZT", "TJS", "UZS"],
}
"""Too far from the rate of the day before as the newsroom has it, or the first of its kind."""


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory):
    made = Newsroom(tmp_path_factory.mktemp("payloads"))
    made.settings = {**made.settings, "ask": [*BANKS, *WITNESSES, "currency-api"]}
    made.addresses["currency-api"] = f"{made.base}/currency-api/{{release}}"
    made.command()
    yield made
    made.close()


def test_every_publisher_asked_has_a_recorded_payload():
    assert {file.split("/")[0] for file in FILES} >= {*BANKS, *WITNESSES, "currency-api", "frankfurter"}
    assert {*BELIEVED, *HELD} <= set(FILES)


@pytest.mark.parametrize("file", FILES)
def test_a_payload_from_everybody_is_believed_of_nobody_but_its_own_bank(newsroom, monkeypatch, capsys, file):
    named = re.search(r"20\d\d-\d\d-\d\d", file)
    day = dt.date.fromisoformat(named[0]) if named else DAY
    newsroom.seed(day - dt.timedelta(days=1))
    (newsroom.history.parent / "held.csv").unlink(missing_ok=True)
    before, everybody = newsroom.known(), [*newsroom.answers, *newsroom.addresses]
    newsroom.answers.update(dict.fromkeys(everybody, body((DATA / file).read_bytes())))
    monkeypatch.chdir(newsroom.site.folder)
    status = command.main(["rates", "--at", f"{day}T09:00:00Z"])
    said = capsys.readouterr().out.splitlines()
    assert before <= newsroom.known(), "nothing is lost"
    new = [tuple(row.split(",")[:4]) for row in newsroom.known() - before]
    assert new == ([(str(day), BELIEVED[file][0], "USD", BELIEVED[file][1])] if file in BELIEVED else [])
    assert [line.split()[0] for line in said if " held: " in line] == HELD.get(file, [])
    assert status == (5 if file in HELD else 4), "the others were sent what is not theirs"
    assert sum(": refused, " in line for line in said) >= len(BANKS) + len(WITNESSES) - 1
