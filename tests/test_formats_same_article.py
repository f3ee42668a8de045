"""The same article as Markdown, DOCX, HTML, JATS and PDF gives the same record."""

from __future__ import annotations

from functools import cache
from typing import Any

import article_formats
import pytest

from pipeline.article import SourceFile
from pipeline.evaluate.integrity import problems
from pipeline.record import Record
from pipeline.road import Road, open_source

each_form = pytest.mark.parametrize(
    ("stem", "form"), [(stem, form) for stem in article_formats.FRONTS for form in article_formats.FORMATS]
)


@cache
def record_of(road: Road, stem: str, form: str) -> Record:
    if form == "md":
        return road.process(open_source(article_formats.CORPUS / f"{stem}.md"))
    return road.process(SourceFile(f"{stem}.{form}", article_formats.FORMATS[form](stem)))


def flowed(text: str | None) -> str:
    """Words without emphasis and line breaks, which each format has in its own way."""
    return " ".join((text or "").replace("*", "").split())


def metadata(record: Record) -> dict[str, Any]:
    stated = record.metadata
    authors = [author.model_dump(exclude={"mentions", "confidence"}) for author in stated.authors]
    return {**stated.model_dump(exclude={"evidence", "authors"}), "authors": authors}


@each_form
def test_metadata_are_the_same(road: Road, stem: str, form: str) -> None:
    assert metadata(record_of(road, stem, form)) == metadata(record_of(road, stem, "md"))


@each_form
def test_abstracts_and_keywords_are_the_same(road: Road, stem: str, form: str) -> None:
    def summary(record: Record) -> Any:
        abstracts = [record.abstract.en, record.abstract.fa]
        sentences = [[flowed(sentence.text) for sentence in each.sentences] for each in abstracts if each]
        return sentences, record.abstract.alignment, [(keyword.en, keyword.fa) for keyword in record.keywords]

    assert summary(record_of(road, stem, form)) == summary(record_of(road, stem, "md"))


@each_form
def test_entities_dates_and_systems_are_the_same(road: Road, stem: str, form: str) -> None:
    def facts(record: Record) -> Any:
        return (
            {(entity.id, entity.type, entity.name.en, entity.name.fa) for entity in record.entities},
            {(date.type, date.value.edtf, date.value.native, date.role) for date in record.dates},
            {(system.id, system.name.en, system.name.fa, system.kind_id) for system in record.systems},
        )

    assert facts(record_of(road, stem, form)) == facts(record_of(road, stem, "md"))


@each_form
def test_notes_references_and_tables_are_the_same(road: Road, stem: str, form: str) -> None:
    def parts(record: Record) -> Any:
        notes = [(note.label, flowed(note.text), len(note.markers)) for note in record.notes]
        references = [(entry.authors, entry.year, entry.title) for entry in record.references]
        return notes, references, [(table.columns, table.rows, table.caption) for table in record.tables]

    assert parts(record_of(road, stem, form)) == parts(record_of(road, stem, "md"))


@pytest.mark.parametrize("stem", article_formats.FRONTS)
@pytest.mark.parametrize("form", ["docx", "html", "xml"])
def test_every_span_of_such_a_record_holds_its_surface(road: Road, stem: str, form: str) -> None:
    record = record_of(road, stem, form)
    assert not list(problems(record))
    assert record.metadata.evidence


@pytest.mark.parametrize("stem", article_formats.FRONTS)
def test_what_jats_states_is_evidence_in_the_text(road: Road, stem: str) -> None:
    record = record_of(road, stem, "xml")
    fields = {each.field for each in record.metadata.evidence}
    assert {"title.en", "title.fa", "received", "accepted", "authors.0.name.fa", "authors.0.email"} <= fields
