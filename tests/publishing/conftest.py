import pytest

from tests.publishing import press


@pytest.fixture
def folder_press(tmp_path):
    """A press whose target is a folder that is served on this machine."""
    newsroom = press.Press(tmp_path, settle=0)
    with press.host(press.folder_reader(tmp_path / "public/current")) as host:
        newsroom.settings["url"] = host.url
        newsroom.host = host
        yield newsroom
