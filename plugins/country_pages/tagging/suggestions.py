"""From a title and a text to the countries they are about."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from .contexts import Doubt, Locative, dateline_end, doubts_of, is_person, locatives_of
from .folding import fold, sentences
from .languages import language_of
from .lexicon import Found, Lexicon, full_lexicon
from .surroundings import Surroundings, surroundings_of
from .terms import CENTRAL_ASIA, NOTHING, REGION, data

_CITIES = frozenset({"capital", "city"})


class Mention(msgspec.Struct, frozen=True):
    """A word that speaks for a country, weighed."""

    country: str
    word: str
    kind: str
    sentence: int
    weight: float
    """After its surroundings, before its place."""
    venue: bool
    """A city abroad where something only takes place."""
    support: bool
    """Speaks only beside something else: a word two countries share, or a people's name."""


class Suggestion(msgspec.Struct, frozen=True):
    """A country the text speaks of."""

    country: str
    score: float
    about: bool
    """The story is about it; else it is only mentioned."""
    words: tuple[str, ...]
    sentence: str
    """The sentence that says it most strongly."""

    def __str__(self) -> str:
        """Return the reason in one line."""
        return f"{self.country} {self.score:.1f}: {', '.join(self.words)}: “{self.sentence}”"


class Story(msgspec.Struct, frozen=True):
    """A text cut into sentences, the title first."""

    text: str
    folded: str
    language: str
    spans: tuple[tuple[int, int], ...]
    starts: tuple[int, ...]
    """Where each sentence starts."""
    dateline: tuple[int, int]

    def sentence(self, place: int) -> int:
        """Return the number of the sentence at a place; 0 is the title."""
        return max(0, bisect_right(self.starts, place) - 1)

    def words(self, sentence: int) -> str:
        """Return a sentence as it is written, on one line."""
        start, end = self.spans[sentence]
        return " ".join(self.text[start:end].split())


def read_story(title: str, text: str) -> Story:
    """Return the story of a title and a text."""
    title = title.replace("\n", " ").strip()
    whole = f"{title}\n{text}"
    folded = fold(whole)
    offset = len(title) + 1
    spans = ((0, len(title)), *((start + offset, end + offset) for start, end in sentences(text)))
    starts = tuple(start for start, _ in spans)
    end = dateline_end(text)
    return Story(whole, folded, language_of(whole, folded), spans, starts, (offset, offset + end))


