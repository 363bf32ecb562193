"""Stories by country, and what they say together, in one pass over them."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace

from .._kit.renewing import Moved, placing
from .model import Country, Label, Story

_ATTRIBUTES: Mapping[str, str] = {"topic": "tags", "author": "authors"}


class Named(NamedTuple):
    """A topic or author, whose address Pelican would work out each time that it is asked for."""

    name: str
    """What the writer wrote."""
    url: str
    """The address of its list, relative to the site's root."""


class Section(msgspec.Struct):
    """The stories of one section in one country."""

    label: Label
    """The section, as the newest story names it."""
    stories: list[Story] = msgspec.field(default_factory=list)
    """Newest first."""


class CountryGroup(msgspec.Struct):
    """What the stories that name a country say of it."""

    country: Country
    """The country."""
    stories: list[Story] = msgspec.field(default_factory=list)
    """Newest first."""
    sections: dict[str, Section] = msgspec.field(default_factory=dict)
    """By slug, in the order of their newest stories."""
    topics: defaultdict[str, list[Story]] = msgspec.field(default_factory=lambda: defaultdict(list))
    """The stories of each topic, newest first, by slug."""
    authors: Counter[str] = msgspec.field(default_factory=Counter)
    """How many stories are by each author, by slug."""
    companions: Counter[Country] = msgspec.field(default_factory=Counter)
    """How many stories name each other country too."""
    months: Counter[tuple[int, int]] = msgspec.field(default_factory=Counter)
    """How many stories are of each (year, month), newest first, each in its story's own zone as in its address."""


class Grouped(msgspec.Struct):
    """All stories that name a country."""

    stories: list[Story]
    """Newest first."""
    countries: dict[str, CountryGroup]
    """By code: the edition's countries, then the others in the order of their newest stories."""
    labels: dict[tuple[str, str], Named]
    """Each topic and author by (``topic`` or ``author``, slug), as the newest story names it."""


def newest_first(stories: Iterable[Story]) -> list[Story]:
    """Return ``stories`` by date, those of one instant by their file, so that the order never changes."""
    by_file = sorted(stories, key=lambda story: story.relative_source_path)
    return sorted(by_file, key=lambda story: story.date, reverse=True)


def group(stories: Iterable[Story], own: Iterable[Country]) -> Grouped:
    """Return ``stories`` by country; each of the edition's ``own`` has a group even if empty."""
    grouped = Grouped([], {country.code: CountryGroup(country) for country in own}, {})
    for story in newest_first(stories):
        if story.countries:
            grouped.stories.append(story)
        for country in story.countries:
            if country.code not in grouped.countries:
                grouped.countries[country.code] = CountryGroup(country)
            _add(grouped.countries[country.code], story)
    _label(grouped)
    return grouped


def labelled_anew(grouped: Grouped) -> Grouped:
    """Return the same stories by country where some have other topics or authors, and nothing else is another."""
    countries = {
        code: replace(each, topics=defaultdict(list), authors=Counter()) for code, each in grouped.countries.items()
    }
    found = Grouped(grouped.stories, countries, {})
    _label(found)
    return found


def relabelled(grouped: Grouped, moved: Sequence[Moved]) -> Grouped | None:
    """Return what equals that when only the topics of stories that are ``moved`` are others; None if authors are."""
    if any(_written("author", each.before) != _written("author", each.story) for each in moved):
        return None
    place_of = placing(grouped.stories)
    countries = {code: replace(each, topics=each.topics.copy()) for code, each in grouped.countries.items()}
    found, touched = replace(grouped, countries=countries, labels=dict(grouped.labels)), set[str]()
    for each in moved:
        was, now = (_labels("topic", it) for it in (each.before, each.story))
        touched |= was.keys() | now.keys()
        for group in (countries[country.code] for country in each.story.countries):
            for slug in was.keys() | now.keys():
                others = [story for story in group.topics.pop(slug, ()) if story is not each.story]
                if members := sorted([*others, each.story] if slug in now else others, key=place_of):
                    group.topics[slug] = members
    for code in {country.code for each in moved for country in each.story.countries}:
        countries[code].topics = _in_order(countries[code].topics, place_of)
    for slug in touched:
        _name(found, slug, place_of)
    return found


