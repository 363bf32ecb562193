"""Where the countries meet Pelican: the field of an article, the view in every page's context, the pages and feeds."""

from collections.abc import Iterable, MutableMapping, Sequence
from pathlib import Path
from typing import Any

from msgspec.structs import replace
from pelican import signals
from pelican.generators import Generator

from .._kit import clock, paging, renewing, wiring
from . import desks, edition, gazetteer, grouping, maps, reading
from .settings import CountryPagesSettings
from .views import CountryView, RegionView

SETTING = "COUNTRY_PAGES"
KEY = "country_pages"
_DESKS = "country_pages_desks"
_GAZETTEER = "country_pages_gazetteer"
_DRAWING = "country_pages_drawing"
_EDITION = "country_pages_edition"
_GROUPED = "country_pages_grouped"  # between two steps
_GROUPED_BY = renewing.PLACES | {"category"}  # by other topics and authors, a country's stories are the same
_UNKNOWN = "unknown_countries"


def register() -> None:
    """Connect the plugin's receivers."""
    wiring.start()
    signals.initialized.connect(_read_settings)
    signals.generator_init.connect(_add_templates)
    signals.article_generator_init.connect(_read_desks)
    signals.article_generator_context.connect(_read_countries)
    signals.content_object_init.connect(_tell_unknown)
    signals.article_generator_finalized.connect(_begin)
    signals.get_generators.connect(_generators)


class CountryPages(Generator):
    """Writes the pages of the region, of its countries, and of their sections and topics."""

    def __init__(self, *parts: Any, **named: Any) -> None:
        super().__init__(*parts, **named)
        self._views: dict[tuple[str, int], CountryView] = {}

    def generate_output(self, writer: Any) -> None:
        """Write what ``_add_view`` found."""
        made: edition.Edition = self.context[_EDITION]
        lists = self.context.get("story_lists")
        archive_url = lists.archive.url if lists else ""
        region = replace(self.context[KEY], topics={})  # what no page of it shows, but a new story changes
        self._write(writer, "region", region, made.grouped.stories)
        for group in made.grouped.countries.values():
            view = self._known(edition.country(made, group, archive_url))
            closed = self._known(edition.closed(view))
            self._write(writer, "country", view, group.stories, country=view)
            for found in group.sections.values():
                section = edition.section(made, closed, found)
                self._write(writer, "country_section", section, found.stories, country=closed)
            for topic, stories in edition.topics(made, closed, group):
                self._write(writer, "country_topic", topic, stories, country=closed)

    def _known(self, view: CountryView) -> CountryView:
        """Return the view that was written before, if it is equal: what holds it is the sooner compared."""
        key = view.code, min(view.count, 1)
        if self._views.get(key) != view:
            self._views[key] = view
        return self._views[key]

    def _write(self, writer: Any, template: str, subject: Any, stories: Sequence[Any], **extra: object) -> None:
        settings: CountryPagesSettings = self.settings[SETTING]
        listing = paging.Listing(stories, subject.url, settings.per_page, settings.orphans)
        given = {"subject": subject, **extra}

        def closed() -> dict[str, object]:
            return dict.fromkeys([name for name, view in given.items() if view is subject], edition.closed(subject))

        wiring.write_list(self, writer, listing, f"country_pages/{template}", closed, **given)


def _read_settings(pelican: Any) -> None:
    wiring.read_settings(pelican, CountryPagesSettings, SETTING)


def _add_templates(generator: Any) -> None:
    wiring.add_templates(generator, __file__)


def _generators(_pelican: Any) -> type[Generator]:
    return CountryPages


def _read_desks(generator: Any) -> None:
    settings: CountryPagesSettings = generator.settings[SETTING]
    folder = _folder(generator)
    found, wrong = desks.read(folder, _shown(folder))
    names, contradictions = gazetteer.build(settings, found, wiring.locale(generator.settings))
    map_file = Path(generator.settings["PATH"], settings.map)
    drawing, undrawn = maps.read(map_file, _shown(map_file)) if settings.map else (None, ())
    for problem in (*wrong, *contradictions, *undrawn):
        wiring.add_problem(generator.context, problem)
    generator.context[_DESKS] = {desk.head.code: desk for desk in found}
    generator.context[_GAZETTEER] = names
    generator.context[_DRAWING] = drawing


def _folder(generator: Any) -> Path:
    return Path(generator.settings["PATH"], generator.settings[SETTING].desks)


def _take_desks(generator: Any) -> tuple[type[Generator]] | None:
    """Show what desks say now; None where stories hang on it, by a country's name or address. Tells mistakes."""
    context, folder = generator.context, _folder(generator)
    found, wrong = desks.read(folder, _shown(folder))
    for problem in wrong:
        wiring.add_problem(context, problem)
    wiring.tell(context)
    made, now = context[_EDITION], {desk.head.code: desk for desk in found}
    names, names_now = ({code: desk.known_by for code, desk in each.items()} for each in (made.desks, now))
    if names != names_now:
        return None
    context[_DESKS] = now
    _add_view(generator, made.grouped)
    return (CountryPages,)


