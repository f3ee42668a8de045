"""The language of strings: script, then letters and function words, langdetect only in doubt."""

from __future__ import annotations

import sys
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.text.language import language_of, stretches


def told(text: str) -> list[tuple[str, str]]:
    """Each stretch's words and language."""
    return [(text[slice(*stretch.span)], stretch.language) for stretch in stretches(text)]


@pytest.mark.parametrize(
    "text",
    [
        "مسعود رضایی",
        "مسعود رضائي",
        "تهران",
        "كتابخانه ملي ايران و مركز اسناد",
        "این پژوهش به بررسی سیاست انرژی می‌پردازد.",
        "نتایج با نرم‌افزار SPSS نسخه 26 تحلیل شد",
        "چارچوب Design by Contract در microservices",
    ],
)
def test_persian_is_recognised_with_and_without_persian_letters(text: str) -> None:
    assert language_of(text)[0] == "fa"


@pytest.mark.parametrize("text", ["Masoud Rezaei", "U.S.", "ERC721", "The word چکیده means abstract in this journal."])
def test_english_is_recognised_even_when_it_is_short_or_quotes_persian(text: str) -> None:
    assert language_of(text)[0] == "en"


@pytest.mark.parametrize("text", ["", "   ", "12 – 34", "۱۳۹۴/۰۳/۱۵", "***", "https://example.org/a"])
def test_a_string_without_letters_has_no_language(text: str) -> None:
    assert language_of(text) == ("und", 0.0)


@pytest.mark.parametrize(
    "text",
    [
        "في هذا البحث ندرس العلاقات بين الدولتين من منظور السياسة الخارجية على مدى عقدين",
        "Die Beziehungen zwischen den beiden Ländern sind seit langem nicht einfach und das Abkommen ist neu",
        "Cet article étudie les relations entre les deux pays et la politique de la région dans une période de crise",
    ],
)
def test_third_languages_are_neither_english_nor_persian(text: str) -> None:
    language, confidence = language_of(text)
    assert language == "und"
    assert confidence > 0


def test_a_mail_address_does_not_make_a_persian_line_english() -> None:
    assert language_of("رایانامه: a.long.english.looking.address@faculty.example.org")[0] == "fa"


def test_ordinary_strings_never_load_langdetect() -> None:
    sys.modules.pop("langdetect", None)
    for text in ("Energy policy of the Gulf states", "سیاست انرژی کشورهای خلیج فارس", "A. Author", "احمدی"):
        language_of(text)
    assert "langdetect" not in sys.modules


def test_confidence_is_a_probability() -> None:
    for text in ("a", "و", "Tehran تهران", "الكتاب", "x ی"):
        assert 0.0 <= language_of(text)[1] <= 1.0


def test_an_english_name_in_a_persian_sentence_is_english() -> None:
    assert told("نتایج با نرم‌افزار SPSS نسخه ۲۶ و روش Design by Contract تحلیل شد.") == [
        ("نتایج با نرم‌افزار", "fa"),
        ("SPSS", "en"),
        ("نسخه ۲۶ و روش", "fa"),
        ("Design by Contract", "en"),
        ("تحلیل شد", "fa"),
    ]


def test_a_persian_word_in_an_english_note_is_persian() -> None:
    assert told("The term خاورمیانه (“Middle East”) is used here.") == [
        ("The term", "en"),
        ("خاورمیانه", "fa"),
        ("Middle East”) is used here", "en"),
    ]
    assert [stretch.script for stretch in stretches("See کتاب, p. 3")] == ["latin", "arabic", "latin"]


def test_a_long_arabic_quotation_in_a_persian_sentence_is_not_persian() -> None:
    text = "او نوشت: «في هذا البحث ندرس العلاقات بين الدولتين على مدى عقدين» و سپس به تهران رفت که خانه‌اش بود."
    quoted = next(stretch for stretch in stretches(text) if stretch.language == "und")
    assert text[slice(*quoted.span)].startswith("في هذا")
    assert [language for _, language in told(text)] == ["fa", "und", "fa"]


def test_an_address_is_in_no_language_and_parts_what_it_stands_between() -> None:
    assert told("write to a.author@faculty.example.org or call") == [("write to", "en"), ("or call", "en")]
    assert told("https://example.org/a ۱۳۹۴ 12") == []


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet='abcE é دنیاپي ‌۱2.،()«»"\n@َ', max_size=50))
def test_stretches_are_in_order_apart_and_of_one_script_and_hold_every_letter(text: str) -> None:
    found = stretches(text)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
    inside = set()
    for stretch in found:
        surface = text[slice(*stretch.span)]
        assert surface == surface.strip()
        letters = [character for character in surface if character.isalpha()]
        assert letters
        assert all((character > "\u0600") == (stretch.script == "arabic") for character in letters)
        assert 0.0 <= stretch.confidence <= 1.0
        inside.update(range(*stretch.span))
    if "@" not in text:
        assert all(at in inside for at, character in enumerate(text) if character.isalpha())
