"""The DOCX reader: documents of Word and other word processors (ISO/IEC 29500).

The package is opened by :mod:`.docx_package`, paragraphs are told apart by :mod:`.docx_styles`, their words come from
:mod:`.docx_runs`. python-docx would unpack every part of the archive before anything could be refused, and knows
neither notes nor tracked changes; the parts are therefore read with lxml alone.

A footnote follows the paragraph that calls it, endnotes stand at the end (under the heading that waits for them, where
there is one), text boxes after the paragraph they hang on. Running heads and feet are furniture at either end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.article import SourceFile
from pipeline.read.composer import HEADINGS, Composer, Paragraph, heading, note
from pipeline.read.document import ReadDocument, ReadSettings
from pipeline.read.docx_headings import Type, with_headings
from pipeline.read.docx_package import Package
from pipeline.read.docx_runs import RunReader
from pipeline.read.docx_styles import Numbering, Styles, value
from pipeline.read.inline import Inline
from pipeline.read.line_patterns import is_known_head
from pipeline.read.markup_tree import Element, child, children, local
from pipeline.text.language import language_of

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_ARABIC_LETTER = re.compile(r"[\u0620-\u064a\u066e-\u06d3]")
_NOTES_HEAD = re.compile(
    r"(?:end)?notes?|(?:پی|پا)[ \u200c]?نوشت(?:[ \u200c]?ها)?|یادداشت(?:[ \u200c]?ها)?", re.IGNORECASE
)
#: Characters of the longest paragraph that may be a heading.
_LONGEST_HEADING = 400
#: How deep boxes and tables may lie in one another.
_DEEPEST = 8


def read_docx(file: SourceFile, settings: ReadSettings) -> ReadDocument:
    """Read a DOCX document. Raises ReadError (``E-DOCX-DAMAGED``, ``E-DOCX-ENCRYPTED``, ``E-TOO-LARGE``…)."""
    package = Package(file.data, file.name, settings.docx.max_unpacked_bytes)
    composer = Composer(file, settings)
    for paragraph in _Document(package).paragraphs():
        composer.add(paragraph)
    return composer.document(MEDIA_TYPE)


class _Document:
    """One document: its parts, and the paragraphs they hold."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.path = package.main_part()
        root = package.part(self.path)
        body = child(root, "body")
        if body is None:
            raise package.damaged("it has no text part")
        self.body = body
        self.relations = package.relations(self.path)
        self.styles = Styles(self._related("styles"))
        self.numbering = Numbering.of(self._related("numbering"))
        self.notes = {kind: _notes(self._related(f"{kind}s"), kind) for kind in ("footnote", "endnote")}
        self.runs = RunReader(self.styles, self._label)
        self._labels: dict[tuple[str, str], str] = {}
        self._called: list[tuple[str, str]] = []
        self._types: dict[int, Type] = {}
        styled = (value(child(each, "pPr", "pStyle")) for each in self.body.iter(f"{{{_W}}}p"))
        self._shift = int(any(self.styles.heading_level(None, style) == 0 for style in set(styled) if style))

    def paragraphs(self) -> Iterator[Paragraph]:
        """Everything in reading order."""
        yield from self._margins("header")
        text = with_headings(list(self._blocks(self.body)), self._types)
        waiting = next((at for at, each in enumerate(text) if self._awaits_notes(text, at)), None)
        for at, paragraph in enumerate(text):
            yield paragraph
            if at == waiting:
                yield from self._pending("endnote")
        yield from self._endnotes(text)
        yield from self._margins("footer")

    # ── parts ────────────────────────────────────────────────────────────────────────────────────────────────

    def _related(self, kind: str) -> Element | None:
        target = next((r.target for r in self.relations.values() if r.kind == kind and not r.external), None)
        return self.package.part(target) if target else None

    def _margins(self, kind: str) -> Iterator[Paragraph]:
        """Running heads or feet, each line once; a bare page number is none."""
        seen: set[str] = set()
        for relation in self.relations.values():
            if relation.kind == kind and not relation.external:
                root = self.package.part(relation.target)
                for paragraph in root.iter(f"{{{_W}}}p") if root is not None else ():
                    words = self.runs.read(paragraph, None, plain=True).inline
                    if any(char.isalpha() for char in words.text) and words.text not in seen:
                        seen.add(words.text)
                        yield Paragraph("furniture", words)
        self._called.clear()

    # ── blocks ───────────────────────────────────────────────────────────────────────────────────────────────

    def _blocks(self, holder: Element, depth: int = 0) -> Iterator[Paragraph]:
        """The blocks of the body, a cell or a text box."""
        for element in holder:
            name = local(element)
            if name == "p":
                yield from self._paragraph(element, depth)
            elif name == "tbl":
                yield from self._table(element, depth)
            elif name in ("ins", "moveTo", "customXml", "sdtContent", "smartTag") or (
                name == "sdt" and not _is_contents(element)
            ):
                yield from self._blocks(element, depth)
            elif name == "AlternateContent" and (choice := child(element, "Choice")) is not None:
                yield from self._blocks(choice, depth)

    def _paragraph(self, element: Element, depth: int) -> Iterator[Paragraph]:
        properties = child(element, "pPr")
        style = value(child(properties, "pStyle")) or self.styles.default
        level = self.styles.heading_level(properties, style)
        words = self.runs.read(element, style, plain=level is not None)
        if words.inline.text.strip():
            paragraph = self._classified(words.inline, properties, style, level)
            if paragraph.kind == "paragraph" and len(words.inline) < _LONGEST_HEADING:
                plain = self.runs.read(element, style, plain=True).inline
                self._types[id(paragraph)] = Type(words.size, words.bold, plain)
            elif paragraph.kind == "paragraph":
                self._types[id(paragraph)] = Type(words.size, False, words.inline)
            yield paragraph
        yield from self._pending("footnote")
        if depth < _DEEPEST:
            for box in words.boxes:
                yield from self._blocks(box, depth + 1)

    def _classified(self, words: Inline, properties: Element | None, style: str | None, level: int | None) -> Paragraph:
        kind = self.styles.kind(style)
        if kind == "contents":
            return Paragraph("furniture", words)
        if kind == "caption":
            return Paragraph("caption", words)
        number, depth = self._numbered(words, properties, style)
        if level is not None:
            if number:
                numbered = Inline(f"{number} ")
                numbered.write(" ")
                numbered.extend(words)
                words = numbered
            return heading(words, level + self._shift if level else 1)
        if number is not None:
            return Paragraph("list_item", words, depth + 1, prefix=f"{number} " if number else "- ")
        if kind == "quote":
            return Paragraph("quote", words, prefix="> ")
        return Paragraph("paragraph", words)

    def _numbered(self, words: Inline, properties: Element | None, style: str | None) -> tuple[str | None, int]:
        """A paragraph's printed number (empty for a bullet) and its depth; None outside lists."""
        listed = self.styles.property(properties, style, "numPr")
        identity = value(child(listed, "numId"))
        if identity in ("", "0"):
            return None, 0
        written = value(child(listed, "ilvl"))
        depth = min(int(written), 8) if written.isdecimal() and len(written) < 3 else 0
        return self.numbering.next(identity, depth, persian=_is_persian(words.text)), depth

    def _table(self, element: Element, depth: int) -> Iterator[Paragraph]:
        """A table of two columns and two rows or more as lines of cells; anything less is a frame around blocks."""
        rows = [row for row in _rows(element) if child(row, "trPr", "del") is None]
        if len(rows) < 2 or max(sum(1 for _ in _cells(row)) for row in rows) < 2:
            for row in rows:
                for cell in _cells(row):
                    if depth < _DEEPEST:
                        yield from self._blocks(cell, depth + 1)
            return
        table = Inline()
        for number, row in enumerate(rows):
            if number:
                table.row()
            start = len(table)
            at = 0
            for cell in _cells(row):
                if at:
                    table.cell()
                merge = child(cell, "tcPr", "vMerge")
                if merge is None or value(merge) == "restart":
                    table.extend(self._cell(cell))
                span = value(child(cell, "tcPr", "gridSpan"))
                wide = min(int(span), 40) if span.isdecimal() and len(span) < 4 else 1
                for _ in range(wide - 1):
                    table.cell()
                at += max(wide, 1)
            if number == 0 and child(row, "trPr", "tblHeader") is not None:
                table.anchor("tables.header", start)
        yield Paragraph("table", table)
        yield from self._pending("footnote")

    def _cell(self, cell: Element) -> Inline:
        """The words of a cell on one line."""
        words = Inline()
        for paragraph in cell.iter(f"{{{_W}}}p"):
            own = self.runs.read(paragraph, value(child(paragraph, "pPr", "pStyle")) or self.styles.default, plain=True)
            line = Inline()
            if "\n" in own.inline.text:
                line.write(own.inline.text.replace("\n", " "))
            else:
                line = own.inline
            words.write(" ")
            words.extend(line)
        return words

    # ── notes ────────────────────────────────────────────────────────────────────────────────────────────────

    def _label(self, kind: str, identity: str) -> str | None:
        """The label of a note, given when it is first called; None when there is no such note."""
        if identity not in self.notes[kind]:
            return None
        key = (kind, identity)
        if key not in self._labels:
            number = 1 + sum(1 for other, _ in self._labels if other == kind)
            both = kind == "endnote" and self.notes["footnote"]
            self._labels[key] = f"e{number}" if both else str(number)
            self._called.append(key)
        return self._labels[key]

    def _pending(self, kind: str) -> Iterator[Paragraph]:
        """The notes of a kind that were called and are not written yet."""
        waiting = [key for key in self._called if key[0] == kind]
        self._called = [key for key in self._called if key[0] != kind]
        for key in waiting:
            words = Inline()
            for paragraph in self.notes[kind][key[1]].iter(f"{{{_W}}}p"):
                if len(words):
                    words.line_break()
                words.extend(self.runs.read(paragraph, None).inline)
            yield note(words, self._labels[key])

    def _endnotes(self, text: list[Paragraph]) -> Iterator[Paragraph]:
        waiting = list(self._pending("endnote"))
        if waiting:
            side = language_of(" ".join(each.inline.text for each in text[:200]))[0]
            yield heading(Inline(HEADINGS["notes"]["fa" if side == "fa" else "en"]), 1 + self._shift)
            yield from waiting

    def _awaits_notes(self, text: list[Paragraph], at: int) -> bool:
        """Whether a heading announces the notes and has no text of its own: the word processor puts them there."""
        if not self.notes["endnote"] or not _NOTES_HEAD.fullmatch(text[at].inline.words.strip(" :*")):
            return False
        following = text[at + 1] if at + 1 < len(text) else None
        return following is None or following.kind == "heading" or is_known_head(following.inline.words)


_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _notes(root: Element | None, kind: str) -> dict[str, Element]:
    """The notes of a part by id, without the lines that part notes from text."""
    found: dict[str, Element] = {}
    for element in children(root, kind) if root is not None else ():
        if value(element, "type", own=True) in ("", "normal"):
            found[value(element, "id", own=True)] = element
    return found


def _rows(table: Element) -> Iterator[Element]:
    for inner in table:
        if local(inner) == "tr":
            yield inner
        elif local(inner) in ("sdt", "sdtContent", "ins", "customXml"):
            yield from _rows(inner)


def _cells(row: Element) -> Iterator[Element]:
    for inner in row:
        if local(inner) == "tc":
            yield inner
        elif local(inner) in ("sdt", "sdtContent", "ins", "customXml"):
            yield from _cells(inner)


def _is_contents(sdt: Element) -> bool:
    """Whether a content control holds the table of contents."""
    gallery = child(sdt, "sdtPr", "docPartObj", "docPartGallery")
    return "contents" in value(gallery).lower()


def _is_persian(text: str) -> bool:
    return 2 * len(_ARABIC_LETTER.findall(text)) > sum(char.isalpha() for char in text)
