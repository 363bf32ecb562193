"""The kit's wiring in sites really built by Pelican."""

import pytest

from plugins._kit import wiring
from tests.support.site import ROOT, Site


def site(folder, title="Right", **settings):
    made = Site(folder, PLUGINS=["note"], PLUGIN_PATHS=["."], THEME="theme", DIRECT_TEMPLATES=["index"], **settings)
    made.write("note.py", (ROOT / "tests/data/note_plugin.py").read_text("utf-8"))
    made.write("theme/templates/index.html", "{{ note }} {{ build_time.isoformat() }} {{ _('Stories') }}")
    made.write("theme/static/x.css", "")
    made.write("content/a.md", f"Title: {title}\nDate: 2026-01-01\n\nText.\n")
    return made


def test_a_view_reaches_the_page_with_the_one_instant_of_the_build(tmp_path):
    built = site(tmp_path, NOTE={"word": "assalom"}).build()
    assert built.status == 0, built.log
    assert built.read("index.html") == "assalom 2026-09-30T12:00:00+05:00 Stories"


def test_a_problem_of_the_content_ends_the_build_in_words_before_anything_is_written(tmp_path):
    built = site(tmp_path, title="Wrong").build()
    assert built.status == 2
    assert "content/a.md:1: the title is 'Wrong'. Mend it." in built.log
    assert "Traceback" not in built.log
    assert not built.output.exists()


def test_an_unknown_setting_ends_the_build_before_any_work(tmp_path):
    built = site(tmp_path, NOTE={"wort": "x"}).build()
    assert built.status == 2
    assert "NOTE['wort']: is not a setting. Did you mean 'word'?" in built.log
    assert "Traceback" not in built.log


def test_a_build_time_without_zone_is_refused(tmp_path):
    built = site(tmp_path, BUILD_TIME="2026-09-30").build()
    assert built.status == 2
    assert "BUILD_TIME: is '2026-09-30', no instant with a zone" in built.log


def test_a_plugin_that_cannot_be_imported_stops_the_build(tmp_path):
    built = site(tmp_path).build(PLUGINS=["note", "no_such_plugin"])
    assert built.status != 0
    assert "no_such_plugin" in built.log


def test_the_environment_may_set_the_instant(tmp_path, monkeypatch):
    made = site(tmp_path)
    del made.settings["BUILD_TIME"]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert "1970-01-01T06:00:00+06:00" in made.build().read("index.html")
    monkeypatch.setenv("BUILD_TIME", "2026-09-29T18:00:00+05:00")
    assert "2026-09-29T18:00:00+05:00" in made.build().read("index.html")


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"DEFAULT_LANG": "ru", "EDITION_LOCALE": "en_GB"}, "another language than DEFAULT_LANG"),
        ({"DEFAULT_LANG": "english"}, "no language that CLDR knows"),
        ({"EDITION_LOCALE": "xx_YY"}, "no language that CLDR knows"),
    ],
)
def test_settings_that_name_no_one_language_are_told(tmp_path, settings, told):
    build = Site(tmp_path, PLUGINS=["plugins.story_lists"], THEME="simple", **settings).build()
    assert build.status != 0
    assert told in build.log
    assert "Traceback" not in build.log


def test_a_page_is_looked_at_once_until_it_is_another():
    found, looks = {}, []

    def look():
        looks.append(1)
        return len(looks) == 1

    assert wiring.found_in_page(wiring.with_found({}, found), "findable", look)
    assert wiring.found_in_page(wiring.with_found({}, found), "findable", look)
    assert found == {"findable": True}
    assert not wiring.found_in_page(wiring.with_found({}, {}), "findable", look)
    assert not wiring.found_in_page({}, "findable", look)
    assert len(looks) == 3
