"""The package ``kerege``, installed into a fresh environment, in a site that knows nothing of it."""

import os
import re
import subprocess
import sys
import venv

import pytest

from tests.support.site import ROOT, Site

ANY_SITE = {"PLUGINS": ["kerege.currency_ticker", "kerege.country_pages"], "CURRENCY_TICKER": {"inject": True}}


def run(*command: object, **options: object) -> subprocess.CompletedProcess:
    environment = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "VIRTUAL_ENV"}}
    return subprocess.run(
        [str(part) for part in command],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=540,
        **options,
    )


@pytest.fixture(scope="module")
def python(tmp_path_factory):
    """The interpreter of an environment that holds the wheel and what it depends on, in the locked versions."""
    folder = tmp_path_factory.mktemp("wheel")
    built = run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
    assert built.returncode == 0, built.stderr
    (wheel,) = folder.glob("kerege-*.whl")
    versions = re.findall(r"^[\w.-]+==[^ \\]+", (ROOT / "requirements.lock").read_text("utf-8"), re.MULTILINE)
    (folder / "constraints.txt").write_text("\n".join(versions))
    venv.create(folder / "environment", with_pip=False)
    fresh = folder / "environment" / "bin" / "python"
    pip = (sys.executable, "-m", "pip", "--python", fresh)
    installed = run(*pip, "install", "-q", "--no-compile", "-c", folder / "constraints.txt", wheel)
    assert installed.returncode == 0, installed.stderr
    return fresh


@pytest.mark.parametrize("theme", ["simple", "notmyidea"])
def test_the_ticker_and_the_country_pages_stand_in_any_site(python, tmp_path, theme):
    site = Site(tmp_path, **ANY_SITE, THEME=theme)
    (tmp_path / "content/rates").mkdir(parents=True)
    site.write("content/rates/history.csv", (ROOT / "content/rates/history.csv").read_bytes())
    site.write("content/a.md", "Title: Salem\nDate: 2026-01-01\nCategory: News\nCountries: Uzbekistan, RU\n\nText.\n")
    text = "".join(f"{key} = {value!r}\n" for key, value in site.settings.items())
    (tmp_path / "pelicanconf.py").write_text(text, "utf-8")
    command = (
        python,
        "-m",
        "pelican",
        "-s",
        "pelicanconf.py",
        "-o",
        "output",
        "--fatal=errors",
        "--log-handler",
        "plain",
    )
    built = run(*command, cwd=tmp_path)
    assert built.returncode == 0, built.stderr

    pages = {
        path.relative_to(tmp_path / "output").as_posix(): path.read_text("utf-8")
        for path in tmp_path.rglob("output/**/*.html")
    }
    assert {"countries/uzbekistan/index.html", "countries/russia/index.html", "countries/index.html"} <= set(pages)
    frame = pages.pop("rates/embed/index.html")
    assert '<section class="ticker' not in frame, "a frame for other sites carries no strip"
    for name, page in pages.items():
        assert page.count('<section class="ticker') == 1, name
        assert re.search(r"<body[^>]*>\s*<section class=\"ticker", page), f"{name}: the ticker does not stand first"
    assert "Salem" in pages["countries/uzbekistan/index.html"]
    assert pages["countries/uzbekistan/index.html"].count("<h1") >= 1
