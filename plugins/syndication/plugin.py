"""The adapter: writes feeds, sitemaps and robots.txt, and gives templates the view ``syndication``."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup
from pelican import signals
from pelican.generators import Generator

from .._kit import output, renewing, urls, wiring
from . import documents, entries, identity, pages, robots, sitemaps, styles
from .entries import Reader, plain
from .model import Entry, NewsItem
from .settings import SyndicationSettings
from .views import FeedsView

_NAME = "SYNDICATION"
_WRITTEN = "KEREGE_WRITTEN_PAGES"
_STYLE = "syndication_style"
_NEWS = "KEREGE_NEWS_ITEMS"
_UPDATED = "KEREGE_WHEN_UPDATED"
_HEAD = 65536  # bytes of a page in which its head is looked for


def register() -> None:
    """Connect the plugin to Pelican."""
    wiring.start()
    signals.initialized.connect(_read_settings)
    signals.generator_init.connect(_add_templates)
    signals.article_generator_finalized.connect(_check_ids)
    signals.all_generators_finalized.connect(_put_view)
    signals.get_generators.connect(_generators)
    signals.content_written.connect(_note_page)
    signals.finalized.connect(_write_sitemaps)


class Feeds(Generator):
    """Writes every feed in every format."""

    def __init__(self, *parts: Any, **named: Any) -> None:
        super().__init__(*parts, **named)
        self._publisher: tuple[str, documents.Publisher] | None = None
        self._length = _Lengths()

    def generate_output(self, writer: Any) -> None:
        """Write the edition's feed and the announced ones."""
        with wiring.writing(self, writer):
            self._write(writer)

    def _write(self, writer: Any) -> None:
        view: FeedsView = self.context["syndication"]
        if view.style:
            css = self.context.pop(_STYLE).encode()
            wiring.write_files(writer, view.style, {"css": css}, partial(dict, {view.style: css}))
        length = self._length
        length.look(self.context)
        if self._publisher is None or self._publisher[0] != view.style:
            self._publisher = view.style, _publisher(self.context, writer, length)
        publisher = self._publisher[1]  # it knows by heart what stories say
        articles = {feed.url: feed.articles for feed in self.context.get("feeds", ())}
        articles[view.edition.atom] = self.context["articles"]
        for links in (view.edition, *view.others):
            stories = tuple(articles[links.atom][: publisher.reader.settings.entries])
            given = {
                "links": links,
                "style": publisher.style,
                "stories": stories,
                "lengths": tuple(length(str(getattr(each.image, "src", ""))) for each in stories if _has_image(each)),
                "empty since": None if stories else wiring.build_time(self.context),
            }
            own = partial(_files, publisher, given), (), partial(_patched, publisher, given)
            wiring.write_files(writer, links.atom, given, *own)


def _files(publisher: documents.Publisher, given: Mapping[str, Any]) -> dict[str, bytes]:
    """Return a feed in every format."""
    document = documents.feed(publisher, given["links"], given["stories"], given["empty since"])
    return documents.files(document, given["links"], publisher.reader.siteurl)


def _patched(
    publisher: documents.Publisher, given: Mapping[str, Any], before: Mapping[str, bytes], told: Collection[Any]
) -> dict[str, bytes] | None:
    """Return a feed as it was ``before``, with what stories have ``told`` anew, of which all else is the same."""
    places = [place for each in told for place, story in enumerate(given["stories"]) if story is each]
    if len(places) < len(told):
        return None
    entries = {place: publisher.entry(given["stories"][place]) for place in places}
    return documents.patched(before, given["links"], entries, publisher.lang)


def _has_image(story: Any) -> bool:
    return bool(getattr(story, "image", None))


def _read_settings(pelican: Any) -> None:
    wiring.read_settings(pelican, SyndicationSettings, _NAME)


def _add_templates(generator: Any) -> None:
    wiring.add_templates(generator, __file__)


def _generators(_: Any) -> type[Generator]:
    return Feeds


def _check_ids(generator: Any) -> None:
    folder = Path(generator.settings["PATH"])
    articles = [*generator.articles, *generator.translations]
    named = sorted((identity.identity(each.metadata, each.relative_source_path), each.source_path) for each in articles)
    for problem in identity.clashes(named, lambda path: str(folder.name / Path(path).relative_to(folder))):
        wiring.add_problem(generator.context, problem)


def _check_ids_again(articles: Any, added: Sequence[Any], _moved: Sequence[renewing.Moved]) -> renewing.Touched | None:
    """Return that nothing is to be done, if no story has the identity of another, nor stands in a sitemap of news."""
    if articles.settings["SITEURL"]:
        return None
    contents = [each for each in articles.context["generated_content"].values() if each] if added else []
    known = {identity.identity(each.metadata, each.relative_source_path) for each in contents}
    return renewing.Touched() if len(known) == len(contents) else None


def _put_view(generators: Sequence[Any]) -> None:
    context, settings = generators[0].context, generators[0].settings
    wiring.halt(context)
    _put_links(generators[0])
    if settings["SITEURL"] and settings[_NAME].sitemap:
        settings[_WRITTEN] = context[_WRITTEN] = []
        context[_UPDATED] = pages.Updates(entries.updated)
    settings[_NEWS] = _news(context, settings["SITEURL"])
    if settings[_NEWS] and settings["SITEURL"]:
        renewing.on_new_words(context, partial(_is_told_as_before, frozenset(item.url for item in settings[_NEWS])))
    renewing.on_new_stories(context, _check_ids_again)
    renewing.on_new_labels(context, _put_links_again, renewing.LABELS | renewing.PLACES | renewing.TOLD)