def _in_order(topics: Mapping[str, list[Story]], place_of: Callable[[Story], int]) -> defaultdict[str, list[Story]]:
    """Return ``topics`` in the order of their newest stories, and of how each of these names them."""

    def first(slug: str) -> tuple[int, int]:
        newest = topics[slug][0]
        return place_of(newest), list(_labels("topic", newest)).index(slug)

    return defaultdict(list, {slug: topics[slug] for slug in sorted(topics, key=first)})


def _name(grouped: Grouped, slug: str, place_of: Callable[[Story], int]) -> None:
    """Have a topic named as the newest story names it, if there is one."""
    newest = [group.topics[slug][0] for group in grouped.countries.values() if slug in group.topics]
    grouped.labels.pop(("topic", slug), None)
    if newest:
        label = _labels("topic", min(newest, key=place_of))[slug]
        grouped.labels["topic", slug] = Named(label.name, label.url)


def _label(grouped: Grouped) -> None:
    """Put the stories, which are there by country, under their topics and authors."""
    for story in grouped.stories:
        topics, authors = (_labels(kind, story) for kind in _ATTRIBUTES)
        for kind, labels in zip(_ATTRIBUTES, (topics, authors), strict=True):
            for slug, label in labels.items():
                if (kind, slug) not in grouped.labels:
                    grouped.labels[kind, slug] = Named(label.name, label.url)
        for country in story.countries:
            group = grouped.countries[country.code]
            for slug in topics:
                group.topics[slug].append(story)
            for slug in authors:
                group.authors[slug] += 1


def _add(group: CountryGroup, story: Story) -> None:
    group.stories.append(story)
    section, date = story.category, story.date
    if section.slug not in group.sections:
        group.sections[section.slug] = Section(section)
    group.sections[section.slug].stories.append(story)
    group.months[date.year, date.month] += 1
    for other in story.countries if len(story.countries) > 1 else ():
        if other.code != group.country.code:
            group.companions[other] += 1


def _labels(kind: str, story: Any) -> dict[str, Label]:  # noqa: ANN401 - a story, or what has its labels
    """Return the topics or authors of ``story`` by their slugs, each as it names it first."""
    found: dict[str, Label] = {}
    for label in getattr(story, _ATTRIBUTES[kind], ()):
        found.setdefault(label.slug, label)
    return found


def _written(kind: str, story: Any) -> list[tuple[str, str]]:  # noqa: ANN401 - as above
    return [(slug, label.name) for slug, label in _labels(kind, story).items()]


def related(grouped: Grouped, most: int) -> Iterable[tuple[Story, tuple[Story, ...]]]:
    """Yield each story with up to ``most`` others that share a country, the nearest in date first.

    Of those equally near, the one that stands nearest in the list goes first, then the newer. Only a window of
    ``most`` on either side is looked at in each of its countries, so that the work grows with the stories and not
    with their square.
    """
    places: defaultdict[int, list[tuple[Sequence[_Placed], int]]] = defaultdict(list)
    placed = {id(story): _Placed(story, story.date.timestamp(), order) for order, story in enumerate(grouped.stories)}
    for each in grouped.countries.values():
        ranked = [placed[id(story)] for story in each.stories]
        for place, one in enumerate(ranked):
            places[one.order].append((ranked, place))
    for one in placed.values():
        near: dict[int, _Placed] = {}
        for stories, place in places[one.order]:
            window = (*stories[max(0, place - most) : place], *stories[place + 1 : place + 1 + most])
            near.update((other.order, other) for other in window)
        yield one.story, tuple(_nearest(near.values(), one)[:most])


class _Placed(NamedTuple):
    """A story where it stands."""

    story: Story
    instant: float
    order: int


def _nearest(others: Iterable[_Placed], one: _Placed) -> list[Story]:
    _, instant, here = one
    ranked = sorted((abs(when - instant), abs(there - here), there, story) for story, when, there in others)
    return [story for _, _, _, story in ranked]
