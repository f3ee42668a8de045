"""The parts of real articles against hand annotation."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.article import Article, SourceFile
from pipeline.read import ReadStage
from pipeline.segment import SegmentStage
from pipeline.text.offsets import Span

SHARED = Path(__file__).parents[2] / "shared"
THESES = sorted((SHARED / "gold" / "theses-dev").glob("*.yaml"))

pytestmark = pytest.mark.skipif(not SHARED.exists(), reason="needs ../shared")


@cache
def segmented(path: Path) -> Article:
    article = Article(id=path.stem, file=SourceFile(path.name, path.read_bytes()))
    article.attach(ReadStage(ReadStage.Settings())(article))
    article.attach(SegmentStage(SegmentStage.Settings())(article))
    return article


@pytest.fixture
def reference() -> Article:
    return segmented(next((SHARED / "corpus").glob("rezaei-2015-*.md")))


def gold(name: str) -> Any:
    return yaml.safe_load((SHARED / "gold" / "rezaei-2015" / f"{name}.yaml").read_text(encoding="utf-8"))


def test_front_matter_of_the_reference_article(reference: Article) -> None:
    meta, want = reference.metadata, gold("metadata")
    (author,), (expected,) = meta.authors, want["authors"]
    assert (meta.title.en, meta.title.fa) == (want["title_en"], want["title_fa"])
    assert (author.name.en, author.name.fa, author.email) == (
        expected["name_en"],
        expected["name_fa"],
        expected["email"],
    )
    assert (author.affiliation.en, author.affiliation.fa) == (
        expected["affiliation_en"],
        expected["affiliation_fa_raw"],
    )
    assert (meta.received, meta.accepted, meta.language) == (want["received"], want["accepted"], "en")


def test_abstracts_and_keywords_of_the_reference_article(reference: Article) -> None:
    want = gold("abstracts")
    for side, name in (("en", "english"), ("fa", "persian")):
        spans = [sentence.span for sentence in getattr(reference.abstract, side).sentences]
        assert spans == [Span(sentence["start"], sentence["end"]) for sentence in want[name]["sentences"]]
        keywords = [getattr(keyword, side) for keyword in reference.keywords if getattr(keyword, side)]
        assert keywords == gold("metadata")[f"keywords_{side}"]


def test_structure_of_the_reference_article(reference: Article) -> None:
    want = gold("metadata")
    body = [section for section in reference.sections if section.role == "body"]
    assert [section.title for section in body] == [s["title"] for s in want["sections"] if s["role"] == "body"]
    assert {section.level for section in body} == {1}
    assert len(reference.notes) == want["notes_count"]
    assert [len(note.markers) for note in reference.notes] == [1] * want["note_markers_in_text"]
    assert [ref.span.start - 2 for ref in reference.references] == want["references_start"]
    (table,) = reference.tables
    assert table.columns == want["table"]["columns"]
    assert table.rows == [[row["date"], row["type"], row["description"]] for row in want["table"]["rows"]]


def test_citations_of_the_reference_article_cover_the_gold_years_and_no_other(reference: Article) -> None:
    dates = [item for items in gold("dates").values() if isinstance(items, list) for item in items if "start" in item]
    marked = [(Span(d["start"], d["end"]), d["is_citation_year"]) for d in dates if "is_citation_year" in d]
    assert [span for span, cited in marked if reference.in_citation(span) != cited] == []
    main = [c for c in reference.citations if c.span.start < gold("metadata")["document"]["regions"]["notes"][0]]
    assert (len(main), len({c.group for c in main})) == (63, 61)


@pytest.mark.parametrize("path", THESES, ids=lambda path: path.stem)
def test_titles_abstracts_and_keywords_of_the_theses(path: Path) -> None:
    want = yaml.safe_load(path.read_text(encoding="utf-8"))
    article = segmented(next((path.parent / "docs").glob(f"{path.stem}.*")))
    assert article.metadata.title.model_dump() == want["title"]
    for side in ("en", "fa"):
        assert [s.text for s in getattr(article.abstract, side).sentences] == want["sentences"][side]
