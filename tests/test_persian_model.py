"""The Persian tagger: how it cuts text, what it learns, and the names the shipped model finds."""

from __future__ import annotations

import itertools
import runpy
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from conftest import ROOT, SHARED, needs_shared
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import resources
from pipeline.errors import ConfigError, ModelMissingError
from pipeline.extract.entities.candidates import Candidate
from pipeline.extract.entities.persian_model import RESOURCE, persian_candidates, persian_network, place_type
from pipeline.extract.entities.reading import Reading, fold
from pipeline.text.offsets import MappedText
from pipeline.text.tagger.chain import best_names, names
from pipeline.text.tagger.corpus import Sentence, joined, read_corpus
from pipeline.text.tagger.network import Head, follows
from pipeline.text.tagger.pieces import BREAK, forms, pieces
from pipeline.text.tagger.reading import tag
from pipeline.text.tagger.store import load_network, save_network
from pipeline.text.tagger.training import labels_of
from pipeline.text.tagger.words import Table, table

NEWS = (
    "محمدجواد ظریف، وزیر امور خارجه ایران، در تهران با وزارت دفاع چین گفت‌وگو کرد. "
    "دریای خزر و فرودگاه مهرآباد در گزارش سازمان همکاری شانگهای آمده است."
)


def candidates(text: str) -> dict[str, Candidate]:
    reading = Reading("fa", MappedText.identity(fold(text)), fold(text))
    return {text[found.start : found.end]: found for found in persian_candidates(reading)}


@given(st.text(alphabet="ابپتمیکگ‌ َّ‌1۲۳.،()«» \n", max_size=80))
def test_pieces_lie_in_order_and_leave_no_letter_out(text: str) -> None:
    found = pieces(text)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))
    covered = {at for one in found for at in range(one.start, one.end)}
    assert {at for at, char in enumerate(text) if char.isalnum()} <= covered
    assert all(one.form and not one.form.isspace() for one in found)


@pytest.mark.parametrize("written", ["می‌کنند", "می کنند", "مي‌كنند"])
def test_half_spaces_spaces_and_arabic_letters_make_no_difference(written: str) -> None:
    assert forms(written) == ["می", "کنند"]


def test_vowel_marks_do_not_cut_a_word() -> None:
    assert forms("اوّلین") == ["اولین"]


def test_both_corpora_are_read_alike(tmp_path: Path) -> None:
    peyma, tweets = tmp_path / "peyma.txt", tmp_path / "tweets.txt"
    peyma.write_text("سازمان های|B_ORG\nملل|I_ORG\nدر|O\n80|B_PCT\nدرصد|I_PCT\n\nتهران|B_LOC\n", encoding="utf-8")
    tweets.write_text("سازمان‌های\tB-ORG\nملل\tI-ORG\nدر\tO\n80\tO\nدرصد\tO\n\nتهران\tB-LOC\n", encoding="utf-8")
    kinds = frozenset({"ORG", "LOC"})
    first = Sentence(["سازمان", "های", "ملل", "در", "80", "درصد"], [(0, 3, "ORG")])
    assert read_corpus(peyma, kinds) == read_corpus(tweets, kinds) == [first, Sentence(["تهران"], [(0, 1, "LOC")])]


