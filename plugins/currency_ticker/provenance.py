"""Where the figures come from, for readers."""

from collections.abc import Iterator

from .model import Kind
from .publishers import publisher, shown_name
from .settings import TickerSettings
from .sources.catalogue import SOURCES
from .sources.pegs import PEGS
from .views import Language, SourceView, kind_words


def publishers(settings: TickerSettings, language: Language) -> tuple[SourceView, ...]:
    """Return whose rates the edition shows, in its order, and then whom it asks to bear them out."""
    return (*_shown(settings, language), *_witnesses(settings, language))


def _shown(settings: TickerSettings, language: Language) -> Iterator[SourceView]:
    decreed = {peg.origin: peg for peg in PEGS}
    for origin in settings.sources:
        if peg := decreed.get(origin):
            yield _view(peg.source, _words(Kind.FIXED, peg.currency, language), language)
        elif source := SOURCES.get(origin):
            yield _view(origin, _words(source.kind, source.own, language), language)
        else:
            yield _view(origin, "", language)


def _words(kind: Kind, currency: str | None, language: Language) -> str:
    return ", ".join(part for part in (kind_words(kind, language.translate), currency) if part)


def _witnesses(settings: TickerSettings, language: Language) -> Iterator[SourceView]:
    for name in settings.ask:
        if SOURCES[name].kind is Kind.OFFICIAL and SOURCES[name].origin not in settings.sources:
            yield _view(name, language.translate("a second witness, not shown"), language)


def _view(source: str, words: str, language: Language) -> SourceView:
    known = publisher(source)
    return SourceView(shown_name(known, language.translate), known.url, words)
