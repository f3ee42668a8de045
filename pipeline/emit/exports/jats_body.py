"""The body of a JATS article: sections, paragraphs, lists, tables, with calls of notes and works as ``xref``."""

from __future__ import annotations

from pipeline.emit.exports.jats_elements import Element, Jats, space
from pipeline.emit.exports.plain_words import plain_words, trimmed
from pipeline.record import Block, Span, Table

#: What the front and the back of the article hold.
_ELSEWHERE = frozenset(["abstract", "keywords", "notes", "references"])
_KINDS = frozenset(["heading", "paragraph", "list_item", "quote", "table", "caption", "code"])


def body(jats: Jats) -> None:
    """Write ``body``."""
    element = jats.add(jats.root, "body")
    _Body(jats, element).write()
    if not len(element):
        jats.add(element, "p")


class _Body:
    def __init__(self, jats: Jats, body: Element) -> None:
        self.jats = jats
        self.record = jats.record
        self.open: list[tuple[int, Element]] = [(0, body)]
        self.sections = {section.id: section for section in self.record.sections}
        self.tables = {Span(*table.span): table for table in self.record.tables}
        self.section: str | None = None
        self.list: Element | None = None
        self.last: Element | None = None

    def write(self) -> None:
        for block in self.record.blocks:
            section = self.sections.get(block.section or "")
            if block.kind not in _KINDS or (section is not None and section.role in _ELSEWHERE):
                continue
            if section is not None and section.id != self.section and section.role != "title":
                self._enter(section.id)
                if block.kind == "heading":
                    continue  # it is the section's title
            self._block(block)

    def _enter(self, name: str) -> None:
        section = self.sections[name]
        self.section, self.list, self.last = name, None, None
        while len(self.open) > 1 and self.open[-1][0] >= section.level:
            self.open.pop()
        element = self.jats.add(self.open[-1][1], "sec", id=self.jats.names.of(name), lang=section.language)
        if section.number:
            self.jats.add(element, "label", section.number)
        heading = plain_words(self.record, section.title or "")
        self.jats.add(element, "title", heading)
        self.open.append((section.level, element))

    def _block(self, block: Block) -> None:
        jats, parent, span = self.jats, self.open[-1][1], trimmed(self.record, Span(*block.span))
        if block.kind != "list_item":
            self.list = None
        if block.kind == "table":
            table = next((t for s, t in self.tables.items() if s.overlaps(Span(*block.span))), None)
            if table is not None and table.rows is not None:
                self._table(parent, table)
                return
        if block.continues and self.last is not None:
            space(self.last)
            jats.words(self.last, span)
            return
        if block.kind == "list_item":
            if self.list is None:
                self.list = jats.add(parent, "list", list_type="simple")
            element = jats.add(jats.add(self.list, "list-item"), "p", lang=None)
        elif block.kind == "quote":
            element = jats.add(jats.add(parent, "disp-quote", lang=block.language), "p")
        elif block.kind == "heading":
            element = jats.add(jats.add(parent, "p"), "bold")
        else:
            element = jats.add(parent, "p")
        jats.words(element, span)
        self.last = element

    def _table(self, parent: Element, table: Table) -> None:
        jats = self.jats
        wrap = jats.add(parent, "table-wrap", id=jats.names.of(table.id), lang=table.language)
        if table.caption:
            jats.add(jats.add(wrap, "caption"), "p", plain_words(self.record, table.caption))
        element = jats.add(wrap, "table")
        if table.columns:
            row = jats.add(jats.add(element, "thead"), "tr")
            for cell in table.columns:
                jats.add(row, "th", plain_words(self.record, cell))
        rows = jats.add(element, "tbody")
        for cells in table.rows or [[]]:
            row = jats.add(rows, "tr")
            for cell in cells or [""]:
                jats.add(row, "td", plain_words(self.record, cell))
