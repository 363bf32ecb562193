"""The arithmetic of the bench, by numbers that can be worked out in the head."""

import pytest

from tools.bench import counting, figures
from tools.bench.measuring import Measure
from tools.bench.newsroom import next_day

HISTORY = """effective_date,currency,base,value,unit,kind,source,origin,time_zone,fetched_at,payload_sha256
2026-09-28,UZS,USD,12000,1,market,a,a,UTC,2026-09-28T00:00:00Z,ab
2026-09-29,UZS,USD,12000.00000000,1,market,a,a,UTC,2026-09-29T00:00:00Z,ab
"""


def took(wall: float, cpu: float = 1.0, peak: float = 50.0) -> Measure:
    return Measure(wall, cpu, peak, peak + 10)


def test_each_median_is_of_its_own_values():
    taken = [took(1, 30), took(2, 10), took(9, 20)]
    assert figures.middle(taken) == Measure(2, 20, 50, 60)


def test_a_ratio_is_taken_within_each_round_so_that_a_slow_round_does_not_count_double():
    assert figures.ratio([1, 20, 1], [4, 80, 4]) == 0.25
    assert figures.ratio([1, 30, 1], [4, 10, 2]) == 0.5


def test_the_table_sets_each_step_beside_stock_and_hugo():
    measures = {"stock": [took(8, 4), took(8, 4)], "quick": [took(2, 3), took(2, 3)], "hugo": [took(4, 6), took(4, 6)]}
    lines = figures.table(measures, "stock", "hugo").splitlines()
    assert lines[3] == "| quick | 2.00 | 3.00 | 0.250 | 0.750 | 0.500 | 0.500 | 50 | 60 |"


def test_the_table_leaves_empty_what_was_not_measured():
    lines = figures.table({"stock": [took(8, 4)]}, "stock", "hugo").splitlines()
    assert lines[2] == "| stock | 8.00 | 4.00 | 1.000 | 1.000 |  |  | 50 | 60 |"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("2015/01/story-1/index.html", "articles"),
        ("countries/uzbekistan/index.html", "countries"),
        ("countries/uzbekistan/page/3/index.html", "countries, further pages"),
        ("countries/uzbekistan/politics/page/3/index.html", "country × section, further pages"),
        ("desks/uzbekistan-politics/page/2/index.html", "country × section, further pages"),
        ("topics/water-1/uzbekistan/index.html", "country × topic"),
        ("archive/index.html", "archive"),
        ("archive/2018/03/page/1/index.html", "archive, further pages"),
        ("months/2018-03/index.html", "archive"),
        ("topics/water-1/feed.rss", "feeds"),
        ("about/index.html", "other pages"),
        ("rates/uzs.json", "other files"),
    ],
)
def test_the_pages_of_either_site_are_counted_under_one_name(path, kind):
    assert counting.kind(path) == kind


def test_files_that_differ_or_stand_alone_are_named(tmp_path):
    for folder, files in (("a", {"same": "1", "other": "1", "ours": "1"}), ("b", {"same": "1", "other": "2"})):
        (tmp_path / folder).mkdir()
        for name, text in files.items():
            (tmp_path / folder / name).write_text(text)
    assert counting.unequal(tmp_path / "a", tmp_path / "b") == ["other", "ours"]


def test_a_new_day_of_rates_follows_the_last():
    added = next_day(HISTORY).splitlines()[-1]
    assert added == "2026-09-30,UZS,USD,12024.00000000,1,market,a,a,UTC,2026-09-30T00:00:00Z,ab"
    assert next_day(HISTORY).startswith(HISTORY)


def test_a_document_holds_the_last_table_of_each_archive_in_its_place():
    once = figures.documented("# Figures\n", 1000, "small")
    both = figures.documented(once, 10000, "large")
    assert both == (
        "# Figures\n\n<!-- bench 1000 -->\n\nsmall\n\n<!-- end -->\n\n<!-- bench 10000 -->\n\nlarge\n\n<!-- end -->\n"
    )
    assert figures.documented(both, 1000, "smaller") == both.replace("small", "smaller")
