import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins._kit.errors import EditionError
from plugins.publishing import manifest, plan
from plugins.publishing.manifest import Entry, Manifest

trees = st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from("12"), max_size=8).map(
    lambda files: Manifest({path: Entry(digest, int(digest), "text/html") for path, digest in sorted(files.items())})
)


@given(trees, trees)
def test_a_plan_carried_out_makes_the_one_of_the_other(live, wanted):
    found = plan.between(live, wanted)
    after = {path: entry for path, entry in live.files.items() if path not in found.removed}
    after |= {path: wanted.files[path] for path in found.uploaded}
    assert after == wanted.files
    assert found.is_empty == (live == wanted)
    assert found.uploaded_bytes == sum(wanted.files[path].size for path in found.uploaded)
    assert len(found.new) + len(found.changed) + len(found.unchanged) == len(wanted.files)


def test_the_table_counts_and_names_only_so_many():
    wanted = Manifest({f"{n:02}.html": Entry("0", 1000, "text/html") for n in range(20)})
    lines = list(plan.table(plan.between(manifest.EMPTY, wanted)))
    assert lines[1].split() == ["new", "20"]
    assert lines[3].split() == ["to", "upload", "20", "20,000"]
    assert lines[-1] == "  + and 8 more"


def test_a_tree_that_no_host_serves_as_it_stands_is_refused(tmp_path):
    with pytest.raises(EditionError, match=r"no index\.html"):
        manifest.of_tree(tmp_path)
    (tmp_path / "index.html").write_text("x")
    (tmp_path / "link").symlink_to("index.html")
    with pytest.raises(EditionError, match="is a link"):
        manifest.of_tree(tmp_path)
    (tmp_path / "link").unlink()
    (tmp_path / "two\nlines").write_text("x")
    with pytest.raises(EditionError, match="not every host can serve"):
        manifest.of_tree(tmp_path)


def test_a_manifest_is_read_as_it_was_written_and_nothing_else(tmp_path):
    (tmp_path / "index.html").write_text("x")
    written = manifest.of_tree(tmp_path)
    assert manifest.read(written.encoded(), "m") == written
    for data in (b"", b"{}", b'{"files": {"../a": ["0", 1, "t"]}}', b'{"files": {}, "format": 2}'):
        with pytest.raises(EditionError):
            manifest.read(data, "m")
