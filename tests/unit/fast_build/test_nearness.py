"""In which order pages are made."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

from jinja2 import Template

from plugins._kit.paging import Listing
from plugins.fast_build import nearness
from plugins.fast_build.jobs import Job, page


def story(day: int) -> Any:
    return SimpleNamespace(date=dt.datetime(2026, 5, day, tzinfo=dt.UTC))


def jobs(**given: Any) -> list[Job]:
    return [Job(name, {}, {"shown": each}, page) for name, each in given.items()]


def test_pages_of_the_same_time_follow_one_another_and_those_of_none_come_last() -> None:
    stories = [story(day) for day in range(20, 0, -1)]
    front, second, _ = Listing(tuple(stories), "news/", 8).pages()
    years = Listing((2026, 2025), "years/", 8).pages()[0]
    empty = Listing((), "none/", 8).pages()[0]
    made = jobs(plain="about", older=story(12), years=years, second=second, empty=empty, newest=story(21), front=front)
    assert [made[place].key for place in nearness.in_order(made)] == [
        "newest", "front", "second", "older", "plain", "years", "empty"
    ]  # fmt: skip


def test_the_first_of_each_kind_is_the_first_page_of_a_template_or_file_that_is_given_the_like() -> None:
    story_page, list_page = Template(""), Template("")
    story_page.name, list_page.name = "article.html", "list.html"

    class Topics: ...

    made = [
        Job("a", {}, {"article": 1}, page, story_page),
        Job("b", {}, {"article": 2, "more": 3}, page, story_page),
        Job("c", {}, {"listing": 4}, page, list_page),
        Job("d", {}, {"article": 1}, page),
        Job("e", {}, {"article": 2}, page),
        Job("f", {}, {"listing": 4}, page),
        Job("g", {}, {"listing": 4}, page, by=(Topics, "one/")),
        Job("h", {}, {"listing": 5}, page, by=(Topics, "two/")),
    ]
    assert [made[place].key for place in nearness.firsts(made)] == ["a", "c", "d", "f", "g"]
