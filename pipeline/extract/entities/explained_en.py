"""What an English article explains in brackets: acronyms, other letters for a name, its translation in quotes."""

from __future__ import annotations

import re

from pipeline.extract.entities.acronyms import expansions, occurrences
from pipeline.extract.entities.candidates import Candidate, Occupied
from pipeline.extract.entities.reading import Reading
from pipeline.extract.entities.resolve import surface_key

_LETTERS = re.compile(r"\s?\((?:the\s+|or\s+|hereafter\s+)?([A-Z][A-Za-z&-]{1,7})\s*(?:[);,])")
_GLOSS = re.compile(r"\s?\(\s?[\"“‘«]([^\"”’»()]{3,60})[\"”’»]\s?\)")
_LETTERED = frozenset({"ORG", "LAW", "PROGRAM", "EVENT", "FAC"})


def explained(
    reading: Reading, names: list[Candidate], systems: Occupied, answers: list[Candidate]
) -> tuple[Occupied, list[Candidate]]:
    """What brackets explain: mentions of what the long form names, and the ranges of acronyms that name nothing.

    An acronym's letters are those of its long form, or, right behind the name of an organisation or law, any capitals
    (*Institute for Research in Fundamental Sciences (IPM)*, whose letters are those of another language). An acronym
    of nothing known is an organisation when the model says so and its long form begins with a known name.
    """
    blocked = Occupied(len(reading.text))
    found: list[Candidate] = []
    ends = {name.end: name for name in sorted(names, key=lambda name: name.method == "gazetteer")}
    starts = {name.start: name for name in names}
    owners: dict[str, Candidate] = {}
    for acronym, long in expansions(reading).items():
        owner = ends.get(long.end) or ends.get(long.end + 2)
        if owner is not None and _starts_alike(reading.text, owner, long.start, acronym):
            owners[acronym] = owner
            continue
        spoken = any(a.type == "ORG" and a.start < long.end and long.start < a.end for a in answers)
        if spoken and long.start in starts and starts[long.start].type in {"ORG", "GPE", "NORP"}:
            owners[acronym] = Candidate(long.start, long.end, "ORG", "consistency", confidence=0.8)
            found.append(owners[acronym])
            continue
        for start, end in occurrences(reading, acronym):
            blocked.add(start, end)
    for name in names:
        match = _LETTERS.match(reading.text, name.end) if name.type in _LETTERED else None
        if match is None or blocked.overlaps(*match.span(1)) or systems.overlaps(*match.span(1)):
            continue
        if sum(map(str.isupper, match.group(1))) > 1:
            owners.setdefault(match.group(1), name)
    for acronym, owner in owners.items():
        key = owner.key or surface_key(owner.type, reading.text[owner.start : owner.end])
        found += [
            Candidate(start, end, owner.type, "consistency", key, 0.9) for start, end in occurrences(reading, acronym)
        ]
    return blocked, found


def _starts_alike(text: str, owner: Candidate, start: int, acronym: str) -> bool:
    """Whether a name that ends where the long form ends also begins like it (the *O* of *Office of …*)."""
    return abs(owner.start - start) <= 4 or (owner.start < start and text[owner.start] == acronym[0])


def glosses(reading: Reading, names: list[Candidate]) -> list[Candidate]:
    """Translations in brackets and quotation marks right behind a name: *MILGEM ("National Ship")*."""
    found = []
    for name in names:
        match = _GLOSS.match(reading.text, name.end)
        if match and name.type in _LETTERED and match.group(1)[0].isupper():
            key = name.key or surface_key(name.type, reading.text[name.start : name.end])
            found.append(Candidate(*match.span(1), name.type, "consistency", key, 0.8))
    return found
