"""What the single lines of a front page say: names, posts and places, dates, journal."""

from __future__ import annotations

import re

from pipeline import record
from pipeline.segment.dates import stated_dates
from pipeline.segment.draft import Draft, Piece, flowed, line_starts, trimmed
from pipeline.segment.front_page import TITLE_PAGE, Affiliation, FrontPage, is_affiliation, unmarked
from pipeline.segment.journal import journal_values
from pipeline.segment.names import MAIL, marks_in, names_in
from pipeline.text.offsets import Span

_ORCID = re.compile(r"\b\d{4}-\d{4}-\d{4}-\d{3}[\dX]\b")
_AFFILIATION_NOISE = re.compile(
    r"[(\[]?\s*(?:e-?mails?|email address|رایانامه|ایمیل|پست الکترونیک(?:ی)?)\s*[:：]?\s*[)\]]?|"
    r"\(?\s*(?:the )?corresponding author\s*\)?\s*:?|\(?\s*نویسنده\s*[یٔ]?\s*(?:مسئول|مسؤول|مسوول)\s*\)?\s*:?|"
    r"\(?\s*orcid(?: id)?\s*:?\s*(?:https?://)?(?:orcid\.org/)?|https?://orcid\.org/|[(\[]\s*[)\]]",
    re.IGNORECASE,
)
_LEADING_MARK = re.compile(
    r"\s*(?:<sup>.*?</sup>|\[\^[^\]]+\]:?|\\?[*†‡§¶#]+(?:\\\*)*|[¹²³⁰⁴-⁹]+|\([a-z]\)|\(?\d{1,2}\)?\s*[.)\-–:ـ]?(?=\D))\s*"
)
_CORRESPONDING = re.compile(r"correspond|نویسنده\s*(?:ی\s*)?مس[ئؤو]", re.IGNORECASE)


def read_piece(
    draft: Draft,
    page: FrontPage,
    piece: Piece,
    metadata: record.Metadata,
    evidence: list[record.Evidence],
    *,
    named: bool,
) -> None:
    """Read the lines of one piece; ``named`` says that names may stand there. Lines of unlike kinds part the piece."""
    kinds: list[tuple[int, record.BlockKind]] = []
    for start in line_starts(piece.text):
        end = piece.text.find("\n", start)
        end = len(piece.text) if end < 0 else end
        inner = trimmed(piece.text, Span(start, end))
        kind = _read_line(draft, page, piece, inner, metadata, evidence, named=named)
        if kind and (not kinds or kinds[-1][1] != kind):
            kinds.append((start, kind))
    if not kinds:
        return
    at = next(number for number, other in enumerate(draft.pieces) if other is piece)
    before = len(draft.pieces)
    if len(kinds) > 1:
        draft.split(at, [start for start, _ in kinds[1:]])
    for number, part in enumerate(draft.pieces[at : at + 1 + len(draft.pieces) - before]):
        part.kind, part.level = kinds[min(number, len(kinds) - 1)][1], None
        part.language = piece.language


def _read_line(
    draft: Draft,
    page: FrontPage,
    piece: Piece,
    inner: Span,
    metadata: record.Metadata,
    evidence: list[record.Evidence],
    *,
    named: bool,
) -> record.BlockKind | None:
    """Take what a line says and return the kind of block it makes, None when it says nothing known."""
    text = piece.text[inner.start : inner.end]
    dated = _take_dates(draft, piece, inner, metadata, evidence)
    line = _source_line(piece, inner)
    if _take_journal(draft, line, text, metadata, evidence):
        return "date_line" if dated else None
    described = is_affiliation(text)
    marked = _LEADING_MARK.match(draft.surface(line)) is not None
    if named and not dated and not (marked and described):
        hits, rest = names_in(draft.article, line)
        if hits:
            page.authors.extend(hits)
            if rest:
                page.affiliations.append(_affiliation(draft, rest, len(page.authors) - len(hits)))
            return "author"
    if described or _ORCID.search(text):
        page.affiliations.append(_affiliation(draft, line, len(page.authors) - 1 if named else -1))
        return "affiliation"
    return "date_line" if dated else None


