"""What a process that stays takes over is what a clean stock build makes, and of a text alone it makes little.

``STEPS`` and ``SEED`` as for ``walks``.
"""

import json
import random
import signal
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from . import walks
from .newsroom import Newsroom
from .residence import Residence

STEPS = walks.STEPS // 3
LABELS = (walks.tags, walks.category, walks.authors)
PLACES = (walks.countries, walks.date, walks.modified, walks.add)
PICTURES = (walks.figure, walks.no_figure, walks.lead, walks.original, walks.new_picture)
RESTARTING = (walks.settings, walks.preview, walks.public, walks.code, walks.clock)
LEFT = (walks.spoil, walks.lose, walks.suite)  # it looks at no output unasked; with others' plugins it builds all
OF_SOURCES = tuple(edit for edit in walks.EDITS if edit not in LEFT)
EDITS = (
    *(walks.body for _ in range(12)),
    *(walks.long_body for _ in range(4)),
    *LABELS,
    *LABELS,
    *PLACES,
    *PLACES,
    *PICTURES,
    *PICTURES,
    *OF_SOURCES,
)


def test_a_story_of_which_more_is_new_is_seen_on_its_own_page_before_all_is_built(
    room: Newsroom, residence: Residence
) -> None:
    story = room.stories[1]
    page = next((room.folder / "fast").glob(f"20*/*/{story.header['slug']}/index.html"))
    looks: list[str] = []
    for text in ("It was four.", "It was five."):
        story.header["corrections"] = [{"date": "2026-09-20", "text": text}]
        story.header["embargo"] = f"2026-09-0{len(looks) + 1}"
        story.save()
        assert residence.ask(lambda: looks.append(page.read_text("utf-8"))) == {"problem": "", "alone": False}
        assert text in looks[-1] == page.read_text("utf-8")
    assert len(looks) == 2
    slug, date = story.header["slug"], story.header["date"]
    for name, value in (("slug", "elsewhere"), ("slug", slug), ("date", "some day"), ("date", date)):
        story.header[name] = value
        story.save()
        problem = residence.ask(partial(looks.append, f"{name} {value}"))["problem"]
        assert (story.file.name in problem) == (value == "some day")
    assert not any(look.startswith("slug") for look in looks)


def test_of_a_new_text_only_what_reads_it_is_made(room: Newsroom, residence: Residence) -> None:
    before = room.files("fast")
    story = room.stories[0]
    story.body += "\n\nA word more."
    story.save()
    assert residence.ask() == {"problem": "", "alone": True}
    after = room.files("fast")
    changed = {name for name in before if before[name] != after[name]}
    assert changed
    page = f"2015/01/{story.header['slug']}/index.html"
    assert {name for name in changed if name.endswith(".html")} == {page, f"text/{page}"}, changed
    assert all(b"A word more." in after[name] for name in changed)
    feed = next(name for name in changed if name.endswith(".atom"))
    (room.folder / "fast" / feed).write_text("Somebody was here.", "utf-8")
    story.body += "\n\nAnd one."
    story.save()
    assert residence.ask() == {"problem": "", "alone": True}
    assert b"Somebody was here." not in room.files("fast")[feed]
    assert b"And one." in room.files("fast")[feed]
    story.header["title"] = "Another headline"
    story.save()
    assert residence.ask() == {"problem": "", "alone": True}
    retold = room.files("fast")
    changed = {name for name in after if after[name] != retold[name]}
    assert {page, "index.html"} < changed
    assert changed == {name for name in retold if b"Another headline" in retold[name]}


