"""Who is asked to list stories anew, and for which of their labels and places."""

import datetime as dt
from collections.abc import Sequence
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pelican.settings import read_settings
from pelican.urlwrappers import Author, Category, Tag

from plugins._kit import renewing
from plugins._kit.renewing import LABELS, PLACES, TOLD, Moved
from plugins.fast_build.relisting import Change, Placed, Relisting
from plugins.fast_build.retelling import Renewed


def moved(*names: str) -> Moved:
    return Moved(SimpleNamespace(), SimpleNamespace(), frozenset(names), SimpleNamespace())


def asked(change: Change) -> list[str]:
    """Return who is asked after a ``change``, of four."""
    context: dict[str, Any] = {"articles": [], "dates": [], "tags": [], "authors": []}
    order = {"REVERSE_CATEGORY_ORDER": False}
    relisting = Relisting(SimpleNamespace(context=context, articles=[], settings=order), lambda _: None)
    called: list[str] = []
    hanging = {"topics": ("tags",), "order": ("date",), "both": ("tags", "date"), "any": LABELS | PLACES, "told": TOLD}
    for name, names in hanging.items():
        renewing.on_new_labels(context, lambda _, name=name: called.append(name) or (), names)
    renewing.on_new_labels(context, lambda _: called.append("unsaid") or ())
    placed = Placed(dict(context), [], [])
    assert relisting.list_again(change, placed, renewing.label_steps(context), lambda _: []) is not None
    return called


def test_a_step_is_called_where_its_names_are_concerned() -> None:
    one, other = moved("title", "tags"), moved("date", "countries")
    assert asked(Change(frozenset({"tags"}), [one], [])) == ["topics", "both", "any", "unsaid"]
    assert asked(Change(frozenset(), [other], [])) == ["order", "both", "any", "unsaid"]
    assert asked(Change(frozenset({"authors"}), [moved("authors")], [])) == ["any", "unsaid"]
    assert asked(Change(frozenset({"tags"}), [one, other], [])) == ["topics", "order", "both", "any", "unsaid"]
    assert asked(Change(frozenset(), [moved("corrections")], [])) == ["told"]


def placed_by(change: Change) -> dict[str, list[str]]:
    """Return of which stories, by the names of what is another of them, two are told after a ``change``."""
    told: dict[str, list[str]] = {}
    context: dict[str, Any] = {"articles": [], "dates": []}
    relisting = Relisting(SimpleNamespace(context=context, articles=[]), lambda _: None)

    def step(name: str, _articles: Any, _added: Any, moved: Sequence[Moved]) -> renewing.Touched:
        told[name] = sorted(each for one in moved for each in one.names)
        return renewing.Touched()

    renewing.on_new_stories(context, partial(step, "unsaid"))
    renewing.on_new_stories(context, partial(step, "told"), TOLD)
    assert relisting.place(change, renewing.story_steps(context)) is not None
    return told


def test_a_step_is_told_of_stories_that_have_others_by_its_names() -> None:
    places, corrected, relabelled = moved("countries"), moved("corrections"), moved("tags")
    assert placed_by(Change(frozenset(), [corrected], [])) == {"told": ["corrections"]}
    assert placed_by(Change(frozenset({"tags"}), [relabelled], [])) == {}
    both = placed_by(Change(frozenset({"tags"}), [places, corrected, relabelled], []))
    assert both == {"unsaid": ["countries"], "told": ["corrections"]}


def test_new_stories_concern_all() -> None:
    change = Change(frozenset(), [moved("modified")], [SimpleNamespace()])
    assert change.names == LABELS | PLACES | TOLD
    assert asked(change) == ["topics", "order", "both", "any", "told", "unsaid"]


