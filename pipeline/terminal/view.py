"""A record as a person reads it in a terminal: English at the left, Persian at the right.

A terminal that knows bidirectional text gets the Persian in logical order between direction isolates (U+2067,
U+2069); for one that does not, ``visual`` reorders each line with the Unicode Bidirectional Algorithm (python-bidi).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from pipeline.record import Record

_ISOLATE_RTL, _POP_ISOLATE = "\u2067", "\u2069"


def show(record: Record, console: Console, *, visual: bool = False, limit: int = 15) -> None:
    """Print a record: front matter, abstracts sentence by sentence, keywords, then the ``limit`` most mentioned facts.

    Args:
        record: the record, with or without its text.
        console: where to print.
        visual: reorder Persian for a terminal without bidirectional text.
        limit: rows of each kind of fact; 0 shows all.
    """
    fa = _visual if visual else _isolated
    _front_matter(record, console, fa)
    _abstracts(record, console, fa)
    _pairs(console, "Keywords", ((k.en, k.fa, _percent(k.confidence)) for k in record.keywords), fa)
    for title, rows in (
        ("Entities", [(e.name, e.type, len(e.mentions), e.confidence) for e in record.entities]),
        ("Systems", [(s.name, s.kind.en or "", len(s.mentions), s.confidence) for s in record.systems]),
    ):
        table = _table(title, "English", "فارسی", "type", "mentions", "confidence")
        ranked = sorted(enumerate(rows), key=lambda row: (-row[1][2], row[0]))
        for _, (name, kind, count, confidence) in ranked[: limit or None]:
            table.add_row(escape(name.en or "·"), fa(name.fa or "·"), kind, str(count), _percent(confidence))
        _print(console, table, len(rows), limit)
    table = _table("Dates", "value", "فارسی", "type", "mentions", "role")
    for date in record.dates[: limit or None]:
        first = date.mentions.fa[0].surface if date.mentions.fa else "·"
        value = date.value.edtf or (date.mentions.en[0].surface if date.mentions.en else "") or ""
        table.add_row(escape(value), fa(first or "·"), date.type, str(len(date.mentions)), date.role)
    _print(console, table, len(record.dates), limit)
    for diagnostic in record.diagnostics:
        console.print(f"{diagnostic.severity}: {diagnostic.message} [{diagnostic.code}]", markup=False, soft_wrap=True)


def _front_matter(record: Record, console: Console, fa: Callable[[str], str]) -> None:
    metadata = record.metadata
    console.print(f"[bold]{escape(metadata.title.en or '(no English title)')}[/]")
    console.print(f"[bold]{fa(metadata.title.fa or '(عنوان فارسی ندارد)')}[/]", justify="right")
    for author in metadata.authors:
        console.print(escape(_line(author.name.en, author.affiliation.en, author.email)))
        if author.name.fa:
            console.print(fa(_line(author.name.fa, author.affiliation.fa)), justify="right")
    dates = [f"{name} {getattr(metadata, name)}" for name in ("received", "revised", "accepted", "published")
             if getattr(metadata, name)]  # fmt: skip
    words = record.source.words
    counts = f"{record.source.media_type}, {words.en} English and {words.fa} Persian words"
    console.print(escape(", ".join([*dates, counts])), style="dim")
    console.print(
        f"{len(record.sections)} sections, {len(record.tables)} tables, {len(record.notes)} notes, "
        f"{len(record.references)} references, {len(record.citations)} citations",
        style="dim",
    )


def _abstracts(record: Record, console: Console, fa: Callable[[str], str]) -> None:
    english = record.abstract.en.sentences if record.abstract.en else []
    persian = record.abstract.fa.sentences if record.abstract.fa else []
    links = record.abstract.alignment
    if not links:
        return
    rows = []
    for link in links:
        left = " ".join(english[i].text or f"[{i}]" for i in link.en)
        right = " ".join(persian[i].normalized or persian[i].text or f"[{i}]" for i in link.fa)
        rows.append((left, right, _percent(link.confidence)))
    _pairs(console, "Abstract", rows, fa, lines=True)


def _pairs(
    console: Console,
    title: str,
    rows: Iterable[tuple[str | None, str | None, str]],
    fa: Callable[[str], str],
    *,
    lines: bool = False,
) -> None:
    table = _table(title, "English", "فارسی", "confidence", lines=lines)
    for english, persian, confidence in rows:
        table.add_row(escape(english or "·"), fa(persian or "·"), confidence)
    if table.row_count:
        console.print(table)


def _table(title: str, *columns: str, lines: bool = False) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", show_lines=lines, expand=True)
    for column in columns:
        right = column in ("فارسی", "mentions", "confidence")
        table.add_column(column, justify="right" if right else "left", overflow="fold")
    return table


def _print(console: Console, table: Table, total: int, limit: int) -> None:
    if not table.row_count:
        return
    console.print(table)
    if limit and total > limit:
        console.print(f"… {total - limit} more (--all shows them)", style="dim")


def _line(*parts: str | None) -> str:
    return " · ".join(part for part in parts if part)


def _percent(confidence: float | None) -> str:
    return "" if confidence is None else f"{confidence:.2f}"


def _isolated(text: str) -> str:
    return "\n".join(f"{_ISOLATE_RTL}{escape(line)}{_POP_ISOLATE}" for line in text.splitlines())


def _visual(text: str) -> str:
    from bidi.algorithm import get_display

    return escape("\n".join(str(get_display(line, base_dir="R")) for line in text.splitlines()))
