"""Every way in which a publisher fails: the command says what happened, the pages keep the last good rate."""

import datetime as dt

import pytest

from tests.rates.newsroom import (
    DATA,
    DAY,
    GOOD,
    bancaditalia,
    body,
    cbr,
    cbu,
    cut_off,
    nbk,
    nbkr,
    nbt,
    silent,
    then,
    trickle,
)

HTML = b"<!doctype html><title>Just a moment...</title>"
BOMB = b'<!DOCTYPE x [<!ENTITY a "a"><!ENTITY b "&a;&a;">]><CurrencyRates Date="20.05.2026">&b;</CurrencyRates>'
ROW = '<Currency ISOCode="USD"><Nominal>1</Nominal><Value>99,9</Value></Currency>'
WRONG_ENCODING = '<?xml version="1.0" encoding="utf-8"?><CurrencyRates Date="20.05.2026" Name="курс"/>'.encode("cp1251")
REFUSED, HELD = 4, 1

REFUSALS = {
    "silence": (silent, "it is silent for 0.5 seconds"),
    "slow trickle": (trickle, "it did not answer in full within 3 seconds"),
    "truncated body": (cut_off(nbkr("87.4500")), "cut off"),
    "empty": (body(b""), "it is empty"),
    "HTML with 200": (body(HTML), "it is no XML"),
    "403": (body(HTML, 403), "it answers 403"),
    "404": (body(HTML, 404), "it answers 404"),
    "429 for good": (body(b"", 429, Retry_After="1"), "it answers 429"),
    "500": (body(b"", 500), "it answers 500"),
    "502": (body(b"", 502), "it answers 502"),
    "redirect to another host": (
        body(b"", 302, Location="http://localhost:9/daily.xml"),
        "redirects to another host, localhost:9",
    ),
    "redirect without end": (body(b"", 302, Location="/nbkr"), "it answers 302"),
    "oversized": (body(b"<x>" + b" " * 2_000_000 + b"</x>"), "more than 1,000,000 bytes"),
    "wrong declared encoding": (body(WRONG_ENCODING), "it is no XML"),
    "entity bomb": (body(BOMB), "declares a DTD or entities"),
    "duplicate code": (body(nbkr("87.4500", more=ROW)), "USD/KGS stands twice"),
    "missing USD row": (body(nbkr("87.4500", code="EUR")), "no row for USD"),
    "zero": (body(nbkr("0.0000")), "is zero"),
    "negative": (body(nbkr("-87.4500")), "no plain decimal"),
    "NaN": (body(nbkr("NaN")), "no plain decimal"),
    "exponent": (body(nbkr("8.745E1")), "no plain decimal"),
    "nominal missing": (body(nbkr("87.4500", nominal="")), "the nominal '' is no whole number"),
}


@pytest.mark.parametrize("fault", REFUSALS)
def test_what_is_no_rate_is_refused_and_the_rest_of_the_day_is_kept(newsroom, fault):
    answer, words = REFUSALS[fault]
    before = newsroom.known()
    newsroom.answers["nbkr"] = answer
    run = newsroom.rates()
    assert run.returncode == REFUSED, run.stdout + run.stderr
    assert "nbkr: refused, " in run.stdout
    assert words in run.stdout
    assert "Traceback" not in run.stderr
    assert before <= newsroom.known(), "nothing is lost"
    assert newsroom.believed()["KGS"] == "87.4500"
    assert "UZS 12052.70 for 1 USD of 2026-05-20 from cbu accepted" in run.stdout, "one bank's failure is its own"
    page = newsroom.page()
    assert "87.4500" in page
    assert "99.9" not in page


