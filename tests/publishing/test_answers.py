"""What a host is asked beside its files: nothing where nothing is, and addresses that moved or are gone."""

import json
import os
import shutil
import subprocess

import pytest
import urllib3

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


def nginx(folder, port):
    temporary = "".join(f"{k}_temp_path {folder}/{k};\n" for k in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    server = f"""listen 127.0.0.1:{port}; root {folder}/public/current; index index.html; error_page 404 410 /404.html;
    include {folder}/build/server/headers.nginx.conf;"""
    (folder / "nginx.conf").write_text(
        f"user root; daemon off; pid {folder}/pid; error_log {folder}/error.log;\nevents {{ }}\n"
        f"http {{ access_log off;\n{temporary}server {{ {server} }}\n}}\n"
    )
    return [shutil.which("nginx") or "/usr/sbin/nginx", "-c", str(folder / "nginx.conf"), "-p", str(folder)]


def caddy(folder, port):
    (folder / "Caddyfile").write_text(f"""{{
    admin off
    auto_https off
}}
import {folder}/build/server/headers.caddy
http://127.0.0.1:{port} {{
    root * {folder}/public/current
    import edition_headers
    import edition_moves
    file_server
    handle_errors {{
        route {{
            rewrite * /404.html
            import edition_missing
            file_server
        }}
    }}
}}
""")
    return ["caddy", "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]


@pytest.mark.parametrize("server", [nginx, caddy], ids=["nginx", "caddy"])
def test_a_server_serves_a_release_with_all_of_that_by_the_file_that_a_publish_writes(server, tmp_path):
    press, port = Press(tmp_path, settle=0), free_port()
    press.settings["url"] = f"http://127.0.0.1:{port}"
    lay(press)
    first = press.run("publish", "built", "--addresses", "addresses.json")
    assert "cannot be had" in first.stderr, "the server needs the file first"
    environment = {"HOME": str(tmp_path), "PATH": os.environ["PATH"]}
    with subprocess.Popen(server(tmp_path, port), stderr=subprocess.DEVNULL, env=environment) as process:
        until_open(port, process)
        done = press.run("publish", "built", "--addresses", "addresses.json")
        gone = urllib3.request("GET", f"http://127.0.0.1:{port}/2026/9/", retries=False)
        moved = urllib3.request("GET", f"http://127.0.0.1:{port}/2025/04/old/", redirect=False, retries=False)
        process.terminate()
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Verified: yes" in done.stdout
    assert (gone.status, moved.status, moved.headers["location"].removeprefix(press.settings["url"])) == (
        410,
        301,
        "/2026/7/",
    )
    assert "content-security-policy" in gone.headers
