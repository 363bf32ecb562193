"""The data and the feed, read as strangers would read them."""

import csv
import io
import json
from pathlib import Path

import feedparser
import msgspec
import pytest
from babel import Locale

from plugins.currency_ticker import changes, courses, datasets, history, publications
from plugins.currency_ticker.lines import lines
from plugins.currency_ticker.model import series
from plugins.currency_ticker.settings import TickerSettings
from plugins.currency_ticker.views import Language, ticker
from tests.unit.currency_ticker.observations import at, seen

TEXT = (Path(__file__).parents[3] / "content/rates/history.csv").read_bytes()
COMMITTED = history.parse(TEXT.decode(), "history.csv")
CHANNEL = changes.Channel("a.example,2024", "A paper", "en", "https://a.example/rates/", "https://a.example/f.atom")
ENGLISH = Language(Locale.parse("en_GB"), str)


def files(now="2026-09-30T12:00", observations=COMMITTED):
    settings, known = TickerSettings(), series(observations)
    shown = lines(known, settings, at(now))
    told = publications.Told(shown, ticker(shown, settings, ENGLISH), known, history.render(observations).encode())
    others = publications.files(told, courses.Edition(settings, ENGLISH, at(now).date()), at(now), CHANNEL)
    return {**others, "rates/latest.json": at(now).isoformat().join(datasets.latest(shown, told.view)).encode()}


def feed(**changed):
    parsed = feedparser.parse(files(**changed)["rates/feed.atom"])
    assert not parsed.bozo
    return parsed


def test_every_file_is_there():
    names = {"latest.json", "schema.json", "history.csv", "feed.atom"}
    names |= {f"{code}.json" for code in ("kgs", "kzt", "tjs", "uzs", "tmt")}
    assert set(files()) == {f"rates/{name}" for name in names}


def test_the_newest_rates():
    found = json.loads(files()["rates/latest.json"])
    assert (found["version"], found["base"], found["as_of"]) == (1, "USD", "2026-09-30T12:00:00+05:00")
    assert [rate["currency"] for rate in found["rates"]] == ["KGS", "KZT", "TJS", "UZS", "TMT"]
    som = found["rates"][0]
    assert (som["rate"], som["value"], som["unit"]) == ("87.45712429", "87.45712429", "1")
    assert (som["effective_date"], som["time_zone"], som["state"]) == ("2026-09-29", "UTC", "fresh")
    assert (som["kind"], som["source"]) == ("market", "currency-api")
    assert som["shown"]["value"] == "0.01143"
    assert found["rates"][4]["state"] == "fixed"


def test_a_currency_without_a_rate_is_left_out_of_the_newest():
    assert json.loads(files(observations=())["rates/latest.json"])["rates"] == []
    assert json.loads(files(observations=())["rates/kgs.json"])["rates"] == []


def test_a_course_has_every_row_of_the_history():
    for code in ("kgs", "kzt", "tjs", "uzs", "tmt"):
        found = json.loads(files()[f"rates/{code}.json"])
        rows = [row for row in csv.DictReader(io.StringIO(TEXT.decode())) if row["currency"] == code.upper()]
        assert [(each["effective_date"], each["value"], each["source"]) for each in found["rates"]] == [
            (row["effective_date"], row["value"], row["source"]) for row in rows
        ]


def test_the_history_is_a_copy():
    assert files()["rates/history.csv"] == TEXT


@pytest.mark.parametrize(("name", "cls"), [("latest", datasets.Latest), ("uzs", datasets.Course)])
def test_the_schema_describes_exactly_what_is_written(name, cls):
    found = json.loads(files()[f"rates/{name}.json"])
    parts = json.loads(files()["rates/schema.json"])["$defs"]
    assert set(parts[cls.__name__]["required"]) == set(found)
    inner = parts["Rate" if name == "latest" else "Point"]
    assert all(set(inner["required"]) == set(rate) for rate in found["rates"])
    assert msgspec.json.decode(files()[f"rates/{name}.json"], type=cls).version == 1


def test_the_feed_has_a_day_an_entry_the_newest_first():
    found = feed()
    assert len(found.entries) == changes.ENTRIES
    assert found.entries[0].id == "tag:a.example,2024:rates/2026-09-29"
    assert found.entries[0].title == "Rates of 29 September 2026"
    (content,) = found.entries[0].content
    assert "USD/UZS 11,792.22; UZS/USD 0.00008480 −0.33% (currency-api, market rate)" in content.value
    assert found.entries[0].summary.endswith("; UZS/USD 0.00008480 −0.33%")
    assert [entry.id for entry in found.entries] == sorted((entry.id for entry in found.entries), reverse=True)
    assert "TMT" not in found.entries[0].summary
    assert found.feed.updated == found.entries[0].updated


def test_the_feed_depends_on_the_history_and_on_no_clock():
    assert files("2026-09-30T12:00")["rates/feed.atom"] == files("2026-11-24T12:00")["rates/feed.atom"]
    assert feed(now="2026-09-20T12:00").entries[0].id.endswith("2026-09-20")


def test_a_feed_of_nothing_is_still_a_feed():
    assert feed(observations=()).entries == []


def test_names_are_escaped_in_the_feed():
    odd = TickerSettings(sources=("a-b",), currencies=("KGS",))
    known = series([seen("KGS", "2026-09-29", "87", "a-b")])
    channel = changes.Channel("a.example,2024", "<b> & co", "en", "https://a.example/", "https://a.example/f.atom")
    parsed = feedparser.parse(changes.feed(known, odd, ENGLISH, at("2026-09-30T12:00"), channel))
    assert parsed.feed.author == "<b> & co"


@pytest.mark.parametrize("authority", ["steppe-ledger.example", "A,2024", "a b,2024", "a,24"])
def test_an_authority_is_a_domain_and_a_year(authority):
    with pytest.raises(ValueError, match="no domain and year"):
        TickerSettings(authority=authority)