def test_a_step_is_told_which_stories_have_other_labels_where_that_is_all() -> None:
    context: dict[str, Any] = {"articles": [], "dates": [], "tags": []}
    relisting = Relisting(
        SimpleNamespace(context=context, articles=[], settings={"REVERSE_CATEGORY_ORDER": False}), lambda _: None
    )
    told: list[Any] = []
    renewing.on_new_labels(context, lambda articles: told.append(renewing.relabelled(articles.context)) or ())
    one, other = moved("tags"), moved("date")
    placed, steps = Placed(dict(context), [], []), renewing.label_steps(context)
    for change in (Change(frozenset({"tags"}), [one], []), Change(frozenset({"tags"}), [one, other], [])):
        relisting.list_again(change, placed, steps, lambda _: [])
    relisting.list_again(Change(frozenset({"tags"}), [one] * 33, []), placed, steps, lambda _: [])
    assert told == [[one], None, None], "of many, all are listed in less time"
    assert renewing.relabelled(context) is None


def test_words_are_no_label_nor_place() -> None:
    assert Change(frozenset({"tags"}), [moved("title", "summary", "tags"), moved("title")], []).names == {"tags"}


NAMES = st.lists(st.sampled_from(["Rail", "Art", "ART", "Water", "water"]), max_size=3)


def labels(cls: type, names: list[str]) -> list[Any]:
    return [cls(name, read_settings(None)) for name in names]


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_stories_of_which_labels_alone_are_others_are_grouped_as_pelican_groups_all(data: st.DataObject) -> None:
    def labelled() -> dict[str, Any]:
        tags, authors = (labels(cls, data.draw(NAMES)) for cls in (Tag, Author))
        return {"tags": tags, "authors": authors, "category": labels(Category, [data.draw(st.sampled_from("AB"))])[0]}

    def grouped(change: Change, **context: Any) -> dict[str, Any]:
        context |= {"articles": stories, "dates": []}
        generator = SimpleNamespace(context=context, articles=stories, settings={"REVERSE_CATEGORY_ORDER": False})
        relisting = Relisting(generator, lambda _: None)
        assert relisting.list_again(change, Placed(dict(context), [], []), [], lambda _: []) is not None
        return {name: generator.context[name] for name in ("categories", "tags", "authors")}

    def told(found: dict[str, Any]) -> list[Any]:
        return [[(str(label), [each.number for each in of_it]) for label, of_it in each] for each in found.values()]

    stories = [SimpleNamespace(number=number, **labelled()) for number in range(4)]
    all_of_it = Change(LABELS, [Moved(stories[0], None, LABELS | PLACES, None)], [])
    found = grouped(all_of_it)
    for _ in range(2):
        others = []
        for each in stories:
            if data.draw(st.booleans()):
                others.append(Moved(each, each, LABELS, SimpleNamespace(**vars(each))))
                vars(each).update(labelled())
        found = grouped(Change(LABELS, others, []), **found)
        assert told(found) == told(grouped(all_of_it))


@pytest.mark.parametrize("name", ["CATEGORY_SAVE_AS", "TAG_SAVE_AS", "AUTHOR_SAVE_AS"])
def test_other_labels_are_for_a_build_of_all_where_pelican_lists_them_itself_and_would_not_anyway(
    name: str,
) -> None:
    day = dt.datetime(2026, 11, 30, 9, tzinfo=dt.UTC)
    told = {"save_as": "a.html", "url": "a.html", "slug": "a", "relative_source_path": "a.md", "translations": []}
    story = SimpleNamespace(**told, date=day, tags=[], in_default_lang=True)
    own = {"CATEGORY_SAVE_AS": "", "TAG_SAVE_AS": "", "AUTHOR_SAVE_AS": "", "ARTICLE_ORDER_BY": "reversed-date"}
    context = {"articles": [story], "dates": [], "generated_content": {"a.md": story}}

    def can_take(written: str, *names: str) -> bool:
        articles = SimpleNamespace(context=context, settings={**own, name: written})
        relisting = Relisting(articles, lambda _: None)
        return relisting.change([(story, Renewed((), (), frozenset(names)))], (), lambda *_: story) is not None

    assert can_take("", "tags")
    assert not can_take("{slug}.html", "tags")
    assert can_take("{slug}.html", "countries")
    assert can_take("{slug}.html", "tags", "date")
