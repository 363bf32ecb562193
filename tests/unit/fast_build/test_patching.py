"""Files that get the new text of a story, and are else what they were."""

from collections.abc import Collection, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import Mock

import pytest

from plugins.fast_build.digests import Digests
from plugins.fast_build.inputs import Inputs
from plugins.fast_build.jobs import Job
from plugins.fast_build.memory import Built
from plugins.fast_build.numbering import Key, Numbers
from plugins.fast_build.patching import Patcher
from plugins.fast_build.records import Made, Records
from plugins.fast_build.rendering import Renderer
from plugins.fast_build.shelving import Part, Shelved
from plugins.fast_build.standing import Seen, seen
from plugins.fast_build.tracing import Recorder

TEXT: Key = ("text", "a.md")
CARD: Key = ("card", "a.md")
STORY = SimpleNamespace()


def patch(files: Mapping[str, bytes], stories: Collection[Any]) -> dict[str, bytes] | None:
    """Put a word to what is there; where it says so, only all anew can be made."""
    assert stories == [STORY]
    return None if b"new" in files["feed"] else {"feed": files["feed"] + b" patched"}


@pytest.mark.parametrize(
    ("there", "stamp", "changed", "left"),
    [
        (b"old", None, [TEXT], b"old patched"),
        (b"old", None, [CARD], None),
        (b"old", None, [TEXT, CARD], None),
        (b"old", None, [("text", "gone.md")], None),
        (b"old", (3, 1), [TEXT], b"made"),
        (b"", (-1, -1), [TEXT], b"made"),
        (b"new", None, [TEXT], b"made"),
    ],
)
def test_only_what_is_as_it_was_left_is_patched_and_only_for_texts(
    tmp_path: Path, there: bytes, stamp: Seen | None, changed: list[Key], left: bytes | None
) -> None:
    numbers, recorder = Numbers({TEXT: 0, CARD: 1, ("text", "gone.md"): 2, ("card", "b.md"): 3}), Recorder()
    if there:
        (tmp_path / "feed").write_bytes(there)
    made = Made(
        b"given", numbers.packed([TEXT, CARD, ("text", "gone.md"), ("card", "b.md")]), {"feed": seen(tmp_path / "feed")}
    )
    if stamp:
        made = Made(b"given", made.keys, {"feed": stamp})
    job = Job("files:feed", {}, {}, lambda _: {"feed": b"made"}, patch=patch)
    patcher = Patcher(tmp_path, recorder, numbers, {"a.md": STORY}.get)
    patching = patcher.patching(job, made, b"given", [numbers.of(key) for key in changed])
    assert (patching is None) == (left is None)
    if patching:
        recorder.begin({}, {})
        assert patching.make(patching) == {"feed": left}
        read = recorder.end()
        assert read == (set() if left == b"made" else {TEXT, CARD, ("text", "gone.md"), ("card", "b.md")})


def test_what_cannot_be_patched_is_not(tmp_path: Path) -> None:
    numbers = Numbers({TEXT: 0})
    patcher = Patcher(tmp_path, Recorder(), numbers, {"a.md": STORY}.get)
    made = Made(b"given", numbers.packed([TEXT]), {})
    assert patcher.patching(Job("page", {}, {}, lambda _: {}), made, b"given", [0]) is None


@pytest.mark.parametrize(("given", "patched"), [(None, True), (b"given", True), (b"another", False), (b"", False)])
def test_what_is_listed_anew_is_patched_as_soon_as_it_is_made_of_what_it_is_given(
    tmp_path: Path, given: bytes | None, *, patched: bool
) -> None:
    (tmp_path / "feed").write_bytes(b"old")
    texts = {"a.md": SimpleNamespace(_content="new")}
    numbers = Numbers({TEXT: 0})
    made = {"feed": Made(b"given", numbers.packed([TEXT]), {"feed": seen(tmp_path / "feed")})}
    known = Built(Records.of(made), {TEXT: b"digest of the old"}, {TEXT: 0})
    inputs = Inputs({}, texts, Mock(), Digests(lambda _: None), known.digests)
    renderer = Renderer(tmp_path, Recorder(), inputs, known, 1)

    def patch(files: Mapping[str, bytes], stories: Collection[Any]) -> dict[str, bytes]:
        assert stories == [texts["a.md"]]
        return {"feed": files["feed"] + b" patched"}

    job = Job("feed", {}, {}, lambda _: {"feed": b"made"}, patch=patch)
    renderer.go_on(Shelved([Part(["feed"], lambda: [job])]), [], ())
    if given is not None:
        renderer._given["feed"] = given
    assert renderer.renew([TEXT], Mock()) is not None
    assert (tmp_path / "feed").read_bytes() == (b"old patched" if patched else b"made")
