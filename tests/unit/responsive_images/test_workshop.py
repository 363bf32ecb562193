"""Originals looked at once, pictures made side by side, and what is seen of it."""

import io
import threading
from functools import partial

import pytest
from PIL import Image

from plugins._kit.errors import EditionError
from plugins.responsive_images import edition, keeping, originals, progress, workshop
from plugins.responsive_images.bodies import Shown
from plugins.responsive_images.keeping import Cache
from plugins.responsive_images.settings import ResponsiveImagesSettings

SETTINGS = ResponsiveImagesSettings(widths=(20, 40), fallback_width=40)


def files(folder, count=3, suffix="png"):
    found = {}
    for number in range(count):
        path = folder / f"{number}.{suffix}"
        Image.effect_noise((60, 40 + number), 50).save(path)
        found[f"images/{number}.{suffix}"] = path
    return found


def whole(known):
    return edition.published(edition.plans([Shown(path, "") for path in known], known, SETTINGS), known, (), ())


def made(folder, found):
    cache = Cache(folder / "cache")
    known, problems = workshop.described(found, cache, SETTINGS)
    assert problems == ()
    planned = whole(known)
    edition.make(planned, found, known, cache)
    return planned, cache


def test_what_was_made_is_not_made_again_and_no_original_is_opened(tmp_path, monkeypatch):
    found = files(tmp_path)
    planned, cache = made(tmp_path, found)
    addresses = edition.addresses(planned, cache)
    assert len(addresses) == 15
    assert all(path.stat().st_size for path in addresses.values())
    assert not list((tmp_path / "cache").glob("*.part"))
    monkeypatch.setattr(originals.Image, "open", None)
    again, cache = made(tmp_path, found)
    assert edition.addresses(again, cache) == addresses


def test_an_original_that_changed_is_looked_at_again(tmp_path):
    found = files(tmp_path)
    planned, cache = made(tmp_path, found)
    Image.effect_noise((60, 41), 50).save(found["images/1.png"])
    changed, cache = made(tmp_path, found)
    old, new = edition.addresses(planned, cache), edition.addresses(changed, cache)
    assert len(new.keys() - old.keys()) == 5
    assert {name[:8] for name in new.keys() - old.keys()} == {"media/1-"}


def test_a_copy_under_another_name_is_not_made_again(tmp_path):
    found = files(tmp_path, 1)
    _, cache = made(tmp_path, found)
    kept = {path.name for path in cache.folder.iterdir()}
    (tmp_path / "copy.png").write_bytes(found["images/0.png"].read_bytes())
    made(tmp_path, {**found, "images/copy.png": tmp_path / "copy.png"})
    assert {path.name for path in cache.folder.iterdir()} == kept


def test_a_note_that_cannot_be_read_costs_only_a_look(tmp_path):
    found = files(tmp_path, 1)
    _, cache = made(tmp_path, found)
    (cache.folder / "originals.json").write_text('{"of": "another version"}')
    assert made(tmp_path, found)[1].known(found["images/0.png"])


def test_every_broken_original_is_told_by_name_and_the_others_are_made(tmp_path):
    found = files(tmp_path, suffix="jpg")
    for number in (0, 2):
        whole_file = found[f"images/{number}.jpg"].read_bytes()
        found[f"images/{number}.jpg"].write_bytes(whole_file[: len(whole_file) // 2])
    with pytest.raises(EditionError) as caught:
        made(tmp_path, found)
    told = str(caught.value)
    assert "2 problems" in told
    assert "0.jpg: the picture is broken" in told
    assert "Save it anew as JPEG or PNG" in told
    assert len([path for path in (tmp_path / "cache").iterdir() if path.suffix != ".json"]) == 5


def test_files_of_few_originals_are_made_side_by_side_and_are_the_same(tmp_path, monkeypatch):
    found = dict([next(iter(files(tmp_path).items()))])
    made_of: list[dict[str, bytes]] = []
    for cores in (1, 3):
        monkeypatch.setattr(workshop, "_cores", lambda cores=cores: cores)
        cache = Cache(tmp_path / f"cache-{cores}")
        known, _ = workshop.described(found, cache, SETTINGS)
        (plan,) = edition.plans([Shown(path, "") for path in known], known, SETTINGS).values()
        (name,) = found
        todo = workshop.jobs({found[name]: plan.orders}, {found[name]: known[name]}, cache)
        assert len(todo) == cores
        assert sorted(order.kept for job in todo for order in job.orders) == sorted(each.kept for each in plan.orders)
        done: list[None] = []
        assert workshop.work(todo, cache, partial(done.append, None)) == ()
        assert len(done) == 1, "an original is done once"
        made_of.append({each.name: each.read_bytes() for each in cache.folder.iterdir() if each.suffix != ".json"})
    assert made_of[0] == made_of[1]


def test_an_original_that_nothing_can_read_is_a_problem(tmp_path):
    (tmp_path / "a.png").write_text("no picture")
    known, (problem,) = workshop.described({"a.png": tmp_path / "a.png"}, Cache(tmp_path / "cache"), SETTINGS)
    assert known == {}
    assert problem.path.endswith("a.png")
    assert problem.code == "picture"


def test_what_is_linked_or_named_by_the_settings_stays_published(tmp_path):
    found = files(tmp_path)
    known, _ = workshop.described(found, Cache(tmp_path / "cache"), SETTINGS)
    plans = edition.plans([Shown(path, "") for path in known], known, SETTINGS)
    kept = edition.published(plans, known, {"images/0.png"}, ("images/2*",))
    assert kept.hidden == {"images/1.png"}


def test_files_are_published_once_and_where_they_cannot_be_linked_copied(tmp_path, monkeypatch):
    (tmp_path / "kept").write_bytes(b"x")
    keeping.publish(tmp_path / "kept", tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b").samefile(tmp_path / "kept")

    def refuse(*_):
        raise OSError

    monkeypatch.setattr(keeping.os, "link", refuse)
    keeping.publish(tmp_path / "kept", tmp_path / "a" / "c")
    assert not (tmp_path / "a" / "c").samefile(tmp_path / "kept")
    keeping.publish(tmp_path / "gone", tmp_path / "a" / "c")
    assert (tmp_path / "a" / "c").read_bytes() == b"x"


def test_a_log_has_ten_lines_however_many_pictures_there_are():
    log = io.StringIO()
    with progress.shown(200, log) as done:
        threads = [threading.Thread(target=lambda: [done() for _ in range(50)]) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    lines = log.getvalue().splitlines()
    assert len(lines) == 10
    assert lines[-1] == "Making pictures: 200 of 200 originals"


def test_nothing_is_told_where_there_is_nothing_to_do():
    log = io.StringIO()
    with progress.shown(0, log):
        pass
    assert log.getvalue() == ""


def test_a_terminal_has_a_bar(monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    terminal = io.StringIO()
    with progress.shown(2, terminal) as done:
        done()
        done()
    assert "Making pictures" in terminal.getvalue()
    assert "2/2" in terminal.getvalue()
