"""New files that are published as they are."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from plugins.fast_build import statics
from plugins.fast_build.statics import Statics


@pytest.fixture
def generator(tmp_path: Path) -> Any:
    for name in (
        "images/new.png",
        "images/known.png",
        "images/story.md",
        "images/raw/a.png",
        "images/.part",
        "notes/a.txt",
    ):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(name)
    context: dict[str, Any] = {"static_content": {"images/known.png": object()}, "staticfiles": []}

    def files(paths: list[str], *, extensions: bool) -> set[str]:
        assert not extensions
        return {path for path in paths if not Path(path).name.startswith(".")}

    return SimpleNamespace(
        context=context,
        settings={"PATH": str(tmp_path), "STATIC_PATHS": ["images"], "STATIC_EXCLUDES": ["images/raw"]},
        readers=SimpleNamespace(extensions={"md"}),
        get_files=files,
        add_source_path=lambda each, static: context["static_content"].update({each.path: each}) if static else None,
    )


def test_those_are_new_that_static_paths_name_and_nobody_knows(generator: Any, tmp_path: Path) -> None:
    found = Statics(generator.settings, lambda: generator)
    files = [str(file) for file in [*tmp_path.rglob("*"), tmp_path.parent / "images/elsewhere.png"]]
    assert found.new(files) == {str(tmp_path / "images/new.png"): "images/new.png"}
    read = found.read(["images/new.png"], lambda _, path, cls: cls(path=path), SimpleNamespace)
    found.add(read)
    assert generator.context["staticfiles"] == [read["images/new.png"]]
    assert found.new(files) == {}


def test_no_generator_is_started_for_files_that_no_static_path_names(generator: Any, tmp_path: Path) -> None:
    assert Statics(generator.settings, lambda: pytest.fail("it was started")).new([str(tmp_path / "notes/a.txt")]) == {}


def test_what_is_published_of_another_file_is_put_there_and_what_is_no_more_is_told(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.write_text("one")
    other.write_text("other")
    kept, before, now, gone = (
        SimpleNamespace(save_as=name, source_path=file)
        for name, file in (("kept", one), ("changed", one), ("changed", other), ("gone", one))
    )
    new = SimpleNamespace(save_as="below/new", source_path=str(one))
    put = statics.publish(tmp_path / "out", [kept, before, gone], [kept, now, new])
    assert (put.there, put.gone) == ({"changed", "below/new"}, {"gone"})
    assert [(tmp_path / "out" / name).read_text() for name in ("changed", "below/new")] == ["other", "one"]
    assert not (tmp_path / "out" / "kept").exists()
