"""The generated documents say what the code says."""

import subprocess
import sys

import pytest

from tests.support.site import ROOT
from tools import generate_docs


@pytest.fixture(scope="module")
def documents():
    return generate_docs.documents()


@pytest.mark.parametrize(
    "name", ["settings.md", "template-context.md", "writing.md", "rules.md", "front-matter.schema.json"]
)
def test_a_generated_document_is_current(name, documents):
    assert (ROOT / "docs" / name).read_text("utf-8") == documents[name], "run make docs"


def test_every_setting_and_every_view_field_is_described(documents):
    for text in documents.values():
        assert " |  |\n" not in text, "a field has no docstring"


def test_a_stale_document_is_told(tmp_path, monkeypatch, capsys, documents):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "settings.md").write_text("old")
    monkeypatch.setattr(generate_docs, "ROOT", tmp_path)
    monkeypatch.setattr(generate_docs, "documents", lambda: documents)
    monkeypatch.setattr(sys, "argv", ["generate_docs.py", "--check"])
    assert generate_docs.main() == 1
    assert "docs/settings.md: is not what the code says. Run make docs." in capsys.readouterr().err


def test_bare_make_lists_every_task():
    listed = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for task in ("serve", "html", "publish", "lint-content", "check", "test", "docs", "wheel", "lock"):
        assert f"make {task} " in listed
