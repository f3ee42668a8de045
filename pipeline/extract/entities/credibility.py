"""Which of the model's answers deserve belief: it names anything capitalised, and articles capitalise a great deal.

An answer needs support: words around it that speak of a place, a person or a maker, a list of towns or given names,
a head noun, or other places of the text where the model says the same.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.extract.entities.candidates import Candidate, Occupied
from pipeline.extract.entities.cues_en import maker_cue, person_cue, place_cue, stands_in
from pipeline.extract.entities.given_names import given_names
from pipeline.extract.entities.grammar_en import heads
from pipeline.extract.entities.people_en import credible_person
from pipeline.extract.entities.reading import Reading
from pipeline.extract.entities.towns import town
from pipeline.extract.entities.words_en import NO_NAMES, STOP_EN, TERM_HEADS
from pipeline.record import EntityType

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_SMALL = frozenset({"of", "and", "the", "for", "on", "in", "de", "del", "la", "al", "el", "e", "&", "to", "at", "von"})
_PEOPLE_ENDINGS = ("an", "ish", "ese", "ist", "ists", "ans", "ite", "ites", "id", "ids", "ic", "ch")
_ROMAN = re.compile(r"(?:I{2,3}|IV|VI{0,3}|IX|XI{0,3}|XI?V)$")
#: Heads that make a body's name of an ordinary word (*National Assembly*), where the model sees one.
_HOUSES = frozenset("Assembly Council Court Parliament Congress Senate Bank Ministry Army Navy Guard".split())
_ARTICLE = re.compile(r"\b(?:[Tt]he|[Aa]n?|our|its)\s+$")
_THE = re.compile(r"\b[Tt]he\s+$")
_AGENT = re.compile(r"\b(?:by|at|from|of|with|for|joined|company|firm|agency)\s+(?:the\s+)?$")
_MEMBER = re.compile(r"\b(?:by|at|from|with|joined|left|member of|members of|within)\s+(?:the\s+)?$")


@dataclass
class _Form:
    """What a text says of one written form: how often the model gives each type, and the cues around it."""

    votes: Counter[EntityType]
    place: bool = False
    within: bool = False
    strong_place: bool = False
    person: bool = False
    maker: bool = False
    agent: bool = False
    article: bool = False
    body: bool = False

    def hear(self, text: str, start: int, end: int) -> None:
        """Take in the surroundings of one mention."""
        self.place = self.place or place_cue(text, start, end)
        self.within = self.within or stands_in(text, start)
        self.strong_place = self.strong_place or place_cue(text, start, end, strong=True)
        self.person = self.person or person_cue(text, start, end)
        self.maker = self.maker or maker_cue(text, start, end)
        self.agent = self.agent or bool(_AGENT.search(text, max(0, start - 16), start))
        self.body = self.body or bool(
            _THE.search(text, max(0, start - 5), start)
            or _MEMBER.search(text, max(0, start - 20), start)
            or text[end : end + 2] in {"'s", "’s"}
        )
        self.article = self.article or bool(_ARTICLE.search(text, max(0, start - 6), start))


def believable(
    reading: Reading, answers: list[Candidate], taken: Occupied, parts: frozenset[str] = frozenset()
) -> list[Candidate]:
    """The model's answers that stand outside ``taken`` ranges, are written like names, and find support.

    A form gets one type over the whole text: that of most of its answers, unless its surroundings say otherwise.
    ``parts`` are words of systems' names, which are no names of anything else.
    """
    frequency = Counter(reading.words)
    forms: dict[str, _Form] = defaultdict(lambda: _Form(Counter()))
    kept: list[Candidate] = []
    for answer in answers:
        if taken.overlaps(answer.start, answer.end) or reading.is_quiet(answer.start):
            continue
        form = forms[reading.text[answer.start : answer.end]]
        form.votes[answer.type] += 1
        form.hear(reading.text, answer.start, answer.end)
        kept.append(answer)
    believed: list[Candidate] = []
    for answer in kept:
        surface = reading.text[answer.start : answer.end]
        form = forms[surface]
        words = _WORD.findall(surface)
        if not words or words[-1] in NO_NAMES or words[0] in NO_NAMES or not _written(reading, answer, words):
            continue
        if any(word in parts for word in words):
            continue
        seen = sum(form.votes.values())
        most = _majority(form.votes)
        share = form.votes[most] / max(seen, frequency[surface] if len(words) == 1 else seen)
        whole = len(surface.split()) == 1
        kind = _single(surface, most, form, seen, share) if whole else _several(surface, words, most, form)
        if kind is None or not _fits(kind, reading, answer, words):
            continue
        cues = form.person or form.place or form.maker
        sure = 0.52 + 0.1 * share + 0.08 * (len(words) > 1) + 0.05 * (seen > 1) + 0.08 * cues
        believed.append(Candidate(answer.start, answer.end, kind, "model", confidence=round(sure, 2)))
    return believed


def supported(reading: Reading, answers: Iterable[Candidate]) -> dict[EntityType, Occupied]:
    """For each type, the ranges where the model sees it; a guarded gazetteer name asks here."""
    places: dict[EntityType, Occupied] = {}
    for answer in answers:
        places.setdefault(answer.type, Occupied(len(reading.text))).add(answer.start, answer.end)
    return places


def _majority(votes: Counter[EntityType]) -> EntityType:
    return min(votes, key=lambda kind: (-votes[kind], kind))


def _written(reading: Reading, answer: Candidate, words: list[str]) -> bool:
    """Whether an answer is written like a name at all: capitals, no words that only open sentences, no codes."""
    capitals = all(word[0].isupper() or word in _SMALL for word in words) and words[0][0].isupper()
    before = reading.text[answer.start - 1 : answer.start]
    inside = reading.text[answer.start : answer.end]
    return capitals and not any(w in STOP_EN for w in words) and before not in {"-", "/", "_"} and "/" not in inside


def _single(word: str, most: EntityType, form: _Form, seen: int, share: float) -> EntityType | None:
    """The type of a one-word form, or None when nothing but the model speaks for it."""
    if any(char.isdigit() for char in word) or len(word) < 3 or word in heads():
        return None
    if "-" in word and word.isupper() and not form.maker:
        return None
    coined = any(char.isupper() for char in word[1:])
    if most == "NORP":
        return "NORP" if word.endswith(_PEOPLE_ENDINGS) and not word.isupper() else None
    if share < 0.5:
        return None
    if coined:
        return "ORG" if most == "ORG" and (form.maker or (word.isupper() and form.body)) else None
    if most == "PERSON":
        if form.person:
            return "PERSON"
        if form.strong_place or form.within or (form.place and town(word)):
            return "GPE"
        return "PERSON" if seen > 1 and share >= 0.75 and not form.article and not word.endswith("ly") else None
    if most in {"GPE", "LOC"}:
        if town(word) and form.place:
            return "GPE"
        return most if form.place or (most == "LOC" and form.article) else None
    if most == "ORG":
        return "ORG" if form.maker or (seen > 1 and (form.agent or form.person)) else None
    return None


def _several(surface: str, words: list[str], most: EntityType, form: _Form) -> EntityType | None:
    """The type of a form of several words."""
    plain = " ".join(surface.split())
    if words[-1] in TERM_HEADS or words[0] in {"Theory", "Law", "Principle", "Test", "Model"}:
        return None
    if most in {"PERSON", "GPE", "LOC", "ORG", "FAC"} and words[0] in given_names() and words[-1] not in heads():
        return "PERSON"
    if any(_ROMAN.match(word) for word in words[1:]) and len(words) <= 3 and words[-1] not in heads():
        return "PERSON" if most in {"PERSON", "ORG", "GPE"} else most
    if most == "PERSON":
        if form.strong_place or (form.place and not form.person and town(plain)):
            return "GPE"
        return "PERSON"
    if most == "GPE":
        return "GPE" if form.place or town(plain) else None
    if most in {"LAW", "EVENT", "FAC", "LOC"}:
        return most if any(word in heads() for word in words) or (most == "LOC" and form.place) else None
    return None if most == "NORP" else most


def _fits(kind: EntityType, reading: Reading, answer: Candidate, words: list[str]) -> bool:
    """Whether the words of an answer can be a name of that type."""
    text, start, end = reading.text, answer.start, answer.end
    if len(words) == 1:
        return words[0].lower() not in reading.lower and (kind != "PERSON" or credible_person(text, start, end))
    if kind == "PERSON":
        return credible_person(text, start, end) and words[-1].lower() not in reading.lower
    if kind == "WORK":
        return text[start - 1 : start] in {"“", '"', "‘", "«"} or any(mark.start == start for mark in reading.marked)
    if kind == "ORG" and words[-1] in _HOUSES:
        return True
    return any(word not in _SMALL and word not in heads() and not reading.is_ordinary(word) for word in words)
