import datetime as dt
from pathlib import Path

import pytest
from babel import Locale

from plugins.currency_ticker import history
from plugins.currency_ticker.lines import lines
from plugins.currency_ticker.model import Held, Kind, series
from plugins.currency_ticker.settings import TickerSettings
from plugins.currency_ticker.views import Language, ticker
from tests.unit.currency_ticker.observations import at, seen

COMMITTED = history.read(Path(__file__).parents[3] / "content/rates/history.csv", "history.csv")
ENGLISH = Language(Locale.parse("en_GB"), str)


def view(now, observations=COMMITTED, settings=None, held=(), language=ENGLISH):
    chosen = settings or TickerSettings()
    return ticker(lines(series(observations), chosen, at(now), held), chosen, language)


def test_the_lines_of_a_day():
    found = view("2026-09-30T12:00")
    assert [(line.pair, line.value, line.change_text, line.change_glyph) for line in found.lines] == [
        ("KGS/USD", "0.01143", "0.00%", "="),  # 87.4568503 -> 87.45712429: a format of '.2f' says -0.00
        ("KZT/USD", "0.002266", "+0.44%", "▲"),
        ("TJS/USD", "0.1083", "−0.02%", "▼"),
        ("UZS/USD", "0.00008480", "−0.33%", "▼"),
        ("TMT/USD", "0.2857", "", ""),
    ]
    assert [(line.reverse_pair, line.reverse_value) for line in found.lines] == [
        ("USD/KGS", "87.4571"),
        ("USD/KZT", "441.23"),
        ("USD/TJS", "9.2325"),
        ("USD/UZS", "11,792.22"),
        ("USD/TMT", "3.5000"),
    ]
    assert [line.change_words for line in found.lines] == [
        "nearly unchanged",
        "up 0.44 per cent",
        "down 0.02 per cent",
        "down 0.33 per cent",
        "",
    ]
    assert [line.modifiers for line in found.lines] == ["is-flat", "is-up", "is-down", "is-down", "is-fixed"]
    assert (found.date, found.date_words) == (dt.date(2026, 9, 29), "Rates of 29 September 2026")


def test_the_reverse_direction_turns_pair_value_and_change():
    first = view("2026-09-30T12:00", settings=TickerSettings(direction="base/currency")).lines[1]
    assert (first.pair, first.value, first.reverse_pair, first.reverse_value) == (
        "USD/KZT",
        "441.23",
        "KZT/USD",
        "0.002266",
    )
    assert (first.change_text, first.change_words, first.direction) == ("−0.44%", "down 0.44 per cent", "down")


def test_every_line_carries_its_day_and_source():
    for now in ("2026-04-03T12:00", "2026-05-24T12:00", "2026-09-30T12:00", "2026-11-24T12:00"):
        for line in view(now).lines:
            assert line.effective_date
            assert str(line.effective_date.year) in line.effective_words
            assert line.source_name
            assert line.source_url.startswith("https://")
            assert line.kind_words in {"official rate", "market rate", "fixed rate"}
            assert (line.kind == "market") == (line.source == "currency-api")


def test_different_days_have_no_common_date():
    found = view("2026-04-03T12:00")
    assert (found.date, found.date_words, found.all_stale) == (None, "Exchange rates", False)


def test_all_stale():
    found = view("2026-11-24T12:00")
    assert found.all_stale
    assert [(line.state, line.state_words, line.change_text) for line in found.lines[:4]] == [
        ("stale", "out of date", "")
    ] * 4
    assert found.lines[4].state == "fixed"


def test_nothing_known_is_a_dash_with_words():
    found = view("2026-09-30T12:00", ())
    assert not found.all_stale
    for line in found.lines:
        assert (line.value, line.reverse_value) == ("–", "–")
        assert (line.state_words, line.modifiers) == ("no rate known", "is-missing")
        assert (line.effective_words, line.source_name, line.change_text) == ("", "", "")


def test_a_held_line_says_so():
    held = Held("KGS", "currency-api", dt.date(2026, 9, 30), "a move of 35 %")
    line = view("2026-09-30T12:00", held=[held]).lines[0]
    assert (line.state_words, line.modifiers) == ("a newer rate is being checked", "is-flat is-held")
    assert line.value == "0.01143"


def test_a_change_over_a_gap_says_since_when():
    line = view("2026-04-01T12:00").lines[3]
    assert (line.source, line.previous_date) == ("cbu", dt.date(2022, 8, 5))
    assert line.change_note == "since 5 August 2022"
    assert view("2026-04-03T12:00").lines[3].change_note == ""


def test_unchanged_and_nearly():
    past = [seen("KGS", "2026-09-29", "87.45"), seen("KGS", "2026-09-30", "87.4500")]
    line = view("2026-09-30T12:00", past, TickerSettings(currencies=("KGS",))).lines[0]
    assert (line.change_text, line.change_words) == ("0.00%", "unchanged")


def test_another_language():
    russian = Language(
        Locale.parse("ru"), lambda text: {"up %(percent)s per cent": "рост на %(percent)s %%"}.get(text, text)
    )
    line = view("2026-09-30T12:00", language=russian).lines[1]
    assert (line.value, line.change_text) == ("0,002266", "+0,44\N{NO-BREAK SPACE}%")
    assert line.change_words == "рост на 0,44 %"
    assert line.currency_name == "Казахский тенге"


def test_an_edition_may_name_currencies_itself():
    found = view("2026-09-30T12:00", settings=TickerSettings(names={"KGS": "Kyrgyz som"}))
    assert [line.currency_name for line in found.lines[:2]] == ["Kyrgyz som", "Kazakhstani Tenge"]


def test_an_unknown_source_is_called_by_its_id():
    settings = TickerSettings(currencies=("KGS",), sources=("exchange-office",))
    past = [seen("KGS", "2026-09-30", "88", "exchange-office", Kind.MARKET)]
    line = view("2026-09-30T12:00", past, settings).lines[0]
    assert (line.source_name, line.source_url) == ("exchange-office", "")


@pytest.mark.parametrize("direction", ["currency/base", "base/currency"])
def test_no_text_ever_shows_a_hyphen_for_a_minus_or_a_negative_zero(direction):
    for day in sorted({each.effective_date for each in COMMITTED}):
        for line in view(f"{day}T20:00", settings=TickerSettings(direction=direction)).lines:
            for text in (line.value, line.reverse_value, line.change_text, line.change_words):
                assert "-" not in text
                assert "E" not in text
            assert not line.change_text.startswith("−0.00")
            assert len(line.value.replace(".", "").replace(",", "").lstrip("0–")) >= 4 or line.state == "missing"
