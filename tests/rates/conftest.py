import pytest

from tests.rates.newsroom import Newsroom


@pytest.fixture
def newsroom(tmp_path):
    made = Newsroom(tmp_path)
    yield made
    made.close()
