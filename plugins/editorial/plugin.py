"""Where articles meet Pelican: their reader, their attributes, what is held back, the front page."""

import os
from collections.abc import Iterable, Sequence
from functools import cache, partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote, unquote
from zoneinfo import ZoneInfo

from pelican import signals
from pelican.generators import Generator
from pelican.readers import MarkdownReader
from pelican.urlwrappers import Author, Category, Tag
from pelican.utils import order_content, process_translations

from .._kit import renewing, wiring
from . import correcting, crediting, fields, figures, finishing, header, sharing, texts, translating, withholding
from .conversion import converter
from .figures import Figure
from .front import front, led, of_countries
from .header import Header
from .settings import EditorialSettings

SETTING = "EDITORIAL"
KEY_CORRECTIONS, KEY_PICTURES = "corrections", "pictures"
_HEADER = "editorial_header"  # how a file's header travels from the reader to its checks, in the metadata
_WITHHELD = "editorial_withheld"  # the reason why a file is held back, by its path below the content folder
_TRANSLATED_BY = "EDITORIAL_TRANSLATION_ID"
_FILES = "editorial_withheld_files"  # the files that only stories held back show, by the same


def register() -> None:
    """Connect the plugin's receivers."""
    wiring.start()
    signals.initialized.connect(_read_settings)
    signals.generator_init.connect(_add_templates)
    signals.get_generators.connect(_generators)
    signals.readers_init.connect(_add_reader)
    signals.article_generator_context.connect(_check_article)
    signals.page_generator_context.connect(_check_page)
    signals.article_generator_pretaxonomy.connect(_withhold)
    signals.article_generator_finalized.connect(_add_attributes)
    signals.article_generator_finalized.connect(_add_gathered)
    signals.page_generator_finalized.connect(_finish_pages)
    signals.static_generator_finalized.connect(_withhold_files)
    signals.all_generators_finalized.connect(_begin_front)


class EditionReader(MarkdownReader):
    """Reads Markdown with either form of header; a mistake becomes a problem, never an exception."""

    enabled = True
    of_words = frozenset({_HEADER})  # the metadata that go with the text: where these alone differ, it alone is new

    def __init__(self, settings: Any) -> None:
        super().__init__(settings)
        self._own: EditorialSettings = settings[SETTING]
        self._images = Path(settings["PATH"], self._own.images)
        self._sizes = figures.Sizes(self._images)
        # made when it is asked for: most readers read nothing
        self._markdown = cache(partial(converter, settings["MARKDOWN"], self._sizes.of, self._own.images))

    @property
    def consulted(self) -> set[str]:
        """The pictures looked at for the file read last, so that what it was read as can be kept."""
        return self._sizes.consulted

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """Return the text as HTML, and the metadata with the header for the checks to come."""
        self._sizes.consulted = set()
        path = os.path.relpath(source_path)
        found = header.read(Path(source_path).read_bytes(), path)
        values, problems = fields.read(found, ZoneInfo(self.settings["TIMEZONE"]), self._own.extra_fields)
        found.problems[:] = [*problems, *figures.problems(found, values.get("image"), self._sizes)]
        return self._markdown().reset().convert(found.body), {**self._metadata(values), _HEADER: found}

    def is_sound(self, read: tuple[str, dict[str, Any]]) -> bool:
        """Return whether there is no mistake in what was ``read``, as far as the file alone can tell."""
        found = read[1].get(_HEADER)
        return not isinstance(found, Header) or not found.problems

    def _metadata(self, values: dict[str, Any]) -> dict[str, Any]:
        wrapped = dict(values)
        names, image = (*values.get("authors", ()), *wrapped.pop("author", ())), wrapped.pop("image", None)
        if names:
            wrapped["authors"] = [Author(name, self.settings) for name in names]
        if "tags" in values:
            wrapped["tags"] = [Tag(name, self.settings) for name in values["tags"]]
        if "category" in values:
            wrapped["category"] = Category(values["category"], self.settings)
        return {**wrapped, "image": self._figure(image)}  # in one place, whether there is one or not

    def _figure(self, image: fields.ImageFields | None) -> Figure | None:
        size = self._sizes.of(image.src) if image else None
        if not image or not size:
            return None
        return Figure(f"{self._own.images}/{quote(unquote(image.src))}", image.alt, image.caption, image.credit, *size)


