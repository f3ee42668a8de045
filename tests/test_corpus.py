"""The project's own articles: what their authors say is in them is what the road finds."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
import yaml
from conftest import CORPUS, ROOT

import pipeline
from pipeline.batch import discover
from pipeline.config import load
from pipeline.evaluate.gold_file import load_gold
from pipeline.evaluate.integrity import problems
from pipeline.evaluate.layers import scores
from pipeline.evaluate.scores import folded
from pipeline.record import Record
from pipeline.serial import dump_yaml

GOLD = Path(__file__).parent / "data" / "corpus"
JOBS = {job.id: job for job in discover([CORPUS], [".md", ".txt", ".pdf"], load(ROOT / "config.yaml").paths.ignore)}


@cache
def processed(stem: str) -> Record:
    return pipeline.process(JOBS[stem].path, ROOT / "config.yaml")


each_article = pytest.mark.parametrize("stem", sorted(path.stem for path in GOLD.glob("*.yaml")))


def test_there_are_eight_articles_in_both_languages_and_three_forms() -> None:
    assert len(JOBS) == 8
    assert {job.path.suffix for job in JOBS.values()} == {".md", ".txt", ".pdf"}
    assert {processed(stem).metadata.language for stem in JOBS} == {"en", "fa"}
    for stem in JOBS:
        words = processed(stem).source.words
        assert words.en + words.fa >= 700, stem


@each_article
def test_titles_authors_dates_and_mail_are_found(stem: str) -> None:
    score = next(
        score for score in scores(processed(stem), load_gold(GOLD / f"{stem}.yaml")) if score.layer == "metadata"
    )
    assert not score.missed
    assert not score.spurious


@each_article
def test_there_are_no_more_authors_than_there_are(stem: str) -> None:
    assert len(processed(stem).metadata.authors) == len(yaml.safe_load((GOLD / f"{stem}.yaml").read_text())["authors"])


@each_article
def test_sections_notes_references_and_sentences_are_all_found(stem: str) -> None:
    gold = load_gold(GOLD / f"{stem}.yaml")
    score = next(score for score in scores(processed(stem), gold) if score.layer == "structure")
    assert not score.missed, score.spurious


@each_article
def test_sentences_of_the_abstracts_are_aligned(stem: str) -> None:
    gold = load_gold(GOLD / f"{stem}.yaml")
    found = [(tuple(link.en), tuple(link.fa)) for link in processed(stem).abstract.alignment]
    assert found == gold.alignment


@each_article
def test_keywords_are_paired(stem: str) -> None:
    gold = load_gold(GOLD / f"{stem}.yaml")
    found = {(folded(k.en), folded(k.fa)) for k in processed(stem).keywords}
    assert {(folded(en), folded(fa)) for en, fa in gold.keywords or []} == found


@each_article
def test_every_span_points_at_its_surface(stem: str) -> None:
    assert problems(processed(stem)) == []


@each_article
def test_no_name_is_two_entities_of_one_type_or_holds_a_running_head(stem: str) -> None:
    mentions = [(entity.type, m.span) for entity in processed(stem).entities for _, m in entity.mentions.all()]
    assert len(mentions) == len(set(mentions))
    heads = [block.span for block in processed(stem).blocks if block.kind == "furniture"]
    assert not [span for _, span in mentions if any(span.overlaps(head) for head in heads)]


def test_an_article_on_literature_or_law_has_no_systems() -> None:
    assert processed("modern-persian-novel").systems == []
    assert processed("maritime-law-straits").systems == []


@each_article
def test_the_committed_record_is_what_the_road_makes_today(stem: str) -> None:
    committed = (ROOT / "outputs" / f"{stem}.yaml").read_text(encoding="utf-8")
    assert dump_yaml(processed(stem)) == committed, "run `make run` and read the change"
    assert (ROOT / "outputs" / f"{stem}.txt").read_text(encoding="utf-8") == processed(stem).text
