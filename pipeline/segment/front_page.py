"""Where each language's front page is, and its title."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipeline.segment.dates import stated_dates
from pipeline.segment.draft import Draft, Piece, flowed, trimmed
from pipeline.segment.front_text import FrontText, Side
from pipeline.segment.labels import folded, opens_or_closes
from pipeline.segment.names import AFFILIATION, MAIL, NameHit
from pipeline.segment.numbering import heading_number
from pipeline.text.offsets import MappedText, Span, without
from pipeline.text.sentences import sentence_spans

#: A paragraph of this many words is running text.
_PROSE_WORDS = 45
#: How many blocks a title page without abstract may have.
TITLE_PAGE = 12

_JOURNAL_LINE = re.compile(
    r"\bvol(?:ume)?\.?\s*\d|\bissn\b|\bdoi\b|https?://|\bpp?\.\s*\d|\bno\.\s*\d+\s*[,،]|^\W*\d+\W*$|journal homepage|"
    r"فصلنامه|دوفصلنامه|ماهنامه|پژوهشنامه|مجله|نشریه|دوره \S+[،,]?\s+شماره|سال \S+[،,] ?شماره|شماره \S+[،,]|صص|"
    r"مقاله پژوهشی|"
    r"^\W*(?:original|research|review) (?:article|paper)\W*$|^\W*\S*(?: \S+){0,6} journal of(?: \S+){1,6}\W*$",
    re.IGNORECASE,
)
_FINISHED = re.compile(r"[.!?؟]\W*$")
_RAISED = re.compile(r"<sup>.*?</sup>|\[\^[^\]]+\]:?|[¹²³⁰⁴-⁹]+")


@dataclass(slots=True)
class Affiliation:
    """A description of one or more authors: its words without marks and addresses, and what stands beside it."""

    text: str
    marks: list[str]
    after_author: int
    mails: list[str] = field(default_factory=list)
    orcids: list[str] = field(default_factory=list)
    corresponding: bool = False


@dataclass(slots=True)
class FrontPage:
    """What one language's front page yields."""

    side: Side
    title: Span | None = None
    title_pieces: list[Piece] = field(default_factory=list)
    authors: list[NameHit] = field(default_factory=list)
    affiliations: list[Affiliation] = field(default_factory=list)


def front_region(
    draft: Draft, side: Side, abstract: FrontText | None, keywords: FrontText | None, owned: set[int]
) -> tuple[list[Piece], list[Piece]]:
    """The short pieces before a language's abstract, and those after its abstract and keywords."""
    places = [
        at
        for at, piece in enumerate(draft.pieces)
        for text in (abstract, keywords)
        if text and (piece is text.label or any(piece is part for part in text.pieces))
    ]
    if not places:
        return _title_page(draft, side), []
    before: list[Piece] = []
    for piece in reversed(draft.pieces[: min(places)]):
        if piece.silent:
            continue
        if id(piece) in owned:
            if any(p.language == side and _may_be_title(p) for p in before):
                break
            continue
        if _is_body(piece):
            break
        before.insert(0, piece)
    after: list[Piece] = []
    for piece in draft.pieces[max(places) + 1 :]:
        if piece.silent:
            continue
        if id(piece) in owned or piece.kind == "heading" or piece.label or _is_body(piece):
            break
        after.append(piece)
    page = draft.pieces[min(places)].page
    if page is not None:
        after += [p for p in draft.pieces if p.page == page and p.kind == "note" and p not in after and p not in before]
    return before, after


def _title_page(draft: Draft, side: Side) -> list[Piece]:
    """The short pieces the article begins with, when it has no abstract in this language."""
    lines: list[Piece] = []
    for piece in draft.pieces:
        if piece.silent:
            continue
        if _is_body(piece) or piece.label or piece.kind == "caption" or len(lines) == TITLE_PAGE:
            break
        lines.append(piece)
    if any(piece.language == side for piece in lines):
        return lines
    return []


def _is_body(piece: Piece) -> bool:
    """Whether a piece belongs to the body, so that no front page reaches over it."""
    if piece.listed:
        return True
    if piece.kind in ("list_item", "table", "reference", "code", "quote"):
        return not (is_affiliation(piece.text) and piece.words < _PROSE_WORDS)
    if piece.label and piece.label.role not in ("abstract", "keywords", "authors"):
        return True
    if piece.kind == "heading":
        return heading_number(piece.text) is not None or opens_or_closes(piece.text)
    return piece.words >= _PROSE_WORDS and not is_affiliation(piece.text)


def is_affiliation(text: str) -> bool:
    """Whether a line describes a person's post or place, or holds a mail address."""
    return AFFILIATION.search(folded(text)) is not None or MAIL.search(text) is not None


