"""A press for each target, with its host on this machine."""

import contextlib
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tests.publishing import hosts
from tests.publishing.press import Press, folder_reader, host


@contextlib.contextmanager
def folder(root: Path) -> Iterator[Press]:
    press = Press(root, settle=0)
    with host(folder_reader(root / "public/current")) as press.host:
        press.settings["url"] = press.host.url
        yield press


@contextlib.contextmanager
def ssh(root: Path) -> Iterator[Press]:
    press = Press(root, target="ssh", settle=0)
    with hosts.sshd(root / "sshd") as reached, host(folder_reader(root / "srv/current")) as press.host:
        press.settings.update(ssh=reached, url=press.host.url)
        yield press


@contextlib.contextmanager
def object_store(root: Path) -> Iterator[Press]:
    press = Press(root, target="object", object={"remote": "store:live", "state": "store:state"}, settle=0)
    press.bucket = root / "s3"
    with hosts.object_store(press.bucket) as (url, environment), host(hosts.bucket_reader(url)) as press.host:
        press.environment |= environment
        press.host.missing = False  # a store has no page of its own for what is not there
        press.settings["url"] = press.host.url
        yield press


@contextlib.contextmanager
def branch(root: Path, *, history: bool = False) -> Iterator[Press]:
    press = Press(root, target="git", settle=0)
    press.repository = root / "host.git"
    subprocess.run(["git", "init", "--quiet", "--bare", press.repository], check=True)
    options = {"uploadpack.allowFilter": "true", "uploadpack.allowAnySHA1InWant": "true", "core.fsync": "none"}
    for name, value in options.items():
        subprocess.run(["git", "-C", press.repository, "config", name, value], check=True)
    press.settings["git"] = {"repository": f"file://{press.repository}", "branch": "pages", "history": history}
    with host(hosts.branch_reader(press.repository, "pages")) as press.host:
        press.settings["url"] = press.host.url
        yield press


ALL = {"folder": folder, "ssh": ssh, "object": object_store, "git": branch}
