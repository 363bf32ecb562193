"""What is noted of stories, and when."""

from types import SimpleNamespace
from typing import Any

import pytest

from plugins.fast_build import tracing
from plugins.fast_build.traces import Trace

TEXT, CARD = ("text", "a.md"), ("card", "a.md")


class Story:
    """A story as Pelican has it, for what is read of it here."""

    def __init__(self, **own: Any) -> None:
        vars(self).update(own)


def traced(recorder: tracing.Recorder, count: int = 3) -> list[Any]:
    stories = [Story(relative_source_path="a.md", tags=[], _content="Words") for _ in range(count)]
    tracing.trace(stories, recorder)
    return stories


def read(recorder: tracing.Recorder, story: Any) -> set[tuple[str, ...]]:
    recorder.begin({}, {})
    assert (story.tags, story._content) == ([], "Words")
    return recorder.end()


def test_what_is_read_of_stories_is_noted_but_for_the_while_that_it_is_not() -> None:
    recorder = tracing.Recorder()
    (story, *_), (other,) = traced(recorder), traced(recorder, 1)
    assert read(recorder, story) == {CARD, TEXT}
    classes = [type(story), type(other)]
    with tracing.unnoted([story, other]):
        assert read(recorder, story) == read(recorder, other) == set()
        with tracing.unnoted([story]):
            assert read(recorder, story) == set()
        assert read(recorder, story) == set()
        later = traced(recorder, 1)
        assert read(recorder, later[0]) == {CARD, TEXT}, "it is of no class that was left unnoted"
    for each in (story, other, *later):
        assert read(recorder, each) == {CARD, TEXT}
    assert [type(story), type(other)] == classes


def test_what_is_read_is_noted_again_after_a_failure() -> None:
    recorder = tracing.Recorder()
    story = traced(recorder)[0]
    with pytest.raises(LookupError), tracing.unnoted([story, SimpleNamespace()]):
        raise LookupError
    assert read(recorder, story) == {CARD, TEXT}


def test_a_page_and_a_part_of_it_each_note_the_story_that_both_read() -> None:
    recorder = tracing.Recorder()
    story, other = (Story(relative_source_path=name, title=name) for name in ("a.md", "b.md"))
    tracing.trace([story, other], recorder)
    recorder.begin({}, {})
    assert recorder.trace
    assert story.title == "a.md"
    for asked, read in (([story], {CARD}), ([other, story, other], {CARD, ("card", "b.md")})):
        text, keys, *_ = recorder.trace.part(lambda asked=asked: " ".join(each.title for each in asked))
        assert (len(text.split()), keys) == (len(asked), read)
    assert recorder.trace.keys == {CARD}
    with pytest.raises(LookupError):
        recorder.trace.part(lambda: {}[other.title])
    assert other.title == "b.md"
    assert recorder.end() == {CARD, ("card", "b.md")}


def test_what_a_template_has_set_is_not_read_of_the_context() -> None:
    trace = Trace({"site": "A", "desk": "B"}, {"article": "C"})
    for name, value in (("site", "another"), ("article", "C"), ("desk", "B"), ("absent", "D")):
        trace.resolved(name, value)
    assert trace.keys == {("name", "desk"), ("name", "absent")}


def test_a_text_is_found_whether_that_is_noted_or_not() -> None:
    recorder = tracing.Recorder()
    story: Any = object.__new__(tracing.traced(Story, recorder, lambda path: f"Words of {path}"))
    vars(story)["relative_source_path"] = "a.md"
    with tracing.unnoted([story]):
        assert story._content == "Words of a.md"
        assert not hasattr(story, "tags")