class GatheredPages(Generator):
    """Writes the pages of all corrections and of all pictures."""

    def generate_output(self, writer: Any) -> None:
        """Write each at its setting's address."""
        for key in (KEY_CORRECTIONS, KEY_PICTURES):
            if view := self.context.get(key):
                wiring.write_page(self, writer, view.url, f"editorial/{key}")


def _generators(_pelican: Any) -> type[Generator]:
    return GatheredPages


def _add_templates(generator: Any) -> None:
    wiring.add_templates(generator, __file__)


def _read_settings(pelican: Any) -> None:
    """Read the setting, and take over which stories translate each other: Pelican stops at two of one slug."""
    if wiring.read_settings(pelican, EditorialSettings, SETTING) is not None:
        named = pelican.settings["ARTICLE_TRANSLATION_ID"]
        names = [named] if isinstance(named, str) else sorted(named or ())
        pelican.settings.setdefault(_TRANSLATED_BY, names)
        pelican.settings["ARTICLE_TRANSLATION_ID"] = None


def _add_reader(readers: Any) -> None:
    if isinstance(readers.settings.get(SETTING), EditorialSettings):
        for extension in MarkdownReader.file_extensions:
            readers.reader_classes[extension] = EditionReader


def _check_article(generator: Any, metadata: dict[str, Any]) -> None:
    own: EditorialSettings = generator.settings[SETTING]
    _check(generator, metadata, dict.fromkeys(("title", "date", *own.required)))
    if "date" not in metadata:
        metadata["date"] = wiring.build_time(generator.context)
    metadata.setdefault("category", Category("unknown", generator.settings))  # until it is told
    metadata.setdefault("sources", ())
    metadata.setdefault("corrections", ())


def _check_page(generator: Any, metadata: dict[str, Any]) -> None:
    _check(generator, metadata, ("title",))


def _check(generator: Any, metadata: dict[str, Any], needed: Iterable[str]) -> None:
    """Hand over the file's problems, and put something harmless where a field is missing."""
    found = metadata.get(_HEADER)
    if isinstance(found, Header):
        absent = fields.missing(found, metadata, needed) if found.values else ()
        for problem in [*found.problems, *absent]:
            wiring.add_problem(generator.context, problem)
    metadata.setdefault("title", "?")


def _withhold(generator: Any) -> None:
    """Take out of the edition what the world must not know of yet; a preview shows it, drafts where they will be."""
    drafts: list[Any] = []
    for group in ("drafts", "hidden_articles", "articles"):
        others = "translations" if group == "articles" else f"{group.removesuffix('_articles')}_translations"
        together = [*getattr(generator, group), *getattr(generator, others)]
        kept = [article for article in together if _may_be_shown(generator, article)]
        if group == "drafts":
            drafts, kept = kept, []
            for draft in drafts:
                draft.status = "published"  # from this comes its address
        elif group == "articles":
            kept += drafts
        kept.sort(key=lambda each: str(each.source_path))  # files are found in any order
        originals, translations = _translated(kept, generator.settings[_TRANSLATED_BY])
        setattr(generator, group, order_content(originals, generator.settings["ARTICLE_ORDER_BY"]))
        setattr(generator, others, translations)


def _translated(articles: Iterable[Any], names: Sequence[str]) -> tuple[list[Any], list[Any]]:
    """Return originals and translations, which know each other from now on."""
    originals: list[Any] = []
    translations: list[Any] = []
    for together in translating.groups(articles, names):
        first, others = process_translations(together, names) if len(together) > 1 else (together, [])
        originals += first
        translations += others
    return originals, translations


