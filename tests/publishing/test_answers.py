"""What a host is asked beside its files: nothing where nothing is, and addresses that moved or are gone."""

import json
import shutil
import subprocess

import pytest

from tests.publishing.hosts import free_port, until_open
from tests.publishing.press import Press, edition

LED = b"<html><head></head><body>Moved</body></html>"
MOVED = {"2025/04/old/": "2026/7/", "2025/04/bare/": "2026/8/"}


def lay(press):
    files = {path: data for path, data in edition(1).items() if path != "2026/9/index.html"}
    press.lay({**files, "2025/04/old/index.html": LED})
    (press.folder / "addresses.json").write_text(json.dumps({"moved": MOVED, "gone": ["2026/9/"]}))


def publish(press):
    lay(press)
    return press.run("publish", "built", "--addresses", "addresses.json")


def test_a_page_of_ones_own_is_asked_for_where_nothing_is(folder_press):
    folder_press.publish(1)
    folder_press.host.missing = False
    done = folder_press.run("verify")
    assert done.returncode == 3
    assert "/no-such-page-" in done.stderr
    assert "has other bytes" in done.stderr
    folder_press.settings["missing"] = "status"
    assert folder_press.run("verify").returncode == 0


def test_a_host_that_serves_its_front_for_everything_is_found_out(folder_press):
    folder_press.publish(1)
    read = folder_press.host.read
    folder_press.host.read = staticmethod(lambda path: read(path) or read("index.html"))
    done = folder_press.run("verify")
    assert "is still served, and is to be gone" in done.stderr
    assert done.returncode == 3


def test_moved_addresses_lead_on_and_those_that_are_gone_answer_so(folder_press):
    folder_press.host.moved |= {**MOVED, "2026/9/": ""}
    done = publish(folder_press)
    assert done.returncode == 0, done.stdout + done.stderr
    assert folder_press.run("verify").returncode == 0, "the record remembers them"


@pytest.mark.parametrize(
    ("moved", "words"),
    [
        ({}, "/2025/04/bare/ is answered with status 404"),
        ({**MOVED, "2025/04/old/": "2026/8/"}, "/2025/04/old/ leads to /2026/8/, not to /2026/7/"),
        ({**MOVED, "2026/7/": "2026/8/"}, "/2026/7/ is answered with status 301, not 200"),
    ],
)
def test_an_address_that_leads_elsewhere_is_told(folder_press, moved, words):
    folder_press.host.moved |= moved
    done = publish(folder_press)
    assert done.returncode == 3
    assert words in done.stderr


def test_an_address_that_is_gone_and_still_answers_is_told(folder_press):
    folder_press.host.moved |= MOVED
    folder_press.host.odd["2026/9/index.html"] = "an old page"
    done = publish(folder_press)
    assert done.returncode == 3
    assert "/2026/9/ is still served, and is to be gone" in done.stderr


@pytest.fixture
def nginx(tmp_path):
    """A press whose folder a real nginx serves as docs/publishing.md says, with headers, maps and the page for 404."""
    press, port = Press(tmp_path, settle=0), free_port()
    press.settings["url"] = f"http://127.0.0.1:{port}"
    maps = tmp_path / "redirects.conf"
    lines = "".join(f'"/{old}" "/{new}";' for old, new in MOVED.items())
    maps.write_text(f'map $uri $moved_to {{ default ""; {lines} }}\nmap $uri $gone {{ default ""; "/2026/9/" 1; }}\n')
    (tmp_path / "public/current").mkdir(parents=True)
    (tmp_path / "public/current").rmdir()
    temporary = "".join(
        f"{k}_temp_path {tmp_path}/{k};\n" for k in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    server = f"""listen 127.0.0.1:{port}; root {tmp_path}/public/current; index index.html; error_page 404 /404.html;
    include {tmp_path}/build/server/headers.nginx.conf;
    if ($moved_to) {{ return 301 $moved_to; }}
    if ($gone) {{ return 410; }}"""
    (tmp_path / "nginx.conf").write_text(
        f"user root; daemon off; pid {tmp_path}/pid; error_log {tmp_path}/error.log;\nevents {{ }}\n"
        f"http {{ access_log off;\n{temporary}include {maps};\nserver {{ {server} }}\n}}\n"
    )
    return press, port


def test_nginx_serves_a_release_with_all_of_that(nginx, tmp_path):
    press, port = nginx
    lay(press)
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    first = press.run("publish", "built", "--addresses", "addresses.json")
    assert "cannot be had" in first.stderr, "nginx needs the headers' file, which a publish writes"
    with subprocess.Popen([program, "-c", str(tmp_path / "nginx.conf"), "-p", str(tmp_path)]) as process:
        until_open(port, process)
        done = press.run("publish", "built", "--addresses", "addresses.json")
        process.terminate()
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Verified: yes" in done.stdout
