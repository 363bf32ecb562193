"""What publishers, proxies and attackers send instead of rates is refused, in words."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.currency_ticker.sources import quotation
from plugins.currency_ticker.sources.catalogue import SOURCES
from plugins.currency_ticker.sources.quotation import PayloadError

ROW = '<Currency ISOCode="USD"><Nominal>{0}</Nominal><Value>{1}</Value></Currency>'
TABLE = '<CurrencyRates Date="24.05.2026">' + ROW + "{2}</CurrencyRates>"
BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><CurrencyRates Date="24.05.2026">&b;</CurrencyRates>'


def nbkr(nominal="1", value="87,4500", more="", date="24.05.2026"):
    return SOURCES["nbkr"].read(TABLE.format(nominal, value, more).replace("24.05.2026", date).encode())


def test_the_table_used_here_is_good():
    assert nbkr()[0].value == "87.4500"


@pytest.mark.parametrize(
    "value",
    [
        "0",
        "0,0000",
        "-87,45",
        "NaN",
        "inf",
        "8.7E1",
        "87,45e0",
        "12\u00a0194,21",
        "12 194,21",
        "1,2,3",
        "1.234,5",
        "",
        "０",
    ],
)
def test_values_that_are_no_plain_positive_decimals(value):
    with pytest.raises(PayloadError, match="the rate"):
        nbkr(value=value)


@pytest.mark.parametrize("nominal", ["", "0", "-1", "1,5", "ten", "1e3"])
def test_nominals_that_are_no_counts(nominal):
    with pytest.raises(PayloadError, match="the nominal"):
        nbkr(nominal=nominal)


@pytest.mark.parametrize("date", ["", "2026-05-24", "31.04.2026", "24.05.26x"])
def test_dates_that_are_none(date):
    with pytest.raises(PayloadError, match="the date"):
        nbkr(date=date)


def test_a_currency_that_stands_twice():
    with pytest.raises(PayloadError, match="USD/KGS stands twice"):
        nbkr(more=ROW.format("1", "1,0"))


def test_a_bomb_of_entities():
    with pytest.raises(PayloadError, match="declares a DTD or entities"):
        SOURCES["nbkr"].read(BOMB)


def test_a_wrong_declared_encoding():
    body = '<?xml version="1.0" encoding="utf-8"?><CurrencyRates Date="24.05.2026" Name="курс"/>'.encode("windows-1251")
    with pytest.raises(PayloadError, match="no XML"):
        SOURCES["nbkr"].read(body)
    with pytest.raises(PayloadError, match="no XML"):
        SOURCES["nbkr"].read(b'<?xml version="1.0" encoding="no-such"?><CurrencyRates/>')


ANYTHING = [
    b"",
    b"  \n",
    b"<!doctype html><title>Just a moment...</title>",
    b"<html><body>Not found</body></html>",
    b"{}",
    b"[]",
    b"[1]",
    b"[" * 100_000,
    b"null",
    b"\xff\xfe\x00",
    b"x" * 2_000_000,
]


@pytest.mark.parametrize("source", SOURCES.values(), ids=lambda source: source.id)
@pytest.mark.parametrize("body", ANYTHING, ids=range(len(ANYTHING)))
def test_no_parser_takes_something_else_for_rates(source, body):
    with pytest.raises(PayloadError) as caught:
        source.read(body)
    assert len(str(caught.value)) < 300


@given(st.binary(max_size=300))
def test_no_parser_fails_in_any_other_way(body):
    for source in SOURCES.values():
        with pytest.raises(PayloadError):
            source.read(body)


@given(st.text(max_size=12))
def test_a_value_that_is_taken_is_a_positive_number_of_its_digits(text):
    try:
        digits = quotation.value(text)
    except PayloadError:
        return
    assert float(digits) > 0
    assert digits == text.strip()


@pytest.mark.parametrize("source", SOURCES.values(), ids=lambda source: source.id)
def test_requests_are_plain_and_name_the_day(source):
    day = dt.date(2026, 4, 1)
    newest, past = source.request(source.address, None), source.request(source.address, day)
    assert newest.url.startswith("https://")
    assert "{" not in newest.url + past.url
    asked = past.url + " ".join(past.params.values())
    assert source.dated == any(form in asked for form in ("2026-04-01", "01.04.2026", "01/04/2026"))
