"""What the template of the head shows."""

import msgspec
from jinja2 import pass_context
from markupsafe import Markup

from . import open_graph, reading, schema_org
from .embedding import script_json
from .model import Edition, Link, Page
from .open_graph import Meta
from .settings import StructuredDataSettings


class Head(msgspec.Struct, frozen=True):
    """One page's head, without title and description, which are the theme's."""

    canonical: str
    """The page's one public address; empty where search engines shall leave it out."""
    robots: str
    """What search engines are asked."""
    alternates: tuple[Link, ...]
    """`name` (a language or `x-default`) and `url` of the page in each language; empty where there is only one."""
    metas: tuple[Meta, ...]
    """`attribute`, `name` and `content` of Open Graph's elements."""
    json_ld: Markup
    """The schema.org graph, safe to stand in a script element; empty where there is none."""


class HeadView(msgspec.Struct, frozen=True):
    """What the heads of all pages have in common, and the way to each."""

    edition: Edition
    """Who publishes."""
    settings: StructuredDataSettings
    """What the edition chose."""

    @pass_context
    def head(self, context: reading.Context) -> Head:
        """Return the head of the page that is being written; a template calls it without arguments.

        It reads `article`, `page`, `listing` and `subject`, and the theme's `head_title` and `head_description`.
        """
        page = reading.read(context, self.edition, self.settings)
        if page.noindex or page.error:
            return Head("", "noindex" if page.noindex else "", (), (), Markup())
        return Head(
            canonical=page.url,
            robots="max-image-preview:large",
            alternates=alternates(page, self.edition.lang),
            metas=open_graph.metas(page, self.edition, self.settings.twitter_site),
            json_ld=script_json(schema_org.graph(page, self.edition)),
        )


def alternates(page: Page, default_lang: str) -> tuple[Link, ...]:
    """Return every language of ``page``, itself included, by language; then the default, for all other readers."""
    if not page.translations:
        return ()
    every = sorted([Link(page.lang, page.url), *page.translations], key=lambda link: link.name)
    return (*every, Link("x-default", page.original(default_lang).url))
