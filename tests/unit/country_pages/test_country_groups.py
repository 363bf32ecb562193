import datetime as dt
import itertools
import sys
from types import SimpleNamespace

from country_stories import ENGLISH, SETTINGS, gazetteer_of_all, label, story
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins._kit.renewing import LABELS, Moved
from plugins.country_pages import edition, grouping, maps
from plugins.country_pages.desks import Desk, FrontMatter
from tests.support.site import ROOT

OWN = [gazetteer_of_all().countries[code] for code in SETTINGS.countries]


def made(stories, desks=()):
    language = edition.Language(ENGLISH, str)
    today = dt.date(2026, 9, 30)
    return edition.Edition(
        grouping.group(stories, OWN), {desk.head.code: desk for desk in desks}, SETTINGS, language, today
    )


def view(of, code="UZ", archive="archive/"):
    return edition.country(of, of.grouped.countries[code], archive)


def pairs(links):
    return [(link.name, link.count) for link in links]


STORIES = [
    story("a", "2025-01-31T23:59", "UZ RU", topics="Water,Rail", authors="Ann"),
    story("b", "2025-02-01T00:00", "UZ KZ", topics="Water", authors="Ann,Bo"),
    story("c", "2024-12-01T00:00", "UZ KZ RU", section="Art", topics="Éclat"),
    story("d", "2025-02-02T00:00", "KZ"),
    story("e", "2025-02-03T00:00", ""),
]


def test_a_country_has_all_that_its_stories_say():
    uzbekistan = view(made(STORIES))
    assert [each.title for each in uzbekistan.latest] == ["b", "a", "c"]
    assert pairs(uzbekistan.sections) == [("Politics", 2), ("Art", 1)]
    assert uzbekistan.sections[0].url == "countries/uzbekistan/politics/"
    assert pairs(uzbekistan.topics) == [("Water", 2), ("Éclat", 1), ("Rail", 1)]
    assert pairs(uzbekistan.authors) == [("Ann", 2), ("Bo", 1)]
    assert [(each.code, each.count) for each in uzbekistan.companions] == [("KZ", 2), ("RU", 2)]
    assert [(year.year, year.count, year.url) for year in uzbekistan.timeline] == [
        (2025, 2, "archive/2025/"),
        (2024, 1, "archive/2024/"),
    ]
    assert [(month.name, month.short_name, month.count, month.url) for month in uzbekistan.timeline[0].months] == [
        ("January 2025", "Jan", 1, "archive/2025/01/"),
        ("February 2025", "Feb", 1, "archive/2025/02/"),
    ]


def test_what_closed_pages_know_of_a_country_is_the_same_after_another_story():
    later = made([*STORIES, *(story(f"f{day}", f"2025-03-0{day}", "UZ", "Art", topics="Rail") for day in (1, 2, 3))])
    before = made(STORIES)
    closed = edition.closed(view(before))
    assert [each.name for each in closed.sections] == ["Art", "Politics"]
    assert view(before).sections != view(later).sections
    assert closed == edition.closed(view(later)) != view(before)
    assert edition.closed(edition.region(before)) == edition.closed(edition.region(later))
    sections = [
        edition.closed(edition.section(one, closed, one.grouped.countries["UZ"].sections["art"]))
        for one in (before, later)
    ]
    assert sections[0] == sections[1]


def test_without_an_archive_the_timeline_leads_nowhere():
    timeline = view(made(STORIES), archive="").timeline
    assert {period.url for year in timeline for period in (year, *year.months)} == {""}


def test_the_region_names_its_own_countries_first_and_the_others_by_name():
    region = edition.region(made([*STORIES, story("f", "2025-01-01", "AF")]))
    assert [each.code for each in region.countries] == list(SETTINGS.countries)
    assert [each.count for each in region.countries] == [3, 0, 0, 0, 3]
    assert [each.name for each in region.others] == ["Afghanistan", "Russia"]
    assert (region.count, region.url, region.feed_url) == (5, "countries/", "countries/feed.atom")
    assert [bool(each.feed_url) for each in region.countries] == [True, False, False, False, True]


