"""The adapter: takes the theme's static files over from Pelican, and gives templates the view ``theme_assets``."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pelican import signals
from pelican.generators import Generator

from .._kit import output, wiring
from . import bundles, sources
from .model import AssetsView
from .settings import ThemeAssets

_TAKEN = "KEREGE_THEME_STATIC_PATHS"
_FILES = "theme_assets_files"


def register() -> None:
    """Connect the plugin to Pelican."""
    wiring.start()
    signals.initialized.connect(_read_settings)
    signals.all_generators_finalized.connect(_put_view)
    signals.get_generators.connect(_generators)


class ThemeFiles(Generator):
    """Writes the bundle, the scripts, and the theme's other files."""

    def generate_output(self, writer: Any) -> None:  # noqa: ARG002 - Pelican's own signature
        """Write what ``_put_view`` made."""
        folder = Path(self.output_path) / self.settings["THEME_STATIC_DIR"]
        for path, content in self.context.pop(_FILES, {}).items():
            target = folder / path
            output.write(target, content.read_bytes() if isinstance(content, Path) else content)


def _read_settings(pelican: Any) -> None:
    wiring.read_settings(pelican, ThemeAssets, "THEME_ASSETS")


def _generators(_: Any) -> type[Generator]:
    return ThemeFiles


def _put_view(generators: Sequence[Any]) -> None:
    context, settings = generators[0].context, generators[0].settings
    wiring.halt(context)
    chosen = settings["THEME_ASSETS"]
    paths = settings["THEME_STATIC_PATHS"] or settings.get(_TAKEN, [])
    found = sources.find([Path(settings["THEME"]) / path for path in paths], settings["IGNORE_FILES"])
    if chosen.first not in found:
        return
    settings[_TAKEN], settings["THEME_STATIC_PATHS"] = paths, []  # Pelican copies none of them; a next run finds them
    sheet, script = bundles.stylesheet(found, chosen), bundles.script(found, chosen)
    sheets, scripts = bundles.stylesheet_files(found, chosen), bundles.script_files(found, chosen)
    folder = settings["THEME_STATIC_DIR"]
    context["theme_assets"] = AssetsView(
        f"{folder}/{sheet.path}",
        {name: f"{folder}/{asset.path}" for name, asset in sheets.items()},
        f"{folder}/{script.path}" if script else "",
        bundles.early(found, chosen),
        {name: f"{folder}/{asset.path}" for name, asset in scripts.items()},
    )
    made = (sheet, *sheets.values(), *([script] if script else []), *scripts.values())
    context[_FILES] = {asset.path: asset.content for asset in made} | bundles.others(found)
