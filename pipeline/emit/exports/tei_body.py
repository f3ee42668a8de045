"""The text of a TEI document: divisions after the sections, a block an element, references in the back.

The characters are the article's own; the marks that begin a line of Markdown (``##``, ``-``, ``>``) are left out, other
marks of the source's format stay.
"""

from __future__ import annotations

from urllib.parse import quote

from pipeline.emit.exports.plain_words import trimmed
from pipeline.emit.exports.tei_elements import Element, Tei, language
from pipeline.record import Block, Note, Reference, Span, Table

#: Kinds of block that TEI has no element of their own for.
_AB = frozenset(["author", "affiliation", "date_line", "abstract", "keywords", "caption", "code", "table"])


def text(tei: Tei) -> None:
    """Write ``text``; of a record without its text, a body that says so."""
    element = tei.add(tei.root, "text")
    language(element, tei.record.metadata.language)
    body = tei.add(element, "body")
    if tei.record.text is None or tei.record.standoff:
        tei.add(body, "p", "The text of the article is not part of this document.", lang="en")
        for reference in tei.record.references:
            tei.names.of(reference.id)
    else:
        _Body(tei, body).write(tei.record.blocks)
        if not len(body):
            tei.add(body, "p")
    if tei.record.references:
        division = tei.add(tei.add(element, "back"), "div", type="references")
        listed = tei.add(division, "listBibl")
        for reference in tei.record.references:
            _reference(tei, listed, reference)


class _Body:
    """Writes blocks in reading order into divisions that follow the levels of the sections."""

    def __init__(self, tei: Tei, body: Element) -> None:
        self.tei = tei
        self.record = tei.record
        self.open: list[tuple[int, Element]] = [(0, body)]
        self.sections = {section.id: section for section in tei.record.sections}
        self.tables = {Span(*table.span): table for table in tei.record.tables}
        self.notes = sorted(tei.record.notes, key=lambda note: note.span)
        self.cited = [Span(*reference.span) for reference in tei.record.references]
        self.section: str | None = None
        self.page: int | None = None
        self.list: Element | None = None

    def write(self, blocks: list[Block]) -> None:
        for block in blocks:
            span = Span(*block.span)
            if any(span.overlaps(cited) for cited in self.cited if cited.start < span.end):
                continue
            if block.section is not None and block.section != self.section:
                self._enter(block.section)
            if block.kind != "list_item":
                self.list = None
            if block.page is not None and block.page != self.page and self.list is None:
                self.page = block.page
                self.tei.add(self._division(), "pb", n=str(block.page))
            self._block(block, span)

    def _enter(self, name: str) -> None:
        section = self.sections.get(name)
        self.section = name
        level = section.level if section else 1
        while len(self.open) > 1 and self.open[-1][0] >= level:
            self.open.pop()
        division = self.tei.add(
            self._division(),
            "div",
            type=section.role if section else None,
            n=section.number if section else None,
            id=self.tei.names.of(name),
        )
        if section:
            language(division, section.language)
        self.open.append((level, division))
        self.list = None

    def _division(self) -> Element:
        return self.open[-1][1]

    def _block(self, block: Block, span: Span) -> None:
        tei, parent = self.tei, self._division()
        inner = trimmed(tei.record, span)
        table = next((t for s, t in self.tables.items() if s.overlaps(span)), None) if block.kind == "table" else None
        if table is not None:
            self._table(parent, table, span)
            return
        if block.kind == "rule":
            tei.add(parent, "milestone", unit="rule")
            return
        if block.kind == "note" and (notes := [note for note in self.notes if span.overlaps(Span(*note.span))]):
            for note in notes:
                self._note(parent, note, span)
            return
        if block.kind == "list_item":
            if self.list is None:
                self.list = tei.add(parent, "list")
            element = tei.add(self.list, "item")
        elif block.kind in ("heading", "title"):
            element = self._heading(parent, block)
        elif block.kind == "furniture":
            element = tei.add(parent, "fw", type="furniture")
        elif block.kind == "quote":
            element = tei.add(parent, "quote")
        elif block.kind in _AB:
            element = tei.add(parent, "ab", type=block.kind.replace("_", "-"))
        else:
            element = tei.add(parent, "p", part="F" if block.continues else None)
        language(element, block.language)
        tei.passage(element, inner)

    def _heading(self, parent: Element, block: Block) -> Element:
        blank = not any(child.tag.rpartition("}")[2] not in ("head", "pb", "fw", "milestone") for child in parent)
        if blank and parent.tag.endswith("}div"):
            return self.tei.add(parent, "head", type="title" if block.kind == "title" else None)
        return self.tei.add(parent, "ab", type=block.kind)

    def _table(self, parent: Element, table: Table, span: Span) -> None:
        element = self.tei.add(parent, "table", id=self.tei.names.of(table.id))
        language(element, table.language)
        for number, cells in enumerate(table.cells):
            row = self.tei.add(element, "row", role="label" if table.columns and number == 0 else None)
            for cell in cells:
                made = self.tei.add(row, "cell")
                if cell is not None and cell[0] < cell[1]:
                    self.tei.passage(made, Span(*cell))
            if not len(row):
                self.tei.add(row, "cell")
        if not len(element):
            parent.remove(element)
            self.tei.passage(self.tei.add(parent, "ab", type="table"), span)

    def _note(self, parent: Element, note: Note, span: Span) -> None:
        element = self.tei.add(parent, "note", place="end", n=note.label)
        language(element, note.language)
        held = Span(max(note.span[0], span.start), min(note.span[1], span.end))
        self.tei.notes.setdefault(note.id, self.tei.passage(element, held))


def _reference(tei: Tei, parent: Element, reference: Reference) -> None:
    """One entry, laid out like GROBID's: what was recognised, and the whole entry as a note."""
    structure = tei.add(parent, "biblStruct", id=tei.names.of(reference.id))
    language(structure, reference.language)
    level = tei.add(structure, "analytic") if reference.title else None
    monograph = tei.add(structure, "monogr")
    home = level if level is not None else monograph
    for author in reference.authors:
        tei.add(tei.add(home, "author"), "persName", author)
    if reference.title:
        tei.add(home, "title", reference.title, level="a", type="main")
    else:
        tei.add(home, "title")
    if reference.doi:
        tei.add(home, "idno", reference.doi, type="DOI")
    if level is not None:
        tei.add(monograph, "title")
    tei.add(tei.add(monograph, "imprint"), "date", reference.year, type="published")
    if reference.url:
        tei.add(structure, "ptr", target=quote(reference.url, safe="/:?#[]@!$&'()*+,;=%~"))
    if tei.record.text is not None and not tei.record.standoff:
        note = tei.add(structure, "note", type="raw_reference")
        tei.passage(note, Span(*reference.span))
