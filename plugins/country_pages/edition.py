"""The views of an edition's countries, made of its stories, its desks and CLDR."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

import msgspec
from babel import Locale
from babel.core import UnknownLocaleError
from babel.dates import format_date
from babel.numbers import get_currency_name
from msgspec.structs import replace
from unidecode import unidecode

from .._kit import wording
from . import maps, territories
from .desks import Desk, FrontMatter
from .grouping import CountryGroup, Grouped, Named, Section
from .maps import Drawing
from .model import Country, Story
from .settings import CountryPagesSettings
from .views import (
    CountrySectionView,
    CountryTopicView,
    CountryView,
    LanguageView,
    LinkView,
    MapView,
    MonthView,
    RegionCountryView,
    RegionView,
    YearView,
)

_LATEST = 3
Subject = TypeVar("Subject", RegionView, CountryView, CountrySectionView, CountryTopicView)


class Language(msgspec.Struct, frozen=True):
    """The reader's language."""

    locale: Locale
    """For names, numbers and dates."""
    translate: Callable[[str], str]
    """gettext: an English text in, the reader's language out."""


class Edition(msgspec.Struct, frozen=True):
    """What the views are made of."""

    grouped: Grouped
    """The stories."""
    desks: Mapping[str, Desk]
    """By the country's code."""
    settings: CountryPagesSettings
    """The edition's choices."""
    language: Language
    """The reader's."""
    today: dt.date
    """The day of the build, for the money that is in use."""
    drawing: Drawing | None = None
    """The shapes for the maps; None without a map."""


def feed_url(edition: Edition, url: str, count: int) -> str:
    """Return the address of the feed beside the list at ``url``; empty for a list without stories."""
    name = edition.settings.feed
    return f"{url}{name}" if name and count else ""


def region(edition: Edition) -> RegionView:
    """Return the view of all countries."""
    settings, count = edition.settings, len(edition.grouped.stories)
    _ = edition.language.translate
    listed = [_among(edition, group) for group in edition.grouped.countries.values()]
    others = [each for each in listed if each.code not in settings.countries]
    return RegionView(
        name=_("Countries"),
        region=_region(edition),
        url=settings.region_url,
        count=count,
        description=_("Every country that our stories name, with a page and a feed each."),
        feed_url=feed_url(edition, settings.region_url, count),
        countries=tuple(each for each in listed if each.code in settings.countries),
        others=tuple(sorted(others, key=lambda each: _alphabetical(each.name))),
        map=_map(edition, None),
        topics=_topics_of_all(edition),
    )


def country(edition: Edition, group: CountryGroup, archive_url: str) -> CountryView:
    """Return the view of one country; ``archive_url`` is the archive's address, empty if there is none."""
    desk = edition.desks.get(group.country.code)
    head = desk.head if desk else FrontMatter(code=group.country.code)
    currency = head.currency or territories.currency(head.code, edition.today)
    among = _among(edition, group)
    return CountryView(
        code=among.code,
        name=among.name,
        slug=among.slug,
        url=among.url,
        count=among.count,
        feed_url=among.feed_url,
        description=among.description,
        desk=head.desk,
        words=desk.words if desk else "",
        facts=head.facts,
        capital=head.capital,
        currency=currency,
        currency_name=wording.capital(get_currency_name(currency, locale=edition.language.locale)) if currency else "",
        languages=tuple(_languages(head, edition.language.locale)),
        map=_map(edition, group.country),
        sections=_sections(group),
        topics=_topics(edition, group),
        authors=_authors(edition, group.authors),
        companions=_companions(edition, group.companions),
        timeline=tuple(_years(group.months, archive_url, edition.language.locale)),
        latest=among.latest,
    )


def section(edition: Edition, view: CountryView, found: Section) -> CountrySectionView:
    """Return the view of one section of a country."""
    url, count = f"{view.url}{found.label.slug}/", len(found.stories)
    names = {"country": view.name, "section": found.label.name}
    return CountrySectionView(
        name=edition.language.translate("%(country)s: %(section)s") % names,
        url=url,
        count=count,
        description="",
        feed_url=feed_url(edition, url, count),
        country=view,
        section=LinkView(name=found.label.name, url=found.label.url, count=count),
    )


def topics(edition: Edition, view: CountryView, group: CountryGroup) -> Iterable[tuple[CountryTopicView, list[Story]]]:
    """Yield each topic that has enough stories of the country for a page, with them."""
    for slug, stories in group.topics.items():
        if len(stories) >= edition.settings.topic_stories:
            label = edition.grouped.labels["topic", slug]
            names = {"country": view.name, "topic": label.name}
            yield (
                CountryTopicView(
                    name=edition.language.translate("%(country)s: %(topic)s") % names,
                    url=topic_url(label, group.country),
                    count=len(stories),
                    description="",
                    feed_url="",
                    country=view,
                    topic=LinkView(name=label.name, url=label.url, count=len(stories)),
                ),
                stories,
            )


