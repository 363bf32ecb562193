"""What a plugin does when some sources alone are new: it asks for it here, and is called where not all is built.

All steps are kept in the context, for the length of a run.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, MutableMapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

LABELS = frozenset({"tags", "category", "author", "authors"})
"""The metadata by which a story stands in lists, and that are nothing else to it."""
PLACES = frozenset({"date", "modified", "countries", "sources"})
"""The metadata that decide where among others a story stands."""
TOLD = frozenset({"corrections", "image"})
"""The metadata that are told of a story in one more place than where it stands: some plugin gathers them of all."""
_WORD_STEPS = "kerege_word_steps"
_FILE_STEPS = "kerege_file_steps"
_LABEL_STEPS = "kerege_label_steps"
_STORY_STEPS = "kerege_story_steps"
_STATIC_STEPS = "kerege_static_steps"
_END_STEPS = "kerege_end_steps"
_RELABELLED = "kerege_relabelled"

Context = MutableMapping[str, Any]
Read = tuple[Any, dict[str, Any]]
"""What Pelican's reader makes of a file: its content as HTML, and its metadata."""
WordStep = Callable[[Any, Read, Read], bool]
"""Gets a story, what its file was read as before, and what it is read as now."""
FileStep = Callable[[Any], Iterable[type] | None]
"""Gets a generator; returns the classes of those that shall write anew, or None if all must be built."""
LabelStep = Callable[[Any], Iterable[type] | None]
"""Gets the generator of articles; returns the same."""
Patch = Callable[[Mapping[str, bytes], Collection[Any]], Mapping[str, bytes] | None]
"""Gets files as they were, by name, and stories of which nothing but the text is another; returns the files as they are
now, None if it cannot."""


StaticStep = Callable[[Any, Mapping[str, Any]], bool]
"""Gets the context, and Pelican's objects of files that are published as they are, by their paths below the content
folder; returns whether it can take them over."""


class Put(NamedTuple):
    """What has become of files in the output, all by their names below it."""

    there: Collection[str] = ()
    """Those that were put there."""
    gone: Collection[str] = ()
    """Those that do not belong there any more."""


EndStep = Callable[[Any, Path], Put | None]
"""Gets the context and the output folder; returns what it has put there, or None if all must be built."""


class Moved(NamedTuple):
    """A story that has other ``LABELS``, ``PLACES`` or what is ``TOLD`` of it."""

    story: Any
    """The story, which has them already."""
    now: Any
    """The same as Pelican has just read it from its file."""
    names: frozenset[str]
    """By which names its metadata are others."""
    before: Any
    """What has as attributes the ``LABELS`` that it had."""


class Touched(NamedTuple):
    """What hangs on stories that are new, or stand elsewhere now."""

    stories: Iterable[Any] = ()
    """Other stories that were given something else."""
    writers: Iterable[type] = ()
    """The classes of generators that have to write anew."""


StoryStep = Callable[[Any, Sequence[Any], Sequence[Moved]], Touched | None]
"""Gets the generator of articles, the stories that are new, and those that have others by the step's names."""


def on_new_words(context: Context, step: WordStep) -> None:
    """Have ``step`` called when the preview takes over a story of which the words alone are new, without a whole build.

    Words are its text, its headline and its standfirst; the story has them by then. The step brings up to date what
    its plugin made of them before pages were made, and returns whether that is enough: if not, all is built.
    """
    context.setdefault(_WORD_STEPS, []).append(step)


def word_steps(context: Mapping[str, Any]) -> Sequence[WordStep]:
    """Return all such steps."""
    steps: Sequence[WordStep] = context.get(_WORD_STEPS, ())
    return steps


def on_new_files(context: Context, files: Iterable[Path], step: FileStep) -> None:
    """Have ``step`` called when of all sources only ``files``, which are no stories, are new, and words of stories.

    It puts anew into the context what its plugin makes of them, as long as this is what it puts there for good. Nothing
    else may be read of these files. For a mistake in them it raises EditionError before anything is put. Generators
    whose classes it returns then write again: the same pages and files, and nothing but by ``write_page``,
    ``write_files`` or the writer itself.
    """
    context.setdefault(_FILE_STEPS, []).append((frozenset(str(file.absolute()) for file in files), step))


def file_steps(context: Mapping[str, Any]) -> Sequence[tuple[frozenset[str], FileStep]]:
    """Return all such steps, each with the absolute paths of its files."""
    steps: Sequence[tuple[frozenset[str], FileStep]] = context.get(_FILE_STEPS, ())
    return steps


