"""An edition's objects, kept and found again in another world."""

import copy
import itertools
import pickle
from gettext import NullTranslations
from pathlib import Path
from typing import Any

import pytest

from plugins.fast_build import resuming, tracing
from plugins.fast_build.jobs import Job
from plugins.fast_build.resuming import Edition, World
from plugins.fast_build.shelving import Part, Shelved
from plugins.fast_build.snapshots import Objects, Things


class Story:
    def __init__(self, path: str, settings: Any, context: Any) -> None:
        self.relative_source_path = path
        self.settings = settings
        self._context = context
        self._content = f"text of {path}"
        self.source_path = f"/content/{path}"
        self.older: Story | None = None
        self.tag: Tag | None = None


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


THINGS = Things(Story, Generator, Generator, (Generator, Story))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "of.objects"


def kept(file: Path, **values: Any) -> tuple[Objects, list[Any], dict[str, Any]]:
    settings = {"SITENAME": "A paper"}
    context: dict[str, Any] = {**settings, **values}
    generator = Generator(context)
    recorder = tracing.Recorder()
    stories = [Story(f"{number}.md", settings, context) for number in range(3000)]  # deeper than Python may recurse
    rail, apart = Tag("Rail", settings), Story("apart.md", settings, context)
    stories[1].tag, stories[2998].tag = rail, rail
    for older, newer in itertools.pairwise(stories):
        newer.older = older
        newer.__class__ = tracing.traced(Story, recorder)
    given = {"story": stories[-1], "tag": rail, "apart": apart}
    made = [Job(f"{number}", context, given, generator.make) for number in range(600)]
    jobs = Shelved([Part([job.key for job in made], lambda: made)])
    context["heard"] = context["KEREGE_WORDS"].gettext
    contents = {each.relative_source_path: each for each in stories}
    lists = {(Generator, "topics/rail/"): stories[:2]}
    edition = Edition(context, context, contents, {}, jobs, [context], frozenset(), lists)
    found = resuming.keep(edition, settings, THINGS, file)
    return Objects(file), found, settings


def test_all_is_found_again_with_this_worlds_settings_generators_and_words(file: Path) -> None:
    snapshot, stories, _ = kept(file, desk={"of": "Osh"})
    assert len(stories) == 3001
    settings, context = {"SITENAME": "Another"}, {"SITENAME": "Another"}
    world = World(settings, context, tracing.Recorder(), lambda path: f"kept {path}", lambda cls, each: cls(each))
    edition = world.edition(snapshot, THINGS, {"build_time": 5})
    assert not any(map(tracing.is_awake, edition.contents.values()))
    assert list(edition.by_file)[-1] == "/content/2999.md"
    assert edition.by_file["/content/7.md"] is edition.contents["7.md"]
    job = edition.jobs["599"]
    story = job.given["story"]
    assert not tracing.is_awake(story)
    assert story is edition.contents["2999.md"]
    assert (story.settings, story._context, story.older.older.relative_source_path) == (settings, context, "2997.md")
    assert story._content == "kept 2999.md"
    assert edition.contents["0.md"].older is None
    assert edition.contents["0.md"].__class__ is Story
    assert tracing.is_awake(story)
    assert not tracing.is_awake(edition.contents["100.md"])
    assert job.given["tag"].settings is settings
    assert job.given["tag"] is edition.jobs["0"].given["tag"] is edition.contents["1.md"].tag
    assert story.older.tag is job.given["tag"]
    assert job.given["apart"] is edition.jobs["0"].given["apart"]
    assert (job.given["apart"].relative_source_path, len(edition.jobs)) == ("apart.md", 600)
    assert edition.lists == {(Generator, "topics/rail/"): [edition.contents["0.md"], edition.contents["1.md"]]}
    assert (job.context["desk"], job.context["SITENAME"], job.context["build_time"]) == ({"of": "Osh"}, "Another", 5)
    assert job.context["heard"].__self__ is context["KEREGE_WORDS"]
    assert job.make(story) == {"a": b"2999.md"}
    assert job.make.__self__ is world.generator(Generator)  # type: ignore[attr-defined]  # a method


def test_what_cannot_be_kept_is_told(file: Path) -> None:
    with pytest.raises(pickle.PicklingError):
        kept(file, odd=lambda: None)


def test_a_file_that_is_not_whole_holds_nothing(file: Path) -> None:
    kept(file)
    whole = file.read_bytes()
    for part in (b"", whole[:9], whole[:-1]):
        file.write_bytes(part)
        with pytest.raises(ValueError, match=r"of\.objects|empty"):
            Objects(file)


def test_who_sleeps_wakes_with_what_it_is_given_and_is_read_as_others_are(file: Path) -> None:
    snapshot, _, settings = kept(file)
    recorder = tracing.Recorder()
    world = World(settings, dict(settings), recorder, lambda _: "words", lambda cls, each: cls(each))
    contents = world.edition(snapshot, THINGS, {}).contents
    recorder.begin({}, {})
    assert contents["7.md"].older.relative_source_path == "6.md"
    assert recorder.end() == {("card", "6.md"), ("card", "7.md")}
    contents["900.md"].title = "Given"
    assert (contents["900.md"].title, contents["901.md"].older.title) == ("Given", "Given")
    other = copy.copy(contents["1900.md"])
    other.title = "Of the copy"
    assert (other.relative_source_path, hasattr(contents["1900.md"], "title")) == ("1900.md", False)
    recorder.begin({}, {})
    with tracing.unnoted(contents.values()):
        assert contents["2500.md"].relative_source_path == "2500.md"
    assert recorder.end() == set()
    assert tracing.untraced(type(contents["2500.md"])) == (Story, True)


def test_what_reads_a_text_that_is_not_there_yet_is_noted(file: Path) -> None:
    snapshot, _, settings = kept(file)
    recorder = tracing.Recorder()
    world = World(settings, dict(settings), recorder, lambda _: "words", lambda cls, each: cls(each))
    story = world.edition(snapshot, THINGS, {}).contents["7.md"]
    recorder.begin({}, {})
    assert story._content == "words"
    assert recorder.end() >= {("text", "7.md")}
    with pytest.raises(AttributeError):
        _ = story.absent
