"""From a tree of elements to paragraphs: what the readers of HTML and JATS have in common.

A subclass says what *role* each element plays; this module knows how text, nested blocks, lists, tables and notes
become paragraphs. White space between blocks means nothing, between words it is one space.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from pipeline import record
from pipeline.read.composer import Paragraph, heading, note
from pipeline.read.inline import Inline, clean
from pipeline.read.markup_tree import Element, Entities, children, content, entity_name, local

Role = Literal[
    "skip", "inline", "bold", "italic", "sup", "sub", "break", "link", "call", "block", "paragraph", "heading", "list",
    "item", "quote", "table", "caption", "note", "reference", "code", "rule", "other",
]  # fmt: skip

#: Elements deeper than this are written as bare words.
_DEEPEST = 80
#: The widest and the longest reach of a table's cell that is believed.
_WIDEST_CELL, _TALLEST_CELL = 40, 500
#: The most cells of a row, and the most cells that others may reach over in one document.
_WIDEST_ROW, _MOST_REACHED = 1_000, 200_000


@dataclass(slots=True)
class _Context:
    """What the paragraphs of an element are: ``flat`` joins all its paragraphs into one block."""

    kind: record.BlockKind = "paragraph"
    level: int | None = None
    prefix: str = ""
    flat: bool = False


class TreeWriter:
    """Writes elements as paragraphs, which gather in ``paragraphs``."""

    def __init__(self, entities: Entities | None = None) -> None:
        self.paragraphs: list[Paragraph] = []
        self.language: record.Language = "und"
        self.entities = entities
        self._line = Inline()
        self._contexts = [_Context()]
        self._lists: list[Iterator[str]] = []
        self._pending: list[Paragraph] = []
        self._in_cell = False
        self._depth = 0
        self._reached = _MOST_REACHED
        self._handlers: dict[Role, Callable[[Element], None]] = {
            "skip": lambda element: None,
            "inline": self.walk,
            "bold": lambda element: self._emphasis(element, "**"),
            "italic": lambda element: self._emphasis(element, "*"),
            "sup": self._raised,
            "sub": self._lowered,
            "break": lambda element: self._break(),
            "link": self.link,
            "call": self.call,
            "block": self._block,
            "paragraph": self._paragraph,
            "heading": self._heading,
            "list": self._list,
            "item": self._item,
            "quote": lambda element: self._inside(element, _Context("quote", prefix="> ")),
            "caption": lambda element: self._inside(element, _Context("caption", flat=True)),
            "code": lambda element: self._inside(element, _Context("code", flat=True)),
            "table": self._table,
            "note": self._note,
            "reference": self._reference,
            "rule": lambda element: self.flush(),
            "other": self.other,
        }

    # ── what a subclass says ─────────────────────────────────────────────────────────────────────────────────

    def role(self, element: Element, name: str) -> Role:
        """The role of an element."""
        raise NotImplementedError

    def language_of(self, element: Element) -> record.Language | None:
        """The language an element declares for itself; None when it declares none."""
        return None

    def heading_level(self, element: Element) -> int:
        """The level of a heading."""
        return 2

    def heading_lead(self, element: Element) -> str:
        """What stands before the words of a heading: a number kept in an element of its own."""
        return ""

    def note_label(self, element: Element) -> str | None:
        """The label of a note; None when the element turns out to be none."""
        return None

    def item_prefix(self, element: Element, ordinal: int) -> str | None:
        """What stands before an item of the list ``element``; None for a plain bullet."""
        return None

    def link(self, element: Element) -> None:
        """Write a link: its words."""
        self.walk(element)

    def call(self, element: Element) -> None:
        """Write what calls a note."""
        self.walk(element)

    def other(self, element: Element) -> None:
        """Write an element that only the subclass knows."""
        self.walk(element)

    # ── walking ──────────────────────────────────────────────────────────────────────────────────────────────

    def walk(self, element: Element) -> None:
        """Write what is in an element."""
        self.words(element.text)
        for inner in element:
            self.element(inner)
            self.words(inner.tail)

    def element(self, element: Element) -> None:
        """Write an element according to its role and language."""
        name = local(element)
        if not name:
            reference = entity_name(element)
            if reference is not None and self.entities is not None:
                self.words(self.entities.text(reference))
            return
        before = self.language
        own = self.language_of(element)
        if own is not None:
            self.language = own
        self._depth += 1
        if self._depth > _DEEPEST:
            self.words(content(element))
        else:
            self._handlers[self.role(element, name)](element)
        self._depth -= 1
        self.language = before

    def words(self, text: str | None) -> None:
        """Add words to the line."""
        if text:
            self._line.write(clean(text))

    def flush(self) -> None:
        """End the block that is being written, and write the notes that were called in it."""
        context = self._contexts[-1]
        if self._in_cell:
            self._line.write(" ")
            return
        if self._line.text.strip():
            self.add(Paragraph(context.kind, self._line, context.level, self.language, context.prefix))
            if context.kind == "list_item":
                context.prefix = ""
        self._line = Inline()
        if self._pending and not context.flat:
            waiting, self._pending = self._pending, []
            for paragraph in waiting:
                self.add(paragraph)

    def add(self, paragraph: Paragraph) -> None:
        """Take a finished paragraph."""
        self.paragraphs.append(paragraph)

    def later(self, paragraph: Paragraph) -> None:
        """Take a note that is to follow the paragraph it is called in."""
        self._pending.append(paragraph)

    @property
    def line(self) -> Inline:
        """The words of the block that is being written."""
        return self._line

    def inline_of(self, element: Element) -> Inline:
        """The words of an element as one block, whatever blocks are in it."""
        outer, self._line = self._line, Inline()
        in_cell, self._in_cell = self._in_cell, True
        self.walk(element)
        found, self._line = self._line, outer
        self._in_cell = in_cell
        return found

    # ── roles ────────────────────────────────────────────────────────────────────────────────────────────────

    def _emphasis(self, element: Element, mark: str) -> None:
        if self._contexts[-1].kind in ("heading", "code") and mark == "**":
            self.walk(element)
            return
        self._line.open(mark, "emphasis")
        depth = len(self.paragraphs), id(self._line)
        self.walk(element)
        if (len(self.paragraphs), id(self._line)) == depth:
            self._line.close(mark, "emphasis")

    def _raised(self, element: Element) -> None:
        """What is raised: ``<sup>`` around bare characters; the composer tells note marks from exponents."""
        words = " ".join(content(element).split())
        if words and len(words) <= 40 and not set(words) & set("<>") and not self._holds_call(element):
            self._line.literal(f"<sup>{clean(words)}</sup>")
        else:
            self.walk(element)

    def _holds_call(self, element: Element) -> bool:
        return any(local(inner) and self.role(inner, local(inner)) in ("call", "note") for inner in element.iter())

    def _lowered(self, element: Element) -> None:
        words = " ".join(content(element).split())
        if words:
            self._line.literal("<sub>", "tag")
            self._line.literal(clean(words))
            self._line.literal("</sub>", "tag")

    def _break(self) -> None:
        if self._in_cell:
            self._line.write(" ")
        else:
            self._line.line_break()

    def _block(self, element: Element) -> None:
        """A box that only groups: its blocks are apart from what surrounds it."""
        context = self._contexts[-1]
        if context.flat or self._in_cell:
            self._break()
            self.walk(element)
            self._break()
            return
        self.flush()
        self.walk(element)
        self.flush()

    def _paragraph(self, element: Element) -> None:
        self._block(element)

    def _inside(self, element: Element, context: _Context) -> None:
        if self._in_cell:
            self._block(element)
            return
        self.flush()
        self._contexts.append(context)
        self.walk(element)
        self.flush()
        self._contexts.pop()

    def _heading(self, element: Element) -> None:
        if self._in_cell or self._contexts[-1].flat:
            self._block(element)
            return
        level = self.heading_level(element)
        self.flush()
        self._contexts.append(_Context("heading", level, flat=True))
        self.words(self.heading_lead(element))
        self.walk(element)
        line, self._line = self._line, Inline()
        self._contexts.pop()
        self.add(heading(line, level, self.language))
        self.flush()

    def _list(self, element: Element) -> None:
        self._lists.append(self._prefixes(element))
        self._block(element)
        self._lists.pop()

    def _prefixes(self, element: Element) -> Iterator[str]:
        ordinal = 0
        while True:
            ordinal += 1
            yield self.item_prefix(element, ordinal) or "- "

    def _item(self, element: Element) -> None:
        prefix = next(self._lists[-1]) if self._lists else "- "
        self._inside(
            element, _Context("list_item", max(len(self._lists), 1), prefix, flat=not self._holds_list(element))
        )

    def _holds_list(self, element: Element) -> bool:
        return any(local(inner) and self.role(inner, local(inner)) in ("list", "table") for inner in element)

    def _note(self, element: Element) -> None:
        """A note in its place: a block of its own."""
        label = self.note_label(element)
        if label is None or self._in_cell:
            self._block(element)
            return
        self.flush()
        self._contexts.append(_Context("note", flat=True))
        self.walk(element)
        line, self._line = self._line, Inline()
        self._contexts.pop()
        self.add(note(line, label, self.language))

    def _reference(self, element: Element) -> None:
        self._inside(element, _Context("reference", prefix="- ", flat=True))

    def _table(self, element: Element) -> None:
        """A table of two columns or more as lines of cells; anything less is only a box."""
        rows = list(self.table_rows(element)) if not self._in_cell else []
        if max((len(row) for row, _ in rows), default=0) < 2 or len(rows) < 2:
            self._block(element)
            return
        self.flush()
        for inner in element:
            if local(inner) and self.role(inner, local(inner)) == "caption":
                self.element(inner)
        table = Inline()
        for number, (row, head) in enumerate(rows):
            if number:
                table.row()
            start = len(table)
            for at, cell in enumerate(row):
                if at:
                    table.cell()
                if cell is not None:
                    table.extend(cell)
            if number == 0 and head:
                table.anchor("tables.header", start)
        self.add(Paragraph("table", table, None, self.language))
        for calls in (cell.calls for row, _ in rows for cell in row if cell is not None):
            table.calls.extend(calls)
        self.flush()

    def table_rows(self, element: Element) -> Iterator[tuple[list[Inline | None], bool]]:
        """The rows of a table, each with the words of its cells and whether it is a head; cells reach as they say."""
        reaching: dict[int, int] = {}
        for row in _rows(element):
            cells: list[Inline | None] = []
            own = [cell for cell in row if local(cell) in ("td", "th")]
            for cell in own:
                self._reach(cells, reaching)
                if len(cells) >= _WIDEST_ROW:
                    break
                width = min(_number(cell.get("colspan")), _WIDEST_CELL)
                height = min(_number(cell.get("rowspan")), _TALLEST_CELL)
                for at in range(width):
                    if height > 1:
                        reaching[len(cells)] = height - 1
                    cells.append(self.inline_of(cell) if at == 0 else None)
            self._reach(cells, reaching)
            if any(cell is not None and cell.text for cell in cells):
                parent = row.getparent()
                head = (parent is not None and local(parent) == "thead") or all(local(cell) == "th" for cell in own)
                yield cells, head

    def _reach(self, cells: list[Inline | None], reaching: dict[int, int]) -> None:
        """Leave room in a row for the cells of earlier rows that reach into it."""
        while reaching.get(len(cells), 0) and self._reached:
            self._reached -= 1
            reaching[len(cells)] -= 1
            cells.append(None)


def _rows(table: Element) -> Iterator[Element]:
    """The rows of a table, not those of tables inside it."""
    for inner in table:
        name = local(inner)
        if name == "tr":
            yield inner
        elif name in ("thead", "tbody", "tfoot"):
            yield from children(inner, "tr")


def _number(written: str | None) -> int:
    return int(written) if written and written.strip().isdecimal() and len(written) < 6 and int(written) else 1
