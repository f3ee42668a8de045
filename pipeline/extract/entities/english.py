"""All mentions of one English reading: the voices heard in turn, patterns and gazetteer before the model."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.extract.entities.candidates import DESCRIPTIVE, Candidate, Occupied
from pipeline.extract.entities.classes_en import classed_names
from pipeline.extract.entities.columns_en import column_names
from pipeline.extract.entities.credibility import believable, supported
from pipeline.extract.entities.cues_en import cued_names
from pipeline.extract.entities.descriptions_en import compass
from pipeline.extract.entities.explained_en import explained, glosses
from pipeline.extract.entities.grammar_en import headed_names, heads
from pipeline.extract.entities.joins_en import longer_again, mended, ranked_persons
from pipeline.extract.entities.laws_en import laws_in_parts
from pipeline.extract.entities.layers_en import layered
from pipeline.extract.entities.lexicon import Lexicon, Phrase
from pipeline.extract.entities.people_en import titled_persons
from pipeline.extract.entities.reading import Reading
from pipeline.extract.entities.repeats_en import family, one_type, repeated
from pipeline.extract.entities.resolve import disjoint
from pipeline.extract.entities.words_en import STOP_EN

_CUE = re.compile(r"\b(?:in|at|to|from|near|of|city of|and|between|visited)\s+(?:the\s+)?$")
_RIVER = re.compile(r"\b[Tt]he\s+$")
#: Names of waters and peoples that are often only the first word of another name (*Pacific Century*).
_HALF_NAMES = frozenset({"Pacific", "Atlantic", "Caspian", "Baltic", "Arctic", "Mediterranean", "Caribbean", "Moon"})
#: A maker's name before a product's designation is a part of that (*an NVIDIA V100 card*).
_DESIGNATION = re.compile(r"\s[A-Z]+-?\d+\b(?!\s*(?:Ministry|summit|Summit))")
_LANGUAGE = re.compile(r"\s+(?:language|languages|translation|version|script)\b")
_NO_NOUN = re.compile(r"[.,;:)]|\s+(?:and|or|by|in|under|as|at|during|since|was|is|were|for|from|into)\b")
_INTO = re.compile(r"\b(?:in|into|from)\s+$")
_WRITTEN_IN = re.compile(
    r"\b(?:written|inscribed|composed|translated|rendered|published|spoken|letters?|texts?) (?:in|into) $"
)
_LANGUAGES = frozenset({"English", "Persian", "Arabic", "French", "German", "Turkish", "Russian", "Chinese"})


def english_mentions(
    reading: Reading, known: Lexicon, answers: list[Candidate], systems: Occupied, given: Iterable[Candidate] = ()
) -> list[Candidate]:
    """The mentions of a reading, each with its identity.

    ``answers`` are the model's; ``systems`` are ranges where no entity can be; ``given`` are mentions known from the
    front matter. The result may overlap where one layer lies over the other (a country inside a war's name).
    """
    free = _Free(len(reading.text), systems)
    answers = [
        answer
        for answer in answers
        if not systems.overlaps(answer.start, answer.end) and not _is_language(reading.text, answer.start, answer.end)
    ]
    gazetteer = _gazetteer(reading, known, answers, systems)
    gazetteer = [name for name in gazetteer if not _given_to(reading, name, answers)]
    named = [name for name in gazetteer if name.type not in DESCRIPTIVE]
    deeds = [name for name in gazetteer if name.type in DESCRIPTIVE]

    headed = [
        name
        for name in headed_names(reading, {n.start: n for n in named}, {n.end: n for n in named})
        if not systems.overlaps(name.start, name.end) or _named_after_system(reading, name, systems)
    ]
    listed = {(name.start, name.end) for name in named}
    deeds += [name for name in headed if name.type in DESCRIPTIVE and (name.start, name.end) not in listed]
    deeds += [d for d in laws_in_parts(reading, deeds) if not systems.overlaps(d.start, d.end)]
    named += compass(reading.text)
    places = [name for name in named if name.type == "GPE"]
    buildings = [name for name in headed if name.type == "FAC" and any(_opens(name, place) for place in places)]
    names = [name for name in headed if name.type not in DESCRIPTIVE and name not in buildings]
    names = disjoint([*given, *named, *names])
    blocked, acronyms = explained(reading, [*deeds, *buildings, *names], systems, answers)
    at = {(name.start, name.end) for name in acronyms}
    names = [n for n in names if (n.start, n.end) not in at and not blocked.overlaps(n.start, n.end)]
    deeds = [*(d for d in deeds if (d.start, d.end) not in at), *(n for n in acronyms if n.type in DESCRIPTIVE)]
    names = disjoint([*(name for name in acronyms if name.type not in DESCRIPTIVE), *names])

    free.add(names)
    free.add([*deeds, *buildings])
    names += free.kept(ranked_persons(reading, free.taken))
    names += free.kept(titled_persons(reading, free.taken))
    free.block(blocked)
    classed = disjoint(classed_names(reading, free.taken))
    cued = free.kept(name for name in classed if name.type != "EVENT")
    cued += [n for n in classed if n.type == "EVENT" and not systems.overlaps(n.start, n.end)]
    cued += free.kept(column_names(reading, free.taken))
    cued += free.kept(disjoint(cued_names(reading, free.taken, _families(reading, answers, names), _place_ends(names))))
    cued = one_type(reading, cued)
    cued += free.kept(repeated(reading, cued))
    cued += free.kept(glosses(reading, [*cued, *names, *deeds]))
    deeds += [name for name in cued if name.type in DESCRIPTIVE]
    names += [name for name in cued if name.type not in DESCRIPTIVE]
    believed = disjoint(believable(reading, answers, free.taken, _system_words(reading, systems)))
    names += free.kept(name for name in believed if " " in reading.text[name.start : name.end])
    names += free.kept(family(reading, names))
    names += free.kept(believed)
    again = repeated(reading, [name for name in names if name.method in {"pattern", "model"}])
    names += free.kept(again)
    names = mended(
        reading, longer_again(reading, names, [name for name in again if reading.is_quiet(name.start)]), known
    )
    again = repeated(reading, [deed for deed in deeds if deed.method == "pattern"])
    deeds += [deed for deed in again if not systems.overlaps(deed.start, deed.end)]
    return layered(reading, names, deeds, buildings, known, systems, answers)


def _given_to(reading: Reading, name: Candidate, answers: list[Candidate]) -> bool:
    """Whether a place's name is only a person's (*Jordan Peterson*): so the model, and the next word is unknown too."""
    if name.type not in {"GPE", "LOC"} or " " in reading.text[name.start : name.end]:
        return False
    rest = re.match(r"\s([A-Z][^\W\d_]+)(?!\w)", reading.text[name.end : name.end + 24])
    if rest is None or rest.group(1) in STOP_EN or rest.group(1) in heads() or reading.is_ordinary(rest.group(1)):
        return False
    end = name.end + rest.end()
    return any(a.type == "PERSON" and a.start == name.start and a.end == end for a in answers)


def _families(reading: Reading, answers: list[Candidate], names: list[Candidate]) -> frozenset[str]:
    """The last words of what the model and the titles call persons in full."""
    full = [reading.text[n.start : n.end].split() for n in [*answers, *names] if n.type == "PERSON"]
    return frozenset(words[-1].removesuffix("'s").removesuffix("’s") for words in full if len(words) > 1)


def _place_ends(names: list[Candidate]) -> Iterator[int]:
    return (name.end for name in names if name.type == "GPE")


def _system_words(reading: Reading, systems: Occupied) -> frozenset[str]:
    """The capitalised words of systems' names."""
    words = zip(reading.words, reading.starts, strict=True)
    return frozenset(word for word, at in words if word[0].isupper() and systems.overlaps(at, at + 1))


def _named_after_system(reading: Reading, name: Candidate, systems: Occupied) -> bool:
    """Whether an organisation has a system's name in its own (*Raspberry Pi Foundation*): its head stands outside."""
    return (
        name.type == "ORG"
        and not systems.overlaps(name.end - 1, name.end)
        and " " in reading.text[name.start : name.end]
    )


def _opens(building: Candidate, place: Candidate) -> bool:
    """Whether a building's or road's name has a place in it, which then stays a mention of its own."""
    return building.contains(place) and place.length < building.length


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
                cue = {"GPE": _CUE, "LOC": _RIVER}.get(name.type)
                if not agreed and not (cue and cue.search(reading.text, max(0, name.start - 14), name.start)):
                    continue
            found.append(name)
    return found


def _is_language(text: str, start: int, end: int) -> bool:
    """Whether a people's name stands for its language (*written in Elamite*)."""
    return bool(_WRITTEN_IN.search(text, max(0, start - 24), start) and _NO_NOUN.match(text, end))


def _credible(reading: Reading, name: Candidate, phrase: Phrase) -> bool:
    """Whether the words around a gazetteer name leave it that name."""
    text, start, end = reading.text, name.start, name.end
    after = text[end : end + 24]
    if phrase.form in _HALF_NAMES and re.match(r"\s[A-Z][a-z]", after) and not reading.is_quiet(start):
        return False
    if name.type == "NORP" and phrase.form in _LANGUAGES:
        return not (_LANGUAGE.match(after) or (_INTO.search(text, max(0, start - 8), start) and _NO_NOUN.match(after)))
    if name.type == "PERSON" and len(phrase.words) == 1:
        if text[start - 1 : start] in {"-", "‐"}:
            return False
        before = re.search(r"(?<![.\w])([A-Z][a-z]+)\s$", text[max(0, start - 20) : start])
        if before and before.group(1) not in STOP_EN and not reading.is_ordinary(before.group(1)):
            return False
        return not re.match(r"\s[A-Z][a-z]+\s(?:University|Hospital|Airport|Square|Street)", after)
    if name.type == "NORP" and _is_language(text, start, end):
        return False
    if name.type == "ORG" and (_DESIGNATION.match(after) or (phrase.guarded and re.match(r"\s[A-Z][a-z]", after))):
        return False
    return not (name.type == "GPE" and re.match(r"\s(?:[A-Z][a-z]+\s)?v\.\s", after))