def closed(view: Subject) -> Subject:
    """Return ``view`` as closed pages know it: without what a new story changes."""
    if isinstance(view, RegionView):
        return replace(view, count=0, countries=(), others=(), topics={})
    if isinstance(view, CountryView):
        in_order = sorted(view.sections, key=lambda each: _alphabetical(each.name))
        sections = tuple(replace(each, count=0) for each in in_order)
        return replace(view, count=0, sections=sections, topics=(), authors=(), companions=(), timeline=(), latest=())
    if isinstance(view, CountrySectionView):
        return replace(view, count=0, section=replace(view.section, count=0))
    return replace(view, count=0, topic=replace(view.topic, count=0))


def topic_url(topic: Named, country: Country) -> str:
    """Return the address of a topic's page for a country, below the topic's own (``tag/x.html`` has ``tag/x/``)."""
    own = topic.url if topic.url.endswith("/") else f"{topic.url.removesuffix('.html')}/"
    return f"{own}{country.slug}/"


def _among(edition: Edition, group: CountryGroup) -> RegionCountryView:
    known, desk = group.country, edition.desks.get(group.country.code)
    return RegionCountryView(
        code=known.code,
        name=known.name,
        slug=known.slug,
        url=known.url,
        count=len(group.stories),
        feed_url=feed_url(edition, known.url, len(group.stories)),
        description=desk.head.summary if desk else "",
        latest=tuple(group.stories[:_LATEST]),
    )


def _languages(head: FrontMatter, locale: Locale) -> Iterable[LanguageView]:
    for code in head.languages or territories.official_languages(head.code):
        try:
            own = Locale.parse(code.replace("_", "-"), sep="-")
        except UnknownLocaleError:  # CLDR names more languages than it has locales for
            own = None
        native = (own.territories.get(head.code) or "") if own else ""
        name = locale.languages.get(code) or code
        yield LanguageView(code=code.replace("_", "-"), name=name, native_name=native)


def _sections(group: CountryGroup) -> tuple[LinkView, ...]:
    found = [
        LinkView(name=each.label.name, url=f"{group.country.url}{slug}/", count=len(each.stories))
        for slug, each in group.sections.items()
    ]
    return _most_first(found)


def _topics(edition: Edition, group: CountryGroup) -> tuple[LinkView, ...]:
    found = []
    for slug, stories in group.topics.items():
        label = edition.grouped.labels["topic", slug]
        url = topic_url(label, group.country) if len(stories) >= edition.settings.topic_stories else label.url
        found.append(LinkView(name=label.name, url=url, count=len(stories)))
    return _most_first(found)[: edition.settings.named]


def _topics_of_all(edition: Edition) -> Mapping[str, tuple[LinkView, ...]]:
    found: defaultdict[str, list[LinkView]] = defaultdict(list)
    for group in edition.grouped.countries.values():
        known = group.country
        for slug, stories in group.topics.items():
            label, count = edition.grouped.labels["topic", slug], len(stories)
            url = topic_url(label, known) if count >= edition.settings.topic_stories else known.url
            found[label.url].append(LinkView(name=known.name, url=url, count=count, code=known.code))
    return {url: _most_first(links) for url, links in found.items()}


def _authors(edition: Edition, counts: Counter[str]) -> tuple[LinkView, ...]:
    labels = edition.grouped.labels
    found = [
        LinkView(name=labels["author", slug].name, url=labels["author", slug].url, count=count)
        for slug, count in counts.items()
    ]
    return _most_first(found)[: edition.settings.named]


def _map(edition: Edition, here: Country | None) -> MapView | None:
    names = {group.country.code: group.country for group in edition.grouped.countries.values()}
    if edition.drawing is None or (here and here.code not in edition.drawing.countries):
        return None
    _ = edition.language.translate
    text = _("%(country)s on a map of %(region)s") if here else _("A map of %(region)s")
    words = {"country": here.name if here else "", "region": _region(edition)}
    return maps.view(edition.drawing, names, here, text % words)


def _region(edition: Edition) -> str:
    return territories.region_names(edition.language.locale, edition.settings.region)[0]


def _companions(edition: Edition, counts: Counter[Country]) -> tuple[LinkView, ...]:
    found = [LinkView(name=other.name, url=other.url, count=count, code=other.code) for other, count in counts.items()]
    return _most_first(found)[: edition.settings.named]


def _years(months: Counter[tuple[int, int]], archive_url: str, locale: Locale) -> Iterable[YearView]:
    for year in sorted({year for year, _ in months}, reverse=True):
        own = [_month(each, months[each], archive_url, locale) for each in sorted(months) if each[0] == year]
        url = f"{archive_url}{year:02}/" if archive_url else ""
        yield YearView(year=year, count=sum(each.count for each in own), url=url, months=tuple(own))


def _month(period: tuple[int, int], count: int, archive_url: str, locale: Locale) -> MonthView:
    day = dt.date(*period, 1)
    return MonthView(
        month=day.month,
        name=wording.month(day, locale),
        short_name=format_date(day, "LLL", locale),
        count=count,
        url=f"{archive_url}{day.year:02}/{day.month:02}/" if archive_url else "",
    )


def _most_first(links: Iterable[LinkView]) -> tuple[LinkView, ...]:
    return tuple(sorted(links, key=lambda link: (-link.count, *_alphabetical(link.name))))


def _alphabetical(name: str) -> tuple[str, str]:
    return unidecode(name).casefold(), name
