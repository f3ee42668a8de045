"""Both abstracts: where they begin, where they end, and their sentences.

A label announces them, as a heading, in bold, or at the start of a line. Where there is none, an abstract is known by
its place: the paragraphs between a title page's short lines and its keywords, or the one long paragraph of a short
passage in the article's other language.
"""

from __future__ import annotations

import re

from pipeline import record
from pipeline.segment.draft import Draft, Piece, line_starts
from pipeline.segment.front_text import SIDES, FrontText, Side
from pipeline.segment.labels import is_structured_abstract_heading, read_label
from pipeline.segment.languages import main_language
from pipeline.text.language import Language, language_of
from pipeline.text.offsets import Span
from pipeline.text.sentences import sentence_spans

#: A paragraph of fewer words is a line of a title page, not an abstract.
SHORTEST_ABSTRACT = 25
#: An unlabelled or unbounded abstract ends with the paragraph that brings it to this many words.
LONGEST_ABSTRACT = 700
#: How far after the start of a structured abstract its keywords may stand, in blocks.
_REACH = 14
#: A passage of more words than this share of the article is not a summary in another language.
_MINOR_SHARE = 0.3

_AFFILIATION_MARK = re.compile(
    r"\s*(?:[*†‡]|\d\s*[.)*]|\(?(?:received|accepted|corresponding|تاریخ دریافت))", re.IGNORECASE
)


def split_at_labels(draft: Draft) -> None:
    """Give an abstract or keyword list that begins on a later line of a block a piece of its own."""
    for index in range(len(draft.pieces) - 1, -1, -1):
        piece = draft.pieces[index]
        if piece.kind not in ("paragraph", "list_item", "note") or "\n" not in piece.text:
            continue
        cuts = []
        for start in line_starts(piece.text)[1:]:
            label = read_label(piece.view, start)
            if label and label.role in ("abstract", "keywords"):
                cuts.append(start)
        if cuts:
            draft.split(index, cuts)


def find_abstracts(draft: Draft, keywords: dict[Side, FrontText]) -> dict[Side, FrontText]:
    """The abstract of each language: labelled ones first, then those known by their place."""
    found = _given(draft)
    weak: dict[Side, FrontText] = {}
    for index, piece in enumerate(draft.pieces):
        label = piece.label
        if label is None or label.role != "abstract":
            continue
        if any(label.language == side and piece is abstract.label for side, abstract in found.items()):
            continue
        abstract = _labelled_abstract(draft, index, keywords)
        if abstract is None:
            continue
        certain = not re.match(r"\W*(?:summary|خلاصه)", piece.text, re.IGNORECASE)
        (found if certain else weak).setdefault(abstract.language, abstract)
    for side, abstract in weak.items():
        found.setdefault(side, abstract)
    for side in SIDES:
        if side not in found:
            placed = _before_keywords(draft, keywords[side]) if side in keywords else _in_minor_passage(draft, side)
            if placed:
                found[side] = placed
    return found


def _given(draft: Draft) -> dict[Side, FrontText]:
    """The abstracts that the reader knew as such, with the headings inside them and the one above."""
    found: dict[Side, FrontText] = {}
    for side in SIDES:
        places = [at for at, p in enumerate(draft.pieces) if p.given and p.kind == "abstract" and p.language == side]
        if not places:
            continue
        first, last = places[0], places[-1]
        while first and draft.pieces[first - 1].kind == "heading" and not draft.pieces[first - 1].label:
            if not is_structured_abstract_heading(draft.pieces[first - 1].text):
                break
            first -= 1
        above = draft.pieces[first - 1] if first else None
        label = above if above and above.kind == "heading" and above.label and above.label.role == "abstract" else None
        inside = [p for p in draft.pieces[first : last + 1] if p.kind in ("abstract", "heading") and p.language == side]
        found[side] = FrontText(side, inside, 0, label)
    return found


