"""Numbers as English and Persian write them: digits of three scripts, number words, ordinals.

Digit folding keeps the length of the text, so offsets stay valid. Number words are described by tables; from them
come both the regular expressions that find them (:func:`cardinal`, :func:`ordinal`) and their value
(:func:`parse_number`). What a number counts is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Literal, NamedTuple

from pipeline.text.offsets import Span

NumberLanguage = Literal["en", "fa"]

#: Persian and Arabic-Indic digits, as code points, and the ASCII digit of each.
DIGITS = {ord(digit): str(value) for row in ("۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩") for value, digit in enumerate(row)}

_EN_CARDINALS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_EN_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000}
_EN_IRREGULAR_ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip

_FA_CARDINALS = {
    "صفر": 0, "یک": 1, "دو": 2, "سه": 3, "چهار": 4, "پنج": 5, "شش": 6, "شیش": 6, "هفت": 7, "هشت": 8, "نه": 9,
    "ده": 10, "یازده": 11, "دوازده": 12, "سیزده": 13, "چهارده": 14, "پانزده": 15, "شانزده": 16, "هفده": 17,
    "هجده": 18, "هیجده": 18, "نوزده": 19, "بیست": 20, "سی": 30, "چهل": 40, "پنجاه": 50, "شصت": 60, "هفتاد": 70,
    "هشتاد": 80, "نود": 90, "صد": 100, "یکصد": 100, "دویست": 200, "سیصد": 300, "چهارصد": 400, "پانصد": 500,
    "ششصد": 600, "هفتصد": 700, "هشتصد": 800, "نهصد": 900,
}  # fmt: skip
_FA_SCALES = {"هزار": 1_000, "میلیون": 1_000_000}
_FA_IRREGULAR_ORDINALS = {"اول": 1, "نخست": 1, "یکم": 1, "سوم": 3}

#: What may join the parts of a written Persian number: spaces and half-spaces, and the word «و».
_FA_GAP = r"[ \u200c]*"


class NumberWord(NamedTuple):
    """A number in words, where it stands, and whether it counts (seven) or ranks (seventh)."""

    span: Span
    value: int
    is_ordinal: bool


def fold_digits(text: str) -> str:
    """The text with Persian and Arabic-Indic digits as ASCII ones; every offset stays what it was."""
    return text if text.isascii() else text.translate(DIGITS)


@cache
def cardinal(language: NumberLanguage) -> str:
    """A regular-expression source for a number in words (``thirty-five``, ``سی و پنج``), without groups or edges."""
    if language == "en":
        word = _alternatives([*_EN_CARDINALS, *_EN_SCALES])
        return rf"(?:{word}(?:(?:-| and | ){word})*)"
    word, scale = _alternatives([*_FA_CARDINALS, *_FA_SCALES]), _alternatives(_FA_SCALES)
    return rf"(?:{word}(?:{_FA_GAP}و{_FA_GAP}{word}|{_FA_GAP}{scale})*)"


@cache
def ordinal(language: NumberLanguage) -> str:
    """A regular-expression source for an ordinal, in words or figures (``twenty-first``, ``21st``, ``بیست‌ویکم``)."""
    if language == "en":
        word, last = _alternatives([*_EN_CARDINALS, *_EN_SCALES]), _alternatives(_en_ordinals())
        return rf"(?:(?:{word}[- ])*{last}|\d{{1,2}} ?(?:st|nd|rd|th))"
    irregular = _alternatives(_FA_IRREGULAR_ORDINALS)
    stem = rf"{cardinal('fa')[:-1]})"
    compound = rf"(?:{cardinal('fa')}{_FA_GAP}و{_FA_GAP})?"
    return rf"(?:{compound}{irregular}|{stem}{_FA_GAP}(?:امین|مین|ام|م)|\d{{1,2}}{_FA_GAP}(?:امین|مین|ام|م)(?!\w))"


@cache
def first_words(language: NumberLanguage) -> frozenset[str]:
    """Every single word that a cardinal or an ordinal can begin with (a Persian one may also be written together)."""
    if language == "en":
        return frozenset([*_EN_CARDINALS, *_EN_SCALES, *_en_ordinals()])
    stems = [*_FA_CARDINALS, *_FA_SCALES]
    return frozenset([*stems, *(stem + end for stem in stems for end in ("م", "مین")), *_FA_IRREGULAR_ORDINALS])


def parse_number(words: str, language: NumberLanguage) -> int | None:
    """The value of a number given in figures or words, cardinal or ordinal; None when it is not one.

    >>> parse_number("twenty-first", "en"), parse_number("هزار و سیصد و پنجاه و هفت", "fa"), parse_number("۸۴", "fa")
    (21, 1357, 84)
    """
    text = fold_digits(words).strip().lower()
    figures = re.fullmatch(r"(\d+)[ \u200c]*(?:st|nd|rd|th|امین|مین|ام|م)?", text)
    if figures:
        return int(figures[1])
    return _parse_english(text) if language == "en" else _parse_persian(text)


def number_words(text: str, language: NumberLanguage) -> Iterator[NumberWord]:
    """The numbers in words of a text, longest reading first, in order."""
    for match in _finder(language).finditer(text):
        value = parse_number(match[0], language)
        if value is not None:
            yield NumberWord(Span(*match.span()), value, match["ordinal"] is not None)


def _parse_english(text: str) -> int | None:
    ordinals = _en_ordinals()
    parts = [part for part in re.split(r"[-\s]+", text) if part != "and"]
    values = [_EN_CARDINALS.get(part, _EN_SCALES.get(part, ordinals.get(part))) for part in parts]
    total = current = 0
    if not values:
        return None
    if len(values) > 1 and _is_spoken_year(values):
        return (values[0] or 0) * 100 + sum(value or 0 for value in values[1:])
    for value in values:
        if value is None:
            return None
        if value == 100:
            current = max(current, 1) * 100
        elif value >= 1_000:
            total += max(current, 1) * value
            current = 0
        else:
            current += value
    return total + current


def _is_spoken_year(values: list[int | None]) -> bool:
    """Whether the parts are a year read in two halves: nineteen | eighty-four."""
    head, *rest = values
    if head is None or not 13 <= head <= 20 or any(value is None or value >= 100 for value in rest):
        return False
    return 10 <= (rest[0] or 0) <= 99 and (len(rest) == 1 or (len(rest) == 2 and 1 <= (rest[1] or 0) <= 9))


def _parse_persian(text: str) -> int | None:
    total = current = 0
    at = 0
    stem = text
    ending = re.search(rf"{_FA_GAP}(?:امین|مین|ام)$", stem)
    if ending:
        stem = stem[: ending.start()]
    elif stem.endswith("م") and not stem.endswith(tuple(_FA_IRREGULAR_ORDINALS)):
        stem = stem[:-1].rstrip(" \u200c")
    while at < len(stem):
        part = _fa_part().match(stem, at)
        if part is None or part.end() == at:
            return None
        word = part["word"]
        at = part.end()
        if word in _FA_SCALES:
            total += max(current, 1) * _FA_SCALES[word]
            current = 0
        else:
            current += _FA_CARDINALS.get(word, _FA_IRREGULAR_ORDINALS.get(word, 0))
    return total + current if stem else None


@cache
def _fa_part() -> re.Pattern[str]:
    """One part of a written Persian number, with the «و» before it."""
    word = _alternatives([*_FA_CARDINALS, *_FA_SCALES, *_FA_IRREGULAR_ORDINALS])
    return re.compile(rf"{_FA_GAP}(?:و{_FA_GAP})?(?P<word>{word}){_FA_GAP}")


@cache
def _finder(language: NumberLanguage) -> re.Pattern[str]:
    letter = r"[^\W\d_]"
    return re.compile(
        rf"(?<!{letter})(?:(?P<ordinal>{ordinal(language)})|{cardinal(language)})(?!{letter})", re.IGNORECASE
    )


@cache
def _en_ordinals() -> dict[str, int]:
    ordinals = {}
    for word, value in {**_EN_CARDINALS, **_EN_SCALES}.items():
        regular = word[:-1] + "ieth" if word.endswith("y") else word + "th"
        ordinals[_EN_IRREGULAR_ORDINALS.get(word, regular)] = value
    del ordinals["zeroth"]
    return ordinals


def _alternatives(words: Iterable[str]) -> str:
    """The words as alternatives, longest first, so that نود is not read as نه nor دویست as دو."""
    return "(?:" + "|".join(sorted(words, key=lambda word: (-len(word), word))) + ")"
