"""Countries as texts name them (``Iran``, ``Iranian``, ``چینی``), by ISO 3166-1 alpha-2 code."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from pipeline import resources
from pipeline.extract.systems import phrases
from pipeline.extract.systems.reading import Reading, Tongue
from pipeline.text.offsets import Span


@dataclass(frozen=True)
class CountryWord:
    """A country's name, or the adjective made from it, in a reading."""

    span: Span
    code: str
    form: Literal["name", "adjective"]


#: ``آذربایجان غربی`` is a province of Iran.
_PROVINCE_AFTER = re.compile(r"[ \u200c](?:غربی|شرقی|Province)(?![\u0621-\u06D3])")


@cache
def _table() -> dict[str, tuple[str, Literal["name", "adjective"]]]:
    table: dict[str, tuple[str, Literal["name", "adjective"]]] = {}
    for code, names, adjectives, fa_names, fa_adjectives in resources.rows("packs/nationalities.tsv"):
        for word in [*names.split("|"), *fa_names.split("|")]:
            table.setdefault(_key(word), (code, "name"))
        for word in [*adjectives.split("|"), *fa_adjectives.split("|")]:
            table.setdefault(_key(word), (code, "adjective"))
    return table


@cache
def _pattern(language: Tongue) -> re.Pattern[str]:
    columns = (3, 4) if language == "fa" else (1, 2)
    words = {word for row in resources.rows("packs/nationalities.tsv") for at in columns for word in row[at].split("|")}
    if language == "fa":
        letter = phrases.PERSIAN_LETTER
        return re.compile(
            rf"(?<![{letter}\u200c])(?:{phrases.tree_pattern(map(phrases.persian_atoms, words))})(?![{letter}\u200c])"
        )
    body = phrases.tree_pattern([re.escape(c) if c != " " else r" +" for c in word] for word in words)
    return re.compile(rf"(?<![\w.])(?:{body})(?!\w)")


def country_words(reading: Reading) -> list[CountryWord]:
    """The words for countries in a reading, in order."""
    table = _table()
    found = []
    for match in reading.matches(_pattern(reading.language)):
        if _PROVINCE_AFTER.match(reading.text, match.end()):
            continue
        code, form = table[_key(match[0])]
        found.append(CountryWord(Span(*match.span()), code, form))
    return found


def is_country_word(word: str) -> bool:
    """Whether a word or phrase names a country or nationality."""
    return _key(word) in _table()


#: Vowel signs and the small hamza (``کرهٔ شمالی``), which a writer may leave out.
_UNWRITTEN = re.compile(r"[\s\u200c\u0640\u064B-\u0655\u0670]+")


def _key(word: str) -> str:
    return _UNWRITTEN.sub("", word).replace("ۀ", "ه")
