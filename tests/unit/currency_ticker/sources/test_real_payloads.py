"""Each parser on what its publisher really sent."""

from decimal import Decimal

import pytest

from plugins.currency_ticker.sources import bancaditalia, cbr, cbu, currency_api, frankfurter, nbk, nbkr, nbt
from plugins.currency_ticker.sources.quotation import PayloadError
from tests.support.site import ROOT

DATA = ROOT / "tests/data/rates"


def read(source, name):
    """The quotations of a payload as {(base, currency): (day, value, unit)}."""
    found = source.read((DATA / name).read_bytes())
    return {(seen.base, seen.currency): (seen.effective_date.isoformat(), seen.value, seen.unit) for seen in found}


def test_nbkr_has_a_decimal_comma_and_names_the_day_after():
    daily = read(nbkr, "nbkr/daily_2026-05-24.xml")
    assert daily == {("USD", "KGS"): ("2026-05-24", "87.4500", "1"), ("KZT", "KGS"): ("2026-05-24", "0.1859", "1")}


def test_nbkrs_weekly_table_has_no_dollar_and_is_refused_as_the_daily_one():
    with pytest.raises(PayloadError, match="no row for USD"):
        read(nbkr, "nbkr/weekly_2026-05-23.xml")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("get_rates_2026-04-01.xml", ("2026-04-01", "478.77", "1")),
        ("get_rates_2026-04-03.xml", ("2026-04-03", "472.31", "1")),
        ("get_rates_2026-07-31.trimmed.xml", None),
    ],
)
def test_nbk_gives_only_its_dollar_row(name, expected):
    found = read(nbk, f"nbk/{name}")
    assert list(found) == [("USD", "KZT")]
    assert expected in (None, found["USD", "KZT"])


def test_nbks_old_feed_is_another_document():
    with pytest.raises(PayloadError, match="its root is rss, not rates"):
        read(nbk, "nbk/rates_all_2016-04-18.xml")


def test_nbt_has_nominals_and_goes_by_the_letters_of_a_code():
    found = read(nbt, "nbt/export_xml_2026-05-20.xml")
    assert found["USD", "TJS"] == ("2026-05-20", "9.3288", "1")
    assert found["UZS", "TJS"][2] == "100"
    assert found["KZT", "TJS"][2] == "10"


@pytest.mark.parametrize(
    ("name", "day", "dollar"),
    [
        ("all_2026-04-01.json", "2026-04-01", "12194.21"),
        ("all_2026-04-02.json", "2026-04-02", "12142.33"),
        ("common_json_2020-07-14.json", "2020-07-14", "10194.96"),
        ("common_json_2022-08-05.json", "2022-08-05", "10919.89"),
    ],
)
def test_cbu_writes_every_value_as_text(name, day, dollar):
    found = read(cbu, f"cbu/{name}")
    assert found["USD", "UZS"][0] == day
    assert found["USD", "UZS"][1].startswith(dollar.split(".", maxsplit=1)[0][:3])
    if name != "all_2026-04-02.json":
        assert found["USD", "UZS"][1] == dollar


def test_cbus_wrong_manat_is_read_as_it_stands_but_is_not_its_own_currency():
    found = read(cbu, "cbu/all_2026-04-01.json")
    assert found["TMT", "UZS"][1] == "4037.68"
    assert cbu.SOURCE.own == "UZS"


def test_cbr_is_windows_1251_with_commas_and_all_five():
    found = read(cbr, "cbr/XML_daily_2026-04-25.xml")
    assert {base for base, _ in found} == {"USD", "KGS", "KZT", "TJS", "UZS", "TMT"}
    assert found["UZS", "RUB"][2] == "10000"
    assert {day for day, _, _ in found.values()} == {"2026-04-25"}
    assert "," not in found["USD", "RUB"][1]


def test_cbrs_error_is_a_table_without_rows():
    with pytest.raises(PayloadError, match="it says 'Error in parameters' instead of rates"):
        read(cbr, "cbr/error_in_parameters.xml")


def test_bancaditalia_has_all_five_for_one_euro():
    found = read(bancaditalia, "bancaditalia/dailyRates_EUR_2026-02-09.csv")
    assert found["EUR", "UZS"] == ("2026-02-09", "14622.43", "1")
    assert found["EUR", "USD"] == ("2026-02-09", "1.1886", "1")
    assert {currency for _, currency in found} == {"USD", "KGS", "KZT", "TJS", "UZS", "TMT"}


def test_another_banks_table_is_not_taken_for_bancaditalias():
    with pytest.raises(PayloadError, match="no column 'ISO Code'"):
        read(bancaditalia, "ecb/EXR_2026-02-17_to_2026-03-18.csv")


def test_currency_api_gives_four_and_leaves_the_manat_that_seems_to_move():
    found = read(currency_api, "currency-api/usd_2026-09-29.min.json")
    assert {currency for _, currency in found} == {"KGS", "KZT", "TJS", "UZS"}
    assert found["USD", "KGS"] == ("2026-09-29", "87.45712429", "1")


def test_frankfurter_relays_one_banks_dollar():
    tenge = frankfurter.reader("KZT")
    row = b'[{"date":"2026-05-20","base":"USD","quote":"KZT","rate":471.87}]'
    (seen,) = tenge(row)
    assert (seen.currency, seen.value, seen.rate) == ("KZT", "471.87", Decimal("471.87"))


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("error_422.constructed.json", "instead of rates"),
        ("rate_UZS_USD_lossy.constructed.json", "no list of rows"),
        ("rates_USD_2026-05-20.constructed.json", "it prices USD in KGS, not USD in UZS"),
    ],
)
def test_frankfurters_other_answers_are_refused(name, why):
    with pytest.raises(PayloadError, match=why):
        frankfurter.reader("UZS")((DATA / "frankfurter" / name).read_bytes())