def _may_be_shown(generator: Any, content: Any) -> bool:
    """Return whether ``content`` belongs to the edition; what does not is forgotten, with the files it shows."""
    context, date = generator.context, getattr(content, "date", wiring.moment(generator.context))
    given = (content.status, date, getattr(content, "embargo", None))
    reason = withholding.reason(*given, wiring.build_time(context, lambda now: withholding.until(*given, now)))
    content.withheld = reason
    files = context.setdefault(_FILES, {True: set(), False: set()})
    shown = bool(generator.settings[SETTING].preview or not reason)
    text, path = content._content, content.get_relative_source_path()  # noqa: SLF001 - the text before links are resolved
    files[shown].update(texts.files(text, path, getattr(content, "image", None)))
    if not shown:
        context["generated_content"].pop(path, None)
        context.setdefault(_WITHHELD, {})[path] = reason
    return shown


def _withhold_files(generator: Any) -> None:
    """Leave out the files that only stories held back show: a picture's name alone may tell the story."""
    files = generator.context.get(_FILES, {True: set(), False: set()})
    hidden = files[False] - files[True]
    generator.staticfiles[:] = [each for each in generator.staticfiles if each.get_relative_source_path() not in hidden]
    for path in hidden:
        generator.context["static_content"].pop(path, None)


def _add_attributes(generator: Any) -> None:
    finishing.set_neighbours(generator.articles)
    hidden = (*generator.hidden_articles, *generator.hidden_translations)
    for article in (*generator.articles, *generator.translations, *hidden):
        finishing.finish(article, article._content, generator.settings[SETTING])  # noqa: SLF001 - the text before links are resolved
    renewing.on_new_stories(generator.context, _take_stories, renewing.PLACES | {"image"})


def _take_stories(generator: Any, added: Sequence[Any], moved: Sequence[renewing.Moved]) -> renewing.Touched | None:
    """Do for stories that are new, or stand elsewhere, what was done for all others; None for what more hangs on."""
    own, context = generator.settings[SETTING], generator.context
    dated, shown = ([each for each in moved if name in each.names] for name in ("date", "image"))
    told = [(each, each) for each in added] + [each[:2] for each in dated]
    led, withheld = [each.now for each in shown], context.get(_FILES, {}).get(False, ())
    if not all(_is_plain(generator, *each) for each in told) or not finishing.files_are_taken(added, led, withheld):
        return None
    _credit(context, own, [*told, *(each[:2] for each in shown)])
    for story in added:
        finishing.finish(story, story._content, own)  # noqa: SLF001 - as above
        _find_broken_links(generator, story)
        finishing.drop(story, _HEADER)
    for each in moved:
        finishing.set_updated(each.story, own)
    return renewing.Touched(finishing.set_neighbours(generator.articles) if told else ())


def _is_plain(generator: Any, story: Any, now: Any) -> bool:
    """Return whether ``story``, as it was read ``now``, is shown as before, and with no other of its slug."""
    own, alone = generator.settings[SETTING], generator.settings[_TRANSLATED_BY] in ([], ["slug"])
    shown = withholding.shows_as_before(story, now, wiring.moment(generator.context), preview=own.preview)
    return shown and alone and isinstance(getattr(now, _HEADER, None), Header)


def _credit(context: Any, own: EditorialSettings, told: Iterable[tuple[Any, Any]]) -> None:
    """List the pictures of stories, each of which is ``told`` with what it was read as, anew in the page of all."""
    if view := context.get(KEY_PICTURES):
        shown = [_pictured(*each) for each in told]
        context[KEY_PICTURES] = crediting.renewed(view, shown, context["articles"], own.images)


def _pictured(story: Any, now: Any) -> crediting.Pictured:
    return story, getattr(now, "image", None), getattr(now, _HEADER).body