def on_new_statics(context: Context, step: StaticStep) -> None:
    """Have ``step`` called when the preview takes over new files that are published as they are, such as pictures.

    They are in no list and in no mapping of the context yet. The step raises EditionError for a mistake in them, before
    it does anything else; it returns whether that is enough: if not, all is built.
    """
    context.setdefault(_STATIC_STEPS, []).append(step)


def static_steps(context: Mapping[str, Any]) -> Sequence[StaticStep]:
    """Return all such steps."""
    steps: Sequence[StaticStep] = context.get(_STATIC_STEPS, ())
    return steps


def at_the_end(context: Context, step: EndStep) -> None:
    """Have ``step`` called each time when all that is new is taken over, before pages are made.

    It does once what other steps of its plugin left for all of them together, and puts into the output what pages show
    besides; files that are published as they are it exchanges in the context, for another list of ``staticfiles``, and
    they are put there and removed by that.
    """
    context.setdefault(_END_STEPS, []).append(step)


def end_steps(context: Mapping[str, Any]) -> Sequence[EndStep]:
    """Return all such steps."""
    steps: Sequence[EndStep] = context.get(_END_STEPS, ())
    return steps


def on_new_labels(context: Context, step: LabelStep, names: Collection[str] = LABELS | PLACES) -> None:
    """Have ``step`` called when the preview takes over stories with other ``LABELS``, without a whole build.

    Or with other ``PLACES``, or other ``TOLD`` metadata, or stories that are new: the generator's articles have all of
    that by then. The step puts anew into the context what its plugin makes of all stories' labels. Generators whose
    classes it returns then write again as in a whole build, by ``write_list``, ``write_page`` and ``write_files``: what
    they do not write any more is removed. Steps are called in the order in which they were asked for.

    What the plugin makes hangs on the metadata of its ``names`` alone: it is not called where no story is new and each
    has the same by all of them. Who lists stories in their order hangs on ``date``.
    Where nothing but labels and words is another, ``relabelled`` says of which stories, so that not all have to be
    looked at.
    """
    context.setdefault(_LABEL_STEPS, []).append((frozenset(names), step))


@contextmanager
def relabelling(context: Context, moved: Sequence[Moved] | None) -> Iterator[None]:
    """Say meanwhile which stories are ``moved``, if by labels alone; None if more is another than labels and words."""
    context[_RELABELLED] = moved
    try:
        yield
    finally:
        del context[_RELABELLED]


def relabelled(context: Mapping[str, Any]) -> Sequence[Moved] | None:
    """Return which stories have other labels, where no other has come or stands elsewhere.

    None if that is not all, or if nobody says so: all stories are to be listed anew then.
    """
    moved: Sequence[Moved] | None = context.get(_RELABELLED)
    return moved


def placing(stories: Sequence[Any]) -> Callable[[Any], int]:
    """Return what tells the place of one of ``stories`` among them, without reading anything of it."""
    places = {object.__hash__(story): place for place, story in enumerate(stories)}
    return lambda story: places[object.__hash__(story)]


def on_new_stories(context: Context, step: StoryStep, names: Collection[str] = PLACES) -> None:
    """Have ``step`` called when the preview takes over stories that are new or have others by ``names``.

    The generator's articles and their order are right by then. The step does for these stories what its plugin does for
    each one in a whole build, and brings up to date what it gave to others because of them; it returns what that was,
    or None if all must be built. Then all are listed anew, as with other ``LABELS``.
    """
    context.setdefault(_STORY_STEPS, []).append((frozenset(names), step))


def story_steps(context: Mapping[str, Any]) -> Sequence[tuple[frozenset[str], StoryStep]]:
    """Return all such steps, each with its names."""
    steps: Sequence[tuple[frozenset[str], StoryStep]] = context.get(_STORY_STEPS, ())
    return steps


def is_due(writer: Any, content: Any) -> bool:  # noqa: ANN401 - Pelican's own
    """Return whether a generator that writes again has to ask ``writer`` for the page of ``content``.

    Where some stories are new, it has to for them alone; in a whole build for all.
    """
    known: Callable[[Any], bool] = getattr(writer, "is_due", lambda _: True)
    return known(content)


def label_steps(context: Mapping[str, Any]) -> Sequence[tuple[frozenset[str], LabelStep]]:
    """Return all such steps, each with its names."""
    steps: Sequence[tuple[frozenset[str], LabelStep]] = context.get(_LABEL_STEPS, ())
    return steps
