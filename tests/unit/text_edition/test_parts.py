"""Long pages cut into parts."""

import random
import re

import lxml.html
import pytest

from plugins.text_edition import parts

CHANCE = random.Random(8)  # noqa: S311 - repeatable, not secret
WORDS = ["".join(CHANCE.choices("abcdefghijklmnopqrstuvwxyz", k=CHANCE.randrange(3, 9))) for _ in range(3000)]
MOST = 8192


def sentence(count=60):
    return " ".join(CHANCE.choices(WORDS, k=count)).capitalize() + "."


def show(part):
    return f"<html><head><title>{part.title}, {part.number} of {part.count}</title></head>{part.content}</html>"


def cut(content):
    return parts.pages("text/2025/04/long/", content, show, MOST)


def words(markup):
    return " ".join(lxml.html.fromstring(f"<div>{markup}</div>").itertext()).split()


@pytest.fixture(scope="module")
def long_story():
    chapters = "".join(
        f'<h2 id="c{number}">Chapter {number}</h2>' + "".join(f"<p>{sentence()}</p>" for _ in range(8))
        for number in range(12)
    )
    return (
        f'<article><h1>A <em>long</em> story</h1><p><a href="#c11">The end</a></p>{chapters}</article><h2>Sources</h2>'
    )


def test_a_short_page_stays_whole():
    content = "<h1>A &amp; B</h1><p>Short.</p>"
    assert cut(content) == {"text/2025/04/long/": f"<html><head><title>A & B, 1 of 1</title></head>{content}</html>"}


def test_a_long_story_is_cut_between_its_paragraphs_and_nothing_is_lost(long_story):
    made = cut(long_story)
    assert list(made) == ["text/2025/04/long/", *(f"text/2025/04/long/part/{n}/" for n in range(2, len(made) + 1))]
    assert 3 <= len(made) <= 6
    assert all(parts.packed(page) <= MOST for page in made.values())
    bodies = [page.partition("</head>")[2].removesuffix("</html>") for page in made.values()]
    assert [word for body in bodies for word in words(body)] == words(long_story)
    assert [page.count("<title>A long story, ") for page in made.values()] == [1] * len(made)
    for body in bodies:
        assert body.count("<article>") == body.count("</article>")
        assert not re.search(r"</h2>\s*</article>\s*$", body), "a heading without its text"


def test_a_link_within_the_story_finds_its_part(long_story):
    made = cut(long_story)
    (home,) = [address for address, page in made.items() if 'id="c11"' in page]
    assert home != "text/2025/04/long/"
    assert f'href="../../../../{home}#c11"' in made["text/2025/04/long/"]


def test_the_rows_of_a_long_table_stand_below_its_head_in_each_part():
    rows = "".join(f"<tr><td>{number}</td><td>{sentence(6)}</td></tr>" for number in range(700))
    made = cut(f"<h1>T</h1><table><caption>C</caption><thead><tr><th>N</th></tr></thead><tbody>{rows}</tbody></table>")
    assert len(made) > 1
    assert [page.count("<caption>C</caption><thead><tr><th>N</th></tr></thead><tbody>") for page in made.values()] == [
        1
    ] * len(made)
    assert sum(page.count("<tr><td>") for page in made.values()) == 700


def test_a_numbered_list_goes_on_counting():
    made = cut(f"<h1>L</h1><ol>{''.join(f'<li>{sentence(8)}</li>' for _ in range(600))}</ol>")
    numbers = [int(number) for page in made.values() for number in re.findall(r'<li value="(\d+)"', page)]
    assert len(made) > 1
    assert numbers == list(range(1, 601))


def test_two_lists_side_by_side_stay_two():
    one = f"<ul>{''.join(f'<li>{sentence(8)}</li>' for _ in range(300))}</ul>"
    made = cut(f"<h1>L</h1>{one}{one}")
    assert len(made) > 1
    assert sum(page.count("<ul>") for page in made.values()) == len(made) + 1


def test_a_paragraph_is_never_cut():
    giant = f"<p>{sentence(6000)}</p>"
    made = cut(f"<h1>G</h1><p>Before.</p>{giant}<p>After.</p>")
    assert [giant in page for page in made.values()].count(True) == 1


def test_what_follows_a_line_of_rates_that_does_not_end_is_measured_too(long_story):
    def show(part):
        return f'<p class="rates">{part.content}'.replace("</p>\n", "</p>")

    made = parts.pages("a/", long_story, show, MOST)
    assert len(made) > 1
    assert all(parts.packed(page) <= MOST for page in made.values())


@pytest.mark.parametrize("place", ["{rates}{content}", "{content}{rates}", "{rates}{rates}{content}"])
def test_the_line_of_rates_decides_nothing_wherever_it_stands(place, long_story):
    def cut_with(rates):
        line = f'<p class="rates">{rates}</p>\n'
        return parts.pages("a/", long_story, lambda part: place.format(rates=line, content=part.content), MOST)

    few, many = cut_with("1 USD"), cut_with(sentence(2000))
    assert 3 <= len(few) == len(many)
    assert all(len(many[url]) > len(few[url]) for url in few)
