"""What is set around an included template: it goes before what the page has by that name, as it does in Jinja."""

from pathlib import Path
from typing import Any

import pytest
from jinja2 import pass_context

from tests.support.templates import Pages

LONG = "and more" * 10
TEMPLATES = {
    "alone": "{% include 'inner' %}",
    "in one": "{% include 'outer' %}",
    "with": "{% with site = 'another' %}{% include 'outer' %}{% endwith %}",
    "set": "{% set site = 'another' %}{% include 'outer' %}",
    "set between": "{% include 'sets' %}",
    "sets": "{% set site = 'a third' %}{% with place = 'Osh' %}{% include 'outer' %}{% endwith %}",
    "loop": "{% for site in 'ab' %}{% include 'outer' %}{% endfor %}",
    "choice": "{% with site = 'another' %}{% include ['none', 'outer'] %}{% endwith %}",
    "outer": "{% include 'inner' %}",
    "inner": "{{ site }}" + LONG,
}


@pytest.mark.parametrize("name", ["with", "set", "set between", "loop", "choice"])
@pytest.mark.parametrize("before", ["alone", "in one"])
def test_a_slot_of_the_context_alone_is_not_given_where_another_has_set_what_it_asks_for(
    name: str, before: str, tmp_path: Path
) -> None:
    pages, context = Pages(TEMPLATES, tmp_path), {"site": "the Ledger"}
    for each in (before, before, name, before, name):
        pages.page(each, context)


@pass_context
def told(context: Any) -> str:
    return f"{context['site']} {context.get('place')} {'place' in context} {sorted(context.get_all())}"


@pytest.mark.parametrize(
    "inner",
    [
        "{{ told() }}",
        "{% import 'macros' as macros with context %}{{ macros.say() }}",
        "{% include ['none', 'third'] %}{% include 'third' %}",
        "{% set place = 'Almaty' %}{% include 'third' %}{{ place }}",
        "{% block here %}{{ place }}{{ told() }}{% endblock %}",
        "{% block here scoped %}{% set site = 'c' %}{% include 'third' %}{% endblock %}",
        "{% extends 'frame' %}{% block here %}{{ super() }}{{ place }}{% include 'third' %}{% endblock %}",
        "{% extends 'frame' %}{% set place = 'Osh' %}{% block here %}{% include 'third' %}{% endblock %}",
        "{{ _('Words of') }} {{ site }}",
        "{% with gettext = told %}{% include 'third' %}{% endwith %}",
    ],
)
def test_whoever_asks_finds_it(inner: str, tmp_path: Path) -> None:
    templates = {
        "page": "{% for site in 'ab' %}{% with place = site %}{% include 'inner' %}{% endwith %}{% endfor %}",
        "inner": inner,
        "third": "{{ site }}, {{ place }}, {{ told() }};",
        "macros": "{% macro say() %}{{ site }} {{ place }} {{ told() }}{% endmacro %}",
        "frame": "<{% block here %}{{ site }}{% endblock %}>",
    }
    pages = Pages(templates, tmp_path)
    for environment in (pages.plain, pages.fast):
        environment.globals["_"] = str.upper
    text, _ = pages.page("page", {"site": "the Ledger", "told": told})
    assert "Ledger" not in text  # it is the loop's at each place


def test_globals_of_a_template_alone_are_there_for_it_and_for_what_it_imports(tmp_path: Path) -> None:
    templates = {
        "page": "{% with own = 1 %}{% include 'inner' %}{% endwith %}",
        "inner": "{% import 'macros' as macros %}{{ own }} {{ macros.say() }}",
        "macros": "{% macro say() %}{{ own }}{% endmacro %}",
        "alone": "{{ own }}",
    }
    pages = Pages(templates, tmp_path)
    for environment in (pages.plain, pages.fast):
        for name in ("inner", "alone"):
            environment.get_template(name, globals={"own": "its own"})
    assert pages.page("page", {})[0] == "1 1"
    assert pages.page("alone", {})[0] == "its own"


def test_what_a_template_has_set_is_not_read_of_the_context(tmp_path: Path) -> None:
    templates = {"page": "{% set place = 'Osh' %}{{ told() }}", "other": "{{ told() }}"}
    pages, context = Pages(templates, tmp_path), {"site": "the Ledger", "told": told, "place": "Almaty"}
    assert ("name", "place") not in pages.page("page", context)[1]
    assert {("name", "place"), ("name", "site")} <= pages.page("other", context)[1]
