"""What becomes of decisions: gold that agrees with the record it was made from, names for a gazetteer, agreement."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import get_args

import pytest
from review_page import copied_outputs

import pipeline
from pipeline import resources
from pipeline.catalogue.building import build
from pipeline.decisions import Entry, ReviewFile
from pipeline.errors import ReviewError
from pipeline.evaluate import evaluate_paths
from pipeline.extract.entities.lexicon import lexicon
from pipeline.record import Record, RelationType
from pipeline.review.compare import agreements, kappa, span_f1
from pipeline.review.desk import Desk
from pipeline.review.drafting import Wish, drafted
from pipeline.review.gold import export_gold, write_annotated
from pipeline.review.names import proposed
from pipeline.review.publish import publish
from pipeline.review.store import Store
from pipeline.review.words import Words, table
from pipeline.terminal.publishing import publish_and_feed
from pipeline.text.tagger.corpus import read_corpus
from pipeline.text.tagger.recipe import scheme

ARTICLE = "drone-warfare-review"
WISHES = [
    {"do": "accept", "layer": "entities", "fact": "gpe/iran"},
    {"do": "retype", "layer": "entities", "fact": "gpe/saudi-arabia", "new": {"type": "LOC"}},
    {"do": "reject", "layer": "dates", "fact": "date/P44D"},
    {"do": "edit", "layer": "systems", "fact": "system/mq-9", "part": "property/endurance", "new": {"value": 34}},
    {"do": "unlink", "layer": "entities", "fact": "gpe/ukraine"},
]


@pytest.fixture
def reviewed(tmp_path: Path) -> Path:
    """Records of which one has been reviewed, written as the page writes them."""
    outputs = copied_outputs(tmp_path)
    desk = Desk(outputs, ARTICLE, Store(outputs / "reviews"))
    for wish in [*WISHES, {"do": "done"}]:
        assert desk.decide(Wish.model_validate(wish)).unfit is None
    assert desk.state == "done"
    publish(outputs, ARTICLE)
    return outputs


def test_gold_of_a_reviewed_record_agrees_with_it_in_everything(reviewed: Path, tmp_path: Path) -> None:
    assert [path.name for path in export_gold(reviewed, tmp_path / "gold")] == [f"{ARTICLE}.yaml"]
    (evaluation,) = evaluate_paths([tmp_path / "gold", reviewed])
    assert len(evaluation.scores) > 20
    assert {score.layer: score.f1 for score in evaluation.scores if score.f1 < 1.0} == {}


def test_gold_shows_what_the_machine_had_wrong(reviewed: Path, tmp_path: Path) -> None:
    export_gold(reviewed, tmp_path / "gold")
    machine = tmp_path / "machine"
    machine.mkdir()
    for suffix in (".yaml", ".txt"):
        name = f"{ARTICLE}{suffix}"
        (machine / name).write_bytes((Path(__file__).parents[1] / "outputs" / name).read_bytes())
    (evaluation,) = evaluate_paths([tmp_path / "gold", machine])
    scores = {(score.layer, score.matching): score.f1 for score in evaluation.scores}
    assert scores["entities GPE", "strict"] < 1.0
    assert scores["system properties", "exact"] < 1.0


def test_a_reviewed_article_teaches_the_tagger_what_the_person_decided(reviewed: Path, tmp_path: Path) -> None:
    """Its Persian sentences as ``dozaban train ner-fa --reviewed`` reads them."""

    def taught() -> set[tuple[str, str]]:
        (corpus,) = write_annotated(reviewed, tmp_path, "fa")
        assert scheme(corpus) == "news"
        sentences = read_corpus(corpus, frozenset({"PER", "ORG", "LOC"}))
        return {(" ".join(s.forms[start:end]), kind) for s in sentences for start, end, kind in s.names}

    assert {("سازمان ملل متحد", "ORG"), ("عربستان سعودی", "LOC"), ("لاله سپهرداد", "PER")} <= taught()
    desk = Desk(reviewed, ARTICLE, Store(reviewed / "reviews"))
    for wish in ({"do": "reject", "layer": "entities", "fact": "org/united-nations"}, {"do": "done"}):
        desk.decide(Wish.model_validate(wish))
    assert ("سازمان ملل متحد", "ORG") not in taught()
    assert ("عربستان سعودی", "LOC") in taught()


def test_the_catalogue_follows_what_the_page_writes(reviewed: Path) -> None:
    def decided() -> int:
        return len(rows(reviewed / "catalogue.sqlite", "select 1 from decisions"))

    publish_and_feed(reviewed, ARTICLE)
    assert not (reviewed / "catalogue.sqlite").exists(), "the page begins no catalogue"
    build([reviewed], "sqlite:///" + str(reviewed / "catalogue.sqlite"))
    before = decided()
    desk = Desk(reviewed, ARTICLE, Store(reviewed / "reviews"))
    desk.decide(Wish.model_validate({"do": "retype", "layer": "entities", "fact": "gpe/iran", "new": {"type": "LOC"}}))
    publish_and_feed(reviewed, ARTICLE)
    assert decided() == before + 1


def rows(database: Path, query: str) -> list[tuple[int]]:
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(query).fetchall()


def test_without_an_article_that_is_done_there_is_no_gold(tmp_path: Path) -> None:
    outputs = copied_outputs(tmp_path)
    with pytest.raises(ReviewError, match="E-REVIEW-GOLD"):
        export_gold(outputs, tmp_path / "gold")


def test_confirmed_names_are_proposed_as_a_diff_that_the_extractor_can_read(reviewed: Path, tmp_path: Path) -> None:
    target = tmp_path / "names.tsv"
    diff = proposed(reviewed, target)
    assert "+GPE\tgpe/iran\tIran\t" in diff
    target.write_text(
        "".join(line[1:] + "\n" for line in diff.splitlines()[3:] if line.startswith("+")), encoding="utf-8"
    )
    assert lexicon((str(target),)).entries["loc/saudi-arabia"].type == "LOC"
    assert proposed(reviewed, target) == ""


def test_the_command_lists_what_does_not_fit(reviewed: Path) -> None:
    text = reviewed / f"{ARTICLE}.txt"
    command = [sys.executable, "-m", "pipeline", "review", str(reviewed), "--check"]
    assert subprocess.run(command, capture_output=True, text=True, check=False).returncode == 0
    decisions = reviewed / "reviews" / f"{ARTICLE}.yaml"
    changed = (
        decisions.read_text(encoding="utf-8").replace("surface: Iran", "surface: Atlantis").replace("gpe/iran", "gpe/x")
    )
    decisions.write_text(changed, encoding="utf-8")
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "W-REVIEW-STALE" in done.stdout
    assert text.is_file()


def test_a_run_applies_decisions_and_makes_only_what_was_decided_again(tmp_path: Path) -> None:
    corpus, outputs = Path(__file__).parents[1] / "corpus", tmp_path / "outputs"
    sources = [str(corpus / f"{ARTICLE}.md"), str(corpus / "persian-speech-software.md")]

    def ran() -> str:
        command = [sys.executable, "-m", "pipeline", "run", *sources, "-o", str(outputs)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        return done.stdout

    ran()
    before = pipeline.load(outputs / f"{ARTICLE}.yaml")
    desk = Desk(outputs, ARTICLE, Store(outputs / "reviews"))
    desk.decide(Wish(do="reject", layer="entities", fact="gpe/iran"))
    ran()
    decided = pipeline.load(outputs / f"{ARTICLE}.yaml")
    assert "gpe/iran" not in {entity.id for entity in decided.entities}
    assert len(Desk(outputs, ARTICLE, Store(outputs / "reviews")).machine.entities) == len(before.entities)
    published = (outputs / f"{ARTICLE}.yaml").read_bytes()
    publish(outputs, ARTICLE)
    assert (outputs / f"{ARTICLE}.yaml").read_bytes() == published
    desk.decide(Wish(do="undo"))
    publish(outputs, ARTICLE)
    ran()
    assert "gpe/iran" in {entity.id for entity in pipeline.load(outputs / f"{ARTICLE}.yaml").entities}
    assert not (outputs / ".dozaban" / "changed-by-hand").exists()


# ── agreement ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_kappa_is_the_one_of_the_textbook() -> None:
    """Two raters, fifty items: yes/yes 20, yes/no 5, no/yes 10, no/no 15 give 0.4."""
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert kappa(pairs) == pytest.approx(0.4)
    assert kappa([]) is None
    assert kappa([("y", "y")]) == 1.0


def test_span_f1_counts_what_both_have() -> None:
    assert span_f1({(0, 4): "ORG", (5, 9): "GPE"}, {(0, 4): "ORG", (5, 8): "GPE"}) == 0.5
    assert span_f1({}, {}) == 1.0


def test_two_reviewers_are_compared_on_what_they_decided() -> None:
    record: Record = pipeline.load(Path(__file__).parents[1] / "outputs" / f"{ARTICLE}.yaml")

    def said(user: str, *wishes: dict[str, object]) -> ReviewFile:
        entries: list[Entry] = [
            drafted(record, Wish.model_validate(wish), n, "2026-01-01T00:00:00Z", user)
            for n, wish in enumerate(wishes, 1)
        ]
        return ReviewFile(ARTICLE, user, tuple(entries), "")

    iran = {"layer": "entities", "fact": "gpe/iran"}
    ukraine = {"layer": "entities", "fact": "gpe/ukraine"}
    (found,) = agreements(
        record,
        [
            said("ali", {"do": "accept", **iran}, {"do": "reject", **ukraine}),
            said("sara", {"do": "accept", **iran}, {"do": "accept", **ukraine}),
        ],
    )
    assert (found.first, found.second) == ("ali", "sara")
    assert found.items == len(record.entities.by_id("gpe/iran").mentions) + len(
        record.entities.by_id("gpe/ukraine").mentions
    )
    assert 0 < found.f1 < 1


# ── the words of the page ──────────────────────────────────────────────────────────────────────────────────────


def test_both_languages_have_a_word_for_everything() -> None:
    english, persian = table("en"), table("fa")
    assert english.keys() == persian.keys()
    assert all(english.values())
    assert all(persian.values())
    assert {key: text.count("{}") for key, text in english.items()} == {
        k: text.count("{}") for k, text in persian.items()
    }
    assert not [text for text in persian.values() if any(char in text for char in "يكى٠١٢٣\"'")]


def test_numbers_are_written_as_the_language_writes_them() -> None:
    assert Words("fa").number(12345) == "۱۲٬۳۴۵"
    assert Words("fa").percent(0.07) == "۷٪"
    assert Words("fa").quoted("بوشهر") == "«بوشهر»"
    assert Words("fa").number("197X") == "197X"
    assert Words("en").number(12345) == "12,345"


def test_every_type_of_dated_fact_and_relation_has_a_name_in_both_languages() -> None:
    types = {row[0] for row in resources.rows("packs/event_cues.tsv")} | {"event"}
    for language in ("en", "fa"):
        names = {code: Words(language).coded(code) for code in sorted(types | set(get_args(RelationType)))}
        assert not [code for code, name in names.items() if "_" in name or (language == "fa" and name.isascii())]
