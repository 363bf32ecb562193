"""What the tests of the built edition share."""

import os

import pytest
from playwright.sync_api import sync_playwright
from xdist.scheduler import WorkStealingScheduling

from tests.support import edition as editions
from tests.support.pages import html_pages


def pytest_xdist_make_scheduler(config, log):
    """Let each process take tests that stand together, which share what they build, and then help the other."""
    return WorkStealingScheduling(config, log)


@pytest.fixture(scope="session")
def shared_root(tmp_path_factory):
    """A folder that all processes of this test run have in common."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if base.name.startswith("popen-") else base


@pytest.fixture(scope="session", autouse=True)
def compiled_templates(shared_root):
    """Let builds take from one place, and keep there, what Jinja makes of the suite's templates."""
    os.environ["COMPILED_TEMPLATES"] = str(shared_root / "compiled")


@pytest.fixture(scope="session")
def playwright():
    """What starts browsers; a process can have only one."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def edition(shared_root):
    """The output folder of the edition, built for its public address."""
    return editions.shared(shared_root, "edition", "publishconf")


@pytest.fixture(scope="session")
def preview(shared_root):
    """The output folder of the edition, built for this machine."""
    return editions.shared(shared_root, "preview", "pelicanconf")


@pytest.fixture(scope="session")
def moving(shared_root):
    """The same with a ticker that scrolls."""
    motion = {"CURRENCY_TICKER": "{**CURRENCY_TICKER, 'motion': True}"}
    return editions.shared(shared_root, "moving", "pelicanconf", motion)


@pytest.fixture(scope="session")
def pages(edition):
    """Every page of the edition; the frame that other sites put into theirs is none, and the text edition is apart."""
    return tuple(page for page in html_pages(edition) if not page.name.startswith(("rates/embed/index.html", "text/")))
