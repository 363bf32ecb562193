"""robots.txt (RFC 9309): the edition's choice for each kind of robot, and where the sitemaps are."""

from collections.abc import Iterable

from .settings import SyndicationSettings


def robots_txt(settings: SyndicationSettings, sitemaps: Iterable[str]) -> str:
    """Return the file; ``sitemaps`` are absolute addresses.

    A robot obeys the one group that names it and then reads no other, so each group repeats what nobody may take.
    """
    groups = [
        _group("Training of language models", settings.training_robots, settings, allowed=settings.allow_training),
        _group("Search", settings.search_robots, settings, allowed=settings.allow_search),
        _group("One page for one person, at once", settings.fetch_robots, settings, allowed=settings.allow_fetch),
        _group("All others", ("*",), settings, allowed=True),
    ]
    named = "\n".join(f"Sitemap: {address}" for address in sitemaps)
    return "\n\n".join([*filter(None, groups), *filter(None, [named])]) + "\n"


def _group(title: str, robots: Iterable[str], settings: SyndicationSettings, *, allowed: bool) -> str:
    names = [f"User-agent: {robot}" for robot in robots]
    if not names:
        return ""
    closed = [f"Disallow: {path}" for path in settings.disallow]
    rules = closed or ["Disallow:"]
    return "\n".join([f"# {title}", *names, *(rules if allowed else ["Disallow: /"])])
