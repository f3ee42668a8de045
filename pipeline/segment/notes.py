"""Footnotes and endnotes, and the markers in the text that call them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from pipeline import record
from pipeline.segment.draft import Draft, Piece, line_starts, trimmed
from pipeline.segment.front_page import is_affiliation
from pipeline.text.language import language_of
from pipeline.text.offsets import Span

_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "0123456789" * 3)
#: The number at the start of a note's first line.
_NUMBERED = re.compile(
    r"\s*(?:[-*•]\s+)?(?:<sup>\s*\(?(\d{1,3})\)?\s*</sup>\s*|\[\^([^\]\s]+)\]:?\s*|([⁰¹²³⁴-⁹]{1,3})\s*"
    r"|[\[(](\d{1,3})[\])]\s*[.:\-–]?\s*|(\d{1,3})\s*[.)\-–:ـ]\s*(?=\D)|(\d{1,3})\s+(?=\D))"
)
_MARKER = re.compile(
    r"<sup>\s*[(\[]?\s*(\d{1,3})\s*[)\]]?\s*</sup>|\[\^([^\]\s]+)\](?!:)|([⁰¹²³⁴-⁹]{1,3})|\^\(?(\d{1,3})\)?\^"
    r"|(?<=[.،؛,:»”\"؟!\u0620-\u06ff])\s?[(\[]([۰-۹\d]{1,3})[)\]](?=[\s.،؛,:»]|$)"
)
#: Numbers the PDF reader could not tell from text: set right after a word or stop, before a space.
_ATTACHED = re.compile(r"(?<=[a-z.,”\"»\u0620-\u064a\u06cc])(\d{1,3})(?=[\s.,،؛]|$)")


#: Kinds of block in which a raised number calls no note of the text.
_UNMARKED = frozenset({"note", "title", "author", "affiliation", "reference", "keywords"})


@dataclass(slots=True)
class _Entry:
    label: str
    start: int
    end: int
    page: int | None
    markers: list[Span] = field(default_factory=list)


def note_layer(draft: Draft, sections: list[record.Section]) -> list[record.Note]:
    """The article's notes in order, each with its markers; the pieces that hold notes become notes."""
    roles = {section.id: section.role for section in sections}
    entries = _entries(draft, roles)
    if not entries:
        return []
    _join_markers(draft, entries, roles)
    labels = [entry.label for entry in entries]
    unique = len(set(labels)) == len(labels)
    notes = []
    for number, entry in enumerate(entries, start=1):
        span = trimmed(draft.article.text, Span(entry.start, entry.end))
        text = draft.surface(span)
        notes.append(
            record.Note(
                id=f"note/{entry.label if unique else number}",
                label=entry.label,
                language=language_of(draft.article.view(span).text)[0],
                span=span,
                text=text,
                markers=sorted(entry.markers),
            )
        )
    return notes


def _entries(draft: Draft, roles: dict[str, record.SectionRole]) -> list[_Entry]:
    entries: list[_Entry] = []
    for piece in draft.pieces:
        if piece.silent or piece.kind in ("heading", "title", "table", "affiliation", "author", "date_line"):
            continue
        in_section = piece.listed and piece.section is not None and roles[piece.section] == "notes"
        if piece.kind == "note" and not in_section:
            if not is_affiliation(piece.text) or _called_in_body(draft, piece):
                _read_note_block(draft, piece, entries)
        elif in_section:
            _read_listed(draft, piece, entries)
            piece.kind = "note"
    return entries


def _called_in_body(draft: Draft, note: Piece) -> bool:
    """Whether running text calls a note by its own label, so that it describes no author whatever it speaks of."""
    label = re.match(r"\s*(\[\^[^\]\s]+\])", draft.surface(note.span))
    if label is None:
        return False
    calls = [mark.span for mark in draft.article.markup if draft.surface(mark.span) == label[1]]
    return any(
        piece.span.contains(call) and piece.kind not in _UNMARKED and not (piece.given or piece.kind == "heading")
        for piece in draft.pieces
        for call in calls
    )


def _read_note_block(draft: Draft, piece: Piece, entries: list[_Entry]) -> None:
    """A footnote block: one or more numbered lines; without a number it goes on with the note before."""
    started = False
    for start, label, text_at in _numbered_lines(draft, piece):
        entries.append(_Entry(label, text_at, piece.span.end, piece.page))
        if started:
            entries[-2].end = start
        started = True
    if not started and entries:
        entries[-1].end = piece.span.end


