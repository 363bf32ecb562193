"""What texts show, and what is to be settled when that changes."""

from plugins.responsive_images.bodies import Shown
from plugins.responsive_images.showing import Showing, Shows
from plugins.responsive_images.views import Candidate, Picture, Source

WELL, LEAD = Shown("images/well.jpg", "Me"), Shown("images/2026/lead.jpg", "")


def picture(name: str) -> Picture:
    return Picture((Source("image/avif", (Candidate(f"media/{name}.avif", 400),)),), f"media/{name}.jpg", 400, 300, {})


def test_what_a_text_shows_no_more_and_what_it_shows_now_are_to_be_settled():
    shows = Shows.among(["images/well.jpg"])
    shows.put("a.md", Showing(None, frozenset({WELL})))
    assert shows.touched() == {"images/well.jpg"}
    shows.put("a.md", Showing(None, frozenset({WELL})))
    assert shows.touched() == set()
    shows.put("a.md", Showing(LEAD, frozenset(), frozenset({"images/plan.pdf"})))
    assert shows.touched() == {"images/well.jpg", "images/2026/lead.jpg", "images/plan.pdf"}
    assert (shows.shown(), shows.linked()) == ({LEAD}, {"images/plan.pdf"})
    shows.put("a.md", Showing())
    assert (shows.shown(), shows.linked(), shows.of) == (set(), set(), {})


def test_files_are_gone_that_no_picture_has_any_more():
    shows = Shows.among(["images/well.jpg"])
    shows.pictures |= {WELL: picture("well"), LEAD: picture("lead"), Shown("images/b/well.jpg", ""): picture("well")}
    assert shows.leave({WELL}) == {"media/lead.avif", "media/lead.jpg"}
    assert set(shows.pictures) == {WELL}
    assert shows.leave({WELL}) == set()
    assert shows.leave(()) == {"media/well.avif", "media/well.jpg"}


def test_texts_are_asked_for_the_folders_of_pictures_that_there_are():
    shows = Shows.among(["images/well.jpg", "photos/2026/a.jpg", "logo.png"])
    assert all(map(shows.has_folder_of, ("images/2027/b.jpg", "photos/b.jpg", "logo.png")))
    assert not any(map(shows.has_folder_of, ("drawings/b.png", "other.png")))
    assert shows.may_refer('<a href="/photos/2026/a.jpg">')
    assert not shows.may_refer('<a href="/elsewhere/">')
