"""All mentions of one English reading: the voices heard in turn, patterns and gazetteer before the model."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.extract.entities.acronyms import expansions, occurrences
from pipeline.extract.entities.candidates import DESCRIPTIVE, Candidate, Occupied
from pipeline.extract.entities.credibility import believable, supported
from pipeline.extract.entities.descriptions_en import compass, descriptions
from pipeline.extract.entities.grammar_en import headed_names
from pipeline.extract.entities.lexicon import Lexicon, Phrase
from pipeline.extract.entities.people_en import family_names, titled_persons
from pipeline.extract.entities.reading import Reading
from pipeline.extract.entities.resolve import agreeing, disjoint, surface_key

_CUE = re.compile(r"\b(?:in|at|to|from|near|of|city of|and|between|visited)\s+(?:the\s+)?$")
#: Names of waters and peoples that are often only the first word of another name (*Pacific Century*).
_HALF_NAMES = frozenset({"Pacific", "Atlantic", "Caspian", "Baltic", "Arctic", "Mediterranean", "Caribbean", "Moon"})
_LANGUAGE = re.compile(r"\s+(?:language|languages|translation|version|script)\b")
_INTO = re.compile(r"\b(?:in|into)\s+$")
_LANGUAGES = frozenset({"English", "Persian", "Arabic", "French", "German", "Turkish", "Russian", "Chinese"})


def english_mentions(
    reading: Reading, known: Lexicon, answers: list[Candidate], systems: Occupied, given: Iterable[Candidate] = ()
) -> list[Candidate]:
    """The mentions of a reading, each with its identity.

    ``answers`` are the model's; ``systems`` are ranges where no entity can be; ``given`` are mentions known from the
    front matter. The result may overlap where one layer lies over the other (a country inside a war's name).
    """
    free = _Free(len(reading.text), systems)
    answers = [answer for answer in answers if not systems.overlaps(answer.start, answer.end)]
    gazetteer = _gazetteer(reading, known, answers, systems)
    named = [name for name in gazetteer if name.type not in DESCRIPTIVE]
    deeds = [name for name in gazetteer if name.type in DESCRIPTIVE]

    headed = [
        name
        for name in headed_names(reading, {n.start: n for n in named}, {n.end: n for n in named})
        if not systems.overlaps(name.start, name.end)
    ]
    deeds += [name for name in headed if name.type in DESCRIPTIVE]
    named += compass(reading.text)
    names = disjoint([*given, *named, *(name for name in headed if name.type not in DESCRIPTIVE)])
    blocked, acronyms = _acronyms(reading, names, deeds)
    explained = {(name.start, name.end) for name in acronyms}
    names = [n for n in names if (n.start, n.end) not in explained and not blocked.overlaps(n.start, n.end)]
    names = disjoint([*acronyms, *names])

    free.add(names)
    free.add(deeds)
    names += free.kept(titled_persons(reading, free.taken))
    free.block(blocked)
    believed = disjoint(believable(reading, answers, free.taken))
    names += free.kept(name for name in believed if " " in reading.text[name.start : name.end])
    names += free.kept(_family(reading, names))
    names += free.kept(believed)
    names += free.kept(_repeated(reading, [n for n in names if n.method in {"pattern", "model"}]))
    return _described(reading, names, deeds, known, systems, answers)


class _Free:
    """The part of a reading where no mention has been accepted yet."""

    def __init__(self, length: int, systems: Occupied) -> None:
        self.taken = Occupied(length)
        self._systems = systems
        self._blocked = Occupied(length)

    def add(self, names: Iterable[Candidate]) -> None:
        for name in names:
            self.taken.add(name.start, name.end)

    def block(self, blocked: Occupied) -> None:
        self._blocked = blocked

    def kept(self, names: Iterable[Candidate]) -> list[Candidate]:
        """Those of ``names`` that stand on free ground, which they then take."""
        accepted = []
        for name in names:
            where = (name.start, name.end)
            if self.taken.overlaps(*where) or self._systems.overlaps(*where) or self._blocked.overlaps(*where):
                continue
            accepted.append(name)
            self.taken.add(*where)
        return accepted


def _gazetteer(reading: Reading, known: Lexicon, answers: list[Candidate], systems: Occupied) -> list[Candidate]:
    seen = supported(reading, answers)
    found = []
    for descriptive in (False, True):
        for name, phrase in known.find(reading, descriptive=descriptive):
            if systems.overlaps(name.start, name.end) or not _credible(reading, name, phrase):
                continue
            if phrase.guarded:
                places = seen.get(name.type)
                agreed = places is not None and places.overlaps(name.start, name.end)
                if not agreed and not (
                    name.type == "GPE" and _CUE.search(reading.text, max(0, name.start - 14), name.start)
                ):
                    continue
            found.append(name)
    return found


def _credible(reading: Reading, name: Candidate, phrase: Phrase) -> bool:
    """Whether the words around a gazetteer name leave it that name."""
    text, start, end = reading.text, name.start, name.end
    after = text[end : end + 24]
    if phrase.form in _HALF_NAMES and re.match(r"\s[A-Z][a-z]", after) and not reading.is_quiet(start):
        return False
    if name.type == "NORP" and phrase.form in _LANGUAGES:
        return not (
            _LANGUAGE.match(after)
            or (_INTO.search(text, max(0, start - 8), start) and re.match(r"[.,;:)]|\s+(?:and|or)\b", after))
        )
    if name.type == "PERSON" and len(phrase.words) == 1:
        return not re.match(r"\s[A-Z][a-z]+\s(?:University|Hospital|Airport|Square|Street)", after)
    return not (name.type == "GPE" and re.match(r"\s(?:[A-Z][a-z]+\s)?v\.\s", after))


def _acronyms(reading: Reading, names: list[Candidate], deeds: list[Candidate]) -> tuple[Occupied, list[Candidate]]:
    """Acronyms that an article explains: mentions of what their long forms name, or ranges that name nothing."""
    blocked = Occupied(len(reading.text))
    found: list[Candidate] = []
    ends = {name.end: name for name in [*deeds, *names]}
    for acronym, long in expansions(reading).items():
        owner = ends.get(long.end) or ends.get(long.end + 2)
        whole = owner is not None and abs(owner.start - long.start) <= 4
        for start, end in occurrences(reading, acronym):
            if owner is not None and whole:
                key = owner.key or surface_key(owner.type, reading.text[owner.start : owner.end])
                found.append(Candidate(start, end, owner.type, "consistency", key, 0.9))
            else:
                blocked.add(start, end)
    deeds += [name for name in found if name.type in DESCRIPTIVE]
    return blocked, [name for name in found if name.type not in DESCRIPTIVE]


def _family(reading: Reading, names: list[Candidate]) -> list[Candidate]:
    """Family names that stand alone, joined with the full name."""
    full = sorted({reading.text[n.start : n.end] for n in names if n.type == "PERSON"})
    full = [" ".join(name.split()) for name in full]
    owners = family_names(full)
    keys = {reading.text[n.start : n.end]: n.key for n in names if n.type == "PERSON" and n.key}
    found = []
    for i, word in enumerate(reading.words):
        owner = owners.get(word)
        if owner is None:
            continue
        start, end = reading.starts[i], reading.ends[i]
        if reading.text[start - 1 : start] == "-" or reading.text[end : end + 1] == "-":
            continue
        found.append(Candidate(start, end, "PERSON", "consistency", keys.get(owner) or surface_key("PERSON", owner)))
    return found


def _repeated(reading: Reading, names: list[Candidate]) -> list[Candidate]:
    """Other places of names of two words and more that were found once by pattern or model."""
    types = {reading.text[n.start : n.end]: n for n in names if " " in reading.text[n.start : n.end]}
    if not types:
        return []
    pattern = re.compile(
        r"\b(?:" + "|".join(re.escape(name) for name in sorted(types, key=lambda n: (-len(n), n))) + r")\b"
    )
    return [
        Candidate(*match.span(), types[match.group()].type, "consistency", types[match.group()].key)
        for match in pattern.finditer(reading.text)
    ]


def _described(
    reading: Reading, names: list[Candidate], deeds: list[Candidate], known: Lexicon, systems: Occupied,
    answers: list[Candidate],
) -> list[Candidate]:  # fmt: skip
    """Names and deeds together, after the names that hang on other names have been added."""
    names = sorted(names, key=lambda name: name.start)
    hanging = [name for name in descriptions(reading, names, known) if not systems.overlaps(name.start, name.end)]
    nested = [name for name in hanging if name.nested and name.type not in DESCRIPTIVE]
    above = [name for name in hanging if not name.nested and name.type not in DESCRIPTIVE]
    deeds = disjoint([*deeds, *(name for name in hanging if name.type in DESCRIPTIVE)])
    names = disjoint([*names, *above])
    nested = [name for name in nested if not any(o.type == "ORG" and o.overlaps(name) for o in names)]
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
    names = [
        name
        for name in names
        if not within.overlaps(name.start, name.end)
        and not (name.type in {"NORP", "LOC"} and inner.overlaps(name.start, name.end))
        and not _hidden(reading, name, nested, full)
    ]
    return agreeing([*names, *deeds, *nested], answers)


def _hidden(reading: Reading, name: Candidate, nested: list[Candidate], full: set[str]) -> bool:
    """Whether a name is only half of a government's (*Clinton administration*), its bearer not being named in full."""
    if name.type in {"GPE", "LOC"} and name.method == "gazetteer":
        return False
    for outer in nested:
        if outer.contains(name) and outer.type == "ORG":
            key = name.key or surface_key(name.type, reading.text[name.start : name.end])
            return name.type != "PERSON" or key not in full
    return False
