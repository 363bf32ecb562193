"""What included templates made, given again: the text is Jinja's own, and what was read for it is noted each time."""

import gettext
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from jinja2 import TemplateNotFound, Undefined, pass_context
from markupsafe import Markup, escape

from plugins._kit import wording
from plugins.fast_build import fragments
from plugins.fast_build.digests import Digests
from plugins.fast_build.inputs import Inputs
from tests.support.templates import Pages


@dataclass(frozen=True)
class Desk:
    name: str
    place: str = ""

    def near(self, where: str) -> str:
        return f"{self.name} near {where}"

    @pass_context
    def here(self, context: Any) -> str:
        return f"{self.name} in {context.get('where')}"


LIST = "{% for story in stories %}{% include 'card' %}{% endfor %}{% include 'foot' %}"
CARD = "{{ story|counted }} of {{ site }};"
TEMPLATES = {"list": LIST, "card": CARD, "foot": "{{ desk.name|counted }}"}


def test_a_part_that_comes_back_is_made_once_and_read_by_every_page(tmp_path: Any) -> None:
    pages, context = Pages(TEMPLATES, tmp_path), {"site": "the Ledger", "desk": Desk("Almaty")}
    first, read = pages.page("list", context, stories=("a", "b", "a"))
    assert pages.counted == 3  # a, b and the foot
    _, read_again = pages.page("list", context, stories=("b", "c"))
    assert (first, pages.counted) == ("a of the Ledger;b of the Ledger;a of the Ledger;Almaty", 1)
    assert read == read_again
    assert {("name", "site"), ("name", "desk", "name")} < read


def test_another_value_makes_another_text(tmp_path: Any) -> None:
    pages = Pages(TEMPLATES, tmp_path)
    for desk in (Desk("Almaty"), Desk("Osh"), None):
        pages.page("list", {"site": "one", "desk": desk}, stories=(1, True, 1.0, "1"))
    pages.page("list", {"site": "two", "desk": Desk("Almaty")}, stories=(1,))
    pages.page("list", {"desk": Desk("Almaty")}, stories=(1,))


def test_what_one_page_was_given_another_reads_of_its_context(tmp_path: Any) -> None:
    """Only the second hangs on it."""
    pages, desk = Pages(TEMPLATES, tmp_path), Desk("Almaty")
    assert ("name", "desk", "name") not in pages.page("list", {"site": "x"}, stories=(), desk=desk)[1]
    assert ("name", "desk", "name") in pages.page("list", {"site": "x", "desk": desk}, stories=())[1]


def test_a_view_that_was_taken_from_a_view_is_followed_by_its_own_path(tmp_path: Any) -> None:
    templates = {
        "here": "{% set it = paper.name %}{% include 'it' %}",
        "there": "{% set it = rival.name %}{% include 'it' %}",
        "given": "{% include 'it' %}",
        "it": "{{ it.place }}",
    }
    pages, desk = Pages(templates, tmp_path), Desk("Almaty", "Satpaev")
    context = {"paper": Desk(desk), "rival": Desk(desk)}  # type: ignore[arg-type]  # a view in a view
    assert ("name", "paper", "name", "place") in pages.page("here", context)[1]
    assert ("name", "rival", "name", "place") in pages.page("there", context)[1]
    assert not pages.page("given", context, it=desk)[1] & {("name", "paper", "name", "place")}
    assert ("name", "paper", "name", "place") in pages.page("here", context)[1]


def test_what_a_page_was_given_may_be_found_to_be_a_views_own(tmp_path: Any) -> None:
    templates = {"page": "{% include 'it' %}{% set x = paper.name %}{% include 'it' %}", "it": "{{ it.place }}"}
    pages, desk = Pages(templates, tmp_path), Desk("Almaty", "Satpaev")
    context = {"paper": Desk(desk)}  # type: ignore[arg-type]  # as above
    assert ("name", "paper", "name", "place") in pages.page("page", context, it=desk)[1]


