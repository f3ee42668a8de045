"""Choosing among overlapping candidates, and the identity of a mention that no gazetteer knows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from operator import attrgetter

from pipeline.extract.entities.candidates import Candidate, Occupied
from pipeline.extract.entities.reading import fold
from pipeline.record import EntityType

_RANK = {"metadata": 0, "gazetteer": 1, "pattern": 2, "consistency": 3, "model": 4}
_SPACE = re.compile(r"[\s\u200c]+")


def disjoint(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Candidates without overlap: the longest of those that overlap; in text order.

    Of equal lengths the better voice wins.
    """
    ordered = sorted(candidates, key=attrgetter("start"))
    chosen: list[Candidate] = []
    at = 0
    while at < len(ordered):
        # Most candidates stand apart; only those that hang together by overlaps have to be weighed.
        reach, beyond = ordered[at].end, at + 1
        while beyond < len(ordered) and ordered[beyond].start < reach:
            reach = max(reach, ordered[beyond].end)
            beyond += 1
        chosen += ordered[at:beyond] if beyond == at + 1 else _weighed(ordered[at:beyond])
        at = beyond
    return chosen


def _weighed(rivals: list[Candidate]) -> list[Candidate]:
    """The longest of some candidates first, then what leaves those chosen free; in text order."""
    taken = Occupied(max(candidate.end for candidate in rivals))
    chosen = []
    for candidate in sorted(rivals, key=lambda c: (-c.length, _RANK[c.method], c.start, c.type)):
        if not taken.overlaps(candidate.start, candidate.end):
            taken.add(candidate.start, candidate.end)
            chosen.append(candidate)
    return sorted(chosen, key=attrgetter("start"))


def agreeing(chosen: list[Candidate], answers: list[Candidate]) -> list[Candidate]:
    """``chosen`` in text order, surer where the model says the same of a span, less sure where it differs."""
    said = {(answer.start, answer.end): answer.type for answer in answers}

    def heard(candidate: Candidate) -> Candidate:
        answer = said.get((candidate.start, candidate.end))
        if candidate.method == "model" or answer is None:
            return candidate
        if answer == candidate.type:
            sure = min(0.99, candidate.worth + (1 - candidate.worth) / 2)
        elif candidate.method == "pattern":
            sure = candidate.worth * 0.95
        else:
            return candidate
        return replace(candidate, confidence=round(sure, 2))

    return sorted(map(heard, chosen), key=lambda c: (c.start, -c.end, c.type))


def surface_key(kind: EntityType, surface: str) -> str:
    """The identity of a name known only by how it is written: case, breaks and the plural of heads do not matter."""
    plain = _SPACE.sub(" ", fold(surface)).replace("’", "'").strip().lower()
    return f"{kind}:{plain}"
