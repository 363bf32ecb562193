"""Where the lists meet Pelican: the view in every page's context, the feeds announced, the pages written."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from pelican import signals
from pelican.generators import Generator

from .._kit import paging, renewing, wiring, wording
from . import grouping, lists
from .settings import StoryListsSettings
from .views import Kind

SETTING = "STORY_LISTS"
KEY = "story_lists"
_LISTS = "story_lists_pages"
_KNOWN = "story_lists_known"  # by kind, as long as no story says otherwise
_LISTED_BY: Mapping[Kind, Collection[str]] = {
    "archive": ("date",),
    "section": ("date", "category"),
    "topic": ("date", "tags"),
    "author": ("date", "author", "authors"),
}
"""The metadata that decide which stories a list of each kind has, in which order."""


def register() -> None:
    """Connect the plugin's receivers."""
    wiring.start()
    signals.initialized.connect(_take_over)
    signals.generator_init.connect(_add_templates)
    signals.article_generator_finalized.connect(_begin)
    signals.get_generators.connect(_generators)


class ListPages(Generator):
    """Writes the pages of every list, and the pages that name all lists of a kind."""

    def generate_output(self, writer: Any) -> None:
        """Write what ``_add_view`` found."""
        settings: StoryListsSettings = self.settings[SETTING]
        made: lists.Edition = self.context.pop(_LISTS)
        for each in made.lists:
            listing = paging.Listing(each.stories, each.subject.url, settings.per_page, settings.orphans)
            template = "story_lists/archive" if each.subject.kind == "archive" else "story_lists/list"
            given = {"subject": each.subject, "near": each.near}
            wiring.write_list(self, writer, listing, template, partial(lists.closed, each), **given)
        named = (made.view.sections, made.view.topics, made.view.authors)
        for subject, entries in zip(made.view.indexes, named, strict=True):
            given = {"subject": subject, "entries": entries, "newest": lists.newest(made.lists, subject.kind)}
            wiring.write_page(self, writer, subject.url, "story_lists/index", **given)


def _take_over(pelican: Any) -> None:
    """Read the setting, and have Pelican link to the lists instead of writing its own."""
    settings = wiring.read_settings(pelican, StoryListsSettings, SETTING)
    if settings is not None:
        for name, url in (
            ("CATEGORY", settings.sections_url),
            ("TAG", settings.topics_url),
            ("AUTHOR", settings.authors_url),
        ):
            pelican.settings[f"{name}_URL"] = url + "{slug}/"
            pelican.settings[f"{name}_SAVE_AS"] = ""


def _add_templates(generator: Any) -> None:
    wiring.add_templates(generator, __file__)


def _generators(_pelican: Any) -> type[Generator]:
    return ListPages


def _begin(generator: Any) -> None:
    _add_view(generator)
    for kind, names in _LISTED_BY.items():
        renewing.on_new_labels(generator.context, partial(_renew, kind), names)
    renewing.on_new_labels(generator.context, _add_view_again)


def _renew(kind: Kind, articles: Any) -> tuple[()]:
    """Have lists of a ``kind`` brought up to date, or made anew; return that nobody has to write for that."""
    context, settings = articles.context, articles.settings[SETTING]
    known, moved = context[_KNOWN], renewing.relabelled(context)
    renewed: Sequence[lists.StoryList] | None = None
    if moved is not None:
        renewed = lists.relabelled(known, next(way for way in _ways(settings) if way.kind == kind), moved, settings)
    context[_KNOWN] = {each: found for each, found in known.items() if each != kind}
    if renewed is not None:
        context[_KNOWN][kind] = renewed
    return ()


def _add_view_again(articles: Any) -> Iterable[type[Generator]]:
    """Do so for stories with other labels; return who has to write anew."""
    _add_view(articles)
    return (ListPages,)


def _add_view(generator: Any) -> None:
    context, settings = generator.context, generator.settings[SETTING]
    ways = _ways(settings)
    content, known = Path(generator.settings["PATH"]).name, context.get(_KNOWN, {})
    for way in (each for each in ways if each.kind not in known):
        for problem in grouping.clashes(way.kind, generator.articles, way.labels, content):
            wiring.add_problem(context, problem)
    month = partial(wording.month, chosen=wiring.locale(generator.settings))
    language = lists.Language(wiring.words(generator).gettext, month)
    made = lists.edition(generator.articles, ways, settings, language, known)
    context[KEY], context[_LISTS], context[_KNOWN] = made.view, made, made.by_kind
    listed = ((each.subject, each.stories) for each in made.lists if each.subject.feed_url)
    feeds = (wiring.Feed(subject.name, subject.url, subject.feed_url, stories) for subject, stories in listed)
    wiring.announce_feeds(context, KEY, feeds)


def _ways(settings: StoryListsSettings) -> tuple[lists.Labelled, lists.Labelled, lists.Labelled]:
    """Return the ways in which stories are listed by their labels."""
    return (
        lists.Labelled("section", lambda story: (story.category,), settings.sections_url),
        lists.Labelled("topic", lambda story: getattr(story, "tags", ()), settings.topics_url),
        lists.Labelled("author", lambda story: getattr(story, "authors", ()), settings.authors_url),
    )
