"""Where only what stands in all pages alike is another, it is put into them, and none but an example is made."""

import shutil

from tests.support import commands
from tests.support.site import Site

STORIES = 60
PLUGIN = """
from pathlib import Path

from pelican import signals


def fill(generator):
    generator.context["rate"] = Path("content/rate.txt").read_text("utf-8").strip()


def counted(title):
    with Path("made.txt").open("a") as file:
        file.write(title + "\\n")
    return title


def register():
    signals.article_generator_finalized.connect(fill)
    signals.generator_init.connect(lambda generator: generator.env.filters.update(counted=counted), weak=False)
"""
FRAME = "{% include 'rates.html' %}{% block story %}{% endblock %}"
ARTICLE = "{% extends 'frame.html' %}{% block story %}{{ article.title|counted }}: {{ article.content }}{% endblock %}"
STORY = "Title: Story {0}\nDate: 2026-09-01\nSlug: story-{0}\nSummary: Short.\n\n{1}\n"
RATES = "<p>The rate of this day, in a line that is long enough to be told apart: {{ rate }}</p>"


def built(site: Site) -> int:
    """Build both ways, which must leave the same; return how many stories' pages the fast one made."""
    made = site.write("made.txt", "")
    options = ("content", "-s", "pelicanconf.py", "--log-handler", "plain", "--fatal=errors", "-o")
    done = commands.run("plugins.fast_build", "build", *options, "fast", cwd=site.folder)
    count = len(made.read_text("utf-8").splitlines())
    shutil.rmtree(site.folder / "stock", ignore_errors=True)
    for each in (done, commands.run("pelican", *options, "stock", cwd=site.folder)):
        assert each.returncode == 0, each.stdout + each.stderr
    fast, stock = (
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in (site.folder / "fast", site.folder / "stock")
    )
    assert fast == stock
    return count


def test_only_an_example_is_made_and_all_follow_it(tmp_path):
    none = dict.fromkeys(("TAG_SAVE_AS", "CATEGORY_SAVE_AS", "AUTHOR_SAVE_AS", "ARCHIVES_SAVE_AS"), "")
    site = Site(tmp_path, **none, DIRECT_TEMPLATES=[], PLUGINS=["saying"], PLUGIN_PATHS=["."], THEME="theme")
    for name, text in (("frame", FRAME), ("article", ARTICLE), ("rates", RATES)):
        site.write(f"theme/templates/{name}.html", text)
    site.write("saying.py", PLUGIN)
    site.write("content/rate.txt", "1")
    site.write("pelicanconf.py", site.settings_text())
    for number in range(STORIES):
        site.write(f"content/story-{number}.md", STORY.format(number, "Some text."))
    site.write("theme/templates/page.html", "{% extends 'frame.html' %}")
    site.write("content/pages/about.md", STORY.format("of us", "About us."))
    assert built(site) == STORIES
    site.write("content/rate.txt", "12,5")
    assert built(site) == 1
    site.write("theme/templates/rates.html", RATES.replace("day", "hour"))
    assert built(site) == 1
    site.write("content/story-7.md", STORY.format(7, "Another text."))
    site.write("content/rate.txt", "13")
    assert built(site) == 2
    site.write("theme/templates/rates.html", RATES.replace("this", "{% if page %}{{ page.title }}{% endif %}, this"))
    assert built(site) == STORIES  # the example has no such thing, but another page may
    site.write(
        "theme/templates/rates.html", RATES.replace("this", "{% if article %}{{ article.title }}{% endif %}, this")
    )
    assert built(site) == STORIES  # each has its own now
    site.write("content/rate.txt", "14")
    assert built(site) == STORIES
