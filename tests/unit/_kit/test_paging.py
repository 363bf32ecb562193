import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins._kit.paging import paginate


def stories(count: int) -> list[int]:
    """Newest first; each is numbered by its age, the oldest being 1."""
    return list(range(count, 0, -1))


def test_fifty_seven_stories_twenty_a_page():
    front, second, first = paginate(stories(57), "sections/politics/", 20)
    assert (front.url, front.first, front.last, front.total) == ("sections/politics/", 41, 57, 57)
    assert (second.url, second.first, second.last) == ("sections/politics/page/2/", 21, 40)
    assert (first.url, first.first, first.last) == ("sections/politics/page/1/", 1, 20)
    assert second.items == tuple(range(40, 20, -1))
    assert (front.newer, front.older) == (None, second.url)
    assert (second.newer, second.older) == (front.url, first.url)
    assert first.older is None


def test_an_empty_list_has_one_empty_front():
    (front,) = paginate([], "topics/rail/", 20)
    assert (front.items, front.first, front.last, front.is_front, front.save_as) == (
        (),
        0,
        0,
        True,
        "topics/rail/index.html",
    )


@pytest.mark.parametrize(("per_page", "orphans"), [(0, 0), (5, 5), (5, -1)])
def test_impossible_sizes_are_refused(per_page, orphans):
    with pytest.raises(ValueError, match="per_page"):
        paginate([1], "", per_page, orphans)


@given(st.integers(0, 300), st.integers(1, 30), st.data())
def test_every_story_stands_once_and_closed_pages_stay(count, per_page, data):
    orphans = data.draw(st.integers(0, per_page - 1))
    pages = paginate(stories(count), "x/", per_page, orphans)
    assert [item for page in pages for item in page.items] == stories(count)
    assert all(page.items == tuple(range(page.last, page.first - 1, -1)) for page in pages if page.items)
    assert count == 0 or len(pages[0].items) > (orphans if len(pages) > 1 else 0)
    later = {page.url: page for page in paginate(stories(count + 1), "x/", per_page, orphans)}
    assert all(later[page.url].items == page.items for page in pages[1:])
    assert all(later[page.url] == page for page in pages[2:]), "of a closed page nothing is another"
