"""The adapter: finds what the edition shows, has it made, and puts it in place of the originals."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import msgspec
from pelican import signals
from pelican.contents import Static
from pelican.generators import Generator
from pelican.utils import path_to_url

from .._kit import renewing, wiring
from .._kit.errors import EditionError
from . import bodies, edition, keeping, recipes, workshop
from .bodies import Shown
from .edition import Edition
from .keeping import Cache
from .model import Original
from .settings import ResponsiveImagesSettings
from .showing import NOTHING, Showing, Shows
from .views import Picture, PicturesMade

KEY = "responsive_images"
_NAME = "RESPONSIVE_IMAGES"
_MADE = "responsive_images_made"


def register() -> None:
    """Connect the plugin to Pelican."""
    wiring.start()
    signals.initialized.connect(_read_settings)
    signals.generator_init.connect(_add_templates)
    signals.all_generators_finalized.connect(_make)
    signals.get_generators.connect(_generators)


class Pictures(Generator):
    """Publishes what was made; what is in the output already stays."""

    def generate_output(self, writer: Any) -> None:  # noqa: ARG002 - Pelican's own signature
        """Put each file under its address."""
        made: Mapping[str, Path] = self.context.pop(_MADE, {})
        for url, kept in made.items():
            keeping.publish(kept, Path(self.output_path) / url)


def _generators(_: Any) -> type[Generator]:
    return Pictures


def _read_settings(pelican: Any) -> None:
    wiring.read_settings(pelican, ResponsiveImagesSettings, _NAME)


def _add_templates(generator: Any) -> None:
    wiring.add_templates(generator, __file__)


def _make(generators: Sequence[Any]) -> None:
    """Make all pictures before anything is written, so that a broken one stops the build."""
    context = generators[0].context
    wiring.halt(context)
    settings: ResponsiveImagesSettings = context[_NAME]
    cache = Cache(Path(settings.cache))
    files = _files(context, context["static_content"])
    known = _known(files, settings, cache)
    contents = [each for _, each in sorted(context["generated_content"].items())]
    found = [(each, _showing(each)) for each in contents]
    plans = edition.plans({each for _, showing in found for each in showing.shown}, known, settings)
    shows = Shows.among(files)
    shows.pictures |= _pictures(plans, settings)
    for content, showing in found:
        _show(content, showing, shows)
    shows.touched()
    _put_view(context, shows)
    renewing.on_new_statics(context, partial(_take_files, shows))
    renewing.on_new_words(context, partial(_show_again, shows))
    renewing.on_new_stories(context, partial(_show_others, shows), {"image"})
    renewing.at_the_end(context, partial(_settle, shows))
    whole = edition.published(plans, known, shows.linked(), settings.originals)
    edition.make(whole, files, known, cache)
    context[_MADE] = edition.addresses(whole, cache)
    context["staticfiles"] = _published(context, whole, cache, context["staticfiles"])
    _tell_sizes(context, whole, cache)


def _files(context: Any, paths: Iterable[str]) -> dict[str, Path]:
    """Return the files of those of ``paths`` that are pictures of the edition, in their order."""
    statics = context["static_content"]
    found = sorted(path for path in paths if path in statics and edition.has_pixels(path))
    return {path: Path(statics[path].source_path) for path in found}


def _known(files: Mapping[str, Path], settings: ResponsiveImagesSettings, cache: Cache) -> dict[str, Original]:
    """Return what is known of pictures; raises EditionError for broken ones."""
    known, problems = workshop.described(files, cache, settings)
    if problems:
        raise EditionError(problems)
    return known


def _pictures(plans: Mapping[Shown, recipes.Plan], settings: ResponsiveImagesSettings) -> dict[Shown, Picture]:
    slots = recipes.slots(settings)
    return {shown: plan.picture(slots) for shown, plan in plans.items()}


def _showing(content: Any) -> Showing:
    """Return what ``content`` shows while it has its originals yet; its links are not looked at."""
    html = content._content or ""  # noqa: SLF001 - the text before links are resolved
    return Showing(_lead(content), frozenset(bodies.shown(html, _source(content))))


def _show(content: Any, showing: Showing, shows: Shows) -> None:
    """Show the pictures in place of the originals, in the text and as the lead, and note to what else it refers."""
    html = content._content or ""  # noqa: SLF001 - as above
    source = _source(content)
    if showing.in_text:
        html = bodies.rewritten(html, bodies.Place(source, _root(content)), shows.pictures.get)
        content._content = html  # noqa: SLF001 - as above
    if showing.lead and (picture := shows.pictures.get(showing.lead)):
        content.picture = picture
        content.image = _with(content.image, picture)
    refers = bodies.references(html, source, content.settings["SITEURL"]) if shows.may_refer(html) else ()
    shows.put(source, Showing(showing.lead, showing.in_text, frozenset(refers)))


def _show_again(shows: Shows, content: Any, _before: renewing.Read, _now: renewing.Read) -> bool:
    """Show the pictures in a new text, in which others may stand."""
    lead = shows.of.get(_source(content), NOTHING).lead  # its file is another already than the one that was named
    _show_new(content, Showing(lead, _showing(content).in_text), shows)
    return True


def _show_others(
    shows: Shows, _articles: Any, added: Sequence[Any], moved: Sequence[renewing.Moved]
) -> renewing.Touched:
    """Show the pictures of new stories, and the lead pictures of those that have another, or none any more."""
    for story in added:
        _show_new(story, _showing(story), shows)
    for story in (each.story for each in moved):
        vars(story).pop("picture", None)
        _show_new(story, Showing(_lead(story), shows.of.get(_source(story), NOTHING).in_text), shows)
    return renewing.Touched()


def _show_new(content: Any, showing: Showing, shows: Shows) -> None:
    """Show what may not be shown elsewhere yet: it is only planned here."""
    context = content._context  # noqa: SLF001 - Pelican gives it to each
    new = showing.shown.difference(shows.pictures, shows.of.get(_source(content), NOTHING).shown)
    if files := _files(context, {each.path for each in new}):
        settings: ResponsiveImagesSettings = context[_NAME]
        known = _known(files, settings, Cache(Path(settings.cache)))
        shows.pictures |= _pictures(edition.plans(new, known, settings), settings)
    _show(content, showing, shows)


def _take_files(shows: Shows, context: Any, statics: Mapping[str, Any]) -> bool:
    """Look at new pictures; return whether texts were asked if they refer to files of their folder."""
    settings: ResponsiveImagesSettings = context[_NAME]
    files = {path: Path(each.source_path) for path, each in statics.items() if edition.has_pixels(path)}
    _known(files, settings, Cache(Path(settings.cache)))
    shows.touch(files)
    return all(map(shows.has_folder_of, files))


def _settle(shows: Shows, context: Any, output: Path) -> renewing.Put:
    """Make what is shown now, and publish that; originals are published or hidden by what shows and names them."""
    touched = shows.touched()
    if not touched:
        return renewing.Put()
    settings: ResponsiveImagesSettings = context[_NAME]
    cache, files, shown = Cache(Path(settings.cache)), _files(context, touched), shows.shown()
    known = _known(files, settings, cache)
    plans = edition.plans((each for each in shown if each.path in files), known, settings)
    whole = edition.published(plans, known, shows.linked(), settings.originals)
    edition.make(whole, files, known, cache)
    gone = shows.leave(shown)
    for url in gone:
        context["static_content"].pop(url, None)
    _tell_sizes(context, whole, cache)
    _put_view(context, shows)
    own = [context["static_content"][path] for path in files]
    others = {each.save_as for each in own}
    kept = [each for each in context["staticfiles"] if each.save_as not in others]
    context["staticfiles"] = [*kept, *_published(context, whole, cache, own)]
    made = edition.addresses(whole, cache)
    new = [url for url, file in made.items() if keeping.publish(file, output / url)]
    return renewing.Put(new, gone)


def _put_view(context: Any, shows: Shows) -> None:
    made = {quote(each.path): shows.pictures[each] for each in sorted(shows.pictures, reverse=True)}
    context[KEY] = PicturesMade(made)


def _lead(content: Any) -> Shown | None:
    """Return the lead picture, which the editorial plugin or the front matter names by its address."""
    figure = getattr(content, "image", None)
    src = getattr(figure, "src", figure)
    if not isinstance(src, str) or not src:
        return None
    return Shown(unquote(src), bodies.owner(str(getattr(figure, "credit", None) or "")))


def _source(content: Any) -> str:
    return str(content.get_relative_source_path() or "")


def _with(figure: Any, picture: Picture) -> Any:
    """Return the lead picture that other plugins and themes know, with the file that is for all."""
    now = {"src": picture.src, "width": picture.width, "height": picture.height}
    return picture.src if isinstance(figure, str) else msgspec.structs.replace(figure, **now)


def _root(content: Any) -> str:
    """Return what leads from the page to the site's root: its address, or steps up where links are relative."""
    if content.settings["RELATIVE_URLS"]:
        return "../" * path_to_url(content.save_as).count("/") or "./"
    return f"{content.settings['SITEURL']}/"


def _published(context: Any, whole: Edition, cache: Cache, items: Iterable[Any]) -> list[Any]:
    """Return what Pelican shall publish of ``items``: none that is hidden, others without their metadata."""
    published: list[Any] = []
    for item in items:
        path = item.get_relative_source_path()
        if path not in whole.hidden:
            clean = whole.clean.get(path)
            published.append(_static(context, cache.path(clean), item.save_as) if clean else item)
    return published


def _tell_sizes(context: Any, whole: Edition, cache: Cache) -> None:
    """Let it be found by the address that all pages name how many bytes a picture has."""
    for plan in whole.plans.values():
        url = plan.fallback.url
        if url not in context["static_content"]:
            context["static_content"][url] = _static(context, cache.path(plan.fallback), url)


def _static(context: Any, file: Path, url: str) -> Static:
    return Static(None, {"save_as": url, "url": url}, context, str(file.resolve()), context)
