import datetime as dt
import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from plugins._kit.errors import EditionError
from plugins.currency_ticker import history
from plugins.currency_ticker.model import Kind, Observation, series

ROOT = Path(__file__).parents[3]
SOM = Observation(
    effective_date=dt.date(2026, 5, 24),
    currency="KGS",
    base="USD",
    value="87.4500",
    unit="1",
    kind=Kind.OFFICIAL,
    source="nbkr",
    origin="nbkr",
    time_zone="Asia/Bishkek",
    fetched_at=dt.datetime(2026, 5, 23, 23, 51, tzinfo=dt.UTC),
    payload_sha256="2cf8c3c35cfebbf7b962547d72c97ca6d4700c8dbab5dcd984c5bcc90ebe553b",
)
ROW = history.row(SOM)


def problems(text):
    with pytest.raises(EditionError) as caught:
        history.parse(text, "rates/history.csv")
    return caught.value.problems


def file_of(*rows):
    return "\n".join([history.HEADER, *rows, ""])


def test_the_committed_history_reads_and_renders_to_the_same_bytes():
    text = (ROOT / "content/rates/history.csv").read_text("utf-8")
    assert history.render(history.parse(text, "history.csv")) == text


def test_every_row_of_the_first_history_names_a_payload_that_is_here():
    payloads = [file for file in (ROOT / "tests/data/rates").rglob("*.*") if file.name != "README.md"]
    digests = {hashlib.sha256(file.read_bytes()).hexdigest(): file for file in payloads}
    early = [
        seen
        for seen in history.read(ROOT / "content/rates/history.csv", "history.csv")
        if seen.fetched_at <= dt.datetime(2026, 11, 24, tzinfo=dt.UTC)
    ]
    assert len(early) >= 418
    for seen in early:
        assert seen.payload_sha256 in digests, seen
        text = digests[seen.payload_sha256].read_text("utf-8")
        assert seen.value in text.replace(",", ".") or seen.value in text
        assert digests[seen.payload_sha256].parent.name == seen.source


def test_a_row_is_read_as_published():
    assert history.parse(file_of(ROW), "x") == (SOM,)
    assert str(SOM.rate) == "87.4500"
    assert str(replace(SOM, value="874.5", unit="10").rate) == "87.45"


@pytest.mark.parametrize(
    ("column", "bad"),
    [
        *[("effective_date", bad) for bad in ("2026-02-30", "20260524", "24.05.2026", "", "2026-W21-7", "٢٠٢٦-٠٥-٢٤")],
        *[("currency", bad) for bad in ("kgs", "KGZ", "", "DOLLARS")],
        *[("base", bad) for bad in ("EUR", "usd", "")],
        *[
            ("value", bad)
            for bad in ("", "0", "0.0000", "-1", "+1", "1e3", "NaN", "inf", "87 450", "87\N{NO-BREAK SPACE}450")
        ],
        *[("value", bad) for bad in (".5", "5.", "087.45", "1_000", "٨٧", "1" * 21, "87.45 ")],
        *[("unit", bad) for bad in ("0", "1.5", "", "-1", "01")],
        *[("kind", bad) for bad in ("Official", "", "guess")],
        *[("source", bad) for bad in ("NBKR", "", "nbkr_daily", "-")],
        *[("origin", bad) for bad in ("", "n b")],
        *[("time_zone", bad) for bad in ("Asia/Bishkekk", "", "UTC+6", "../etc/passwd")],
        *[("fetched_at", bad) for bad in ("2026-05-23", "2026-05-23T23:51:00", "2026-05-23T25:51:00Z", "")],
        *[("payload_sha256", bad) for bad in ("", "2cf8", SOM.payload_sha256.upper())],
    ],
)
def test_a_bad_field_is_named_with_file_line_and_value(column, bad):
    fields = ROW.split(",")
    fields[history.COLUMNS.index(column)] = bad
    (problem,) = problems(file_of(",".join(fields)))
    assert (problem.path, problem.line) == ("rates/history.csv", 2)
    assert column in problem.message
    assert repr(bad) in problem.message
    assert problem.remedy


def test_a_decimal_comma_makes_a_column_too_many():
    (problem,) = problems(file_of(ROW.replace("87.4500", "87,4500")))
    assert problem.message == "12 columns instead of 11"


def test_everything_wrong_is_told_together():
    later = history.row(replace(SOM, effective_date=dt.date(2026, 5, 25)))
    found = problems(file_of(later, ROW, ROW, "", ROW.replace("87.4500", "-1").replace("KGS", "som")))
    assert [problem.line for problem in found] == [3, 4, 5, 6, 6]
    assert "after a later row" in found[0].message
    assert "there twice" in found[1].message


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        (ROW + "\n", 1),
        ("\N{ZERO WIDTH NO-BREAK SPACE}" + file_of(ROW), 1),
        (file_of(ROW).replace("\n", "\r\n"), 1),
        (file_of(ROW).rstrip("\n"), 2),
        (history.HEADER, 1),
        (file_of(ROW + "\r"), 2),
        (file_of(f'"{ROW}"'), 2),
    ],
)
def test_a_file_of_another_form_is_refused(text, line):
    assert line in {problem.line for problem in problems(text)}


def test_a_file_that_is_missing_or_no_text_is_a_problem(tmp_path):
    for name, content in (("none.csv", None), ("bytes.csv", b"\xff\xfe")):
        file = tmp_path / name
        if content:
            file.write_bytes(content)
        with pytest.raises(EditionError, match=name):
            history.read(file, name)


def test_an_empty_history_is_a_history():
    assert history.parse(history.HEADER + "\n", "x") == ()


def test_the_last_correction_of_a_day_counts():
    corrected = replace(SOM, value="87.5500", fetched_at=dt.datetime(2026, 5, 24, 9, tzinfo=dt.UTC))
    seen = history.parse(file_of(ROW, history.row(corrected)), "x")
    assert series(seen)["KGS", "nbkr"] == (corrected,)


def test_the_same_figure_fetched_twice_is_one_too_many():
    again = replace(SOM, fetched_at=dt.datetime(2026, 5, 24, 9, tzinfo=dt.UTC))
    (problem,) = problems(file_of(ROW, history.row(again)))
    assert "repeats" in problem.message


observations = st.builds(
    Observation,
    effective_date=st.dates(dt.date(1993, 1, 1), dt.date(2100, 1, 1)),
    currency=st.sampled_from(["KGS", "KZT", "TJS", "UZS", "TMT"]),
    base=st.just("USD"),
    value=st.decimals("0.00000001", "999999999", places=8).map("{:f}".format),
    unit=st.sampled_from(["1", "10", "100", "1000"]),
    kind=st.sampled_from(Kind),
    source=st.sampled_from(["nbkr", "nbk", "frankfurter-nbkr"]),
    origin=st.just("nbkr"),
    time_zone=st.sampled_from(["Asia/Bishkek", "UTC"]),
    fetched_at=st.datetimes(dt.datetime(2020, 1, 1), dt.datetime(2100, 1, 1), timezones=st.just(dt.UTC)).map(  # noqa: DTZ001
        lambda instant: instant.replace(microsecond=0)
    ),
    payload_sha256=st.integers(0, 2**256 - 1).map("{:064x}".format),
)


@given(st.lists(observations, unique_by=lambda seen: seen.key[:3]))
def test_what_is_written_is_read_again(seen):
    ordered = tuple(sorted(seen, key=lambda each: each.key))
    assert history.parse(history.render(seen), "x") == ordered
