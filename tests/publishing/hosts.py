"""Real programs on loopback that an edition is published to."""

import contextlib
import getpass
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until_open(port: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until something listens on the port."""
    until = time.monotonic() + 20
    while True:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        assert process.poll() is None, "the server ended"
        assert time.monotonic() < until, "the server does not listen"
        time.sleep(0.05)


@contextlib.contextmanager
def sshd(folder: Path) -> Iterator[dict[str, object]]:
    """Run a real sshd with keys of its own; yields the settings that reach it."""
    folder.mkdir()
    folder.chmod(0o700)
    for name in ("host", "user"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / name], check=True)
    shutil.copy(folder / "user.pub", folder / "authorized")
    port = free_port()
    config = {
        "Port": port,
        "ListenAddress": "127.0.0.1",
        "HostKey": folder / "host",
        "AuthorizedKeysFile": folder / "authorized",
        "PidFile": "none",
        "UsePAM": "no",
        "StrictModes": "no",
        "PasswordAuthentication": "no",
        "KbdInteractiveAuthentication": "no",
        "PermitRootLogin": "prohibit-password",
        "SetEnv": f"HOME={folder}",  # what this machine's shell does when it starts is none of the test's
        "MaxStartups": "200",
        "PerSourceMaxStartups": "none",
    }
    (folder / "sshd_config").write_text("".join(f"{key} {value}\n" for key, value in config.items()))
    key = (folder / "host.pub").read_text()
    (folder / "known_hosts").write_text(f"[127.0.0.1]:{port} {key}")
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)
    program = shutil.which("sshd", path=f"{os.environ['PATH']}:/usr/sbin")
    command = [program, "-D", "-e", "-f", str(folder / "sshd_config")]
    with (folder / "log").open("wb") as log, subprocess.Popen(command, stderr=log) as process:
        try:
            until_open(port, process)
            yield {
                "host": f"{getpass.getuser()}@127.0.0.1",
                "port": port,
                "path": str(folder.parent / "srv"),
                "known_hosts": str(folder / "known_hosts"),
                "identity": str(folder / "user"),
            }
        finally:
            process.terminate()


@contextlib.contextmanager
def object_store(folder: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Run ``rclone serve s3`` with two buckets, ``live`` and ``state``; yields its address and environment."""
    for bucket in ("live", "state"):
        (folder / bucket).mkdir(parents=True)
    port = free_port()
    program = str(Path(sys.executable).with_name("rclone"))
    command = [program, "serve", "s3", str(folder), "--addr", f"127.0.0.1:{port}", "--quiet", "--config", os.devnull]
    with subprocess.Popen(command) as process:
        url = f"http://127.0.0.1:{port}"
        environment = {
            "GOGC": "off",  # each call is over before it can pay to look for garbage
            "RCLONE_CONFIG": os.devnull,
            "RCLONE_CONFIG_STORE_TYPE": "s3",
            "RCLONE_CONFIG_STORE_PROVIDER": "Rclone",
            "RCLONE_CONFIG_STORE_ENDPOINT": url,
            "RCLONE_CONFIG_STORE_ACCESS_KEY_ID": "newsroom-key",
            "RCLONE_CONFIG_STORE_SECRET_ACCESS_KEY": "newsroom-secret",
        }
        try:
            until_open(port, process)
            yield url, environment
        finally:
            process.terminate()


def bucket_reader(url: str):
    """Read as a CDN before a bucket does: the body with the headers that the store keeps."""

    def read(path: str):
        try:
            with urllib.request.urlopen(f"{url}/live/{urllib.parse.quote(path)}", timeout=20) as answer:
                kept = {
                    name: answer.headers[name] for name in ("Content-Type", "Cache-Control") if answer.headers[name]
                }
                return answer.read(), kept
        except urllib.error.HTTPError as error:
            error.close()
            return None, {}

    return read


def branch_reader(repository: Path, branch: str):
    """Read as Pages does: the files of the branch's commit."""

    def read(path: str) -> bytes | None:
        command = ["git", "-C", repository, "cat-file", "blob", f"{branch}:{path}"]
        found = subprocess.run(command, capture_output=True, check=False)
        return found.stdout if found.returncode == 0 else None

    return read
