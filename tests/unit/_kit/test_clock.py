"""The moment of a build, and when what is made of it turns."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from plugins._kit import clock, time_set
from plugins._kit.errors import EditionError


def at(text: str, zone: str = "Asia/Tashkent") -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def test_the_setting_comes_before_the_environment_and_that_before_the_clock() -> None:
    both = {"BUILD_TIME": "2026-02-01T00:00:00+00:00", "SOURCE_DATE_EPOCH": "0"}
    assert clock.instant("2026-01-01T00:00:00+05:00", both).isoformat() == "2026-01-01T00:00:00+05:00"
    assert clock.instant(None, both).isoformat() == "2026-02-01T00:00:00+00:00"
    assert clock.instant(None, {"SOURCE_DATE_EPOCH": "60"}).isoformat() == "1970-01-01T00:01:00+00:00"
    assert abs(clock.instant(None, {}) - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=1)
    assert [time_set.is_set(None, each) for each in (both, {"SOURCE_DATE_EPOCH": "0"}, {})] == [True, True, False]


@pytest.mark.parametrize("environment", [{"BUILD_TIME": "2026-02-01"}, {"SOURCE_DATE_EPOCH": "soon"}])
def test_what_is_no_instant_is_refused(environment: dict[str, str]) -> None:
    with pytest.raises(EditionError, match="no instant with a zone"):
        clock.instant(None, environment)


def test_the_next_day_begins_where_the_date_turns_first() -> None:
    now = at("2026-09-29T18:00")
    assert clock.next_day(now, ["Asia/Tashkent"]) == at("2026-09-30T00:00")
    assert clock.next_day(now, ["Asia/Tashkent", "Asia/Bishkek"]) == at("2026-09-29T23:00")
    assert clock.next_day(now, ["UTC", "Asia/Tashkent"]) == at("2026-09-30T00:00")
    assert clock.next_day(at("2026-10-24T12:00", "Europe/Berlin"), ["Europe/Berlin"]) == at("2026-10-24T22:00", "UTC")
    assert clock.next_day(at("2026-10-25T12:00", "Europe/Berlin"), ["Europe/Berlin"]) == at("2026-10-25T23:00", "UTC")
    assert clock.next_day(now, []) == clock.ALWAYS
    assert clock.ALWAYS.astimezone(ZoneInfo("Pacific/Kiritimati")).timestamp() > now.timestamp()
