"""Where Persian names begin and end, when the trained tagger has read further than the grammar.

The grammar of heads and titles goes only as far as its vocabularies; the tagger reads the whole sentence and knows a
name by what stands around it, but its ends are ragged (it takes in the next name of a list, or the object of the
verb). So its answer is trimmed first, and then heard where it holds a name that the grammar began.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.extract.entities.candidates import Candidate
from pipeline.extract.entities.grammar_fa import heads, is_head, takes_part
from pipeline.extract.entities.people_fa import PREFIXES, TITLES
from pipeline.extract.entities.reading import Reading, fold
from pipeline.extract.entities.words_fa import LIGHT_VERBS, STOP_FA, ends_name

#: How sure the tagger has to be to move the ends of a name, by type.
_PERSON_FROM = 0.8
_HEADED_FROM = 0.5
#: Signs that no name spans.
_BREAKS = '«»“”"()[]،؛;:.؟!|\n'
#: What the tagger's probability is worth here, and the least that two voices together are.
_TRUST = 0.93
_LEAST_WORTH = 0.75
_LONGEST = 9  # words
#: How sure it has to be, that the town behind an organisation is a part of its name.
_TOWN_FROM = 0.85
#: Heads of names that are mastheads, or departments.
_NO_HEADS = frozenset(fold("گروه مجله فصلنامه دوفصلنامه ماهنامه نشریه").split())
#: Nouns that stand before a person's name and may be taken into it.
_BEFORE_PERSON = frozenset(words[0] for words in TITLES if len(words) == 1) - {"سید", "میرزا"} - PREFIXES
#: Voices whose word the tagger does not change.
_FIXED = frozenset({"metadata"})


def trimmed(reading: Reading, answer: Candidate) -> Candidate | None:
    """The tagger's answer up to the first sign, without a title before it and without what cannot end a name.

    An ``و`` with another head noun behind it parts two names; the first is kept.
    """
    first = bisect_left(reading.starts, answer.start)
    beyond = bisect_left(reading.starts, answer.end)
    if first == beyond:
        return None
    last = first
    for i in range(first + 1, beyond):
        if any(sign in reading.text[reading.ends[last] : reading.starts[i]] for sign in _BREAKS):
            break
        last = i
    for i in range(first + 1, last):
        if reading.words[i] == "و" and any(is_head(reading.words[k]) for k in range(i + 1, last + 1)):
            last = i - 1
            break
    for i in range(first + 1, last + 1):
        finite = reading.words[i] in LIGHT_VERBS and reading.words[i] not in STOP_FA
        if finite or (answer.type == "PERSON" and is_head(reading.words[i])):
            last = i - 1
            break
    while last > first and (reading.words[last] in STOP_FA or ends_name(reading, last)):
        last -= 1
    while answer.type == "PERSON" and first < last and reading.words[first] in _BEFORE_PERSON:
        first += 1
    if last - first >= _LONGEST:
        return None
    start, end = max(answer.start, reading.starts[first]), min(answer.end, reading.ends[last])
    return replace(answer, start=start, end=end)


def with_ends(reading: Reading, names: Sequence[Candidate], answers: Iterable[Candidate]) -> list[Candidate]:
    """``names`` with the ends of persons and organisations as the tagger sees them, where it holds them whole.

    A person may swallow the place that is called like a part of it (ایوان in ایوان سادچیکوف), and goes on where a
    regnal name was cut short (سلطان محمد فاتح); an organisation swallows the names in it, but begins where a head
    noun stands, and never moves the end of a name that a gazetteer lists from the same beginning.
    """
    current = sorted(names, key=lambda name: name.start)
    for answer in answers:
        if answer.type not in {"PERSON", "ORG"}:
            continue
        whole = trimmed(reading, answer)
        if whole is None or " " not in reading.text[whole.start : whole.end]:
            continue
        touched = [name for name in current if name.start < whole.end and whole.start < name.end]
        better = _person(whole, touched) if whole.type == "PERSON" else _organisation(reading, whole, touched)
        if better is not None:
            current = sorted([name for name in current if name not in touched] + [better], key=lambda n: n.start)
    return current


def _person(whole: Candidate, touched: list[Candidate]) -> Candidate | None:
    if not touched or whole.confidence < _PERSON_FROM or any(name.method in _FIXED for name in touched):
        return None
    if all(whole.contains(name) and name.length < whole.length for name in touched):
        begun = any(name.type == "PERSON" for name in touched)
        borrowed = len(touched) == 1 and touched[0].type == "GPE" and touched[0].start == whole.start
        if (begun or borrowed) and all(name.type in {"PERSON", "GPE"} for name in touched):
            return replace(whole, key=next((name.key for name in touched if name.type == "PERSON"), ""))
        return None
    first = touched[0]
    if len(touched) == 1 and first.type == "PERSON" and first.start < whole.start and first.end < whole.end:
        return replace(first, end=whole.end)
    return None


def _organisation(reading: Reading, whole: Candidate, touched: list[Candidate]) -> Candidate | None:
    first = bisect_left(reading.starts, whole.start)
    headed = _begins_organisation(reading.words[first]) and not takes_part(reading, first)
    if whole.confidence < _HEADED_FROM or not headed:
        return None
    if any(not whole.contains(name) or name.method in _FIXED for name in touched):
        return None
    opening = next((name for name in touched if name.start == whole.start), None)
    if opening is not None and (opening.method != "pattern" or opening.length >= whole.length):
        return None
    if opening is None and any(name.type == "PERSON" and name.end < whole.end for name in touched):
        return None
    if any(name.type == "NORP" for name in touched if reading.starts[first + 1] == name.start):
        return None
    town = next((name for name in touched if name.type == "GPE" and name.end == whole.end), None)
    if opening is not None and town is not None and town.start <= opening.end + 1 and whole.confidence < _TOWN_FROM:
        return None
    sure = round(max(_LEAST_WORTH, whole.confidence * _TRUST), 2)
    return replace(whole, method="pattern" if opening is not None else "model", confidence=sure)


def _begins_organisation(word: str) -> bool:
    """Whether a word is the head of organisations' names, other than journals, departments and governments."""
    return word not in _NO_HEADS and any(
        head.type == "ORG" and head.manner != "person" for head in heads().get(word, ())
    )