def test_a_bank_that_has_no_page_on_sunday_is_told_and_its_last_rate_is_carried(newsroom):
    newsroom.seed(DAY)  # a Wednesday; on Sunday no bank has a newer rate, and one of them not even a page
    newsroom.answers["nbkr"] = body(HTML, 404)
    before = newsroom.known()
    run = newsroom.rates("2026-05-24T09:00:00Z")
    assert run.returncode == REFUSED
    assert "nbkr: refused, it answers 404" in run.stdout
    assert newsroom.known() == before
    newsroom.site.settings["BUILD_TIME"] = "2026-05-24T18:00:00+05:00"
    page = newsroom.page()
    assert page.count('"rates__state">no newer rate yet<') == 4
    assert '"rates__state">out of date<' not in page


def test_nbsp_thousands_are_refused(newsroom):
    newsroom.answers["cbu"] = body(cbu("12\u00a0052.70"))
    run = newsroom.rates()
    assert run.returncode == REFUSED
    assert r"cbu: refused, the rate '12\xa0052.70' is no plain decimal" in run.stdout


def test_a_refused_connection_and_a_host_without_address(newsroom):
    newsroom.addresses["nbk"] = "http://127.0.0.1:9/"
    newsroom.addresses["nbt"] = "http://bank.test/"  # resolved by the stand-in below, so that no query leaves
    newsroom.site.write(
        "sitecustomize.py",
        "import socket\n_real = socket.getaddrinfo\n"
        "def _lookup(host, *rest, **more):\n"
        "    if host == 'bank.test':\n        raise socket.gaierror(-2, 'Name or service not known')\n"
        "    return _real(host, *rest, **more)\n"
        "socket.getaddrinfo = _lookup\n",
    )
    run = newsroom.rates()
    assert run.returncode == REFUSED
    assert "nbk: refused, it refuses the connection" in run.stdout
    assert "nbt: refused, its host has no address (DNS)" in run.stdout


def test_what_passes_is_tried_again(newsroom):
    newsroom.answers["nbkr"] = then(body(b"", 429, Retry_After="1"), body(nbkr("87.5000")))
    newsroom.answers["nbk"] = then(body(b"", 503), body(nbk("472.00")))
    run = newsroom.rates()
    assert run.returncode == 0, run.stdout
    assert newsroom.believed() == {**GOOD, "KGS": "87.5000", "KZT": "472.00", "TMT": "3.5"}


DOUBTS = {
    "0.27762 for the som": ("cbu", cbu("0.27762"), "moves", "UZS"),
    "reciprocal": ("cbu", cbu("0.00008311"), "the wrong way about", "UZS"),
    "a tenth": ("nbt", nbt("0.93288"), "moves 900.0 %", "TJS"),
    "another currency's value": ("nbt", nbt(GOOD["KGS"]), "it repeats the rate of KGS", "TJS"),
    "nominal changed": ("nbkr", nbkr("874.5000", nominal="100"), "its nominal changed from 1 to 100", "KGS"),
    "next week's date": ("nbkr", nbkr("87.4600", DAY + dt.timedelta(days=7)), "it is dated 7 days ahead", "KGS"),
    "last week's date": ("nbkr", nbkr("87.4600", DAY - dt.timedelta(days=8)), "its date goes back", "KGS"),
    "3 % from every witness": ("nbk", nbk("486.00"), "% from", "KZT"),
}


@pytest.mark.parametrize("doubt", DOUBTS)
def test_what_is_doubtful_waits_and_does_not_reach_the_page(newsroom, doubt):
    source, payload, words, currency = DOUBTS[doubt]
    before = newsroom.known()
    newsroom.answers[source] = body(payload)
    run = newsroom.rates()
    assert run.returncode == HELD, run.stdout + run.stderr
    (line,) = [line for line in run.stdout.splitlines() if " held: " in line]
    assert line.startswith(currency)
    assert words in line
    assert before <= newsroom.known()
    assert newsroom.believed()[currency] == GOOD[currency]
    shown = GOOD[currency] if currency != "UZS" else "12,052.70"
    page = newsroom.page()
    row = page[page.index(f"USD/{currency}") :]
    assert shown in row[:400], "the last good rate stands"
    assert "0.27762" not in page
    assert ('"rates__state">a newer rate is being checked<' in page) == (doubt != "last week's date"), "and is marked"


