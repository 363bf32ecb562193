"""Texts of stories that are put aside, and the memory that is free then."""

from pathlib import Path
from typing import Any

import pytest

from plugins.fast_build import forking, garbage, press, tracing
from plugins.fast_build.texts import Aside

TEXTS = {"a.md": "<p>Жаңалық</p>", "b.md": "", "c.md": "half of a pair: \ud83d"}


class Story:
    def __init__(self, path: str, text: str | None) -> None:
        self.relative_source_path = path
        self._content = text


@pytest.fixture
def recorder() -> tracing.Recorder:
    return tracing.Recorder()


@pytest.fixture
def aside(tmp_path: Path, recorder: tracing.Recorder) -> tuple[Aside, dict[str, Any]]:
    stories = {path: Story(path, text) for path, text in {**TEXTS, "none.md": None}.items()}
    aside = Aside()
    tracing.trace(stories.values(), recorder, aside.of)
    aside.put(stories.values(), tmp_path)
    return aside, stories


def test_a_text_that_was_put_aside_is_read_when_it_is_asked_for(
    tmp_path: Path, recorder: tracing.Recorder, aside: tuple[Aside, dict[str, Any]]
) -> None:
    texts, stories = aside
    assert list(tmp_path.iterdir()) == [], "nobody else finds it"
    for _ in range(2):
        recorder.begin({}, {})
        assert {path: stories[path]._content for path in TEXTS} == TEXTS
        assert recorder.end() == {("text", path) for path in TEXTS}
        assert not any("_content" in vars(stories[path]) for path in TEXTS)
    assert stories["none.md"]._content is None
    assert [texts.has(path) for path in stories] == [True, True, True, False]


def test_workers_read_it_too_each_for_itself(aside: tuple[Aside, dict[str, Any]]) -> None:
    _, stories = aside
    asked = [*TEXTS] * 200
    assert forking.each(lambda path: str(stories[path]._content), asked, 2) == [TEXTS[path] for path in asked]


def test_a_story_with_other_words_has_these(aside: tuple[Aside, dict[str, Any]]) -> None:
    _, stories = aside
    stories["a.md"]._content = "Other words"
    assert stories["a.md"]._content == "Other words"
    assert stories["b.md"]._content == ""


def test_memory_that_is_free_is_given_back() -> None:
    before = press._held()
    texts = [bytes(5_000) for _ in range(8_000)]
    last = bytes(5_000)  # lies behind them, so that it does not happen by itself
    held = press._held() - before
    del texts
    garbage.give_back()
    assert press._held() - before < held / 2, len(last)