def _take_words(content: Any, before: renewing.Read, now: renewing.Read) -> bool:
    """Tell how long a new text takes to read; return whether it is right, and all that it shows can be shown."""
    own, is_story = content.settings[SETTING], hasattr(content, "reading_minutes")
    if is_story:
        finishing.read_text(content, now[0], own)
        content.share = sharing.view(own.share, now[1].get("title", content.title), content.share.address)
    was, found = before[1].get(_HEADER), now[1].get(_HEADER)
    if not isinstance(was, Header) or not isinstance(found, Header) or found.problems:
        return False
    context = content._context  # noqa: SLF001 - Pelican gives it to each
    if not finishing.links_are_taken(content, before[0], now[0], context.get(_FILES, {}).get(False, ())):
        return False
    if is_story and texts.pictures(was) != texts.pictures(found):
        _credit(context, own, [(content, SimpleNamespace(**now[1]))])
        return bool(content.in_default_lang and content.status == "published")  # else it stands there in another order
    return True


def _add_gathered(generator: Any) -> None:
    """Put the pages of pictures and of corrections in the context."""
    own: EditorialSettings = generator.settings[SETTING]
    if url := own.pictures_url:
        listed = [*generator.articles, *generator.translations]
        read = [_pictured(each, each) for each in listed if isinstance(getattr(each, _HEADER, None), Header)]
        generator.context[KEY_PICTURES] = crediting.gathered(read, own.images, url)
    _add_corrections(generator)
    renewing.on_new_labels(generator.context, _add_corrections, {"corrections"})


def _add_corrections(generator: Any) -> tuple[()]:
    """Put the page of corrections in the context, and announce the feed of the stories corrected.

    Returns that nobody has to write anew: the page is there, whatever it tells.
    """
    if url := generator.settings[SETTING].corrections_url:
        view = correcting.gathered(finishing.with_translations(generator.articles), url)
        generator.context[KEY_CORRECTIONS] = view
        _ = wiring.words(generator).gettext
        feed = wiring.Feed(_("Corrections"), url, view.feed_url, tuple(correcting.corrected(view)))
        wiring.announce_feeds(generator.context, SETTING, [feed] if view.feed_url else [])
    return ()


def _finish_pages(generator: Any) -> None:
    """Do what needs all articles and all pages: pages come after articles."""
    for group in ("pages", "hidden_pages", "draft_pages", "translations", "hidden_translations", "draft_translations"):
        kept = [page for page in getattr(generator, group) if _may_be_shown(generator, page)]
        setattr(generator, group, kept)
        if group in generator.context:
            generator.context[group] = kept
    listed = [*generator.context.get("articles", ()), *generator.context.get("hidden_articles", ())]
    articles = finishing.with_translations(listed)
    contents = [*articles, *generator.pages, *generator.translations, *generator.hidden_pages]
    for problem in finishing.shared_addresses((each, getattr(each, _HEADER, None)) for each in contents):
        wiring.add_problem(generator.context, problem)
    for content in contents:
        _find_broken_links(generator, content)
    renewing.on_new_words(generator.context, _take_words)
    for content in filter(None, generator.context["generated_content"].values()):
        finishing.drop(content, _HEADER)  # it is checked


def _find_broken_links(generator: Any, content: Any) -> None:
    """Note every link to a file that is not there, or that is held back."""
    context, found = generator.context, getattr(content, _HEADER, None)

    def is_there(path: str) -> bool:
        return path in context["generated_content"] or Path(generator.path, path).is_file()

    if isinstance(found, Header):
        for problem in finishing.broken_links(content, found, context.get(_WITHHELD, {}), is_there):
            wiring.add_problem(context, problem)


def _begin_front(generators: Sequence[Any]) -> None:
    wiring.halt(generators[0].context)
    _add_front(generators[0])
    renewing.on_new_labels(generators[0].context, _add_front)


def _add_front(generator: Any) -> tuple[()] | None:
    """Put the front page in the context; return that nobody has to write anew, None where labels tell translations."""
    context, own = generator.context, generator.settings[SETTING]
    context["front"] = front(
        led(context["articles"], own.front_lead_among),
        of_countries(context["articles"], getattr(context.get("country_pages"), "countries", ())),
        [((str(section), section.url, None), stories) for section, stories in context["categories"]],
        own.front_others,
        own.front_per_strip,
    )
    return None if renewing.LABELS.intersection(generator.settings[_TRANSLATED_BY]) else ()
