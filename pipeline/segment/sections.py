"""Headings and the tree of sections they make.

Levels come from the numbering when there is one, for the levels in OCR'd Markdown lie; introduction, conclusion,
notes, references and their like stand on the outermost level whatever their type size.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline import record
from pipeline.segment.draft import Draft, Piece, flowed
from pipeline.segment.labels import is_structured_abstract_heading, is_sublist_heading, opens_or_closes
from pipeline.segment.numbering import Numbered, heading_number
from pipeline.text.offsets import Span

#: Words a heading may have, and one that nothing but its place shows.
_LONGEST_HEADING, _LONGEST_BARE_HEADING = 14, 8
_ROLES: dict[str, record.SectionRole] = {
    "abstract": "abstract", "keywords": "keywords", "notes": "notes", "references": "references",
    "acknowledgements": "acknowledgements", "appendix": "appendix",
}  # fmt: skip
_SENTENCE_END = re.compile(r"[.!؟?؛;،,]\s*$")


def promote_headings(draft: Draft) -> None:
    """Make headings of the lines that are ones though the format doesn't say so: labels, bold and numbered lines."""
    pieces = [piece for piece in draft.pieces if not piece.silent]
    for piece in pieces:
        if piece.kind == "heading" and not any(char.isalpha() for char in piece.text):
            piece.kind, piece.level = "paragraph", None
    unmarked = not any(mark.kind == "heading" for mark in draft.article.markup)
    in_body = False
    for at, piece in enumerate(pieces):
        if piece.label and piece.label.role in ("references", "notes", "abstract"):
            in_body = False
        elif piece.kind == "heading" and (opens_or_closes(piece.text) or heading_number(piece.text)):
            in_body = True
        if piece.kind not in ("paragraph", "list_item") or not 0 < piece.words <= _LONGEST_HEADING:
            continue
        following = pieces[at + 1] if at + 1 < len(pieces) else None
        if following is None or "\n" in piece.text.strip() or piece.continues:
            continue
        labelled = piece.label is not None and piece.label.alone and piece.label.role != "authors"
        if (
            labelled
            or _looks_like_heading(draft, piece, pieces[at - 1] if at else None, following)
            or (unmarked and in_body and _is_bare_heading(piece, following))
        ):
            piece.kind, piece.level = "heading", None
            in_body = in_body or opens_or_closes(piece.text) or _numbered(draft, piece) is not None


def _is_bare_heading(piece: Piece, following: Piece) -> bool:
    """Whether a line of the body in plain text is a heading: a few words without a stop, and prose under it."""
    short = piece.kind == "paragraph" and piece.words <= _LONGEST_BARE_HEADING and piece.label is None
    return short and not _SENTENCE_END.search(piece.text) and following.kind == "paragraph" and following.words >= 15


def _looks_like_heading(draft: Draft, piece: Piece, previous: Piece | None, following: Piece) -> bool:
    if _SENTENCE_END.search(piece.text) or piece.label or "@" in piece.text or "http" in piece.text:
        return False
    prose_follows = following.kind == "paragraph" and following.words > piece.words
    numbered = heading_number(draft.surface(piece.span).lstrip("*_ ")) is not None
    if piece.kind == "list_item":
        alone = following.kind != "list_item" and (previous is None or previous.kind != "list_item")
        return alone and numbered and prose_follows
    raw = draft.surface(piece.span)
    bold = raw.startswith(("**", "__")) and raw.rstrip().endswith(("**", "__")) and raw.count("**") <= 2
    return (bold or numbered) and prose_follows


def build_sections(draft: Draft, *, inside_abstract: set[int]) -> list[record.Section]:
    """The sections, and each piece's own. ``inside_abstract`` holds the ids of pieces that belong to an abstract."""
    headings = [piece for piece in draft.pieces if piece.kind == "heading" or _opens_section(piece)]
    levels = _levels(draft, headings)
    ends = _ends(draft, headings, levels)
    sections: list[record.Section] = []
    for number, (piece, level, end) in enumerate(zip(headings, levels, ends, strict=True), start=1):
        numbered = _numbered(draft, piece)
        title = piece.text[numbered.end :] if numbered and numbered.end < len(piece.text) else piece.text
        if piece.label and not piece.label.alone:
            title = piece.text[: piece.label.end]
        sections.append(
            record.Section(
                id=f"section/{number}",
                title=flowed(title).strip(" *:：.-–—ـ") or None,
                number=numbered.number if numbered else None,
                level=level,
                role=_role(piece, inside_abstract, sections[-1].role if sections else "body"),
                language=piece.language,
                heading=_heading_span(draft, piece),
                span=Span(piece.span.start, end),
            )
        )
    _assign(draft, headings, sections)
    return sections