def _read_countries(generator: Any, metadata: MutableMapping[str, Any]) -> None:
    found, unknown = reading.resolve(metadata.get("countries"), generator.context[_GAZETTEER])
    metadata["countries"] = found
    if unknown:
        metadata[_UNKNOWN] = unknown


def _tell_unknown(content: Any) -> None:
    """Tell names that nobody knows, of every article that is read, whether it will be published or not."""
    unknown, context = getattr(content, _UNKNOWN, ()), getattr(content, "_context", None)
    if unknown and context:
        file = Path(content.source_path)
        text = file.read_text("utf-8", errors="replace")
        for problem in reading.problems(unknown, text, _shown(file), context[_GAZETTEER]):
            wiring.add_problem(context, problem)


def _begin(generator: Any) -> None:
    grouped = _grouped(generator)
    _relate(generator, grouped)
    _unlink(_unlisted(generator), grouped)
    _add_view(generator, grouped)
    renewing.on_new_files(generator.context, sorted(_folder(generator).glob("*.md")), _take_desks)
    renewing.on_new_stories(generator.context, _relate_again)
    renewing.on_new_labels(generator.context, _group_again, _GROUPED_BY)
    renewing.on_new_labels(generator.context, _add_view_again)


def _grouped(articles: Any) -> grouping.Grouped:
    known: gazetteer.Gazetteer = articles.context[_GAZETTEER]
    own = [known.countries[code] for code in articles.settings[SETTING].countries]
    return grouping.group(articles.articles, own)


def _relate(articles: Any, grouped: grouping.Grouped) -> list[Any]:
    """Let stories that name a country know those that are related; return those for which these are others."""
    changed: list[Any] = []
    for article, found in grouping.related(grouped, articles.settings[SETTING].related):
        others = list(found)
        if vars(article).get("related") != others:
            article.related = others  # type: ignore[attr-defined]  # Pelican's Article takes any attribute
            changed.append(article)
    return changed


def _relate_again(articles: Any, _added: Sequence[Any], moved: Sequence[renewing.Moved]) -> renewing.Touched | None:
    """Do so when stories are new, or stand elsewhere; None where a country has got its page by them, or lost it."""
    grouped, before = _grouped(articles), articles.context[_EDITION].grouped
    if grouped.countries.keys() != before.countries.keys():
        return None  # stories that no list names may name it
    for story in (each.story for each in moved if not each.story.countries):
        vars(story).pop("related", None)
    articles.context[_GROUPED] = grouped
    return renewing.Touched(_relate(articles, grouped))


def _group_again(articles: Any) -> tuple[()]:
    """Group all stories for the step that follows, unless that is done; return that nobody has to write for it."""
    if _GROUPED not in articles.context:
        articles.context[_GROUPED] = _grouped(articles)
    return ()


def _add_view_again(articles: Any) -> Iterable[type[Generator]]:
    """Put the view anew for stories that stand elsewhere, or have other labels; return who has to write anew."""
    grouped, before = articles.context.pop(_GROUPED, None), articles.context[_EDITION].grouped
    if not grouped and (moved := renewing.relabelled(articles.context)):
        grouped = grouping.relabelled(before, moved)
    _add_view(articles, grouped or grouping.labelled_anew(before))
    return (CountryPages,)


def _add_view(generator: Any, grouped: grouping.Grouped) -> None:
    context, settings = generator.context, generator.settings[SETTING]
    language = edition.Language(wiring.locale(generator.settings), wiring.words(generator).gettext)
    today = wiring.build_time(context, lambda now: clock.next_day(now, [str(now.tzinfo)])).date()
    made = edition.Edition(grouped, context[_DESKS], settings, language, today, context[_DRAWING])
    context[KEY], context[_EDITION] = edition.region(made), made
    wiring.announce_feeds(context, KEY, _feeds(context[KEY], made))


def _feeds(region: RegionView, made: edition.Edition) -> Iterable[wiring.Feed]:
    """Yield the feeds of the lists that have a story."""
    listed: list[tuple[str, str, Sequence[Any]]] = [(region.name, region.url, made.grouped.stories)]
    for group in made.grouped.countries.values():
        listed.append((group.country.name, group.country.url, group.stories))
        for slug, found in group.sections.items():
            title = f"{group.country.name}: {found.label.name}"
            listed.append((title, f"{group.country.url}{slug}/", found.stories))
    for title, url, stories in listed:
        if address := edition.feed_url(made, url, len(stories)):
            yield wiring.Feed(title, url, address, tuple(stories))


def _unlisted(generator: Any) -> Iterable[Any]:
    for name in ("translations", "drafts", "drafts_translations", "hidden_articles", "hidden_translations"):
        yield from getattr(generator, name)


def _unlink(articles: Iterable[Any], grouped: grouping.Grouped) -> None:
    """Take the address from countries which have no page since no listed story names them."""
    for article in articles:
        article.countries = tuple(
            country if country.code in grouped.countries else replace(country, url="") for country in article.countries
        )


def _shown(path: Path) -> str:
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)
