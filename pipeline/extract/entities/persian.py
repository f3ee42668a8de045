"""All mentions of one Persian reading: front matter and gazetteers first, then head nouns, titles and given names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from pipeline.extract.entities.brackets_fa import latin_names, transliterated_persons
from pipeline.extract.entities.candidates import DESCRIPTIVE, Candidate, Occupied
from pipeline.extract.entities.descriptions_fa import descriptions
from pipeline.extract.entities.ends_fa import trimmed, with_ends
from pipeline.extract.entities.grammar_fa import headed_names, heads
from pipeline.extract.entities.laws_fa import parts_of_laws, towns_of_treaties
from pipeline.extract.entities.lexicon import Lexicon
from pipeline.extract.entities.listed_fa import (
    PLACE_CUE,
    PLACES,
    believed_again,
    confirmed,
    listed_names,
    seconded,
    with_direction,
    with_state,
)
from pipeline.extract.entities.people_fa import (
    family_names,
    lone_names,
    named_persons,
    standing_alone,
    titled_persons,
)
from pipeline.extract.entities.reading import Reading, fold
from pipeline.extract.entities.resolve import agreeing, disjoint, surface_key
from pipeline.extract.entities.words_fa import given_names, is_rare
from pipeline.extract.entities.works_fa import quoted_works
from pipeline.record import EntityType
from pipeline.text.persian_words import ZWNJ, is_unknown

_HEARD: dict[EntityType, float] = {
    "PERSON": 0.75, "ORG": 0.85, "GPE": 0.8, "LOC": 0.8, "FAC": 0.8, "NORP": 0.7, "EVENT": 0.8
}  # fmt: skip
#: What its probabilities are worth on articles, which are not the news that it learnt from.
_TRUST = 0.9
#: How far back a quotation mark is looked for, in characters.
_QUOTATION = 60
#: Journals, whose names are mastheads and citations.
_SERIALS = frozenset(fold("مجله مجلهٔ فصلنامه فصلنامهٔ دوفصلنامه دوفصلنامهٔ ماهنامه ماهنامهٔ نشریه نشریهٔ").split())

#: What names of these types never do: begin or end inside a word.
_WHOLE: frozenset[EntityType] = frozenset({"PERSON", "ORG", "FAC", "LAW", "WORK", "PROGRAM"})
_WORD_GOES_ON = re.compile(
    rf"{ZWNJ}(?!(?:ها|های|هایی|ای|ی|اش|ام|ات|مان|تان|شان|اند|تر)(?![\u0620-\u06ff]))[\u0620-\u06ff]"
)
_HYPHENATED = re.compile(fold(r"[ \u200c]?تبار"))


def persian_mentions(
    reading: Reading,
    known: Lexicon,
    systems: Occupied,
    given: Iterable[Candidate] = (),
    answers: Sequence[Candidate] = (),
    beyond: Sequence[Candidate] = (),
) -> list[Candidate]:
    """The mentions of a reading, each with its identity.

    ``systems`` are ranges where no entity can be; ``given`` are mentions known from the front matter; ``answers`` are
    the trained tagger's in prose, ``beyond`` those elsewhere (affiliations), heard for ends only. The result may
    overlap where one layer lies over the other (a country inside a war's name).
    """
    sure, doubtful = listed_names(reading, known, systems)
    sure += confirmed(doubtful, answers)
    named = disjoint([*given, *(name for name in sure if name.type not in DESCRIPTIVE)])
    named = disjoint([*named, *seconded(reading, named, doubtful)])
    named = disjoint([*named, *believed_again(reading, named, doubtful)])
    named = [with_direction(reading, name) for name in named]
    named = with_state(reading, named)
    deeds = [name for name in sure if name.type in DESCRIPTIVE]

    titled = [
        person
        for person in titled_persons(reading)
        if not systems.overlaps(person.start, person.end) and _is_called(reading, person, answers)
    ]
    people = disjoint([*titled, *(p for p in named_persons(reading) if not systems.overlaps(p.start, p.end))])
    named = disjoint([*named, *people])
    headed = [
        name
        for name in headed_names(reading, {name.start: name for name in named})
        if not systems.overlaps(name.start, name.end)
    ]
    listed = {(deed.start, deed.end) for deed in deeds}
    states = {(name.start, name.end) for name in named if name.type == "GPE"}
    deeds += [name for name in headed if name.type in DESCRIPTIVE and not _adds_a_state(name, listed, states)]
    nested = [name for name in headed if name.nested]
    places = [name for name in named if name.type in {"GPE", "LOC"}]
    named = disjoint([*named, *(n for n in headed if n.type not in DESCRIPTIVE and not n.nested)])
    buildings = [name for name in named if name.type == "FAC" and name.method == "pattern"]
    nested += [place for place in places if any(b.contains(place) and b.length > place.length for b in buildings)]
    spoken = [answer for answer in answers if not systems.overlaps(answer.start, answer.end)]
    named = with_ends(reading, named, [*spoken, *(answer for answer in beyond if answer.type == "ORG")])
    taken = Occupied(len(reading.text))
    for name in named:
        taken.add(name.start, name.end)
    spelled = [p for p in transliterated_persons(reading, taken) if not systems.overlaps(p.start, p.end)]
    named = disjoint([*named, *spelled])
    named = _with_family_names(reading, named, titled, systems)
    named = disjoint([*named, *_repeated(reading, named, systems)])
    named = _with_answers(reading, named, deeds, answers, systems)
    persons = [name for name in named if name.type == "PERSON"]
    free = Occupied(len(reading.text))
    for name in named:
        free.add(name.start, name.end)
    named += [
        name
        for name in lone_names(reading, persons)
        if not free.overlaps(name.start, name.end) and not systems.overlaps(name.start, name.end)
    ]
    named.sort(key=lambda name: name.start)
    works = [work for work in quoted_works(reading, named) if not systems.overlaps(work.start, work.end)]
    named = [name for name in named if not any(work.contains(name) for work in works)] + works
    named.sort(key=lambda name: name.start)

    hanging = [d for d in descriptions(reading, named, known) if not systems.overlaps(d.start, d.end)]
    named = disjoint([*named, *(name for name in hanging if name.type not in DESCRIPTIVE)])
    deeds = disjoint([*deeds, *(name for name in hanging if name.type in DESCRIPTIVE)])
    deeds = disjoint([*deeds, *parts_of_laws(reading, deeds, named)])
    nested += towns_of_treaties(reading, deeds, [*doubtful, *answers])
    explained = list(latin_names(reading, [*named, *deeds], known, systems))
    named = disjoint([*named, *(name for name in explained if name.type not in DESCRIPTIVE)])
    deeds = disjoint([*deeds, *(name for name in explained if name.type in DESCRIPTIVE)])
    organisations = [name for name in named if name.type == "ORG"]
    deeds = [deed for deed in deeds if not any(outer.contains(deed) for outer in organisations)]
    whole = [name for name in [*named, *deeds, *nested] if not _cuts_word(reading.text, name)]
    return agreeing(whole, list(answers))


def _cuts_word(text: str, name: Candidate) -> bool:
    """Whether a name begins or ends at a half-space inside a word (``علی مشهدی`` in ``سلطان‌علی مشهدی``)."""
    if name.type not in _WHOLE or " " not in text[name.start : name.end]:
        return False
    return text[name.start - 1 : name.start] == ZWNJ or _WORD_GOES_ON.match(text, name.end) is not None


def _with_answers(
    reading: Reading, named: list[Candidate], deeds: list[Candidate], answers: Iterable[Candidate], systems: Occupied
) -> list[Candidate]:
    """``named`` with the names that only the tagger finds, where it is sure of them and the ground is free."""
    taken = Occupied(len(reading.text))
    for name in (*named, *deeds):
        taken.add(name.start, name.end)
    heard = [
        replace(answer, confidence=round(answer.confidence * _TRUST, 2))
        for answer in (trimmed(reading, answer) for answer in answers)
        if answer is not None
        and _is_worth_hearing(reading.text, answer)
        and not taken.overlaps(answer.start, answer.end)
        and not systems.overlaps(answer.start, answer.end)
    ]
    return disjoint([*named, *heard])


def _is_worth_hearing(text: str, answer: Candidate) -> bool:
    """Whether the tagger's word is enough: it is sure, and one word alone is no word of the dictionary (روش، جهان).

    An organisation begins with a head noun or has a word that only a name can be. What stands in quotation marks is
    the title of a work, or a system.
    """
    if answer.confidence < _HEARD.get(answer.type, 1.0):
        return False
    if text.rfind("«", max(0, answer.start - _QUOTATION), answer.start) > text.rfind("»", 0, answer.start):
        return False
    words = [fold(word) for word in text[answer.start : answer.end].split()]
    if answer.type == "NORP":
        return len(words) == 1 and not _HYPHENATED.match(text, answer.end)
    if len(words) == 1 and answer.type in PLACES and text[: answer.start].endswith("در "):
        return is_unknown(words[0]) or is_rare(words[0])
    if len(words) == 1:
        return is_unknown(words[0])
    if answer.type == "ORG":
        headed = any(head.type == "ORG" for head in heads().get(words[0], ()))
        return words[0] not in _SERIALS and (headed or any(map(is_unknown, words)))
    return True


def _adds_a_state(name: Candidate, listed: set[tuple[int, int]], states: set[tuple[int, int]]) -> bool:
    """Whether a deed is a listed one and the state behind it (``عهدنامهٔ ترکمانچای ایران را دگرگون کرد``)."""
    return any(start == name.start and (end + 1, name.end) in states for start, end in listed)


def _is_called(reading: Reading, person: Candidate, answers: Sequence[Candidate]) -> bool:
    """Whether what stands behind a title is a name: more than one word of the dictionary, or so says the tagger."""
    form = reading.text[person.start : person.end]
    if len(form) > 3 and (" " in form or is_unknown(form) or form.replace("\u200c", "") in given_names()[0]):
        return True
    return any(answer.type == "PERSON" and answer.overlaps(person) for answer in answers)


def _with_family_names(
    reading: Reading, named: list[Candidate], titled: list[Candidate], systems: Occupied
) -> list[Candidate]:
    """``named`` with the family names that stand alone, joined with the full name."""
    owners = family_names(reading, [name for name in named if name.type == "PERSON"])
    family: list[Candidate] = []
    keys: dict[int, str] = {}
    starts = {name.start for name in titled}
    for start, end, owner in standing_alone(reading, owners):
        key = owner.key or surface_key("PERSON", reading.text[owner.start : owner.end])
        if start in starts:
            keys[start] = key
        elif not systems.overlaps(start, end):
            family.append(Candidate(start, end, "PERSON", "consistency", key))
    named = [n for n in named if not (n.type == "GPE" and n.method == "gazetteer" and _is_bearer(reading, n, owners))]
    joined = [
        Candidate(n.start, n.end, n.type, n.method, keys[n.start], n.confidence)
        if n.start in keys and not n.key and " " not in reading.text[n.start : n.end]
        else n
        for n in named
    ]
    return disjoint([*joined, *family])


def _is_bearer(reading: Reading, name: Candidate, owners: Mapping[str, Candidate]) -> bool:
    """Whether a place is called like a person whom the text names in full, and no word says that it is the place."""
    form = reading.text[name.start : name.end]
    return form in owners and not PLACE_CUE.search(reading.text, max(0, name.start - 14), name.start)


def _repeated(reading: Reading, named: list[Candidate], systems: Occupied) -> list[Candidate]:
    """Other places of names of two words and more that a pattern found once."""
    types = {
        reading.text[n.start : n.end]: n
        for n in named
        if n.method == "pattern" and " " in reading.text[n.start : n.end]
    }
    if not types:
        return []
    forms = "|".join(re.escape(form) for form in sorted(types, key=lambda form: (-len(form), form)))
    pattern = re.compile(rf"(?<![\w\u200c])(?:{forms})(?![\w\u200c])")
    return [
        Candidate(*match.span(), types[match.group()].type, "consistency", types[match.group()].key)
        for match in pattern.finditer(reading.text)
        if not systems.overlaps(*match.span())
    ]
