import pytest

from plugins._kit import settings
from plugins._kit.errors import EditionError
from plugins.currency_ticker.settings import TickerSettings


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ({"curencies": ["KGS"]}, "currencies"),
        ({"currencies": ["KGZ"]}, "KGZ"),
        ({"currencies": ["USD"]}, "USD"),
        ({"currencies": []}, "at least one"),
        ({"currencies": ["KGS", "KGS"]}, "twice"),
        ({"sources": ["nbkr", "nbkr"]}, "twice"),
        ({"names": {"EUR": "euro"}}, "EUR"),
        ({"direction": "KGS/USD"}, "direction"),
        ({"stale_after_days": 0}, ">= 1"),
        ({"stale_after_days": "4"}, "int"),
        ({"motion": "yes"}, "bool"),
        ({"rates_url": "/rates/"}, "rates_url"),
        ({"rates_url": "rates"}, "rates_url"),
        ({"rates_url": "../rates/"}, "rates_url"),
        ({"rates_url": "https://elsewhere.example/"}, "rates_url"),
    ],
)
def test_a_wrong_setting_is_named(raw, words):
    with pytest.raises(EditionError, match="CURRENCY_TICKER") as caught:
        settings.decode(TickerSettings, "CURRENCY_TICKER", raw)
    assert words in str(caught.value)


def test_lists_are_taken():
    chosen = settings.decode(
        TickerSettings, "CURRENCY_TICKER", {"currencies": ["EUR", "KGS"], "rates_url": "money/rates/"}
    )
    assert (chosen.currencies, chosen.rates_url) == (("EUR", "KGS"), "money/rates/")
