"""Rules read backwards and passed over fast say what they say when each is searched for plainly."""

import json
import re

from plugins.country_pages.tagging.suggestions import read_story
from plugins.country_pages.tagging.surroundings import written
from plugins.country_pages.tagging.terms import data
from tests.support.site import ROOT

RULES = data("contexts.yaml")["rules"]


def plainly(folded, found):
    """Return what the first rule that fits makes of a mention, by its expressions as they stand in the file."""
    before = folded[max(0, found.start - 60) : found.start]
    for rule in RULES:
        if found.term.kind in rule["kinds"] and (
            ("before" in rule and re.search(written(rule["before"]), before))
            or ("after" in rule and re.match(written(rule["after"]), folded[found.end :]))
        ):
            return rule["worth"]
    return 1.0


def stories():
    yield "Grain", "Prices rose with the war in Ukraine. The lake is the largest of its kind in Central Asia."
    for line in (ROOT / "tests/data/tagging/labelled.jsonl").read_text("utf-8").splitlines()[::3]:
        told = json.loads(line)
        yield told["title"], told["text"]


def test_each_mention_of_many_stories_is_worth_what_the_rules_say(tagger):
    worths = set()
    for title, text in stories():
        story = read_story(title, text)
        for found in tagger.lexicon.find(story.text, story.folded, story.language):
            if around := tagger.surroundings.get(found.term.kind):
                worth = around.worth(story.folded, found)
                assert worth == plainly(story.folded, found), (title, story.text[found.start : found.end])
                worths.add(worth)
    assert worths == {1.0, *(rule["worth"] for rule in RULES)}
