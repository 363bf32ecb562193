"""What templates call, and what is done in less time than Jinja takes: it is Jinja's own all the same."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from jinja2 import DictLoader, Environment, FileSystemBytecodeCache, Undefined, pass_context, pass_environment
from jinja2.filters import do_striptags
from markupsafe import Markup

from plugins.fast_build import templating
from plugins.fast_build.fragments import Wood
from plugins.fast_build.tracing import Recorder

MACROS = "{% macro bold(text) %}<b>{{ text }}</b>{% endmacro %}{% macro around() %}({{ caller() }}){% endmacro %}"
PAGE = (
    "{% from 'macros' import bold, around %}{{ bold('<') }}{{ bold(text='>') }}"
    "{% autoescape false %}{{ bold('&') }}{{ bold('&') is escaped }}{% endautoescape %}"
    "{% call around() %}{{ bold(1) }}{% endcall %}"
)


def stopping() -> str:
    raise StopIteration


@pass_context
def of_context(context: Any, word: str) -> str:
    return f"{word} {context.get('site')}"


@pass_environment
def of_environment(environment: Environment, word: str) -> str:
    return f"{word} {environment.autoescape}"


class Called:
    def of_itself(self, *words: str, **named: str) -> str:
        return f"{words} {named}"

    @pass_context
    def of_context(self, context: Any) -> str:
        return f"here {context.get('site')}"

    @pass_context
    def __call__(self, context: Any) -> str:
        return f"called {context.get('site')}"


def rendered(template: str, values: dict[str, Any], prepare: Callable[[Environment], object] = lambda _: None) -> str:
    environment = Environment(loader=DictLoader({"page": template, "macros": MACROS}), autoescape=True)
    prepare(environment)
    return environment.get_template("page").render(values)


def prepared(folder: Path, recorder: Recorder) -> Callable[[Environment], object]:
    def prepare(environment: Environment) -> None:
        templating.prepare(environment, recorder, FileSystemBytecodeCache(str(folder)), Wood(recorder))

    return prepare


@pytest.mark.parametrize(
    "template",
    [
        PAGE,
        "{{ stopping() }}{{ stopping() is undefined }}",
        "{% for word in 'ab' %}{{ of_context(word) }}{{ of_environment(word) }}{{ part(word) }}{% endfor %}",
        "{{ called() }}{{ called.of_context() }}{{ called.of_itself('<', than='>') }}",
        "{{ ', '.join(words) }}{{ words.index('b') }}{{ kind('3') + 1 }}",
        "{% block words %}{% set site = 'another' %}{{ of_context('at') }}{{ called.of_context() }}{% endblock %}",
        "{% block words %}{% set site = 'another' %}{{ called.of_itself(site) }}{{ ' '.join(words) }}{% endblock %}",
    ],
)
def test_what_is_called_gets_and_gives_what_it_does_in_jinja(template: str, tmp_path: Path) -> None:
    values = {
        "site": "the Ledger",
        "stopping": stopping,
        "of_context": of_context,
        "of_environment": of_environment,
        "part": partial(str.upper),
        "called": Called(),
        "kind": int,
        "words": ["a", "b"],
    }
    recorder = Recorder()
    recorder.begin(values, {})
    assert rendered(template, values, prepared(tmp_path, recorder)) == rendered(template, values)
    recorder.end()


def test_what_cannot_be_called_is_told_as_jinja_tells_it(tmp_path: Path) -> None:
    for prepare in (prepared(tmp_path, Recorder()), lambda _: None):
        with pytest.raises(TypeError, match="takes no keyword argument 'other'"):
            rendered("{% from 'macros' import bold %}{{ bold(other=1) }}", {}, prepare)
        with pytest.raises(TypeError, match="'int' object is not callable"):
            rendered("{{ number() }}", {"number": 3}, prepare)


class Shown:
    def __html__(self) -> str:
        return "<i>shown</i>"


@pytest.mark.parametrize(
    "value",
    [
        "plain",
        " two\n\twords  ",
        "<b>bold</b> words",
        "1 &lt; 2 &amp;amp; 3",
        "a < b",
        "a > b",
        "",
        Markup("plain  markup"),
        Markup("<p>of a text</p>"),
        Shown(),
        3,
        None,
        Undefined(),
    ],
)
def test_a_text_without_tags_is_what_jinja_makes_of_it(value: Any) -> None:
    assert templating.without_tags(value) == do_striptags(value)
    assert type(templating.without_tags(value)) is type(do_striptags(value))


def test_a_filter_of_anothers_stays(tmp_path: Path) -> None:
    def prepare(environment: Environment) -> None:
        environment.filters["striptags"] = str.upper
        prepared(tmp_path, Recorder())(environment)

    assert rendered("{{ 'a  b'|striptags }}", {}, prepare) == "A  B"


def test_a_pages_own_names_hide_those_of_all_templates(tmp_path: Path) -> None:
    def prepare(environment: Environment) -> None:
        environment.globals.update(site="of all", edition="of all")

    def quickly(environment: Environment) -> None:
        prepare(environment)
        prepared(tmp_path, Recorder())(environment)

    values = {"site": "its own"}
    for each in (prepare, quickly):
        assert (
            rendered("{{ site }}, {{ edition }}, {{ dict(a=1) }}", values, each) == "its own, of all, {&#39;a&#39;: 1}"
        )
    environment = Environment(loader=DictLoader({"page": ""}), autoescape=True)
    quickly(environment)
    assert environment.get_template("page").new_context(values).parent.keys() >= {"site", "edition"}
    assert values == {"site": "its own"}