@pytest.mark.parametrize(
    "page",
    [
        "{% set seen = [] %}{% for n in '1213' %}{% include 'once' %}{% endfor %}",
        "{% set seen = {} %}{% for n in '1213' %}{% include 'counted' %}{% endfor %}",
        "{% set ns = namespace(n=0) %}{% for n in '111' %}{% include 'space' %}{% endfor %}",
        "{% for n in '1111' %}{{ loop.index }}{% include 'loop' %}{% endfor %}",
        "{% for n in '1111' %}{% set x = cycler('a', 'b') %}{% include 'outer' %}{% endfor %}",
        "{% set n = 1 %}{% include 'sets' %}{{ n }}{% include 'sets' %}",
        "{% import 'macros' as m with context %}{% for n in '121' %}{{ m.say(n) }}{% include 'macro' %}{% endfor %}",
        "{% set x %}{% include 'loose' %}{% endset %}{% include ['none', 'loose'] %}{{ x }}",
        "{% include 'none' ignore missing %}{% include 'loose' without context %}{% include 'blocks' %}",
        "{% for n in '11' %}{% with seen = [n] %}{% include 'mutates' %}{% endwith %}{% endfor %}",
    ],
)
def test_what_a_template_changes_while_it_is_made_is_seen(page: str, tmp_path: Any) -> None:
    parts = {
        "once": "{% if n not in seen %}{{ n }}{% endif %}{% set _ = seen.append(n) %}",
        "counted": "{{ seen.setdefault(n, n ~ (seen|length)) }}",
        "space": "{% set ns.n = ns.n + 1 %}{{ ns.n }}",
        "loop": "{{ loop.index }}{% if loop.last %}.{% endif %}",
        "outer": "{% include 'inner' %}{{ x.next() }}",
        "inner": "{{ x.current }}{{ n }}",
        "sets": "{% set n = n + 1 %}{{ n }}{% set loose = n %}{% include 'loose' %}",
        "macros": "{% macro say(x) %}{{ x }}{{ n }}{{ site }}{% endmacro %}",
        "macro": "{% from 'macros' import say with context %}{{ say(3) }}",
        "loose": "[{{ loose }}{{ n }}]",
        "blocks": "{% block a %}{% include 'loose' %}{% endblock %}{{ self.a() }}",
        "mutates": "{% include 'once' %}{{ seen|length }}{% include 'once' %}{{ seen|length }}",
    }
    pages = Pages({"page": page, **parts}, tmp_path)
    for given in ({}, {"n": 5}, {"loose": "x"}, {}):
        pages.page("page", {"site": "the Ledger"}, **given)


def test_what_a_part_sets_for_its_own_parts_is_not_asked_of_pages(tmp_path: Any) -> None:
    part = "{% with x = 1 %}{% include 'inner' %}{% endwith %}{{ site|counted }}"
    pages = Pages({"page": "{% include 'part' %}", "part": part, "inner": "{{ x }}"}, tmp_path)
    assert [pages.page("page", {"site": "A"}) and pages.counted for _ in range(2)] == [1, 0]


def test_a_template_that_is_not_there_is_told_by_its_name(tmp_path: Any) -> None:
    templates = {"page": "{% include 'part' ignore missing %}", "part": "{% include 'absent' %}"}
    for name in ("page", "part"):
        with pytest.raises(TemplateNotFound, match="absent"):
            Pages(templates, tmp_path).fast.get_template(name).render({})


def test_a_change_is_seen_once_it_is_told(tmp_path: Any) -> None:
    class Story:
        title = "old"

    story = Story()
    pages = Pages({"page": "{% include 'card' %}", "card": "{{ story.title }}"}, tmp_path)
    pages.page("page", {"story": story})
    story.title = "new"
    pages.recorder.forget([("card", "a.md")])
    assert pages.page("page", {"story": story})[0] == "new"


def test_of_a_view_that_is_asked_by_words_the_answer_is_read_and_else_all_of_it(tmp_path: Any) -> None:
    templates = {"page": "{{ desk.near('Osh') }}", "number": "{{ desk.near(1) }}", "here": "{{ desk.here() }}"}
    pages, desk = Pages(templates, tmp_path), Desk("Almaty")
    read = {key for key in pages.page("page", {"desk": desk})[1] if key[0] == "name"}
    assert read == {("name", "desk", "near", "()", "Osh")}
    for name in ("number", "here"):
        assert ("name", "desk") in pages.page(name, {"desk": desk, "where": "Osh"})[1]
    answers = [Inputs({"desk": each}, {}, pages, Digests(lambda _: None), {}) for each in (desk, Desk("Bishkek"))]
    keys = [("name", "desk", "near", "()", where) for where in ("Osh", "Talas")]
    assert len({each.digest(key) for each in answers for key in keys}) == 4