def test_an_answer_for_another_day_than_the_asked_one_is_refused(newsroom):
    newsroom.answers["nbt"] = body(nbt(GOOD["TJS"], DAY))
    run = newsroom.rates("2026-05-20T09:00:00Z", "--from", "2026-04-01", "--to", "2026-04-01")
    assert "nbt: refused, it was asked for 2026-04-01 and answers for 2026-05-20" in run.stdout
    assert run.returncode == REFUSED


def test_tomorrows_date_is_kept_and_shown_from_tomorrow(newsroom):
    newsroom.answers["nbkr"] = body(nbkr("88.0000", DAY + dt.timedelta(days=1)))
    assert newsroom.rates().returncode == 0
    assert "88.0000" not in newsroom.page()
    newsroom.site.settings["BUILD_TIME"] = "2026-05-21T18:00:00+05:00"
    assert "88.0000" in newsroom.page()


def test_two_witnesses_that_disagree_are_settled_by_the_one_that_agrees_with_the_bank(newsroom):
    newsroom.answers["bancaditalia"] = body(bancaditalia({**GOOD, "KZT": "520"}))
    assert newsroom.rates().returncode == 0
    newsroom.answers["cbr"] = body(cbr({**GOOD, "KZT": "430"}, DAY + dt.timedelta(days=1)))
    newsroom.answers["nbk"] = body(nbk("472.00", DAY + dt.timedelta(days=1)))
    run = newsroom.rates("2026-05-21T09:00:00Z")
    assert "KZT 472.00 for 1 USD of 2026-05-21 from nbk held: it is" in run.stdout


@pytest.mark.parametrize(
    ("source", "file", "at", "words"),
    [
        (
            "nbkr",
            "nbkr/daily_2026-05-24.xml",
            "2026-05-23T23:51:00Z",
            "KGS 87.4500 for 1 USD of 2026-05-24 from nbkr accepted",
        ),
        ("nbkr", "nbkr/weekly_2026-05-23.xml", "2026-05-23T23:51:00Z", "nbkr: refused, there is no row for USD"),
        ("nbkr", "nbkr/history_usd_2005-06.html", "2026-05-23T23:51:00Z", "nbkr: refused, "),
        ("nbk", "nbk/rates_all_2016-04-18.xml", "2026-05-20T09:00:00Z", "nbk: refused, its root is rss"),
        (
            "nbt",
            "nbt/export_xml_2026-05-20.xml",
            "2026-05-20T09:00:00Z",
            "TJS 9.3288 for 1 USD of 2026-05-20 from nbt accepted",
        ),
        ("nbt", "nbt/export_xml_2026-05-18.xml", "2026-05-20T09:00:00Z", "its date goes back from 2026-05-19"),
        ("cbu", "cbu/all_2026-04-01.json", "2026-05-20T09:00:00Z", "its date goes back from 2026-05-19"),
        ("cbr", "cbr/error_in_parameters.xml", "2026-05-20T09:00:00Z", "cbr: refused, it says 'Error in parameters'"),
        (
            "bancaditalia",
            "ecb/EXR_2026-02-17_to_2026-03-18.csv",
            "2026-05-20T09:00:00Z",
            "bancaditalia: refused, it has no column",
        ),
        (
            "bancaditalia",
            "bancaditalia/dailyRates_EUR_2026-02-09.csv",
            "2026-05-20T09:00:00Z",
            "asked for 2026-05-19 and answers for 2026-02-09",
        ),
    ],
)
def test_recorded_payloads_through_the_whole_command(newsroom, source, file, at, words):
    newsroom.answers[source] = body((DATA / file).read_bytes())
    run = newsroom.rates(at)
    assert words in run.stdout
    assert "Traceback" not in run.stderr
    newsroom.known()