def test_a_new_link_is_taken_over_at_once_and_one_that_leads_nowhere_is_told(
    room: Newsroom, residence: Residence, stock: Callable[[Newsroom], int]
) -> None:
    story, other = room.stories[6:8]
    text, place = story.body, other.file.relative_to(room.content)
    page = next((room.folder / "fast").glob(f"20*/*/{story.header['slug']}/index.html"))
    for target, written in (
        (f"{{filename}}/{place}#top", f"/{other.header['slug']}/#top"),
        ("https://elsewhere.example/a", "https://elsewhere.example/a"),
        ("/images/no-picture.png", "/images/no-picture.png"),
    ):
        story.body = f"{text}\n\nSee [that]({target})."
        story.save()
        assert residence.ask() == {"problem": "", "alone": True}, target
        assert f'{written}">that</a>' in page.read_text("utf-8")
    assert stock(room) == 0
    assert walks.differences(room) == []
    before = room.files("fast")
    for wrong in ("{filename}/articles/none.md", "{filename}../none.md", "{static}/images/none.png"):
        story.body = f"{text}\n\nSee [that]({wrong})."
        story.save()
        problem = residence.ask()["problem"]
        assert (f"{story.file.relative_to(room.folder)}:" in problem, "none." in problem) == (True, True), problem
        assert room.files("fast") == before
    story.body = text
    story.save()
    assert residence.ask()["problem"] == ""
    for shown in ("/images/barley-ears.png", "{static}/images/barley-ears.png"):
        story.body = f"{text}\n\nSee [that]({shown})."
        story.save()
        assert residence.ask() == {"problem": "", "alone": True}
        assert "images/barley-ears.png" in room.files("fast")
    story.body = text
    story.save()
    assert residence.ask()["problem"] == ""
    assert stock(room) == 0
    assert walks.differences(room) == []


def test_stories_with_other_topics_authors_and_sections_are_listed_anew_at_once(
    room: Newsroom, residence: Residence, stock: Callable[[Newsroom], int]
) -> None:
    before, one, other = set(room.files("fast")), *room.stories[2:4]
    one.header |= {"tags": ["Dams", "Wells"], "title": "A dam, and a well", "authors": ["Nobody Else"]}
    other.header |= {"tags": ["Wells"], "category": "Water"}
    one.body += "\n\nA word more."
    page = next((room.folder / "fast").glob(f"20*/*/{one.header['slug']}/index.html"))
    for story in (one, other):
        story.save()
    looks: list[bytes] = []
    assert residence.ask(lambda: looks.append(page.read_bytes())) == {"problem": "", "alone": True}
    (seen,) = looks  # first, on its own page; the new section is in no menu yet
    assert (b"A word more." in seen, b">Wells<" in seen, b"Nobody Else" in seen) == (True, True, True)
    new = set(room.files("fast")) - before
    assert {f"topics/{name}/index.html" for name in ("dams", "wells")} <= new
    assert {"sections/water/feed.atom", "text/authors/nobody-else/index.html"} <= new
    assert stock(room) == 0
    assert walks.differences(room) == []
    del one.header["tags"]
    other.header["category"] = "Life"
    for story in (one, other):
        story.save()
    assert residence.ask() == {"problem": "", "alone": True}
    left = set(room.files("fast")) - before
    assert "topics/wells/index.html" in left
    assert not any(name.startswith(("topics/dams/", "text/topics/dams/", "sections/water/")) for name in left)
    assert stock(room) == 0
    assert walks.differences(room) == []


def test_corrections_are_told_everywhere_at_once(
    room: Newsroom, residence: Residence, stock: Callable[[Newsroom], int]
) -> None:
    one, other = room.stories[9:11]
    page, told = next((room.folder / "fast").glob(f"20*/*/{one.header['slug']}/index.html")), "corrections/index.html"
    for story, texts in ((one, ["It was four."]), (other, ["It was five.", "Six."]), (one, []), (other, [])):
        story.header["corrections"] = [{"date": f"2026-09-{10 + len(text)}", "text": text} for text in texts]
        if not texts:
            del story.header["corrections"]
        story.save()
        looks: list[str] = []
        assert residence.ask(lambda: looks.append(page.read_text("utf-8"))) == {"problem": "", "alone": True}  # noqa: B023 - called at once
        assert all(text in looks[0] for text in texts if story is one)
        there = room.files("fast")
        assert all(text.encode() in there[told] for text in texts)
        assert stock(room) == 0
        assert walks.differences(room) == []
    one.header["corrections"] = [{"date": "some day", "text": "It was four."}]
    one.save()
    assert f"{one.file.relative_to(room.folder)}:" in residence.ask()["problem"]
    assert room.files("fast") == there
    del one.header["corrections"]
    one.save()
    assert residence.ask()["problem"] == ""


