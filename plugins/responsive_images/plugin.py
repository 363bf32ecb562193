"""The adapter: finds what the edition shows, has it made, and puts it in place of the originals."""

from collections.abc import Collection, Iterable, Mapping, Sequence
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
from .settings import ResponsiveImagesSettings
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
    files = {path: Path(item.source_path) for path, item in context["static_content"].items()}
    files = {path: file for path, file in sorted(files.items()) if edition.has_pixels(path)}
    known, problems = workshop.described(files, cache, settings)
    if problems:
        raise EditionError(problems)
    contents = [each for _, each in sorted(context["generated_content"].items())]
    plans = edition.plans({each for content in contents for each in _shown(content)}, known, settings)
    slots = recipes.slots(settings)
    pictures = {shown: plan.picture(slots) for shown, plan in plans.items()}
    for content in contents:
        _replace(content, pictures)
    renewing.on_new_words(context, partial(_replace_again, pictures))
    renewing.on_new_stories(context, partial(_shows_none, frozenset(pictures)))
    context[KEY] = PicturesMade({quote(each.path): pictures[each] for each in sorted(pictures, reverse=True)})
    whole = edition.published(plans, known, _linked(contents, plans), settings.originals)
    edition.make(whole, files, known, cache)
    _hand_over(context, whole, cache)


def _shown(content: Any) -> Iterable[Shown]:
    yield from bodies.shown(content._content or "", _source(content))  # noqa: SLF001 - the text before links are resolved
    if lead := _lead(content):
        yield lead


def _lead(content: Any) -> Shown | None:
    """Return the lead picture, which the editorial plugin or the front matter names by its address."""
    figure = getattr(content, "image", None)
    src = getattr(figure, "src", figure)
    if not isinstance(src, str) or not src:
        return None
    return Shown(unquote(src), bodies.owner(str(getattr(figure, "credit", None) or "")))


def _source(content: Any) -> str:
    return str(content.get_relative_source_path() or "")


def _replace(content: Any, pictures: Mapping[Shown, Picture]) -> None:
    """Show the pictures in place of the originals, in the text and as the lead."""
    place = bodies.Place(_source(content), _root(content))
    lead = _lead(content)
    content._content = bodies.rewritten(content._content or "", place, pictures.get)  # noqa: SLF001 - as above
    if lead and (picture := pictures.get(lead)):
        content.picture = picture
        content.image = _with(content.image, picture)


def _replace_again(pictures: Mapping[Shown, Picture], content: Any, before: renewing.Read, now: renewing.Read) -> bool:
    """Show the pictures in a new text, if it shows the same as before, and names the same of all that are shown."""
    source, siteurl, own = _source(content), content.settings["SITEURL"], {each.path for each in pictures}
    same = [
        [sorted(bodies.shown(html, source)), own.intersection(bodies.references(html, source, siteurl))]
        for html, _ in (before, now)
    ]
    place = bodies.Place(source, _root(content))
    content._content = bodies.rewritten(now[0], place, pictures.get)  # noqa: SLF001 - as above
    return same[0] == same[1]


def _shows_none(
    pictures: Collection[Shown], _articles: Any, added: Sequence[Any], _moved: Sequence[renewing.Moved]
) -> renewing.Touched | None:
    """Return that nothing is to be done if new stories show no picture, nor refer to one of those that are shown."""
    shows = any(each for story in added for each in _shown(story))
    return (
        None if shows or not _linked(added, pictures).isdisjoint(each.path for each in pictures) else renewing.Touched()
    )


def _with(figure: Any, picture: Picture) -> Any:
    """Return the lead picture that other plugins and themes know, with the file that is for all."""
    now = {"src": picture.src, "width": picture.width, "height": picture.height}
    return picture.src if isinstance(figure, str) else msgspec.structs.replace(figure, **now)


def _root(content: Any) -> str:
    """Return what leads from the page to the site's root: its address, or steps up where links are relative."""
    if content.settings["RELATIVE_URLS"]:
        return "../" * path_to_url(content.save_as).count("/") or "./"
    return f"{content.settings['SITEURL']}/"


def _linked(contents: Iterable[Any], plans: Iterable[Shown]) -> set[str]:
    """Return the files that texts refer to, of those texts that name a folder of pictures at all."""
    folders = {each.path.rpartition("/")[0] for each in plans}
    linked: set[str] = set()
    for content in contents:
        text, siteurl = content._content, content.settings["SITEURL"]  # noqa: SLF001 - as above
        if any(folder in text for folder in folders):
            linked.update(bodies.references(text, _source(content), siteurl))
    return linked


def _hand_over(context: Any, whole: Edition, cache: Cache) -> None:
    """Give Pelican what it shall publish: no original that is not referred to, others without their metadata."""
    context[_MADE] = made = edition.addresses(whole, cache)
    published = []
    for item in context["staticfiles"]:
        path = item.get_relative_source_path()
        if path not in whole.hidden:
            clean = whole.clean.get(path)
            published.append(_static(context, cache.path(clean), item.save_as) if clean else item)
    context["staticfiles"][:] = published
    for plan in whole.plans.values():  # for whoever asks how many bytes a picture has
        url = plan.fallback.url
        context["static_content"][url] = _static(context, made[url], url)


def _static(context: Any, file: Path, url: str) -> Static:
    return Static(None, {"save_as": url, "url": url}, context, str(file.resolve()), context)
