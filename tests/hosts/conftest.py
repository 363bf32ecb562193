"""nginx and Caddy on this machine, serving the edition over TLS as their README's examples say."""

import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from plugins.publishing.headers import Policy, caddy, describe, nginx
from tests.support.site import ROOT

NAME = "steppe-ledger.example"
OPTIONS = ("--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu")
README = ROOT / "plugins/publishing/headers/README.md"


@dataclass(frozen=True)
class Host:
    """A server with the edition."""

    program: str
    root: Path
    port: int
    rules: object

    def get(self, path):
        """The status, headers (the last of each name; all of them joined) and body of an address."""
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        with closing(http.client.HTTPSConnection(NAME, self.port, context=context, timeout=10)) as connection:
            connection._create_connection = lambda _, *rest: socket.create_connection(("127.0.0.1", self.port), *rest)
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def example(language):
    return re.search(rf"```{language}\n(.*?)```", README.read_text("utf-8"), re.DOTALL)[1]


@pytest.fixture(scope="session")
def certificate(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tls")
    subprocess.run(
        f"openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN={NAME} -addext "
        f"subjectAltName=DNS:{NAME} -keyout edition.key -out edition.pem".split(),
        cwd=folder,
        check=True,
        capture_output=True,
    )
    return folder


def nginx_command(folder, root, port, certificate, rules):
    (folder / "headers.conf").write_text(nginx(rules))
    server = (
        example("nginx")
        .replace("listen 443", f"listen 127.0.0.1:{port}")
        .replace("/etc/ssl", str(certificate))
        .replace("/srv/www/current", str(root))
        .replace("/etc/nginx/edition.headers.conf", str(folder / "headers.conf"))
    )
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root; " if os.getuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        f"{user}daemon off; pid {folder}/pid; error_log {folder}/error.log;\nevents {{ }}\n"
        f"http {{ access_log off;\n{temporary}{server}}}\n"
    )
    return [shutil.which("nginx") or "/usr/sbin/nginx", "-c", str(folder / "nginx.conf"), "-p", str(folder)]


def caddy_command(folder, root, port, certificate, rules):
    (folder / "headers.caddy").write_text(caddy(rules))
    site = (
        example("caddy")
        .replace("/etc/caddy/edition.headers.caddy", str(folder / "headers.caddy"))
        .replace(f"https://{NAME}", f"https://{NAME}:{port}")
        .replace("/srv/www/current", str(root))
        .replace("root *", f"tls {certificate}/edition.pem {certificate}/edition.key\n\tbind 127.0.0.1\n\troot *")
    )
    options = "{\n\tadmin off\n\tauto_https off\n}\n"
    (folder / "Caddyfile").write_text(options + site)
    return ["caddy", "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]


COMMANDS = {"nginx": nginx_command, "caddy": caddy_command}


@pytest.fixture(scope="session")
def running(tmp_path_factory, certificate):
    """Start a program with a folder; it ends with the tests."""
    started = []

    def start(program, root, policy=None):
        folder, port = tmp_path_factory.mktemp(program), free_port()
        rules = describe(root, policy or Policy())
        command = COMMANDS[program](folder, root, port, certificate, rules)
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                command, stdout=log, stderr=log, cwd=folder, env={"HOME": str(folder), "PATH": "/usr/bin:/bin"}
            )
        started.append(process)
        for _ in range(200):
            assert process.poll() is None, (folder / "log").read_text()
            with socket.socket() as trial:
                if trial.connect_ex(("127.0.0.1", port)) == 0:
                    return Host(program, root, port, rules)
            time.sleep(0.05)
        raise AssertionError((folder / "log").read_text())

    yield start
    for process in started:
        process.terminate()
        process.wait(10)


@pytest.fixture(scope="session", params=list(COMMANDS))
def host(request, running, served):
    return running(request.param, served)


@pytest.fixture(scope="session")
def served(edition, tmp_path_factory):
    """The edition, where a test may put a page."""
    root = tmp_path_factory.mktemp("served") / "edition"
    shutil.copytree(edition, root)
    return root


@pytest.fixture(scope="session")
def browser(host, playwright):
    opened = playwright.chromium.launch(
        executable_path="/usr/bin/chromium-headless-shell",
        args=[*OPTIONS, f"--host-resolver-rules=MAP {NAME}:443 127.0.0.1:{host.port}"],
    )
    yield opened
    opened.close()


def listen(page, said):
    """Gather what the console says, but of the icon that browsers ask for where a page names none."""
    page.on(
        "console",
        lambda message: said.append(message.text) if not message.location["url"].endswith("/favicon.ico") else None,
    )
    page.on("pageerror", lambda error: said.append(str(error)))


@pytest.fixture
def visit(browser):
    """Open an address of the edition; what the console says of it is gathered."""
    contexts = []

    def go(path, until="load"):
        context = browser.new_context(ignore_https_errors=True)
        contexts.append(context)
        page = context.new_page()
        said = []
        listen(page, said)
        page.goto(f"https://{NAME}/{path}", wait_until=until)
        return page, said

    yield go
    for context in contexts:
        context.close()
