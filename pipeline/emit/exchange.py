"""Translation exchange formats: sentence pairs as TMX 1.4b, terms as TBX-Basic, either as tab-separated text.

The input is plain pairs, so that whole bilingual texts and merged glossaries are written by the same code.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of each language that says the same; an empty side has no counterpart."""

    en: str
    fa: str
    confidence: float


@dataclass(frozen=True, slots=True)
class GlossaryEntry:
    """A term in both languages: how often it was seen, in how many articles, and how sure it is."""

    en: str
    fa: str
    count: int
    articles: tuple[str, ...]
    confidence: float


def tmx(units: Iterable[Unit], *, version: str) -> str:
    """Units with both sides as a translation memory; ``version`` is that of the tool."""
    root = ElementTree.Element("tmx", version="1.4")
    header = {
        "creationtool": "dozaban",
        "creationtoolversion": version,
        "segtype": "sentence",
        "o-tmf": "dozaban",
        "adminlang": "en",
        "srclang": "en",
        "datatype": "plaintext",
    }
    ElementTree.SubElement(root, "header", header)
    body = ElementTree.SubElement(root, "body")
    for unit in units:
        if not unit.en or not unit.fa:
            continue
        entry = ElementTree.SubElement(body, "tu")
        ElementTree.SubElement(entry, "prop", type="confidence").text = f"{unit.confidence:.2f}"
        for language, text in (("en", unit.en), ("fa", unit.fa)):
            variant = ElementTree.SubElement(entry, "tuv", {_XML_LANG: language})
            ElementTree.SubElement(variant, "seg").text = text
    return _document(root)


def tbx(entries: Iterable[GlossaryEntry]) -> str:
    """Terms as TBX-Basic (ISO 30042, DCA style)."""
    root = ElementTree.Element("tbx", {"type": "TBX-Basic", "style": "dca", "xmlns": "urn:iso:std:iso:30042:ed-2"})
    root.set(_XML_LANG, "en")
    description = ElementTree.SubElement(ElementTree.SubElement(root, "tbxHeader"), "fileDesc")
    source = ElementTree.SubElement(description, "sourceDesc")
    ElementTree.SubElement(source, "p").text = "Terms of English–Persian articles, found by Dozaban"
    body = ElementTree.SubElement(ElementTree.SubElement(root, "text"), "body")
    for number, entry in enumerate(entries, 1):
        concept = ElementTree.SubElement(body, "conceptEntry", id=f"term-{number}")
        note = f"confidence {entry.confidence:.2f}; seen {entry.count} times in {', '.join(entry.articles)}"
        ElementTree.SubElement(concept, "note").text = note
        for language, term in (("en", entry.en), ("fa", entry.fa)):
            section = ElementTree.SubElement(concept, "langSec", {_XML_LANG: language})
            ElementTree.SubElement(ElementTree.SubElement(section, "termSec"), "term").text = term
    return _document(root)


def units_tsv(units: Iterable[Unit]) -> str:
    """Units as tab-separated text with a heading; units without counterpart have an empty column."""
    return _tsv(("en", "fa", "confidence"), ((unit.en, unit.fa, f"{unit.confidence:.2f}") for unit in units))


def glossary_tsv(entries: Iterable[GlossaryEntry]) -> str:
    """Terms as tab-separated text with a heading."""
    rows = ((e.en, e.fa, str(e.count), f"{e.confidence:.2f}", " ".join(e.articles)) for e in entries)
    return _tsv(("en", "fa", "count", "confidence", "articles"), rows)


def glossary_xlsx(entries: Sequence[GlossaryEntry]) -> bytes:
    """Terms as a workbook with a filter; the Persian column is read from right to left."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "terms"
    sheet.append(["English", "فارسی", "count", "confidence", "articles"])
    for entry in entries:
        sheet.append([entry.en, entry.fa, entry.count, entry.confidence, ", ".join(entry.articles)])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for row in sheet.iter_rows(min_col=2, max_col=2):
        row[0].alignment = Alignment(horizontal="right", readingOrder=2)
    for column, width in zip("ABCDE", (36, 36, 8, 12, 40), strict=True):
        sheet.column_dimensions[column].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _tsv(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
    writer.writerow(heading)
    writer.writerows([" ".join(cell.split()) for cell in row] for row in rows)
    return stream.getvalue()


def _document(root: ElementTree.Element) -> str:
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"
