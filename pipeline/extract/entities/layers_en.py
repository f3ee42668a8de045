"""Names and the deeds, buildings and governments described with their help, laid over each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.extract.entities.candidates import DESCRIPTIVE, Candidate, Occupied
from pipeline.extract.entities.descriptions_en import descriptions
from pipeline.extract.entities.lexicon import Lexicon
from pipeline.extract.entities.reading import Reading
from pipeline.extract.entities.repeats_en import repeated
from pipeline.extract.entities.resolve import agreeing, disjoint, surface_key
from pipeline.extract.entities.towns import town

_PLACE_OF = re.compile(
    r"(?:Treaty|Peace|Battle|Siege|Truce|Armistice|Sack|Fall|Congress|Convention|Massacre) of (?:the )?"
    r"([A-Z][^\W\d_]+(?:[- ][A-Z][^\W\d_]+)?)$"
)
_QUALITY = frozenset(
    """Friendship Amity Commerce Cooperation Alliance Neutrality Navigation Independence Ideas Nations Wills Words Love
    Capitulation Union Berne Guarantee Settlement Mutual Berats Good Understanding Outer""".split()
)
_ROUTE_PARTS = re.compile(r"([A-Z][^\W\d_]+(?:[-–—][A-Z][^\W\d_]+)+)\s")
_FIRST = re.compile(r"[A-Z][^\W\d_]+(?:[- ][A-Z][^\W\d_]+)?(?=[\s–-])")


def layered(
    reading: Reading, names: list[Candidate], deeds: list[Candidate], buildings: list[Candidate], known: Lexicon,
    systems: Occupied, answers: list[Candidate],
) -> list[Candidate]:  # fmt: skip
    """Names and deeds together, after the names that hang on other names have been added."""
    names = sorted(names, key=lambda name: name.start)
    hanging = [name for name in descriptions(reading, names, known) if not systems.overlaps(name.start, name.end)]
    nested = [name for name in hanging if name.nested and name.type not in DESCRIPTIVE]
    above = [name for name in hanging if not name.nested and name.type not in DESCRIPTIVE]
    names = disjoint([*names, *above])
    bodies = [name for name in names if name.type in {"ORG", "LOC"}]
    deeds = disjoint([*deeds, *(name for name in hanging if name.type in DESCRIPTIVE)])
    deeds = [deed for deed in deeds if not any(b.contains(deed) and b.length > deed.length for b in bodies)]
    nested = [*disjoint([*nested, *buildings])]
    nested = [name for name in nested if not any(o.type in {"ORG", "FAC"} and o.overlaps(name) for o in names)]
    names = _without_halves(reading, names, deeds, nested)
    inside = [*_places_inside(reading, names, [*deeds, *nested])]
    inside += _again(reading, inside, [*names, *inside], systems)
    return agreeing([_listed(reading, each, known) for each in (*names, *inside, *deeds, *nested)], answers)


def _listed(reading: Reading, name: Candidate, known: Lexicon) -> Candidate:
    """A name found by its surroundings, as the gazetteer's where that knows it under the same type."""
    key = "" if name.key else known.key_of(name.type, reading.text[name.start : name.end])
    return replace(name, key=key) if key else name


def _without_halves(
    reading: Reading, names: list[Candidate], deeds: list[Candidate], nested: list[Candidate]
) -> list[Candidate]:
    """``names`` without those that are only half of a programme's or government's name."""
    within = Occupied(len(reading.text))
    inner = Occupied(len(reading.text))
    for deed in deeds:
        if deed.type == "PROGRAM" and not deed.key.startswith(("programme:", "turn:")):
            (within if deed.method == "gazetteer" else inner).add(deed.start, deed.end)
    full = {
        n.key or surface_key(n.type, reading.text[n.start : n.end])
        for n in names
        if " " in reading.text[n.start : n.end]
    }
    return [
        name
        for name in names
        if not within.overlaps(name.start, name.end)
        and not (name.type == "NORP" and inner.overlaps(name.start, name.end))
        and not _hidden(reading, name, nested, full)
    ]


def _places_inside(reading: Reading, names: list[Candidate], deeds: list[Candidate]) -> Iterator[Candidate]:
    """Towns that deeds and roads are named for and no voice knows: *Treaty of Zuhab*, *Kargil War*."""
    taken = Occupied(len(reading.text))
    for name in names:
        taken.add(name.start, name.end)
    for deed in deeds:
        surface = reading.text[deed.start : deed.end]
        if match := _PLACE_OF.match(surface):
            place = match.group(1)
            unknown = place.split()[0] not in _QUALITY and not reading.is_ordinary(place.split()[0])
        elif deed.type == "FAC" and (parts := _ROUTE_PARTS.match(surface)):
            for part in re.finditer(r"[^–—-]+", parts.group(1)):
                start, size = deed.start + part.start(), len(part.group())
                if town(part.group().strip()) is not None and not taken.overlaps(start, start + size):
                    yield Candidate(start, start + size, "GPE", "pattern", confidence=0.72)
            continue
        elif deed.type in {"EVENT", "LAW", "FAC"} and (match := _FIRST.match(surface)):
            place = match.group()
            if place.split()[0] in _QUALITY:
                continue
            unknown = town(place) is not None and not reading.is_ordinary(place)
            if not unknown and " " in place:
                place = place.split()[0]
                unknown = town(place) is not None and not reading.is_ordinary(place)
        else:
            continue
        start = deed.start + surface.index(place)
        if unknown and not taken.overlaps(start, start + len(place)):
            taken.add(start, start + len(place))
            yield Candidate(start, start + len(place), "GPE", "pattern", confidence=0.7)


def _again(reading: Reading, inside: list[Candidate], names: list[Candidate], systems: Occupied) -> list[Candidate]:
    """Other places of the towns that deeds are named for."""
    taken = Occupied(len(reading.text))
    for name in names:
        taken.add(name.start, name.end)
    return [
        name
        for name in repeated(reading, inside)
        if not taken.overlaps(name.start, name.end) and not systems.overlaps(name.start, name.end)
    ]


def _hidden(reading: Reading, name: Candidate, nested: list[Candidate], full: set[str]) -> bool:
    """Whether a name is only half of a government's (*Clinton administration*), its bearer not being named in full."""
    if name.type in {"GPE", "LOC"} and name.method == "gazetteer":
        return False
    for outer in nested:
        if outer.contains(name) and outer.type == "ORG":
            key = name.key or surface_key(name.type, reading.text[name.start : name.end])
            return name.type != "PERSON" or key not in full
    return False
