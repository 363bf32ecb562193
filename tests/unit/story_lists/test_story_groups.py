import datetime as dt
from types import MappingProxyType, SimpleNamespace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from plugins._kit.errors import EditionError
from plugins._kit.renewing import LABELS, Moved
from plugins._kit.settings import decode
from plugins.story_lists import grouping, lists
from plugins.story_lists.settings import StoryListsSettings

ENGLISH = lists.Language(str, lambda day: f"{day:%B %Y}")


def label(name, slug=None):
    return SimpleNamespace(name=name, slug=name.lower() if slug is None else slug)


def story(file, day, section="Politics", tags=(), authors=("Desk",)):
    return SimpleNamespace(
        relative_source_path=file,
        date=dt.datetime.fromisoformat(f"{day}T09:00:00+05:00"),
        category=label(section),
        tags=[label(tag) for tag in tags],
        authors=[label(author) for author in authors],
    )


def ways_of(chosen):
    return (
        lists.Labelled("section", lambda each: [each.category], chosen.sections_url),
        lists.Labelled("topic", lambda each: each.tags, chosen.topics_url),
        lists.Labelled("author", lambda each: each.authors, chosen.authors_url),
    )


def edition(stories, known=MappingProxyType({}), **settings):
    chosen = StoryListsSettings(**settings)
    return lists.edition(stories, ways_of(chosen), chosen, ENGLISH, known)


STORIES = [
    story("b.md", "2025-04-02", tags=["Railways"]),
    story("c.md", "2024-12-31", "Culture", authors=["Ömer", "Desk"]),
    story("a.md", "2025-04-02", "Economy", tags=["Railways", "Art"]),
    story("d.md", "2025-01-15"),
]


def test_stories_of_one_instant_stand_by_their_file():
    files = [each.relative_source_path for each in grouping.newest_first(STORIES)]
    assert files == ["a.md", "b.md", "d.md", "c.md"]
    assert files == [each.relative_source_path for each in grouping.newest_first(reversed(STORIES))]


def test_each_kind_of_list_has_names_addresses_counts_and_feeds():
    view = edition(STORIES, descriptions={"Politics": "Power and its uses."}).view
    assert [(each.name, each.url, each.count, each.feed_url) for each in view.topics] == [
        ("Art", "topics/art/", 1, "topics/art/feed.atom"),
        ("Railways", "topics/railways/", 2, "topics/railways/feed.atom"),
    ]
    assert [each.name for each in view.sections] == ["Culture", "Economy", "Politics"]
    assert [each.name for each in view.authors] == ["Desk", "Ömer"]
    assert view.sections[2].description == "Power and its uses."
    assert [(each.name, each.url, each.count) for each in view.indexes] == [
        ("Sections", "sections/", 3),
        ("Topics", "topics/", 2),
        ("Authors", "authors/", 2),
    ]


def test_sections_stand_in_the_order_of_the_setting_then_by_name():
    view = edition(STORIES, section_order=("Politics",)).view
    assert [each.name for each in view.sections] == ["Politics", "Culture", "Economy"]


def test_the_archive_has_years_and_months():
    made = edition(STORIES)
    assert (made.view.archive.url, made.view.archive.count, made.view.archive.feed_url) == ("archive/", 4, "")
    assert [
        (year.subject.name, year.subject.url, [(m.name, m.url, m.count) for m in year.months])
        for year in made.view.years
    ] == [
        ("2025", "archive/2025/", [("January 2025", "archive/2025/01/", 1), ("April 2025", "archive/2025/04/", 2)]),
        ("2024", "archive/2024/", [("December 2024", "archive/2024/12/", 1)]),
    ]
    april = next(each for each in made.lists if each.subject.url == "archive/2025/04/")
    assert [each.relative_source_path for each in april.stories] == ["a.md", "b.md"]
    assert april.near == made.view.years[0].months


def test_an_edition_without_stories_has_an_empty_archive():
    made = edition([])
    assert [(each.subject.url, each.stories) for each in made.lists] == [("archive/", ())]
    assert [each.count for each in made.view.indexes] == [0, 0, 0]


def test_without_a_feed_name_no_list_has_one():
    assert {each.subject.feed_url for each in edition(STORIES, feed="").lists} == {""}


def test_a_name_twice_in_one_story_counts_once():
    assert [each.count for each in edition([story("a.md", "2025-01-01", tags=["Art", "Art"])]).view.topics] == [1]


def test_two_names_with_one_address_are_told_with_both_files():
    stories = [
        story("b.md", "2025-01-01", tags=["railways"]),
        story("c.md", "2025-01-02", tags=["Railways"]),
        story("a.md", "2025-01-03", tags=["Railways"]),
    ]
    told = list(grouping.clashes("topic", stories, lambda each: each.tags, "content"))
    assert [(each.path, each.message, each.code) for each in told] == [
        ("content/b.md", "the topic 'railways' has the address of 'Railways' in content/a.md", "same-address")
    ]


def test_a_name_without_an_address_is_told():
    stories = [SimpleNamespace(relative_source_path="a.md", tags=[label("!", "")])]
    told = list(grouping.clashes("topic", stories, lambda each: each.tags, "content"))
    assert [(each.path, each.code) for each in told] == [("content/a.md", "no-address")]