def take_title(draft: Draft, page: FrontPage, before: list[Piece]) -> None:
    given = _given_title(draft, page.side)
    if given:
        page.title_pieces = given
        spans = [_title_span(draft, piece) for piece in given]
        page.title = Span(spans[0].start, spans[-1].end)
        for piece in given:
            piece.kind = "title"
        return
    candidates = [
        piece
        for piece in before
        if piece.language == page.side and _may_be_title(piece) and not _names_the_journal(draft, piece)
    ]
    if not candidates:
        return
    headings = [piece for piece in candidates if piece.kind == "heading"]
    if headings:
        level = min(piece.level or 9 for piece in headings)
        first = next(piece for piece in headings if (piece.level or 9) == level)
    else:
        bold = [piece for piece in candidates if draft.article.text.startswith("**", piece.span.start)]
        first = (bold or candidates)[0]
    page.title_pieces = [first]
    at = before.index(first)
    if at + 1 < len(before) and _goes_on(draft, first, before[at + 1], headings):
        page.title_pieces.append(before[at + 1])
    for piece in page.title_pieces:
        piece.kind = "title"
    spans = [_title_span(draft, piece) for piece in page.title_pieces]
    page.title = Span(spans[0].start, spans[-1].end)


def _given_title(draft: Draft, side: Side) -> list[Piece]:
    """The piece in which the format states the title, or that the reader knew as one."""
    for stated in draft.article.stated:
        if stated.field == f"title.{side}":
            holders = [piece for piece in draft.pieces if piece.span.contains(stated.span) and not piece.silent]
            if holders and holders[0].kind in ("heading", "paragraph", "title"):
                return holders[:1]
    return [piece for piece in draft.pieces if piece.given and piece.kind == "title" and piece.language == side][:1]


def _may_be_title(piece: Piece) -> bool:
    if piece.label or not 1 <= piece.words <= 45 or piece.kind not in ("heading", "paragraph", "title"):
        return False
    if piece.kind == "paragraph" and _is_passage(piece.text):
        return False
    text = folded(piece.text)
    if _JOURNAL_LINE.search(text) or MAIL.search(text) or any(True for _ in stated_dates(piece.text)):
        return False
    if piece.kind == "heading" or not AFFILIATION.search(text):
        return True
    return piece.words > 4 and not re.match(r"\s*\(?\\?[\d*†‡]", piece.text) and not re.search(r"[,،]", piece.text)


def _goes_on(draft: Draft, first: Piece, following: Piece, headings: list[Piece]) -> bool:
    """Whether a title goes on in the next piece: a second heading after a colon, or the line right under it after a
    colon, a question mark or a line in capitals.
    """
    end = first.text.rstrip()
    if following in headings:
        return end.endswith((":", "؛"))
    gap = draft.article.text[first.span.end : following.span.start]
    adjacent = gap.count("\n") == 1 and following.language == first.language and first.kind != "heading"
    if not adjacent or not _may_be_title(following) or following.words < 3:
        return False
    return end.endswith((":", "؛", "?", "؟")) or (end.isupper() and not following.text.isupper())


def _names_the_journal(draft: Draft, piece: Piece) -> bool:
    """Whether a line stands right above the line of volume and issue, as a journal's name does."""
    if piece.kind == "heading":
        return False
    at = next(number for number, other in enumerate(draft.pieces) if other is piece)
    if at + 1 == len(draft.pieces):
        return False
    following = draft.pieces[at + 1]
    gap = draft.article.text[piece.span.end : following.span.start]
    return gap.count("\n") == 1 and _JOURNAL_LINE.search(folded(following.text)) is not None


def _is_passage(text: str) -> bool:
    """Whether a short paragraph is running text: several sentences, the last of them finished."""
    return _FINISHED.search(text) is not None and len(sentence_spans(text)) > 1


def _title_span(draft: Draft, piece: Piece) -> Span:
    """The title's characters without markup, footnote marks and white space at the edges."""
    view = unmarked(draft, piece.span)
    end = len(re.sub(r"[\s*†‡\d]+$", "", view.text)) if re.search(r"[*†‡]\s*$", view.text) else len(view.text)
    inner = trimmed(view.text, Span(0, end))
    return view.to_source(inner.start, inner.end) if inner.start < inner.end else piece.span


def title_text(draft: Draft, page: FrontPage) -> str | None:
    return flowed(" ".join(draft.article.view(_title_span(draft, p)).text for p in page.title_pieces)) or None


def unmarked(draft: Draft, span: Span) -> MappedText:
    """The words of a span without markup and superscript marks."""
    article = draft.article
    removed = [mark.span for mark in article.markup if mark.span.start < span.end and span.start < mark.span.end]
    removed += [Span(*match.span()) for match in _RAISED.finditer(article.text, span.start, span.end)]
    return without(article.text, removed, within=span)
