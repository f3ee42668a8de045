"""Mending English names after all voices have spoken: parts of one person's name, compass words, longer names.

A voice sees its part only: *Mirza Taqi Khan* behind a title and *Amir Kabir* in a table, *Anatolia* but not *Eastern
Anatolia*, *Iran* where the text has named the *National Museum of Iran* before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.extract.entities.candidates import Candidate, Occupied
from pipeline.extract.entities.given_names import given_names
from pipeline.extract.entities.lexicon import Lexicon
from pipeline.extract.entities.reading import Reading
from pipeline.extract.entities.words_en import STOP_EN

_INITIALS = re.compile(r"(?<![\w.])(?:[A-Z]\.\s?){1,3}$")
_LETTERED = re.compile(r"\b(?:Plan|Annex|Group|Type|Class|Appendix|Table|Figure|Part|Section|Vitamin|Block|Series)\s$")
_JUNIOR = re.compile(r",?\s(?:Jr|Sr)\.|,?\s(?:Jr|Sr)\b|\s(?:II|III|IV)\b")
_BEFORE_MIRZA = re.compile(r"([A-Z][a-zà-ž’']+(?:-[A-Za-z]+)?)\s$")
#: Ranks of the Ottoman and Qajar worlds that close a name.
_RANKED = re.compile(
    r"(?<![\w-])[A-Z][a-zà-ž’']+(?:\s[A-Z][a-zà-ž’']+(?:\s(?:al|ol|ul|ud)-[A-Z][a-zà-ž’']+)?)?\s(?:Pasha|Bey|Effendi)(?![\w-])"
)
_COMPASS = re.compile(r"(?<![\w-])((?:North|South)?-?(?:[Ee]ast|[Ww]est|North|South)ern\s)$")
_THE = re.compile(r"\b[Tt]he\s$")
_NO_NOUN_BEHIND = re.compile(
    r"[.,;:)]|\s(?:and|or|by|in|under|as|at|during|since|was|is|were|are|has|had|from|into|to)\b"
)
_WITH_ARTICLE = re.compile(r"Hague|Gambia|Netherlands|Bahamas|Philippines|Vatican|Maldives|Comoros|Seychelles|Marshall")


def mended(reading: Reading, names: Sequence[Candidate], known: Lexicon) -> list[Candidate]:
    """``names``, which do not overlap, with their missing parts; ``known`` says which of them are states."""
    ordered = sorted(names, key=lambda name: name.start)
    joined: list[Candidate] = []
    for name in ordered:
        last = joined[-1] if joined else None
        if last is not None and _one_person(reading.text, last, name):
            joined[-1] = replace(last, end=name.end, key="", method="pattern", confidence=max(last.worth, name.worth))
        else:
            joined.append(name)
    taken = Occupied(len(reading.text))
    for name in joined:
        taken.add(name.start, name.end)
    return [_whole(reading, name, taken, known) for name in joined]


def ranked_persons(reading: Reading, taken: Occupied) -> Iterator[Candidate]:
    """Persons whose rank closes their name (*Nubar Pasha*)."""
    for match in _RANKED.finditer(reading.text):
        first = match.group().split()[0]
        if first not in STOP_EN and not taken.overlaps(*match.span()) and not reading.is_ordinary(first):
            yield Candidate(*match.span(), "PERSON", "pattern")


def longer_again(reading: Reading, names: Sequence[Candidate], again: Sequence[Candidate]) -> list[Candidate]:
    """``names`` with those of ``again`` (repetitions of names found once) that hold shorter gazetteer names whole."""
    result = sorted(names, key=lambda name: name.start)
    for name in again:
        touched = [other for other in result if other.overlaps(name)]
        if touched and all(
            name.contains(other) and other.length < name.length and other.method == "gazetteer" for other in touched
        ):
            result = sorted([other for other in result if other not in touched] + [name], key=lambda n: n.start)
    return result


def _one_person(text: str, first: Candidate, second: Candidate) -> bool:
    """Whether two persons' names stand side by side, which two persons never do."""
    return first.type == second.type == "PERSON" and text[first.end : second.start] in {" ", "\n"}


def _whole(reading: Reading, name: Candidate, taken: Occupied, known: Lexicon) -> Candidate:
    text = reading.text
    if name.type == "PERSON":
        start, end = name.start, name.end
        if (match := _INITIALS.search(text, max(0, start - 12), start)) and name.method != "metadata":
            alone = match.group().count(".") == 1
            if not (alone and _LETTERED.search(text, max(0, match.start() - 10), match.start())):
                start = match.start()
        match = _BEFORE_MIRZA.search(text, max(0, start - 20), start) if text.startswith("Mirza ", start) else None
        if match and match.group(1) not in STOP_EN and not reading.is_ordinary(match.group(1)):
            start = match.start(1)
        forename = _BEFORE_MIRZA.search(text, max(0, start - 20), start)
        relative = bool(forename and forename.group(1) in given_names() and name.method == "gazetteer")
        if forename and relative:
            start = forename.start(1)
        if match := _JUNIOR.match(text, end):
            end = match.end()
        if (start, end) != (name.start, name.end) and not taken.overlaps(start, name.start):
            return replace(name, start=start, end=end, key="" if relative else name.key)
    if name.type == "LOC" and name.method == "gazetteer":
        match = _COMPASS.search(text, max(0, name.start - 14), name.start)
        if match and match.group(1)[0].isupper() and not taken.overlaps(match.start(1), name.start):
            return replace(name, start=match.start(1), key="")
    if name.type == "GPE" and name.method == "gazetteer" and _is_river(text, name):
        entry = known.entries.get(name.key)
        if entry is None or "iso3166" in entry.identifiers:
            return name
        return replace(name, type="LOC", key="", confidence=0.8)
    return name


def _is_river(text: str, name: Candidate) -> bool:
    """Whether a place that is called like a town stands like a river's name: *of the Sirvan.*"""
    surface = text[name.start : name.end]
    if (
        " " in surface
        or surface.isupper()
        or "." in surface
        or not _THE.search(text, max(0, name.start - 5), name.start)
    ):
        return False
    return bool(_NO_NOUN_BEHIND.match(text, name.end)) and not _WITH_ARTICLE.match(surface) and surface[-1] != "s"
