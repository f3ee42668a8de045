"""Acronyms that an article explains: *Shanghai Cooperation Organization (SCO)*.

The alignment is that of Schwartz and Hearst ("A simple algorithm for identifying abbreviation definitions in
biomedical text", PSB 2003), read from right to left, with the rule added that letters match at the beginnings of words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.extract.entities.reading import Reading

_BRACKETED = re.compile(r"\(\s*([A-Z][A-Za-z0-9&+]{1,9}?)s?\s*(?:[);,/])")
_WORD = re.compile(r"[^\W_]+")
_BOUNDARY = re.compile(r"[.;:!?()\[\]\"“”]\s|\n\n")
_SMALL = frozenset({"of", "and", "the", "for", "in", "on", "to", "a", "an", "s", "de", "with", "by", "at"})


@dataclass(frozen=True, slots=True)
class Expansion:
    """An acronym with the place of its long form in a reading's text."""

    acronym: str
    start: int
    end: int


def expansions(reading: Reading) -> dict[str, Expansion]:
    """The acronyms a text explains, each by its first explanation."""
    found: dict[str, Expansion] = {}
    text = reading.text
    for match in _BRACKETED.finditer(text):
        acronym = match.group(1)
        if acronym in found or sum(char.isupper() for char in acronym) < 2:
            continue
        long_form = _long_form(text, acronym, match.start())
        if long_form is not None:
            found[acronym] = Expansion(acronym, *long_form)
    return found


def occurrences(reading: Reading, acronym: str) -> list[tuple[int, int]]:
    """Where an acronym stands as a word of its own."""
    words = _WORD.findall(acronym)
    first, size = words[0], len(words)
    places = []
    for i, word in enumerate(reading.words):
        if word == first and reading.words[i : i + size] == words:
            end = reading.starts[i] + len(acronym)
            if reading.text[reading.starts[i] : end] == acronym:
                places.append((reading.starts[i], end))
    return places


def _long_form(text: str, acronym: str, bracket: int) -> tuple[int, int] | None:
    """The range of the words before the bracket whose initials are the acronym."""
    start = max(0, bracket - 20 - 14 * len(acronym))
    for boundary in _BOUNDARY.finditer(text, start, bracket):
        start = boundary.end()
    words = list(_WORD.finditer(text, start, bracket))
    letters = [char.lower() for char in acronym if char.isalnum()]
    at, end = len(letters) - 1, None
    for position in range(len(words) - 1, -1, -1):
        word = words[position].group().lower()
        if end is None:
            if word in _SMALL and word != letters[-1]:
                continue
            end = words[position].end()
        if at >= 0 and word[0] == letters[at]:
            at -= 1
        elif word in _SMALL:
            continue
        else:
            inner = _inner_letters(word, letters, at)
            if inner is None:
                return None
            at = inner
        if at < 0:
            return words[position].start(), end
    return None


def _inner_letters(word: str, letters: list[str], at: int) -> int | None:
    """The letter before those that ``word`` gives from its inside (*T* of *TelevisionT*…): its initial must match."""
    for taken in range(2, min(4, at + 2)):
        if at - taken + 1 < 0:
            break
        wanted = letters[at - taken + 1 : at + 1]
        place = 0
        for letter in wanted:
            place = word.find(letter, place) + 1
            if place == 0:
                break
        else:
            if word[0] == wanted[0]:
                return at - taken
    return None
