"""Scores: what counts as right, under each way of matching."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import RecordError
from pipeline.evaluate import evaluate_paths
from pipeline.evaluate.calibration import bins_of
from pipeline.evaluate.gold_file import load_gold
from pipeline.evaluate.gold_folder import edtf
from pipeline.evaluate.page import as_page
from pipeline.evaluate.scores import Score, Scored, folded, match, score_mentions, score_sets
from pipeline.record import Record
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


# ── whole evaluations ──────────────────────────────────────────────────────────────────────────────────────────

ARTICLE = """\
# Trade in the Gulf

## Introduction

In 2013 Iran met Oman in Muscat.

The C-802 missile has a range of 120 km.
"""
GOLD = """\
document: a.md
title: {en: Trade in the Gulf}
entities:
- {type: GPE, start: 46, end: 50, surface: Iran, lang: en}
- {type: GPE, start: 55, end: 59, surface: Oman, lang: en}
- {type: ORG, start: 63, end: 69, surface: Muscat, lang: en}
- {type: LOC, start: 15, end: 19, surface: Gulf, lang: en}
dates:
- {start: 41, end: 45, surface: '2013', edtf: '2013', role: text}
systems:
- name_en: C-802
  name_fa: null
  kind: anti_ship_missile
  mentions: [{start: 76, end: 81, surface: C-802}]
  properties: [{name: range, value: 120, unit: km}]
"""


@pytest.fixture
def scored(tmp_path: Path) -> Path:
    """A folder with an article's gold and its record."""
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "a.yaml").write_text(GOLD, encoding="utf-8")
    (tmp_path / "a.md").write_text(ARTICLE, encoding="utf-8")
    done = dozaban("run", tmp_path / "a.md", "-o", tmp_path / "records")
    assert done.returncode == 0, done.stderr
    return tmp_path


def dozaban(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pipeline", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)


def test_every_layer_of_a_full_annotation_is_scored(scored: Path) -> None:
    (evaluation,) = evaluate_paths([scored / "gold", scored / "records"])
    f1 = {(score.layer, score.matching): score.f1 for score in evaluation.scores}
    assert f1["dates, core", "strict"] == 1.0
    assert f1["systems", "strict"] == 1.0
    assert f1["system properties", "exact"] == 1.0
    assert 0 < f1["entities, micro", "strict"] < 1


def test_the_table_of_confusion_says_what_a_type_was_taken_for(scored: Path) -> None:
    (evaluation,) = evaluate_paths([scored / "gold", scored / "records"])
    assert evaluation.confused["ORG"] == {"GPE": 1}  # the gold calls Muscat an organisation
    assert evaluation.confused["GPE"] == {"GPE": 2}


def test_the_four_muc_counts_add_up_to_what_is_due(scored: Path) -> None:
    (evaluation,) = evaluate_paths([scored / "gold", scored / "records"])
    assert {each.matching for each in evaluation.muc} == {"strict", "exact", "partial", "ent_type"}
    for each in evaluation.muc:
        if each.type == "all":
            assert each.correct + each.incorrect + each.partial + each.missing == 4


def test_a_perfectly_honest_confidence_has_no_calibration_error() -> None:
    cases = [(0.8, number < 8) for number in range(10)]
    (honest,) = bins_of("entities", cases)
    (boastful,) = bins_of("entities", [(0.99, number < 5) for number in range(10)])
    assert honest.error == pytest.approx(0.0)
    assert boastful.error == pytest.approx(0.49)


def test_the_page_of_scores_shows_text_and_never_runs_it(scored: Path) -> None:
    evaluations = evaluate_paths([scored / "gold", scored / "records"])
    evaluations[0].scores[0].missed.append("<script>alert(1)</script>")
    page = as_page(evaluations)
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "[[Gulf]]" in page


def test_the_gate_fails_on_a_drop_and_never_lowers_a_floor_silently(scored: Path) -> None:
    floors = scored / "floors.yaml"
    paths = (scored / "gold", scored / "records")
    assert dozaban("evaluate", *paths, "--gate", floors, "--update-floors").returncode == 0
    assert dozaban("evaluate", *paths, "--gate", floors).returncode == 0

    data = yaml.safe_load(floors.read_text(encoding="utf-8"))
    data["a.yaml"]["floors"]["entities, micro (strict)"] = 0.99
    floors.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    failed = dozaban("evaluate", *paths, "--gate", floors)
    assert failed.returncode == 1
    assert "entities, micro (strict) fell to" in failed.stderr
    refused = dozaban("evaluate", *paths, "--gate", floors, "--update-floors")
    assert refused.returncode == 1
    lowered = dozaban("evaluate", *paths, "--gate", floors, "--update-floors", "--lower", "the gold was wrong")
    assert lowered.returncode == 0
    assert "the gold was wrong" in floors.read_text(encoding="utf-8")


def test_the_gate_notices_a_changed_gold(scored: Path) -> None:
    floors = scored / "floors.yaml"
    paths = (scored / "gold", scored / "records")
    dozaban("evaluate", *paths, "--gate", floors, "--update-floors")
    with (scored / "gold" / "a.yaml").open("a", encoding="utf-8") as gold:
        gold.write("# a remark\n")
    done = dozaban("evaluate", *paths, "--gate", floors)
    assert done.returncode == 1
    assert "the gold is not the one" in done.stderr


def test_the_reference_article_stays_above_its_floors(reference: Record, tmp_path: Path) -> None:
    """The floors and the checksum of their gold are in ``tests/data/floors.yaml``; only a stated reason lowers one."""
    (tmp_path / "reference.yaml").write_text(reference.to_yaml(), encoding="utf-8")
    (tmp_path / f"{reference.id}.txt").write_text(reference.text or "", encoding="utf-8", newline="")
    gold = ROOT.parent / "shared/gold/rezaei-2015"
    done = dozaban("evaluate", gold, tmp_path / "reference.yaml", "--gate", ROOT / "tests/data/floors.yaml")
    assert done.returncode == 0, done.stdout + done.stderr