def _source_line(piece: Piece, inner: Span) -> Span:
    """The article's span of a line of a piece, with the marks at its edges that its words leave out."""
    before = piece.text.rfind("\n", 0, inner.start)
    after = piece.text.find("\n", inner.end)
    start = piece.span.start if before < 0 else piece.view.ends[before]
    return Span(start, piece.span.end if after < 0 else piece.view.starts[after])


def _affiliation(draft: Draft, span: Span, after_author: int) -> Affiliation:
    raw = draft.surface(span)
    lead = _LEADING_MARK.match(raw)
    view = unmarked(draft, Span(span.start + lead.end(), span.end) if lead and lead.end() < len(raw) else span)
    text = view.text
    for date in stated_dates(text):
        text = text[: max(text.rfind("(", 0, date.start), 0)]
        break
    mails, orcids = MAIL.findall(text), _ORCID.findall(text)
    corresponding = _CORRESPONDING.search(text) is not None
    text = _ORCID.sub(" ", MAIL.sub(" ", text))
    while (cleaned := _AFFILIATION_NOISE.sub(" ", text)) != text:
        text = cleaned
    text = re.sub(r"\s+([,،.;؛])", r"\1", flowed(text))
    text = re.sub(r"[\s,،;؛:.\-–|]+$", "", text).lstrip(" ,،.:;-–*")
    return Affiliation(
        text, marks_in(lead[0].replace("\\", "")) if lead else [], after_author, mails, orcids, corresponding
    )


def _take_dates(
    draft: Draft, piece: Piece, inner: Span, metadata: record.Metadata, evidence: list[record.Evidence]
) -> bool:
    """Fill the metadata's dates from a line; the first statement of a date stands, later ones are evidence."""
    found = False
    for date in stated_dates(piece.text[inner.start : inner.end]):
        found = True
        span = draft.source(piece, inner.start + date.start, inner.start + date.end)
        if getattr(metadata, date.field) is None:
            setattr(metadata, date.field, date.value)
        evidence.append(
            record.Evidence(field=date.field, span=span, surface=draft.surface(span), calendar=date.calendar)
        )
    return found


def _take_journal(
    draft: Draft, line: Span, text: str, metadata: record.Metadata, evidence: list[record.Evidence]
) -> bool:
    """Fill journal, volume, issue, pages and DOI from a line; whether the line is about them."""
    values = journal_values(text)
    for name, (value, start, end) in values.items():
        if name.startswith("journal."):
            side = name.removeprefix("journal.")
            if getattr(metadata.journal, side) is None:
                setattr(metadata.journal, side, value)
        elif getattr(metadata, name) is None:
            setattr(metadata, name, value)
        else:
            continue
        view = draft.article.view(line)
        at = view.text.find(text[start:end])
        if at >= 0:
            span = view.to_source(at, at + end - start)
            evidence.append(record.Evidence(field=name, span=span, surface=draft.surface(span)))
    return bool(values)


def read_elsewhere(draft: Draft, metadata: record.Metadata, evidence: list[record.Evidence], seen: set[int]) -> None:
    """Dates, journal and DOI in short lines outside the front pages: before the title, in furniture, at the end."""
    for at, piece in enumerate(draft.pieces):
        if (
            id(piece) in seen
            or piece.listed
            or piece.words > 40
            or piece.kind in ("title", "list_item", "reference", "heading", "table")
        ):
            continue
        near = at < 2 * TITLE_PAGE or at >= len(draft.pieces) - TITLE_PAGE or piece.kind == "furniture"
        if not near:
            continue
        if piece.kind in ("author", "affiliation", "date_line"):
            continue
        whole = trimmed(piece.text, Span(0, len(piece.text)))
        if whole.start == whole.end:
            continue
        if piece.kind != "furniture" and _take_dates(draft, piece, whole, metadata, evidence):
            piece.kind = "date_line"
        if piece.label is None:
            _take_journal(draft, piece.span, piece.text, metadata, evidence)