def test_what_came_and_went_beside_a_story_costs_no_build(room: Newsroom, residence: Residence) -> None:
    story = room.stories[0]
    story.body += "\n\nA word more."
    story.save()
    assert residence.ask(also=[story.file.with_name(f"{story.file.name}~")]) == {"problem": "", "alone": True}


def test_a_mistake_in_a_label_is_told_and_the_edition_stays(room: Newsroom, residence: Residence) -> None:
    story = room.stories[3]
    before, tags = room.files("fast"), story.header["tags"]
    for wrong in (["?!"], {"of": "Wells"}):
        story.header["tags"] = wrong
        story.save()
        assert f"{story.file.relative_to(room.folder)}:" in residence.ask()["problem"], wrong
    mistake = residence.ask()["problem"]
    room.stories[0].body += "\n\nA word more, elsewhere."
    room.stories[0].save()
    assert residence.ask()["problem"] == mistake, "it is told until it is mended"
    after, page = room.files("fast"), f"2016/08/{story.header['slug']}/index.html"
    assert {name for name in before if before[name] != after.get(name)} <= {page}, "it is seen as far as that is right"
    story.header["tags"] = tags
    story.save()
    assert residence.ask()["problem"] == ""
    residence.ask(also=[story.file.with_name("beside~")])  # answered when what could wait is done
    assert residence.open_without_name() == 1, "what was seen ahead is let go, and the texts of the edition are not"


def test_new_rates_are_shown_at_once(room: Newsroom, residence: Residence, stock: Callable[[Newsroom], int]) -> None:
    rates = room.content / "rates" / "history.csv"
    rows = rates.read_text("utf-8").splitlines(keepends=True)
    for dropped in (5, 1):
        rates.write_text("".join(rows[:-dropped]), "utf-8")
        assert residence.ask() == {"problem": "", "alone": True}
    assert stock(room) == 0
    assert walks.differences(room) == []
    rates.write_text("".join([*rows, "no row\n"]), "utf-8")
    assert "content/rates/history.csv:" in residence.ask()["problem"]
    rates.write_text("".join(rows), "utf-8")
    assert residence.ask()["problem"] == ""


def test_what_a_desk_says_of_its_country_is_shown_at_once(
    room: Newsroom, residence: Residence, stock: Callable[[Newsroom], int]
) -> None:
    desk = room.content / "countries" / "uzbekistan.md"
    text, before, page = desk.read_text("utf-8"), room.files("fast"), "countries/uzbekistan/index.html"
    desk.write_text(text.replace("Tashkent desk", "The river desk") + "\nA river comes from the south.\n", "utf-8")
    assert residence.ask() == {"problem": "", "alone": True}
    assert all(words in room.files("fast")[page] for words in (b"A river", b"The river desk"))
    assert b"A river" in room.files("fast")[f"text/{page}"]
    assert stock(room) == 0
    assert walks.differences(room) == []
    desk.write_text(text.replace("\ncapital:", "\ncapitol:"), "utf-8")
    assert "content/countries/uzbekistan.md:" in residence.ask()["problem"]
    desk.write_text(text, "utf-8")
    assert residence.ask() == {"problem": "", "alone": True}
    assert room.files("fast") == before
    desk.write_text(text.replace("  - Republic", "  - Uzbekia\n  - Republic"), "utf-8")
    assert residence.ask() == {"problem": "", "alone": False}, "stories may name it so"
    desk.write_text(text, "utf-8")
    assert residence.ask()["problem"] == ""


