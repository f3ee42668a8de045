"""Scores: what counts as right, under each way of matching."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import RecordError
from pipeline.evaluate.gold_file import load_gold
from pipeline.evaluate.gold_folder import edtf
from pipeline.evaluate.scores import Score, Scored, folded, match, score_mentions, score_sets
from pipeline.text.offsets import Span

TEXT = "In Isfahan, Iran tested the Noor missile."


def mention(start: int, end: int, kind: str = "GPE") -> Scored:
    return Scored(Span(start, end), kind)


def test_strict_matching_wants_span_and_type() -> None:
    gold = [mention(3, 10), mention(12, 16)]
    found = [mention(3, 10, "LOC"), mention(12, 16)]
    score = score_mentions("entities", gold, found, TEXT)
    assert (score.right, len(score.missed), len(score.spurious)) == (1, 1, 1)
    assert score.f1 == pytest.approx(0.5)
    assert "[[Isfahan]]" in score.missed[0]


def test_partial_matching_accepts_an_overlap_of_the_same_type_once() -> None:
    gold = [mention(3, 16)]
    found = [mention(3, 10), mention(12, 16)]
    score = score_mentions("entities", gold, found, TEXT, matching="partial")
    assert (score.right, score.gold, score.found) == (1, 1, 2)


def test_span_matching_forgives_the_type() -> None:
    assert score_mentions("entities", [mention(3, 10)], [mention(3, 10, "ORG")], TEXT, matching="span").f1 == 1.0


def test_a_date_may_be_found_with_or_without_its_signal_word() -> None:
    since_1979 = Scored(Span(0, 10), "DATE", also=(Span(6, 10),))
    assert match([since_1979], [mention(6, 10, "DATE")], matching="strict") == [(0, 0)]
    assert match([since_1979], [mention(5, 10, "DATE")], matching="strict") == []


def test_nothing_due_and_nothing_found_is_perfect() -> None:
    assert score_sets("systems", [], []).f1 == 1.0
    assert Score("systems", spurious=["x"]).f1 == 0.0


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9)).map(lambda p: mention(p[0], p[0] + p[1])), max_size=8))
def test_gold_against_itself_is_perfect_under_every_matching(items: list[Scored]) -> None:
    for matching in ("strict", "partial", "span"):
        score = score_mentions("x", items, items, "x" * 60, matching=matching)
        assert score.right == score.gold == score.found == len(items)


@pytest.mark.parametrize(
    ("value", "expected"),
    [("1979..", "1979/.."), ("..2014", "../2014"), ("2015-03", "2015-03"), ("1980/1988", "1980/1988")],
)
def test_open_ranges_of_the_gold_are_read_as_edtf(value: str, expected: str) -> None:
    assert edtf(value) == expected


def test_names_are_compared_without_half_spaces_case_hyphens_and_arabic_letters() -> None:
    assert folded("C-802") == folded("c802")
    assert folded("واژه\u200cهای كليدی") == folded("واژههای کلیدی")


def test_a_gold_file_of_an_article_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("title: {en: A, fa: ب}\nnotes: 3\nalignment: [[[0], [0, 1]]]\nkeywords: [{en: Iran, fa: ایران}]\n")
    gold = load_gold(path)
    assert gold.fields == {"title.en": "A", "title.fa": "ب"}
    assert gold.counts == {"notes": 3}
    assert gold.alignment == [((0,), (0, 1))]
    assert gold.keywords == [("Iran", "ایران")]


def test_what_is_no_gold_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="no gold here"):
        load_gold(tmp_path)
