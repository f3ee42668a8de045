"""Which of the model's answers deserve belief: it names anything capitalised, and articles capitalise a great deal."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from pipeline.extract.entities.candidates import Candidate, Occupied
from pipeline.extract.entities.grammar_en import STOP_EN, heads
from pipeline.extract.entities.people_en import credible_person
from pipeline.extract.entities.reading import Reading
from pipeline.record import EntityType

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_SMALL = frozenset({"of", "and", "the", "for", "on", "in", "de", "del", "la", "al", "el", "e", "&", "to", "at", "von"})
_PEOPLE_ENDINGS = ("an", "ish", "ese", "ist", "ists", "ans", "ite", "ites", "id", "ids", "ic", "ch")
#: Capitalised words of scholarly prose that are no names by themselves.
_NO_NAMES = frozenset(
    """Ph PhD MSc BSc MA International Relations Internet Web Table Figure Fig Section Chapter Appendix Equation Eq
    Algorithm Theorem Lemma Model Method Results Discussion Persian English Arabic Latin Sanskrit Spring Summer Autumn
    Winter North South East West Northern Southern Eastern State Government Army Armed Small Light Surface Air Sea Land
    God Earth Sun Moon Web Cloud Bluetooth Wi Fi Python Java Linux Windows Android AI IT ICT GDP GPS USD Euro
    Rial""".split()
)


def believable(reading: Reading, answers: list[Candidate], taken: Occupied) -> list[Candidate]:
    """The model's answers that stand outside ``taken`` ranges, are written like names, and agree with each other.

    A form gets one type over the whole text, that of most of its answers.
    """
    lower = frozenset(word for word in reading.words if word.islower())
    frequency = Counter(reading.words)
    votes: dict[str, Counter[EntityType]] = defaultdict(Counter)
    kept: list[Candidate] = []
    for answer in answers:
        if taken.overlaps(answer.start, answer.end) or reading.is_quiet(answer.start):
            continue
        surface = reading.text[answer.start : answer.end]
        votes[surface][answer.type] += 1
        kept.append(answer)
    believed: list[Candidate] = []
    for answer in kept:
        surface = reading.text[answer.start : answer.end]
        kind = _majority(votes[surface])
        words = _WORD.findall(surface)
        if not words or any(word in _NO_NAMES for word in words[-1:]) or words[0] in _NO_NAMES:
            continue
        seen = sum(votes[surface].values())
        share = votes[surface][kind] / max(seen, frequency[surface] if len(words) == 1 else seen)
        if not _written_like(kind, reading, answer.start, answer.end, words, lower, seen, share):
            continue
        confidence = 0.55 + 0.1 * share + (0.1 if len(words) > 1 else 0.0) + (0.05 if seen > 1 else 0.0)
        believed.append(Candidate(answer.start, answer.end, kind, "model", confidence=round(confidence, 2)))
    return believed


def supported(reading: Reading, answers: Iterable[Candidate]) -> dict[EntityType, Occupied]:
    """For each type, the ranges where the model sees it; a guarded gazetteer name asks here."""
    places: dict[EntityType, Occupied] = {}
    for answer in answers:
        places.setdefault(answer.type, Occupied(len(reading.text))).add(answer.start, answer.end)
    return places


def _majority(votes: Counter[EntityType]) -> EntityType:
    return min(votes, key=lambda kind: (-votes[kind], kind))


def _written_like(
    kind: EntityType, reading: Reading, start: int, end: int, words: list[str], lower: frozenset[str], seen: int,
    share: float,
) -> bool:  # fmt: skip
    text = reading.text
    capitals = all(word[0].isupper() or word in _SMALL for word in words) and words[0][0].isupper()
    if not capitals or any(word in STOP_EN for word in words) or text[start - 1 : start] in {"-", "/", "_"}:
        return False
    if len(words) == 1:
        word = words[0]
        if word.lower() in lower or word in heads() or any(char.isdigit() for char in word) or len(word) < 3:
            return False
        if kind == "NORP":
            return word.endswith(_PEOPLE_ENDINGS) and not word.isupper()
        if word.isupper():
            return (
                kind == "ORG"
                and share >= 0.5
                and (text[max(0, start - 4) : start].lower() == "the " or text[end : end + 1] in {"'", "’"})
            )
        if kind == "PERSON":
            return credible_person(text, start, end) and share >= 0.5
        return kind in {"GPE", "LOC", "ORG"} and share >= 0.5 and (kind != "ORG" or seen > 1)
    if kind == "PERSON":
        return credible_person(text, start, end) and words[-1].lower() not in lower
    if kind in {"LAW", "EVENT"}:
        return any(word in heads() for word in words)
    if kind == "WORK":
        return text[start - 1 : start] in {"“", '"', "‘", "«"} or any(mark.start == start for mark in reading.marked)
    if kind == "NORP":
        return False
    unknown = [word for word in words if word.lower() not in lower and word not in _SMALL]
    return bool(unknown)
