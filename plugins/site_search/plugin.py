"""The adapter: gives templates the view ``site_search``, and writes the index and the page of the search."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from babel import Locale, UnknownLocaleError
from markupsafe import Markup
from pelican import signals
from pelican.generators import Generator

from .._kit import renewing, urls, wiring, wording
from . import indexing, parts
from .documents import Entry, document
from .settings import SiteSearchSettings
from .views import Language, SearchView

SETTING = "SITE_SEARCH"
KEY = "site_search"
FOLDER = "pagefind/"
_PARTS = "site_search_parts"
_LISTED_BY = ("date", "category", "countries")  # of what a preview takes over: all else of the view is as it was


def register() -> None:
    """Connect the plugin's receivers."""
    wiring.start()
    signals.initialized.connect(_read_settings)
    signals.generator_init.connect(_add_templates)
    signals.all_generators_finalized.connect(_begin)
    signals.get_generators.connect(_generators)


class SearchPages(Generator):
    """Writes the index, and the page that asks it."""

    def generate_output(self, writer: Any) -> None:
        """Write what ``_put_view`` found."""
        view: SearchView = self.context[KEY]
        with wiring.writing(self, writer):
            self._write_index(writer, view)
        wiring.write_page(self, writer, view.url, "site_search/search")

    def _write_index(self, writer: Any, view: SearchView) -> None:
        day = partial(wording.day, chosen=wiring.locale(self.settings))
        for language, each in self.context.pop(_PARTS).items():
            for number, stories in enumerate(each, 1):
                folder = f"{view.folder}{language}/{number}/"
                given = {
                    "stories": stories,
                    "language": language,
                    "newest": number == len(each),
                    "first": language == view.languages[0].code,
                }
                wiring.write_files(writer, folder, given, partial(_files, folder, given, day))


def _files(folder: str, given: Any, day: Any) -> dict[str, bytes]:
    """Return the files of one part of the index by name; the engine, which all share, stands above them."""
    entries = (_entry(story, given["language"], day) for story in given["stories"])
    documents = {urls.save_as(each.url): document(each) for each in entries}
    made = indexing.part(documents, given["language"], newest=given["newest"])
    engine = made.pop(indexing.ENGINE, b"")
    files = {f"{folder}{name}": content for name, content in made.items()}
    return files | ({f"{FOLDER}{indexing.ENGINE}": engine} if engine and given["first"] else {})


def _entry(story: Any, language: str, day: Any) -> Entry:
    is_story = hasattr(story, "date") and hasattr(story, "category")
    return Entry(
        url=story.url,
        language=language,
        title=Markup(story.title).striptags(),  # noqa: S704 - only to take the markup out
        text=story.content,
        day=day(story.date) if is_story else "",
        section=_section(story),
        countries=_countries(story),
    )


def _read_settings(pelican: Any) -> None:
    if wiring.read_settings(pelican, SiteSearchSettings, SETTING) is not None:
        wiring.add_static(pelican, __file__)


def _add_templates(generator: Any) -> None:
    wiring.add_templates(generator, __file__)


def _generators(_pelican: Any) -> type[Generator]:
    return SearchPages


def _begin(generators: Sequence[Any]) -> None:
    wiring.halt(generators[0].context)
    _put_view(generators[0])
    renewing.on_new_labels(generators[0].context, _put_view, _LISTED_BY)


def _put_view(generator: Any) -> Iterable[type[Generator]]:
    """Put the view and the index's parts into the context; return who has to write them."""
    context, settings = generator.context, generator.settings
    chosen: SiteSearchSettings = settings[SETTING]
    stories = list(_published(context))
    spoken: dict[str, list[Any]] = defaultdict(list)
    for story in stories if chosen.index else ():
        spoken[str(story.lang).lower()].append(story)
    own = str(settings["DEFAULT_LANG"]).lower()
    found = {
        language: parts.parts(sorted(spoken[language], key=_place), _month, chosen.part)
        for language in sorted(spoken, key=lambda code: (code != own, code))
    }
    context[_PARTS] = found
    context[KEY] = SearchView(
        url=chosen.url,
        folder=FOLDER,
        indexed=bool(found),
        languages=tuple(Language(code, _name(code), len(each)) for code, each in found.items()),
        countries=tuple(sorted({name for story in stories for name in _countries(story)})),
        sections=tuple(sorted({name for story in stories if (name := _section(story))})),
    )
    return (SearchPages,)


def _published(context: Any) -> Iterator[Any]:
    """Yield every story and page that readers may find, in all languages."""
    originals: Iterable[Any] = [*context["articles"], *context["pages"]]
    for original in originals:
        for each in (original, *original.translations):
            if each.status == "published" and each.save_as:
                yield each


def _place(story: Any) -> tuple[parts.Month, str]:
    return _month(story), story.url


def _month(story: Any) -> parts.Month:
    """Return the month of a story; pages have none, whether they name a date or not."""
    return (story.date.year, story.date.month) if hasattr(story, "category") and hasattr(story, "date") else (0, 0)


def _section(story: Any) -> str:
    return str(getattr(story, "category", "")) if hasattr(story, "date") else ""


def _countries(story: Any) -> tuple[str, ...]:
    return tuple(country.name for country in getattr(story, "countries", ()) or ())


def _name(code: str) -> str:
    try:
        return str(Locale.parse(code, sep="-").get_display_name() or code).capitalize()
    except (UnknownLocaleError, ValueError):
        return code
