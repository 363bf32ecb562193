import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from plugins._kit import urls, wording


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Côte d’Ivoire", "cote-divoire"),
        ("Science & Technology", "science-technology"),
        ("Талғар", "talgar"),
        ("--", ""),
    ],
)
def test_slugs_are_plain(text, slug):
    assert urls.slug(text) == slug


def test_addresses():
    assert urls.absolute("https://host/base/", "/rates/") == "https://host/base/rates/"
    assert urls.save_as("rates/") == "rates/index.html"
    assert urls.save_as("") == "index.html"
    assert urls.save_as("feed.atom") == "feed.atom"
    assert urls.numbered("rates/", 2) == "rates/page/2/"


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("ru", "Русский"),
        ("uz", "O‘zbek"),
        ("uz-Cyrl", "Ўзбекча (Кирил)"),
        ("kk", "Қазақ тілі"),
        ("ky", "Кыргызча"),
        ("tg", "Тоҷикӣ"),
        ("tk", "Türkmen dili"),
        ("nonsense!", "nonsense!"),
    ],
)
def test_a_language_is_called_as_its_readers_call_it(tag, name):
    assert wording.language(tag) == name


def test_dates_and_numbers_follow_the_locale():
    moment = dt.datetime(2025, 4, 25, 9, 0, tzinfo=ZoneInfo("Asia/Tashkent"))
    english, russian = (wording.filters(wording.locale(tag)) for tag in ("en-GB", "ru"))
    assert english["day"](moment) == "25 April 2025"
    assert english["short_day"](moment.date()) == "25 Apr"
    assert english["month"](moment) == "April 2025"
    assert english["moment"](moment) == "25 April 2025, 09:00 GMT+05:00"
    assert english["number"](3375) == "3,375"
    assert russian["day"](moment) == "25 апреля 2025\u202fг."
