"""The adapter: gives templates the view ``structured_data``."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pelican import signals
from PIL import Image

from .._kit import urls, wiring
from .._kit.errors import EditionError, Problem
from .model import Edition, Picture
from .settings import StructuredData
from .views import HeadView

_NAME = "STRUCTURED_DATA"


def register() -> None:
    """Connect the plugin to Pelican."""
    wiring.start()
    signals.initialized.connect(_read_settings)
    signals.generator_init.connect(_add_templates)
    signals.all_generators_finalized.connect(_put_view)


def _read_settings(pelican: Any) -> None:
    wiring.read_settings(pelican, StructuredData, _NAME)


def _add_templates(generator: Any) -> None:
    wiring.add_templates(generator, __file__)


def _put_view(generators: Sequence[Any]) -> None:
    context = generators[0].context
    wiring.halt(context)
    settings: StructuredData = context[_NAME]
    context["structured_data"] = HeadView(_edition(context, settings), settings)


def _edition(context: Any, settings: StructuredData) -> Edition:
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
    )


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
