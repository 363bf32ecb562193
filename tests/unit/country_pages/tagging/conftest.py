import pytest

from plugins.country_pages.tagging.suggestions import Tagger


@pytest.fixture(scope="session")
def tagger():
    return Tagger()
