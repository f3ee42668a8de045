"""CSL-JSON and BibTeX: what a citation program makes of the article and its references."""

from __future__ import annotations

import json
from pathlib import Path

import citeproc
import pytest
from citeproc.source.json import CiteProcJSON
from exporting import OUTPUTS, loaded, made_up, rendered
from hypothesis import given, settings
from hypothesis import strategies as st
from pybtex.database import parse_string

from pipeline import record as model
from pipeline.emit.exports import exporter
from pipeline.emit.exports.person_names import cited_name, person_name
from pipeline.record import Record

STYLE = str(Path(citeproc.__file__).parent / "data" / "styles" / "harvard-cite-them-right")
each_record = pytest.mark.parametrize("path", OUTPUTS, ids=lambda path: path.stem)


def bibliography(items: list[dict[str, object]]) -> list[str]:
    source = CiteProcJSON(items)
    style = citeproc.CitationStylesStyle(STYLE, validate=False)
    made = citeproc.CitationStylesBibliography(style, source, citeproc.formatter.plain)
    for key in source:
        made.register(citeproc.Citation([citeproc.CitationItem(key)]))
    return [str(entry) for entry in made.bibliography()]


@each_record
def test_citeproc_sets_a_bibliography_of_the_article_in_both_languages_and_of_its_references(path: Path) -> None:
    record = loaded(path)
    entries = bibliography(json.loads(rendered("csl", path)[".csl.json"]))
    assert len(entries) == 2 + len(record.references)
    main, other = ("fa", "en") if record.metadata.language == "fa" else ("en", "fa")
    for entry, side in zip(entries, (main, other), strict=False):
        family = person_name(getattr(record.metadata.authors[0].name, side)).family
        assert family in entry
        assert (record.metadata.accepted or "")[:4] in entry
    for entry, reference in zip(entries[2:], record.references, strict=True):
        assert reference.year is None or reference.year in entry


def test_the_year_of_a_persian_reference_stays_a_jalali_year() -> None:
    items = json.loads(rendered("csl", next(p for p in OUTPUTS if p.stem == "naval-history-bushehr"))[".csl.json"])
    by_id = {item["id"]: item for item in items}
    assert by_id["naval-history-bushehr/reference/1"]["issued"] == {"literal": "1398"}
    assert by_id["naval-history-bushehr/reference/4"]["issued"] == {"date-parts": [[1892]]}


@each_record
def test_pybtex_reads_what_bibtexparser_wrote(path: Path) -> None:
    record = loaded(path)
    library = parse_string(rendered("bibtex", path)[".bib"].decode("utf-8"), "bibtex")
    entries = list(library.entries.values())
    assert [entry.type for entry in entries] == ["article", "article"] + ["misc"] * len(record.references)
    assert all(key.isascii() for key in library.entries)
    for entry in entries[:2]:
        side = "fa" if entry.fields["langid"] == "persian" else "en"
        assert entry.fields["title"].replace("\\", "") == getattr(record.metadata.title, side)
        people = [
            " ".join([*p.first_names, *p.middle_names, *p.prelast_names, *p.last_names])
            for p in entry.persons["author"]
        ]
        assert people == [getattr(author.name, side) for author in record.metadata.authors]
    for entry, reference in zip(entries[2:], record.references, strict=True):
        assert entry.fields.get("year") == reference.year
        assert len(entry.persons.get("author", [])) == len(reference.authors)


@given(st.text(alphabet='aB{}\\%$#&_~^@",=ی\u200c😀 ', min_size=1, max_size=30))
@settings(deadline=None)
def test_no_title_breaks_the_bibtex_file(title: str) -> None:
    record = made_up("متن", [])
    record.metadata.title = model.Bilingual(en=f"x{title}x")
    library = parse_string(exporter("bibtex").render(record)[".bib"].decode("utf-8"), "bibtex")
    assert len(library.entries) == 1


def test_equal_keys_are_told_apart() -> None:
    record = made_up("متن", [])
    record.references = model.Layer(
        [
            model.Reference(id=f"reference/{n}", span=model.Span(0, 3), authors=["Smith"], year="2010", title=f"T{n}")
            for n in range(3)
        ]
    )
    library = parse_string(exporter("bibtex").render(record)[".bib"].decode("utf-8"), "bibtex")
    assert list(library.entries)[2:] == ["Smith2010", "Smith2010b", "Smith2010c"]


@pytest.mark.parametrize(
    ("name", "given", "family"),
    [
        ("Niloufar Sahelpour", "Niloufar", "Sahelpour"),
        ("کامران تنگستانی‌نژاد", "کامران", "تنگستانی‌نژاد"),
        ("Ludwig van der Rohe", "Ludwig", "van der Rohe"),
        ("Sahelpour, N.", "N.", "Sahelpour"),
        ("ساحلپور، نیلوفر", "نیلوفر", "ساحلپور"),
        ("دانشگاه نمونه", "", "دانشگاه نمونه"),
        ("Plato", "", "Plato"),
    ],
)
def test_names_of_authors_come_apart(name: str, given: str, family: str) -> None:
    assert (person_name(name).given, person_name(name).family) == (given, family)


def test_a_name_in_a_reference_list_without_a_comma_is_one_whole() -> None:
    assert cited_name("China Daily").whole
    assert cited_name("Garver, John W.").given == "John W."


def test_a_standoff_record_still_gives_its_article_and_references() -> None:
    from pipeline.emit.standoff import standoff

    record: Record = standoff(loaded(OUTPUTS[0]))
    items = json.loads(exporter("csl").render(record)[".csl.json"])
    assert len(items) == 2 + len(record.references)
    assert "abstract" not in items[0]