def _labelled_abstract(draft: Draft, index: int, keywords: dict[Side, FrontText]) -> FrontText | None:
    first = draft.pieces[index]
    label = first.label
    assert label is not None
    start = 0 if label.alone else label.end
    pieces = [] if label.alone else [first]
    language = language_of(first.text[label.end :])[0] if pieces else "und"
    bounded = _keywords_follow(draft, index, keywords)
    words = first.words if pieces else 0
    for piece in draft.pieces[index + 1 :]:
        if piece.silent:
            if piece.kind == "rule" and pieces:
                break
            continue
        if piece.label and not (bounded and is_structured_abstract_heading(piece.text)):
            break
        if piece.kind == "heading" and not (bounded and is_structured_abstract_heading(piece.text)):
            break
        if piece.kind in ("table", "caption", "code", "note"):
            continue
        if pieces and not piece.continues and _closes_abstract(piece, language, words, bounded):
            break
        if language == "und":
            language = piece.language
        pieces.append(piece)
        words += piece.words
    if language == "und" or words < 8:
        return None
    return FrontText(language, pieces, start, first)


def _keywords_follow(draft: Draft, index: int, keywords: dict[Side, FrontText]) -> bool:
    """Whether keywords stand a short way on, before another abstract or the references begin."""
    ends = {id(text.label) for text in keywords.values()}
    for piece in draft.pieces[index + 1 : index + 1 + _REACH]:
        if id(piece) in ends:
            return True
        if piece.label and piece.label.role in ("abstract", "references", "notes"):
            return False
    return False


def _closes_abstract(piece: Piece, language: Language, words: int, bounded: bool) -> bool:
    """Whether a piece after an abstract's first paragraph is no part of it."""
    if language != "und" and piece.language not in (language, "und"):
        return True
    if words >= LONGEST_ABSTRACT:
        return True
    if piece.words < SHORTEST_ABSTRACT and (_AFFILIATION_MARK.match(piece.text) or "@" in piece.text):
        return True
    return not bounded and (words >= 120 or piece.words < 8)


def _before_keywords(draft: Draft, keywords: FrontText) -> FrontText | None:
    """The paragraphs of the keywords' language that stand right before them."""
    if keywords.label is None:
        return None
    at = next(n for n, piece in enumerate(draft.pieces) if piece is keywords.label)
    pieces: list[Piece] = []
    words = 0
    for piece in reversed(draft.pieces[:at]):
        if piece.silent:
            continue
        prose = piece.kind in ("paragraph", "quote") and piece.language == keywords.language and not piece.label
        if not prose or not (piece.words >= SHORTEST_ABSTRACT or piece.continues) or words >= LONGEST_ABSTRACT:
            break
        pieces.insert(0, piece)
        words += piece.words
    return FrontText(keywords.language, pieces, 0, None) if pieces else None


def _in_minor_passage(draft: Draft, side: Side) -> FrontText | None:
    """The long paragraphs of a short passage in the other language, at the beginning or end of the article."""
    if main_language(draft) in (side, "und"):
        return None
    total = sum(piece.words for piece in draft.pieces)
    for passage in _passages(draft, side):
        long = [piece for piece in passage if piece.kind == "paragraph" and piece.words >= 2 * SHORTEST_ABSTRACT]
        words = sum(piece.words for piece in passage)
        if not long or (passage[0] is long[0] and passage[0].kind != "heading"):
            continue  # no line of a title page stands before it
        if long and words <= max(LONGEST_ABSTRACT, _MINOR_SHARE * total) and not any(p.label for p in long):
            first = passage.index(long[0])
            run = [piece for piece in passage[first:] if piece in long]
            return FrontText(side, run, 0, None)
    return None


def _passages(draft: Draft, side: Side) -> list[list[Piece]]:
    """Runs of pieces in one language, the last first (a summary in another language usually closes the article)."""
    runs: list[list[Piece]] = [[]]
    for piece in draft.pieces:
        if piece.silent:
            continue
        if piece.language == side and piece.kind not in ("list_item", "table", "reference"):
            runs[-1].append(piece)
        elif runs[-1]:
            runs.append([])
    return [run for run in reversed(runs) if run]


def abstract_layer(found: dict[Side, FrontText], draft: Draft) -> record.Abstract:
    """The abstracts with their sentences. Paragraphs end sentences unless one continues the other."""
    texts: dict[Side, record.AbstractText] = {}
    for side, front in found.items():
        sentences = []
        for view in front.views():
            for start, end in sentence_spans(view.text):
                span = draft.article.balanced(view.to_source(start, end))
                sentences.append(record.Sentence(span=span, text=draft.surface(span)))
        if sentences:
            whole = Span(sentences[0].span.start, sentences[-1].span.end)
            texts[side] = record.AbstractText(span=whole, sentences=sentences)
    return record.Abstract(en=texts.get("en"), fa=texts.get("fa"))
