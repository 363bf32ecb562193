"""What there is to say of stories when all of them are known: of each, of its neighbours, and of those that clash."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from .._kit.errors import Problem
from . import figures, links, sharing, texts
from .header import Header
from .settings import EditorialSettings


def with_translations(articles: Iterable[Any]) -> list[Any]:
    """Return ``articles``, each before its translations."""
    return [each for article in articles for each in (article, *article.translations)]


def set_neighbours(articles: Sequence[Any]) -> list[Any]:
    """Let ``articles``, newest first, know their neighbours; return those that have others than before."""
    changed: list[Any] = []
    newer = None
    for article, older in zip_longest(articles, articles[1:]):
        own = vars(article)
        if "newer" not in own or own["newer"] is not newer or own["older"] is not older:
            article.newer, article.older = newer, older
            changed.append(article)
        newer = article
    return changed


def finish(article: Any, html: str, own: EditorialSettings) -> None:  # noqa: ANN401 - Pelican's own
    """Give ``article``, of which ``html`` is the text before links are resolved, all that comes of it alone."""
    read_text(article, html, own)
    article.share = sharing.view(own.share, article.title, f"{article.settings['SITEURL']}/{article.url}")
    set_updated(article, own)


def read_text(article: Any, html: str, own: EditorialSettings) -> None:  # noqa: ANN401 - as above
    """Tell how long ``html`` takes to read, and its parts."""
    article.reading_minutes = texts.reading_minutes(html, own.words_a_minute)
    article.contents = texts.headings(html, own.contents_from)


def set_updated(article: Any, own: EditorialSettings) -> None:  # noqa: ANN401 - as above
    """Tell when it was changed, if that was long enough after it was published."""
    modified = getattr(article, "modified", None)
    late = modified and (modified - article.date).total_seconds() > own.updated_after_minutes * 60
    article.updated = modified if late else None


def shows_files(html: str, header: Header, article: Any) -> bool:  # noqa: ANN401 - as above
    """Return whether ``article``, whose file has ``header`` and ``html`` for a text, shows or links to any file."""
    files = texts.files(html, article.get_relative_source_path(), getattr(article, "image", None))
    return any(files) or any(figures.in_text(header.body))


def shows_same_files(article: Any, before: tuple[str, Header], now: tuple[str, Header]) -> bool:  # noqa: ANN401 - as above
    """Return whether the text of ``article`` shows and links to the same files ``now`` as ``before``, but for stories.

    Both are HTML and the file's header. A story that it had no link to must be one of the edition.
    """
    linked = links.new_to_stories(before[0], now[0], article.get_relative_source_path())
    stories = article._context["generated_content"]  # noqa: SLF001 - Pelican gives it to each
    return None not in map(stories.get, linked) and texts.references(*before) == texts.references(*now)


def shared_addresses(contents: Iterable[tuple[Any, Header | None]]) -> Iterator[Problem]:
    """Yield a problem for every two of ``contents``, each with its header, that would be written to one address."""
    first: dict[str, tuple[Any, Header | None]] = {}
    for content, header in sorted(contents, key=lambda each: str(each[0].source_path)):
        other, before = first.setdefault(content.save_as, (content, header))
        if other is not content and header and before:
            message = f"its address /{content.url} is also that of {before.path}"
            yield header.problem("slug", message, "Give one of them another slug.", "shared-address")


def broken_links(
    content: Any,  # noqa: ANN401 - as above
    header: Header,
    withheld: Mapping[str, str],
    is_there: Callable[[str], bool],
) -> Iterator[Problem]:
    """Yield a problem for every link of ``content`` to a file that is not there, or is ``withheld`` for a reason."""

    def wrong(link: links.Link) -> str:
        if link.path in withheld:
            return f"the link to {link.written} leads to what is held back ({withheld[link.path]})"
        return "" if is_there(link.path) else f"the link to {link.written} leads to no file"

    for link, words in links.broken(content._content, content.get_relative_source_path(), wrong):  # noqa: SLF001 - the text before links are resolved
        line = links.line_of(link.written, header.body, header.body_line)
        yield Problem(header.path, line, words, "Mend it or take it out.", "link")
