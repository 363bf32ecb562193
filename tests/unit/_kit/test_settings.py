from typing import Annotated

import msgspec
import pytest

from plugins._kit.errors import EditionError, Problem
from plugins._kit.settings import decode


class Sample(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    path: str
    currencies: tuple[str, ...] = ("KGS",)
    days: Annotated[int, msgspec.Meta(ge=1)] = 4


def test_defaults_stand_in_the_class():
    assert decode(Sample, "SAMPLE", {"path": "x", "currencies": ["KZT"]}) == Sample("x", ("KZT",), 4)


def test_everything_wrong_is_told_at_once():
    with pytest.raises(EditionError) as caught:
        decode(Sample, "SAMPLE", {"day": 3, "currencies": 5, "days": 0})
    told = str(caught.value)
    assert "4 problems" in told
    assert "SAMPLE['day']: is not a setting. Did you mean 'days'?" in told
    assert "SAMPLE['path']: is missing" in told
    assert "SAMPLE['currencies']: is 5: expected `array`, got `int`" in told
    assert "SAMPLE['days']: is 0: expected `int` >= 1" in told


def test_a_setting_that_is_no_dict_is_told():
    with pytest.raises(EditionError, match="expected a dict, got 7"):
        decode(Sample, "SAMPLE", 7)


def test_a_problem_reads_as_one_line_with_its_place():
    problem = Problem(
        "content/articles/a.md", 3, "no country is named 'Kazahstan'", "Did you mean Kazakhstan?", "unknown-country"
    )
    assert str(problem) == (
        "content/articles/a.md:3: no country is named 'Kazahstan'. Did you mean Kazakhstan? [unknown-country]"
    )
    assert "2 problems" in str(EditionError([problem, problem, Problem("b", 0, "x")])), "the same problem counts once"
