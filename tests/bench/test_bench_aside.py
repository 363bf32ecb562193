"""What was built before is out of the way, and removed at the end."""

from tools.bench import aside


def test_a_folder_is_put_aside_again_and_again_and_removed_with_the_rest(tmp_path):
    for each in range(3):
        (tmp_path / "work" / "output").mkdir(parents=True)
        (tmp_path / "work" / "output" / "index.html").write_text(str(each))
        aside.put(tmp_path / "work" / "output")
        aside.put(tmp_path / "work" / "output")
    assert not (tmp_path / "work" / "output").exists()
    assert sorted(file.read_text() for file in tmp_path.rglob("index.html")) == ["0", "1", "2"]
    aside.remove(tmp_path)
    assert [*tmp_path.rglob("*")] == [tmp_path / "work"]
