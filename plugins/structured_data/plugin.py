"""The adapter: gives templates the view ``structured_data``, and writes the pictures that stories are shared by."""

import shutil
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

from pelican import signals
from pelican.generators import Generator
from PIL import Image

from .._kit import renewing, urls, wiring
from .._kit.errors import EditionError, Problem
from . import cards, reading
from .model import Edition, Picture
from .settings import StructuredDataSettings
from .views import HeadView

_NAME = "STRUCTURED_DATA"
_ORDERS = "structured_data_cards"
_CARDS = "structured_data_cards_of"  # by the story's address


def register() -> None:
    """Connect the plugin to Pelican."""
    wiring.start()
    signals.initialized.connect(_read_settings)
    signals.generator_init.connect(_add_templates)
    signals.static_generator_finalized.connect(_order_cards)
    signals.all_generators_finalized.connect(_put_view)
    signals.get_generators.connect(_generators)


class Cards(Generator):
    """Writes the pictures that stories are shared by; what an earlier build made is taken from the cache."""

    def generate_output(self, writer: Any) -> None:  # noqa: ARG002 - Pelican's own signature
        """Write what ``_put_view`` ordered."""
        folder = Path(self.settings[_NAME].cards_cache)
        orders: Mapping[str, cards.Order] = self.context.pop(_ORDERS, {})
        with ThreadPoolExecutor() as pool:
            kept = list(pool.map(lambda order: _kept(order, folder), orders.values()))
        for path, file in zip(orders, kept, strict=True):
            target = Path(self.output_path) / path
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)


def _generators(_: Any) -> type[Generator]:
    return Cards


def _read_settings(pelican: Any) -> None:
    wiring.read_settings(pelican, StructuredDataSettings, _NAME)


def _add_templates(generator: Any) -> None:
    wiring.add_templates(generator, __file__)


def _put_view(generators: Sequence[Any]) -> None:
    context = generators[0].context
    wiring.halt(context)
    settings: StructuredDataSettings = context[_NAME]
    context["structured_data"] = HeadView(_edition(context, settings), settings)


def _edition(context: Any, settings: StructuredDataSettings) -> Edition:
    siteurl = context["SITEURL"].rstrip("/")
    name = context["SITENAME"]
    return Edition(
        name=name,
        description=context.get("SITESUBTITLE") or name,
        siteurl=siteurl,
        lang=context["DEFAULT_LANG"],
        locale=context.get("EDITION_LOCALE") or "",
        card=_picture(context, "share_image", settings.share_image_alt or name),
        logo=_picture(context, "logo", name),
        corrections_policy=urls.absolute(siteurl, settings.corrections_policy) if settings.corrections_policy else "",
        same_as=settings.same_as,
        cards=context.pop(_CARDS, {}),
    )


def _order_cards(generator: Any) -> None:
    """Order the pictures of all stories while these still show their originals, which are the best to cut from."""
    context = generator.context
    wiring.halt(context)
    if context[_NAME].cards and context["SITEURL"]:
        context[_CARDS] = _cards(context)
        renewing.on_new_words(context, _has_same_headline)
        renewing.on_new_labels(context, _may_have_other_cards)


def _has_same_headline(_article: Any, before: renewing.Read, now: renewing.Read) -> bool:
    """Return whether the picture to share a story by, which may be drawn from its headline, stays as it is."""
    return bool(before[1].get("title") == now[1].get("title"))


def _may_have_other_cards(_articles: Any) -> None:
    """Have all built: a picture that is drawn may say the story's section."""


def _cards(context: Any) -> dict[str, tuple[Picture, ...]]:
    """Order the pictures of all stories, and return them by the story's address."""
    files = {item.save_as: Path(item.source_path) for item in context["static_content"].values()}
    found: dict[str, tuple[Picture, ...]] = {}
    cut = cache(cards.cuts)
    context[_ORDERS] = ordered = {}
    for article in [*context["articles"], *(each for one in context["articles"] for each in one.translations)]:
        figure = getattr(article, "image", None)
        src = str(getattr(figure, "src", None) or "")
        if src:
            orders = cut(files[src]) if src in files and not src.lower().endswith(".svg") else ()
        else:
            orders = _drawn(article, context)
        if orders:
            alt = str(getattr(figure, "alt", None) or reading.plain(article.title))
            ordered.update({order.path: order for order in orders})
            found[article.url] = tuple(
                Picture(urls.absolute(context["SITEURL"], order.path), alt, *order.size) for order in orders
            )
    return found


def _drawn(article: Any, context: Any) -> tuple[cards.Order, ...]:
    countries = getattr(article, "countries", None)
    kicker = countries[0].name if countries and not isinstance(countries, str) else str(article.category)
    words = cards.Words(reading.plain(article.title), kicker, context["SITENAME"], context[_NAME].card_font)
    drawn = cards.drawing(words)
    return (drawn,) if drawn else ()


def _kept(order: cards.Order, cache: Path) -> Path:
    """Return the file in the cache, made if it is not there yet."""
    file = cache / Path(order.path).name
    if not file.is_file():
        cache.mkdir(parents=True, exist_ok=True)
        unfinished = file.with_suffix(".part")
        unfinished.write_bytes(cards.made(order))
        unfinished.replace(file)
    return file


def _picture(context: Any, setting: str, alt: str) -> Picture | None:
    """Return the static file that ``setting`` names, with its size where it has pixels (an SVG has none)."""
    url = getattr(context[_NAME], setting)
    if not url:
        return None
    files = [Path(item.source_path) for item in context["static_content"].values() if item.save_as == url]
    if not files:
        place = f"{_NAME}[{setting!r}]"
        raise EditionError([Problem(place, 0, f"is {url!r}, which is no static file", "Mend the name.", "settings")])
    width, height = (None, None) if url.endswith(".svg") else _size(files[0])
    return Picture(urls.absolute(context["SITEURL"], url), alt, width, height)


def _size(file: Path) -> tuple[int, int]:
    with Image.open(file) as image:
        return image.size
