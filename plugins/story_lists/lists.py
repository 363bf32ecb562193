"""Every list of the edition: what it is of, and its stories."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from types import MappingProxyType
from typing import Any

import msgspec
from msgspec.structs import replace

from .._kit.renewing import Moved, placing
from . import grouping
from .grouping import Group, Label, Story
from .settings import StoryListsSettings
from .views import Kind, ListsView, SubjectView, YearView


class Language(msgspec.Struct, frozen=True):
    """The reader's language."""

    translate: Callable[[str], str]
    """gettext: an English text in, the reader's language out."""
    month: Callable[[dt.date], str]
    """A day in, the words for its month and year out."""


class StoryList(msgspec.Struct, frozen=True):
    """One list to be written."""

    subject: SubjectView
    """What it is of."""
    stories: tuple[Story, ...]
    """Newest first."""
    near: tuple[SubjectView, ...] = ()
    """In the archive: the years, or the months of the year."""


class Edition(msgspec.Struct, frozen=True):
    """All lists, and the view of them."""

    view: ListsView
    """For templates."""
    by_kind: Mapping[Kind, Sequence[StoryList]]
    """All lists by their kind: sections, topics, authors, then the archive."""

    @property
    def lists(self) -> Iterable[StoryList]:
        """The same, one after the other."""
        return chain.from_iterable(self.by_kind.values())


class Labelled(msgspec.Struct, frozen=True):
    """One way to group stories."""

    kind: Kind
    """``section``, ``topic`` or ``author``."""
    labels: Callable[[Any], Iterable[Label]]
    """What a story says of it."""
    url: str
    """The address of the page that names all groups."""


def edition(
    stories: Iterable[Story],
    ways: Sequence[Labelled],
    settings: StoryListsSettings,
    language: Language,
    known: Mapping[Kind, Sequence[StoryList]] = MappingProxyType({}),
) -> Edition:
    """Return the lists of ``stories``: sections, topics, authors (``ways``, in this order) and the archive.

    Those of ``known`` kinds are as they were; where the archive is, so is the order of stories.
    """
    archive = known.get("archive") or _archive(grouping.newest_first(stories), settings, language)
    ordered = archive[0].stories
    grouped = [known[way.kind] if way.kind in known else _labelled(way, ordered, settings) for way in ways]
    sections, topics, authors = (tuple(each.subject for each in group) for group in grouped)
    months = {each.subject: each.near for each in archive}
    years = tuple(YearView(year, months[year]) for year in archive[0].near)
    words = (
        (language.translate("Sections"), language.translate("Every section of the paper.")),
        (
            language.translate("Topics"),
            language.translate("Every topic of our stories."),
        ),
        (
            language.translate("Authors"),
            language.translate("Everyone who writes here."),
        ),
    )
    indexes = tuple(
        SubjectView(way.kind, name, way.url, len(group), sentence)
        for way, (name, sentence), group in zip(ways, words, grouped, strict=True)
    )
    view = ListsView(sections, topics, authors, archive[0].subject, years, indexes)
    by_way = {way.kind: group for way, group in zip(ways, grouped, strict=True)}
    return Edition(view, {**by_way, "archive": archive})


def closed(found: StoryList) -> dict[str, object]:
    """Return the subject of a list, and what is near, as closed pages know them: without what a new story changes."""
    return {"subject": replace(found.subject, count=0), "near": tuple(replace(each, count=0) for each in found.near)}


def newest(found: Iterable[StoryList], kind: Kind) -> dict[str, Story]:
    """Return each section's newest story by its address, if ``kind`` is that: longer indexes only name."""
    return {each.subject.url: each.stories[0] for each in found if each.subject.kind == kind == "section"}


def relabelled(
    known: Mapping[Kind, Sequence[StoryList]], way: Labelled, moved: Iterable[Moved], settings: StoryListsSettings
) -> list[StoryList] | None:
    """Return the lists of one ``way`` when stories that are ``moved`` have other labels, and all were ``known`` before.

    None if a label has the address of another, or none: then all are to be listed, and clashes told.
    """
    groups = (
        Group(each.subject.name, each.subject.url.removeprefix(way.url)[:-1], each.stories) for each in known[way.kind]
    )
    changes = ((each.story, way.labels(each.before), way.labels(each.story)) for each in moved)
    exchanged = grouping.exchanged(groups, changes, placing(known["archive"][0].stories))
    return None if exchanged is None else _listed(way, exchanged, settings)


def _labelled(way: Labelled, stories: Sequence[Story], settings: StoryListsSettings) -> list[StoryList]:
    return _listed(way, grouping.groups(stories, way.labels), settings)


def _listed(way: Labelled, groups: Sequence[Group], settings: StoryListsSettings) -> list[StoryList]:
    if way.kind == "section":
        places = {name: place for place, name in enumerate(settings.section_order)}
        groups = tuple(sorted(groups, key=lambda group: places.get(group.name, len(places))))
    return [StoryList(_subject(way, group, settings), group.stories) for group in groups]


def _subject(way: Labelled, group: Group, settings: StoryListsSettings) -> SubjectView:
    url = f"{way.url}{group.slug}/"
    feed = f"{url}{settings.feed}" if settings.feed else ""
    return SubjectView(way.kind, group.name, url, len(group.stories), settings.descriptions.get(group.name, ""), feed)


def _archive(stories: tuple[Story, ...], settings: StoryListsSettings, language: Language) -> list[StoryList]:
    found = grouping.periods(stories)
    url = settings.archive_url
    subjects = {period: _period(period, url, len(members), language) for period, members in found.items()}
    years = tuple(subject for period, subject in sorted(subjects.items(), reverse=True) if len(period) == 1)
    months: dict[int, tuple[SubjectView, ...]] = {}
    for period, subject in sorted(subjects.items()):
        if len(period) > 1:
            months[period[0]] = (*months.get(period[0], ()), subject)
    everything = SubjectView(
        "archive",
        language.translate("Archive"),
        url,
        len(stories),
        language.translate("Every story, the newest first."),
    )
    dated = [StoryList(subjects[period], members, months[period[0]]) for period, members in found.items()]
    return [StoryList(everything, stories, years), *dated]


def _period(period: tuple[int, ...], url: str, count: int, language: Language) -> SubjectView:
    name = str(period[0]) if len(period) == 1 else language.month(dt.date(period[0], period[1], 1))
    address = url + "".join(f"{part:02}/" for part in period)
    description = language.translate("Every story of %(period)s, the newest first.") % {"period": name}
    return SubjectView("archive", name, address, count, description)
