"""Sentences of two abstracts, keywords, authors and dates beside their counterparts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

import pipeline
from pipeline.align.assignment import best_assignment
from pipeline.align.authors import pair_authors
from pipeline.align.dates import join_dates
from pipeline.align.keywords import pair_keywords
from pipeline.align.sentences import align_sentences
from pipeline.record import Author, Bilingual, Date, DateValue, Keyword, Mention, Mentions
from pipeline.text.offsets import Span

SHARED = Path(__file__).parents[2] / "shared"
THESES = sorted((SHARED / "gold/theses-dev").glob("*.yaml")) if SHARED.exists() else []
needs_gold = pytest.mark.skipif(not THESES, reason="needs ../shared")

ENGLISH = [
    "The hospital in Shiraz treated 120 patients with diabetes.",
    "Their blood sugar was measured every week.",
    "The new drug lowered it in most of the women.",
]
PERSIAN = [
    "بیمارستانی در شیراز ۱۲۰ بیمار مبتلا به دیابت را درمان کرد.",
    "قند خون آنها هر هفته اندازه‌گیری شد.",
    "داروی جدید آن را در بیشتر زنان کاهش داد.",
]


def links(english: list[str], persian: list[str]) -> list[tuple[list[int], list[int]]]:
    return [(link.en, link.fa) for link in align_sentences(english, persian)]


def test_sentences_in_one_order_are_linked_one_to_one() -> None:
    assert links(ENGLISH, PERSIAN) == [([0], [0]), ([1], [1]), ([2], [2])]


def test_two_sentences_told_as_one_are_linked_together() -> None:
    merged = [PERSIAN[0], PERSIAN[1].rstrip(".") + " و " + PERSIAN[2]]
    assert links(ENGLISH, merged) == [([0], [0]), ([1, 2], [1])]


def test_a_sentence_without_counterpart_has_an_empty_side() -> None:
    extra = "نویسندگان از خانواده‌های خود سپاسگزارند."
    assert links(ENGLISH, [PERSIAN[0], extra, *PERSIAN[1:]]) == [([0], [0]), ([], [1]), ([1], [2]), ([2], [3])]


def test_one_language_alone_gives_lone_sentences() -> None:
    assert links(ENGLISH[:2], []) == [([0], []), ([1], [])]
    assert links([], []) == []


def test_a_link_less_sure_than_asked_is_taken_apart() -> None:
    loose = align_sentences(["Rice grows in Gilan."], ["موسیقی سنتی زیباست."], min_confidence=0.9)
    assert [(link.en, link.fa) for link in loose] == [([0], []), ([], [0])]


def test_abstracts_of_many_fields_are_linked_as_a_reader_links_them() -> None:
    """Merged, split, added and left-out sentences; F1 of whole links, strict."""
    pairs = yaml.safe_load((Path(__file__).parent / "data/abstract_pairs.yaml").read_text(encoding="utf-8"))
    gold = {(p["id"], tuple(en), tuple(fa)) for p in pairs for en, fa in p["links"]}
    found = {(p["id"], tuple(en), tuple(fa)) for p in pairs for en, fa in links(p["en"], p["fa"])}
    assert 2 * len(gold & found) / (len(gold) + len(found)) >= 0.95


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from([*ENGLISH, "1"]), max_size=5), st.lists(st.sampled_from([*PERSIAN, "؟"]), max_size=5))
def test_every_sentence_is_in_exactly_one_link(english: list[str], persian: list[str]) -> None:
    found = links(english, persian)
    assert [i for en, _ in found for i in en] == list(range(len(english)))
    assert [j for _, fa in found for j in fa] == list(range(len(persian)))


@needs_gold
def test_theses_abstracts_are_aligned_as_by_hand() -> None:
    right = given_links = found_links = 0
    for path in THESES:
        gold = yaml.safe_load(path.read_text(encoding="utf-8"))
        wanted = {(tuple(link["en"]), tuple(link["fa"])) for link in gold["sentence_alignment"]}
        found = {(tuple(en), tuple(fa)) for en, fa in links(gold["sentences"]["en"], gold["sentences"]["fa"])}
        right += len(wanted & found)
        given_links += len(wanted)
        found_links += len(found)
    assert 2 * right / (given_links + found_links) >= 0.95


@needs_gold
def test_the_reference_abstracts_are_aligned_one_to_one() -> None:
    gold = yaml.safe_load((SHARED / "gold/rezaei-2015/abstracts.yaml").read_text(encoding="utf-8"))
    english = [sentence["text"] for sentence in gold["english"]["sentences"]]
    persian = [sentence["text"] for sentence in gold["persian"]["sentences"]]
    assert links(english, persian) == [([i], [i]) for i in range(8)]


# ── keywords ───────────────────────────────────────────────────────────────────────────────────────────────────


def paired(english: list[str], persian: list[str], text: str = "", least: float = 0.3) -> list[tuple[object, object]]:
    keywords = [*(Keyword(en=word) for word in english), *(Keyword(fa=word) for word in persian)]
    return [(keyword.en, keyword.fa) for keyword in pair_keywords(keywords, lambda: text, least)]


def test_keywords_are_paired_by_their_words_whatever_their_order() -> None:
    assert paired(["Energy", "Tehran", "Public Health"], ["تهران", "بهداشت عمومی", "انرژی"]) == [
        ("Energy", "انرژی"),
        ("Tehran", "تهران"),
        ("Public Health", "بهداشت عمومی"),
    ]


def test_a_keyword_without_counterpart_stays_alone() -> None:
    assert paired(["Water", "Drought"], ["آب", "خشکسالی", "اصفهان"])[-1] == (None, "اصفهان")


def test_an_unknown_word_is_paired_by_its_place_in_lists_of_one_length() -> None:
    assert paired(["Water", "Zyzzyva", "Health"], ["آب", "ناشناختک", "سلامت"])[1] == ("Zyzzyva", "ناشناختک")


def test_an_acronym_is_paired_by_what_the_text_says_it_means() -> None:
    text = "We use artificial neural networks (ANN) for this."
    assert ("ANN", "شبکه عصبی مصنوعی") in paired(["Sensor", "ANN"], ["شبکه عصبی مصنوعی", "حسگر", "داده"], text)


def test_a_pair_keeps_both_spans_and_says_how_sure_it_is() -> None:
    keywords = [
        Keyword.model_validate({"en": "Iran", "spans": {"en": (0, 4)}}),
        Keyword.model_validate({"fa": "ایران", "spans": {"fa": (9, 14)}}),
    ]
    (pair,) = pair_keywords(keywords, str, 0.3)
    assert (pair.spans.en, pair.spans.fa) == (Span(0, 4), Span(9, 14))
    assert pair.confidence is not None
    assert pair.confidence > 0.9


@needs_gold
def test_theses_keywords_are_paired_as_by_hand() -> None:
    right = wanted_pairs = found_pairs = 0
    for path in THESES:
        gold = yaml.safe_load(path.read_text(encoding="utf-8"))
        found = paired(gold["keywords"]["en"], gold["keywords"]["fa"], " ".join(gold["sentences"]["en"]))
        both = {(en, fa) for en, fa in found if en and fa}
        wanted = {(pair["en"], pair["fa"]) for pair in gold["keywords"]["pairs"]}
        right, wanted_pairs, found_pairs = (
            right + len(both & wanted),
            wanted_pairs + len(wanted),
            found_pairs + len(both),
        )
    assert 2 * right / (wanted_pairs + found_pairs) >= 0.9


def test_the_assignment_has_the_greatest_sum_and_leaves_the_longer_side_over() -> None:
    scores = [[0.9, 0.8, 0.0], [0.8, 0.1, 0.0]]
    assert best_assignment(scores) == [(0, 1), (1, 0)]
    assert best_assignment([[row[j] for row in scores] for j in range(3)]) == [(0, 1), (1, 0)]
    assert best_assignment([]) == []


# ── authors and dates ──────────────────────────────────────────────────────────────────────────────────────────


def test_authors_are_paired_by_sound_and_order() -> None:
    english = [Author(name=Bilingual(en=name)) for name in ("Leila Ahmadi", "Karimi, Hassan", "John Smith")]
    persian = [Author(name=Bilingual(fa=name), email="a@example.org") for name in ("حسن کریمی", "دکتر لیلا احمدی")]
    joined = pair_authors([*english, *persian])
    assert [(author.name.en, author.name.fa) for author in joined] == [
        ("Leila Ahmadi", "دکتر لیلا احمدی"),
        ("Karimi, Hassan", "حسن کریمی"),
        ("John Smith", None),
    ]
    assert joined[0].email == "a@example.org"


def _date(name: str, edtf: str, language: str, role: str = "text", calendar: str = "gregorian") -> Date:
    at = Mention(span=Span(0, 4))
    return Date.model_validate(
        {
            "id": name, "type": "year", "value": DateValue.model_validate({"edtf": edtf, "calendar": calendar}),
            "role": role, "mentions": Mentions.model_validate({language: [at]}), "method": "pattern", "confidence": 0.9,
        }
    )  # fmt: skip


def test_dates_of_one_value_and_role_are_one() -> None:
    english, persian = _date("date/2013", "2013", "en"), _date("date/2013-fa", "2013", "fa")
    (joined,) = join_dates([english, persian])
    assert (joined.id, len(joined.mentions)) == ("date/2013", 2)
    assert joined.alignment is not None
    assert joined.alignment.method == "value"


def test_a_joined_date_keeps_the_value_in_its_own_calendar_and_another_modifier_keeps_dates_apart() -> None:
    english, persian = _date("date/1988-04-18", "1988-04-18", "en"), _date("fa", "1988-04-18", "fa", calendar="jalali")
    persian.value.native = "1367-01-29"
    (joined,) = join_dates([english, persian])
    assert (joined.id, joined.value.native, joined.value.calendar) == ("date/1988-04-18", "1367-01-29", "jalali")
    early = _date("date/199X-early", "199X", "en")
    early.value.modifier = "early"
    assert len(join_dates([early, _date("date/199X", "199X", "fa")])) == 2


def test_a_jalali_year_stays_apart_from_the_gregorian_year_it_overlaps() -> None:
    dates = [_date("date/2015", "2015", "en"), _date("date/1394", "2015-03-21/2016-03-19", "fa", calendar="jalali")]
    assert join_dates(dates) == dates


def test_a_citations_year_is_not_joined_to_one_of_the_text() -> None:
    dates = [_date("date/2013", "2013", "en", role="citation"), _date("date/2013-fa", "2013", "fa")]
    assert len(join_dates(dates)) == 2


def test_a_sentence_encoder_is_heard_beside_the_words() -> None:
    english, persian = ["Zyx qwv.", "Vut srq."], ["ژضظ ذثغ.", "غثذ ظضژ.", "پژچ گچپ."]
    known = {"Zyx qwv.": 0, "غثذ ظضژ.": 0, "Vut srq.": 1, "پژچ گچپ.": 1, "ژضظ ذثغ.": 2}

    def encode(texts: Sequence[str]) -> NDArray[np.float64]:
        return np.eye(3)[[known[text] for text in texts]]

    heard = align_sentences(english, persian, encode=encode)
    assert [(link.en, link.fa) for link in heard] == [([], [0]), ([0], [1]), ([1], [2])]


def test_an_encoder_that_is_not_here_changes_nothing_and_says_so() -> None:
    text = "# Salt\n\n## Abstract\n\nSalt is dear.\n\n# نمک\n\n## چکیده\n\nنمک گران است.\n"
    without = pipeline.process_text(text)
    named = pipeline.process_text(text, settings={"align": {"embeddings": "no-such-model"}})
    assert named.abstract == without.abstract
    assert [d.code for d in named.diagnostics if d.code == "W-EMBEDDINGS"] == ["W-EMBEDDINGS"]