def _put_links(generator: Any) -> None:
    context, settings = generator.context, generator.settings
    chosen: SyndicationSettings = settings[_NAME]
    name = settings["SITENAME"]
    edition = documents.links(name, "", chosen.edition_feed, chosen.formats)
    announced = sorted(context.get("feeds", ()), key=lambda feed: feed.url)
    others = [
        documents.links(f"{feed.title} | {name}" if feed.title else name, feed.page_url, feed.url, chosen.formats)
        for feed in announced
    ]
    style = _style(generator) if chosen.style else ""
    context["syndication"] = FeedsView(edition, tuple(feed for feed in others if feed.atom != edition.atom), style)


def _put_links_again(articles: Any) -> Iterable[type[Generator]] | None:
    """Do so for stories with other labels; return who has to write anew, None where sitemaps name all pages."""
    settings = articles.settings
    if settings["SITEURL"] and settings[_NAME].sitemap:
        return None
    _put_links(articles)
    return (Feeds,)


def _style(generator: Any) -> str:
    """Keep the stylesheet of feeds to be written; return its address."""
    _ = wiring.words(generator).gettext
    told = _("This is a feed. Give the address of this page to a feed reader, and it will bring you each new story.")
    css = generator.env.get_template("syndication/feed.css").render(told=Markup(styles.quoted(told)))  # noqa: S704 - CSS
    generator.context[_STYLE] = css
    return styles.name(generator.settings["THEME_STATIC_DIR"], css)


def _news(context: Any, siteurl: str) -> tuple[NewsItem, ...]:
    published = [article.date for article in context["articles"]]
    now = wiring.build_time(context, lambda now: sitemaps.news_until(published, now))
    fresh = [article for article in context["articles"] if sitemaps.is_news(article.date, now)]
    return sitemaps.recent(
        (NewsItem(urls.absolute(siteurl, each.url), plain(each.title), each.date, each.lang) for each in fresh), now
    )


def _is_told_as_before(news: frozenset[str], article: Any, before: renewing.Read, now: renewing.Read) -> bool:
    """Return whether the sitemap of ``news``, which tells headlines, stays as it is."""
    there = urls.absolute(article.settings["SITEURL"], article.url) in news
    return not there or bool(before[1].get("title") == now[1].get("title"))


class _Lengths:
    """Tells how long the file at an address is, in bytes; 0 for none of ours."""

    def __init__(self) -> None:
        self._files: dict[str, str] = {}
        self._found: dict[str, int] = {}

    def look(self, context: Any) -> None:
        """See which files there are now."""
        self._files = {item.save_as: item.source_path for item in context["static_content"].values()}
        self._found.clear()

    def __call__(self, url: str) -> int:
        if url not in self._found:
            self._found[url] = Path(self._files[url]).stat().st_size if url in self._files else 0
        return self._found[url]


def _publisher(context: Any, writer: Any, length: Callable[[str], int]) -> documents.Publisher:
    reader = Reader(context["SITEURL"], context[_NAME], length)
    subtitle = context.get("SITESUBTITLE") or ""
    entry: Callable[[Any], Entry] = wiring.remembered(writer, reader.entry)
    sheet = context["syndication"].style
    style = sheet and urls.absolute(urlsplit(context["SITEURL"]).path, sheet)  # on whatever host the feed is opened
    return documents.Publisher(context["SITENAME"], subtitle, context["DEFAULT_LANG"], reader, entry, style)


def _note_page(path: str, context: Any) -> None:
    if (
        _WRITTEN in context
        and path.endswith(".html")
        and context["output_file"] not in context["SYNDICATION"].unlisted
        and pages.is_listed(context)
        and wiring.found_in_page(context, "findable", lambda: pages.findable(_head(path)))
    ):
        context[_WRITTEN].append(pages.site_page(context, context[_UPDATED]))


def _head(path: str) -> bytes:
    with Path(path).open("rb") as file:
        return file.read(_HEAD).partition(b"</head>")[0]


def _write_sitemaps(pelican: Any) -> None:
    """Write what search engines and other robots read; a preview, which has no public address, has no sitemaps."""
    settings = pelican.settings
    chosen: SyndicationSettings = settings[_NAME]
    siteurl, written, news = settings["SITEURL"], settings.pop(_WRITTEN, ()), settings.pop(_NEWS, ())
    files: dict[str, bytes] = {}
    if siteurl and chosen.sitemap:
        files |= sitemaps.sitemaps(written, siteurl, chosen.sitemap)
    named = [urls.absolute(siteurl, chosen.sitemap)] if files else []
    if siteurl and chosen.news_sitemap and news:
        files[chosen.news_sitemap] = sitemaps.news_sitemap(news, settings["SITENAME"])
        named.append(urls.absolute(siteurl, chosen.news_sitemap))
    if chosen.robots:
        files["robots.txt"] = robots.robots_txt(chosen, named).encode()
    _write(pelican.output_path, files)


def _write(folder: str, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        output.write(Path(folder, name), content)
