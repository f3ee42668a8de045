"""The language of strings: script, then letters and function words, langdetect only in doubt."""

from __future__ import annotations

import sys

import pytest

from pipeline.text.language import language_of


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
