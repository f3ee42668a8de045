"""What stands in Latin letters in a Persian text: acronyms and original names in brackets, acronyms the world knows.

``بانک تجارت عراق (TBI)``, ``چتم هاوس (Chatham House)``: what the brackets hold names the same thing, there and wherever
else the acronym stands.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from pipeline.extract.entities.candidates import Candidate, Occupied
from pipeline.extract.entities.given_names import given_names
from pipeline.extract.entities.grammar_en import heads as english_heads
from pipeline.extract.entities.lexicon import Lexicon
from pipeline.extract.entities.reading import Reading, fold
from pipeline.extract.entities.resolve import surface_key
from pipeline.record import EntityType
from pipeline.text.transliteration import similarity

_PART = r"[^\W\d_][\w’'.&-]*"
_BRACKETED = re.compile(rf"ٔ?»?\s?\(\s?([A-ZÀ-Þ][\w’'.&-]+(?:\s{_PART}){{0,7}})\s?[)،,؛;:]")
_CAPITALS = re.compile(r"(?<![A-Za-z0-9.-])[A-Z]{3,9}(?![A-Za-z0-9-])")
#: Capitalised words in brackets, behind one to four Persian ones.
_LATIN = re.compile(r"»?\s?\(\s?([A-ZÀ-Þ][\w’'.-]+(?:\s[A-ZÀ-Þ][\w’'.-]*){1,3})\s?[)،,؛;]")
_SOUNDS_ALIKE = 0.75
#: Nouns that stand before the names of things; persons are introduced by others.
_THINGS = frozenset(
    fold("پروانه مجوز اسکنر افزار سامانه مدل دستگاه دوربین برنامه سایت وبگاه کتاب مجله ابزار موتور").split()
)
#: What carries an acronym; anything that is named carries its original name.
_PLACES: frozenset[EntityType] = frozenset({"GPE", "LOC", "NORP"})
_LETTERED: frozenset[EntityType] = frozenset({"ORG", "LAW", "PROGRAM", "EVENT", "FAC"})


def latin_names(reading: Reading, names: Iterable[Candidate], known: Lexicon, systems: Occupied) -> Iterator[Candidate]:
    """The Latin forms of ``names``, and acronyms of organisations that a gazetteer lists."""
    owners: dict[str, Candidate] = {}
    longest: dict[int, Candidate] = {}
    for name in names:
        if name.end not in longest or name.length > longest[name.end].length:
            longest[name.end] = name
    for name in longest.values():
        match = _BRACKETED.match(reading.text, name.end)
        if match is None or systems.overlaps(*match.span(1)):
            continue
        form = match.group(1)
        if len(form) < 10 and " " not in form and sum(map(str.isupper, form)) > 1:
            if name.type in _LETTERED:
                owners.setdefault(form, name)
        elif name.type not in _PLACES or len(form.split()) <= len(reading.text[name.start : name.end].split()):
            yield _alike(reading, name, *match.span(1))
    for match in _CAPITALS.finditer(reading.text):
        owner = owners.get(match.group())
        if owner is not None:
            yield _alike(reading, owner, *match.span())
        elif (key := known.key_of("ORG", match.group())) and not systems.overlaps(*match.span()):
            yield Candidate(*match.span(), "ORG", "gazetteer", key, 0.9)
    for form, owner in owners.items():
        if not _CAPITALS.fullmatch(form):
            for match in re.finditer(rf"(?<![A-Za-z0-9]){re.escape(form)}(?![A-Za-z0-9])", reading.text):
                yield _alike(reading, owner, *match.span())


def transliterated_persons(reading: Reading, named: Occupied) -> Iterator[Candidate]:
    """Persons whose name no list has, but whose Latin form follows in brackets: ``باری آیکنگرین (Barry Eichengreen)``.

    The words before the bracket must sound like it, word for word. ``named`` is ground that other names have.
    """
    for match in _LATIN.finditer(reading.text):
        latin = match.group(1).split()
        last = bisect_left(reading.starts, match.start(1)) - 1
        first = last - len(latin) + 1
        if first < 0 or not 2 <= len(latin) <= 4 or any(part in english_heads() for part in latin):
            continue
        start, end = reading.starts[first], reading.ends[last]
        if match.start() - end > 2 or named.overlaps(start, end) or "\n" in reading.text[start:end]:
            continue
        if latin[0] not in given_names() and _is_thing(reading, first):
            continue
        if similarity(match.group(1), reading.text[start:end]) >= _SOUNDS_ALIKE:
            yield Candidate(start, end, "PERSON", "pattern", confidence=0.85)


def _is_thing(reading: Reading, first: int) -> bool:
    """Whether the noun that a name hangs on, an adjective between, says that it is no person's."""
    return any(word in _THINGS for word in reading.words[max(0, first - 2) : first])


def _alike(reading: Reading, owner: Candidate, start: int, end: int) -> Candidate:
    """Another form of what ``owner`` names."""
    key = owner.key or surface_key(owner.type, reading.text[owner.start : owner.end])
    return Candidate(start, end, owner.type, "consistency", key, 0.88)