LINE = "<p>A line that is long enough to be told from others: {}</p>"
SLOTS = {
    "site": LINE.format("{{ site }}, {{ range(3)|sum }}"),
    "outer": LINE.format("{{ n }}") + "{% include 'site' %}",
    "wrapped": "<div>{% include 'site' %}</div>",
    "given": LINE.format("{{ n }}"),
    "file": LINE.format("{{ output_file }}"),
    "short": "{{ site }}",
}


@pytest.mark.parametrize(
    ("page", "count"),
    [
        ("{% include 'site' %}", 1),
        ("{% if n %}{% include 'site' %}{% endif %}", 1),
        ("{% include 'wrapped' %}", 1),
        ("{% include 'outer' %}", 1),
        ("{% include 'given' %}", 0),
        ("{% include 'file' %}", 0),
        ("{% include 'short' %}", 0),
        ("{% include 'site' %}{% include 'site' %}", 0),
        ("{% include 'site' %}{{ 'x' }}" + LINE.format("the Ledger, 3"), 0),
        ("{% set site = 'x' %}{% include 'site' %}", 0),
        ("{% with range = [1] %}{% include 'outer' %}{% endwith %}", 0),
        ("{% set part %}{% include 'site' %}{% endset %}{{ part }}", 0),
        ("{% filter upper %}{% include 'site' %}{% endfilter %}", 0),
        ("{% macro part() %}{% include 'site' %}{% endmacro %}{{ part() }}", 0),
        ("{% block part %}{% include 'site' %}{% endblock %}", 0),
        ("{% set part %}{% include 'wrapped' %}{% endset %}{% if part|length > 9 %}{{ part }}{% endif %}", 0),
    ],
)
def test_a_slot_is_what_comes_of_the_context_alone_and_stands_there_as_it_is(
    page: str, count: int, tmp_path: Any
) -> None:
    templates = {**SLOTS, "page": page}
    if "range" in page:
        templates["site"] = LINE.format("{{ site }}, {{ range|sum }}")
    pages = Pages(templates, tmp_path)
    for n in (1, 2, 1):
        assert len(pages.slots("page", {"site": "the Ledger"}, n=n)) == count


def test_what_was_read_for_a_slot_is_read_by_the_page_only_where_it_is_none(tmp_path: Any) -> None:
    pages = Pages(
        {**SLOTS, "page": "{% include 'site' %}", "held": "{% set x %}{% include 'site' %}{% endset %}{{ x }}"},
        tmp_path,
    )
    context = {"site": "the Ledger"}
    pages.recorder.begin(context, {})
    text = pages.fast.get_template("page").render(context)
    keys, (slot,) = pages.recorder.leave([text.encode()])
    assert ("name", "site") not in keys
    assert {("name", "site"), ("template", "site")} <= slot.keys
    assert slot.asked == {"site", "range"}
    assert ("name", "site") in pages.page("page", context)[1]
    assert ("name", "site") in pages.page("held", context)[1]


@pytest.mark.parametrize("is_alike", [True, False])
def test_what_one_environment_made_another_gives_again_if_it_is_alike(tmp_path: Any, *, is_alike: bool) -> None:
    pages, context = Pages(TEMPLATES, tmp_path), {"site": "the Ledger", "desk": Desk("Almaty")}
    if not is_alike:
        pages.other.filters = {**pages.other.filters, "counted": lambda value: f"{pages._counted(value)}!"}
    text, read = pages.page("list", context, stories=("a", "b"))
    pages.asked = 0
    pages.recorder.begin(context, {"stories": ("b", "a")})
    again = pages.other.get_template("list").render({**context, "stories": ("b", "a")})
    assert pages.recorder.end() == read
    assert (pages.asked, again) == (
        (0, "b of the Ledger;a of the Ledger;Almaty") if is_alike else (3, "b! of the Ledger;a! of the Ledger;Almaty!")
    )
    assert text == "a of the Ledger;b of the Ledger;Almaty"


