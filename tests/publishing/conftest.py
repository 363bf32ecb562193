import pytest

from tests.publishing import places


@pytest.fixture
def folder_press(tmp_path):
    """A press whose target is a folder that is served on this machine."""
    with places.folder(tmp_path) as newsroom:
        yield newsroom
