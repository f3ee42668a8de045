"""Names that sound alike in both languages, and names that don't."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.transliterate import latin_candidates, persian_candidates
from pipeline.text.transliteration import consonants_alike, designations, similarity


@pytest.mark.parametrize(
    ("english", "persian"),
    [
        ("Masoud Rezaei", "مسعود رضایی"),
        ("Xi Jinping", "شی جین‌پینگ"),
        ("Washington", "واشنگتن"),
        ("Rouhani", "روحانی"),
        ("Khamenei", "خامنه‌ای"),
        ("Ahmadinejad", "احمدی‌نژاد"),
        ("Qatar", "قطر"),
        ("Joseph", "جوزف"),
        ("Stalin", "استالین"),
        ("lidar", "لایدار"),
        ("Kubernetes", "کوبرنتیز"),
    ],
)
def test_a_name_is_known_by_its_sound(english: str, persian: str) -> None:
    assert similarity(english, persian) >= 0.8


@pytest.mark.parametrize(
    ("english", "persian"),
    [("Beijing", "پکن"), ("Rezaei", "روحانی"), ("Iran", "روابط"), ("Germany", "آلمان"), ("security", "سیاست")],
)
def test_other_words_do_not_sound_alike(english: str, persian: str) -> None:
    assert similarity(english, persian) < 0.6


def test_an_acronym_is_read_aloud_in_persian() -> None:
    assert similarity("NPT", "ان‌پی‌تی") >= 0.9
    assert similarity("F-14", "اف-۱۴") >= 0.9
    assert similarity("F-14", "اف-۱۵") < 0.9


def test_a_designation_is_spelled_out_in_persian_letters() -> None:
    assert designations("سی-۸۰۲") == ["C802"]
    assert designations("اچ‌کیو-۲") == ["HQ2"]
    assert designations("موشک") == []


@pytest.mark.parametrize(("english", "persian"), [("", "ایران"), ("Iran", ""), ("!!", "؟"), ("中国", "چین")])
def test_nothing_to_compare_is_no_likeness(english: str, persian: str) -> None:
    assert similarity(english, persian) == 0.0


def test_the_cheap_comparison_keeps_the_true_pairs() -> None:
    english = ["Washington", "Tehran", "Xiaoping", "Khamenei"]
    persian = ["خامنه‌ای", "تهران", "واشنگتن", "شیائوپینگ"]
    assert {(0, 2), (1, 1), (2, 3), (3, 0)} <= set(consonants_alike(english, persian))


@pytest.mark.parametrize(
    ("english", "persian"),
    [("Berlin", "برلین"), ("Stalin", "استالین"), ("Trump", "ترامپ"), ("Churchill", "چرچیل"), ("Macron", "مکرون"),
     ("Tehran", "تهران"), ("Putin", "پوتین"), ("New York", "نیو یورک")],
)  # fmt: skip
def test_the_usual_persian_spelling_is_among_the_candidates(english: str, persian: str) -> None:
    assert persian in persian_candidates(english, 40)


@pytest.mark.parametrize(
    ("persian", "english"),
    [
        ("شیراز", "Shiraz"),
        ("تهران", "Tehran"),
        ("احمدی", "Ahmadi"),
        ("کرمان", "Kerman"),
        ("حسن روحانی", "Hasan Ruhani"),
    ],
)
def test_the_usual_romanisation_is_among_the_candidates(persian: str, english: str) -> None:
    assert english in latin_candidates(persian, 200)


@given(st.text(max_size=12))
def test_candidates_are_distinct_and_few_whatever_the_name(name: str) -> None:
    for found in (persian_candidates(name, 5), latin_candidates(name, 5)):
        assert len(found) == len(set(found)) <= 5