def test_there_is_room_for_what_was_asked_for_last(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fragments, "_HELD", 100)
    monkeypatch.setattr(fragments, "_MOST", 1000)  # eight cards in either tree
    monkeypatch.setattr(fragments, "_TRIED", 1000)
    pages, context = Pages(TEMPLATES, tmp_path), {"site": "the Ledger", "desk": Desk("Almaty")}
    pages.page("list", context, stories=(1, 1))
    for first in range(0, 40, 2):
        pages.page("list", context, stories=range(first, first + 6))
        assert pages.counted <= (7 if first < 2 else 2), "four of them stood on the page before"
    pages.page("list", context, stories=range(6))
    assert pages.counted == 6, "they are forgotten"


@pytest.mark.parametrize("own", ["{% include 'own' %}", "{% set own %}{% include 'own' %}{% endset %}{{ own }}"])
def test_of_what_is_never_given_again_nothing_is_kept_and_all_is_noted(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch, own: str
) -> None:
    monkeypatch.setattr(fragments, "_TRIED", 20_000)  # five texts
    page = f"{own}{{% include 'desk' %}}"
    parts = {"page": page, "own": "{{ number }}{{ site }}{% include 'desk' %}", "desk": "{{ desk.name|counted }}"}
    pages, context = (
        Pages(parts, tmp_path),
        {"site": "the Ledger", "desk": Desk("Almaty")},
    )
    read = [pages.page("page", context, number=number)[1] for number in range(12)]
    assert all(each == read[0] for each in read)
    assert {("name", "site"), ("name", "desk", "name"), ("template", "own"), ("template", "desk")} <= read[0]
    trees = pages.fast.fragment.__self__._trees  # type: ignore[attr-defined]  # the fragments'
    assert (trees["own"].is_kept, trees["own"].young, trees["desk"].is_kept) == (False, None, True)


WORDS = {
    "page": "{% set loud = 2 %}{{ _('Search') }}{% include 'part' %}{{ _('%(n)s & more', n='<1>') }}",
    "part": "{{ _('Search') }}{{ _('Two <b>words</b>') }}{% macro say() %}{{ _('Search') }}{% endmacro %}{{ say() }}",
    "shadowed": "{% set _ = say %}{{ _('Search') }}",
    "own": "{% for x in '1' %}{% set gettext = say %}{{ _('Search') }}{% endfor %}",
}


class Words(gettext.NullTranslations):
    asked = 0

    def gettext(self, message: str) -> str:
        self.asked += 1
        return f"{message}!"


def test_the_sites_words_are_asked_for_once_and_a_pages_own_each_time(tmp_path: Any) -> None:
    pages, words, said = Pages(WORDS, tmp_path), Words(), []
    for environment in (pages.plain, pages.fast):
        wording.prepare(environment, words, wording.locale("en_GB"))

    def say(message: str, **_values: object) -> str:
        said.append(message)
        return f"{message} {len(said)}"

    for name in ("page", "page", "part"):
        assert ("name", "gettext") in pages.page(name, {})[1]
    words.asked = 0
    pages.recorder.begin({}, {})
    text = pages.fast.get_template("page").render({})
    assert (text, words.asked) == ("Search!Search!Two <b>words</b>!Search!&lt;1&gt; & more!", 1)
    for name, context in (("shadowed", {}), ("own", {}), ("page", {"gettext": say}), ("part", {"_": say})):
        pages.recorder.begin(context, {"say": say})
        found = [pages.fast.get_template(name).render({**context, "say": say}) for _ in range(2)]
        assert found[0] != found[1], "it is asked each time"
        said.clear()


def test_what_is_written_is_what_jinja_writes() -> None:
    class Page:
        def __html__(self) -> str:
            return "<p>"

    class Loud(str):
        __slots__ = ()

    values = ["<&>", Markup("<b>"), Loud("<i>"), Page(), 3, 2.5, None, True, Undefined(), Decimal("1.0"), ["<"]]
    assert [fragments.escaped(each) for each in values] == [str(escape(each)) for each in values]
