import re
from pathlib import Path

from babel import Locale

from plugins.currency_ticker import charts, courses, history
from plugins.currency_ticker.lines import lines
from plugins.currency_ticker.model import Kind, series
from plugins.currency_ticker.settings import TickerSettings
from plugins.currency_ticker.small_charts import with_small_charts
from plugins.currency_ticker.views import Language, ticker
from tests.unit.currency_ticker.observations import at, seen
from tests.unit.currency_ticker.test_rates_charts import places

COMMITTED = history.read(Path(__file__).parents[3] / "content/rates/history.csv", "history.csv")
ENGLISH = Language(Locale.parse("en_GB"), str)


def small(observations=COMMITTED, now="2026-09-29T18:00"):
    """The small drawings by currency."""
    settings, known = TickerSettings(), series(observations)
    view = ticker(lines(known, settings, at(now)), settings, ENGLISH)
    edition = courses.Edition(settings, ENGLISH, at(now).date())
    return {line.code: line.small_chart for line in with_small_charts(view, known, edition).lines}


def test_every_currency_of_the_sample_has_its_thirty_days():
    for code, chart in small().items():
        (stroke,) = chart.strokes
        (run,) = places(stroke.path)
        assert len(run) == (2 if code == "TMT" else 30), code
        assert (run[0][0], run[-1][0]) == (charts.SMALL.left, charts.SMALL.right)
        assert all(charts.SMALL.top <= y <= charts.SMALL.bottom for _, y in run)
        assert len(stroke.path) < 300


def test_it_is_told_in_words_and_in_its_extremes():
    found = small()
    assert found["KGS"].caption == "USD/KGS, 30 days: lowest 87.4498, highest 87.5562"
    assert found["KGS"].words.startswith("USD/KGS. From 87.5472 on 31 August 2026 to 87.4571 on 29 September 2026.")
    assert found["TMT"].caption == "USD/TMT, 30 days: always 3.5000"


def test_a_gap_is_a_gap_and_a_lone_day_a_dot_in_both_kinds():
    past = [seen("KGS", f"2026-09-{day:02}", rate) for day, rate in ((1, "80"), (2, "81"), (9, "83"), (10, "84"))]
    past += [seen("KGS", "2026-09-29", "90")]
    past += [seen("KGS", "2026-09-28", "85", "currency-api", Kind.MARKET)]
    official, market = small(past)["KGS"].strokes
    assert (official.kind, market.kind) == ("official", "market")
    assert [len(run) for run in places(official.path)] == [2, 2]
    assert len(re.findall("M", official.dots)) == 1
    assert (market.path, len(places(market.dots))) == ("", 1)
    assert small(past)["KGS"].words.endswith("Times without a known rate, left empty: 2.")


def test_where_the_last_thirty_days_are_unknown_there_is_none():
    assert small(now="2026-11-24T12:00")["KGS"] is None
    assert set(small(()).values()) == {None}
