"""Who is asked to list stories anew, and for which of their labels and places."""

from types import SimpleNamespace
from typing import Any

from plugins._kit import renewing
from plugins._kit.renewing import LABELS, PLACES, Moved
from plugins.fast_build.relisting import Change, Placed, Relisting


def moved(*names: str) -> Moved:
    return Moved(SimpleNamespace(), SimpleNamespace(), frozenset(names))


def asked(change: Change) -> list[str]:
    """Return who is asked after a ``change``, of four."""
    context: dict[str, Any] = {"articles": [], "dates": []}
    order = {"REVERSE_CATEGORY_ORDER": False}
    relisting = Relisting(SimpleNamespace(context=context, articles=[], settings=order), lambda _: None)
    called: list[str] = []
    hanging = {"topics": ("tags",), "order": ("date",), "both": ("tags", "date"), "any": LABELS | PLACES}
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


def test_new_stories_concern_all() -> None:
    change = Change(frozenset(), [moved("modified")], [SimpleNamespace()])
    assert change.names == LABELS | PLACES
    assert asked(change) == ["topics", "order", "both", "any", "unsaid"]


def test_words_are_no_label_nor_place() -> None:
    assert Change(frozenset({"tags"}), [moved("title", "summary", "tags"), moved("title")], []).names == {"tags"}
