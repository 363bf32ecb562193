"""Stories for tests, written short."""

import datetime as dt
from types import SimpleNamespace

from babel import Locale

from plugins.country_pages.gazetteer import Gazetteer, build
from plugins.country_pages.settings import CountryPagesSettings

ENGLISH = Locale("en", "GB")
SETTINGS = CountryPagesSettings()


def gazetteer(settings: CountryPagesSettings = SETTINGS, desks=(), locale: Locale = ENGLISH) -> Gazetteer:
    made, problems = build(settings, desks, locale)
    assert problems == ()
    return made


def label(name: str, folder: str) -> SimpleNamespace:
    slug = name.lower().replace(" ", "-")
    return SimpleNamespace(name=name, slug=slug, url=f"{folder}/{slug}/")


def story(name: str, day: str, codes: str = "UZ", section: str = "Politics", **more: str) -> SimpleNamespace:
    """``topics`` and ``authors`` are names parted by commas."""
    known = gazetteer_of_all().countries
    return SimpleNamespace(
        relative_source_path=f"articles/{name}.md",
        title=name,
        date=dt.datetime.fromisoformat(day).replace(tzinfo=dt.timezone(dt.timedelta(hours=5))),
        countries=tuple(known[code] for code in codes.split()),
        category=label(section, "sections"),
        tags=[label(one, "topics") for one in more.get("topics", "").split(",") if one],
        authors=[label(one, "authors") for one in more.get("authors", "").split(",") if one],
    )


_MADE = gazetteer()


def gazetteer_of_all() -> Gazetteer:
    return _MADE