def test_a_country_without_a_desk_has_what_cldr_knows():
    russia = view(made(STORIES), "RU")
    assert (russia.currency, russia.currency_name, russia.capital, russia.words) == ("RUB", "Russian Rouble", "", "")
    assert [(each.code, each.name, each.native_name) for each in russia.languages] == [("ru", "Russian", "Россия")]


def test_a_desk_has_the_last_word():
    head = FrontMatter(code="UZ", capital="Tashkent", currency="USD", languages=("uz", "kaa"), summary="S", desk="D")
    uzbekistan = view(made(STORIES, [Desk(head, "<p>W</p>", "", {})]))
    assert (uzbekistan.currency, uzbekistan.capital, uzbekistan.words) == ("USD", "Tashkent", "<p>W</p>")
    assert (uzbekistan.description, uzbekistan.desk) == ("S", "D")
    assert uzbekistan.languages[0].native_name == "Oʻzbekiston"


def test_every_country_can_have_a_page():
    codes = sorted(gazetteer_of_all().countries)
    of = made([story("a", "2025-01-01", " ".join(codes))])
    assert [view(of, code).count for code in codes] == [1] * len(codes)


def test_a_section_of_a_country():
    of = made(STORIES)
    found = edition.section(of, view(of), of.grouped.countries["UZ"].sections["art"])
    assert (found.name, found.url, found.count) == ("Uzbekistan: Art", "countries/uzbekistan/art/", 1)
    assert (found.feed_url, found.section.url) == ("countries/uzbekistan/art/feed.atom", "sections/art/")


def test_a_topic_with_enough_stories_leads_to_its_page_for_the_country():
    of = made([*STORIES, story("g", "2025-03-01", "UZ", topics="Water")])
    assert [(link.name, link.url) for link in view(of).topics][:2] == [
        ("Water", "topics/water/uzbekistan/"),
        ("Éclat", "topics/éclat/"),
    ]
    assert [
        (topic.name, topic.count, len(found))
        for topic, found in edition.topics(of, view(of), of.grouped.countries["UZ"])
    ] == [("Uzbekistan: Water", 3, 3)]
    assert [(link.code, link.url) for link in edition.region(of).topics["topics/water/"]] == [
        ("UZ", "topics/water/uzbekistan/"),
        ("KZ", "countries/kazakhstan/"),
        ("RU", "countries/russia/"),
    ]


def test_each_subject_says_what_its_list_is_of():
    of = made([*STORIES, story("g", "2025-03-01", "UZ", topics="Water")])
    country, group = view(of), of.grouped.countries["UZ"]
    section = edition.section(of, country, group.sections["art"])
    [(topic, _)] = edition.topics(of, country, group)
    kinds = [subject.kind for subject in (edition.region(of), country, section, topic)]
    assert kinds == ["country", "country", "section", "topic"]
    assert section.country is topic.country is country


def test_the_editions_map_is_small_and_has_its_five():
    drawing, problems = maps.read(ROOT / "content/countries/map.json", "map.json")
    assert problems == ()
    assert sorted(drawing.countries) == sorted(SETTINGS.countries)
    assert "Natural Earth" in drawing.origin
    for outline in drawing.countries.values():
        assert 0 < outline.label[0] < drawing.width
        assert 0 < outline.label[1] < drawing.height
    assert sum(len(outline.path) for outline in drawing.countries.values()) < 3000


@st.composite
def archives(draw):
    count = draw(st.integers(0, 25))
    return [
        story(
            f"s{number}",
            f"2025-01-{draw(st.integers(1, 28)):02}",
            " ".join(draw(st.lists(st.sampled_from(["UZ", "KZ", "RU"]), unique=True))),
        )
        for number in range(count)
    ]


