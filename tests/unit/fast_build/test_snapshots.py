"""An edition's objects, kept and found again in another world."""

import itertools
import pickle
from gettext import NullTranslations
from typing import Any

import pytest

from plugins.fast_build import resuming, tracing
from plugins.fast_build.jobs import Job
from plugins.fast_build.resuming import Edition, World
from plugins.fast_build.snapshots import Things


class Story:
    def __init__(self, path: str, settings: Any, context: Any) -> None:
        self.relative_source_path = path
        self.settings = settings
        self._context = context
        self._content = f"text of {path}"
        self.older: Story | None = None


class Generator:
    def __init__(self, context: dict[str, Any]) -> None:
        self.context = context
        context["KEREGE_WORDS"] = NullTranslations()

    def make(self, story: Story) -> dict[str, bytes]:
        return {"a": story.relative_source_path.encode()}


class Tag:
    def __init__(self, name: str, settings: Any) -> None:
        self.name = name
        self.settings = settings


def kept(**values: Any) -> tuple[bytes, list[Any], dict[str, Any]]:
    settings = {"SITENAME": "A paper"}
    context: dict[str, Any] = {**settings, **values}
    generator = Generator(context)
    recorder = tracing.Recorder()
    stories = [Story(f"{number}.md", settings, context) for number in range(3000)]  # deeper than Python may recurse
    for older, newer in itertools.pairwise(stories):
        newer.older = older
        newer.__class__ = tracing.traced(Story, recorder)
    job = Job("a", context, {"story": stories[-1], "tag": Tag("Rail", settings)}, generator.make)
    context["heard"] = context["KEREGE_WORDS"].gettext
    edition = Edition(
        context, context, {each.relative_source_path: each for each in stories}, {}, [job], frozenset(), {}
    )
    return (*resuming.kept(edition, settings, Things(Story, Generator, Generator)), settings)


def test_all_is_found_again_with_this_worlds_settings_generators_and_words() -> None:
    snapshot, stories, _ = kept(desk={"of": "Osh"})
    assert len(stories) == 3000
    settings, context = {"SITENAME": "Another"}, {"SITENAME": "Another"}
    world = World(settings, context, tracing.Recorder(), lambda path: f"kept {path}", lambda cls, each: cls(each))
    edition = world.edition(snapshot, Generator, {"build_time": 5})
    (job,) = edition.jobs
    story = job.given["story"]
    assert story is edition.contents["2999.md"]
    assert (story.settings, story._context, story.older.older.relative_source_path) == (settings, context, "2997.md")
    assert (story._content, edition.contents["0.md"].__class__) == ("kept 2999.md", Story)
    assert job.given["tag"].settings is settings
    assert (job.context["desk"], job.context["SITENAME"], job.context["build_time"]) == ({"of": "Osh"}, "Another", 5)
    assert job.context["heard"].__self__ is context["KEREGE_WORDS"]
    assert job.make(story) == {"a": b"2999.md"}
    assert job.make.__self__ is world.generator(Generator)  # type: ignore[attr-defined]  # a method


def test_what_cannot_be_kept_is_told() -> None:
    with pytest.raises(pickle.PicklingError):
        kept(odd=lambda: None)


def test_what_reads_a_text_that_is_not_there_yet_is_noted() -> None:
    snapshot, _, settings = kept()
    recorder = tracing.Recorder()
    world = World(settings, dict(settings), recorder, lambda _: "words", lambda cls, each: cls(each))
    story = world.edition(snapshot, Generator, {}).contents["7.md"]
    recorder.begin({}, {})
    assert story._content == "words"
    assert recorder.end() >= {("text", "7.md")}
    with pytest.raises(AttributeError):
        _ = story.absent