def test_a_file_that_is_no_corpus_is_refused_by_line(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text("تهران|B_LOC\nبی برچسب\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="line 2"):
        read_corpus(path, frozenset({"LOC"}))


def test_neighbouring_sentences_are_read_together_with_a_break_between_them() -> None:
    one = Sentence(["الف", "ب"], [(1, 2, "PER")])
    together = joined([one, one, one], 5)
    assert together == [Sentence(["الف", "ب", BREAK, "الف", "ب"], [(1, 2, "PER"), (4, 5, "PER")]), one]


def test_labels_spell_only_whole_names() -> None:
    labels = labels_of(("PER", "LOC"))
    assert names(["B-PER", "E-PER", "S-LOC", "O"]) == [(0, 2, "PER"), (2, 3, "LOC")]
    assert not follows("B-PER", "O")
    assert not follows("O", "E-PER")
    assert all(any(follows(one, other) for other in labels) for one in labels)


@settings(deadline=None)
@given(st.integers(0, 2**32 - 1), st.lists(st.integers(1, 5), min_size=1, max_size=4))
def test_the_best_labels_are_those_of_a_search_through_all(seed: int, sizes: list[int]) -> None:
    random = np.random.default_rng(seed)
    labels = labels_of(("PER",))
    count = len(labels)
    shape = (count, count)
    head = Head(labels, np.eye(count), np.zeros(count), random.normal(size=shape), np.zeros(count), np.zeros(count))
    states = [random.normal(size=(size, count)) for size in sizes]
    for state, found in zip(states, best_names(head, states), strict=True):
        paths = [[i] for i in range(count)]
        for _ in range(len(state) - 1):
            paths = [[*path, i] for path in paths for i in range(count) if follows(labels[path[-1]], labels[i])]
        paths = [path for path in paths if labels[path[0]][0] in "OBS" and labels[path[-1]][0] in "OES"]

        def worth(path: list[int], state: np.ndarray = state) -> float:
            steps = sum(head.steps[one, other] for one, other in itertools.pairwise(path))
            return float(sum(state[at, i] for at, i in enumerate(path)) + steps)

        assert [name for name, _ in found] == names([labels[i] for i in max(paths, key=worth)])
        total = np.logaddexp.reduce([worth(path) for path in paths])
        for (start, _, kind), probability in found:
            opening = [p for p in paths if labels[p[start]] in {f"B-{kind}", f"S-{kind}"}]
            most = np.exp(np.logaddexp.reduce([worth(path) for path in opening]) - total)
            assert probability <= most + 1e-6


def test_a_table_that_is_read_back_is_the_table_that_was_written() -> None:
    rounded = table(np.random.default_rng(0).normal(size=(500, 8)).astype(np.float32))
    again = Table(rounded.steps, rounded.scale)
    assert np.abs(rounded.steps).max() <= 31
    assert (again.rows(np.array([3, 4])) == rounded.floats()[3:5]).all()


def test_the_shipped_model_finds_names_where_they_stand() -> None:
    found = candidates(NEWS)
    expected = {"محمدجواد ظریف": "PERSON", "تهران": "GPE", "وزارت دفاع چین": "ORG", "سازمان همکاری شانگهای": "ORG"}
    assert expected.items() <= {surface: one.type for surface, one in found.items()}.items()
    assert all(one.method == "model" and 0.4 <= one.confidence <= 0.99 for one in found.values())


def test_a_location_is_a_state_a_sea_or_a_building_by_its_noun_and_the_gazetteers() -> None:
    found = candidates(NEWS)
    assert (found["دریای خزر"].type, found["فرودگاه مهرآباد"].type) == ("LOC", "FAC")
    assert place_type("رودخانه زرینه") == "LOC"
    assert place_type("نقش جهان", before="میدان") == "FAC"
    assert place_type("اسکو") == "GPE"
    assert place_type("خاورمیانه") == "LOC"


def test_candidates_do_not_overlap_and_begin_and_end_with_letters() -> None:
    reading = Reading("fa", MappedText.identity(fold(NEWS)), fold(NEWS))
    found = persian_candidates(reading, least=0.0)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))
    assert all(NEWS[one.start].isalnum() and NEWS[one.end - 1].isalnum() for one in found)


@settings(deadline=None)
@given(st.text(alphabet="تهران ایرلدمحو‌.،\n()«»1۲", max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    for one in tag(text, persian_network(), ["news"])["news"]:
        assert 0 <= one.start < one.end <= len(text)


def test_the_model_is_small_and_its_card_names_sources_and_licences() -> None:
    assert resources.path(RESOURCE).stat().st_size < 15e6
    card = resources.path(RESOURCE.replace(".npz", ".txt")).read_text(encoding="utf-8")
    for said in (
        "PEYMA",
        "the corpus itself states none",
        "ParsTwiNER",
        "MIT",
        "multilingual-e5-small",
        "train ner-fa",
    ):
        assert said in card


def test_a_model_is_written_to_the_same_bytes_it_was_read_from(tmp_path: Path) -> None:
    save_network(persian_network(), tmp_path / "again.npz")
    assert (tmp_path / "again.npz").read_bytes() == resources.path(RESOURCE).read_bytes()


def test_a_damaged_model_is_refused_with_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "x.npz").write_bytes(b"no archive")
    with pytest.raises(ModelMissingError, match="train ner-fa"):
        load_network(tmp_path / "x.npz")


def test_training_without_a_word_list_learns_and_repeats_itself(tmp_path: Path) -> None:
    pytest.importorskip("jax", reason="training needs the extra `train`")
    lines = "".join(f"{name}|B_PER\nآمد|O\n.|O\n\n" for name in ("علی", "رضا", "حسن", "مریم") * 12)
    (tmp_path / "tiny.txt").write_text(lines, encoding="utf-8")
    for name in ("one.npz", "two.npz"):
        command = ["train", "ner-fa", "tiny.txt", "-o", name, "--members", "1", "--epochs", "3"]
        done = subprocess.run(
            [sys.executable, "-m", "pipeline", *command],
            cwd=tmp_path,
            env={"PYTHONPATH": str(ROOT), "PATH": ""},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()
    assert load_network(tmp_path / "one.npz").heads["news"].labels == labels_of(("PER", "ORG", "LOC"))


@needs_shared
def test_names_of_peyma_stay_as_good_as_they_were() -> None:
    benchmark = runpy.run_path(str(ROOT / "benchmarks" / "ner_fa.py"))
    text, gold = benchmark["plain"](read_corpus(SHARED / "data/ner/peyma/dev.txt", frozenset({"PER", "ORG", "LOC"})))
    assert benchmark["scores"](gold, benchmark["model"]("news")(text))["all"] >= 0.78