def test_a_mistake_is_told_each_time_and_the_edition_stays(room: Newsroom, residence: Residence) -> None:
    before = room.files("fast")
    story, words = room.stories[0], room.stories[0].body
    for _ in range(2):
        story.body += "\n\n![](no-such.png)"
        story.save()
        problem = residence.ask()["problem"]
        assert f"{story.file.relative_to(room.folder)}:" in problem
        assert "no-such.png" in problem
    other = room.stories[5]
    other.header["title"] = "Said meanwhile"
    other.save()
    assert residence.ask() == {"problem": problem, "alone": False}
    assert room.files("fast") == before
    story.body, header = words, dict(story.header)
    del story.header["category"]
    story.save()
    assert "[missing-category]" in residence.ask()["problem"]
    story.header = header
    story.save()
    assert residence.ask() == {"problem": "", "alone": True}, "nothing else had to be built"
    after = room.files("fast")
    assert b"Said meanwhile" in after["index.html"] + after[f"text/topics/topic-{5 % 4}/index.html"]


def test_builds_that_fail_while_pages_are_made_leave_no_file_open(room: Newsroom, residence: Residence) -> None:
    footer = room.folder / "theme/templates/partials/footer.html"
    text, slug = footer.read_text("utf-8"), room.stories[4].header["slug"]
    for number in range(3):  # other pages are made before
        fault = f"{{% if article is defined and article.slug == '{slug}' %}}{{{{ 1 / 0 }}}}{{% endif %}}"
        footer.write_text(f"{text}Edition {number}{fault}", "utf-8")
        assert "division by zero" in residence.ask()["problem"]
        assert residence.open_without_name() == 0
    footer.write_text(text, "utf-8")
    assert residence.ask()["problem"] == ""
    residence.ask(also=[footer.with_name("beside~")])
    assert residence.open_without_name() == 1, "the texts of the edition that is whole"


def test_a_resident_gives_the_bytes_of_a_clean_stock_build(
    room: Newsroom, residence: Residence, begin: Callable[[Newsroom], Residence], stock: Callable[[Newsroom], int]
) -> None:
    chance = random.Random(walks.SEED)  # noqa: S311 - repeatable, not secret
    told, taken, alone = ["first edits"], 0, 0
    edits: list[walks.Edit] = []
    while taken <= STEPS:
        answer, status = residence.ask(), stock(room)
        assert bool(answer["problem"]) == bool(status), f"{told[-3:]}\n{answer}"
        if status:
            room.go_back()
            told.append("mended")
        else:
            assert walks.differences(room) == [], json.dumps(told[-3:])
            taken, alone = taken + 1, alone + answer["alone"]
            room.keep()
            edits = chance.choices(EDITS, k=chance.choice((1, 1, 2)))
            told.append("; ".join(edit(room, chance) for edit in edits))
        if any(edit in RESTARTING for edit in edits):  # or was, and was taken back
            residence = begin(room)
    assert alone >= STEPS // 5, "few texts were taken over at once"


def test_what_is_killed_as_soon_as_it_has_answered_leaves_an_edition_that_the_next_brings_up_to_date(
    tmp_path: Path, begin: Callable[[Newsroom], Residence], stock: Callable[[Newsroom], int]
) -> None:
    room = Newsroom(tmp_path / "room", stories=3, plugins=(), search=False)
    room.choose(siteurl="")
    story = room.stories[0]
    none: dict[str, Any] = {}
    for new, alone in ((none, True), ({"tags": ["Dams"]}, True), ({"embargo": "2026-09-20"}, False)):
        residence = begin(room)
        assert residence.ask()["problem"] == ""
        story.body += "\n\nA word more."
        story.header |= new
        story.save()
        assert residence.ask() == {"problem": "", "alone": alone}
        residence.end(signal.SIGKILL)
    assert begin(room).ask()["problem"] == ""
    assert stock(room) == 0
    assert walks.differences(room) == []


def test_a_new_text_that_changes_which_files_there_are_leaves_none_of_the_former(
    tmp_path: Path, begin: Callable[[Newsroom], Residence]
) -> None:
    room = Newsroom(tmp_path / "room", stories=3, plugins=())
    residence = begin(room)
    residence.ask()
    before = set(room.files("fast"))
    room.stories[0].body += "\n\nA word more."
    room.stories[0].save()
    assert residence.ask() == {"problem": "", "alone": True}
    after = set(room.files("fast"))
    assert before != after
    assert len(before) == len(after), "the index's former files are gone"
