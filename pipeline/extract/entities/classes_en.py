"""English names whose kind a common noun beside them tells: *the company STM*, *Syunik province*, *rivers such as …*.

The nouns are data (``gazetteer/classes_en.tsv``). A noun outside the name stays outside the span. What is known
already, or lies in a system's name, is left to the voices before this one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import cast

from pipeline import resources
from pipeline.extract.entities.candidates import Candidate, Occupied
from pipeline.extract.entities.grammar_en import heads
from pipeline.extract.entities.reading import Reading
from pipeline.extract.entities.words_en import STOP_EN
from pipeline.record import EntityType

_UPPER = "A-ZÀ-ÖØ-ÞĆČĞİŁŚŞŠŻŽ"
_PART = rf"(?:[{_UPPER}](?:[^\W\d_]|['’](?!s\b)(?=\w))+(?:[-–][{_UPPER}]?[^\W_]+)*|[A-Z]{{2,}})"
#: Capitalised words in a row, *of* or *al-* between them allowed.
NAME = rf"{_PART}(?:\s(?:of\s|of the\s|al-|-e\s)?{_PART}){{0,4}}"
_RUN = rf"{_PART}(?:\s{_PART}){{0,3}}"
_ITEM = rf"(?:the\s)?{NAME}(?:\s\([A-Z]{{2,8}}\))?"
_SAID = r"(?:\s+(?:called|named|known as))?\s+"
_SUCH = r"(?::|,?\s+such\s+as|,?\s+including|,?\s+like|,?\s+namely|,\s+among\s+them|,\s+for\s+example,?)\s+"
#: Persons follow their common noun after a plain comma as well: *two leaders, A and B*.
_SUCH_PERSONS = rf"(?:{_SUCH}|,\s+)"


_BEHIND: dict[str, re.Pattern[str]] = {
    "before": re.compile(rf"{_SAID}(?P<name>{_RUN})"),
    "of": re.compile(rf"\s+of\s+(?P<name>{_RUN})"),
    "list": re.compile(rf"{_SUCH}(?P<name>{_ITEM}(?:(?:,|,?\s+and|,?\s+or)\s+{_ITEM})*)"),
    "list of persons": re.compile(rf"{_SUCH_PERSONS}(?P<name>{_ITEM}(?:(?:,|,?\s+and|,?\s+or)\s+{_ITEM})*)"),
}
_IN_FRONT = re.compile(rf"(?<![-.\w])(?P<name>{_RUN})(?:\s\([^()]{{2,40}}\))?\s+$")
_WINDOW = 90
_EACH = re.compile(NAME)


@cache
def _nouns() -> dict[str, list[tuple[str, EntityType, str]]]:
    """The nouns by their last word: the whole noun, the type it makes, and where the name stands."""
    table: dict[str, list[tuple[str, EntityType, str]]] = {}
    for kind, place, nouns in resources.rows("gazetteer/classes_en.tsv"):
        for noun in nouns.split("|"):
            where = "list of persons" if place == "list" and kind == "PERSON" else place
            table.setdefault(noun.split()[-1], []).append((noun, cast(EntityType, kind), where))
    return table


def classed_names(reading: Reading, known: Occupied) -> Iterator[Candidate]:
    """Names beside a noun that tells their kind, where nothing is ``known`` yet."""
    text, table = reading.text, _nouns()
    for i, word in enumerate(reading.words):
        for noun, kind, place in table.get(word, ()):
            end = reading.ends[i]
            start = end - len(noun)
            if text[start:end] != noun or text[start - 1 : start].isalnum() or text[end : end + 1] in {"-", "–"}:
                continue
            if place == "after":
                match = _IN_FRONT.search(text, max(0, start - _WINDOW), start)
            else:
                match = _BEHIND[place].match(text, end)
            if match is None:
                continue
            if place.startswith("list"):
                yield from _items(reading, kind, *match.span("name"), known)
                continue
            span = _bare(reading, *match.span("name"))
            if span is not None and _new(reading, kind, span, known):
                yield Candidate(*span, kind, "pattern", confidence=0.78)


def _items(reading: Reading, kind: EntityType, start: int, end: int, known: Occupied) -> Iterator[Candidate]:
    for match in _EACH.finditer(reading.text, start, end):
        span = _bare(reading, *match.span())
        if span is not None and not known.overlaps(*span) and _proper(reading, span):
            yield Candidate(*span, kind, "pattern", confidence=0.75)


def _bare(reading: Reading, start: int, end: int) -> tuple[int, int] | None:
    """The range without words that only open a sentence."""
    text = reading.text
    while first := re.match(r"[^\W_]+", text[start:end]):
        if first.group() not in STOP_EN:
            break
        start += first.end()
        while start < end and not text[start].isalnum():
            start += 1
    return (start, end) if end - start > 1 and text[start].isupper() else None


def _new(reading: Reading, kind: EntityType, span: tuple[int, int], known: Occupied) -> bool:
    """Whether the range begins with an unknown proper name (``known`` words may follow in a deed's name)."""
    start, end = span
    first = re.match(r"[^\W_]+", reading.text[start:end])
    if first is None or reading.is_quiet(start):
        return False
    if known.overlaps(start, start + first.end() if kind == "EVENT" else end):
        return False
    return _proper(reading, span) or (kind == "EVENT" and " " in reading.text[start:end])


def _proper(reading: Reading, span: tuple[int, int]) -> bool:
    """Whether a capitalised stretch is more than ordinary words with capitals."""
    words = re.findall(r"[^\W_]+", reading.text[slice(*span)])
    if words[0] in STOP_EN or words[-1] in heads() or any(char.isdigit() for char in words[-1]):
        return False
    return len(words) > 1 or not reading.is_ordinary(words[0])
