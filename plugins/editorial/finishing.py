"""What there is to say of stories when all of them are known: of each, of its neighbours, and of those that clash."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from pathlib import PurePath
from typing import Any

from .._kit.errors import Problem
from . import links, sharing, texts
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


def links_are_taken(article: Any, before: str, now: str, withheld: Collection[str]) -> bool:  # noqa: ANN401 - as above
    """Return whether no more has to be done for other links and pictures of the text ``now`` than to make its page.

    Both are HTML. A story that the text ``before`` had no link to must be one of the edition, any other file one that
    is published whoever shows it; of files that were ``withheld`` nobody knows without asking all stories.
    """
    context, source = article._context, article.get_relative_source_path()  # noqa: SLF001 - Pelican gives it to each
    if None in map(context["generated_content"].get, links.new_to_stories(before, now, source)):
        return False
    was, is_now = ({each for each in links.in_html(html, source) if not each.is_to_story} for html in (before, now))
    others = was ^ is_now
    paths = {each.path for each in others}
    return all(each.kind == "static" for each in others) and are_published(paths, article, withheld)


def files_are_taken(added: Iterable[Any], led: Iterable[Any], withheld: Collection[str]) -> bool:
    """Return the same of all that the stories ``added`` show, and of the lead pictures of those ``led``."""
    new = list(added)
    leads = ((each, texts.files("", "", getattr(each, "image", None))) for each in (*new, *led))
    by_links = all(links_are_taken(each, "", each._content, withheld) for each in new)  # noqa: SLF001 - as below
    return by_links and all(are_published(files, each, withheld) for each, files in leads)


def are_published(paths: Iterable[str], article: Any, withheld: Collection[str]) -> bool:  # noqa: ANN401 - as above
    """Return whether the files at ``paths`` are published whether or not ``article`` shows them."""
    statics, below = article._context["static_content"], tuple(article.settings["STATIC_PATHS"])  # noqa: SLF001 - as above
    return all(
        path in statics and path not in withheld and any(PurePath(path).is_relative_to(each) for each in below)
        for path in paths
    )


def drop(content: Any, name: str) -> None:  # noqa: ANN401 - as above
    """Let no page find what ``content`` has by ``name``."""
    for own in (content.metadata, vars(content)):
        own.pop(name, None)


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