@given(archives())
@settings(max_examples=60, deadline=None)
def test_related_stories_are_the_nearest_of_all_that_share_a_country(stories):
    grouped = grouping.group(stories, OWN)
    order = {id(each): place for place, each in enumerate(grouped.stories)}
    found = {id(each): others for each, others in grouping.related(grouped, 4)}
    assert len(found) == len(grouped.stories)
    for each in grouped.stories:
        sharing = [other for other in stories if other is not each and set(other.countries) & set(each.countries)]
        here = order[id(each)]
        sharing.sort(key=lambda other: (abs(other.date - each.date), abs(order[id(other)] - here), order[id(other)]))
        assert [other.title for other in found[id(each)]] == [other.title for other in sharing[:4]]


@given(archives(), st.randoms(use_true_random=False))
@settings(max_examples=50, deadline=None)
def test_the_order_of_reading_changes_nothing(stories, random):
    shuffled = random.sample(stories, len(stories))
    first, second = made(stories), made(shuffled)
    assert edition.region(first) == edition.region(second)
    for code in first.grouped.countries:
        assert view(first, code) == view(second, code)


def test_ten_times_the_stories_take_about_ten_times_the_work():
    def calls(count):
        """How many functions are called for ``count`` stories: a measure of work that no clock enters."""
        day = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - story gives it a zone
        stories = [story(f"{n}", (day + dt.timedelta(hours=n)).isoformat(), "UZ KZ") for n in range(count)]
        counted = itertools.count()
        sys.setprofile(lambda _frame, event, _argument: next(counted) if event.endswith("call") else None)
        of = made(stories)
        view(of)
        related = list(grouping.related(of.grouped, 4))
        sys.setprofile(None)
        assert len(related) == count
        return next(counted)

    assert calls(2_000) < 15 * calls(200)  # the square would be a hundred times


@given(archives(), st.data())
@settings(max_examples=60, deadline=None)
def test_stories_with_other_topics_and_authors_are_labelled_as_if_all_were_grouped_anew(stories, data):
    names = st.lists(st.sampled_from(["Water", "water", "Rail", "Art", "Ann"]), max_size=3)

    def label_some():
        for each in stories:
            if data.draw(st.booleans()):
                each.tags, each.authors = ([label(one, "labels") for one in data.draw(names)] for _ in range(2))

    label_some()
    before = grouping.group(stories, OWN)
    kept = grouping.group(stories, OWN)
    label_some()
    found, clean = grouping.labelled_anew(before), grouping.group(stories, OWN)
    assert found == clean
    assert list(found.countries) == list(clean.countries)
    for code, group in found.countries.items():
        assert list(group.topics) == list(clean.countries[code].topics)
        assert list(group.authors) == list(clean.countries[code].authors)
    assert [(each.topics, each.authors) for each in before.countries.values()] == [
        (each.topics, each.authors) for each in kept.countries.values()
    ]


@given(archives(), st.data())
@settings(max_examples=100, deadline=None)
def test_the_topics_of_some_stories_are_exchanged_as_if_all_were_grouped_anew(stories, data):
    topics = st.lists(st.sampled_from(["Water", "water", "Rail", "Art", "art"]), max_size=3)

    def label_some():
        moved = []
        for each in stories:
            if data.draw(st.booleans()):
                kept, each.tags = SimpleNamespace(**vars(each)), [label(one, "labels") for one in data.draw(topics)]
                moved.append(Moved(each, each, LABELS, kept))
        return moved

    label_some()
    found, kept = grouping.group(stories, OWN), grouping.group(stories, OWN)
    for _ in range(2):
        before, found = found, grouping.relabelled(found, label_some())
        assert before == kept
        kept = clean = grouping.group(stories, OWN)
        assert found == clean
        for code, group in found.countries.items():
            assert list(group.topics) == list(clean.countries[code].topics)  # pages read them in their order


def test_other_authors_are_for_a_grouping_of_all():
    stories = [story(name, f"2025-01-0{name}", "UZ", topics="Water", authors="Ann") for name in "12"]
    before, was = grouping.group(stories, OWN), SimpleNamespace(**vars(stories[0]))
    assert grouping.relabelled(before, [Moved(stories[0], stories[0], LABELS, was)]) == before
    stories[0].authors = [label("ANN", "labels")]
    assert grouping.relabelled(before, [Moved(stories[0], stories[0], LABELS, was)]) is None
