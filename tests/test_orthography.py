"""Persian orthography: what is mended, what is left alone, and that offsets always lead back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.text.orthography import fold, normalise, normalise_word
from pipeline.text.persian_words import ZWNJ, verb_forms, verb_roots

GOLD = Path(__file__).parents[2] / "shared/gold/rezaei-2015/fa_normalized.yaml"
needs_gold = pytest.mark.skipif(not GOLD.exists(), reason="needs ../shared")


def shown(text: str) -> str:
    """Half-spaces made visible."""
    return normalise(text).text.replace(ZWNJ, "|")


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("میسازد", "می|سازد"),
        ("نمیتوانند", "نمی|توانند"),
        ("برمیگردد", "برمی|گردد"),
        ("دادهاند", "داده|اند"),
        ("بینالمللی", "بین|المللی"),
        ("منطقهای", "منطقه|ای"),
        ("شبکهای", "شبکه|ای"),
        ("تمرینهای", "تمرین|های"),
        ("سامانههای", "سامانه|های"),
        ("نرمافزارهای", "نرم|افزارهای"),
        ("شبیهسازی", "شبیه|سازی"),
        ("مهمترین", "مهم|ترین"),
    ],
)
def test_a_lost_half_space_is_restored(written: str, right: str) -> None:
    assert shown(written) == right


@pytest.mark.parametrize(
    "word",
    [
        "پیوندهای",
        "نیروهای",
        "اعتمادساز",
        "کشورها",
        "بیشتر",
        "بهتر",
        "دختر",
        "میدان",
        "میان",
        "میوه",
        "تنها",
        "بها",
        "آنها",
        "اینکه",
        "مسئله",
        "اثرات",
        "ایران",
        "همین",
        "دانشجویان",
        "ورزشکاران",
        "راهی",
        "ماهی",
        "سیاهی",
        "گروهی",
        "نشانی",
    ],
)
def test_a_right_word_is_left_alone(word: str) -> None:
    assert normalise(word).text == word


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("می شود", "می|شود"),
        ("نمی خواهد برود", "نمی|خواهد برود"),
        ("کتاب ها", "کتاب|ها"),
        ("کشور های دیگر", "کشورهای دیگر"),
        ("خانه ای بزرگ تر", "خانه|ای بزرگ|تر"),
        ("گفته اند", "گفته|اند"),
        ("ای دوست", "ای دوست"),
        ("آب تر است", "آب تر است"),
    ],
)
def test_a_space_before_an_ending_becomes_a_half_space(written: str, right: str) -> None:
    assert shown(written) == right


def test_arabic_letters_and_presentation_forms_become_persian() -> None:
    assert normalise("كتابي").text == "کتابی"
    assert normalise("\ufefb\ufeae").text == "لار"
    assert normalise("x² ａ").text == "x² ａ"


def test_tatweel_and_invisible_marks_are_dropped() -> None:
    assert normalise("سلـــام\u200f و\u202b درود\u202c").text == "سلام و درود"


def test_half_spaces_that_join_nothing_are_dropped_and_others_stay() -> None:
    assert shown("کتاب\u200c\u200cها") == "کتاب|ها"
    assert shown("هوش\u200c مصنوعی") == "هوش مصنوعی"
    assert shown("NFT\u200cها و ۱۲\u200cم") == "NFT|ها و ۱۲|م"


def test_english_text_is_untouched() -> None:
    text = "The C-802 missile (1991), 120 km.\n\nIt is not Persian."
    assert normalise(text).text == text


def test_folding_keeps_the_length_and_meets_arabic_spelling() -> None:
    assert fold("مسؤول كتابي ۱۳۹۴ ٥") == "مسوول کتابی 1394 5"
    assert len(fold("ﻻ كتاب")) == len("ﻻ كتاب")


def test_a_restored_word_leads_back_to_its_source() -> None:
    source = "این را میسازد و میرود"
    mapped = normalise(source)
    at = mapped.text.index("می" + ZWNJ + "سازد")
    assert source[slice(*mapped.to_source(at, at + 7))] == "میسازد"


LETTERS = "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیكيةىﻻ ‌ـ\u200fمیهاaZ۱1.\n"


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=LETTERS, max_size=60))
def test_every_character_leads_to_its_own_source(text: str) -> None:
    mapped = normalise(text)
    assert list(mapped.starts) == sorted(mapped.starts)
    assert list(mapped.ends) == sorted(mapped.ends)
    for i, character in enumerate(mapped.text):
        start, end = mapped.starts[i], mapped.ends[i]
        assert 0 <= start <= end <= len(text)
        if start < end and end - start == 1 and character != ZWNJ and "ﻻ" not in text[start:end]:
            assert fold(text[start:end]) == fold(character)
    dropped = re.compile("[ـ\u200f\u200c ]")
    assert (
        dropped.sub("", mapped.text.replace("لا", ""))
        == dropped.sub("", text.translate(str.maketrans("كيةى", "کیهی")).replace("ﻻ", "لا").replace("لا", ""))
        or "ل" in text
    )


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "می",
                "میسازد",
                "کتاب",
                "ها",
                "های",
                "کشورهای",
                "منطقهای",
                "ای",
                "نرمافزار",
                "تر",
                "بزرگ",
                "شده",
                "اند",
                "است",
                "و",
            ]
        )
    )
)
def test_normalising_twice_changes_nothing_more(words: list[str]) -> None:
    once = normalise(" ".join(words)).text
    assert normalise(once).text == once


def test_verb_forms_agree_with_hazm() -> None:
    from hazm import Conjugation

    conjugation = Conjugation()
    spelled = verb_forms().spelled
    known = set(verb_roots())
    for past, present in (("ساخت", "ساز"), ("رفت", "رو"), ("توانست", "توان")):
        assert (past, present) in known
        for form in (*conjugation.imperfective_past(past), *conjugation.imperfective_present(present)):
            assert spelled[form.replace(ZWNJ, "")] == form


@needs_gold
def test_the_reference_articles_half_spaces_are_mended_and_nothing_else() -> None:
    gold = yaml.safe_load(GOLD.read_text(encoding="utf-8"))
    for pair in gold["pairs"]:
        assert normalise_word(pair["raw"]) == pair["fixed"]
    for name, part in gold["parts"].items():
        assert normalise(part["raw"]).text == part["fixed_zwnj_only"], name