def test_a_hundred_thousand_stories_are_no_trouble():
    day = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
    topics = [label(f"Topic {number}", f"topic-{number}") for number in range(5000)]
    stories = [
        SimpleNamespace(
            relative_source_path=f"{number}.md",
            date=day + dt.timedelta(hours=number),
            category=topics[number % 8],
            tags=topics[number % 4990 : number % 4990 + 5],
            authors=topics[number % 900 : number % 900 + 1],
        )
        for number in range(100_000)
    ]
    assert len(edition(stories).view.topics) > 4990  # about one second; a filter for each list would take an hour


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ({"per_page": 5, "orphans": 5}, "orphans: 5 must be less than per_page, 5"),
        ({"topics_url": "topics"}, "'topics' is no address such as 'sections/'"),
        ({"topics_url": "sections/"}, "'sections/' is the address of two kinds of list"),
        ({"feed": "../x"}, "feed: '../x' is no file name such as 'feed.atom'"),
        ({"per_page": 0}, "STORY_LISTS['per_page']: is 0"),
        ({"perpage": 3}, "STORY_LISTS['perpage']: is not a setting. Did you mean 'per_page'?"),
    ],
)
def test_settings_that_cannot_be_are_refused(raw, words):
    with pytest.raises(EditionError) as refused:
        decode(StoryListsSettings, "STORY_LISTS", raw)
    assert words in str(refused.value)


def test_sections_alone_tell_their_newest_story():
    made = edition(STORIES)
    newest = lists.newest(made.lists, "section")
    assert {url: each.relative_source_path for url, each in newest.items()} == {
        each.subject.url: each.stories[0].relative_source_path for each in made.lists if each.subject.kind == "section"
    }
    assert list(newest) == [section.url for section in made.view.sections]
    assert lists.newest(made.lists, "topic") == lists.newest(made.lists, "author") == {}


@pytest.mark.parametrize(
    ("kind", "other"),
    [
        ("topic", {"tags": ["Art", "Dams"]}),
        ("topic", {"tags": []}),
        ("author", {"authors": ["Ömer"]}),
        ("section", {"section": "Culture"}),
    ],
)
def test_lists_of_one_kind_made_anew_beside_known_ones_are_those_of_an_edition_made_anew(kind, other):
    moved = story("a.md", "2025-04-02", **{"section": "Economy", "tags": ["Railways", "Art"], **other})
    stories = [*STORIES[:2], SimpleNamespace(**vars(STORIES[2])), STORIES[3]]
    before = edition(stories)
    vars(stories[2]).update(vars(moved))  # the story is the same, with other labels
    known = {each: found for each, found in before.by_kind.items() if each != kind}
    after, clean = edition(stories, known), edition(stories)
    assert (after.view, list(after.lists), after.by_kind) == (clean.view, list(clean.lists), clean.by_kind)
    assert list(after.by_kind) == ["section", "topic", "author", "archive"]
    assert all(after.by_kind[each] is found for each, found in known.items())
    assert after.view != before.view


WRITTEN = st.lists(st.sampled_from(["Rail", "Art", "Éclat", "Water", "water", "eclat"]), max_size=3, unique=True)
DAYS = st.sampled_from(["2025-04-01", "2025-04-02", "2025-04-03"])


def clash(stories, labels):
    return bool(list(grouping.clashes("topic", stories, labels, "content")))


def labels_of(each):
    return SimpleNamespace(category=each.category, tags=each.tags, authors=each.authors)


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_lists_brought_up_to_date_are_those_of_an_edition_made_anew_and_none_where_names_clash(data):
    stories = [story(f"{number}.md", data.draw(DAYS), tags=data.draw(WRITTEN)) for number in range(5)]
    chosen, order = StoryListsSettings(section_order=("Culture",)), {"section_order": ("Culture",)}
    for way in ways_of(chosen):
        assume(not clash(stories, way.labels))
    before, moved = edition(stories, **order).by_kind, []
    for each in stories:
        if data.draw(st.booleans()):
            kept = labels_of(each)
            each.category = label(data.draw(st.sampled_from(["Politics", "Culture", "Sport"])))
            each.tags, each.authors = ([label(name) for name in data.draw(WRITTEN)] for _ in range(2))
            moved.append(Moved(each, each, LABELS, kept))
    clean = edition(stories, **order).by_kind
    for way in ways_of(chosen):
        found = lists.relabelled(before, way, moved, chosen)
        if clash(stories, way.labels):
            assert found is None
        else:
            assert found == clean[way.kind] or (found is None and len(moved) > 1)  # one after the other they may clash


@pytest.mark.parametrize("name", ["!", "ART"])
def test_a_label_without_an_address_or_written_in_another_way_is_for_all_lists_to_tell(name):
    moved = [SimpleNamespace(**vars(each)) for each in STORIES]
    known, way = edition(moved).by_kind, ways_of(StoryListsSettings())[1]
    for tag, is_well in ((label(name, "" if name == "!" else None), False), (label("Art"), True)):
        kept, moved[0].tags = labels_of(moved[0]), [*STORIES[0].tags, tag]
        found = lists.relabelled(known, way, [Moved(moved[0], moved[0], LABELS, kept)], StoryListsSettings())
        assert (found is not None) == is_well
        moved[0].tags = kept.tags