def _read_listed(draft: Draft, piece: Piece, entries: list[_Entry]) -> None:
    """A block of a notes section: a note begins where the next number stands, and runs until another does."""
    if piece.continues and entries:
        entries[-1].end = piece.span.end
        return
    last = _as_number(entries[-1].label) if entries else 0
    began = False
    for start, label, text_at in _numbered_lines(draft, piece):
        number = _as_number(label)
        follows = number == last + 1 or (not began and piece.kind in ("list_item", "note")) or not entries
        if not follows:
            continue
        if began:
            entries[-1].end = start
        entries.append(_Entry(label, text_at, piece.span.end, piece.page))
        last, began = number, True
    if began:
        return
    if entries and piece.kind != "list_item":
        entries[-1].end = piece.span.end
    elif piece.kind == "list_item":
        view = piece.view
        inner = trimmed(view.text, Span(0, len(view.text)))
        if inner.start < inner.end:
            entries.append(_Entry(str(last + 1), view.starts[inner.start], piece.span.end, piece.page))


def _numbered_lines(draft: Draft, piece: Piece) -> list[tuple[int, str, int]]:
    """Lines of a piece that begin with a number: where they begin, the number, and where their text begins."""
    raw = draft.surface(piece.span)
    found = []
    for start in line_starts(raw):
        match = _NUMBERED.match(raw, start)
        if match:
            label = next(group for group in match.groups() if group is not None).translate(_DIGITS)
            found.append((piece.span.start + start, label, piece.span.start + match.end()))
    return found


def _as_number(label: str) -> int:
    return int(label) if label.isdecimal() else 0


def _join_markers(draft: Draft, entries: list[_Entry], roles: dict[str, record.SectionRole]) -> None:
    """Give each note the markers with its label; where labels begin anew on each page, those nearest before it."""
    by_label: dict[str, list[_Entry]] = {}
    for entry in entries:
        by_label.setdefault(entry.label, []).append(entry)
    weak: list[tuple[Span, str]] = []
    marked = [mark.span for mark in draft.article.markup if mark.kind == "note_marker"]
    starts = [span.start for span in marked]
    for piece in draft.pieces:
        if piece.silent or piece.listed or piece.kind in _UNMARKED:
            continue
        if piece.section is not None and roles[piece.section] in ("notes", "references"):
            continue
        raw = draft.surface(piece.span)
        found = {}
        for match in _MARKER.finditer(raw):
            label = next(group for group in match.groups() if group is not None)
            start = match.start() + (match[0][0].isspace())
            found[Span(piece.span.start + start, piece.span.start + match.end())] = label.translate(_DIGITS)
        for span in marked[bisect_left(starts, piece.span.start) : bisect_left(starts, piece.span.end)]:
            digits = re.sub(r"\D", "", draft.surface(span).translate(_DIGITS))
            if digits and not any(span.overlaps(other) for other in found):
                found[span] = digits
        for span in sorted(found):
            _give(by_label, span, found[span], draft.article.page_at(span.start) or piece.page)
        weak += [
            (Span(piece.span.start + m.start(), piece.span.start + m.end()), m[1].translate(_DIGITS))
            for m in _ATTACHED.finditer(raw)
        ]
    _give_in_sequence(entries, weak)


def _give(by_label: dict[str, list[_Entry]], span: Span, label: str, page: int | None) -> None:
    candidates = by_label.get(label, [])
    same_page = [entry for entry in candidates if page is not None and entry.page == page]
    if not same_page and len(candidates) > 1:
        at = bisect_right([entry.start for entry in candidates], span.start)
        same_page = candidates[at : at + 1] or candidates[-1:]
    for entry in (same_page or candidates)[:1]:
        entry.markers.append(span)


def _give_in_sequence(entries: list[_Entry], weak: list[tuple[Span, str]]) -> None:
    """Attached numbers are markers only for notes still without one, and only between their neighbours' markers."""
    for number, entry in enumerate(entries):
        if entry.markers:
            continue
        floor = max((m.end for other in entries[:number] for m in other.markers), default=0)
        ceiling = min((m.start for other in entries[number + 1 :] for m in other.markers), default=entry.start)
        for span, label in weak:
            if label == entry.label and floor <= span.start and span.end <= ceiling:
                entry.markers.append(span)
                break
