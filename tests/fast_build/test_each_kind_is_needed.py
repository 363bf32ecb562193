"""Each kind of dependency that the fast build notes is needed: without it a page stays that is no longer right."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support import commands
from tests.support.site import Site

PLUGIN = """
import dataclasses
from pathlib import Path

from pelican import signals
from pelican.generators import Generator


@dataclasses.dataclass(frozen=True)
class Desk:
    name: str
    phones: tuple

    def phone(self, whose):
        return dict(self.phones)[whose]


class Counting(Generator):
    def generate_output(self, writer):
        shown = read(self, "given")
        writer.write_file("given.html", self.get_template("given"), self.context, shown=shown)


def read(generator, name):
    return Path(generator.settings["PATH"], f"{name}.txt").read_text("utf-8").strip()


def fill(generator):
    generator.context["word"] = read(generator, "word")
    generator.context["rate"] = read(generator, "rate")
    generator.context["desk"] = Desk(read(generator, "desk"), (("ann", read(generator, "phone")),))
    if read(generator, "note") == "yes":
        generator.context["note"] = Desk("a note", ())


def shout(text):
    return text + "!"


def register():
    signals.article_generator_finalized.connect(fill)
    signals.get_generators.connect(lambda _: Counting, weak=False)
    signals.generator_init.connect(lambda generator: generator.env.filters.update(shout=shout), weak=False)
"""
TEMPLATES = {
    "article": "{% include 'frame.html' %}{{ article.title }}{{ article.content }}",
    "frame": "The frame.",
    "given": "{{ shown }}",
    "index": "{% for article in articles %}{{ article.title }} {% endfor %}",
    "word": "{{ word }}{{ 'Salem'|shout }}",
    "desk": "{{ desk.name }}",
    "phone": "{{ desk.phone('ann') }}",
    "slot": "{% include 'rates.html' %}",
    "rates": "<p>The rate of this day, in a line that is long enough to be told apart: {{ rate }}</p>",
    "note": "{% if note %}There is a note.{% endif %}",
}
TEXTS = {"given": "one", "word": "one", "desk": "one", "phone": "1", "note": "yes", "rate": "1"}
STORY = "Title: {}\nDate: 2026-01-01\nSlug: salem\nSummary: Short.\n\n{}\n"
Edit = Callable[[Site], object]


def says(name: str, text: str) -> Edit:
    return lambda site: site.write(f"content/{name}.txt", text)


EDITS: dict[str, tuple[Edit, set[str]]] = {
    "card": (
        lambda site: site.write("content/a.md", STORY.format("Another", "First words.")),
        {"index.html", "salem.html"},
    ),
    "text": (lambda site: site.write("content/a.md", STORY.format("Salem", "Other words.")), {"salem.html"}),
    "template": (lambda site: site.write("theme/templates/frame.html", "Another frame."), {"salem.html"}),
    "kind": (says("note", "no"), {"note.html"}),
    "name": (says("word", "two"), {"word.html"}),
    "attribute": (says("desk", "two"), {"desk.html"}),
    "answer": (says("phone", "2"), {"phone.html"}),
    "slot": (says("rate", "2"), {"slot.html"}),
    "given": (says("given", "two"), {"given.html"}),
    "stamp": (lambda site: site.write("fast/index.html", "spoiled"), {"index.html"}),
    "surroundings": (lambda site: site.write("saying.py", PLUGIN.replace('text + "!"', 'text + "?"')), {"word.html"}),
}
"""An edit for each kind, and the pages that show it."""


def built(site: Site, kind: str) -> dict[str, bytes]:
    """Build both ways, the fast one without one kind of dependency; return the files that differ."""
    options = ("content", "-s", "pelicanconf.py", "--log-handler", "plain", "--fatal=errors", "-o")
    shutil.rmtree(site.folder / "stock", ignore_errors=True)
    for done in (
        commands.run("tests.fast_build.without", kind, *options, "fast", cwd=site.folder),
        commands.run("pelican", *options, "stock", cwd=site.folder),
    ):
        assert done.returncode == 0, done.stdout + done.stderr
    fast, stock = (
        {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in (site.folder / "fast", site.folder / "stock")
    )
    return {name: fast.get(name, b"") for name in fast.keys() | stock.keys() if fast.get(name) != stock.get(name)}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("kinds")


@pytest.fixture
def site(folder: Path) -> Site:
    """A small edition as it is before an edit; nothing is remembered of it."""
    shutil.rmtree(folder / ".cache", ignore_errors=True)
    pages = [name for name in TEMPLATES if name not in {"article", "frame", "given", "rates"}]
    none = dict.fromkeys(("TAG_SAVE_AS", "CATEGORY_SAVE_AS", "AUTHOR_SAVE_AS", "ARCHIVES_SAVE_AS"), "")
    chosen = {**none, "DIRECT_TEMPLATES": pages, "PLUGINS": ["saying"], "PLUGIN_PATHS": ["."], "THEME": "theme"}
    made = Site(folder, **chosen)
    for name, text in TEMPLATES.items():
        made.write(f"theme/templates/{name}.html", text)
    for name, text in TEXTS.items():
        says(name, text)(made)
    made.write("saying.py", PLUGIN)
    made.write("content/a.md", STORY.format("Salem", "First words."))
    made.write("pelicanconf.py", made.settings_text())
    return made


@pytest.mark.parametrize("kind", EDITS)
def test_without_one_kind_of_dependency_pages_stay_as_they_were(site: Site, kind: str) -> None:
    edit, pages = EDITS[kind]
    assert built(site, kind) == {}
    before = {page: (site.folder / "fast" / page).read_bytes() for page in pages}
    edit(site)
    assert built(site, kind) == ({"index.html": b"spoiled"} if kind == "stamp" else before)


def test_with_all_of_them_every_page_follows(site: Site) -> None:
    assert built(site, "nothing") == {}
    for edit, _ in EDITS.values():
        edit(site)
    assert built(site, "nothing") == {}
