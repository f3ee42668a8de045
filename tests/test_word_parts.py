"""Words taken apart, and what that adds to the comparison of terms."""

from __future__ import annotations

import pytest

from pipeline.align.phrases import PhraseTable
from pipeline.text.lemma import english_lemma
from pipeline.text.word_parts import answers, english_parts, family, persian_parts


def score(english: str, persian: str) -> float:
    return PhraseTable([[english]], [[persian]]).score(0, 0)


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("subtrees", ("sub-", "tree")),
        ("unsatisfiable", ("un-", "satisfi", "-able")),
        ("keypoints", ("key", "point")),
        ("neighbour", ("neighbor",)),
        ("kernal", ("kernel",)),
        ("water", ()),
        ("zyzzyva", ()),
    ],
)
def test_an_english_word_the_lexicon_lacks_is_taken_apart_into_words_it_has(word: str, parts: tuple[str, ...]) -> None:
    assert english_parts(english_lemma(word)) == parts


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("زیردرخت‌ها", ("زیر-", "درخت")),
        ("صدق‌ناپذیر", ("صدق", "-ناپذیر")),
        ("خودرمزگذار", ("خود-", "رمزگذار")),
        ("کتابخانه", ("کتاب", "-خانه")),
        ("دیده‌نشده", ("دیدن", "-نشده")),
        ("بیمار", ()),
    ],
)
def test_a_persian_compound_is_taken_apart_with_or_without_half_space(word: str, parts: tuple[str, ...]) -> None:
    assert persian_parts(word) == parts


def test_every_part_answers_only_parts_of_the_other_language() -> None:
    for part, others in answers().items():
        assert part.isascii()
        assert others
        assert not any(other.isascii() for other in others)


def test_words_of_one_root_are_one_family_and_others_are_not() -> None:
    assert family(english_lemma("optimization")) == family(english_lemma("optimizer"))
    assert family(english_lemma("optimization")) != family(english_lemma("optical"))


def test_a_word_in_no_list_is_found_by_its_parts() -> None:
    assert score("subtrees", "زیردرخت‌ها") > 0.7
    assert score("subtrees", "همسایه") < 0.3


def test_a_whole_translation_outranks_one_that_says_only_a_part() -> None:
    assert score("privacy policy", "سیاست حریم خصوصی") > score("privacy policy", "حریم خصوصی")


def test_number_and_part_of_speech_decide_between_equals() -> None:
    assert score("neural networks", "شبکه‌های عصبی") > score("neural networks", "شبکه عصبی")
    assert score("organizational performance", "عملکرد سازمانی") > score("organizational performance", "عملکرد سازمان")


def test_kurdish_and_urdu_heh_are_read_as_persian() -> None:
    assert score("network", "شبکە") > 0.9
