"""The extractor against the hand annotation, where that is at hand."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.article import Article, SourceFile
from pipeline.extract.systems import SystemsStage
from pipeline.extract.systems.folding import fold
from pipeline.read import ReadStage
from pipeline.segment import SegmentStage

SHARED = Path(__file__).parents[2] / "shared"
GOLD = SHARED / "gold" / "rezaei-2015" / "systems.yaml"
THESES = SHARED / "gold" / "theses-dev"

pytestmark = pytest.mark.skipif(not SHARED.exists(), reason="needs ../shared")


def _read(path: Path) -> Article:
    article = Article(path.stem, SourceFile(path.name, path.read_bytes(), None, path))
    for stage in (ReadStage, SegmentStage):
        article.attach(stage(stage.Settings())(article))  # type: ignore[arg-type]
    return article


@pytest.fixture(scope="module")
def reference() -> Article:
    return _read(next((SHARED / "corpus").glob("rezaei*.md")))


def test_reference_mentions_kinds_and_relations_reach_their_floors(reference: Article) -> None:
    gold: dict[str, Any] = yaml.safe_load(GOLD.read_text(encoding="utf-8"))
    stage = SystemsStage(SystemsStage.Settings())
    found = stage(reference)["systems"]
    predicted = {tuple(m.span): s for s in found for _, m in s.mentions.all() if m.span.end <= 68181}
    wanted = {(m["start"], m["end"]): s for s in gold["systems"] for m in s["mentions"] if m["end"] <= 68181}
    hits = predicted.keys() & wanted.keys()
    assert 2 * len(hits) / (len(predicted) + len(wanted)) >= 0.95
    kinds = [predicted[span].kind_id in {wanted[span]["kind"], wanted[span].get("kind_alt")} for span in hits]
    assert sum(kinds) / len(kinds) >= 0.9
    names = {predicted[span].id: wanted[span]["canonical"] for span in hits}
    stated = {(names.get(s.id), r.type, names.get(r.target)) for s in found for r in s.relations}
    edges = {
        (s["canonical"], {"renamed_to": "renamed_as"}.get(r["type"], r["type"]), r["target"])
        for s in gold["systems"] for r in s.get("relations", []) if r["scope"] == "main"
    }  # fmt: skip
    assert 2 * len(stated & edges) / (len(stated) + len(edges)) >= 0.8


@pytest.mark.parametrize("language", ["en", "fa"])
def test_the_systems_of_the_theses_are_found(language: str) -> None:
    stage = SystemsStage(SystemsStage.Settings())
    hits = found = wanted = 0
    for annotation in sorted(THESES.glob("*.yaml")):
        article = _read(next((THESES / "docs").glob(annotation.stem + ".*")))
        systems = [s for s in stage(article)["systems"] if getattr(s.mentions, language)]
        names = {fold(getattr(s.name, language) or "") for s in systems}
        gold = {
            fold(s[language]) for s in yaml.safe_load(annotation.read_text(encoding="utf-8"))["systems"] if s[language]
        }
        hits, found, wanted = hits + len(names & gold), found + len(names), wanted + len(gold)
    assert 2 * hits / (found + wanted) >= 0.85


def test_the_stage_is_quick_once_warm(reference: Article) -> None:
    stage = SystemsStage(SystemsStage.Settings())
    stage(reference)
    times = []
    for _ in range(3):
        start = time.process_time()
        stage(reference)
        times.append(time.process_time() - start)
    assert min(times) < 0.25


def test_the_stage_gives_the_same_twice(reference: Article) -> None:
    first, second = (SystemsStage(SystemsStage.Settings())(reference)["systems"] for _ in range(2))
    assert first == second
