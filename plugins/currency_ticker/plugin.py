"""Where rates meet Pelican: the view in every page's context, the page of all rates, the strip in foreign themes."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup, escape
from pelican import signals
from pelican.generators import Generator

from .._kit import clock, renewing, urls, wiring
from .._kit.errors import EditionError
from . import changes, courses, datasets, history, insertion, model, provenance, publications, small_charts, waiting
from .keeping import Store
from .lines import lines
from .settings import TickerSettings
from .views import Language, TickerView, ticker

SETTING = "CURRENCY_TICKER"
KEY = "currency_ticker"
_STRIP = "currency_ticker_strip"
_PAGES = "currency_ticker_pages"
_FILES = "currency_ticker_files"
_LATEST = "currency_ticker_latest"


def register() -> None:
    """Connect the plugin's receivers."""
    wiring.start()
    signals.initialized.connect(_read_settings)
    signals.generator_init.connect(_add_templates)
    signals.article_generator_finalized.connect(_add_view)
    signals.get_generators.connect(_generators)
    signals.content_written.connect(_insert_strip)


class RatesPages(Generator):
    """Writes the page of all rates, and each currency's."""

    def generate_context(self) -> None:
        """Load the strip for pages of themes that know nothing of it."""
        if self.settings[SETTING].inject:
            self.context[_STRIP] = self.get_template("currency_ticker/strip")

    def generate_output(self, writer: Any) -> None:
        """Write the pages at the setting's address."""
        pages = self.context.pop(_PAGES, ())
        asked = provenance.publishers(self.settings[SETTING], _language(self))
        url = self.settings[SETTING].rates_url
        wiring.write_page(self, writer, url, "currency_ticker/rates", currencies=pages, publishers=asked)
        for page in pages:
            wiring.write_page(self, writer, page.line.url, "currency_ticker/currency", currency=page)
        before, after = map(Markup, self.context.pop(_LATEST))
        template = self.env.get_template("currency_ticker/latest.json")
        writer.write_file(self.context[KEY].latest_url, template, self.context, before=before, after=after)
        self._write_files(writer)

    def _write_files(self, writer: Any) -> None:
        """Write what is no page of the site: the data, and the frame that others put into theirs."""
        folder = f"{self.settings[SETTING].rates_url}embed/"
        style = (Path(__file__).parent / "frame" / "frame.css").read_bytes()
        given = {**self.context.pop(_FILES, {}), f"{folder}frame.css": style}
        feed = self.context[KEY].feed_url
        if feed in given and (sheet := getattr(self.context.get("syndication"), "style", "")):
            given[feed] = changes.styled(given[feed], urls.absolute(urlsplit(self.settings["SITEURL"]).path, sheet))
        wiring.write_files(writer, "rates", given, partial(self._files, folder, given))

    def _files(self, folder: str, given: Mapping[str, bytes]) -> dict[str, bytes]:
        frame = self.get_template("currency_ticker/embed").render(self.context)
        return {**given, f"{folder}index.html": frame.encode()}


def _read_settings(pelican: Any) -> None:
    wiring.read_settings(pelican, TickerSettings, SETTING)
    wiring.add_static(pelican, __file__)


def _add_templates(generator: Any) -> None:
    wiring.add_templates(generator, __file__)


def _generators(_pelican: Any) -> type[Generator]:
    return RatesPages


def _add_view(generator: Any) -> None:
    _put_view(generator)
    file = _history(generator)
    renewing.on_new_files(generator.context, (file, Store(file).held), _take_rates)


def _take_rates(generator: Any) -> tuple[type[Generator]]:
    """Show what is known now; raise EditionError for mistakes."""
    _put_view(generator)
    wiring.tell(generator.context)
    return (RatesPages,)


def _history(generator: Any) -> Path:
    return Path(generator.settings["PATH"], generator.settings[SETTING].history)


def _put_view(generator: Any) -> None:
    settings: TickerSettings = generator.settings[SETTING]
    file = _history(generator)
    try:
        observations = history.read(file, _shown(file))
        held = waiting.read(Store(file).held, _shown(Store(file).held))
    except EditionError as error:
        for problem in error.problems:
            wiring.add_problem(generator.context, problem)
        return
    zones = {seen.time_zone for seen in observations}
    now = wiring.build_time(generator.context, lambda now: clock.next_day(now, [str(now.tzinfo), *zones]))
    language, known = _language(generator), model.series(observations)
    shown = lines(known, settings, now, [each.as_held() for each in held])
    edition = courses.Edition(settings, language, now.date())
    view = small_charts.with_small_charts(ticker(shown, settings, language), known, edition)
    generator.context[KEY] = view
    generator.context[_PAGES] = courses.currencies(shown, view.lines, known, edition)
    told = publications.Told(tuple(shown), view, known, file.read_bytes())
    generator.context[_LATEST] = datasets.latest(shown, view)
    generator.context[_FILES] = publications.files(told, edition, now, _channel(generator, view))


def _channel(generator: Any, view: TickerView) -> changes.Channel:
    site = generator.settings["SITEURL"]
    authority = generator.settings[SETTING].authority or f"{urlsplit(site).hostname or 'localhost'},2024"
    page, address = (urls.absolute(site, url) for url in (view.rates_url, view.feed_url))
    return changes.Channel(authority, generator.settings["SITENAME"], generator.settings["DEFAULT_LANG"], page, address)


def _language(generator: Any) -> Language:
    return Language(wiring.locale(generator.settings), wiring.words(generator).gettext)


def _shown(file: Path) -> str:
    here = Path.cwd()
    return str(file.relative_to(here) if file.is_relative_to(here) else file)


def _insert_strip(path: str, context: dict[str, Any]) -> None:
    if _STRIP not in context or not path.endswith((".html", ".htm")):
        return
    file = Path(path)
    page = file.read_bytes().decode("utf-8")
    static = urls.absolute(context["SITEURL"], f"{context['THEME_STATIC_DIR']}/currency_ticker/ticker.css")
    file.write_bytes(insertion.insert(page, context[_STRIP].render(context), escape(static)).encode("utf-8"))
