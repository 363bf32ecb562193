"""Where the text edition meets Pelican: a page of text beside each page of the edition."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import msgspec
from markupsafe import Markup
from pelican import signals
from pelican.generators import Generator
from pelican.utils import get_relative_path

from .._kit import renewing, urls, wiring
from . import parts, simplifying
from .settings import TextEditionSettings
from .views import TextEditionView

SETTING = "TEXT_EDITION"
KEY = "text_edition"
_RATES = "text_edition/rates_line.html"  # its length decides nothing: it is not measured


class Twin(msgspec.Struct, frozen=True):
    """A page of the edition that is written as text too."""

    url: str
    """The page's address, relative to the site's root."""
    templates: tuple[str, ...]
    """What may show its text; the first that there is does."""
    given: Mapping[str, Any]
    """What the template is given besides the context."""


def register() -> None:
    """Connect the plugin's receivers."""
    wiring.start()
    signals.initialized.connect(_read_settings)
    signals.generator_init.connect(_add_templates)
    signals.all_generators_finalized.connect(_put_view)
    signals.get_generators.connect(_generators)


class TextPages(Generator):
    """Writes the text of stories and pages, and of each page that another plugin writes."""

    def generate_output(self, writer: Any) -> None:
        """Write the front page, the stories and the pages."""
        self._write(writer, Twin("", ("text_edition/front.html",), {}))
        for name, groups in (("article", ("articles", "hidden_articles", "drafts")), ("page", _PAGES)):
            for content in _contents(self.context, groups):
                if renewing.is_due(writer, content):
                    self._write(writer, Twin(content.url, (f"text_edition/{name}.html",), {name: content}))

    def follow(self, writer: Any, page: wiring.PageWritten) -> None:
        """Write the text of a page that another plugin has written."""
        listed = ("text_edition/list.html",) if "listing" in page.given else ()
        self._write(writer, Twin(page.url, (f"text_edition/{page.template}.html", *listed), page.given))

    def _write(self, writer: Any, twin: Twin) -> None:
        if address := self.context[KEY].address(twin.url):
            given = {**twin.given, "text page": address}
            wiring.write_files(writer, f"text:{address}", given, partial(self._files, twin, address), (_RATES,))

    def _files(self, twin: Twin, address: str) -> dict[str, bytes]:
        """Return the page of text, or its parts, by file."""
        values = {**self.context, **twin.given, **self._values(twin, address)}
        shown = self.env.get_or_select_template(list(twin.templates)).render(values)
        frame = self.env.get_template("text_edition/frame.html")
        values["full_url"] = urls.absolute(values["SITEURL"], twin.url)
        most = self.settings[SETTING].most_bytes
        made = parts.pages(address, shown, lambda part: frame.render(values, part=part), most)
        return {urls.save_as(url): page.encode() for url, page in made.items()}

    def _values(self, twin: Twin, address: str) -> dict[str, Any]:
        """Return what every template of the text edition gets besides what it shows."""
        siteurl = self._siteurl(address)
        content = twin.given.get("article") or twin.given.get("page")
        own = content.get_content(siteurl) if content else getattr(twin.given.get("subject"), "words", "")
        view: TextEditionView = self.context[KEY]
        picture = wiring.words(self).gettext("[Picture: %(alt)s]")
        body = simplifying.simplified(own, picture, lambda link: simplifying.led(link, siteurl, view.address))
        return {
            "SITEURL": siteurl,
            "text_root": f"{siteurl}/{view.url}",
            "body": Markup(body),  # noqa: S704 - the story's own HTML
        }

    def _siteurl(self, address: str) -> str:
        relative = self.settings["RELATIVE_URLS"]
        return str(get_relative_path(urls.save_as(address)) if relative else self.settings["SITEURL"])


_PAGES = ("pages", "hidden_pages", "draft_pages")


def _contents(context: Mapping[str, Any], groups: Iterable[str]) -> Iterator[Any]:
    """Yield what the edition has a page of, each with its translations."""
    for content in (each for group in groups for each in context.get(group, ())):
        yield content
        yield from content.translations


def _read_settings(pelican: Any) -> None:
    wiring.read_settings(pelican, TextEditionSettings, SETTING)


def _add_templates(generator: Any) -> None:
    wiring.add_templates(generator, __file__)


def _generators(_pelican: Any) -> type[Generator]:
    return TextPages


def _put_view(generators: Sequence[Any]) -> None:
    context = generators[0].context
    wiring.halt(context)
    settings: TextEditionSettings = generators[0].settings[SETTING]
    context[KEY] = TextEditionView(settings.url, settings.without)
    renewing.on_new_stories(context, _write_again)
    for own in (each for each in generators if isinstance(each, TextPages)):
        wiring.follow_pages(context, own.follow)


def _write_again(_articles: Any, added: Sequence[Any], _moved: Sequence[renewing.Moved]) -> renewing.Touched:
    """Have the texts of stories asked for anew where some are new."""
    return renewing.Touched(writers=(TextPages,) if added else ())
