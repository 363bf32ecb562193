"""A branch: a real bare repository, whose branch is served as Pages serves it."""

import subprocess

import pytest

from tests.publishing import places
from tests.publishing.press import edition, served


@pytest.fixture(params=[False, True], ids=["squashed", "history"])
def git_press(tmp_path, request):
    with places.branch(tmp_path, history=request.param) as newsroom:
        yield newsroom


def git(newsroom, *arguments: str) -> str:
    return subprocess.run(
        ["git", "-C", newsroom.repository, *arguments], capture_output=True, text=True, check=True
    ).stdout.strip()


def test_publish_change_publish_roll_back_verify(git_press):
    git_press.publish(1)
    assert served(git_press.host.url, 1, 2) == edition(1)
    done = git_press.publish(2)
    assert "live: 36 files uploaded" in done.stdout
    assert served(git_press.host.url, 1, 2) == edition(2)
    assert ".nojekyll" in git(git_press, "ls-tree", "--name-only", "pages")
    newest, _ = git_press.releases()
    back = git_press.run("rollback")
    assert back.returncode == 0, back.stderr
    assert served(git_press.host.url, 1, 2) == edition(1)
    assert git_press.run("rollback", "--to", newest).returncode == 0
    assert served(git_press.host.url, 1, 2) == edition(2)
    commits = int(git(git_press, "rev-list", "--count", "pages"))
    assert commits == (4 if git_press.settings["git"]["history"] else 1)


def test_another_machine_goes_on_where_the_first_ended(git_press):
    git_press.settings["keep"] = 2
    git_press.publish(1)
    git_press.publish(2)
    (git_press.folder / ".cache").rename(git_press.folder / "the first machine")
    git_press.publish(3)
    assert len(git_press.releases()) == 2
    assert git_press.run("rollback").returncode == 0
    assert served(git_press.host.url, 1, 2, 3) == edition(2)
    (git_press.folder / ".cache").rename(git_press.folder / "the second machine")
    (git_press.folder / "the first machine").rename(git_press.folder / ".cache")
    git_press.publish(4)
    assert served(git_press.host.url, 1, 2, 3, 4) == edition(4)


def test_a_patch_moves_the_rates_alone(git_press):
    git_press.publish(1)
    git_press.lay({**edition(2), "rates/latest.json": b'{"edition": 99}'})
    assert git_press.run("patch", "built", "rates").returncode == 0
    assert served(git_press.host.url, 1, 2) == {**edition(1), "rates/latest.json": b'{"edition": 99}'}


def test_a_branch_of_something_else_is_never_replaced(git_press):
    tree = git(git_press, "mktree")
    own = git(git_press, "-c", "user.name=x", "-c", "user.email=x@x", "commit-tree", tree, "-m", "Source code")
    git(git_press, "update-ref", "refs/heads/pages", own)
    git_press.lay(edition(1))
    done = git_press.run("publish", "built")
    assert done.returncode == 1
    assert "was changed by something else" in done.stderr
    assert git(git_press, "rev-parse", "pages") == own
