"""Numbers in figures and words, in both languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.numerals import fold_digits, number_words, parse_number

_UNITS = ["", "یک", "دو", "سه", "چهار", "پنج", "شش", "هفت", "هشت", "نه", "ده", "یازده", "دوازده", "سیزده", "چهارده",
          "پانزده", "شانزده", "هفده", "هجده", "نوزده"]  # fmt: skip
_TENS = ["", "", "بیست", "سی", "چهل", "پنجاه", "شصت", "هفتاد", "هشتاد", "نود"]
_HUNDREDS = ["", "صد", "دویست", "سیصد", "چهارصد", "پانصد", "ششصد", "هفتصد", "هشتصد", "نهصد"]


def in_persian(number: int) -> str:
    """A number below ten thousand as Persian writes it."""
    parts = []
    if number >= 1000:
        parts.append(f"{_UNITS[number // 1000] if number >= 2000 else ''} هزار".strip())
    parts.append(_HUNDREDS[number % 1000 // 100])
    rest = number % 100
    parts += [_UNITS[rest]] if rest < 20 else [_TENS[rest // 10], _UNITS[rest % 10]]
    return " و ".join(part for part in parts if part)


@given(st.integers(1, 9999))
def test_every_persian_number_in_words_is_read_back(number: int) -> None:
    words = in_persian(number)
    assert parse_number(words, "fa") == number
    assert parse_number(words.replace(" و ", "‌و‌"), "fa") == number
    (found,) = number_words(words, "fa")
    assert (found.span.start, found.span.end, found.value) == (0, len(words), number)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("thirty-five", 35), ("twenty-first", 21), ("one hundred and six", 106), ("two thousand and fifteen", 2015),
        ("nineteen eighty-four", 1984), ("twelfth", 12), ("3rd", 3), ("fortieth", 40), ("word", None), ("", None),
    ],
)  # fmt: skip
def test_english_numbers_are_read(words: str, value: int | None) -> None:
    assert parse_number(words, "en") == value


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("سی و پنج", 35), ("بیست‌ویکم", 21), ("هزارونهصدونود", 1990), ("سوم", 3), ("سی‌ام", 30), ("چهل و هفتمین", 47),
        ("۳ام", 3), ("۱۳۹۴", 1394), ("٢٥", 25), ("نخست", 1), ("کتاب", None),
    ],
)  # fmt: skip
def test_persian_numbers_are_read(words: str, value: int | None) -> None:
    assert parse_number(words, "fa") == value


def test_a_number_inside_a_longer_word_is_not_one() -> None:
    assert list(number_words("هجری شمسی", "fa")) == []
    assert list(number_words("attention often", "en")) == []


def test_an_ordinal_is_told_from_a_cardinal() -> None:
    found = [(number.value, number.is_ordinal) for number in number_words("the twenty-first of ninety-five", "en")]
    assert found == [(21, True), (95, False)]


@given(st.text(max_size=50))
def test_folding_digits_keeps_the_length(text: str) -> None:
    assert len(fold_digits(text)) == len(text)


def test_persian_and_arabic_digits_become_ascii() -> None:
    assert fold_digits("۱۳۹۴ و ٢٠١٥") == "1394 و 2015"