class Tagger(msgspec.Struct, frozen=True):
    """Everything a suggestion is made with; only read once it is made."""

    lexicon: Lexicon = msgspec.field(default_factory=full_lexicon)
    scoring: dict[str, Any] = msgspec.field(default_factory=lambda: dict(data("scoring.yaml")))
    surroundings: Mapping[str, Surroundings] = msgspec.field(
        default_factory=lambda: surroundings_of(data("contexts.yaml")["rules"])
    )
    locatives: dict[str, Locative] = msgspec.field(
        default_factory=lambda: locatives_of(data("contexts.yaml")["locative"])
    )
    doubts: dict[str, Doubt] = msgspec.field(default_factory=lambda: doubts_of(data("contexts.yaml")["doubtful"]))

    def suggest(self, title: str, text: str) -> tuple[Suggestion, ...]:
        """Return every country mentioned, the strongest first, each with what speaks for it.

        Equal input gives equal output: nothing is learnt or remembered between two calls.
        """
        story = read_story(title, text)
        mentions = self._mentions(story)
        scores = self._scores(mentions, self.scoring["locative"])
        about = self._about(scores)
        if not about:
            scores = self._scores(mentions, 1.0)
            about = self._about(scores)
        if REGION in about:
            about = about - {REGION} | set(CENTRAL_ASIA)
            for country in CENTRAL_ASIA:
                scores[country] = max(scores.get(country, 0.0), scores[REGION])
        speaking: dict[str, list[Mention]] = defaultdict(list)
        for mention in mentions:
            if mention.weight > 0 or mention.country == REGION:
                speaking[mention.country].append(mention)
        made = [
            self._suggestion(story, speaking.get(country) or speaking[REGION], country, score, about)
            for country, score in scores.items()
            if country != REGION
        ]
        return tuple(sorted(made, key=lambda each: (not each.about, -each.score, each.country)))

    def countries(self, title: str, text: str) -> list[str]:
        """Return the codes of the countries the story is about, the strongest first."""
        return [each.country for each in self.suggest(title, text) if each.about]

    def _mentions(self, story: Story) -> list[Mention]:
        found = self.lexicon.find(story.text, story.folded, story.language)
        doubtful = self._resolved_doubts(story, found)
        mentions = []
        for one in found:
            if one.term.countries == (NOTHING,):
                continue
            kind = self._kind(story, one)
            weight = float(self.scoring["weights"][kind]) * self._surroundings(story, one)
            countries = doubtful.get(one.term.stem, one.term.countries)
            support = len(one.term.countries) > 1 or kind == "people"
            word, sentence = story.text[one.start : one.end], story.sentence(one.start)
            venue = kind in _CITIES and self.locatives[story.language].fits(story.folded, one)
            mentions += [
                Mention(country, word, kind, sentence, weight, venue and country not in CENTRAL_ASIA, support)
                for country in countries
            ]
        return mentions

    def _kind(self, story: Story, one: Found) -> str:
        people = self.lexicon.endings[story.language].people
        return "people" if one.term.kind == "ethnonym" and people.fullmatch(one.ending) else one.term.kind

    def _surroundings(self, story: Story, one: Found) -> float:
        if story.dateline[0] <= one.start < story.dateline[1]:
            return float(self.scoring["places"]["dateline"])
        around = self.surroundings.get(one.term.kind)
        return around.worth(story.folded, one) if around else 1.0

    def _resolved_doubts(self, story: Story, found: Sequence[Found]) -> dict[str, tuple[str, ...]]:
        """Return what each doubtful name that is something else here speaks for: another country or nothing."""
        resolved: dict[str, tuple[str, ...]] = {}
        doubtful = [(one, doubt) for one in found if (doubt := self.doubts.get(one.term.stem))]
        vetoed = {
            stem for stem in {one.term.stem for one, _ in doubtful} if self.doubts[stem].veto.search(story.folded)
        }
        for one, doubt in doubtful:
            if one.term.stem in vetoed or (doubt.person and is_person(story.text, one)):
                resolved[one.term.stem] = (doubt.instead,) if doubt.instead else ()
        return resolved

    def _scores(self, mentions: Sequence[Mention], venue: float) -> dict[str, float]:
        by_country: dict[str, dict[int, list[Mention]]] = defaultdict(lambda: defaultdict(list))
        for mention in mentions:
            by_country[mention.country][mention.sentence].append(mention)
        crowded = self._crowded(mentions)
        return {
            country: self._score(sentences_of, crowded) * self._only_venue(sentences_of, venue)
            for country, sentences_of in by_country.items()
            if any(each.weight > 0.3 and not each.support for ones in sentences_of.values() for each in ones)
        }

    @staticmethod
    def _only_venue(sentences_of: dict[int, list[Mention]], venue: float) -> float:
        return venue if all(each.venue for ones in sentences_of.values() for each in ones) else 1.0

    def _crowded(self, mentions: Iterable[Mention]) -> set[int]:
        countries = defaultdict(set)
        for mention in mentions:
            if not mention.support:
                countries[mention.sentence].add(mention.country)
        title = countries.pop(0, set())
        most = 2 if title else 3
        return {sentence for sentence, several in countries.items() if len(several - title) > most}

    def _score(self, sentences_of: dict[int, list[Mention]], crowded: set[int]) -> float:
        total, fading = 0.0, 1.0
        for sentence, ones in sorted(sentences_of.items()):
            weights = sorted((each.weight for each in ones), reverse=True)
            worth = weights[0] + self.scoring["further"] * min(2.0, sum(weights[1:]))
            place = self._place(sentence)
            if sentence in crowded and 0 not in sentences_of:
                worth *= self.scoring["list"]
            total += worth * place * (fading if sentence > 2 else 1.0)
            fading *= self.scoring["fading"] if sentence > 2 else 1.0
        return round(total, 3)

    def _place(self, sentence: int) -> float:
        return float(self.scoring["places"][("title", "lead", "second")[sentence] if sentence < 3 else "body"])

    def _about(self, scores: dict[str, float]) -> set[str]:
        countries = {country: score for country, score in scores.items() if country != REGION}
        least = max(self.scoring["threshold"], self.scoring["share"] * max(countries.values(), default=0.0))
        about = {country for country, score in countries.items() if score >= least}
        strongest = max((countries.get(country, 0.0) for country in CENTRAL_ASIA), default=0.0)
        region = scores.get(REGION, 0.0)
        if region >= self.scoring["region"] and region >= strongest:
            about.add(REGION)
        return about

    def _suggestion(
        self, story: Story, own: Sequence[Mention], country: str, score: float, about: set[str]
    ) -> Suggestion:
        strongest = max(own, key=lambda each: each.weight * self._place(each.sentence))
        words = tuple(dict.fromkeys(f"{each.word} ({each.kind})" for each in own))[:6]
        return Suggestion(country, score, country in about, words, story.words(strongest.sentence))