def _opens_section(piece: Piece) -> bool:
    return piece.kind == "title"


def _role(piece: Piece, inside_abstract: set[int], before: record.SectionRole) -> record.SectionRole:
    if piece.kind == "title":
        return "title"
    if id(piece) in inside_abstract and is_structured_abstract_heading(piece.text):
        return "abstract"
    if before == "references" and is_sublist_heading(piece.text):
        return "references"
    return _ROLES.get(piece.label.role, "body") if piece.label else "body"


def _numbered(draft: Draft, piece: Piece) -> Numbered | None:
    """A heading's number; a list item's, which is markup, is read from the source and its title begins at 0."""
    if piece.kind == "title":
        return None
    numbered = heading_number(piece.text)
    if numbered is None:
        hidden = heading_number(draft.surface(piece.span).lstrip("#*_ \t"))
        numbered = hidden._replace(end=0) if hidden else None
    return numbered


def _levels(draft: Draft, headings: Sequence[Piece]) -> list[int]:
    """The level of each heading, 1 being the outermost."""
    plain = [p for p in headings if p.kind == "heading" and p.level and not p.label and not opens_or_closes(p.text)]
    shallowest = min((p.level or 1 for p in plain), default=1)
    numbers = [_numbered(draft, piece) for piece in headings]
    styles: list[str] = []
    levels: list[int] = []
    previous = (1, 1)  # level and Markdown level of the last numbered heading
    any_numbered = any(numbers)
    for piece, numbered in zip(headings, numbers, strict=True):
        written = piece.level or shallowest
        title = piece.text[numbered.end :] if numbered else piece.text
        outermost = piece.kind == "title" or piece.label is not None or opens_or_closes(title)
        if is_sublist_heading(piece.text) and levels:
            level = 2
        elif numbered and not (outermost and numbered.depth == 1):
            if numbered.style not in styles:
                styles.append(numbered.style)
            level = styles.index(numbered.style) + numbered.depth
            previous = (level, written)
        elif outermost:
            level = 1
            if numbered and numbered.style not in styles:
                styles.append(numbered.style)
            previous = (1, written)
        elif any_numbered and styles:
            level = previous[0] + 1 if written > previous[1] or piece.level is None else previous[0]
        else:
            level = written - shallowest + 1
        levels.append(max(1, level))
    return levels


def _ends(draft: Draft, headings: Sequence[Piece], levels: Sequence[int]) -> list[int]:
    """Where each section ends: before the next heading of its level or above."""
    end_of_text = max((piece.span.end for piece in draft.pieces), default=0)
    ends = [end_of_text] * len(headings)
    open_at: list[int] = []
    for number, (piece, level) in enumerate(zip(headings, levels, strict=True)):
        while open_at and levels[open_at[-1]] >= level:
            ends[open_at.pop()] = _before(draft, piece)
        open_at.append(number)
    return ends


def _before(draft: Draft, piece: Piece) -> int:
    """The end of the text before a piece."""
    return len(draft.article.text[: piece.span.start].rstrip())


def _heading_span(draft: Draft, piece: Piece) -> Span:
    """The words of a heading, number included, without markup and trailing stop."""
    end = len(piece.text[: piece.label.end].rstrip(" :：-–—.*\n") if piece.label else piece.text.rstrip())
    start = len(piece.text) - len(piece.text.lstrip())
    return draft.source(piece, start, max(end, start + 1)) if piece.text.strip() else piece.span


def _assign(draft: Draft, headings: Sequence[Piece], sections: Sequence[record.Section]) -> None:
    current: str | None = None
    at = 0
    for piece in draft.pieces:
        if at < len(headings) and piece is headings[at]:
            current = sections[at].id
            at += 1
        piece.section = current
