"""The filter: a story a line in, its countries a line out."""

import json
from collections.abc import Iterable, Iterator

import msgspec

from .suggestions import Tagger


class Answer(msgspec.Struct, frozen=True):
    """What becomes of one line: an answer, or a complaint that names the line."""

    line: str = ""
    complaint: str = ""


def answers(lines: Iterable[str | bytes], tagger: Tagger) -> Iterator[Answer]:
    """Yield an answer to each line that is not empty, in order and one at a time.

    A line is ``{"id", "title", "text"}`` as JSON; ``id`` may be anything, ``title`` or ``text`` may be absent or null.
    An answer is ``{"id", "countries", "why"}``: ISO 3166-1 alpha-2 codes, the strongest first, and a reason for each.
    """
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _answer(number, line, tagger)


def _answer(number: int, line: str | bytes, tagger: Tagger) -> Answer:
    try:
        story = json.loads(line)
        title, text = _words(story, "title"), _words(story, "text")
        identity = story["id"]
    except json.JSONDecodeError as error:
        return Answer(complaint=f"line {number}: is not JSON ({error.msg}). Write one object a line.")
    except UnicodeDecodeError:
        return Answer(complaint=f"line {number}: is not UTF-8. Save the file as UTF-8.")
    except (KeyError, TypeError, AttributeError):
        return Answer(
            complaint=f'line {number}: is not an object like {{"id": 1, "title": "…", "text": "…"}}. Mend it.'
        )
    about = [each for each in tagger.suggest(title, text) if each.about]
    made = {"id": identity, "countries": [each.country for each in about], "why": [str(each) for each in about]}
    return Answer(line=json.dumps(made, ensure_ascii=False))


def _words(story: dict[str, object], key: str) -> str:
    value = story.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise TypeError(f"{key} is no text")
    return value
